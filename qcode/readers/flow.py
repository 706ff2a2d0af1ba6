"""Words as a document lays them out: blocks, breaks and emphasis come to be only where words are seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qcode.readers.page import Page
from qcode.text.span import Span, SpanKind

SOFT_HYPHEN = "\u00ad"


@dataclass(slots=True)
class _Marker:
    """The marker of a list item, and whether its first words have come."""

    text: str
    open: bool = False


class Flow:
    """Write the words of a document in their order; what holds no words leaves no trace, no blank line and no marker.

    With `tight_items` each item of a list stands directly under the one before. Soft hyphens are
    places where a line may be broken, not signs of the word, and are left out.
    """

    def __init__(self, *, tight_items: bool = True) -> None:
        self.page = Page()
        self._tight_items = tight_items
        self.soft_hyphens = False
        self._markers: list[_Marker] = []
        self._fresh = True  # the next words begin a block
        self._tight = False
        self._heading = ""
        self._start = 0
        self._lead = ""  # white space before the first words of a block
        self._gap = ""
        self._marks: dict[SpanKind, int] = {}
        self._row = 0  # how many rows are open
        self._in_cell = False  # words have come in this cell

    @property
    def in_row(self) -> bool:
        """Whether words now go into a row of a table, where a block is only a space."""
        return self._row > 0

    @property
    def in_block(self) -> bool:
        """Whether the block has words already."""
        return not self._fresh

    def block(self, *, tight: bool = False, heading: str = "") -> None:
        """Begin a block with the next words; `heading` is its level, "1" to "6"."""
        if self._row:
            self.gap(" ")
            return
        self.end()
        self._tight = tight
        self._heading = heading

    def end(self) -> None:
        """End the block, with its emphasis and its heading."""
        if self._row:
            return
        self._close(self._marks)
        if self._heading and not self._fresh:
            self.page.mark(self._start, SpanKind.HEADING, self._heading)
        self._heading = ""
        self._gap = self._lead = ""
        self._fresh = True
        self._tight = False

    def words(self, text: str, *, bold: bool = False, italic: bool = False) -> None:
        """Write words as they are; whatever break was asked for before them comes first."""
        if SOFT_HYPHEN in text:
            self.soft_hyphens = True
            text = text.replace(SOFT_HYPHEN, "")
        if not text:
            return
        if self._fresh:
            self._lead += text
            if text.isspace():
                return  # white space alone begins no block
            text = self._begin()
        wanted = {SpanKind.BOLD} if bold and not self._heading else set()
        if italic:
            wanted.add(SpanKind.ITALIC)
        self._close([kind for kind in self._marks if kind not in wanted])
        if self._gap:
            self.page.write(self._gap)
            self._gap = ""
        for kind in wanted:
            self._marks.setdefault(kind, self.page.length)
        self.page.write(text.replace("\n", " ") if self._row else text)
        self._in_cell = True

    def gap(self, sign: str) -> None:
        """Ask for a space, a tab or a line break before the next words; none comes at the end of a block."""
        if self._row:
            self._gap = self._gap or (" " if self._in_cell else "")
        elif self._fresh:
            self._lead += "\t" if sign == "\t" else ""
        elif sign == " ":
            self._gap = self._gap or " "
        elif sign == "\n":
            self._gap = "\n" * (self._gap.count("\n") + 1)
        else:
            self._gap = self._gap.rstrip(" ") + sign

    def open_list(self) -> None:
        """Begin a list, set off from what stands before it unless it lies in another."""
        self.end()
        if not any(marker.open for marker in self._markers):
            self.page.open_list()

    def open_item(self, marker: str) -> None:
        """Begin an item; its marker ("- ", "3. ") comes with its first words."""
        self.end()
        self._markers.append(_Marker(marker))

    def close_item(self) -> None:
        """End the item that was opened last."""
        self.end()
        if self._markers and self._markers.pop().open:
            self.page.close_item()

    @property
    def depth(self) -> int:
        """How many items are open, one in another."""
        return len(self._markers)

    def open_row(self, *, tight: bool) -> None:
        """Begin a row of a table: a line, its cells set apart by tabs."""
        self.block(tight=tight)
        self._row += 1
        self._in_cell = False

    def next_cell(self) -> None:
        """Go on to the next cell of the row."""
        self._close(self._marks)
        self._gap = self._gap.rstrip(" ") + "\t"
        self._in_cell = False

    def close_row(self) -> None:
        """End the row."""
        self._row -= 1
        self.end()

    def rule(self) -> None:
        """Draw a line across."""
        if self._row:
            return
        self.block()
        self.words("---")
        self.end()

    def spans(self) -> tuple[Span, ...]:
        """Give all spans, in order."""
        return tuple(sorted(self.page.spans))

    def _begin(self) -> str:
        """Begin the block at last, and give its first words."""
        waiting = [marker for marker in self._markers if not marker.open]
        for marker in waiting:
            self.page.open_item(marker.text)
            marker.open = True
        self.page.begin(tight=self._tight or (self._tight_items and bool(waiting)))
        self._start = self.page.length
        self._fresh = False
        lead, self._lead = self._lead, ""
        return lead.lstrip(" \t") if waiting else lead  # the marker sets it in already

    def _close(self, kinds: Iterable[SpanKind]) -> None:
        for kind in list(kinds):
            self.page.mark(self._marks.pop(kind), kind)
