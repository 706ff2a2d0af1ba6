"""The caret never stands inside what a reader sees as one character."""

from __future__ import annotations

import pytest
import regex

from qcode.text.breaks import next_grapheme, previous_grapheme, snap

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
SEEN_AS_ONE = [
    "a",
    "e\u0301",
    "e\u0301\u0323\u0308",
    FAMILY,
    "👍🏽",
    "🇩🇪",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "한",
    "\u1112\u1161\u11ab",
    "क्षि",
    "கு",
    "กำ",
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
]


@pytest.mark.parametrize("seen", SEEN_AS_ONE)
def test_a_character_is_stepped_over_whole(seen: str) -> None:
    text = f"x{seen}y"
    after = 1 + len(seen)
    for inside in range(1, after):
        assert next_grapheme(text, inside) == after
        assert previous_grapheme(text, inside + 1) == 1
    assert snap(text, 1, 2) == (1, after)
    assert snap(text, after - 1, after + 1) == (1, after + 1) if len(seen) > 1 else (after - 1, after + 1)


def test_flags_go_by_pairs_however_many_stand_in_a_row() -> None:
    text = "x" + "🇩🇪" * 40 + "y"
    assert [next_grapheme(text, pos) for pos in (1, 2, 3, 4)] == [3, 3, 5, 5]
    assert previous_grapheme(text, 81) == 79


def test_all_positions_agree_with_reading_from_the_beginning() -> None:
    text = "A\u0301b" + "".join(SEEN_AS_ONE) * 60 + "\n" + FAMILY * 30 + "\u0301"
    boundaries = [0]
    for cluster in regex.findall(r"\X", text):
        boundaries.append(boundaries[-1] + len(cluster))
    walked = [0]
    while walked[-1] < len(text):
        walked.append(next_grapheme(text, walked[-1]))
    assert walked == boundaries
    back = [len(text)]
    while back[-1] > 0:
        back.append(previous_grapheme(text, back[-1]))
    assert back[::-1] == boundaries


def test_an_endless_pile_of_marks_is_cut_instead_of_searched() -> None:
    text = "a" + "\u0301" * 10_000
    steps, pos = 0, 0
    while pos < len(text):
        pos = next_grapheme(text, pos)
        steps += 1
    assert 1 < steps < 20


def test_a_caret_between_characters_stays_and_one_within_moves_before() -> None:
    text = "xe\u0301y"
    assert snap(text, 1, 1) == (1, 1)
    assert snap(text, 2, 2) == (1, 1)
    assert snap(text, 3, 1) == (1, 3)


def test_positions_outside_the_text_count_as_its_ends() -> None:
    assert next_grapheme("ab", -5) == 1
    assert next_grapheme("ab", 9) == 2
    assert previous_grapheme("ab", 9) == 1
    assert previous_grapheme("ab", -1) == 0
    assert snap("ab", -3, 9) == (0, 2)
    assert next_grapheme("", 0) == previous_grapheme("", 0) == 0
