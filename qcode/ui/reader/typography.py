"""The type a source is read in: fonts, line heights and where the bars under a line go."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QFontMetricsF

# Good faces for hours of reading, whichever this machine has; the last ones are nearly everywhere.
READING_FAMILIES = ("Noto Serif", "Source Serif 4", "Charter", "Georgia", "Cambria", "DejaVu Serif", "serif")

BAR = 2
SLOT = 3
SLOTS = 3
_ALPHABET = "the quick brown fox jumps over the lazy dog and then rests, as foxes will, for an hour or more"
_HEADING_SCALE = {1: 1.45, 2: 1.22, 3: 1.1, 4: 1.0, 5: 1.0, 6: 1.0}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the researcher likes to read in: points at 100 %, line height in em, the longest line in characters.

    `direction` is that of the source: "ltr", "rtl", or "" for each paragraph as its letters run.
    """

    families: tuple[str, ...] = READING_FAMILIES
    points: float = 12.0
    line_height: float = 1.56
    longest_line: int = 68
    direction: str = ""


@dataclass(frozen=True, slots=True)
class LineStyle:
    """The measures of one kind of line in whole pixels, all from the top of the line's box.

    The tint fills the box from its top to `tint`; the bars stand below it in slots of their own, so that they miss
    the descenders and never touch the next line.
    """

    font: QFont
    baseline: int
    tint: int
    pitch: int
    above: int
    character: float

    @classmethod
    def of(cls, font: QFont, line_height: float, *, above: float = 0.0) -> LineStyle:
        """Measure a font."""
        metrics = QFontMetrics(font)
        em = QFontInfo(font).pixelSize()
        ascender = -_tight(metrics, "dlfH").top() + 1
        descender = _tight(metrics, "gjpqy").bottom() + 2
        tint = ascender + descender
        pitch = max(round(line_height * em), tint + SLOTS * SLOT)
        character = QFontMetricsF(font).horizontalAdvance(_ALPHABET) / len(_ALPHABET)
        return cls(font, ascender, tint, pitch, round(above * pitch), character)


class Typography:
    """The styles of all lines at one zoom."""

    def __init__(self, reading: Reading, zoom: float = 1.0) -> None:
        body = QFont()
        body.setFamilies(list(reading.families))
        body.setStyleHint(QFont.StyleHint.Serif)
        body.setPointSizeF(reading.points * zoom)
        self.zoom = zoom
        self.beside = max(1.0, sqrt(zoom))  # what stands beside the text grows with it, but less
        self.direction = reading.direction
        self.body = LineStyle.of(body, reading.line_height)
        self._headings = {
            level: LineStyle.of(_heading(body, scale), min(reading.line_height, 1.4), above=0.35 if level < 4 else 0.15)
            for level, scale in _HEADING_SCALE.items()
        }
        self.gap = round(0.46 * self.body.pitch)
        self.blank = round(0.3 * self.body.pitch)
        self.measure = ceil(reading.longest_line * self.body.character)
        self.tab = QFontMetricsF(body).horizontalAdvance(" ") * 8

    def style(self, heading: int) -> LineStyle:
        """Give the style of a heading of that level, or of plain text at level 0."""
        return self._headings.get(heading, self.body)

    def below(self, *, ends_line: bool, before_blank: bool) -> int:
        """Give the space under a piece; a blank line after it makes part of that space itself."""
        if not ends_line:
            return 0
        return self.gap - self.blank if before_blank else self.gap


def _heading(body: QFont, scale: float) -> QFont:
    font = QFont(body)
    font.setPointSizeF(body.pointSizeF() * scale)
    font.setBold(True)
    return font


def _tight(metrics: QFontMetrics, letters: str) -> QRect:
    return metrics.tightBoundingRect(letters)
