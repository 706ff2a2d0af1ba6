"""The sources of a project as a tree: those of the top level, then the folders with theirs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qcode.project import FolderId, SourceId
from qcode.project.folders import Folder
from qcode.project.sources import Source
from qcode.ui.widgets.plain import number_of, tip

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-qcode-shelf"

_Flag = Qt.ItemFlag
# Put together once: Qt asks for them with every row that it lays out.
_AROUND = _Flag.ItemIsDropEnabled
_NAMED = _Flag.ItemIsEnabled | _Flag.ItemIsSelectable | _Flag.ItemIsEditable | _Flag.ItemIsDragEnabled
_OF_SOURCE = _NAMED | _Flag.ItemNeverHasChildren
_OF_FOLDER = _NAMED | _Flag.ItemIsDropEnabled


class Role(IntEnum):
    """What a row says beside its name."""

    SOURCE = Qt.ItemDataRole.UserRole
    COUNT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Carried:
    """What is dragged: sources and folders, by their ids, in the order in which they stand."""

    sources: tuple[SourceId, ...]
    folders: tuple[FolderId, ...]


class SourceTree(QAbstractItemModel):
    """Show it in a tree view. It never writes: what was typed or dropped is passed on by signals.

    A row is known by the id of its source, or the negative id of its folder.
    """

    renamed = Signal(object, str)  # source id, the name typed in place
    folderRenamed = Signal(object, str)  # noqa: N815
    dropped = Signal(object, object, object)  # Carried, folder id or None, the row (from 0) there or None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: dict[int, Source] = {}
        self._folders: dict[int, Folder] = {}
        self._below: dict[int | None, list[int]] = defaultdict(list)
        self._rows: dict[int, int] = {}
        self._filter = ""
        self._only: Collection[SourceId] | None = None

    # ---- filling it ----

    def load(self, sources: Iterable[Source], folders: Iterable[Folder] = ()) -> None:
        """Show these sources and folders, which come in their order."""
        self._all = {source.id: source for source in sources}
        self._folders = {folder.id: folder for folder in folders}
        self._arrange()

    def update(self, fresh: Mapping[int, Source | None]) -> None:
        """Take over sources that changed, by id, None for one that is gone; rows move only where their places did."""
        kept = {id_: source for id_, source in self._all.items() if id_ not in fresh}
        kept |= {source.id: source for source in fresh.values() if source}
        moved = any((self._all[id_].place if id_ in self._all else None) != _place(new) for id_, new in fresh.items())
        changed = [id_ for id_, new in fresh.items() if new is not None and new != self._all.get(id_)]
        self._all = dict(sorted(kept.items(), key=lambda pair: pair[1].place)) if moved else self._all | kept
        if moved:
            self._arrange()
            return
        for id_ in changed:
            if id_ in self._rows:
                self.dataChanged.emit(self.row_of(id_), self.row_of(id_))

    def filter(self, words: str) -> None:
        """Keep the sources whose name, title or folder holds all of the words."""
        self._filter = words.casefold()
        self._arrange()

    def keep_only(self, sources: Collection[SourceId] | None) -> None:
        """Keep the sources of a set; None: all."""
        self._only = sources
        self._arrange()

    @property
    def is_narrowed(self) -> bool:
        """Tell whether some sources may be out of sight; then nothing is put in an order."""
        return bool(self._filter) or self._only is not None

    # ---- asking it ----

    def __len__(self) -> int:
        return len(self._all)

    def sources(self) -> list[Source]:
        """List the sources that are shown, from top to bottom."""
        return [source for id_, source in self._all.items() if id_ in self._rows]

    def folders(self) -> list[Folder]:
        """List all folders, shown or not, parents before children."""
        return list(self._folders.values())

    def key(self, index: Index) -> int:
        """Tell by what a row is known; 0 for none."""
        return _key(index) if index.isValid() else 0

    def row_of(self, key: int) -> QModelIndex:
        """Give the row that is known so; an invalid index when it is not shown."""
        return self.createIndex(self._rows[key], 0, _packed(key)) if key in self._rows else QModelIndex()

    def find(self, source: object) -> QModelIndex:
        """Give the row of a source by its id; an invalid index when it is not shown."""
        return self.row_of(source) if isinstance(source, int) and source > 0 else QModelIndex()

    def find_folder(self, folder: object) -> QModelIndex:
        """Give the row of a folder by its id; an invalid index when it is not shown."""
        return self.row_of(-folder) if isinstance(folder, int) else QModelIndex()

    def source_at(self, index: Index) -> Source | None:
        """Give the source of a row; None on a folder's row or none."""
        return self._all.get(_key(index)) if index.isValid() else None

    def folder_at(self, index: Index) -> Folder | None:
        """Give the folder of a row; None on a source's row or none."""
        return self._folders.get(-_key(index)) if index.isValid() else None

    def beside(self, source: Source) -> list[SourceId]:
        """List the sources of the same folder, itself among them, in order."""
        return self._inside(source.folder_id)

    def _inside(self, folder: FolderId | None) -> list[SourceId]:
        return [source.id for source in self._all.values() if source.folder_id == folder]

    def folders_in(self, parent: FolderId | None) -> list[FolderId]:
        """List the folders directly in a folder, in order."""
        return [folder.id for folder in self._folders.values() if folder.parent_id == parent]

    # ---- inside ----

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = [source for source in self._all.values() if self._fits(source)]
        needed = self._needed(shown)
        self._below = defaultdict(list)
        for source in shown:
            self._below[_above(source.folder_id)].append(source.id)
        for folder in self._folders.values():
            if folder.id in needed:
                self._below[_above(folder.parent_id)].append(-folder.id)
        self._rows = {key: row for keys in self._below.values() for row, key in enumerate(keys)}
        self.endResetModel()

    def _fits(self, source: Source) -> bool:
        if self._only is not None and source.id not in self._only:
            return False
        words = f"{source.name}\n{source.title}\n{source.folder}".casefold()
        return all(word in words for word in self._filter.split())

    def _needed(self, shown: Iterable[Source]) -> set[int]:
        """Tell which folders are shown: all, and while something is narrowed those that hold what is left."""
        if not self.is_narrowed:
            return set(self._folders)
        needed: set[int] = set()
        for inside in {source.folder_id for source in shown}:
            above: int | None = inside
            while above is not None and above not in needed:
                needed.add(above)
                above = self._folders[above].parent_id
        return needed

    # ---- what Qt asks ----

    def index(self, row: int, column: int = 0, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Give the handle of a row."""
        below = self._below.get(_key(parent) if parent.isValid() else None, [])
        return (
            self.createIndex(row, column, _packed(below[row]))
            if 0 <= row < len(below) and column == 0
            else QModelIndex()
        )

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """Give the folder's row that a row lies below."""
        source, folder = self.source_at(index), self.folder_at(index)
        return self.find_folder(source.folder_id if source else folder.parent_id if folder else None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the rows below one."""
        return len(self._below.get(_key(parent) if parent.isValid() else None, []))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """There is one column; the delegate paints what else stands in a row."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        if (source := self.source_at(index)) is not None:
            return _answer(source, role)
        folder = self.folder_at(index)
        return _answer_folder(folder, len(self._inside(folder.id)), role) if folder is not None else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let sources and folders be chosen, renamed and dragged, and dropped into folders."""
        if not index.isValid():
            return _AROUND
        return _OF_SOURCE if self.source_at(index) else _OF_FOLDER

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass a name typed in place on to who may write; the row changes when the project has."""
        source, folder = self.source_at(index), self.folder_at(index)
        named = source or folder
        if named is None or role != Qt.ItemDataRole.EditRole or value == named.name:
            return False
        (self.renamed if source else self.folderRenamed).emit(named.id, str(value))
        return True

    # ---- moving by the mouse ----

    def supportedDropActions(self) -> Qt.DropAction:
        """What is dropped elsewhere in the tree has moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Only what stands in this very tree can be dropped."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Pack what is dragged."""
        packed = QMimeData()
        packed.setData(MIME, json.dumps([_key(index) for index in indexes]).encode())
        return packed

    def canDropMimeData(  # noqa: N802 - Qt's own name
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Refuse a folder inside itself, and everything that is neither source nor folder."""
        carried = self._unpacked(data)
        if carried is None or (self.is_narrowed and row >= 0):
            return False
        above = self.folder_at(parent)
        while above is not None and above.id not in carried.folders:
            above = self._folders.get(above.parent_id) if above.parent_id is not None else None
        return above is None

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Pass on where things should go; they move when the project has. False: Qt must not take the rows away."""
        carried = self._unpacked(data)
        if carried is not None and self.canDropMimeData(data, action, row, column, parent):
            folder = self.folder_at(parent)
            self.dropped.emit(carried, folder.id if folder else None, row if row >= 0 else None)
        return False

    def before(self, row: int, parent: FolderId | None, carried: Carried) -> tuple[int, int]:
        """Count the sources, and the folders, that stay before a row in a folder: what positions are made of."""
        keys = self._below.get(_above(parent), [])[:row]
        staying = [key for key in keys if key not in carried.sources and -key not in carried.folders]
        return sum(key > 0 for key in staying), sum(key < 0 for key in staying)

    def _unpacked(self, data: QMimeData) -> Carried | None:
        try:
            keys = json.loads(bytes(data.data(MIME).data())) if data.hasFormat(MIME) else None
        except ValueError:  # dragged here by a stranger
            return None
        if not isinstance(keys, list) or not keys:
            return None
        if not all(isinstance(key, int) and (key in self._all or -key in self._folders) for key in keys):
            return None
        held = {-key for key in keys if key < 0}
        for folder in self._folders.values():  # parents come first, so what lies in what is carried is found in one go
            if folder.parent_id in held:
                held.add(folder.id)
        # What lies in a folder that is carried goes along in it.
        folders = [one.id for one in self._folders.values() if -one.id in keys and one.parent_id not in held]
        sources = [one.id for one in self._all.values() if one.id in keys and one.folder_id not in held]
        return Carried(tuple(sources), tuple(folders))


def _packed(key: int) -> int:
    """Make of a key the unsigned number that Qt keeps."""
    return key * 2 if key > 0 else -key * 2 + 1


def _key(index: Index) -> int:
    number = int(index.internalId())
    return -(number // 2) if number % 2 else number // 2


def _above(folder: int | None) -> int | None:
    return None if folder is None else -folder


def _place(source: Source | None) -> Any:
    return source.place if source is not None else None


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


def _answer_folder(folder: Folder, sources: int, role: int) -> Any:
    inside = number_of(sources, "source")
    match role:
        case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
            return folder.name
        case Qt.ItemDataRole.ToolTipRole:
            return tip(f"{folder.path}\n{inside}")
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{folder.name}, folder, {inside}"
    return None


def _about(source: Source) -> str:
    lines = [source.name]
    lines += [line for line in (source.title, source.cite_as) if line and line != source.name]
    lines.append(f"{number_of(source.codings, 'coding')} on {number_of(source.passages, 'passage')}")
    lines.append(f"{number_of(source.length, 'character')}")
    return "\n".join(lines)
