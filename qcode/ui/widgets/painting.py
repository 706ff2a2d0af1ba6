"""How rows, key caps and colour chips are painted, in lists and in the palette alike."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from qcode.ui.theme import Theme

PADDING = 13  # from the edge of a panel to what stands in it, as in headings and fields
CHIP = 10  # the side of a colour chip
GAP = 8
ROW_AIR = 9  # added to the height of the letters; a row must be an easy target


def row_height(metrics: QFontMetrics) -> int:
    """Tell how high a row of a list is: never under 26 pixels."""
    return max(26, metrics.height() + ROW_AIR)


def tabular(font: QFont, scale: float = 1.0) -> QFont:
    """Make a font whose figures have one width, so that counts stand in columns."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * scale)
    made.setFeature(QFont.Tag.fromString("tnum"), 1)
    return made


def draw_chip(painter: QPainter, left: int, row: QRect, color: QColor) -> int:
    """Paint a colour chip in the middle of a row; returns where it ends."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(QRectF(left, row.center().y() - CHIP / 2 + 1, CHIP, CHIP), 2.5, 2.5)
    painter.restore()
    return left + CHIP


def draw_triangle(painter: QPainter, room: QRect, color: QColor, *, opened: bool) -> None:
    """Paint a small triangle before a row that holds others: pointing down when they are shown."""
    x, y = room.right() - 6.0, room.center().y() + 1.0
    corners = [(-4, -2), (4, -2), (0, 3)] if opened else [(-2, -4), (3, 0), (-2, 4)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))
    painter.restore()


def keycap_width(font: QFont, key: str) -> int:
    """Tell how much room a key cap needs."""
    return max(17, QFontMetrics(keycap_font(font)).horizontalAdvance(key) + 10) if key else 0


def keycap_font(font: QFont) -> QFont:
    """Make the font of key caps, smaller than the words they stand beside."""
    return tabular(font, 0.82)


def draw_keycap(painter: QPainter, left: int, row: QRect, key: str, theme: Theme) -> int:
    """Paint the hint of a key in the middle of a row; returns where it ends."""
    width = keycap_width(painter.font(), key)
    if not width:
        return left
    painter.save()
    painter.setFont(keycap_font(painter.font()))
    height = painter.fontMetrics().height() + 2
    cap = QRectF(left + 0.5, row.center().y() - height / 2 + 1, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.line, 1))
    painter.setBrush(theme.hint)
    painter.drawRoundedRect(cap, 3, 3)
    painter.setPen(theme.hint_text)
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()
    return left + width


def draw_count(painter: QPainter, row: QRect, count: int, color: QColor) -> int:
    """Paint a count at the right end of a row; returns where it begins."""
    words = f"{count:,}"
    painter.save()
    font = tabular(painter.font(), 0.95)
    painter.setFont(font)
    painter.setPen(color)
    width = painter.fontMetrics().horizontalAdvance(words)
    box = row.adjusted(0, 0, -PADDING, 0)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
    painter.restore()
    return row.right() - PADDING - width


def draw_words(painter: QPainter, left: int, right: int, row: QRect, words: str) -> int:
    """Paint one line of words between two edges, cut with an ellipsis when it is too long; returns where it ends."""
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, right - left))
    # drawText would take an ampersand for a mnemonic only when asked to; it is not asked
    box = QRect(left, row.top(), max(0, right - left), row.height())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return left + painter.fontMetrics().horizontalAdvance(shown)
