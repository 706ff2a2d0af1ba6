"""Surveys as texts: a row a respondent, each answer after its question; what is no text is a variable of theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qcode.errors import FormatProblem
from qcode.readers.choices import SurveyChoices
from qcode.readers.document import Part, Survey
from qcode.readers.page import Page
from qcode.text.canonical import canonical
from qcode.text.span import Span, SpanKind

Row = Sequence[str]
_LONGEST_NAME = 40
_NAMED = 12
_SHOWN = 20  # rows to choose by
_SHOWN_CELL = 300  # characters of their cells
_SENTENCE = 4  # words of a mean answer, from which a column is taken for one of sentences


@dataclass(frozen=True, slots=True)
class Told:
    """The text of a survey, its spans and parts, its table, and how its columns were taken."""

    text: str
    spans: tuple[Span, ...]
    notes: tuple[str, ...]
    survey: Survey
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class _Taken:
    """Which columns, by their index, are texts and which variables; the one that names respondents, or -1."""

    columns: tuple[str, ...]
    texts: tuple[int, ...]
    variables: tuple[int, ...]
    left_out: tuple[int, ...]
    respondent: int


def tell(rows: Sequence[Row], name: str, choices: SurveyChoices) -> Told:
    """Write the rows of a table, the first of which names the columns; FormatProblem when there are no others.

    A first column with another short entry in each row names the respondents, else they are counted.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise FormatProblem(
            f"{name} has no answers: below the names of the columns it needs a row for each respondent.",
            "Choose the table that holds the answers.",
        )
    columns = _columns(filled[0], max(len(row) for row in filled))
    answers = [[canonical(cell).text.strip() for cell in row] + [""] * (len(columns) - len(row)) for row in filled[1:]]
    sentences = tuple(column for index, column in enumerate(columns) if _has_sentences([row[index] for row in answers]))
    taken = _take(columns, answers, choices, sentences, name)
    shown = tuple(tuple(cell[:_SHOWN_CELL] for cell in row) for row in answers[:_SHOWN])
    survey = Survey(
        columns, shown, len(answers), tuple(columns[index] for index in taken.texts), sentences,
        columns[taken.respondent] if taken.respondent >= 0 else "",
    )  # fmt: skip
    page, parts, empty = _write(answers, taken)
    if not parts:
        raise FormatProblem(f"{name} has no answers in the columns that were chosen.", "Choose others as texts.")
    notes = _notes(taken, len(answers), empty, parts if choices.apart else None)
    return Told(page.text, tuple(page.spans), notes, survey, tuple(parts) if choices.apart else ())


def _columns(header: Row, width: int) -> tuple[str, ...]:
    """Name the columns, each by a name of its own."""
    names: dict[str, None] = {}
    times: Counter[str] = Counter()
    for index in range(width):
        said = " ".join(canonical(header[index]).text.split()) if index < len(header) else ""
        name = called = said.rstrip(":").rstrip() or f"Column {index + 1}"
        while name in names:
            times[called] += 1
            name = f"{called} ({times[called] + 1})"
        names[name] = None
    return tuple(names)


def _has_sentences(answers: Sequence[str]) -> bool:
    words = [len(answer.split()) for answer in answers if answer]
    return bool(words) and sum(words) >= _SENTENCE * len(words)


def _take(
    columns: tuple[str, ...], answers: Sequence[Row], choices: SurveyChoices, sentences: tuple[str, ...], name: str
) -> _Taken:
    chosen = {*choices.texts, *choices.left_out, *filter(None, [choices.respondent])}
    for unknown in sorted(chosen - set(columns)):
        listed = ", ".join(f"“{column}”" for column in columns[:_NAMED])
        raise FormatProblem(f"{name} has no column “{unknown}”.", f"Its columns are {listed}.")
    respondent = columns.index(choices.respondent) if choices.respondent else -1
    if respondent < 0 and len(columns) > 1 and columns[0] not in chosen:
        respondent = 0 if _names_respondents([row[0] for row in answers]) else -1
    usual = sentences if choices.apart and not choices.texts else choices.texts
    others = [index for index in range(len(columns)) if index != respondent and columns[index] not in choices.left_out]
    texts = [index for index in others if columns[index] in usual] or others
    variables = [index for index in others if index not in texts]
    out = [index for index, column in enumerate(columns) if column in choices.left_out]
    if not choices.apart:
        variables, out = [], sorted([*variables, *out])
    return _Taken(columns, tuple(texts), tuple(variables), tuple(out), respondent)


def _names_respondents(first: Sequence[str]) -> bool:
    short = all(name and len(name) <= _LONGEST_NAME and "\n" not in name for name in first)
    return short and len(set(first)) == len(first)


def _write(answers: Sequence[Row], taken: _Taken) -> tuple[Page, list[Part], int]:
    """Write respondent after respondent, and tell how many answers were empty; who gave none is no part."""
    page, parts, empty = Page(), list[Part](), 0
    for number, row in enumerate(answers, 1):
        given = [index for index in taken.texts if row[index]]
        empty += len(taken.texts) - len(given)
        called = row[taken.respondent] if taken.respondent >= 0 else str(number)
        column = taken.columns[taken.respondent] if taken.respondent >= 0 else "Respondent"
        _heading(page, f"{column} {called}".rstrip())
        starts = [_answer(page, taken.columns[index], row[index]) for index in given]
        if starts:
            variables = tuple((taken.columns[index], row[index]) for index in taken.variables if row[index])
            parts.append(Part(called or str(number), starts[0], page.length, variables))
    return page, parts, empty


def _heading(page: Page, text: str) -> None:
    page.begin()
    start = page.length
    page.write(text)
    page.mark(start, SpanKind.HEADING, "1")


def _answer(page: Page, column: str, answer: str) -> int:
    """Write an answer after its question, and give where the question begins."""
    page.begin()
    start = page.length
    # A question that ends as one needs no colon.
    page.write(column if column.endswith(("?", "!", "…")) else f"{column}:")
    page.mark(start, SpanKind.BOLD)
    page.write(f" {answer}")
    return start


def _notes(taken: _Taken, count: int, empty: int, parts: Sequence[Part] | None) -> tuple[str, ...]:
    columns = taken.columns
    who = (
        f"“{columns[taken.respondent]}” names the respondents"
        if taken.respondent >= 0
        else "The respondents are counted from 1"
    )
    notes = [f"Read as a survey of {count:,} {'row' if count == 1 else 'rows'}, a respondent each."]
    notes.append(f"{who}; answers are in {_listed(columns, taken.texts)}.")
    if taken.variables:
        notes.append(f"Kept as variables: {_listed(columns, taken.variables)}.")
    if taken.left_out:
        notes.append(f"Columns that were left out: {_listed(columns, taken.left_out)}.")
    if empty:
        notes.append(f"Empty answers were left out: {empty:,}.")
    if parts is not None and len(parts) < count:
        notes.append(f"Respondents who answered nothing were left out, with their variables: {count - len(parts):,}.")
    return tuple(notes)


def _listed(columns: Sequence[str], indexes: Sequence[int]) -> str:
    more = len(indexes) - _NAMED
    shown = ", ".join(f"“{columns[index]}”" for index in indexes[:_NAMED])
    return shown + (f" and {more:,} more" if more > 0 else "")
