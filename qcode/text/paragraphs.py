"""Paragraphs, by whose numbers researchers cite."""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE = re.compile(r"[^\n]++")


class Paragraphs:
    """Number the paragraphs of a canonical text: its lines that hold more than white space, counted from 1.

    Made once a text, in one pass; each question after that takes microseconds.
    """

    __slots__ = ("_starts", "spans")

    def __init__(self, text: str) -> None:
        self.spans: list[tuple[int, int]] = [
            match.span() for match in _LINE.finditer(text) if not match.group().isspace()
        ]
        self._starts = [start for start, _ in self.spans]

    def __len__(self) -> int:
        return len(self.spans)

    def number_at(self, pos: int) -> int:
        """Give the number of the paragraph at the position or, between two, the one before; 0 before the first."""
        return bisect_right(self._starts, pos)

    def span(self, number: int) -> tuple[int, int]:
        """Give where paragraph `number` (from 1) starts and ends; IndexError when there is none."""
        if not 1 <= number <= len(self.spans):
            raise IndexError(f"There is no paragraph {number}; the text has {len(self.spans)}.")
        return self.spans[number - 1]
