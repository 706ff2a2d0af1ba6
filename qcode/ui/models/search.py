"""The rows of "Search everything": what was found, kind by kind, as it comes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qcode.project.search import LIMIT, Hit, Kind, Step
from qcode.ui.widgets.plain import number_of, tip

Index = QModelIndex | QPersistentModelIndex

HEADINGS = {
    Kind.SOURCE: "Sources",
    Kind.CODE: "Codes",
    Kind.PASSAGE: "Passages",
    Kind.COMMENT: "Comments",
    Kind.TRANSLATION: "Translations",
    Kind.REASON: "Reasons",
    Kind.TEXT: "In the texts",
}


_PAGED = (Kind.PASSAGE, Kind.COMMENT, Kind.TRANSLATION, Kind.REASON)


class Role(IntEnum):
    """What a row is: something found, or the heading above."""

    HIT = Qt.ItemDataRole.UserRole
    HEADING = Qt.ItemDataRole.UserRole + 1


class SearchRows(QAbstractListModel):
    """Show headings with the hits below them; rows are only ever added at the end, so that none jumps away."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Hit | Kind] = []
        self._found: dict[Kind, int] = {}
        self._sources = 0  # texts that hold the words
        self.done = self.total = 0

    def clear(self) -> None:
        """Begin anew."""
        self.beginResetModel()
        self._rows, self._found, self._sources, self.done, self.total = [], {}, 0, 0, 0
        self.endResetModel()

    def add(self, steps: Sequence[Step]) -> None:
        """Show what some steps of the search brought."""
        fresh: list[Hit | Kind] = []
        for step in steps:
            self.done, self.total = step.done, step.total
            if step.hits and step.kind not in self._found:
                fresh.append(step.kind)
            if step.found:
                self._found[step.kind] = self._found.get(step.kind, 0) + step.found
                self._sources += step.kind is Kind.TEXT
            fresh += step.hits
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._rows += fresh
            self.endInsertRows()
        for row, kind in enumerate(self._rows):
            if isinstance(kind, Kind):
                self.dataChanged.emit(self.index(row), self.index(row), [Role.HEADING])

    def hit(self, index: Index) -> Hit | None:
        """Give what was found on a row; None for a heading."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if isinstance(row, Hit) else None

    def next_hit(self, row: int, by: int) -> int:
        """Give the row of the next hit in a direction, past headings; the same row where there is none."""
        wanted = row + by
        while 0 <= wanted < len(self._rows):
            if isinstance(self._rows[wanted], Hit):
                return wanted
            wanted += by
        return row

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the rows, headings included."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only hits be chosen."""
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if self.hit(index) else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, Kind):
            said = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Role.HEADING)
            return self._heading(row) if role in said else None
        answers: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: row.line.words,
            Qt.ItemDataRole.ToolTipRole: lambda: tip("\n".join(filter(None, (row.line.words, where(row))))),
            Qt.ItemDataRole.AccessibleTextRole: lambda: ", ".join(
                filter(None, (HEADINGS[row.kind], row.line.words, where(row)))
            ),
            Role.HIT: lambda: row,
        }
        return answers[role]() if role in answers else None

    def _heading(self, kind: Kind) -> str:
        found = self._found.get(kind, 0)
        shown = sum(isinstance(row, Hit) and row.kind is kind for row in self._rows)
        if kind is Kind.TEXT:
            return f"{HEADINGS[kind]} · {number_of(found, 'place')} in {number_of(self._sources, 'source')}"
        if found > shown:
            return f"{HEADINGS[kind]} · first {shown:,} of {found:,}"
        more = kind in _PAGED and shown >= LIMIT  # nobody counted further
        return f"{HEADINGS[kind]} · first {shown:,}" if more else HEADINGS[kind]


def where(hit: Hit) -> str:
    """Say where something stands: what is below its line, with the paragraph and how often it stands in that text."""
    places = f"{hit.places:,} places" if hit.places > 1 else ""
    paragraph = f"¶{hit.paragraph:,}" if hit.paragraph else ""
    return " · ".join(filter(None, (" ".join(filter(None, (hit.below.words, paragraph))), places)))
