"""A plain text that grows block by block, and keeps where its headings and its emphasis are."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.text.canonical import BYTE_ORDER_MARK, clean
from qcode.text.span import Span, SpanKind


@dataclass(slots=True)
class _Item:
    """A list item that is open: its marker stands before its first line, spaces of its width before the others."""

    marker: str
    written: bool = False


class Page:
    """Write blocks with a blank line between them, list items under their markers; offsets are code points."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._items: list[_Item] = []
        self._list_begins = False
        self.length = 0
        self.spans: list[Span] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def begin(self, *, tight: bool = False) -> None:
        """Begin a block; a tight one stands directly under the one before, as the items of a short list do."""
        if self.length:
            self._put("\n" if tight and not self._list_begins else "\n\n")
        self._list_begins = False
        for item in self._items:
            self._put(" " * len(item.marker) if item.written else item.marker)
            item.written = True

    def write(self, piece: str) -> None:
        """Add to the block; further lines of it are set in under the first."""
        piece, _ = clean(piece)
        if not self.length:
            piece = piece.lstrip(BYTE_ORDER_MARK)
        indent = " " * sum(len(item.marker) for item in self._items)
        if indent and "\n" in piece:
            first, *others = piece.split("\n")
            piece = "\n".join([first, *(indent + line if line else "" for line in others)])
        self._put(piece)

    def mark(self, start: int, kind: SpanKind, value: str = "") -> None:
        """Say what the text from `start` to here is; nothing is said of no text."""
        if start < self.length:
            self.spans.append(Span(start, self.length, kind, value))

    def since(self, start: int) -> str:
        """Give what was written from an offset on that is not far back."""
        tail: list[str] = []
        missing = self.length - start
        for part in reversed(self._parts):
            if missing <= 0:
                break
            tail.append(part[-missing:])
            missing -= len(part)
        return "".join(reversed(tail))

    def open_list(self) -> None:
        """Begin a list; one within another is not set off by a blank line."""
        self._list_begins = self._list_begins or not self._items

    def open_item(self, marker: str) -> None:
        """Begin an item of a list; the marker ("- ", "3. ") is written with its first block."""
        self._items.append(_Item(marker))

    def close_item(self) -> None:
        """End the item; one without text keeps its marker."""
        item = self._items[-1]
        if not item.written:
            item.marker = item.marker.rstrip()
            self.begin(tight=True)
        self._items.pop()

    def _put(self, piece: str) -> None:
        if piece:
            self._parts.append(piece)
            self.length += len(piece)
