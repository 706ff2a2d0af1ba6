"""The places that would be coded, each with a tick that can be taken off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qcode.project import Project
from qcode.project import autocode as proposing
from qcode.project.autocode import Proposal
from qcode.ui.models.places import Group, Place, PlacesList
from qcode.ui.models.surroundings import Shown

Index = QModelIndex | QPersistentModelIndex
CHECK = Qt.ItemDataRole.CheckStateRole
ALREADY = "(coded so already) "


class ProposalsList(PlacesList):
    """Show it in a view; `ticked` tells that other places are to be coded now."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.proposed: list[Proposal] = []
        self._off: set[proposing.Place] = set()
        self._standing: frozenset[proposing.Place] = frozenset()

    def fill(
        self,
        project: Project | None,
        proposed: Iterable[Proposal],
        standing: frozenset[proposing.Place] = frozenset(),
    ) -> None:
        """List other places, all ticked; `standing` tells where there is nothing left to code."""
        self.begin(project)
        self.proposed = list(proposed)
        self._off.clear()
        self._standing = standing
        by_source = groupby(self.proposed, key=lambda one: (one.source, one.name))
        self.add([Group(*key, tuple((one.start, one.end) for one in there)) for key, there in by_source])
        self.ticked.emit()

    def mark_standing(self, standing: frozenset[proposing.Place]) -> None:
        """Say which places are coded so already."""
        self._standing = standing
        self._redraw()
        self.ticked.emit()

    def tick_all(self, *, on: bool) -> None:
        """Tick all places, or none."""
        self._off = set() if on else {one.place for one in self.proposed}
        self._redraw()
        self.ticked.emit()

    def kept(self) -> list[Proposal]:
        """List the proposals that are ticked."""
        return [one for one in self.proposed if one.place not in self._off]

    def already(self) -> int:
        """Count the ticked places that are coded so already."""
        return sum(one.place in self._standing for one in self.kept())

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let places be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        place = self.place(index)
        if place is not None and role == CHECK:
            return Qt.CheckState.Unchecked if _key(place) in self._off else Qt.CheckState.Checked
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a place, or take the tick off."""
        place = self.place(index)
        if place is None or role != CHECK:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._off.discard(_key(place))
        else:
            self._off.add(_key(place))
        self.dataChanged.emit(index, index, [CHECK])
        self.ticked.emit()
        return True

    def _look(self, row: int, place: Place) -> Shown:
        shown = super()._look(row, place)
        return replace(shown, before=ALREADY + shown.before) if _key(place) in self._standing else shown

    def _redraw(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))


def _key(place: Place) -> proposing.Place:
    return place.source, place.start, place.end
