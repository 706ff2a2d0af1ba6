"""What holds of every corrected text: passages stand on their own words, or somebody is asked."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.errors import InvalidInput
from qcode.text.alignment import blocks
from qcode.text.anchor import LONG, Fate, Outcome, outcomes
from qcode.text.positions import PositionMap

LETTERS = "abcdefghijklmnopqrstuvwxyz"
COMMON = ["the ", "of ", "and ", "it ", "a ", "yes. ", "No.\n", "\n", "😀 ", "e\u0301 ", "— ", "👨\u200d👩\u200d👧 "]
PIECES = st.sampled_from([*"ab \n.", "ab", "the ", "😀", "e\u0301", "\u0301", "yes.\n", "漢字"])
texts = st.lists(PIECES, max_size=60).map("".join)


@given(texts, texts)
def test_what_two_texts_share_stands_in_both_and_in_order(old: str, new: str) -> None:
    i = j = 0
    for start_old, start_new, length in blocks(old, new):
        assert length > 0
        assert start_old >= i
        assert start_new >= j
        assert old[start_old : start_old + length] == new[start_new : start_new + length]
        i, j = start_old + length, start_new + length


@given(texts, st.data())
def test_known_edits_are_mapped_exactly(old: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(old)), max_size=8)))
    edits = [(a, b, data.draw(PIECES)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    positions = PositionMap.told(old, edits)
    new = list(old)
    for a, b, words in reversed(edits):
        new[a:b] = words
    assert positions.new == "".join(new)
    for at, character in enumerate(old):
        image = positions.image(at)
        assert image is None or positions.new[image] == character
        assert (image is None) == any(a <= at < b for a, b, _ in edits)
    if len(old) > 1:
        with pytest.raises(InvalidInput):
            PositionMap.told(old, [(0, 1, "x"), (0, len(old) + 1, "y")])


# ---- random edits, of which the truth is known -----------------------------------------------------------------------

Piece = tuple[str, int | None]  # what is written there, and which piece of the old text it is


@dataclass
class Edited:
    """A text of many pieces, most of them unlike any other, and what random edits made of it."""

    old: list[str]
    new: list[Piece]

    @property
    def texts(self) -> tuple[str, str]:
        return "".join(self.old), "".join(words for words, _ in self.new)


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randint(2, 9))) + chance.choice((" ", " ", " ", ", ", ". ", ".\n"))


def _any_piece(chance: random.Random) -> str:
    return chance.choice(COMMON) if chance.random() < 0.25 else _word(chance)


def edited(seed: int, pieces: int = 900) -> Edited:
    """Insert, delete, replace and move at random places, a few pieces or many."""
    chance = random.Random(seed)
    old = [_any_piece(chance) for _ in range(pieces)]
    new: list[Piece] = list(zip(old, range(pieces), strict=True))
    for _ in range(chance.randint(1, 25)):
        at, count = chance.randrange(len(new)), chance.choice((1, 1, 2, 5, 20))
        fresh: list[Piece] = [(_any_piece(chance), None) for _ in range(count)]
        match chance.choice(("insert", "delete", "replace", "move")):
            case "insert":
                new[at:at] = fresh
            case "delete":
                del new[at : at + count]
            case "replace":
                new[at : at + count] = fresh
            case _:
                taken = new[at : at + count]
                del new[at : at + count]
                to = min(len(new), max(0, at + chance.randint(-60, 60)))
                new[to:to] = taken
    return Edited(old, new)


def _places(pieces: list[str]) -> list[int]:
    return [0, *accumulate(map(len, pieces))]


def passages_of(case: Edited, chance: random.Random, number: int = 300) -> list[tuple[int, int]]:
    """Choose overlapping passages, from one piece to forty, by the pieces they begin and end with."""
    found = []
    for _ in range(number):
        first = chance.randrange(len(case.old))
        found.append((first, min(len(case.old), first + chance.choice((1, 2, 3, 8, 20, 40)))))
    return found


def _span(places: list[int], pieces: list[str], first: int, last: int) -> tuple[int, int]:
    """Give the span from one piece up to another, without the blanks around it where it has words."""
    start, end = places[first], places[last]
    words = "".join(pieces[first:last])
    if words.strip():
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
    return start, end


SEEDS = range(25)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_passage_whose_words_still_stand_once_has_exactly_those_words_and_none_has_others(seed: int) -> None:
    case, chance = edited(seed), random.Random(seed)
    old, new = case.texts
    chosen = passages_of(case, chance)
    starts = _places(case.old)
    spans = [_span(starts, case.old, first, last) for first, last in chosen]
    found = list(outcomes(PositionMap.between(old, new), spans))
    assert len(found) == len(chosen)
    landed = _places([words for words, _ in case.new])
    for (first, last), (start, end), outcome in zip(chosen, spans, found, strict=True):
        quote = old[start:end]
        if end - start >= LONG and old.count(quote) == 1 and new.count(quote) == 1:
            assert outcome.fate is not Fate.REVIEW, quote
        if outcome.place is None:
            assert outcome.fate is Fate.REVIEW
            assert outcome.why
        elif new[slice(*outcome.place)] != quote:
            assert not _wrong(case, landed, first, last, outcome), (quote, new[slice(*outcome.place)])


def _wrong(case: Edited, landed: list[int], first: int, last: int, outcome: Outcome) -> list[str]:
    """Name words of other passages with which one begins or ends now, and say when most of it is not its own."""
    assert outcome.place is not None
    start, end = outcome.place
    often = Counter(case.old)
    inside = [
        (words, of) for (words, of), at in zip(case.new, landed, strict=False)
        if at < end and at + len(words.rstrip()) > start and words.strip()
    ]  # fmt: skip
    ends = [inside[0], inside[-1]]
    foreign = [words for words, of in ends if of is not None and not first <= of < last and often[words] == 1]
    own = sum(len(words) for words, of in inside if words in COMMON or (of is not None and first <= of < last))
    return foreign if own * 2 >= end - start else [*foreign, "its own words are the lesser part"]


@pytest.mark.parametrize("seed", range(4))
def test_of_a_text_with_a_twentieth_of_its_words_changed_nearly_all_passages_follow_and_none_lands_wrongly(
    seed: int,
) -> None:
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices(LETTERS, k=chance.randint(1, 9))) for _ in range(1_500)]
    ends = (" ", " ", " ", " ", " ", ", ", ". ", ".\n")
    words = [(chance.choice(vocabulary), chance.choice(ends)) for _ in range(8_000)]
    other = [(chance.choice(vocabulary) if chance.random() < 0.05 else word, end) for word, end in words]
    before, after = ["".join(piece) for piece in words], ["".join(piece) for piece in other]
    starts, landed = _places(before), _places(after)
    chosen = [(first, first + chance.randint(2, 40)) for first in chance.choices(range(7_900), k=1_000)]
    spans = [(starts[first], starts[last - 1] + len(words[last - 1][0])) for first, last in chosen]
    truth = [(landed[first], landed[last - 1] + len(other[last - 1][0])) for first, last in chosen]
    found = list(outcomes(PositionMap.between("".join(before), "".join(after)), spans))
    wrong = [(place, one.place) for place, one in zip(truth, found, strict=True) if one.place not in (None, place)]
    assert not wrong
    assert sum(one.place is not None for one in found) >= 950


@pytest.mark.parametrize("seed", range(2))
def test_blank_lines_and_lost_words_do_not_set_paragraphs_against_each_other(seed: int) -> None:
    """Words are lost with the blank lines after them, so that paragraphs and blank lines do not pair up any more."""
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(900)]
    pieces = [chance.choice(vocabulary) + chance.choice((*[" "] * 20, ". ", ". ", ".\n\n")) for _ in range(3_000)]
    left = [piece if chance.random() > 0.05 else "" for piece in pieces]
    starts, landed = _places(pieces), _places(left)
    chosen = [(first, first + chance.randint(2, 40)) for first in chance.choices(range(2_950), k=400)]
    spans = [_span(starts, pieces, first, last) for first, last in chosen]
    new = "".join(left)
    found = list(outcomes(PositionMap.between("".join(pieces), new), spans))
    assert sum(one.place is not None for one in found) >= 380
    for (first, last), one in zip(chosen, found, strict=True):
        if one.place is not None:
            assert new[slice(*one.place)].strip() == new[landed[first] : landed[last]].strip()
