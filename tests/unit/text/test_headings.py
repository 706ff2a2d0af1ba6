"""Short lines that stand alone above what they head."""

from __future__ import annotations

import pytest

from qcode.text.headings import propose
from qcode.text.span import Span, SpanKind

BODY = "The register was kept by one woman, who read every name aloud twice a week. " * 2
ARTICLE = "\n\n".join(
    (
        "The Paper Room: Gaining Names",
        "ANNA RUIZ",
        "Abstract",
        BODY,
        "1. Who is called?",  # it asks, and might be a sentence of somebody
        BODY,
        "2.1 Who is counted²",
        BODY,
        "The “List” and the “Gate”",
        BODY,
        "- an item of a list",
        "See http://example.org for more",
        BODY.rstrip(". ") + " and",
        "Goes on after the page",
        BODY,
        "NOTES",
        "- 1 See there.",
        "Left alone",
    )
)


def found(text, spans=()):
    return [(text[span.start : span.end], span.value) for span in propose(text, spans)]


def test_titles_above_paragraphs_are_headings_and_all_else_is_not():
    assert found(ARTICLE) == [
        ("The Paper Room: Gaining Names", "1"),
        ("Abstract", "2"),
        ("2.1 Who is counted²", "3"),
        ("The “List” and the “Gate”", "2"),
        ("NOTES", "2"),
    ]


def test_a_text_with_headings_knows_better():
    assert found(ARTICLE, [Span(0, 5, SpanKind.HEADING, "1")]) == []


@pytest.mark.parametrize(
    "text", ["", "\n\n", "One", "One\nTwo\nThree", f"{BODY}\n\n{BODY}", "a\n\nb\n\nc", "A poem\nof lines\n"]
)
def test_where_nothing_is_headed_there_are_no_headings(text):
    assert found(text) == []
