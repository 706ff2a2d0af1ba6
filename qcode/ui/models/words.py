"""The words of the sources, sorted and narrowed as one wants."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qcode.project.words import Word, WordList

Index = QModelIndex | QPersistentModelIndex
HEADER: Final = ("Word", "Times", "Share", "Sources")
_KEYS: Final[tuple[Callable[[Word], Any], ...]] = (
    lambda one: one.word,
    lambda one: one.count,
    lambda one: one.count,
    lambda one: one.sources,
)


class Words(QAbstractTableModel):
    """Show it in a table; the rows are plain tuples of what was counted, so 100,000 of them are nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list = WordList((), 0, 0)
        self._rows: list[Word] = []
        self._stopped: Collection[str] = ()
        self._narrow = ""
        self._column, self._order = 1, Qt.SortOrder.DescendingOrder

    def fill(self, counted: WordList) -> None:
        """Show other words."""
        self._list = counted
        self._arrange()

    def narrow(self, typed: str) -> None:
        """Show only words that hold some letters; a space before them means: that begin so."""
        self._narrow = typed.lower()
        self._arrange()

    def leave_out(self, stopped: Collection[str]) -> None:
        """Leave out words that say little."""
        self._stopped = stopped
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put them in another order."""
        self._column, self._order = column, order
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        narrow, stopped = self._narrow.strip(), self._stopped
        found = [one for one in self._list.words if one.word not in stopped]
        if narrow and self._narrow.startswith(" "):
            found = [one for one in found if one.word.startswith(narrow)]
        elif narrow:
            found = [one for one in found if narrow in one.word]
        descending = self._order == Qt.SortOrder.DescendingOrder
        if self._column != 1 or not descending:  # as they were counted they stand by frequency
            found.sort(key=_KEYS[self._column], reverse=descending)
        self._rows = found
        self.endResetModel()

    @property
    def counted(self) -> WordList:
        """All that was counted."""
        return self._list

    @property
    def rows(self) -> list[Word]:
        """The words that are shown, in their order."""
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the words shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else len(HEADER)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                arrow = " ▾" if self._order == Qt.SortOrder.DescendingOrder else " ▴"
                return HEADER[section] + (arrow if section == self._column else "")
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one cell."""
        if not 0 <= index.row() < len(self._rows):
            return None
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            share = 100 * one.count / self._list.total
            return (one.word, f"{one.count:,}", f"{share:.2f} %", f"{one.sources:,}")[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        return None


def _side(column: int) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
