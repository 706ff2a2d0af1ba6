"""The variables of sources as a table, a row a source: out as CSV, XLSX or JSON, and back from CSV and XLSX.

What goes out comes back as it was. Sources are known by their names; a row whose source is nowhere is told and passed
over, and anything else that does not fit keeps the whole file from coming in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import Final

from qcode.errors import FormatProblem, InvalidInput
from qcode.exchange.table import Cell, Record, Table, column_name, read_records, refuse, unguard
from qcode.project import Change, Reading, SourceId, VariableId, sources, variables
from qcode.project.sources import Source
from qcode.project.variables import Variable
from qcode.readers.decode import decode
from qcode.text.values import Kind, guess, settled

SOURCE: Final = "source"
_ZIP: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A table as it was read: the names of its variables, the kind each would get when new, and a row a source."""

    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[Record, ...]  # the source first, then the values
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """What an import did: values given, changed and taken away, variables made, and rows (line, name) left over."""

    sources: int
    values: int
    made: tuple[str, ...]
    nowhere: tuple[tuple[int, str], ...]


# ---- out -------------------------------------------------------------------------------------------------------------


def table(r: Reading | Change) -> Table:
    """Lay out all values: a row a source in the order of the project, a column a variable."""
    known, values = variables.listing(r), variables.values(r)
    rows = [
        (source.name, *(_cell(values.get(source.id, {}).get(one.name, ""), one) for one in known))
        for source in sources.listing(r)
    ]
    return Table((SOURCE, *(one.name for one in known)), rows)


def _cell(value: str, variable: Variable) -> Cell:
    """Write numbers as numbers, so that a spreadsheet counts with them."""
    return Decimal(value) if value and variable.kind is Kind.NUMBER else value


# ---- in --------------------------------------------------------------------------------------------------------------


def load(data: bytes, name: str, known: Sequence[str] = ()) -> Loaded:
    """Read a table whose first row names the variables: a CSV, or the first sheet of an XLSX, called `name`.

    The sources stand in the column called "source", else in the first. `known` are the variables of the project, which
    help to tell how the cells are parted. Raises FormatProblem, naming each line that is broken.
    """
    if data.startswith(_ZIP) or PurePath(name).suffix.lower() in (".xlsx", ".xlsm"):
        from qcode.readers.survey_xlsx import sheet_rows  # noqa: PLC0415 - starting must not wait for it

        cells = enumerate(sheet_rows(data, name), start=1)
        # The cells of a workbook are not guarded, so that an apostrophe in one is its own.
        records = [Record(line, tuple(f"'{c}" if c[:1] == "'" else c for c in row)) for line, row in cells if any(row)]
        notes: tuple[str, ...] = ()
    else:
        decoded = decode(data, name)
        headers = {SOURCE, *map(column_name, known)}
        records = read_records(decoded.text, headers, guarded=True)
        notes = (decoded.note,) if decoded.note else ()
    if not records:
        raise FormatProblem(f"{name} is empty.", "A table has a row of names, and below it a row a source.")
    header, *rows = _even(records)
    at = next((n for n, cell in enumerate(header.cells) if column_name(cell) == SOURCE), 0)
    _refuse_unclear(header, rows, at)
    rows = [_source_first(row, at) for row in rows]
    names = tuple(map(unguard, _source_first(header, at).cells[1:]))
    # A guarded cell was a text: what a spreadsheet takes for a number is written without.
    kinds = tuple(
        Kind.TEXT if any(_is_guarded(row.cells[place]) for row in rows) else guess(row.cells[place] for row in rows)
        for place in range(1, len(names) + 1)
    )
    return Loaded(names, kinds, tuple(Record(row.line, tuple(map(unguard, row.cells))) for row in rows), notes)


def _even(records: Sequence[Record]) -> list[Record]:
    """Make all rows as wide as the widest; empty cells at their ends do not count."""
    wide = max(n for record in records for n, cell in enumerate(record.cells, start=1) if cell)
    return [Record(one.line, (*one.cells[:wide], *[""] * (wide - len(one.cells)))) for one in records]


def _refuse_unclear(header: Record, rows: Sequence[Record], at: int) -> None:
    """Refuse columns without a name or with another's, and rows that name no source, or that of another row."""
    problems = []
    for place, cell in enumerate(header.cells):
        if not cell.strip():
            line = next(row.line for row in (*rows, header) if row.cells[place] or row is header)
            problems.append((header.line, f"column {place + 1} has no name, and line {line} has a cell in it"))
    counted = Counter(_source_first(header, at).cells[1:])
    problems += [(header.line, f"two columns are called “{name}”") for name, times in counted.items() if times > 1]
    seen: dict[str, int] = {}
    for row in rows:
        name = unguard(row.cells[at])
        if not name.strip():
            problems.append((row.line, "it names no source"))
        elif name in seen:
            problems.append((row.line, f"“{name}” stands in line {seen[name]} already"))
        seen.setdefault(name, row.line)
    refuse(problems)


def _source_first(row: Record, at: int) -> Record:
    return Record(row.line, (row.cells[at], *row.cells[:at], *row.cells[at + 1 :]))


def _is_guarded(cell: str) -> bool:
    return unguard(cell) != cell


def merge(tx: Change, loaded: Loaded) -> Merged:
    """Take over the values of a table: what it says counts, and an empty cell takes a value away.

    Variables that are new are made, of the kind that fits all their values. Raises FormatProblem, naming lines, for
    values that are none of their variable's kind, and then nothing is changed.
    """
    there = {variable.name: variable for variable in variables.listing(tx)}
    nowhere, found = [], []
    by_name = _Names(sources.listing(tx))
    for row in loaded.rows:
        source = by_name.find(row.cells[0])
        if source is None:
            nowhere.append((row.line, row.cells[0]))
        else:
            found.append((source, row))
    _refuse_misfits(loaded, there, found)
    ids: list[VariableId] = []
    made: list[str] = []
    for name, kind in zip(loaded.names, loaded.kinds, strict=True):
        made += [] if name in there else [name]
        ids.append(there[name].id if name in there else variables.add(tx, name, kind=kind))
    cells = [(source, ids[n], value) for source, row in found for n, value in enumerate(row.cells[1:])]
    return Merged(len(found), variables.set_values(tx, cells), tuple(made), tuple(nowhere))


def _refuse_misfits(loaded: Loaded, there: Mapping[str, Variable], found: Sequence[tuple[SourceId, Record]]) -> None:
    problems = []
    twice: dict[SourceId, int] = {}
    for source, row in found:
        if source in twice:
            problems.append((row.line, f"“{row.cells[0]}” means the same source as line {twice[source]}"))
        twice.setdefault(source, row.line)
        for name, value in zip(loaded.names, row.cells[1:], strict=True):
            try:
                settled(value, there[name].kind if name in there else Kind.TEXT)
            except InvalidInput as error:
                problems.append((row.line, f"{name}: {error.message.rstrip('.')}"))
    refuse(problems)


class _Names:
    """Find sources by their names, else by the names of their files, with or without regard to case."""

    def __init__(self, all_: Sequence[Source]) -> None:
        self._exact = {source.name: source.id for source in all_}
        loose = Counter(key for source in all_ for key in _loose(source))
        self._loose = {key: source.id for source in all_ for key in _loose(source) if loose[key] == 1}

    def find(self, name: str) -> SourceId | None:
        """Give the source that a name means; None when there is none, or more than one."""
        return self._exact.get(name) or self._loose.get(_folded(name))


def _loose(source: Source) -> Iterator[str]:
    yield from {_folded(source.name), _folded(source.original_name)}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
