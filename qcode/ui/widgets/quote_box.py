"""The words of a passage, read as the source is read, beside a bar in the colour of its code."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qcode.text.breaks import snap
from qcode.ui.context import Context
from qcode.ui.reader.typography import READING_FAMILIES
from qcode.ui.widgets.notes import WholeNotes

HIGHEST = 190  # pixels; a longer quote scrolls
MOST = 10_000  # characters that are shown; a chapter would take a second to lay out, and nobody reads it here
BAR = 3
AIR = 8


class QuoteBox(QFrame):
    """Show a quote; it can be selected and scrolled. Of a very long one it says how much is left out."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._color = ""
        self._quote = ""
        self.words = WholeNotes("Quote", highest=HIGHEST)
        font = QFont(self.font())
        font.setFamilies(list(READING_FAMILIES))
        font.setPointSizeF(font.pointSizeF() * 1.08)
        self.words.setFont(font)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(BAR + 10, AIR, 6, AIR)
        layout.addWidget(self.words)

    def show_quote(self, quote: str, color: str) -> None:
        """Show these words, and a bar in a code's colour; "" for a passage without a code."""
        self._color = color
        if quote != self._quote or self.words.document().isEmpty():
            self._quote = quote
            self.words.clear()
            shown = quote if len(quote) <= MOST else quote[: snap(quote, 0, MOST)[1]]
            self.words.add(shown, color=self._context.theme.text)
            if len(shown) < len(quote):
                left = f"… and {len(quote) - len(shown):,} characters more. Copy takes all of them."
                self.words.add(left, color=self._context.theme.muted)
            self.words.moveCursor(self.words.textCursor().MoveOperation.Start)
        self.update()

    def dress(self) -> None:
        """Take on the colours of a theme."""
        palette = self.words.palette()
        palette.setColor(QPalette.ColorRole.Base, self._context.theme.hint)
        self.words.setPalette(palette)
        quote, self._quote = self._quote, ""
        self.show_quote(quote, self._color)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the bar."""
        theme = self._context.theme
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.hint)
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
            painter.fillRect(0, 0, BAR, self.height(), theme.bar(self._color) if self._color else theme.muted)
        finally:
            painter.end()
