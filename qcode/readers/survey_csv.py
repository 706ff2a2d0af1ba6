"""Surveys kept as text: cells set apart by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import PurePath

from qcode.errors import FormatProblem
from qcode.readers.choices import AS_USUAL, ReadingChoices
from qcode.readers.decode import decode
from qcode.readers.document import Document, Reader
from qcode.readers.survey import tell
from qcode.text.canonical import canonical

MEDIA_TYPE = "text/csv"
SUFFIXES = (".csv", ".tsv", ".tab")
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_NONE = "\x1f"  # for a table of one column: a sign that no text has
_SAMPLE = 65_536
_RECORDS = 50


def read_csv(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read a table whose first row names its columns; FormatProblem, with its line, for one that is broken."""
    decoded = decode(data, name, choices.encoding)
    source = canonical(decoded.text)
    text, delimiter = _delimiter(source.text)
    told = tell(_records(text, delimiter, name), name, choices.survey)
    said = (decoded.note,) if decoded.note else ()
    taken = () if delimiter == _NONE else (f"Columns are set apart by {_DELIMITERS.get(delimiter, f'“{delimiter}”')}.",)
    notes = (*said, *source.notes, *told.notes, *taken)
    return Document(
        told.text, told.spans, "", MEDIA_TYPE, decoded.encoding, decoded.guessed, notes, told.survey, told.parts
    )


def _recognises(_data: bytes, name: str) -> bool:
    """Know it by its suffix alone: many a text has commas in every line."""
    return PurePath(name).suffix.lower() in SUFFIXES


READER = Reader(
    "Survey (CSV)", MEDIA_TYPE, SUFFIXES, _recognises, read_csv, heeds=frozenset(("encoding", "read_as", "survey"))
)


def _delimiter(text: str) -> tuple[str, str]:
    """Find the sign under which most rows have as many cells as the first; a line "sep=;" says it."""
    first, _, rest = text.partition("\n")
    if len(first) == 5 and first.lower().startswith("sep=") and first[4] not in '" \r':
        return rest, first[4]
    fits = {delimiter: _fit(text[:_SAMPLE], delimiter) for delimiter in _DELIMITERS}
    best = max(fits, key=lambda delimiter: fits[delimiter])
    return text, best if fits[best][0] else _NONE


def _fit(sample: str, delimiter: str) -> tuple[float, int]:
    widths: list[int] = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if record:
                widths.append(len(record))
            if len(widths) == _RECORDS:
                break
    except csv.Error:
        return 0.0, 0
    if not widths or widths[0] < 2:
        return 0.0, 0
    return Counter(widths)[widths[0]] / len(widths), widths[0]


def _records(text: str, delimiter: str, name: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    line = 1
    try:
        for record in reader:
            records.append(record)
            line = reader.line_num + 1
    except csv.Error as error:
        said = "one of its cells is far too long" if "limit" in str(error) else "its quotation marks do not match"
        raise FormatProblem(
            f"{name}: the row that begins in line {line:,} cannot be read: {said}.",
            "Mend it in a spreadsheet and save it as CSV again, or import it with the suffix .txt as plain text.",
            line=line,
        ) from None
    return records
