"""Positions in Python's text and in Qt's."""

from __future__ import annotations

import pytest

from qcode.ui.textpos import TextPositions


def test_most_texts_need_no_translation():
    positions = TextPositions("Łódź, naïve, שלום")
    assert positions.is_identity
    assert positions.to_utf16(7) == positions.to_code_point(7) == 7


def test_a_character_beyond_the_basic_plane_takes_two_units():
    text = "a😀b𝒳c"
    positions = TextPositions(text)
    assert not positions.is_identity
    assert positions.units == 7
    assert [positions.to_utf16(at) for at in range(6)] == [0, 1, 3, 4, 6, 7]
    assert [positions.to_code_point(unit) for unit in (0, 1, 3, 4, 6, 7)] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(("unit", "position"), [(2, 1), (5, 3)])
def test_inside_a_pair_is_at_the_character_s_start(unit: int, position: int):
    assert TextPositions("a😀b𝒳c").to_code_point(unit) == position


def test_a_lone_surrogate_is_one_unit():
    positions = TextPositions("a\ud800😀")
    assert positions.units == 4
    assert positions.to_utf16(2) == 2


def test_the_empty_text_has_one_position():
    assert TextPositions("").to_utf16(0) == TextPositions("").to_code_point(0) == 0
