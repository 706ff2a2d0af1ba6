"""Which passages follow by themselves when their text was corrected, and which somebody must look at.

A passage follows only when its place is beyond doubt; whatever is in doubt is for a person to decide, with the best
guess to start from. `ARCHITECTURE.md` states the rule. Offsets are code points, half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from qcode.text.alignment import slide
from qcode.text.graphemes import snap
from qcode.text.positions import Place, PositionMap

ALIKE = 0.5  # a passage that changed follows when so much of it, as it was and as it is, is the same
GUESS = 0.4  # what is less like the passage is no guess worth showing
NEAR = 24  # characters on both sides of an end that speak for its place
DENSE = 0.45  # so much of what stands near an end must be found near its new place
LONG = 16  # characters: shorter words may stand somewhere by chance
AROUND, CLOSE = 2_000, 200  # the neighbourhood in which long words, and short ones, are looked for
UNMISTAKABLE = 40  # characters that, when they stand in the text once, are known again wherever that is
_MOST_PLACES = 50
_CONTEXT = 32  # characters before and after that tell several places apart
_CLEAR, _AHEAD = 12, 8  # how many of them must agree, and how many more than at the next best place
_SEARCHES = 300  # passages for which a likely place is searched letter by letter, a millisecond or so each
_LONGEST_SEARCHED = 400
_LIKELY = 65.0  # percent: chance alone makes any two English sentences half alike
_WORD_EDGE = 40


class Fate(StrEnum):
    """What becomes of a passage."""

    KEPT = "kept"  # it stands where it stood, perhaps with words mended within
    MOVED = "moved"  # its very words stand elsewhere
    REVIEW = "review"


class Why(StrEnum):
    """Why somebody must look at a passage."""

    CHANGED = "changed"  # too little of it is left, or it is not sure where it begins and ends
    GONE = "gone"  # its words are not there any more
    AMBIGUOUS = "ambiguous"  # its words stand there, but nothing tells for sure that these are meant
    SAME_PLACE = "same place"  # another passage of its coder stands there now


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a passage belongs: its place when it follows, else why not, and the best guess with a score up to 1."""

    fate: Fate
    place: Place | None = None
    why: Why | None = None
    guess: Place | None = None
    score: float = 0.0


def outcomes(positions: PositionMap, places: Iterable[Place]) -> Iterator[Outcome]:
    """Tell for passages of the old text, one by one, what becomes of them in the new one."""
    judge = _Judge(positions)
    return (judge.outcome(start, end) for start, end in places)


def outcomes_through(steps: Sequence[PositionMap], places: Sequence[Place]) -> list[Outcome]:
    """Tell what becomes of passages over several corrections in a row; each begins with the text the last one made."""
    found = [Outcome(Fate.KEPT, place) for place in places]
    for step in steps:
        going = [n for n, one in enumerate(found) if one.place]
        for n, one in enumerate(found):
            if one.guess:
                found[n] = replace(one, guess=step.stretch(*one.guess))
        landed = outcomes(step, [place for one in found if (place := one.place)])
        for n, later in zip(going, landed, strict=True):
            moved = found[n].fate is Fate.MOVED and later.fate is Fate.KEPT
            found[n] = replace(later, fate=Fate.MOVED) if moved else later
    return found


class _Judge:
    def __init__(self, positions: PositionMap) -> None:
        self._map = positions
        self._old, self._new = positions.old, positions.new
        self._zones = [] if positions.exact else list(_zones(positions))
        self._starts = [zone.start for zone in self._zones]
        self._most_put_in = positions.most_put_in()
        self._searches = _SEARCHES

    def outcome(self, start: int, end: int) -> Outcome:
        if self._map.exact:
            return self._told(start, end)
        whole = self._map.whole(start, end)
        copy = self._copy(start, end)
        if copy and (whole or self._map.whole(*copy)):
            return _doubtful(Why.AMBIGUOUS, whole or self._map.whole(*copy), 1.0)
        if whole:
            if self._stands_firm((start, end), whole):
                return Outcome(Fate.KEPT, whole)
            return _doubtful(Why.AMBIGUOUS, whole, 1.0)
        return self._found_close(start, end) or self._changed(start, end)

    def _told(self, start: int, end: int) -> Outcome:
        place = self._map.start(start), self._map.end(end)
        return Outcome(Fate.KEPT, place) if place[0] < place[1] else _doubtful(Why.GONE, None, 0.0)

    # ---- its very words ----

    def _stands_firm(self, old: Place, new: Place) -> bool:
        """Tell whether untouched words are surely the passage: long ones are, short ones by their surroundings."""
        long = old[1] - old[0] >= LONG
        return long or (self._dense(old[0], new[0]) and self._dense(old[1], new[1])) or self._once(*old) is not None

    def _once(self, start: int, end: int) -> Place | None:
        """Find short words that stood once in the neighbourhood and stand there once now; whole words stay whole."""
        quote = self._old[start:end]
        if self._old.count(quote, max(0, start - CLOSE), end + CLOSE) != 1:
            return None
        found = list(_everywhere(self._new, quote, *self._around(start, end, CLOSE)))
        return found[0] if len(found) == 1 and self._fits(start, end, *found[0]) else None

    def _found_close(self, start: int, end: int) -> Outcome | None:
        """Look in the neighbourhood for the words of a passage, put there anew."""
        if end - start < LONG:
            place = self._once(start, end)
            return self._followed(start, end, place) if place else None
        found = list(self._put_in(self._old[start:end], *self._around(start, end, AROUND)))
        if len(found) > 1:
            best = self._by_context(start, end, found)
            if best is None:
                return _doubtful(Why.AMBIGUOUS, found[0], 1.0)
            found = [best]
        return self._followed(start, end, found[0]) if found else None

    def _found_far(self, start: int, end: int) -> Outcome | None:
        """Look in the whole text for the words of a passage with so much around them that nothing else can be meant."""
        if end - start > self._most_put_in:
            return None
        line = self._old.rfind("\n", 0, start) + 1, self._old.find("\n", end)
        more = max(0, UNMISTAKABLE - (end - start))
        for low, high in ((start - more, end), (start, end + more), line if line[1] > 0 else (line[0], len(self._old))):
            needle = self._old[max(0, low) : high]
            if (
                (len(needle) < UNMISTAKABLE and (low, high) != line)
                or len(needle) < LONG
                or self._old.count(needle) > 1
            ):
                continue
            found = [at + start - max(0, low) for at, _ in self._put_in(needle, 0, len(self._new))]
            if len(found) == 1:
                return self._followed(start, end, (found[0], found[0] + end - start))
        return None

    def _followed(self, start: int, end: int, place: Place) -> Outcome:
        close = place[0] < self._map.end(end) and self._map.start(start) < place[1]
        return Outcome(Fate.KEPT if close else Fate.MOVED, place)

    def _put_in(self, words: str, low: int, high: int) -> Iterator[Place]:
        """Give where words stand that were not there before: what was untouched belongs to other places of old."""
        for place in _everywhere(self._new, words, low, high):
            if not self._map.untouched_in(*place):
                yield place

    def _fits(self, start: int, end: int, a: int, b: int) -> bool:
        """Tell whether words that were whole words are whole words at the other place, too."""
        return (_cuts(self._old, start) or not _cuts(self._new, a)) and (
            _cuts(self._old, end) or not _cuts(self._new, b)
        )

    def _by_context(self, start: int, end: int, found: list[Place]) -> Place | None:
        """Choose the place that has clearly more of the old surroundings than any other."""
        before, after = self._old[max(0, start - _CONTEXT) : start], self._old[end : end + _CONTEXT]
        agreeing = sorted(
            (
                _same_end(before, self._new[max(0, a - _CONTEXT) : a])
                + _same_start(after, self._new[b : b + _CONTEXT]),
                n,
            )
            for n, (a, b) in enumerate(found)
        )
        (second, _), (best, n) = agreeing[-2:]
        return found[n] if best >= _CLEAR and best - second >= _AHEAD else None

    def _around(self, start: int, end: int, reach: int) -> Place:
        """Give the neighbourhood in the new text: what has become of that in the old one, and as much around."""
        low = min(self._map.start(max(0, start - reach)), self._map.start(start) - reach)
        high = max(self._map.end(min(len(self._old), end + reach)), self._map.end(end) + reach)
        return max(0, low), min(len(self._new), high)

    # ---- its words with something changed ----

    def _changed(self, start: int, end: int) -> Outcome:
        """Follow both ends of a passage that changed within, or say what is in doubt."""
        (a, start_known), (b, end_known) = self._start(start), self._end(end)
        place = self._trimmed(start, end, a, b)
        known = start_known and end_known and place is not None and self._is_own(start, end, place)
        score = self._likeness((start, end), place) if place else 0.0
        if place and known and score >= ALIKE and self._dense(start, a) and self._dense(end, b):
            return Outcome(Fate.KEPT, place)
        if far := self._found_far(start, end):
            return far
        if place is None or (score < GUESS and not known):
            place, score = self._likely(start, end)
        if place is None:
            return _doubtful(Why.GONE, None, 0.0)
        same = self._new[slice(*place)] == self._old[start:end]
        return _doubtful(Why.AMBIGUOUS if same else Why.CHANGED, place, score)

    def _start(self, start: int) -> tuple[int, bool]:
        """Tell where a passage begins now, and whether that can be told at all."""
        image = self._map.image(start)
        if image is not None:
            return image, True
        i, after, j, there = self._map.gap(start)
        return j, j == there or (start == i and self._word_by_word(i, after, j, there))

    def _end(self, end: int) -> tuple[int, bool]:
        """Tell where a passage ends now, and whether that can be told at all."""
        image = self._map.image(end - 1)
        if image is not None:
            return image + 1, True
        i, after, j, there = self._map.gap(end - 1)
        return there, j == there or (end == after and self._word_by_word(i, after, j, there))

    def _is_own(self, start: int, end: int, place: Place) -> bool:
        """Tell whether a passage that lost its first or last words does not begin or end with words put in there."""
        edges = (start, place[0]), (end - 1, place[1] - 1)
        return all(self._map.untouched_in(new, new + 1) for old, new in edges if self._is_cut_out(old))

    def _is_cut_out(self, pos: int) -> bool:
        _, _, j, there = self._map.gap(pos)
        return self._map.image(pos) is None and j == there

    def _word_by_word(self, i: int, after: int, j: int, there: int) -> bool:
        """Tell whether as many words, in as many lines, were put in as were taken out: then these can be meant."""
        out, put = self._old[i:after], self._new[j:there]
        return len(out.split()) == len(put.split()) and out.count("\n") == put.count("\n")

    def _dense(self, old: int, new: int) -> bool:
        """Tell whether most of what stands near an old position stands near the new one."""
        low, high = max(0, old - NEAR), min(len(self._old), old + NEAR)
        shared = self._map.shared((low, high), (max(0, new - NEAR), new + NEAR))
        return shared >= DENSE * (high - low)

    def _likeness(self, old: Place, new: Place) -> float:
        return self._map.shared(old, new) / max(old[1] - old[0], new[1] - new[0])

    def _trimmed(self, start: int, end: int, a: int, b: int) -> Place | None:
        """Let a passage begin and end at words, as it did, and neither gain blanks nor cut a character in two."""
        while a < b and self._new[a].isspace() and not self._old[start].isspace():
            a += 1
        while a < b and self._new[b - 1].isspace() and not self._old[end - 1].isspace():
            b -= 1
        if a >= b:
            return None
        if not _cuts(self._old, start):
            a = next((at for at in range(a, max(0, a - _WORD_EDGE), -1) if not self._grew(at, at - 1)), a)
        if not _cuts(self._old, end):
            b = next((at for at in range(b, min(len(self._new), b + _WORD_EDGE)) if not self._grew(at, at)), b)
        return snap(self._new, a, b)

    def _grew(self, cut: int, beyond: int) -> bool:
        """Tell whether a cut parts a word whose other part was put in."""
        return _cuts(self._new, cut) and not self._map.untouched_in(beyond, beyond + 1)

    def _likely(self, start: int, end: int) -> tuple[Place | None, float]:
        """Search the neighbourhood for what is most like the passage, as a guess only."""
        low, high = self._around(start, end, AROUND)
        if self._searches <= 0 or end - start > _LONGEST_SEARCHED or high - low > 4 * AROUND:
            return None, 0.0
        from rapidfuzz import fuzz  # noqa: PLC0415 - only who corrects a text waits for it

        self._searches -= 1
        found = fuzz.partial_ratio_alignment(self._old[start:end], self._new[low:high], score_cutoff=_LIKELY)
        if found is None or found.dest_start >= found.dest_end:
            return None, 0.0
        place = self._trimmed(start, end, low + found.dest_start, low + found.dest_end)
        return place, round(found.score / 100, 4) if place else 0.0

    # ---- words that stand twice in a row ----

    def _copy(self, start: int, end: int) -> Place | None:
        """Give the other place of a passage whose words were doubled, or were double and are single now.

        Which of the two was meant, the texts do not tell.
        """
        n = bisect_right(self._starts, start)
        for zone in self._zones[max(0, n - 2) : n]:
            for by in (0,) if zone.doubled else (-zone.period, zone.period):
                if zone.start <= min(start, start + by) and max(end, end + by) <= zone.end:
                    return start + by, end + by
        return None


@dataclass(frozen=True, slots=True)
class _Zone:
    """A stretch of the old text in which words stand every `period` characters, and once more or less than now."""

    start: int
    end: int
    period: int
    doubled: bool


def _zones(positions: PositionMap) -> Iterator[_Zone]:
    """Find what was put in or taken out and may as well have been so a little before or after."""
    last = len(positions.old), len(positions.new), 0
    for (i, j, left), (next_i, next_j, right) in pairwise([(0, 0, 0), *positions.blocks, last]):
        start, start_new = i + left, j + left
        if (start == next_i) == (start_new == next_j):
            continue
        doubled = start == next_i
        place = (positions.new, start_new, next_j) if doubled else (positions.old, start, next_i)
        least, most = slide(*place, left, right)
        if least + most:
            yield _Zone(start - least, next_i + most, place[2] - place[1], doubled)


def _doubtful(why: Why, guess: Place | None, score: float) -> Outcome:
    return Outcome(Fate.REVIEW, None, why, guess, score if guess else 0.0)


def _everywhere(text: str, words: str, low: int, high: int) -> Iterator[Place]:
    at = text.find(words, low, high)
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        yield at, at + len(words)
        at = text.find(words, at + 1, high)


def _cuts(text: str, place: int) -> bool:
    """Tell whether a place lies within a word."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _same_start(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _same_end(a: str, b: str) -> int:
    return _same_start(a[::-1], b[::-1])
