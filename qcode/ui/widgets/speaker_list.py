"""Tick who of some names is a speaker."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView

from qcode.text import speakers
from qcode.ui.widgets.plain import number_of, one_line, tip

NAME = Qt.ItemDataRole.UserRole
ROW = QSize(0, 26)
_BEGINNING = 160  # characters of a first turn


@dataclass(frozen=True, slots=True)
class Named:
    """A name, how many turns it has, and how the first of them begins."""

    name: str
    turns: int
    words: str = ""


class SpeakerList(QListView):
    """Show names with a box each; `ticked` says which of them are speakers, `changed` that a box was clicked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.names = QStandardItemModel(self)
        self.setModel(self.names)
        self.setAccessibleName("Who is a speaker")
        self.names.itemChanged.connect(lambda _: self.changed.emit())

    def show_names(self, found: Sequence[Named], chosen: Collection[str]) -> None:
        """Show these names, those chosen with a tick."""
        row = self.currentIndex().row()
        self.names.blockSignals(True)
        self.names.clear()
        for one in found:
            item = QStandardItem(f"{one_line(one.name, 50)}  ·  {number_of(one.turns, 'turn')}")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.name in chosen else Qt.CheckState.Unchecked)
            item.setData(one.name, NAME)
            item.setToolTip(tip(one.words))
            item.setSizeHint(ROW)
            self.names.appendRow(item)
        self.names.blockSignals(False)
        self.reset()
        self.setCurrentIndex(self.names.index(max(0, row), 0))

    def ticked(self) -> tuple[str, ...]:
        """List the names that are ticked."""
        items = (self.names.item(row) for row in range(self.names.rowCount()))
        return tuple(item.data(NAME) for item in items if item.checkState() == Qt.CheckState.Checked)


def proposed(text: str) -> list[Named]:
    """List the names in a text that seem to be speakers'."""
    return [
        Named(one.name, one.turns, " ".join(text[one.first : one.first + _BEGINNING].split()))
        for one in speakers.propose(text)
    ]
