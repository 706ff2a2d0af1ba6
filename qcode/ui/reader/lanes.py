"""Give each bracket in the margin a lane that it keeps for as long as the source is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import perf_counter

from qcode.ui.reader.index import Marks
from qcode.ui.reader.marks import Mark, MarkKey, key_of

# In one paragraph, brackets whose ends are closer than about a line would touch: they count as overlapping.
NEAR = 90


class Lanes:
    """Hand out lanes: the lowest that no bracket beside it has; nobody ever moves for a newcomer.

    What is in sight is placed first, for the first frame; `sweep` places the rest bit by bit when nothing else is
    to be done, in the order of the text, so that a source looks the same each time it is opened at its top.
    """

    def __init__(self, index: Marks, text: str, waiting: Iterable[Mark] = ()) -> None:
        self._index = index
        self._text = text
        self._lanes: dict[MarkKey, int] = {}
        self._waiting: Iterator[Mark] = iter(tuple(waiting))

    def of(self, mark: Mark) -> int:
        """Give the lane of a mark (from 0), placing it when it has none yet."""
        lane = self._lanes.get(key_of(mark))
        return self._place(mark) if lane is None else lane

    def settle(self, marks: Iterable[Mark]) -> None:
        """Place those marks, outer ones first, that have no lane yet."""
        for mark in marks:
            self.of(mark)

    def known(self, key: MarkKey) -> int | None:
        """Give the lane that a mark has already."""
        return self._lanes.get(key)

    def keep(self, key: MarkKey, lane: int | None) -> None:
        """Give a mark a lane that it had before; with None it is placed when it is next seen."""
        if lane is not None:
            self._lanes[key] = lane

    def forget(self, key: MarkKey) -> None:
        """Free the lane of a mark that is gone."""
        self._lanes.pop(key, None)

    def sweep(self, seconds: float) -> bool:
        """Place waiting marks for about `seconds`; tell whether some are left."""
        until = perf_counter() + seconds
        for mark in self._waiting:
            if key_of(mark) in self._index:
                self.of(mark)
            if perf_counter() > until:
                return True
        return False

    def _place(self, mark: Mark) -> int:
        lanes = self._lanes
        low = max(0, mark[3] - NEAR)
        start = max(low, self._text.rfind("\n", low, mark[3]) + 1)
        line_end = self._text.find("\n", mark[4], mark[4] + NEAR)
        beside = self._index.touching(start, mark[4] + NEAR if line_end < 0 else line_end + 1)
        taken = {lanes.get((other[0], other[1])) for other in beside}
        lane = 0
        while lane in taken:
            lane += 1
        lanes[key_of(mark)] = lane
        return lane
