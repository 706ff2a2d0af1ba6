"""The places that a search found, source by source, as far as one has scrolled."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qcode.errors import NotFound
from qcode.project import Project, SourceId
from qcode.text.find import Spot
from qcode.ui.models.surroundings import Shown, Surroundings
from qcode.ui.widgets.plain import tip

Index = QModelIndex | QPersistentModelIndex
PAGE = 200  # rows that are shown at once; the view asks for more
MOST_LOOKED = 5_000  # rows whose words are kept


class Role(IntEnum):
    """What a row says of its place; COUNT is that of its source at the first place of it, and 0 at the others."""

    PLACE = Qt.ItemDataRole.UserRole
    SHOWN = Qt.ItemDataRole.UserRole + 1
    SOURCE = Qt.ItemDataRole.UserRole + 2
    COUNT = Qt.ItemDataRole.UserRole + 3


_WORDS = frozenset(
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Role.SHOWN,
    )
)


@dataclass(frozen=True, slots=True)
class Group:
    """The places in one source, in order."""

    source: SourceId
    name: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One place: the `at`-th of its group."""

    group: Group
    at: int

    @property
    def source(self) -> SourceId:
        """The source it is in."""
        return self.group.source

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.group.spots[self.at][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.group.spots[self.at][1]


class PlacesList(QAbstractListModel):
    """Show it in a view. Rows are only added at the end while a search goes on, and their words are read when seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._around = Surroundings()
        self._looked: dict[int, Shown] = {}  # by row
        self._groups: list[Group] = []
        self._firsts: list[int] = []  # the row of the first place of each
        self._shown = 0
        self.held = False  # nothing more is shown while it is
        self.places = 0

    def begin(self, project: Project | None) -> None:
        """Begin anew, empty."""
        self.beginResetModel()
        self._project = project
        self._around.forget()
        self._looked.clear()
        self._groups, self._firsts = [], []
        self._shown = self.places = 0
        self.endResetModel()

    def add(self, groups: Sequence[Group]) -> None:
        """Put sources with what was found in them at the end."""
        for group in groups:
            self._firsts.append(self.places)
            self._groups.append(group)
            self.places += len(group.spots)
        if self._shown < PAGE:
            self._show(PAGE - self._shown)

    def _show(self, more: int) -> None:
        last = min(self.places, self._shown + more)
        if last > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, last - 1)
            self._shown = last
            self.endInsertRows()

    @property
    def sources(self) -> int:
        """In how many sources something was found."""
        return len(self._groups)

    def place(self, index: Index) -> Place | None:
        """Give the place of a row."""
        row = index.row()
        if not 0 <= row < self._shown:
            return None
        group = bisect_right(self._firsts, row) - 1
        return Place(self._groups[group], row - self._firsts[group])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count what is shown."""
        return 0 if parent.isValid() else self._shown

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Tell whether some of it is not shown yet."""
        return not parent.isValid() and not self.held and self._shown < self.places

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008
        """Show the next page."""
        self._show(PAGE)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        place = self.place(index)
        if place is None:
            return None
        match role:
            case Role.PLACE:
                said: Any = place
            case Role.SOURCE:
                said = place.group.name
            case Role.COUNT:
                said = 0 if place.at else len(place.group.spots)
            case _ if role in _WORDS:
                said = self._words(place.group.name, self._look(index.row(), place), role)
            case _:
                said = None
        return said

    def _words(self, name: str, shown: Shown, role: int) -> Any:
        words = f"{shown.before}{shown.quote}{shown.after}"
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown.quote
            case Qt.ItemDataRole.ToolTipRole:
                return tip(words)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{name}, paragraph {shown.paragraph}: {words}"
        return shown

    def _look(self, row: int, place: Place) -> Shown:
        if row not in self._looked:
            if self._project is None:
                return Shown(0, "", "", "")
            try:
                shown = self._around.at(self._project, place.source, place.start, place.end)
            except NotFound:  # the source went a moment ago, and the search will be made anew
                return Shown(0, "", "", "")
            if len(self._looked) > MOST_LOOKED:
                self._looked.clear()
            self._looked[row] = shown
        return self._looked[row]
