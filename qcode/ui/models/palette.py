"""The rows of the code palette: which codes fit what was typed, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qcode.project import CodeId, SourceId, passages
from qcode.project.codes import Code
from qcode.ui.context import Context
from qcode.ui.widgets.plain import tip

Index = QModelIndex | QPersistentModelIndex
ALREADY = "On this passage already"


class Role(IntEnum):
    """What a row says beside its name."""

    CODE = Qt.ItemDataRole.UserRole
    TICKED = Qt.ItemDataRole.UserRole + 1
    NEW = Qt.ItemDataRole.UserRole + 2
    THERE = Qt.ItemDataRole.UserRole + 3


def rank(
    codes: Sequence[Code],
    typed: str,
    recent: Sequence[CodeId],
    used: Mapping[CodeId, int],
    there: Collection[CodeId] = (),
) -> list[Code]:
    """Order the codes that fit: name begins with what was typed, then a word of it does, then it stands anywhere.

    Among equals those used last come first, then those used most, then as in the codebook; those that are `there`, on
    the passage already, come behind them. Groups are left out.
    """
    words = " ".join(typed.casefold().split())
    last = {code: place for place, code in enumerate(recent)}
    found = []
    for place, code in enumerate(codes):
        fit = _fit(code, words) if code.is_codable else None
        if fit is not None:
            found.append((fit, code.id in there, last.get(code.id, len(last)), -used.get(code.id, 0), place, code))
    return [row[-1] for row in sorted(found, key=lambda row: row[:-1])]


def codes_on(context: Context, source: SourceId, start: int | None, end: int | None) -> frozenset[CodeId]:
    """Give the codes that the coder at work has put on exactly this stretch: applying them again does nothing."""
    project = context.project
    if project is None or start is None or end is None:
        return frozenset()
    with project.read() as r:
        found = passages.at(r, source, start, end, coder=project.coder.name)
    return frozenset(coding.code_id for coding in found.codings) if found else frozenset()


def _fit(code: Code, words: str) -> int | None:
    name, path = code.name.casefold(), code.path.casefold()
    if name.startswith(words):
        return 0
    if re.search(rf"\b{re.escape(words)}", name):
        return 1
    if words in name:
        return 2
    return 3 if all(word in path for word in words.split()) else None


class PaletteRows(QAbstractListModel):
    """Show ranked codes, ticked or not, and last a row that makes a new code of what was typed."""

    def __init__(
        self,
        codes: Sequence[Code],
        recent: Sequence[CodeId],
        used: Mapping[CodeId, int],
        parent: QObject | None = None,
        *,
        there: Collection[CodeId] = (),
    ) -> None:
        super().__init__(parent)
        self._codes = codes
        self._recent = recent
        self._used = used
        self._there = there
        self._rows = rank(codes, "", recent, used, there)
        self._new = ""
        self._ticked: list[CodeId] = []

    def type(self, typed: str) -> None:
        """Rank anew for what stands in the field."""
        name = typed.strip()
        known = any(name == code.name for code in self._codes)
        self.beginResetModel()
        self._rows = rank(self._codes, typed, self._recent, self._used, self._there)
        self._new = "" if known else name
        self.endResetModel()

    def tick(self, index: Index) -> None:
        """Tick a code, or take the tick off again."""
        code = self.code(index)
        if code is None:
            return
        if code.id in self._ticked:
            self._ticked.remove(code.id)
        else:
            self._ticked.append(code.id)
        self.dataChanged.emit(index, index)

    def ticked(self) -> list[Code]:
        """List the ticked codes in the order in which they were ticked, shown or not."""
        known = {code.id: code for code in self._codes}
        return [known[code] for code in self._ticked]

    def code(self, index: Index) -> Code | None:
        """Give the code of a row; None for the row that makes one."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def new_name(self, index: Index) -> str:
        """Give the name of the code that this row makes; empty on any other."""
        return self._new if index.isValid() and index.row() == len(self._rows) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the rows, the one that makes a code included."""
        return 0 if parent.isValid() else len(self._rows) + bool(self._new)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        code = self.code(index)
        if code is None:
            shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            if role == Role.NEW:
                return self.new_name(index)
            return f"Create code “{self._new}”" if role in shown and self._new else None
        return self._answer(code, role)

    def _answer(self, code: Code, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return code.name
            case Qt.ItemDataRole.ToolTipRole:
                return tip("\n".join(filter(None, (code.path, code.definition or code.short_definition))))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(code)
            case Role.CODE:
                return code
            case Role.TICKED | Role.THERE:
                return code.id in (self._ticked if role == Role.TICKED else self._there)
        return None

    def _spoken(self, code: Code) -> str:
        ticked = "ticked, " if code.id in self._ticked else ""
        there = f"{ALREADY}. " if code.id in self._there else ""
        return f"{ticked}{code.path}. {there}{code.short_definition}"
