"""Find the marks that touch a stretch of text, fast however many there are."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from qcode.ui.reader.marks import Mark, MarkKey, key_of, outer_first

_BUCKET = 2_048
_LONG = 32 * _BUCKET


def _start(mark: Mark) -> int:
    return mark[3]


class Marks(Protocol):
    """What can be asked of marks, all of them or only those that are shown."""

    def __contains__(self, key: MarkKey) -> bool: ...
    def __iter__(self) -> Iterator[Mark]: ...
    def get(self, key: MarkKey) -> Mark | None: ...
    def touching(self, start: int, end: int) -> list[Mark]: ...
    def at(self, offset: int) -> list[Mark]: ...


class MarkIndex:
    """Keep a source's marks in the order of the text and answer which of them touch a stretch.

    Marks that begin in the stretch come from one sorted list; those that reach into it from before are kept with each
    bucket of text they reach into; the few that are very long stand in a list of their own, so that a coding over
    the whole source costs no more than any other.
    """

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._marks = list(marks)
        self._starts = [mark[3] for mark in self._marks]
        if self._starts != sorted(self._starts):
            self._marks.sort(key=outer_first)
            self._starts = [mark[3] for mark in self._marks]
        # Made when somebody first asks by key: the first frame, for which a reader waits, needs only places.
        self._by_key: tuple[dict[int, Mark], dict[int, Mark]] | None = None
        self._reaching: dict[int, list[Mark]] = {}
        self._long: list[Mark] = []
        for mark in [mark for mark in self._marks if mark[3] // _BUCKET != (mark[4] - 1) // _BUCKET]:
            self._note_reach(mark)

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks)

    def __contains__(self, key: MarkKey) -> bool:
        return self.get(key) is not None

    def get(self, key: MarkKey) -> Mark | None:
        """Give the mark of that passage and coding, if it is here."""
        codings, uncoded = self._keyed()
        mark = codings.get(key[1]) if key[1] else uncoded.get(key[0])
        return mark if mark is not None and mark[0] == key[0] else None

    def add(self, mark: Mark) -> None:
        """Take in a new mark; one with the same key is replaced."""
        self.discard(key_of(mark))
        codings, uncoded = self._keyed()
        if mark[1]:
            codings[mark[1]] = mark
        else:
            uncoded[mark[0]] = mark
        place = bisect_left(self._starts, mark[3])
        self._marks.insert(place, mark)
        self._starts.insert(place, mark[3])
        self._note_reach(mark)

    def discard(self, key: MarkKey) -> Mark | None:
        """Forget a mark and give it back; None when it is not here."""
        mark = self.get(key)
        if mark is None:
            return None
        codings, uncoded = self._keyed()
        if mark[1]:
            del codings[mark[1]]
        else:
            del uncoded[mark[0]]
        place = self._marks.index(mark, bisect_left(self._starts, mark[3]))
        del self._marks[place], self._starts[place]
        if _is_long(mark):
            self._long.remove(mark)
        else:
            for bucket in _reached(mark):
                self._reaching[bucket].remove(mark)
        return mark

    def touching(self, start: int, end: int) -> list[Mark]:
        """List the marks that share at least one character with [start, end), outer ones first."""
        first = start // _BUCKET
        low, high = bisect_left(self._starts, first * _BUCKET), bisect_left(self._starts, end)
        found = [mark for mark in self._marks[low:high] if mark[4] > start]
        before = [mark for mark in self._reaching.get(first, ()) if mark[4] > start and mark[3] < end]
        # A long mark that begins in the first bucket or later is already among `found`.
        before += [mark for mark in self._long if mark[4] > start and mark[3] < first * _BUCKET]
        before += found
        before.sort(key=outer_first)
        return before

    def at(self, offset: int) -> list[Mark]:
        """List the marks over the character at `offset`, outer ones first."""
        return self.touching(offset, offset + 1)

    def _keyed(self) -> tuple[dict[int, Mark], dict[int, Mark]]:
        """Give codings by their number, and by the passage's those without a code.

        By single numbers: a dictionary with a tuple for each of 50,000 keys would take longer than all the rest.
        """
        if self._by_key is None:
            codings = {mark[1]: mark for mark in self._marks if mark[1]}
            self._by_key = codings, {mark[0]: mark for mark in self._marks if not mark[1]}
        return self._by_key

    def _note_reach(self, mark: Mark) -> None:
        if _is_long(mark):
            insort(self._long, mark, key=_start)
            return
        for bucket in _reached(mark):
            self._reaching.setdefault(bucket, []).append(mark)


class ShownMarks:
    """Ask an index only for those of its marks that are shown: choosing others costs nothing until they are seen."""

    def __init__(self, marks: MarkIndex, is_shown: Callable[[Mark], bool]) -> None:
        self._index = marks
        self._is_shown = is_shown

    def __contains__(self, key: MarkKey) -> bool:
        return self.get(key) is not None

    def __iter__(self) -> Iterator[Mark]:
        return filter(self._is_shown, self._index)

    def get(self, key: MarkKey) -> Mark | None:
        """Give the mark of that passage and coding, if it is shown."""
        mark = self._index.get(key)
        return mark if mark is not None and self._is_shown(mark) else None

    def touching(self, start: int, end: int) -> list[Mark]:
        """List the shown marks that share at least one character with [start, end), outer ones first."""
        return list(filter(self._is_shown, self._index.touching(start, end)))

    def at(self, offset: int) -> list[Mark]:
        """List the shown marks over the character at `offset`, outer ones first."""
        return self.touching(offset, offset + 1)


def _is_long(mark: Mark) -> bool:
    return mark[4] - mark[3] > _LONG


def _reached(mark: Mark) -> range:
    return range(mark[3] // _BUCKET + 1, (mark[4] - 1) // _BUCKET + 1)
