"""Places under each other, word below word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from qcode.project.finding import Line
from qcode.ui.widgets.plain import tip

Index = QModelIndex | QPersistentModelIndex
HEADER: Final = ("Source", "¶", "Before", "Words", "After")
BEFORE, WORDS, AFTER = 2, 3, 4


class Order(StrEnum):
    """In which order the places stand."""

    TEXT = "as in the texts"
    WORDS = "by the words found"
    AFTER = "by what follows"
    BEFORE = "by what goes before"


def _words_backwards(line: Line) -> list[str]:
    return line.before.casefold().split()[::-1]


_KEYS: Final[dict[Order, Callable[[Line], Any]]] = {
    Order.WORDS: lambda line: (line.words.casefold(), line.after.casefold()),
    Order.AFTER: lambda line: (line.after.casefold().lstrip(" ,.;:–—-"), line.words.casefold()),
    Order.BEFORE: _words_backwards,
}


class Lines(QAbstractTableModel):
    """Show it in a table whose middle column is the words found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: list[Line] = []  # in the order of the texts
        self.rows: list[Line] = []
        self.order = Order.TEXT

    def clear(self) -> None:
        """Begin anew, empty."""
        self.beginResetModel()
        self._found, self.rows = [], []
        self.endResetModel()

    def add(self, lines: Sequence[Line]) -> None:
        """Put more at the end; `arrange` brings them into order when all are there."""
        if lines:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(lines) - 1)
            self._found += lines
            self.rows += lines
            self.endInsertRows()

    def arrange(self, order: Order) -> None:
        """Put them in an order."""
        self.order = order
        self.beginResetModel()
        self.rows = list(self._found) if order is Order.TEXT else sorted(self._found, key=_KEYS[order])
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the places."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else len(HEADER)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADER[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one cell."""
        if not 0 <= index.row() < len(self.rows):
            return None
        line = self.rows[index.row()]
        cells = (line.name, f"{line.paragraph:,}", line.before, " ".join(line.words.split()), line.after)
        whole = f"{line.before}{line.words}{line.after}"
        answers: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: cells[index.column()],
            Qt.ItemDataRole.TextAlignmentRole: lambda: _side(index.column()),
            Qt.ItemDataRole.FontRole: lambda: _bold() if index.column() == WORDS else None,
            Qt.ItemDataRole.ToolTipRole: lambda: tip(whole),
            Qt.ItemDataRole.AccessibleTextRole: lambda: f"{line.name}, paragraph {line.paragraph}: {whole}",
        }
        return answers[role]() if role in answers else None


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font


def _side(column: int) -> Qt.AlignmentFlag:
    right = column in (1, BEFORE)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignHCenter if column == WORDS else None
    return (side or Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
