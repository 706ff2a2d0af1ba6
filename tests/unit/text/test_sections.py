"""What stands below which heading, and which places of a text make a set."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.sections import sections
from qcode.text.span import Span, SpanKind
from qcode.text.stretches import merged, without

STRETCHES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)))


def places(stretches):
    return {place for start, end in stretches for place in range(start, end)}


@given(STRETCHES, STRETCHES)
def test_stretches_are_sets_of_places(some, others):
    assert places(merged(some)) == places(some)
    assert places(without(some, others)) == places(some) - places(others)
    for made in (merged(some), without(merged(some), others)):
        assert all(one[1] < other[0] or others for one, other in pairwise(made))
        assert all(start < end for start, end in made)


def heading(text, words, level):
    start = text.index(words)
    return Span(start, start + len(words), SpanKind.HEADING, str(level))


def test_a_section_reaches_to_the_next_heading_of_its_level_or_above():
    text = "Camps\n\nThe gate\n\nIt was shut.\n\nThe list\n\nIt was long.\n\nReferences\n\nA book."
    spans = [heading(text, words, level) for words, level in (("Camps", 1), ("The gate", 2), ("The list", 2))]
    spans.append(heading(text, "References", 1))
    found = {one.title: text[one.start : one.end] for one in sections(text, spans)}
    assert found["Camps"] == text[: text.index("References")]
    assert found["The gate"] == "The gate\n\nIt was shut.\n\n"
    assert [one.title for one in sections(text, spans) if one.around] == ["References"]


def test_notes_are_found_by_their_title_also_where_nothing_marks_it_as_a_heading():
    text = "Her notes were long.\n\nNOTES\n\n- 1 See there.\n\nReferences:\n\nA book.\n"
    assert [(one.title, text[one.start : one.end].count("\n"), one.around) for one in sections(text, ())] == [
        ("NOTES", 4, True),
        ("References:", 3, True),
    ]


def test_the_notes_that_a_reader_puts_under_a_line_are_a_section():
    text = "A word.[1]\n\n---\n\n[1] From the register.\n"
    (notes,) = sections(text, ())
    assert text[notes.start : notes.end].startswith("---\n\n[1]")
    assert notes.around
    assert sections("One.\n\n---\n\nTwo.", ()) == []
