"""Surveys as one text: a row a respondent, under a heading of its own, each answer after its question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcode.errors import FormatProblem
from qcode.readers.page import Page
from qcode.text.canonical import canonical
from qcode.text.span import Span, SpanKind

Row = Sequence[str]
_LONGEST_NAME = 40
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Told:
    """The text of a survey, its spans, and how its columns were taken."""

    text: str
    spans: tuple[Span, ...]
    notes: tuple[str, ...]


def tell(rows: Sequence[Row], name: str) -> Told:
    """Write the rows of a table, the first of which names the columns; FormatProblem when there are no others.

    A first column with another short entry in each row names the respondents, else they are counted.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise FormatProblem(
            f"{name} has no answers: below the names of the columns it needs a row for each respondent.",
            "Choose the table that holds the answers.",
        )
    header, answers = filled[0], filled[1:]
    width = max(len(row) for row in filled)
    columns = [_column(header, index) for index in range(width)]
    named = width > 1 and _names_respondents([row[0].strip() if row else "" for row in answers])
    page, empty = Page(), 0
    for number, row in enumerate(answers, 1):
        _heading(page, f"{columns[0]} {row[0].strip()}" if named else f"Respondent {number}")
        for index in range(1 if named else 0, width):
            answer = canonical(row[index]).text.strip() if index < len(row) else ""
            if answer:
                _answer(page, columns[index], answer)
            else:
                empty += 1
    return Told(page.text, tuple(page.spans), _notes(columns, len(answers), empty, named=named))


def _column(header: Row, index: int) -> str:
    name = " ".join(canonical(header[index]).text.split()) if index < len(header) else ""
    return name.rstrip(":").rstrip() or f"Column {index + 1}"


def _names_respondents(first: Sequence[str]) -> bool:
    short = all(name and len(name) <= _LONGEST_NAME and "\n" not in name for name in first)
    return short and len(set(first)) == len(first)


def _heading(page: Page, text: str) -> None:
    page.begin()
    start = page.length
    page.write(text)
    page.mark(start, SpanKind.HEADING, "1")


def _answer(page: Page, column: str, answer: str) -> None:
    page.begin()
    start = page.length
    # A question that ends as one needs no colon.
    page.write(column if column.endswith(("?", "!", "…")) else f"{column}:")
    page.mark(start, SpanKind.BOLD)
    page.write(f" {answer}")


def _notes(columns: Sequence[str], respondents: int, empty: int, *, named: bool) -> tuple[str, ...]:
    shown = ", ".join(f"“{column}”" for column in columns[named : _NAMED + named])
    more = len(columns) - named - _NAMED
    listed = shown + (f" and {more:,} more" if more > 0 else "")
    who = f"“{columns[0]}” names the respondents" if named else "The respondents are counted from 1"
    notes = [f"Read as a survey of {respondents:,} rows, a respondent each.", f"{who}; answers are in {listed}."]
    if empty:
        notes.append(f"Empty answers were left out: {empty:,}.")
    return tuple(notes)
