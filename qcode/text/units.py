"""How much around a place is meant: the words themselves, their sentence, paragraph, or the turn of their speaker."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum

from qcode.text.breaks import sentence_at, snap
from qcode.text.divisions import Division, trimmed
from qcode.text.find import Spot
from qcode.text.query import merged


class Unit(StrEnum):
    """What is coded around a place."""

    EXACT = "exact"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    TURN = "turn"


def widened(text: str, spots: Iterable[Spot], unit: Unit, turns: Sequence[Division] = ()) -> list[Spot]:
    """Give the units in which places lie, in order, those that overlap as one; each place lies wholly in one of them.

    Where no turn of a speaker is known, the paragraph stands for it.
    """
    match unit:
        case Unit.EXACT:
            found = [snap(text, *spot) for spot in spots]
        case Unit.SENTENCE:
            found = [_sentences(text, *spot) for spot in spots]
        case Unit.PARAGRAPH:
            found = [_paragraphs(text, *spot) for spot in spots]
        case Unit.TURN:
            starts = [turn.start for turn in turns]
            found = [_turns(text, *spot, turns, starts) for spot in spots]
    return merged(found)


def _sentences(text: str, start: int, end: int) -> Spot:
    first, last = sentence_at(text, start), sentence_at(text, end - 1)
    return snap(text, min(start, first[0]), max(end, last[1]))


def _paragraphs(text: str, start: int, end: int) -> Spot:
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end - 1)
    inside = trimmed(text, begin, len(text) if stop < 0 else stop) or (start, end)
    return snap(text, min(start, inside[0]), max(end, inside[1]))


def _turns(text: str, start: int, end: int, turns: Sequence[Division], starts: Sequence[int]) -> Spot:
    found = _paragraphs(text, start, end)
    within = [place for at in (start, end - 1) if (place := _turn_at(at, turns, starts)) is not None]
    if not within:
        return found
    return min(start, *(turn.start for turn in within)), max(end, *(turn.end for turn in within))


def _turn_at(at: int, turns: Sequence[Division], starts: Sequence[int]) -> Division | None:
    place = bisect_right(starts, at) - 1
    return turns[place] if place >= 0 and at < turns[place].end else None
