"""Paint the text: tints and bars under the words, the words, the numbers of the paragraphs, selection and caret."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPainterPath, QPen

from qcode.ui.reader.flow import Placed
from qcode.ui.reader.highlights import display
from qcode.ui.reader.layouts import Display
from qcode.ui.reader.scene import Scene

_NO_PEN = Qt.PenStyle.NoPen
_OUTLINE = 2
_ROUND = 4.0


class Ink:
    """Paint a scene, layer by layer; `left` is where the lines begin in the widget."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.left = 0
        self.number_right = 0
        self.number_font = QFont()

    def paint(self, painter: QPainter, clip: QRect, *, caret: QRect | None) -> None:
        """Paint what lies in `clip`."""
        theme = self._scene.paints.theme
        painter.fillRect(clip, theme.paper)
        shown = [
            placed
            for placed in self._scene.flow.in_sight()
            if placed.y <= clip.bottom() and placed.y + placed.layout.height >= clip.top()
        ]
        painter.setPen(_NO_PEN)
        for placed in shown:
            painter.translate(self.left, placed.y)
            self._paint_behind(painter, placed)
            painter.translate(-self.left, -placed.y)
        self._paint_outline(painter)
        painter.setPen(theme.ink)
        for placed in shown:
            self._paint_words(painter, placed)
        self._paint_numbers(painter, shown)
        if caret is not None:
            painter.fillRect(caret.translated(self.left, 0), theme.accent)

    def _paint_behind(self, painter: QPainter, placed: Placed) -> None:
        scene = self._scene
        marks = Display([], []) if scene.bare else self._display(placed)
        for code, rects in marks.tints:
            painter.setBrush(QBrush(scene.paints.tint(code)))
            painter.drawRects(rects)
        self._paint_selection(painter, placed)
        for code, rects in marks.bars:
            painter.setBrush(scene.paints.bar_brush(code))
            painter.drawRects(rects)

    def _display(self, placed: Placed) -> Display:
        made = placed.layout.display
        if made is None:
            start, end = self._bounds(placed)
            made = display(placed.layout, start, self._scene.index.touching(start, max(end, start + 1)))
            placed.layout.display = made
        return made

    def _paint_selection(self, painter: QPainter, placed: Placed) -> None:
        caret, layout = self._scene.caret, placed.layout
        start, end = self._bounds(placed)
        if not caret.has_selection() or caret.start > end or caret.end <= start:
            return
        rects = [
            QRect(x, layout.line_top(line), width, layout.style.tint)
            for line, x, width in layout.stretches(caret.start - start, caret.end - start)
        ]
        if caret.end > end and caret.start <= end:
            # The line end is selected too: show it, above all on a blank line.
            line = layout.line_count - 1
            x = round(layout.x_of(len(layout)))
            rects.append(QRect(x, layout.line_top(line), 5, layout.style.tint))
        painter.setBrush(QBrush(self._scene.paints.theme.selection))
        painter.drawRects(rects)

    def _paint_outline(self, painter: QPainter) -> None:
        mark = self._scene.selected_mark()
        if mark is None or self._scene.bare:
            return
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for placed in self._scene.flow.in_sight():
            start, end = self._bounds(placed)
            if mark[3] >= end or mark[4] <= start:
                continue
            layout, pitch = placed.layout, placed.layout.style.pitch
            for line, x, width in layout.stretches(mark[3] - start, mark[4] - start):
                if placed.first <= line <= placed.last:
                    top = placed.y + layout.line_top(line)
                    # Boxes of neighbouring lines overlap by a pixel, so that they grow together into one shape.
                    path.addRect(QRectF(self.left + x - 1.5, top - 1.0, width + 3.0, pitch + 1.0))
        if path.isEmpty():
            return
        pen = QPen(self._scene.paints.theme.accent, _OUTLINE)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.strokePath(_rounded(path.simplified()), pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_words(self, painter: QPainter, placed: Placed) -> None:
        layout, origin = placed.layout, QPointF(self.left, placed.y)
        if placed.first == 0 and placed.last == layout.line_count - 1:
            layout.layout.draw(painter, origin)
            return
        line_at = layout.layout.lineAt
        for line in range(placed.first, placed.last + 1):
            line_at(line).draw(painter, origin)

    def _paint_numbers(self, painter: QPainter, shown: list[Placed]) -> None:
        scene = self._scene
        painter.setPen(scene.paints.theme.muted)
        painter.setFont(self.number_font)
        for placed in shown:
            if not scene.flow.pieces.begins_line(placed.piece) or scene.flow.pieces.is_blank(placed.piece):
                continue
            number = scene.paragraphs.number_at(scene.flow.pieces.starts[placed.piece])
            baseline = placed.y + placed.layout.style.above + placed.layout.style.baseline
            box = QRect(0, baseline - 40, self.number_right, 40 + painter.fontMetrics().descent())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), str(number))

    def _bounds(self, placed: Placed) -> tuple[int, int]:
        pieces = self._scene.flow.pieces
        return pieces.starts[placed.piece], pieces.ends[placed.piece]


def _rounded(path: QPainterPath) -> QPainterPath:
    """Round the corners of an outline."""
    made = QPainterPath()
    for polygon in path.toSubpathPolygons():
        corners = [polygon.at(place) for place in range(polygon.count() - int(polygon.isClosed()))]
        around = [corners[-1], *corners, corners[0]]
        for before, (corner, after) in zip(around, pairwise(around[1:]), strict=False):
            first, last = _towards(corner, before), _towards(corner, after)
            if corner is corners[0]:
                made.moveTo(first)
            else:
                made.lineTo(first)
            made.quadTo(corner, last)
        made.closeSubpath()
    return made


def _towards(corner: QPointF, other: QPointF) -> QPointF:
    side = QLineF(corner, other)
    return side.pointAt(min(_ROUND, side.length() / 2) / max(side.length(), 0.01))
