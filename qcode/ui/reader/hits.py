"""What a find came upon, kept so that only the hits in sight are ever touched."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

_EXACT = 400


class Hits:
    """Keep the hits of a find in the order of the text; none of them reaches into another."""

    def __init__(self, spans: Sequence[tuple[int, int]] = (), current: int = -1) -> None:
        known = list(spans)
        self.current = known[current] if 0 <= current < len(known) else None
        self._starts = [start for start, _ in known]
        if self._starts != sorted(self._starts):
            known.sort()
            self._starts = [start for start, _ in known]
        self._spans = known

    def __len__(self) -> int:
        return len(self._spans)

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """List the hits that share a character with [start, end)."""
        low, high = max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, end)
        return [span for span in self._spans[low:high] if span[1] > start]

    def spread(self) -> list[int]:
        """Choose starts that stand for all hits, evenly: a strip of a few hundred pixels cannot show more."""
        step = -(-len(self._starts) // _EXACT) or 1
        return self._starts[::step]
