"""The codebook as CSV: our own columns, written so that reading them back gives the same codebook."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qcode.errors import FormatProblem, InvalidInput, QcodeError
from qcode.exchange.table import Cell, Record, Table, column_name, moment, parse_moment, read_records, refuse
from qcode.model.values import join_path, parse_color, split_path
from qcode.project import Change, CodeId, Reading, codes
from qcode.project.codes import Code
from qcode.readers.decode import decode

COLUMNS = (
    "guid",
    "path",
    "parent",
    "level",
    "position",
    "name",
    "color",
    "is_codable",
    "shortcut",
    *codes.TEXT_FIELDS,
    "properties",
    "passages",
    "codings",
    "sources",
    "cases",
    "coders",
    "created_by",
    "created_at",
    "modified_at",
)
# What is counted anew in each project, and so never read.
_COUNTS = frozenset({"passages", "codings", "sources", "cases", "coders"})
# A spreadsheet writes them anew in capitals, and in its own language.
_TRUE = frozenset({"true", "yes", "1", "wahr", "vrai"})
_FALSE = frozenset({"false", "no", "0", "falsch", "faux"})
_DEEPEST = 100  # levels; nobody reads more, and a damaged file may claim thousands


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code as a line of a file has it; what the file leaves open is empty or None."""

    line: int
    names: tuple[str, ...]
    guid: str = ""
    color: str = ""
    is_codable: bool | None = None
    position: int | None = None
    shortcut: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    created_by: str = ""
    created_at: datetime | None = None
    modified_at: datetime | None = None

    @property
    def path(self) -> str:
        """The names from the top down to the code, as one text."""
        return join_path(self.names)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rows of a file, and what the researcher should know about how it was read."""

    rows: list[CodeRow]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What an import did: the codes it added, and the paths of those that were there already, letter for letter."""

    added: tuple[CodeId, ...]
    already: tuple[str, ...]


def table(r: Reading) -> Table:
    """Lay out the codebook under the columns of the CSV, parents before children."""
    counts = codes.counts(r)
    paths: dict[CodeId | None, str] = {None: ""}
    rows: list[tuple[Cell, ...]] = []
    for code in codes.codebook(r):
        paths[code.id] = code.path
        own = counts.get(code.id)
        counted = (own.passages, own.codings, own.sources, 0, own.coders) if own else (0, 0, 0, 0, 0)
        place = (code.guid, code.path, paths[code.parent_id], code.level, code.position, code.name)
        looks = (code.color, code.is_codable, code.shortcut)
        texts = tuple(getattr(code, name) for name in codes.TEXT_FIELDS)
        origin = (code.created_by, moment(code.created_at), moment(code.modified_at))
        rows.append((*place, *looks, *texts, "", *counted, *origin))
    return Table(COLUMNS, rows)


def write(r: Reading, *, bom: bool = True) -> bytes:
    """Write the codebook as CSV: UTF-8, with a byte order mark for Excel unless `bom` is false."""
    return table(r).to_csv(bom=bom)


def read(data: bytes) -> list[CodeRow]:
    """Read a codebook CSV, in the order of its lines.

    Columns may come in any order and all but `path` (or `name`) may be missing; the delimiter may be a comma, a
    semicolon or a tab. Raises FormatProblem, naming each broken line, and then nothing is read.
    """
    return load(data).rows


def load(data: bytes, name: str = "The codebook") -> Loaded:
    """Read a codebook CSV as `read` does, and tell what was guessed or left out; `name` is what the file is called."""
    decoded = decode(data, name)
    records = read_records(decoded.text, COLUMNS)
    if not records:
        raise FormatProblem(f"{name} is empty.", "A codebook CSV has a header line and one line a code.")
    columns, unknown = _header(records[0])
    rows, problems = [], []
    for record in records[1:]:
        try:
            _check_width(record, len(records[0].cells))
            rows.append(_row(record, columns))
        except QcodeError as problem:
            problems.append((record.line, problem.message))
    problems += _repeated(rows)
    refuse(problems)
    notes = [f"The column “{name}” is not one of QCode's and was left out." for name in unknown]
    if decoded.note:
        notes.append(decoded.note)
    if "properties" in columns and any(record.cells[columns["properties"]] for record in records[1:]):
        notes.append("Properties of codes are not read yet and were left out.")
    return Loaded(rows, tuple(notes))


def merge(tx: Change, rows: Sequence[CodeRow]) -> Merged:
    """Add the codes of a file to the project's, each after the siblings that are there.

    A code that is there already, the same in all the file says, is passed over and named. Raises FormatProblem, naming
    each line, when a path or guid is taken by a different code, a parent is nowhere, or a field is refused.
    """
    there = {code.path: code for code in codes.codebook(tx)}
    new, already, problems = _sorted_out(rows, there)
    refuse(problems)
    ids: dict[tuple[str, ...], CodeId] = {split_path(path): code.id for path, code in there.items()}
    added = []
    for row in sorted(new, key=_place):
        try:
            ids[row.names] = _add(tx, row, ids.get(row.names[:-1]))
        except QcodeError as problem:
            raise FormatProblem(f"Line {row.line}: {problem.message}", problem.hint, line=row.line) from problem
        added.append(ids[row.names])
    return Merged(tuple(added), tuple(already))


def _add(tx: Change, row: CodeRow, parent: CodeId | None) -> CodeId:
    return codes.add(
        tx,
        row.names[-1],
        parent=parent,
        color=row.color or None,
        is_codable=row.is_codable is not False,
        shortcut=row.shortcut or "",
        guid=row.guid or None,
        created_by=row.created_by or None,
        created_at=row.created_at,
        modified_at=row.modified_at,
        **row.texts,
    )


def _place(row: CodeRow) -> tuple[int, bool, int, int]:
    """Sort parents before children, then by position; rows that tell none come last, as they stand in the file."""
    return len(row.names), row.position is None, row.position or 0, row.line


# --- reading a line -------------------------------------------------------------------------------------------------


def _header(record: Record) -> tuple[dict[str, int], list[str]]:
    """Tell which cell holds which column, and the names of columns that are not ours."""
    names = [column_name(cell) for cell in record.cells]
    if twice := [name for name, times in Counter(filter(None, names)).items() if times > 1]:
        raise FormatProblem(f"The column “{twice[0]}” is there twice.", "Leave one of them.", line=record.line)
    columns = {name: at for at, name in enumerate(names) if name in COLUMNS}
    if "path" not in columns and "name" not in columns:
        raise FormatProblem(
            "The first line names neither a column “path” nor a column “name”.",
            "A codebook CSV begins with a line of column names.",
            line=record.line,
        )
    return columns, [cell for cell, name in zip(record.cells, names, strict=True) if name and name not in COLUMNS]


def _check_width(record: Record, width: int) -> None:
    if len(record.cells) < width or any(record.cells[width:]):
        raise InvalidInput(f"the row has {len(record.cells)} cells, but the header has {width}")


def _row(record: Record, columns: Mapping[str, int]) -> CodeRow:
    cell = {name: record.cells[at] for name, at in columns.items()}
    names = _names(cell)
    _check_level(cell.get("level", ""), len(names))
    return CodeRow(
        line=record.line,
        names=names,
        guid=_guid(cell.get("guid", "")),
        color=_color(cell.get("color", "")),
        is_codable=_truth(cell.get("is_codable", "")),
        position=_number(cell.get("position", ""), "position"),
        shortcut=cell.get("shortcut"),
        texts={name: cell[name] for name in codes.TEXT_FIELDS if name in cell},
        created_by=cell.get("created_by", ""),
        created_at=_moment(cell.get("created_at", "")),
        modified_at=_moment(cell.get("modified_at", "")),
    )


def _names(cell: Mapping[str, str]) -> tuple[str, ...]:
    """Put together where a code stands from `path`, or from `parent` and `name`, and see that they agree."""
    path, parent, name = cell.get("path", ""), cell.get("parent", ""), cell.get("name", "")
    above = split_path(parent) if parent else ()
    names = split_path(path) if path else (*above, name)
    if name and name != names[-1]:
        raise InvalidInput(f"the path ends in “{names[-1]}”, but the name is “{name}”")
    if parent and above != names[:-1]:
        raise InvalidInput(f"the path says that the parent is “{join_path(names[:-1])}”, but parent is “{parent}”")
    if not all(names):
        raise InvalidInput("the code has no name" if not names[-1] else "a code above it has no name")
    if len(names) > _DEEPEST:
        raise InvalidInput(f"the code lies {len(names)} levels deep; at most {_DEEPEST} are read")
    return names


def _check_level(text: str, level: int) -> None:
    told = _number(text, "level")
    if told is not None and told != level:
        raise InvalidInput(f"the level is {told}, but the path has {level} {'name' if level == 1 else 'names'}")


def _guid(text: str) -> str:
    try:
        uuid.UUID(text or "0" * 32)
    except ValueError:
        raise InvalidInput(f"“{text}” is not a guid") from None
    return text


def _color(text: str) -> str:
    try:
        return parse_color(text) if text.strip() else ""
    except InvalidInput:
        raise InvalidInput(f"“{text}” is not a colour (write #rrggbb)") from None


def _truth(text: str) -> bool | None:
    word = text.strip().casefold()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    if word:
        raise InvalidInput(f"is_codable is “{text}”, not true or false")
    return None


def _number(text: str, column: str) -> int | None:
    if not text.strip():
        return None
    try:
        return int(text)
    except ValueError:
        raise InvalidInput(f"{column} is “{text}”, not a whole number") from None


def _moment(text: str) -> datetime | None:
    try:
        return parse_moment(text) if text.strip() else None
    except InvalidInput:
        raise InvalidInput(f"“{text}” is not a time (write 2026-01-31T12:00:00Z)") from None


# --- what does not fit ----------------------------------------------------------------------------------------------

Problems = list[tuple[int, str]]


def _repeated(rows: Iterable[CodeRow]) -> Problems:
    """Find the lines that say again which code an earlier line is."""
    first: dict[object, int] = {}
    problems: Problems = []
    for row in rows:
        keys: list[tuple[object, str]] = [(row.names, f"the code “{row.path}”")]
        if row.guid:
            keys.append((uuid.UUID(row.guid), f"the guid {row.guid}"))
        for key, what in keys:
            if key in first:
                problems.append((row.line, f"{what} is on line {first[key]} already"))
            first.setdefault(key, row.line)
    return problems


def _sorted_out(rows: Sequence[CodeRow], there: Mapping[str, Code]) -> tuple[list[CodeRow], list[str], Problems]:
    """Part the rows into new ones, those there already, and problems."""
    guids = {uuid.UUID(code.guid): code.path for code in there.values()}
    parents = {row.names for row in rows} | {split_path(path) for path in there} | {()}
    new: list[CodeRow] = []
    already: list[str] = []
    problems: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        code = there.get(row.path)
        holder = guids.get(uuid.UUID(row.guid)) if row.guid else None
        if code is None and holder is not None:
            problems[row.line].append(f"the guid of “{row.path}” belongs to “{holder}” in the project")
        elif code is None and row.names[:-1] not in parents:
            problems[row.line].append(
                f"the parent “{join_path(row.names[:-1])}” is neither in the file nor in the project"
            )
        elif code is None:
            new.append(row)
        elif different := _differences(row, code):
            fields = ", ".join(different)
            problems[row.line].append(f"the code “{row.path}” is in the project already, with a different {fields}")
        else:
            already.append(row.path)
    return new, already, [(line, told) for line, sentences in problems.items() for told in sentences]


def _differences(row: CodeRow, code: Code) -> list[str]:
    """Name the fields in which a code of the project is not what the file says; what the file leaves open agrees."""
    said: dict[str, object] = {
        "guid": uuid.UUID(row.guid) if row.guid else None,
        "color": row.color or None,
        "is_codable": row.is_codable,
        "shortcut": row.shortcut,
        **row.texts,
    }
    has: dict[str, object] = {name: getattr(code, name) for name in said} | {"guid": uuid.UUID(code.guid)}
    return [name for name, value in said.items() if value is not None and value != has[name]]
