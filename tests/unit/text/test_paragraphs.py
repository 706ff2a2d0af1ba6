"""Paragraphs are numbered once, the same for the margin, the exports and a colleague's citation."""

from __future__ import annotations

import pytest

from qcode.text.breaks import Paragraphs

TEXT = "\n\nFirst.\n   \n\tSecond\u00a0one.\nThird"


def test_blank_lines_are_not_counted() -> None:
    paragraphs = Paragraphs(TEXT)
    assert len(paragraphs) == 3
    assert [TEXT[start:end] for start, end in paragraphs.spans] == ["First.", "\tSecond\u00a0one.", "Third"]
    assert paragraphs.span(2) == paragraphs.spans[1]


def test_each_position_belongs_to_the_paragraph_at_or_before_it() -> None:
    paragraphs = Paragraphs(TEXT)
    assert [paragraphs.number_at(pos) for pos in (0, 1, 2, 8, 10, 13, len(TEXT), 999)] == [0, 0, 1, 1, 1, 2, 3, 3]


def test_a_number_that_is_none_is_refused() -> None:
    for number in (0, 4, -1):
        with pytest.raises(IndexError, match="the text has 3"):
            Paragraphs(TEXT).span(number)


def test_a_text_without_paragraphs() -> None:
    assert len(Paragraphs("")) == len(Paragraphs(" \n\t\n")) == 0
    assert Paragraphs("").number_at(0) == 0
