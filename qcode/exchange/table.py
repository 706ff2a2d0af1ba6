"""Rows as CSV that any spreadsheet opens unharmed, as XLSX and JSON; and CSV back into rows that know their line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from qcode.errors import FormatProblem, InvalidInput

Cell = str | int | float | Decimal | bool | None

# What a spreadsheet would run as a formula, and the apostrophe itself, so that the rule can be taken back.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'")
_BOM = "\ufeff"
_SHEET_ROWS, _SHEET_CELL = 1_048_576, 32_767  # what a sheet of a workbook holds
SUFFIXES = (".csv", ".xlsx", ".json")
_DELIMITERS = (",", ";", "\t")
_TOLD = 5  # problems named in one sentence; the rest is counted


def guard(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula; `unguard` takes it off again."""
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def unguard(cell: str) -> str:
    """Take off the one apostrophe that `guard` put there; any other stays."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell


def moment(at: datetime) -> str:
    """Write a time (UTC, kept without a zone) so that every program reads the same instant."""
    return f"{at.isoformat()}Z"


def parse_moment(text: str) -> datetime:
    """Read a time as ISO 8601 has it; without a zone it is UTC. Give it back in UTC without a zone.

    Raises InvalidInput when it is no time.
    """
    try:
        at = datetime.fromisoformat(text.strip())
        return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
    except (ValueError, OverflowError):
        raise InvalidInput(f"“{text}” is not a time.", "Write it as 2026-01-31T12:00:00Z.") from None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns, ready to be written in any format."""

    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]

    def to_csv(self, *, bom: bool = True) -> bytes:
        """Write RFC 4180 in UTF-8; the byte order mark makes Excel show it right on a double click."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(map(guard, self.columns))
        writer.writerows(map(_written, self.rows))
        return ((_BOM if bom else "") + out.getvalue()).encode()

    def to_xlsx(self) -> bytes:
        """Write a workbook of one sheet under a header that stays in sight; text stays text, whatever it begins with.

        Raises InvalidInput for what no sheet can hold.
        """
        from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - starting must not wait for it

        out = io.BytesIO()
        book = Workbook(out, {"in_memory": True, "constant_memory": True})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, self.columns, book.add_format({"bold": True}))
        for number, row in enumerate(self.rows, start=1):
            if number >= _SHEET_ROWS or any(isinstance(cell, str) and len(cell) > _SHEET_CELL for cell in row):
                raise InvalidInput("This is too much for a spreadsheet.", "Write it as CSV.")
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write(number, place, cell)
        book.close()
        return out.getvalue()

    def written_as(self, suffix: str, *, bom: bool = True) -> bytes:
        """Write it as the suffix of a file says. Raises InvalidInput for one that is none of SUFFIXES."""
        match suffix.lower():
            case ".csv":
                return self.to_csv(bom=bom)
            case ".xlsx":
                return self.to_xlsx()
            case ".json":
                return self.to_json().encode()
        raise InvalidInput(f"“{suffix}” is not a kind of table.", f"End the name in one of {', '.join(SUFFIXES)}.")

    def to_json(self) -> str:
        """Write a list of objects, one a line."""
        return json_lines(dict(zip(self.columns, row, strict=True)) for row in self.rows)


def json_lines(objects: Iterable[object]) -> str:
    """Write a JSON list with one element a line: quick for many, and a difference between two files stays readable."""
    encode = json.JSONEncoder(ensure_ascii=False, default=_number).encode
    lines = ",\n".join(map(encode, objects))
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _number(cell: object) -> int | float:
    """Write a decimal number as JSON has numbers."""
    if not isinstance(cell, Decimal):
        raise TypeError(f"{type(cell).__name__} is not written as JSON")
    return int(cell) if cell == cell.to_integral_value() else float(cell)


def _written(row: Sequence[Cell]) -> list[str | int | float | Decimal]:
    return [guard(cell) if isinstance(cell, str) else _plain(cell) for cell in row]


def _plain(cell: int | float | Decimal | bool | None) -> str | int | float | Decimal:
    if cell is None:
        return ""
    return ("false", "true")[cell] if isinstance(cell, bool) else cell


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it was read, and the line of the file where it begins (from 1)."""

    line: int
    cells: tuple[str, ...]


def read_records(text: str, known: Collection[str], *, guarded: bool = False) -> list[Record]:
    """Read the rows of a CSV, header first, whether parted by comma, semicolon or tab.

    The delimiter is the one under which the header begins with one of the `known` column names, has most of them, or
    else most columns. Rows without any content are left out; guards are taken off, unless the cells are wanted
    `guarded`, as they stand. Raises FormatProblem, with its line, where quotes do not match.
    """
    delimiter = _delimiter(text.removeprefix(_BOM), known)
    found = _records(text.removeprefix(_BOM), delimiter)
    return list(found) if guarded else [Record(one.line, tuple(map(unguard, one.cells))) for one in found]


def column_name(cell: str) -> str:
    """Read a header cell as the name of a column: neither case nor spaces around it matter."""
    return cell.strip().casefold()


def _delimiter(text: str, known: Collection[str]) -> str:
    def recognised(delimiter: str) -> tuple[bool, int, int]:
        try:
            header = next(_records(text, delimiter), None)
        except FormatProblem:
            header = None
        names = [column_name(unguard(cell)) in known for cell in header.cells] if header else [False]
        return names[0], sum(names), len(names)

    return max(_DELIMITERS, key=recognised)


def _records(text: str, delimiter: str) -> Iterator[Record]:
    # The module's own limit of 128 KB a cell would break long definitions; it can be set for the whole process only.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise FormatProblem(
                f"Line {line}: the quotes of the row that begins here do not match.",
                'A cell with a comma, a quote or a line break stands in quotes, and a quote inside is doubled: "".',
                line=line,
            ) from None
        if cells is None:
            return
        if any(cells):
            yield Record(line, tuple(cells))
        line = reader.line_num + 1


def refuse(problems: Sequence[tuple[int, str]]) -> None:
    """Raise FormatProblem for the lines that do not fit, the first few in full, so that all can be mended at once."""
    if not problems:
        return
    ordered = sorted(problems)
    told = "; ".join(f"line {line}: {sentence}" for line, sentence in ordered[:_TOLD])
    more = f"; and {len(ordered) - _TOLD} more" if len(ordered) > _TOLD else ""
    raise FormatProblem(f"{told[0].upper()}{told[1:]}{more}.", "Nothing was imported.", line=ordered[0][0])
