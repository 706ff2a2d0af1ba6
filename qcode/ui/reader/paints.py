"""The colours and brushes of the reading view, made once for a theme and a codebook."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor, QImage

from qcode.ui.reader.marks import NO_CODE, CodeLook
from qcode.ui.theme import TEXT_CONTRAST, Theme, blend, contrast

_DOT = 2
_HIT = "#f0a500"


class Paints:
    """Answer in which colour and under which name a code is shown; unknown codes look like passages without one."""

    def __init__(self, theme: Theme, looks: Mapping[int, CodeLook]) -> None:
        self.theme = theme
        self._looks = looks
        self._none = CodeLook(QCoreApplication.translate("SourceView", "no code"), theme.muted.name())
        self._bars: dict[int, QColor] = {}
        self._brushes: dict[int, QBrush] = {}
        self._tints: dict[int, QColor] = {}
        self.hit = _behind_words(theme, _HIT, 0.34)
        self.current_hit = _behind_words(theme, _HIT, 0.62)
        self.hit_sign = theme.bar(_HIT)
        self.ruler = blend(theme.paper, theme.muted, 0.11)

    def look(self, code: int) -> CodeLook:
        """Give the look of a code."""
        return self._looks.get(code, self._none)

    def bar(self, code: int) -> QColor:
        """Give the colour of a code's bars and brackets."""
        made = self._bars.get(code)
        if made is None:
            made = self._bars[code] = self.theme.muted if code == NO_CODE else self.theme.bar(self.look(code).color)
        return made

    def bar_brush(self, code: int) -> QBrush:
        """Give what bars are filled with: dots for a passage without a code, so that colour is not the only sign."""
        made = self._brushes.get(code)
        if made is None:
            made = self._brushes[code] = _dots(self.bar(code)) if code == NO_CODE else QBrush(self.bar(code))
        return made

    def leader(self, code: int) -> QColor:
        """Give the soft colour of the line from a bracket to its name."""
        bar, paper = self.bar(code), self.theme.paper
        return QColor(
            (bar.red() + paper.red()) // 2, (bar.green() + paper.green()) // 2, (bar.blue() + paper.blue()) // 2
        )

    def tint(self, code: int) -> QColor:
        """Give the opaque colour behind words that carry a code."""
        made = self._tints.get(code)
        if made is None:
            made = self._tints[code] = self.theme.hint if code == NO_CODE else self.theme.tint(self.look(code).color)
        return made


def _behind_words(theme: Theme, color: str, share: float) -> QColor:
    """Blend a colour into the paper as far as one can still read the words on it."""
    made = blend(theme.paper, QColor(color), share)
    while share > 0.05 and contrast(made, theme.ink) < TEXT_CONTRAST:
        share -= 0.04
        made = blend(theme.paper, QColor(color), share)
    return made


def _dots(color: QColor) -> QBrush:
    # A QImage, since a QPixmap must not be made beside the window, where pages are printed.
    image = QImage(2 * _DOT, 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    for x in range(_DOT):
        image.setPixelColor(x, 0, color)
    return QBrush(image)
