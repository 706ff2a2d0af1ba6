"""What a find came upon, kept so that only the hits in sight are ever touched."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

_SPREAD = 400


def _start(span: tuple[int, int]) -> int:
    return span[0]


class Hits:
    """Keep the hits of a find, in the order of the text; none of them reaches into another.

    They are not copied, so that stepping from one to the next costs nothing however many there are.
    """

    def __init__(self, spans: Sequence[tuple[int, int]] = (), current: int = -1) -> None:
        self._spans = spans
        self.current = spans[current] if 0 <= current < len(spans) else None

    def __len__(self) -> int:
        return len(self._spans)

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """List the hits that share a character with [start, end)."""
        low = max(0, bisect_right(self._spans, start, key=_start) - 1)
        high = bisect_left(self._spans, end, key=_start)
        return [span for span in self._spans[low:high] if span[1] > start]

    def spread(self) -> list[int]:
        """Choose starts that stand for all hits, evenly: a strip of a few hundred pixels cannot show more."""
        step = -(-len(self._spans) // _SPREAD) or 1
        return [start for start, _ in self._spans[::step]]
