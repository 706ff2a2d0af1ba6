"""The codebook as a tree, with counts, a filter, and a last row for passages without a code."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qcode.project import CodeId
from qcode.project.codes import Code
from qcode.ui.reader.dragging import GROUP_MIME
from qcode.ui.widgets.plain import number_of, tip

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-qcode-codes"
UNCODED = 0  # stands for the last row where otherwise a code's id stands; no code has it
UNCODED_WORDS = "Passages without a code"

_Flag = Qt.ItemFlag
# Put together once: Qt asks for them with every row that it lays out.
_AROUND = _Flag.ItemIsDropEnabled
_CHOSEN = _Flag.ItemIsEnabled | _Flag.ItemIsSelectable
_OF_UNCODED = _CHOSEN | _Flag.ItemNeverHasChildren
_OF_CODE = _CHOSEN | _Flag.ItemIsEditable | _Flag.ItemIsDragEnabled | _Flag.ItemIsDropEnabled


class Role(IntEnum):
    """What a row says beside its name."""

    CODE = Qt.ItemDataRole.UserRole
    COUNT = Qt.ItemDataRole.UserRole + 1
    KEY = Qt.ItemDataRole.UserRole + 2


class CodebookTree(QAbstractItemModel):
    """Show it in a tree view. It never writes: what was typed or dropped is passed on by signals."""

    renamed = Signal(object, str)  # code id, the name typed in place
    moved = Signal(object, object, object)  # code id, parent id or None, position from 1 or None for the last

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: dict[int, Code] = {}
        self._below: dict[int | None, list[int]] = defaultdict(list)
        self._rows: dict[int, int] = {}
        self._codings: dict[int, int] = {}
        self._sums: dict[int, int] = {}
        self._filter = ""
        self._uncoded = 0
        self._keys_work = True

    def show_keys(self, show: bool) -> None:
        """Show the keys of codes, or not while they do nothing."""
        if show != self._keys_work:
            self._keys_work = show
            self.layoutChanged.emit()

    # ---- filling it ----

    def load(self, codes: Sequence[Code]) -> None:
        """Show this codebook; where only fields changed, rows stay in place, with selection and expansion."""
        same_shape = [(code.id, code.parent_id) for code in codes] == [
            (code.id, code.parent_id) for code in self._all.values()
        ]
        self._all, before = {code.id: code for code in codes}, self._all
        if not same_shape or self._filter:
            self._arrange()
        else:
            self._announce(id_ for id_, code in self._all.items() if before[id_] != code)

    def filter(self, words: str) -> None:
        """Keep the codes whose name or path holds all of the words, what lies below them, and their parents."""
        self._filter = words.casefold()
        self._arrange()

    def set_counts(self, codings: Mapping[CodeId, int] | Mapping[int, int], uncoded: int) -> None:
        """Take over how often each code was applied; only rows whose number is another are painted anew."""
        self._codings = {int(code): number for code, number in codings.items()}
        before, self._sums = self._sums, self._sum_up()
        changed = {id_ for id_ in self._sums.keys() | before.keys() if self._sums.get(id_) != before.get(id_)}
        if uncoded != self._uncoded:
            self._uncoded = uncoded
            changed.add(UNCODED)
        self._announce(changed)

    def bump(self, code: CodeId, by: int) -> None:
        """Change the count of one code at once, before all are counted anew."""
        self._codings[code] = self._codings.get(code, 0) + by
        changed: list[int] = []
        shown = self._all.get(code)
        while shown is not None and (shown.id == code or not shown.is_codable):  # groups show the sum of theirs
            self._sums[shown.id] = self._sums.get(shown.id, 0) + by
            changed.append(shown.id)
            shown = self._all.get(shown.parent_id) if shown.parent_id is not None else None
        self._announce(changed)

    # ---- asking it ----

    def code(self, index: Index) -> Code | None:
        """Give the code of a row; None for the last row, or none."""
        return self._all.get(index.internalId()) if index.isValid() else None

    def codes(self) -> list[Code]:
        """List the whole codebook, filtered or not, parents before children."""
        return list(self._all.values())

    def get(self, code: object) -> Code | None:
        """Give a code by its id."""
        return self._all.get(code) if isinstance(code, int) else None

    def is_uncoded(self, index: Index) -> bool:
        """Tell whether this is the row of passages without a code."""
        return index.isValid() and index.internalId() == UNCODED

    def find(self, code: object) -> QModelIndex:
        """Give the row of a code by its id; an invalid index when it is not shown."""
        if not isinstance(code, int) or code not in self._rows:
            return QModelIndex()
        return self.createIndex(self._rows[code], 0, code)

    def siblings(self, code: Code) -> list[Code]:
        """List the codes with the same parent, in order, itself among them, whether shown or not."""
        return [other for other in self._all.values() if other.parent_id == code.parent_id]

    def count(self, code: object) -> int:
        """Tell what stands at the right of a code's row: its own codings, or the sum of a group."""
        return self._sums.get(code, 0) if isinstance(code, int) else 0

    # ---- inside ----

    def _arrange(self) -> None:
        self.beginResetModel()
        kept = self._kept()
        self._below = defaultdict(list)
        for code in self._all.values():
            if code.id in kept:
                self._below[code.parent_id].append(code.id)
        if self._all and not self._filter:
            self._below[None].append(UNCODED)
        self._rows = {id_: row for ids in self._below.values() for row, id_ in enumerate(ids)}
        self._sums = self._sum_up()
        self.endResetModel()

    def _kept(self) -> set[int]:
        if not self._filter:
            return set(self._all)
        words = self._filter.split()
        kept: set[int] = set()
        for code in self._all.values():  # parents come first, so what lies below a hit is found in one go
            path = code.path.casefold()
            if all(word in path for word in words):
                kept.add(code.id)
                parent = code.parent_id
                while parent is not None and parent not in kept:
                    kept.add(parent)
                    parent = self._all[parent].parent_id
        return kept

    def _sum_up(self) -> dict[int, int]:
        total = {id_: self._codings.get(id_, 0) for id_ in self._all}
        for code in reversed(self._all.values()):  # children before parents
            parent = self._all.get(code.parent_id) if code.parent_id is not None else None
            if parent is not None and not parent.is_codable:
                total[parent.id] += total[code.id]
        return total

    def _announce(self, ids: Any) -> None:
        for id_ in ids:
            if id_ in self._rows:
                index = self.createIndex(self._rows[id_], 0, id_)
                self.dataChanged.emit(index, index)

    # ---- what Qt asks ----

    def index(self, row: int, column: int = 0, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Give the handle of a row."""
        below = self._below.get(parent.internalId() if parent.isValid() else None, [])
        return self.createIndex(row, column, below[row]) if 0 <= row < len(below) and column == 0 else QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """Give the row that a row lies below."""
        code = self.code(index)
        return self.find(code.parent_id) if code is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the rows below one."""
        return len(self._below.get(parent.internalId() if parent.isValid() else None, []))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """There is one column; the delegate paints what else stands in a row."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        if self.is_uncoded(index):
            return self._answer_uncoded(role)
        code = self.code(index)
        if code is None:
            return None
        key = code.shortcut if self._keys_work else ""
        return key if role == Role.KEY else _answer(code, key, self.count(code.id), role)

    def _answer_uncoded(self, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return UNCODED_WORDS
            case Qt.ItemDataRole.ToolTipRole:
                return "Click to go to the next one"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{UNCODED_WORDS}, {self._uncoded:,}"
            case Role.COUNT:
                return self._uncoded
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let codes be chosen, renamed, dragged and dropped on."""
        if not index.isValid():
            return _AROUND
        return _OF_UNCODED if self.is_uncoded(index) else _OF_CODE

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass a name typed in place on to who may write; the row changes when the project has."""
        code = self.code(index)
        if code is None or role != Qt.ItemDataRole.EditRole or value == code.name:
            return False
        self.renamed.emit(code.id, str(value))
        return True

    # ---- moving by the mouse ----

    def supportedDropActions(self) -> Qt.DropAction:
        """A code dropped elsewhere in the tree has moved."""
        return Qt.DropAction.MoveAction

    def supportedDragActions(self) -> Qt.DropAction:
        """A code can be moved within the tree, and dropped on a text, where it is applied."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Only codes of this very tree can be dropped."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Pack the code that is dragged; a group says so, since a text takes none."""
        packed = QMimeData()
        if any(code is not None and not code.is_codable for code in map(self.code, indexes)):
            packed.setData(GROUP_MIME, b"group")
        packed.setData(MIME, json.dumps([int(index.internalId()) for index in indexes]).encode())
        return packed

    def canDropMimeData(  # noqa: N802 - Qt's own name
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Refuse a code below itself, and everything that is no code."""
        if not data.hasFormat(MIME) or self.is_uncoded(parent) or self._filter:
            return False
        dragged, above = _unpacked(data), self.code(parent)
        while above is not None and above.id != dragged:
            above = self.get(above.parent_id)
        return above is None and dragged in self._all

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Pass on where a code should go; it moves when the project has. False: Qt must not take the row away."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        dragged, above = _unpacked(data), self.code(parent)
        siblings = [id_ for id_ in self._below.get(above.id if above else None, []) if id_ != UNCODED]
        position: int | None = None
        if 0 <= row <= len(siblings):
            position = row + 1 - (dragged in siblings[:row])
        self.moved.emit(dragged, above.id if above else None, position)
        return False


def _unpacked(data: QMimeData) -> CodeId:
    try:
        packed = json.loads(bytes(data.data(MIME).data()))
    except ValueError:  # dragged here by a stranger
        return CodeId(-1)
    return CodeId(packed[0]) if isinstance(packed, list) and packed and isinstance(packed[0], int) else CodeId(-1)


def _answer(code: Code, key: str, count: int, role: int) -> Any:
    answer: Any = None
    match role:
        case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
            answer = code.name
        case Qt.ItemDataRole.ToolTipRole:
            answer = tip(_about(code, count))
        case Qt.ItemDataRole.AccessibleTextRole:
            answer = _spoken(code, key, count)
        case Role.CODE:
            answer = code
        case Role.COUNT:
            answer = count
    return answer


def _about(code: Code, count: int) -> str:
    parts = [code.path, code.short_definition or code.definition]
    parts.append(f"applied {number_of(count, 'time')}" if code.is_codable else f"{number_of(count, 'coding')} below")
    return "\n".join(part for part in parts if part)


def _spoken(code: Code, key: str, count: int) -> str:
    kind = "" if code.is_codable else ", group"
    by = f", key {key}" if key else ""
    return f"{code.name}{kind}{by}, {number_of(count, 'coding')}"
