"""The lines of an outline as a tree, narrowed by words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qcode.project.outline import Entry
from qcode.ui.widgets.plain import number_of, one_line, tip

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class Role(IntEnum):
    """What a row says beside its words."""

    ENTRY = Qt.ItemDataRole.UserRole
    PARAGRAPH = Qt.ItemDataRole.UserRole + 1


class OutlineTree(QAbstractItemModel):
    """Show it in a tree view; a line stands below the last one before it that has a lower level."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Entry] = ()
        self._words: tuple[str, ...] = ()
        self._shown: list[Entry] = []
        self._above: list[int] = []  # of each line shown, the line that holds it, or -1
        self._below: dict[int, list[int]] = {-1: []}
        self._row: list[int] = []
        self._order: list[tuple[int, int]] = []  # (paragraph, line), in the order in which one reads

    def load(self, entries: Sequence[Entry]) -> None:
        """Show these lines."""
        self._all = entries
        self._arrange()

    def filter(self, words: str) -> None:
        """Keep the lines that hold all of the words, and those above them."""
        self._words = tuple(words.casefold().split())
        self._arrange()

    def __len__(self) -> int:
        return len(self._shown)

    def entry(self, index: Index) -> Entry | None:
        """Give the line of a row."""
        return self._shown[index.internalId()] if index.isValid() else None

    def at_paragraph(self, number: int) -> QModelIndex:
        """Find the line under which a paragraph stands; none before the first."""
        place = bisect_right(self._order, (number, len(self._shown)))
        return self._index_of(self._order[place - 1][1]) if place else QModelIndex()

    def first_match(self) -> QModelIndex:
        """Find the first line that holds the words looked for."""
        return next((self._index_of(line) for line, one in enumerate(self._shown) if self._fits(one)), QModelIndex())

    def _arrange(self) -> None:
        self.beginResetModel()
        self._shown = self._narrowed()
        self._above, self._below, self._row = [], {-1: []}, []
        path: list[int] = []
        for line, entry in enumerate(self._shown):
            while path and self._shown[path[-1]].level >= entry.level:
                path.pop()
            above = path[-1] if path else -1
            self._above.append(above)
            self._row.append(len(self._below[above]))
            self._below[above].append(line)
            self._below[line] = []
            path.append(line)
        self._order = sorted((entry.paragraph, line) for line, entry in enumerate(self._shown))
        self.endResetModel()

    def _narrowed(self) -> list[Entry]:
        if not self._words:
            return list(self._all)
        kept: list[Entry] = []
        level = 0  # of the last line kept; coming from below, lines of a lower level hold it
        for entry in reversed(self._all):
            if self._fits(entry) or entry.level < level:
                kept.append(entry)
                level = entry.level
        return kept[::-1]

    def _fits(self, entry: Entry) -> bool:
        words = entry.words.casefold()
        return all(word in words for word in self._words)

    def _index_of(self, line: int) -> QModelIndex:
        return self.createIndex(self._row[line], 0, line)

    # ---- what Qt asks ----

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        """Give the index of a row below another."""
        below = self._below.get(parent.internalId() if parent.isValid() else -1, [])
        return self.createIndex(row, column, below[row]) if 0 <= row < len(below) and column == 0 else QModelIndex()

    def parent(self, index: Index = NO_INDEX) -> QModelIndex:  # type: ignore[override]  # the stubs mean QObject.parent
        """Give the row that holds a row."""
        above = self._above[index.internalId()] if index.isValid() else -1
        return self._index_of(above) if above >= 0 else QModelIndex()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Count the rows below a row."""
        return len(self._below.get(parent.internalId() if parent.isValid() else -1, []))

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """There is one column."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        entry = self.entry(index)
        return None if entry is None else self._answer(index, entry, role)

    def _answer(self, index: Index, entry: Entry, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(entry.words, 200)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(entry.words)
            case Qt.ItemDataRole.AccessibleTextRole:
                below = self.rowCount(index)
                inside = f", {number_of(below, 'line')} below" if below else ""
                return f"{entry.words}, paragraph {entry.paragraph}{inside}"
            case Role.ENTRY:
                return entry
            case Role.PARAGRAPH:
                return entry.paragraph
        return None
