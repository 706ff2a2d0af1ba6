"""Cut a text into the pieces that are laid out one at a time: its lines, and parts of the very long ones."""

from __future__ import annotations

from bisect import bisect_right

from qcode.text.breaks import snap

# Shaping is the only cost that grows with a paragraph's length, so a long one is laid out in parts.
LONGEST = 8_192
PART = 4_096


class Pieces:
    """The pieces of a text in order: [starts[i], ends[i]) in code points, line ends left out."""

    __slots__ = ("ends", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        start, length = 0, len(text)
        while True:
            end = text.find("\n", start)
            end = length if end < 0 else end
            if end - start > LONGEST:
                start = self._cut_long(start, end)
            self.starts.append(start)
            self.ends.append(end)
            if end >= length:
                break
            start = end + 1

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """Find the piece that holds `offset`, or whose end it is; the next one between two parts of a paragraph."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def string(self, piece: int) -> str:
        """Give the text of a piece."""
        return self.text[self.starts[piece] : self.ends[piece]]

    def begins_line(self, piece: int) -> bool:
        """Tell whether the piece is the first of its paragraph."""
        return piece == 0 or self.ends[piece - 1] != self.starts[piece]

    def ends_line(self, piece: int) -> bool:
        """Tell whether the piece is the last of its paragraph."""
        return piece == len(self.starts) - 1 or self.ends[piece] != self.starts[piece + 1]

    def is_blank(self, piece: int) -> bool:
        """Tell whether there is nothing to read in the piece."""
        start, end = self.starts[piece], self.ends[piece]
        return start == end or (end - start <= LONGEST and self.text[start:end].isspace())

    def _cut_long(self, start: int, end: int) -> int:
        while end - start > LONGEST:
            cut = self.text.rfind(" ", start + PART // 2, start + PART) + 1
            if not cut:
                cut = max(snap(self.text, start + PART, start + PART)[0], start + 1)
                cut = cut if cut > start + 1 else start + PART
            self.starts.append(start)
            self.ends.append(cut)
            start = cut
        return start
