"""Lay out single pieces of text with Qt, and keep the latest ones at hand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from qcode.ui.reader.typography import LineStyle
from qcode.ui.textpos import TextPositions

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_KEPT_CHARACTERS = 300_000


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A stretch of one piece (code points from its start) in bold or italic."""

    start: int
    end: int
    bold: bool
    italic: bool


class Display:
    """What is painted behind the text of one piece: rectangles, by code, in the order of painting."""

    __slots__ = ("bars", "tints")

    def __init__(self, tints: list[tuple[int, list[QRect]]], bars: list[tuple[int, list[QRect]]]) -> None:
        self.tints = tints
        self.bars = bars


class PieceLayout:
    """One piece of text broken into lines; it answers where characters are and which one is at a point.

    All points are relative to the top left of the piece; all positions are code points from its start.
    """

    __slots__ = ("_mixed", "_right", "display", "height", "layout", "positions", "runs_right_to_left", "style", "units")

    def __init__(
        self, text: str, style: LineStyle, option: QTextOption, width: int, *, below: int, emphases: Iterable[Emphasis]
    ) -> None:
        self.positions = TextPositions(text)
        self.style = style
        self.display: Display | None = None
        told = option.textDirection()
        from_right = told == Qt.LayoutDirection.RightToLeft
        self._mixed = from_right or (not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None)
        self.layout = QTextLayout(text, style.font)
        by_letters = told == Qt.LayoutDirection.LayoutDirectionAuto and self._mixed and _begins_right_to_left(text)
        self.runs_right_to_left = from_right or by_letters
        self.layout.setTextOption(_from_the_right(option) if self.runs_right_to_left else option)
        self.layout.setCacheEnabled(True)
        formats = [self._format(emphasis) for emphasis in emphases]
        if formats:
            self.layout.setFormats(formats)
        self.units, self._right = self._break_lines(width)
        self.height = style.above + len(self.units) * style.pitch + below

    def __len__(self) -> int:
        return self.positions.length

    @property
    def line_count(self) -> int:
        """Count the lines."""
        return len(self.units)

    @property
    def is_heading(self) -> bool:
        """Tell whether it is set as a heading."""
        return self.style.font.bold()

    def line_top(self, line: int) -> int:
        """Give the top of a line."""
        return self.style.above + line * self.style.pitch

    def line_at(self, y: float) -> int:
        """Give the line at a height, the nearest one outside."""
        return min(len(self.units) - 1, max(0, int((y - self.style.above) // self.style.pitch)))

    def line_of(self, position: int) -> int:
        """Give the line on which a position is shown (at a soft break, the line that it begins)."""
        return max(0, bisect_right(self.units, self.positions.to_utf16(position)) - 1)

    def line_start(self, line: int) -> int:
        """Give the first position on a line."""
        return self.positions.to_code_point(self.units[line])

    def line_end(self, line: int) -> int:
        """Give the last position that is still shown on the line."""
        if line == len(self.units) - 1:
            return self.positions.length
        after = self.units[line + 1]
        return self.positions.to_code_point(self.layout.previousCursorPosition(after))

    def x_of(self, position: int) -> float:
        """Give where the caret stands at a position."""
        unit = self.positions.to_utf16(position)
        return _cursor_x(self.layout.lineAt(self.line_of(position)), unit)

    def x_on(self, line: int, position: int) -> float:
        """Give where a position stands on a line, at its edge when the position lies beyond."""
        return _cursor_x(self.layout.lineAt(line), self.positions.to_utf16(min(position, self.positions.length)))

    def position_at(self, x: float, line: int) -> int:
        """Give the position on a line nearest to `x`."""
        unit = self.layout.lineAt(line).xToCursor(x + self._hanging(line))
        return self._within(line, unit)

    def character_at(self, x: float, line: int) -> int:
        """Give the position of the character on a line that is under `x`."""
        x += self._hanging(line)
        unit = self.layout.lineAt(line).xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        return self._within(line, unit)

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Walk over (line, x, width) of what is visible of [start, end): several on a line of mixed direction."""
        first = self.positions.to_utf16(max(0, start))
        last = self.positions.to_utf16(min(self.positions.length, end))
        units = self.units
        line, count = max(0, bisect_right(units, first) - 1), len(units)
        while line < count and units[line] < last:
            for left, right in self._spans(line, first, last):
                x = round(left)
                yield line, x, max(1, round(right) - x)
            line += 1

    def _spans(self, line: int, first: int, last: int) -> Sequence[tuple[float, float]]:
        qt_line = self.layout.lineAt(line)
        start = self.units[line]
        after = self.units[line + 1] if line + 1 < len(self.units) else None
        if self._mixed:
            return _visual_spans(qt_line, max(first, start), last if after is None else min(last, after))
        left = _cursor_x(qt_line, first) if first > start else 0.0
        right = _cursor_x(qt_line, last) if after is None or last < after else self._right[line]
        return ((left, right),)

    def _within(self, line: int, unit: int) -> int:
        """Give the position that Qt found on a line: beyond either end of it, Qt goes on to the line beside."""
        return max(self.line_start(line), min(self.positions.to_code_point(unit), self.line_end(line)))

    def _hanging(self, line: int) -> float:
        """Give how wide the spaces are that hang from a line of a paragraph read from the right.

        Qt leaves them out when it tells where a character stands, but not when it tells which one is at a point.
        """
        if not self.runs_right_to_left or line + 1 >= len(self.units):
            return 0.0
        words = self.layout.text()[self.line_start(line) : self.line_start(line + 1)]
        spaces = words[len(words.rstrip(" ")) :]
        return QFontMetricsF(self.style.font).horizontalAdvance(spaces) if spaces else 0.0

    def _break_lines(self, width: int) -> tuple[list[int], list[float]]:
        layout, style = self.layout, self.style
        units: list[int] = []
        rights: list[float] = []
        y = style.above + style.baseline
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            # A fallback font has another ascent: hang each line on our own baseline.
            line.setPosition(QPointF(0, y - line.ascent()))
            units.append(line.textStart())
            rights.append(line.naturalTextWidth())
            y += style.pitch
        layout.endLayout()
        return units or [0], rights or [0.0]

    def _format(self, emphasis: Emphasis) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start = self.positions.to_utf16(emphasis.start)
        made.length = self.positions.to_utf16(emphasis.end) - made.start
        look = QTextCharFormat()
        if emphasis.bold:
            look.setFontWeight(QFont.Weight.Bold)
        if emphasis.italic:
            look.setFontItalic(True)
        made.format = look
        return made


class LayoutShelf:
    """Keep the layouts used last, up to a number of characters, and make the others when they are asked for."""

    def __init__(self, make: Callable[[int], PieceLayout]) -> None:
        self._make = make
        self._kept: OrderedDict[int, PieceLayout] = OrderedDict()
        self._characters = 0

    def __contains__(self, piece: int) -> bool:
        return piece in self._kept

    def get(self, piece: int) -> PieceLayout:
        """Give the layout of a piece."""
        layout = self._kept.get(piece)
        if layout is not None:
            self._kept.move_to_end(piece)
            return layout
        layout = self._make(piece)
        self._kept[piece] = layout
        self._characters += len(layout) + 40
        while self._characters > _KEPT_CHARACTERS and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._characters -= len(dropped) + 40
        return layout

    def drop_displays(self, first: int, last: int) -> None:
        """Forget what is painted behind these pieces, since the marks there are others now."""
        # A coding mostly touches one piece of thousands; one over the whole text touches more than are kept.
        pieces = range(first, last + 1)
        for piece in self._kept if len(pieces) > len(self._kept) else pieces:
            if piece in pieces and (layout := self._kept.get(piece)) is not None:
                layout.display = None

    def clear(self) -> None:
        """Forget all layouts."""
        self._kept.clear()
        self._characters = 0


def blend_emphases(stretches: Iterable[tuple[int, int, bool]]) -> list[Emphasis]:
    """Turn overlapping bold and italic stretches (start, end, is_bold) into stretches that follow each other."""
    known = list(stretches)
    cuts = sorted({edge for start, end, _ in known for edge in (start, end)})
    made: list[Emphasis] = []
    for low, high in pairwise(cuts):
        kinds = {bold for start, end, bold in known if start <= low and end >= high}
        if kinds:
            made.append(Emphasis(low, high, bold=True in kinds, italic=False in kinds))
    return made


def plain_option(tab: float, direction: str = "") -> QTextOption:
    """Give how lines are broken: between words, inside one only when it is longer than the line.

    They run to the "rtl" or "ltr" side, or as their own letters say.
    """
    option = QTextOption()
    sides = {"ltr": Qt.LayoutDirection.LeftToRight, "rtl": Qt.LayoutDirection.RightToLeft}
    option.setTextDirection(sides.get(direction, Qt.LayoutDirection.LayoutDirectionAuto))
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(tab)
    return option


def _cursor_x(line: QTextLine, unit: int) -> float:
    found = line.cursorToX(unit)
    return float(found[0])  # type: ignore[index]


def _visual_spans(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """Ask the glyphs where they are: the stretch may be torn apart on a line of mixed direction."""
    if end <= start:
        return []
    boxes = [run.boundingRect() for run in line.glyphRuns(start, end - start)]
    merged: list[tuple[float, float]] = []
    for left, right in sorted((box.left(), box.right()) for box in boxes):
        if merged and left <= merged[-1][1] + 3:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _begins_right_to_left(text: str) -> bool:
    """A paragraph is read from the side of its first letter that has one."""
    strong = (side for side in map(bidirectional, text) if side in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def _from_the_right(option: QTextOption) -> QTextOption:
    made = QTextOption(option)
    made.setTextDirection(Qt.LayoutDirection.RightToLeft)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    return made
