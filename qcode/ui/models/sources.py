"""The sources of a project as rows: each folder's name, and below it its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qcode.project import SourceId
from qcode.project.sources import Source
from qcode.ui.widgets.plain import number_of, tip

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row says beside its name."""

    SOURCE = Qt.ItemDataRole.UserRole
    COUNT = Qt.ItemDataRole.UserRole + 1


class SourceList(QAbstractListModel):
    """Show it in a list view. A row holds a Source, or the words of a folder, which cannot be chosen."""

    renamed = Signal(object, str)  # source id, the name typed in place

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Source] = []
        self._rows: list[Source | str] = []
        self._filter = ""

    def load(self, sources: Iterable[Source]) -> None:
        """Show these sources, which come ordered by folder and name."""
        self._all = list(sources)
        self._arrange()

    def update(self, fresh: Mapping[int, Source | None]) -> None:
        """Take over sources that changed, by id, None for one that is gone; rows move only where names did."""
        before = {source.id: (source.folder, source.name) for source in self._all}
        after = {id_: (source.folder, source.name) if source else None for id_, source in fresh.items()}
        if any(before.get(SourceId(id_)) != place for id_, place in after.items()):
            kept = [source for source in self._all if source.id not in fresh]
            self._all = sorted(kept + [source for source in fresh.values() if source], key=lambda source: source.place)
            self._arrange()
            return
        self._all = [fresh.get(source.id) or source for source in self._all]
        for row, shown in enumerate(self._rows):
            new = fresh.get(shown.id) if isinstance(shown, Source) else None
            if new is not None and new != shown:
                self._rows[row] = new
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def filter(self, words: str) -> None:
        """Keep the sources whose name, title or folder holds all of the words."""
        self._filter = words.casefold()
        self._arrange()

    def __len__(self) -> int:
        return len(self._all)

    def sources(self) -> list[Source]:
        """List what is shown, without the folders."""
        return [row for row in self._rows if isinstance(row, Source)]

    def find(self, source: object) -> QModelIndex:
        """Give the row of a source by its id; an invalid index when it is not shown."""
        for row, kept in enumerate(self._rows):
            if isinstance(kept, Source) and kept.id == source:
                return self.index(row)
        return QModelIndex()

    def source_at(self, index: Index) -> Source | None:
        """Give the source of a row; None on a folder's row or none."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if isinstance(row, Source) else None

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = []
        folder = ""
        for source in filter(self._fits, self._all):
            if source.folder != folder:
                folder = source.folder
                self._rows.append(folder)
            self._rows.append(source)
        self.endResetModel()

    def _fits(self, source: Source) -> bool:
        words = f"{source.name}\n{source.title}\n{source.folder}".casefold()
        return all(word in words for word in self._filter.split())

    # ---- what Qt asks ----

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the rows, folders included."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let sources be chosen and renamed; a folder's row is only read."""
        if self.source_at(index) is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable | flag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return row if role in shown else None
        return _answer(row, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass a name typed in place on to who may write; the row changes when the project has."""
        source = self.source_at(index)
        if source is None or role != Qt.ItemDataRole.EditRole or value == source.name:
            return False
        self.renamed.emit(source.id, str(value))
        return True


def _answer(source: Source, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
            return source.name
        case Qt.ItemDataRole.ToolTipRole:
            return tip(_about(source))
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{source.name}, {number_of(source.codings, 'coding')}"
        case Role.SOURCE:
            return source
        case Role.COUNT:
            return source.codings
    return None


def _about(source: Source) -> str:
    lines = [source.name]
    lines += [line for line in (source.title, source.cite_as) if line and line != source.name]
    lines.append(f"{number_of(source.codings, 'coding')} on {number_of(source.passages, 'passage')}")
    lines.append(f"{number_of(source.length, 'character')}")
    return "\n".join(lines)
