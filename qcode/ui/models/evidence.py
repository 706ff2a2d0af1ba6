"""The passages of a code, or of all codes in a group, fetched as far as one has scrolled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qcode.errors import NotFound
from qcode.project import ChangeSet, CodeId, Project, SourceId, evidence
from qcode.project.codes import Code
from qcode.project.evidence import Line, Portion
from qcode.project.sources import Source
from qcode.ui.models.shelf import Shelf
from qcode.ui.models.surroundings import Shown, Surroundings
from qcode.ui.widgets.plain import number_of

Index = QModelIndex | QPersistentModelIndex
PAGE = 100  # lines that are fetched at once


# made once: Qt asks for those of every row, and joining flags takes longer than all the rest of the answer
STANDS = Qt.ItemFlag.ItemNeverHasChildren | Qt.ItemFlag.ItemIsEnabled
CHOSEN = STANDS | Qt.ItemFlag.ItemIsSelectable


class Grouping(StrEnum):
    """In which order passages are listed: as the sources stand in their list, or as the codes in the codebook."""

    SOURCE = "source"
    CODE = "code"


class Role(IntEnum):
    """What a row says beside its words; LINE is None for the heading of a code."""

    LINE = Qt.ItemDataRole.UserRole
    SHOWN = Qt.ItemDataRole.UserRole + 1
    SOURCE = Qt.ItemDataRole.UserRole + 2
    CODE = Qt.ItemDataRole.UserRole + 3
    OTHERS = Qt.ItemDataRole.UserRole + 4
    COUNT = Qt.ItemDataRole.UserRole + 5
    FIRST = Qt.ItemDataRole.UserRole + 6  # the first of its source


@dataclass(frozen=True, slots=True)
class Subject:
    """What is listed: the codings of some codes (a group stands for those in it), or the passages without a code."""

    code: Code | None = None
    codes: tuple[CodeId, ...] = ()
    uncoded: bool = False

    @property
    def name(self) -> str:
        """What it is called in a sentence or a file name."""
        return self.code.name if self.code else "without a code"


@dataclass(frozen=True, slots=True)
class Heading:
    """A row over the passages of one code."""

    code: CodeId
    count: int


Row = Line | Heading
Block = tuple[CodeId | None, SourceId]  # what is fetched in one go; None: all codes asked for


class EvidenceList(QAbstractListModel):
    """Show it in a view; `follow` takes over what changed and leaves all other rows where they are."""

    def __init__(self, shelf: Shelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._project: Project | None = None
        self._around = Surroundings()
        self.subject = Subject()
        self.grouping = Grouping.SOURCE
        self.held = False  # nothing more is fetched while it is
        self._portions: list[Portion] = []
        self._blocks: list[Block] = []
        self._lines: dict[Block, list[Line]] = {}
        self._fetched = 0  # blocks
        self._rows: list[Row] = []
        self._shown: dict[tuple[int, int | None, int | None, str], Shown] = {}
        self._sources: dict[SourceId, Source] = {}  # in their order; kept here, since counts in it do not matter
        self._places: dict[SourceId, int] = {}

    # ---- filling it ----

    def show(self, project: Project | None, subject: Subject, grouping: Grouping) -> None:
        """Begin a new list at its top."""
        self.beginResetModel()
        if project is not self._project:
            self.forget_sources()
        self._project, self.subject, self.grouping = project, subject, grouping
        self._shown.clear()
        self._lines.clear()
        self._fetched = 0
        self._count()
        self._more(PAGE)
        self._rows = list(self._made_rows())
        self.endResetModel()

    def follow(self, changes: ChangeSet) -> None:
        """Take over a change: only the passages it touched are asked for again, and only their rows move."""
        if {"source", "text", "folder"} & changes.rows.keys():
            self.forget_sources()
        last = self._blocks[self._fetched - 1] if self._fetched else None
        whole = self._fetched == len(self._blocks)
        self._count()
        order = self._order()
        within = (place for place, block in enumerate(self._blocks) if last is not None and order(block) <= order(last))
        self._fetched = len(self._blocks) if whole else max(within, default=-1) + 1
        if changes.passages is None:
            self._lines.clear()
        elif changes.passages:
            self._take_over(changes.passages)
        self._fetch([block for block in self._blocks[: self._fetched] if block not in self._lines])
        self._replace(list(self._made_rows()))

    def forget_sources(self) -> None:
        """Read names, order and texts of sources anew: some came, went or were corrected."""
        self._sources = {}
        self._around.forget()
        self._shown.clear()

    def fetch_all(self) -> None:
        """Fetch all that is left, as for selecting everything."""
        if self.canFetchMore():
            self._append(self.total)

    # ---- asking it ----

    @property
    def total(self) -> int:
        """How often the codes were applied, or how many passages have no code."""
        return sum(portion.count for portion in self._portions)

    @property
    def sources(self) -> int:
        """In how many sources."""
        return len({portion.source for portion in self._portions})

    @property
    def many_codes(self) -> bool:
        """Whether a line must say which of several codes it is about."""
        return len(self.subject.codes) > 1

    def line(self, index: Index) -> Line | None:
        """Give the line of a row; None for a heading."""
        row = self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None
        return row if isinstance(row, Line) else None

    def lines(self) -> list[Line]:
        """List all lines fetched so far."""
        return [row for row in self._rows if isinstance(row, Line)]

    def source(self, id_: SourceId) -> Source | None:
        """Give a source by its id."""
        return self._known_sources().get(id_)

    # ---- inside ----

    def _known_sources(self) -> dict[SourceId, Source]:
        if not self._sources and self._project is not None:
            self._sources = {source.id: source for source in self._shelf.sources}
            self._places = {source: place for place, source in enumerate(self._sources)}
        return self._sources

    def _count(self) -> None:
        """Ask how often and where, and put the blocks in order."""
        self._portions = []
        if self._project is not None and (self.subject.codes or self.subject.uncoded):
            with self._project.read() as r:
                asked = self.subject.codes
                self._portions = evidence.uncoded_portions(r) if self.subject.uncoded else evidence.portions(r, asked)
        self._blocks = sorted(dict.fromkeys(map(self._block, self._portions)), key=self._order())

    def _order(self) -> Any:
        codes = {code.id: place for place, code in enumerate(self._shelf.codes)}
        self._known_sources()
        places = self._places
        return lambda block: (codes.get(block[0], -1), places.get(block[1], len(places)), block[1])

    def _append(self, lines: int) -> None:
        since = self._fetched
        self._more(lines)
        fresh = list(self._made_rows(since))
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
            self._rows += fresh
            self.endInsertRows()

    def _more(self, lines: int) -> None:
        """Fetch whole blocks until there are so many lines more."""
        sizes: dict[Block, int] = defaultdict(int)
        for one in self._portions:
            sizes[self._block(one)] += one.count
        upto, found = self._fetched, 0
        while upto < len(self._blocks) and found < lines:
            found += sizes[self._blocks[upto]]
            upto += 1
        self._fetch(self._blocks[self._fetched : upto])
        self._fetched = upto

    def _fetch(self, blocks: Sequence[Block]) -> None:
        if self._project is None or not blocks:
            return
        with self._project.read() as r:
            for code, group in groupby(blocks, key=lambda block: block[0]):
                places = [source for _, source in group]
                asked = self.subject.codes if code is None else (code,)
                found = evidence.uncoded_lines(r, places) if self.subject.uncoded else evidence.lines(r, asked, places)
                self._lines.update({(code, place): [] for place in places})
                for line in found:
                    self._lines[code, line.source].append(line)

    def _take_over(self, touched: Collection[int]) -> None:
        """Put what is now known of some passages into the blocks that were fetched."""
        fresh: dict[Block, list[Line]] = defaultdict(list)
        for line in self._lines_on(touched):
            fresh[self._block(line)].append(line)
        standing = set(self._blocks)
        self._lines = {block: known for block, known in self._lines.items() if block in standing}
        for block, known in self._lines.items():
            kept = [line for line in known if line.passage not in touched]
            if block in fresh or len(kept) < len(known):
                self._lines[block] = sorted(kept + fresh[block], key=evidence.place)

    def _lines_on(self, passages: Collection[int]) -> list[Line]:
        if self._project is None:
            return []
        with self._project.read() as r:
            if self.subject.uncoded:
                return evidence.uncoded_on(r, passages)
            return evidence.lines_on(r, self.subject.codes, passages)

    def _block(self, one: Line | Portion) -> Block:
        return one.code if self.grouping is Grouping.CODE else None, one.source

    def _made_rows(self, since: int = 0) -> Iterator[Row]:
        """Make the rows of all blocks that were fetched, from block `since` on."""
        headed = self._blocks[since - 1][0] if since else None
        for block in self._blocks[since : self._fetched]:
            if block[0] is not None and block[0] != headed and self.many_codes:
                headed = block[0]
                yield Heading(headed, sum(one.count for one in self._portions if one.code == headed))
            yield from self._lines.get(block, ())

    def _replace(self, fresh: list[Row]) -> None:
        """Change the rows to these by taking out and putting in, so that a view keeps its selection and its place."""
        top = _same(self._rows, fresh)
        old, new = self._rows[top:], fresh[top:]
        below = _same(old[::-1], new[::-1])
        self._change(top, old[: len(old) - below], new[: len(new) - below])

    def _change(self, top: int, old: list[Row], new: list[Row]) -> None:
        """Let `old`, the rows from `top` on, become `new`."""
        wanted = {_key(row) for row in new}
        there = {_key(row) for row in old}
        for first, last in _runs([top + at for at, row in enumerate(old) if _key(row) not in wanted]):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        stay = [row for row in new if _key(row) in there]
        if [_key(row) for row in old if _key(row) in wanted] != [_key(row) for row in stay]:
            self._reorder([*self._rows[:top], *stay, *self._rows[top + len(stay) :]])
        for first, last in reversed(_runs([top + at for at, row in enumerate(new) if _key(row) not in there])):
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = new[first - top : last + 1 - top]
            self.endInsertRows()
        for place, row in enumerate(new, start=top):
            if row != self._rows[place]:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place), self.index(place))

    def _reorder(self, rows: list[Row]) -> None:
        """Put the same rows in another order, telling the view where each went."""
        self.layoutAboutToBeChanged.emit()
        now = {_key(row): place for place, row in enumerate(rows)}
        before = self.persistentIndexList()
        moved = [self.index(now[_key(self._rows[index.row()])]) for index in before]
        self._rows = rows
        self.changePersistentIndexList(before, moved)
        self.layoutChanged.emit()

    def _look(self, line: Line) -> Shown:
        key = line.source, line.start, line.end, line.quote
        if key not in self._shown:
            if self._project is None:
                return Shown(0, "", line.quote, "")
            try:
                self._shown[key] = self._around.of(self._project, line)
            except NotFound:  # the source went a moment ago, and its rows go with the next change that is told
                return Shown(0, "", line.quote, "")
        return self._shown[key]

    # ---- what Qt asks ----

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count what was fetched."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Tell whether some of it was not fetched yet."""
        return not parent.isValid() and not self.held and self._fetched < len(self._blocks)

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008
        """Fetch the next page."""
        self._append(PAGE)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let lines be chosen, and headings stand."""
        return STANDS if self.line(index) is None else CHOSEN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        return self._of_heading(row, role) if isinstance(row, Heading) else self._of_line(row, index.row(), role)

    def _of_heading(self, row: Heading, role: int) -> Any:
        code = self._shelf.code(row.code)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return code.name if code else ""
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{code.name if code else ''}, {number_of(row.count, 'coding')}"
            case Role.CODE:
                return code
            case Role.COUNT:
                return row.count
        return None

    def _of_line(self, line: Line, place: int, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                said: Any = line.quote
            case Qt.ItemDataRole.AccessibleTextRole:
                said = self._spoken(line)
            case Role.LINE:
                said = line
            case Role.SHOWN:
                said = self._look(line)
            case Role.SOURCE:
                said = self._source_name(line)
            case Role.CODE:
                said = self._shelf.code(line.code)
            case Role.OTHERS:
                said = self._others(line)
            case Role.FIRST:
                above = self._rows[place - 1] if place else None
                said = not isinstance(above, Line) or above.source != line.source
            case _:
                said = None
        return said

    def _source_name(self, line: Line) -> str:
        source = self.source(line.source)
        return source.name if source else ""

    def _others(self, line: Line) -> list[str]:
        return [code.name for one in line.others if (code := self._shelf.code(one)) is not None]

    def _spoken(self, line: Line) -> str:
        shown, others = self._look(line), self._others(line)
        paragraph = "waits for review" if line.start is None else f"paragraph {shown.paragraph}"
        place = f"{self._source_name(line)}, {paragraph}: {shown.quote}"
        return f"{place}; also {', '.join(others)}" if others else place


def subject_of(code: Code | None, book: Sequence[Code]) -> Subject:
    """Tell what is listed for a code: its own codings or, for a group, those of all codes below it."""
    if code is None:
        return Subject()
    inside = {code.id}
    if not code.is_codable:
        for other in book:  # parents come before children
            if other.parent_id in inside:
                inside.add(other.id)
    return Subject(code, tuple(one.id for one in book if one.id in inside and one.is_codable))


def _same(rows: Sequence[Row], others: Sequence[Row]) -> int:
    """Count how many rows are the same from the first on."""
    differ = (place for place, (row, other) in enumerate(zip(rows, others, strict=False)) if row is not other)
    return next((place for place in differ if rows[place] != others[place]), min(len(rows), len(others)))


def _key(row: Row) -> tuple[int, int]:
    if isinstance(row, Heading):
        return 0, row.code
    return (1, row.coding) if row.coding is not None else (2, row.passage)


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Join neighbouring places to (first, last), the last runs first, so that taking out leaves the others right."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return runs[::-1]
