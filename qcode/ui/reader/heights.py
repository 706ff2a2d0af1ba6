"""Add up the heights of very many pieces of text, some measured, most only estimated."""

from __future__ import annotations

from collections.abc import Sequence

_BLOCK = 256


class Heights:
    """Answer where a piece begins and which piece is at a height, with sums kept a block of pieces.

    Heights are whole pixels. Changing one costs nothing to speak of, asking costs a few microseconds at a hundred
    thousand pieces.
    """

    def __init__(self, heights: Sequence[int]) -> None:
        self._heights = list(heights)
        self._sums = [sum(self._heights[low : low + _BLOCK]) for low in range(0, len(self._heights), _BLOCK)]
        self.total = sum(self._sums)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, piece: int) -> int:
        return self._heights[piece]

    def set(self, piece: int, height: int) -> bool:
        """Correct the height of a piece; tell whether it was another."""
        change = height - self._heights[piece]
        if change:
            self._heights[piece] = height
            self._sums[piece // _BLOCK] += change
            self.total += change
        return bool(change)

    def before(self, piece: int) -> int:
        """Give the pixels above a piece."""
        block = piece // _BLOCK
        return sum(self._sums[:block]) + sum(self._heights[block * _BLOCK : piece])

    def at(self, y: float) -> tuple[int, float]:
        """Find the piece at `y` pixels from the top and how far into it that is; beyond the ends, the nearest."""
        y = max(0.0, y)
        block = 0
        while block < len(self._sums) - 1 and y >= self._sums[block]:
            y -= self._sums[block]
            block += 1
        piece, last = block * _BLOCK, min((block + 1) * _BLOCK, len(self._heights)) - 1
        while piece < last and y >= self._heights[piece]:
            y -= self._heights[piece]
            piece += 1
        return piece, y
