"""The files that are to be imported, as a table: which of them, what each is, and what one should know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal

from qcode.project.candidates import Candidate
from qcode.project.incoming import Incoming
from qcode.readers import ReadingChoices
from qcode.ui.widgets.plain import tip

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
ROW = QSize(0, 26)


class Column(IntEnum):
    """What stands in the columns."""

    FILE = 0
    FORMAT = 1
    KNOWN = 2


HEADERS = ("File", "Format", "To know")


@dataclass(slots=True)
class Row:
    """A file with what the researcher chose for it; `seen` once it was looked at."""

    candidate: Candidate
    incoming: Incoming
    ticked: bool = True
    seen: bool = False

    @property
    def can_be_read(self) -> bool:
        """Tell whether nothing speaks against it."""
        return not self.candidate.problem

    @property
    def is_there(self) -> bool:
        """Tell whether the same file is in the project, or before it in the list."""
        return bool(self.candidate.there or self.candidate.twin)


class IncomingFiles(QAbstractTableModel):
    """Show it in a table; a file that cannot be read stays, with the reason, and cannot be ticked."""

    tickedChanged = Signal()  # noqa: N815 - Qt's way of naming

    def __init__(self, paths: Sequence[Path], choose: Callable[[Candidate], ReadingChoices], parent: QObject) -> None:
        super().__init__(parent)
        self.rows = [Row(Candidate(path), Incoming(path)) for path in paths]
        self._choose = choose
        self._skips = True

    def put(self, begin: int, candidates: Sequence[Candidate]) -> None:
        """Take over what is known of some files in a row now, and the choices that are usual for their formats."""
        for row, candidate in zip(self.rows[begin:], candidates, strict=False):
            row.candidate, row.seen = candidate, True
            row.incoming = replace(row.incoming, choices=self._choose(candidate))
            row.ticked = row.can_be_read and not (self._skips and row.is_there)
        self._changed(begin, begin + len(candidates) - 1)

    def skip_known(self, skips: bool) -> None:
        """Leave out the files that are there already, or import them once more."""
        self._skips = skips
        for row in self.rows:
            if row.seen and row.is_there and row.can_be_read and row.ticked == skips:
                row.ticked = not skips
        self._changed(0, len(self.rows) - 1)

    def toggle(self, rows: Sequence[int]) -> None:
        """Tick these files or, where all of them are ticked, tick them no more."""
        some = [self.rows[at] for at in rows if self.rows[at].can_be_read and self.rows[at].seen]
        if some:
            on = not all(row.ticked for row in some)
            for row in some:
                row.ticked = on
            self._changed(min(rows), max(rows))

    def keep(self, at: int, incoming: Incoming) -> None:
        """Keep what was chosen for a file."""
        self.rows[at].incoming = incoming

    def tell_problem(self, at: int, problem: str) -> None:
        """Say why a file cannot be read as it is to be read now, or that it can."""
        row = self.rows[at]
        if row.candidate.problem != problem:
            row.ticked = not problem and not (self._skips and row.is_there)
            row.candidate = replace(row.candidate, problem=problem)
            self._changed(at)

    def use_for_all(self, choices: ReadingChoices, format_: str) -> int:
        """Read all files of a format so, and tell how many they are."""
        alike = [row for row in self.rows if row.candidate.format == format_]
        for row in alike:
            row.incoming = replace(row.incoming, choices=replace(choices, survey=row.incoming.choices.survey))
        return len(alike)

    def ticked(self) -> list[Incoming]:
        """List what is to be imported."""
        return [row.incoming for row in self.rows if row.ticked]

    def count(self, wanted: Callable[[Row], bool]) -> int:
        """Count the files of which something holds."""
        return sum(1 for row in self.rows if wanted(row))

    def _changed(self, first: int, last: int | None = None) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(first if last is None else last, len(HEADERS) - 1))
        self.tickedChanged.emit()

    # ---- what Qt asks ----

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Count the files."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        return HEADERS[section] if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let files that can be read be ticked."""
        flag = Qt.ItemFlag
        made = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren
        tickable = index.column() == Column.FILE and self.rows[index.row()].can_be_read
        return made | flag.ItemIsUserCheckable if tickable else made

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one cell."""
        return self._answer(self.rows[index.row()], index, role) if index.isValid() else None

    def _answer(self, row: Row, index: Index, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == Column.FILE and row.can_be_read:
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        match role:
            case Qt.ItemDataRole.SizeHintRole:
                return ROW
            case Qt.ItemDataRole.DisplayRole:
                return _words(row, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return tip(_words(row, index.column()) if index.column() else str(row.candidate.path))
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == Column.FILE:
                said = "to import" if row.ticked else "left out"
                return ", ".join(filter(None, (_words(row, 0), said, _words(row, 1), _words(row, 2))))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a file, or take the tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != Column.FILE:
            return False
        row = self.rows[index.row()]
        row.ticked = Qt.CheckState(value) == Qt.CheckState.Checked and row.can_be_read
        self._changed(index.row())
        return True


def _words(row: Row, column: int) -> str:
    one = row.candidate
    match column:
        case Column.FILE:
            return one.path.name
        case Column.FORMAT:
            return one.format if one.format or row.seen else "…"
    return _known(one)


def _known(one: Candidate) -> str:
    if one.problem:
        said = one.problem.removeprefix(f"{one.path.name} ").removeprefix(f"{one.path.name}: ")
        return f"{said[:1].upper()}{said[1:]}"
    if one.there or one.twin:
        return f"There already, as “{one.there[0]}”" if one.there else f"The same as {one.twin}"
    if one.guessed:
        return f"Encoding guessed: {one.guessed}"
    return "Has marks of Markdown" if one.marked else ""
