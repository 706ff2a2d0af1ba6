"""Where the characters of an old text stand in a newer one. Offsets are code points, half-open."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from qcode.errors import InvalidInput
from qcode.text.alignment import Block, blocks

Place = tuple[int, int]
Edit = tuple[int, int, str]  # a stretch of the old text, and what replaces it


class PositionMap:
    """Which stretches of an old text stand where in the new one; `exact` when it was told and not found out."""

    def __init__(self, old: str, new: str, shared: Sequence[Block], *, exact: bool = False) -> None:
        self.old, self.new, self.exact = old, new, exact
        self.blocks = list(shared)
        self._olds = [block[0] for block in self.blocks]
        self._news = [block[1] for block in self.blocks]
        self._sums = [0, *accumulate(block[2] for block in self.blocks)]

    @classmethod
    def between(cls, old: str, new: str) -> PositionMap:
        """Find out what changed from one text to another."""
        return cls(old, new, blocks(old, new))

    @classmethod
    def told(cls, old: str, edits: Sequence[Edit]) -> PositionMap:
        """Make the edits, all in offsets of the old text; what stands where is then known and not found out.

        Raises InvalidInput when two overlap, or one lies outside the text.
        """
        shared: list[Block] = []
        pieces: list[str] = []
        done = length = 0
        for start, end, words in sorted(edits, key=lambda edit: edit[:2]):
            if not done <= start <= end <= len(old):
                raise InvalidInput(f"The edit at {start}:{end} overlaps another or lies outside the text.")
            if start > done:
                shared.append((done, length, start - done))
            pieces += old[done:start], words
            length += start - done + len(words)
            done = end
        if done < len(old):
            shared.append((done, length, len(old) - done))
        return cls(old, "".join((*pieces, old[done:])), shared, exact=True)

    def then(self, later: PositionMap) -> PositionMap:
        """Give the map from this old text to the new text of a later map, which begins where this one ends."""
        shared: list[Block] = []
        n = 0
        for i, j, length in self.blocks:
            while n and later.blocks[n - 1][0] + later.blocks[n - 1][2] > j:
                n -= 1
            while n < len(later.blocks) and later.blocks[n][0] < j + length:
                a, b, more = later.blocks[n]
                low, high = max(j, a), min(j + length, a + more)
                if low < high:
                    shared.append((i + low - j, b + low - a, high - low))
                n += 1
        return PositionMap(self.old, later.new, shared)

    def image(self, pos: int) -> int | None:
        """Tell where the character at an old position stands now; None when it is gone."""
        n = bisect_right(self._olds, pos) - 1
        if n < 0 or pos >= self.blocks[n][0] + self.blocks[n][2]:
            return None
        return pos + self.blocks[n][1] - self.blocks[n][0]

    def gap(self, pos: int) -> tuple[int, int, int, int]:
        """Give the changed stretch that an old position lies in: where it began and ended, and what is there now."""
        n = bisect_right(self._olds, pos) - 1
        before = self.blocks[n] if n >= 0 else (0, 0, 0)
        after = self.blocks[n + 1] if n + 1 < len(self.blocks) else (len(self.old), len(self.new), 0)
        return before[0] + before[2], after[0], before[1] + before[2], after[1]

    def whole(self, start: int, end: int) -> Place | None:
        """Give the new place of a stretch that was not touched at all."""
        n = bisect_right(self._olds, start) - 1
        if n < 0 or end > self.blocks[n][0] + self.blocks[n][2]:
            return None
        shift = self.blocks[n][1] - self.blocks[n][0]
        return start + shift, end + shift

    def start(self, pos: int) -> int:
        """Tell where a stretch that began at an old position begins now: at what is left of it, else at what replaced
        it.
        """
        found = self.image(pos)
        return self.gap(pos)[2] if found is None else found

    def end(self, pos: int) -> int:
        """Tell where a stretch that ended at an old position ends now."""
        found = self.image(pos - 1) if pos else 0
        return self.gap(pos - 1)[3] if found is None else found + 1 if pos else 0

    def stretch(self, start: int, end: int, *, least: float = 0.0) -> Place | None:
        """Tell where a heading, a page or the like is now: what is left of it; None when nothing is.

        What replaced all of it, or its edge, counts as what is left; but the share `least` of its characters must still
        be there. An empty stretch stays where it was put.
        """
        if self._before(end) - self._before(start) < least * (end - start):
            return None
        i, after, j, there = self.gap(start)
        if start == end:
            return None if i < start < after else (self.start(start), self.start(start))
        a = self.image(start)
        if a is None:
            a = j if start == i and after <= end else there
        b = self.image(end - 1)
        if b is None:
            i, after, j, there = self.gap(end - 1)
            b = (there if end == after and i >= start else j) - 1
        return (a, b + 1) if a <= b else None

    def shared(self, old: Place, new: Place) -> int:
        """Count the characters of an old stretch that stand in a new one."""
        low = max(old[0], self._back(new[0]))
        high = min(old[1], self._back(new[1]))
        return max(0, self._before(high) - self._before(low))

    def untouched_in(self, start: int, end: int) -> bool:
        """Tell whether a stretch of the new text was all there before, in one piece."""
        n = bisect_right(self._news, start) - 1
        return n >= 0 and end <= self.blocks[n][1] + self.blocks[n][2]

    def most_put_in(self) -> int:
        """Count the characters of the longest stretch of the new text that was not there before."""
        ends = pairwise([(0, 0, 0), *self.blocks, (len(self.old), len(self.new), 0)])
        return max(right[1] - left[1] - left[2] for left, right in ends)

    def _before(self, pos: int) -> int:
        """Count the characters before an old position that are still there."""
        n = bisect_right(self._olds, pos) - 1
        return 0 if n < 0 else self._sums[n] + min(pos - self.blocks[n][0], self.blocks[n][2])

    def _back(self, pos: int) -> int:
        """Give the first old position whose character stands at a new position or after it."""
        n = bisect_right(self._news, pos) - 1
        if n >= 0 and pos < self.blocks[n][1] + self.blocks[n][2]:
            return pos - self.blocks[n][1] + self.blocks[n][0]
        return self.blocks[n + 1][0] if n + 1 < len(self.blocks) else len(self.old)
