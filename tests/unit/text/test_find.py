"""A researcher looks for words and finds them however they are written; nothing she types is a wildcard."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.find import needle, spots


def found(text: str, query: str, *, match_case: bool = False, whole_words: bool = False) -> list[str]:
    pattern = needle(query, match_case=match_case, whole_words=whole_words)
    return [text[start:end] for start, end in spots(text, pattern)] if pattern else []


@pytest.mark.parametrize(
    ("text", "query", "there"),
    [
        ("Die Straße, die STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("ΟΔΟΣ and οδος", "οδός", []),  # another accent is another letter
        ("ΟΔΟΣ and οδος", "Οδος", ["ΟΔΟΣ", "οδος"]),
        ("paper\n  room, paper room", "paper room", ["paper\n  room", "paper room"]),
        ("She said “don’t”.", '"don\'t"', ["“don’t”"]),
        ("cafe\u0301 and caf\u00e9", "caf\u00e9", ["cafe\u0301", "caf\u00e9"]),
        ("cafe\u0301 and caf\u00e9", "cafe\u0301", ["cafe\u0301", "caf\u00e9"]),
        ("100 % and 100_%", "%", ["%", "%"]),
        ("a_b axb", "a_b", ["a_b"]),
        ("f(x)[0]*+?.\\d", "(x)[0]*+?.\\d", ["(x)[0]*+?.\\d"]),
        ("O'Brien; DROP TABLE", "'; drop", []),
        ("👩‍👩‍👧 and 😀😀", "😀", ["😀", "😀"]),
        ("קראתי את הספר", "הספר", ["הספר"]),
        ("كتاب العلم", "العلم", ["العلم"]),
        ("anything", "", []),
        ("a b", "   ", []),
        ("a\0b", "\0", []),
        ("half \ufffd", "\ud83d", []),
        ("aaaa", "aa", ["aa", "aa"]),
    ],
)
def test_words_are_found_as_they_are_meant(text: str, query: str, there: list[str]) -> None:
    assert found(text, query) == there


def test_case_counts_when_asked_for() -> None:
    assert found("Power and power", "power", match_case=True) == ["power"]
    assert found("Straße strasse", "strasse", match_case=True) == ["strasse"]


def test_whole_words_leave_parts_out() -> None:
    assert found("power, empower, power's, powerful; power", "power", whole_words=True) == ["power"] * 3
    assert found("50% of 150%", "%", whole_words=True) == ["%", "%"]
    assert found("Éire fire", "ire", whole_words=True) == []


def test_a_blank_at_the_end_waits_for_the_next_word() -> None:
    assert found("the list, the lists", "list ") == []
    assert found("the list is", "list ") == ["list "]


def test_only_so_many_are_listed_as_are_asked_for() -> None:
    pattern = needle("a")
    assert pattern is not None
    assert spots("aaaa", pattern, most=3) == [(0, 1), (1, 2), (2, 3)]


@given(st.text(), st.text(min_size=1, max_size=4), st.text())
def test_whatever_is_typed_is_found_where_it_stands(before: str, query: str, after: str) -> None:
    text = before + query + after
    pattern = needle(query, match_case=True)
    if pattern is None:
        assert not query.strip() or "\0" in query or any("\ud800" <= c <= "\udfff" for c in query)
        return
    assert any(start <= len(before) + len(query) and end >= len(before) for start, end in spots(text, pattern))


@given(st.text(), st.text(max_size=3))
def test_places_lie_in_the_text_in_order_and_apart(text: str, query: str) -> None:
    pattern = needle(query)
    places = spots(text, pattern) if pattern else []
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
