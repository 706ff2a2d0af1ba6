"""What differs between two texts, as a reader wants to see it: whole words that went and came."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from qcode.text.alignment import Block, blocks
from qcode.text.around import after, before

CLOSE = 12  # characters: changes that are closer are shown as one


class Kind(StrEnum):
    """What became of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


Piece = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A changed stretch: what stands before it, the words that differ in turn, what stands after.

    `at` and `there` tell where it begins in the old text and in the new one, in code points.
    """

    at: int
    there: int
    before: str
    pieces: tuple[Piece, ...]
    after: str


def pieces(old: str, new: str) -> list[Piece]:
    """Take two texts apart into what is the same, what is gone and what is new, by whole words, in order."""
    found: list[Piece] = []
    i = j = 0
    for start_old, start_new, length in (*_by_words(old, new, blocks(old, new)), (len(old), len(new), 0)):
        for kind, words in ((Kind.GONE, old[i:start_old]), (Kind.NEW, new[j:start_new])):
            if words:
                found.append((kind, words))
        if length:
            found.append((Kind.SAME, old[start_old : start_old + length]))
        i, j = start_old + length, start_new + length
    return found


def differences(old: str, new: str) -> list[Difference]:
    """List the changes from one text to another; those that stand close to one another are one."""
    found: list[Difference] = []
    shared = _by_words(old, new, blocks(old, new))
    ends = [(0, 0, 0), *shared, (len(old), len(new), 0)]
    gaps = [(a + n, b + n, c, d) for (a, b, n), (c, d, _) in pairwise(ends) if c > a + n or d > b + n]
    joined: list[list[tuple[int, int, int, int]]] = []
    for gap in gaps:
        if joined and gap[0] - joined[-1][-1][2] <= CLOSE and "\n" not in old[joined[-1][-1][2] : gap[0]]:
            joined[-1].append(gap)
        else:
            joined.append([gap])
    for group in joined:
        (at, there, _, _), stop = group[0], group[-1][3]
        parts: list[Piece] = []
        for n, (i, j, next_i, next_j) in enumerate(group):
            if n:
                parts.append((Kind.SAME, old[group[n - 1][2] : i]))
            parts += [(kind, words) for kind, words in ((Kind.GONE, old[i:next_i]), (Kind.NEW, new[j:next_j])) if words]
        found.append(Difference(at, there, before(new, there), tuple(parts), after(new, stop)))
    return found


def _by_words(old: str, new: str, shared: list[Block]) -> list[Block]:
    """Shorten what is the same until it cuts no word: a mended word is shown whole, as it was and as it is."""
    kept: list[Block] = []
    for i, j, length in shared:
        start, end = 0, length
        while start < end and (_cuts(old, i + start) or _cuts(new, j + start)):
            start += 1
        while end > start and (_cuts(old, i + end) or _cuts(new, j + end)):
            end -= 1
        if end > start:
            kept.append((i + start, j + start, end - start))
    return kept


def _cuts(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
