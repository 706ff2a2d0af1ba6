"""What stands below a heading, what somebody says, what answers a question, and how much is around a place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.divisions import Kind, divide
from qcode.text.query import parse
from qcode.text.span import Span, SpanKind
from qcode.text.units import Unit, widened

TALK = "Rosa: We came by night. It rained.\nNobody asked.\nQ: And then?\nRosa: Then we slept.\n\nNotes\nNone.\n"


def span(text: str, words: str, kind: SpanKind, value: str = "", *, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words), kind, value)


def divided(kind: Kind, text: str, spans: list[Span]) -> list[tuple[str, str]]:
    return [(one.label, text[one.start : one.end]) for one in divide(kind, text, spans)]


def test_a_section_goes_on_to_the_next_heading_of_its_level() -> None:
    text = "Method\n\nWe asked.\n\nSample\n\nForty people.\n\nEmpty\n\nFindings\n\nThey knew.\n"
    spans = [
        span(text, "Method", SpanKind.HEADING, "1"),
        span(text, "Sample", SpanKind.HEADING, "2"),
        span(text, "Empty", SpanKind.HEADING, "2"),
        span(text, "Findings", SpanKind.HEADING, "1"),
    ]
    assert divided(Kind.HEADING, text, spans) == [
        ("Method", "We asked.\n\nSample\n\nForty people.\n\nEmpty"),
        ("Sample", "Forty people."),
        ("Findings", "They knew."),
    ]


def test_a_turn_goes_on_until_somebody_else_speaks() -> None:
    named = [
        span(TALK, "Rosa", SpanKind.SPEAKER, "Rosa"),
        span(TALK, "Q", SpanKind.SPEAKER, "Q"),
        span(TALK, "Rosa", SpanKind.SPEAKER, "Rosa", nth=1),
        span(TALK, "Notes", SpanKind.HEADING, "1"),
    ]
    first = "Rosa: We came by night. It rained.\nNobody asked."
    assert divided(Kind.SPEAKER, TALK, named) == [
        ("Rosa", first),
        ("Q", "Q: And then?"),
        ("Rosa", "Rosa: Then we slept."),
    ]
    whole = [
        span(TALK, "Rosa: We came by night. It rained.", SpanKind.SPEAKER, "Rosa"),
        span(TALK, "Nobody asked.", SpanKind.SPEAKER, "Rosa"),
        span(TALK, "Q: And then?", SpanKind.SPEAKER, "Q"),
    ]
    assert divided(Kind.SPEAKER, TALK, whole) == [("Rosa", first), ("Q", "Q: And then?")]


def test_a_question_comes_with_its_answers() -> None:
    text = "Respondent 1\nWhy here? The lake.\nAnd the quiet.\nAge: 40\nLoud word in it.\nRespondent 2\nWhy here?\n"
    spans = [
        span(text, "Respondent 1", SpanKind.HEADING, "1"),
        span(text, "Why here?", SpanKind.BOLD),
        span(text, "Age:", SpanKind.BOLD),
        span(text, "word", SpanKind.BOLD),  # neither at the beginning of a line nor a question
        span(text, "Respondent 2", SpanKind.HEADING, "1"),
        span(text, "Why here?", SpanKind.BOLD, nth=1),  # not answered
    ]
    assert divided(Kind.QUESTION, text, spans) == [
        ("Why here?", "Why here? The lake.\nAnd the quiet."),
        ("Age", "Age: 40\nLoud word in it."),
    ]


@pytest.mark.parametrize(
    ("unit", "there"),
    [
        (Unit.EXACT, ["night", "rained"]),
        (Unit.SENTENCE, ["Rosa: We came by night.", "It rained."]),
        (Unit.PARAGRAPH, ["Rosa: We came by night. It rained."]),
        (Unit.TURN, ["Rosa: We came by night. It rained.\nNobody asked."]),
    ],
)
def test_places_are_widened_to_what_is_meant(unit: Unit, there: list[str]) -> None:
    asked = parse("night | rained")
    assert asked is not None
    turns = divide(
        Kind.SPEAKER, TALK, [span(TALK, "Rosa", SpanKind.SPEAKER, "Rosa"), span(TALK, "Q:", SpanKind.SPEAKER)]
    )
    assert [TALK[start:end] for start, end in widened(TALK, asked.spots(TALK), unit, turns)] == there
    if unit is Unit.TURN:  # where nobody is known to speak, it is the paragraph
        assert widened(TALK, asked.spots(TALK), unit) == widened(TALK, asked.spots(TALK), Unit.PARAGRAPH)


TEXTS = st.text("ab.?! \n\u0301😀", max_size=60)


@given(TEXTS, st.sampled_from(list(Unit)), st.data())
def test_every_place_lies_in_one_unit_and_units_lie_apart(text: str, unit: Unit, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    places = [(one, other) for one, other in zip(cuts[::2], cuts[1::2], strict=False)]
    marks = sorted(data.draw(st.lists(st.integers(0, max(0, len(text) - 1)), max_size=3, unique=True)))
    turns = divide(Kind.SPEAKER, text, [Span(at, at + 1, SpanKind.SPEAKER, str(at)) for at in marks if text])
    units = widened(text, places, unit, turns)
    assert all(any(low <= start and end <= high for low, high in units) for start, end in places)
    assert all(low < high <= len(text) for low, high in units)
    assert all(one[1] <= other[0] for one, other in pairwise(units))
    assert len(units) <= len(places)
