"""The marks of a source as its page knows them, in the order in which they are met while reading."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator

from qcode.ui.reader.marks import Mark, MarkKey, key_of, outer_first


class PageMarks:
    """Ask it what a key press needs to know of a source's marks: it looks at those alone that it is about.

    Only where the next one that fits is far, since many are hidden, does it pass these by one by one.
    """

    def __init__(self) -> None:
        self._by_key: dict[MarkKey, Mark] = {}
        self._as_read: list[Mark] = []
        self._of_passage: dict[int, Mark] = {}  # one of each passage; the others stand beside it

    def __len__(self) -> int:
        return len(self._as_read)

    def __iter__(self) -> Iterator[Mark]:
        """Go through all marks as one reads, outer ones first; those of one passage follow each other."""
        return iter(self._as_read)

    def keys(self) -> set[MarkKey]:
        """Name all marks."""
        return set(self._by_key)

    def get(self, key: MarkKey) -> Mark | None:
        """Give a mark by its passage and coding."""
        return self._by_key.get(key)

    def of(self, passage: int) -> list[Mark]:
        """List the marks of a passage, the oldest coding first; none when it is not here."""
        one = self._of_passage.get(passage)
        return [mark for mark in self.at(one[3], one[4]) if mark[0] == passage] if one is not None else []

    def at(self, start: int, end: int) -> list[Mark]:
        """List the marks that lie just from `start` to `end`, the oldest passage first."""
        place = start, -end
        return self._as_read[
            bisect_left(self._as_read, place, key=_place) : bisect_right(self._as_read, place, key=_place)
        ]

    def after(self, place: tuple[int, int, int], fits: Callable[[Mark], bool]) -> Mark | None:
        """Give the first mark that fits beyond a place in the order of reading: start, end negated, passage."""
        later = range(bisect_right(self._as_read, place, key=_passage_place), len(self._as_read))
        return next((self._as_read[at] for at in later if fits(self._as_read[at])), None)

    def before(self, place: tuple[int, int, int], fits: Callable[[Mark], bool]) -> Mark | None:
        """Give the first fitting mark of the last passage that has one before a place."""
        earlier = range(bisect_left(self._as_read, place, key=_passage_place) - 1, -1, -1)
        last = next((self._as_read[at] for at in earlier if fits(self._as_read[at])), None)
        return next(mark for mark in self.of(last[0]) if fits(mark)) if last is not None else None

    def fill(self, marks: Iterable[Mark]) -> None:
        """Hold these marks and no others."""
        self._by_key = {key_of(mark): mark for mark in marks}
        self._as_read = sorted(self._by_key.values(), key=outer_first)
        self._of_passage = {mark[0]: mark for mark in self._as_read}

    def put(self, mark: Mark) -> None:
        """Add a mark, or let it take the place of the one of this name."""
        self.drop(key_of(mark))
        self._by_key[key_of(mark)] = self._of_passage[mark[0]] = mark
        insort(self._as_read, mark, key=outer_first)

    def drop(self, key: MarkKey) -> None:
        """Let a mark go; nothing happens when it is not here."""
        mark = self._by_key.pop(key, None)
        if mark is None:
            return
        del self._as_read[bisect_left(self._as_read, outer_first(mark), key=outer_first)]
        if self._of_passage[mark[0]] is mark:
            del self._of_passage[mark[0]]
            beside = next((one for one in self.at(mark[3], mark[4]) if one[0] == mark[0]), None)
            if beside is not None:
                self._of_passage[mark[0]] = beside


def _place(mark: Mark) -> tuple[int, int]:
    return mark[3], -mark[4]


def _passage_place(mark: Mark) -> tuple[int, int, int]:
    return mark[3], -mark[4], mark[0]
