"""The text as it flows down the page: where it is scrolled to, what is in sight, and what is where.

The place is held as (piece, pixels of it above the top), never as pixels from the beginning: most heights are only
estimates until a piece is seen, and correcting them must not move the line that is being read.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect

from qcode.text.span import Span
from qcode.ui.reader.heights import Heights
from qcode.ui.reader.layouts import LayoutShelf, PieceLayout
from qcode.ui.reader.pages import Placed, paginate
from qcode.ui.reader.pieces import Pieces
from qcode.ui.reader.typesetter import Typesetter
from qcode.ui.reader.typography import Typography

TOP, BOTTOM = 14, 48
_NEAR_SCREENS = 3


class Flow:
    """Lay the pieces of a text under each other, lazily; x and y are pixels from the text's left and window's top."""

    def __init__(self, typography: Typography) -> None:
        self._setter = Typesetter("", (), typography)
        self.width = typography.measure
        self.window_height = 0
        self._shelf = LayoutShelf(self._lay_out)
        self._piece, self._above = 0, -TOP
        self._kept_offset: int | None = None
        self._in_sight: list[Placed] | None = None
        self._reset()

    # What is shown

    def set_text(self, text: str, spans: Sequence[Span] = ()) -> None:
        """Show another text from its top; headings and emphasis are taken from the spans."""
        self._setter = Typesetter(text, spans, self.typography)
        self._piece, self._above, self._kept_offset = 0, -TOP, None
        self._reset()

    def set_window(self, width: int, height: int) -> bool:
        """Fit the lines into another width; the line at the top stays. Tell whether lines were broken anew."""
        if height != self.window_height:
            self.window_height = height
            self._in_sight = None
        if width == self.width:
            return False
        self._break_anew(width, self.typography)
        return True

    def set_typography(self, typography: Typography) -> None:
        """Read in another size or face; the line at the top stays."""
        self._break_anew(self.width, typography)

    @property
    def typography(self) -> Typography:
        """Give the type that the text is set in."""
        return self._setter.typography

    @property
    def pieces(self) -> Pieces:
        """Give the pieces that the text is cut into."""
        return self._setter.pieces

    @property
    def text(self) -> str:
        """Give the text that is shown."""
        return self.pieces.text

    # Where it is scrolled to

    @property
    def maximum(self) -> int:
        """Give how far one can scroll, as far as is known."""
        return max(0, self._heights.total + TOP + BOTTOM - self.window_height)

    @property
    def value(self) -> int:
        """Give how far the text is scrolled, for a scroll bar."""
        return self._heights.before(self._piece) + self._above + TOP

    def scroll_to_value(self, value: int) -> None:
        """Go to where a scroll bar says: exactly when it is near, else by the estimated heights."""
        change = value - self.value
        if value <= 0:
            self._piece, self._above = 0, -TOP
            self._moved()
        elif value >= self.maximum:
            self._piece = len(self.pieces) - 1
            self._above = self._shelf.get(self._piece).height
            self._moved()
        elif abs(change) <= _NEAR_SCREENS * max(self.window_height, 200):
            self.scroll_by(change)
        else:
            self._piece, into = self._heights.at(value - TOP)
            self._above = int(into)
            self._moved()

    def scroll_by(self, pixels: int) -> None:
        """Move the text up by so many pixels (down when negative)."""
        self._above += pixels
        self._moved()

    def scroll_to(self, offset: int) -> None:
        """Go back to a place that `top` told."""
        self.scroll_line_to(offset, TOP)
        self._kept_offset = offset

    def scroll_line_to(self, offset: int, y: int) -> None:
        """Put the line that holds `offset` at a height of the window."""
        self._piece = self.pieces.at(offset)
        layout = self._shelf.get(self._piece)
        self._above = layout.line_top(layout.line_of(offset - self.pieces.starts[self._piece])) - y
        self._moved()

    def top(self) -> int:
        """Give the first offset of the first line that is wholly in sight."""
        if self._kept_offset is not None:
            return self._kept_offset
        for placed in self.in_sight():
            if self.pieces.is_blank(placed.piece):
                continue
            for line in range(placed.first, placed.last + 1):
                if placed.y + placed.layout.line_top(line) >= 0:
                    return self.pieces.starts[placed.piece] + placed.layout.line_start(line)
        return self.pieces.starts[self._piece]

    # What is in sight

    def in_sight(self) -> list[Placed]:
        """List the pieces in sight from the top down; until something moves, the same list."""
        if self._in_sight is None:
            self._in_sight = self._place()
        return self._in_sight

    def range_in_sight(self) -> tuple[int, int]:
        """Give the offsets between which everything in sight lies."""
        placed = self.in_sight()
        first, last = placed[0], placed[-1]
        start = self.pieces.starts[first.piece] + first.layout.line_start(first.first)
        if last.last + 1 < last.layout.line_count:
            return start, self.pieces.starts[last.piece] + last.layout.line_start(last.last + 1)
        return start, self.pieces.ends[last.piece]

    def layout(self, piece: int) -> PieceLayout:
        """Give the layout of a piece, in sight or not."""
        return self._shelf.get(piece)

    def lay_out_ahead(self) -> bool:
        """Lay out one more piece near the window, when there is time; tell whether there may be more to do."""
        placed = self.in_sight()
        low, high = placed[0].piece, placed[-1].piece
        for step in range(1, 7):
            for piece in (high + step, low - step):
                if 0 <= piece < len(self.pieces) and piece not in self._shelf:
                    self._shelf.get(piece)
                    return True
        return False

    def drop_displays(self, start: int, end: int) -> None:
        """Forget what is painted behind [start, end)."""
        self._shelf.drop_displays(self.pieces.at(start), self.pieces.at(max(start, end - 1)))

    def place_page(self, piece: int, line: int, height: int) -> tuple[tuple[int, int], int]:
        """Put into sight what fits on a page that begins with a line; give the line after it and the height used.

        A piece beyond the last one means that nothing is left. The pieces stay where they are until something moves.
        """
        self._in_sight, after = paginate(self.pieces, self._shelf.get, (piece, line), height)
        last = self._in_sight[-1]
        self.window_height = last.y + last.layout.line_top(last.last) + last.layout.style.pitch
        return after, self.window_height

    # What is where

    def offset_at(self, x: float, y: float) -> int:
        """Give the offset nearest to a point of the window."""
        placed = self._placed_at(y)
        line = placed.layout.line_at(y - placed.y)
        return self.pieces.starts[placed.piece] + placed.layout.position_at(x, line)

    def character_at(self, x: float, y: float) -> int | None:
        """Give the offset of the character under a point; None where there is only paper."""
        placed = self._placed_at(y)
        layout, inside = placed.layout, y - placed.y - placed.layout.style.above
        if not 0 <= inside < layout.line_count * layout.style.pitch:
            return None
        line = layout.line_at(y - placed.y)
        position = layout.character_at(x, line)
        under = layout.stretches(position, position + 1)
        # A pixel more at each side: boxes are rounded, and between two of them there is no gap.
        if any(at == line and left - 1 <= x < left + width + 1 for at, left, width in under):
            return self.pieces.starts[placed.piece] + position
        return None

    def caret_rect(self, offset: int) -> QRect | None:
        """Give where the caret stands at an offset; None when that piece is out of sight."""
        piece = self.pieces.at(offset)
        placed = self._find(piece)
        if placed is None:
            return None
        position = offset - self.pieces.starts[piece]
        layout = placed.layout
        top = placed.y + layout.line_top(layout.line_of(position))
        return QRect(round(layout.x_of(position)), top, 2, layout.style.tint)

    def line_at(self, y: float) -> tuple[int, int]:
        """Give the offsets between which the line nearest to a height of the window stands."""
        placed = self._placed_at(y)
        line, start = placed.layout.line_at(y - placed.y), self.pieces.starts[placed.piece]
        return start + placed.layout.line_start(line), start + placed.layout.line_end(line)

    def line_box_at(self, y: float) -> tuple[int, int]:
        """Give the top and the height of the line nearest to a height of the window."""
        placed = self._placed_at(y)
        return placed.y + placed.layout.line_top(placed.layout.line_at(y - placed.y)), placed.layout.style.pitch

    def end_rect(self, offset: int) -> QRect | None:
        """Give where a stretch that ends at an offset ends: never at the beginning of the next line."""
        piece = self.pieces.at(max(0, offset - 1))
        placed = self._find(piece)
        if placed is None:
            return None
        layout, position = placed.layout, offset - self.pieces.starts[piece]
        line = layout.line_of(max(0, position - 1))
        return QRect(round(layout.x_on(line, position)), placed.y + layout.line_top(line), 2, layout.style.tint)

    def line_after(self, offset: int) -> int | None:
        """Give the height at which a rule may be drawn below the line of an offset; None when it is out of sight."""
        piece = self.pieces.at(offset)
        placed = self._find(piece)
        if placed is None:
            return None
        layout = placed.layout
        line = layout.line_of(offset - self.pieces.starts[piece])
        bottom = layout.line_top(line) + layout.style.pitch
        if line == layout.line_count - 1:
            return placed.y + (bottom + layout.height) // 2
        return placed.y + bottom - 1

    def line_span(self, start: int, end: int) -> tuple[int | None, int | None]:
        """Give the top of the first and the bottom of the last line of [start, end) in sight; None: out of it."""
        placed = self.in_sight()
        first, last = self.pieces.at(start), self.pieces.at(max(start, end - 1))
        top = bottom = None
        if first >= placed[0].piece and (one := self._find(first)) is not None:
            top = one.y + one.layout.line_top(one.layout.line_of(start - self.pieces.starts[first]))
        if last <= placed[-1].piece and (one := self._find(last)) is not None:
            line = one.layout.line_of(max(start, end - 1) - self.pieces.starts[last])
            bottom = one.y + one.layout.line_top(line) + one.layout.style.tint
        return top, bottom

    def offset_at_share(self, share: float) -> int:
        """Give the offset that stands at a share (0 to 1) of the whole height, as far as is known."""
        piece, into = self._heights.at(share * self._heights.total)
        length = self.pieces.ends[piece] - self.pieces.starts[piece]
        return self.pieces.starts[piece] + int(length * min(1.0, into / max(1, self._heights[piece])))

    def share_of(self, offset: int) -> float:
        """Give at which share of the whole height an offset stands: the other way round."""
        piece = self.pieces.at(offset)
        start, end = self.pieces.starts[piece], self.pieces.ends[piece]
        into = self._heights[piece] * (offset - start) / max(1, end - start)
        return min(1.0, (self._heights.before(piece) + into) / max(1, self._heights.total))

    # The work behind it

    def _reset(self) -> None:
        self._shelf.clear()
        self._heights = Heights(self._setter.estimates(self.width))
        self._in_sight = None

    def _lay_out(self, piece: int) -> PieceLayout:
        made = self._setter.lay_out(piece, self.width)
        self._heights.set(piece, made.height)
        return made

    def _break_anew(self, width: int, typography: Typography) -> None:
        # Until the reader scrolls, the same offset is held: else each step of a resize would drift up by a word.
        kept = self.top()
        y = self._y_of_line(kept)
        self.width = width
        self._setter.typography = typography
        self._reset()
        if self._piece or self._above > 0:
            self.scroll_line_to(kept, y)
            self._kept_offset = kept

    def _y_of_line(self, offset: int) -> int:
        rect = self.caret_rect(offset)
        return 0 if rect is None else rect.top()

    def _moved(self) -> None:
        self._kept_offset = None
        self._in_sight = None

    def _place(self) -> list[Placed]:
        self._settle()
        placed, bottom = self._fill()
        short = self.window_height - BOTTOM - bottom
        if short > 0 and (self._piece or self._above > -TOP):
            self._above -= short
            self._settle()
            placed, _ = self._fill()
        return placed

    def _settle(self) -> None:
        """Bring the place into the form where its piece is the first in sight."""
        get = self._shelf.get
        while self._above < 0 and self._piece > 0:
            self._piece -= 1
            self._above += get(self._piece).height
        if self._piece == 0:
            self._above = max(self._above, -TOP)
        while self._piece < len(self.pieces) - 1 and self._above >= (height := get(self._piece).height):
            self._above -= height
            self._piece += 1

    def _fill(self) -> tuple[list[Placed], int]:
        piece, y, height = self._piece, -self._above, self.window_height
        placed: list[Placed] = []
        while piece < len(self.pieces) and (y < height or not placed):
            layout = self._shelf.get(piece)
            first, last = layout.line_at(-y), layout.line_at(height - 1 - y)
            placed.append(Placed(piece, y, layout, first, last))
            y += layout.height
            piece += 1
        return placed, y if piece == len(self.pieces) else height

    def _find(self, piece: int) -> Placed | None:
        placed = self.in_sight()
        place = piece - placed[0].piece
        return placed[place] if 0 <= place < len(placed) else None

    def _placed_at(self, y: float) -> Placed:
        placed = self.in_sight()
        for one in placed:
            if y < one.y + one.layout.height:
                return one
        return placed[-1]
