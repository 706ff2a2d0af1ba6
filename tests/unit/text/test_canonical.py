"""A text is brought into one form, and the researcher is told what that cost."""

from __future__ import annotations

import hashlib

import pytest

from qcode.text.canonical import canonical, sha256


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\ufeffInterview", "Interview"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("one\r\r\ntwo", "one\n\ntwo"),
        ("in\ufeffside", "in\ufeffside"),
        ("e\u0301 stays as two, é as one", "e\u0301 stays as two, é as one"),
        ("", ""),
    ],
)
def test_ends_of_lines_become_one_kind_and_words_stay(raw: str, text: str) -> None:
    made = canonical(raw)
    assert made.text == text
    assert made.notes == ()


def test_what_no_file_keeps_is_left_out_and_counted() -> None:
    made = canonical("a\0b\0c \ud83d d")
    assert made.text == "abc  d"
    assert made.notes == (
        "2 NUL characters were left out.",
        "1 unpaired surrogate (half of a character) was left out.",
    )


def test_two_halves_that_belong_together_become_their_emoji() -> None:
    assert canonical("\ud83d\ude00!").text == "😀!"


def test_unusual_ends_of_lines_are_said() -> None:
    made = canonical("a\u2028b\u2028c\u2029d\ufdd0e\ufdd1f")
    assert made.text == "a\nb\nc\nd\ne\nf"
    assert made.notes == (
        "2 line separators (U+2028) were read as the end of a line.",
        "1 paragraph separator (U+2029) was read as the end of a line.",
        "1 noncharacter (U+FDD0) was read as the end of a line.",
        "1 noncharacter (U+FDD1) was read as the end of a line.",
    )


def test_nothing_that_goes_uncovers_a_mark_that_then_would_go_too() -> None:
    once = canonical("\0\ufeff\ud800\ufeffx").text
    assert once == "x"
    assert canonical(once).text == once


def test_a_text_is_named_by_its_bytes() -> None:
    assert sha256("Łódź") == hashlib.sha256("Łódź".encode()).hexdigest()
