"""Surveys kept as a workbook (XLSX): its first sheet with content."""

from __future__ import annotations

import datetime
import io
import re
from pathlib import PurePath

from qcode.errors import FormatProblem
from qcode.readers.choices import AS_USUAL, ReadingChoices
from qcode.readers.document import Document, Reader
from qcode.readers.survey import tell
from qcode.readers.zipped import Archive, looks_zipped, member_names

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIXES = (".xlsx", ".xlsm")
_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_MOST_CELLS = 5_000_000
_SAVE_ANEW = "Open it in a spreadsheet, save it anew as XLSX or CSV, and import that."


def read_xlsx(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read the first sheet that holds something; FormatProblem for a workbook that is broken or far too large."""
    _check(data, name)
    rows, sheet, others = _rows(data, name)
    told = tell(rows, name, choices.survey)
    notes = [f"Read from the sheet “{sheet}”.", *told.notes]
    if others:
        notes.append(f"Other sheets were left out: {', '.join(f'“{other}”' for other in others)}.")
    return Document(told.text, told.spans, "", MEDIA_TYPE, "", False, tuple(notes), told.survey, told.parts)


def sheet_rows(data: bytes, name: str) -> list[list[str]]:
    """Give the rows of the first sheet that holds something, as texts; FormatProblem as for `read_xlsx`."""
    _check(data, name)
    return _rows(data, name)[0]


def _recognises(data: bytes, name: str) -> bool:
    """Know it by what the archive holds; a damaged one by its suffix, so that the damage is said."""
    names = member_names(data)
    if not names:
        return looks_zipped(data) and (PurePath(name).suffix.lower() in SUFFIXES or b"xl/workbook.xml" in data)
    return "xl/workbook.xml" in names


READER = Reader(
    "Survey (XLSX)", MEDIA_TYPE, SUFFIXES, _recognises, read_xlsx, is_text=False, heeds=frozenset(("survey",))
)


def _check(data: bytes, name: str) -> None:
    """Refuse what would swell in memory: bombs, and sheets of which one far cell makes millions of empty ones."""
    archive = Archive(data, name)
    for member in sorted(archive.names):
        if not member.endswith((".xml", ".rels")):
            continue
        part = archive.read(member)
        if member.startswith("xl/worksheets/"):
            found = _CELL.findall(part)
            columns = max((_number(letters) for letters, _ in found), default=0)
            rows = max((int(digits) for _, digits in found), default=0)
            if columns * rows > _MOST_CELLS:
                raise FormatProblem(f"{name} has a sheet of {rows:,} rows and {columns:,} columns.", _SAVE_ANEW)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(data: bytes, name: str) -> tuple[list[list[str]], str, list[str]]:
    """Give the rows of the first sheet with content, its name, and those of the others with content."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - starting must not wait for it

    filled: dict[str, list[list[str]]] = {}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in workbook.sheet_names:
            rows = [[_text(cell) for cell in row] for row in workbook.get_sheet_by_name(sheet).to_python()]
            if any(cell.strip() for row in rows for cell in row):
                filled[sheet] = rows
    except (CalamineError, OSError, ValueError, OverflowError):
        raise _broken(name) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what the library's own bugs raise is no Exception
            raise
        raise _broken(name) from None
    if not filled:
        raise FormatProblem(f"{name} holds no sheet with anything in it.", "Choose a workbook with answers in it.")
    sheet, *others = filled
    return filled[sheet], sheet, others


def _broken(name: str) -> FormatProblem:
    return FormatProblem(f"{name} is a damaged workbook.", _SAVE_ANEW)


def _text(cell: object) -> str:
    """Write a cell as the sheet would: 3 and not 3.0, a day without its midnight."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return str(cell)
