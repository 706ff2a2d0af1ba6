"""Paint the text: tints and bars under the words, the words, the gutter beside them, selection and caret."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QRegion

from qcode.ui.reader.gutter import Gutter
from qcode.ui.reader.highlights import display
from qcode.ui.reader.layouts import Display
from qcode.ui.reader.pages import Placed
from qcode.ui.reader.resizing import Edge
from qcode.ui.reader.scene import Scene

_NO_PEN = Qt.PenStyle.NoPen
_OUTLINE = 2
_ROUND = 4.0
_KNOB = 4.5
_ACROSS = 10_000


class Ink:
    """Paint a scene, layer by layer; `left` is where the lines begin in the widget."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.gutter = Gutter(scene)
        self.left = 0

    def paint(self, painter: QPainter, clip: QRect, *, caret: QRect | None = None, ruler: QRect | None = None) -> None:
        """Paint what lies in `clip`; caret and ruler only when they are to be seen."""
        theme = self._scene.paints.theme
        painter.fillRect(clip, theme.paper)
        if ruler is not None:
            painter.fillRect(ruler, self._scene.paints.ruler)
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
        self._paint_current_hit(painter, shown)
        self._paint_drop(painter)
        for placed in shown:
            self._paint_words(painter, placed)
        self.gutter.paint(painter, shown, self.left)
        self._paint_read_to(painter)
        self._paint_handles(painter)
        if caret is not None:
            painter.fillRect(caret.translated(self.left, 0), theme.accent)

    def paint_focus(self, painter: QPainter, rect: QRect) -> None:
        """Frame the text for those who came here by keys."""
        painter.setPen(QPen(self._scene.paints.theme.accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def handle_at(self, point: QPoint) -> tuple[Edge, QRect] | None:
        """Give the end of the selected mark that is taken hold of at a point, and where it stands."""
        for edge, knob in self._handles():
            # The knob stands out above the line, or below it, and there is room around it. In the line itself only
            # the end is held: the next sentence begins a space further, and one must be able to select it.
            start = edge is Edge.START
            around = QRect(knob.left() - 11, knob.top() - 12 if start else knob.bottom() - 3, 24, 16)
            within = knob.adjusted(-2 if start else -4, 0, 4 if start else 2, 0)
            if around.contains(point) or within.contains(point):
                return edge, knob
        return None

    def _handles(self) -> list[tuple[Edge, QRect]]:
        """List the ends of the selected mark in sight: where they stand, a pixel or two wide."""
        mark = self._scene.selected_mark()
        if mark is None or self._scene.bare:
            return []
        flow = self._scene.flow
        ends = (Edge.START, flow.caret_rect(mark[3])), (Edge.END, flow.end_rect(mark[4]))
        return [(edge, rect.translated(self.left - 1, 0)) for edge, rect in ends if rect is not None]

    def _paint_handles(self, painter: QPainter) -> None:
        handles = self._handles()
        if not handles:
            return
        theme = self._scene.paints.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(theme.paper, 1.5))
        painter.setBrush(theme.accent)
        for edge, rect in handles:
            y = rect.top() if edge is Edge.START else rect.bottom() + 2
            painter.drawEllipse(QPointF(rect.center().x() + 0.5, y), _KNOB, _KNOB)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_behind(self, painter: QPainter, placed: Placed) -> None:
        scene = self._scene
        marks = Display([], []) if scene.bare else self._display(placed)
        for code, rects in marks.tints:
            painter.setBrush(QBrush(scene.paints.tint(code)))
            painter.drawRects(rects)
        self._paint_selection(painter, placed)
        self._paint_hits(painter, placed)
        self._paint_drop_ground(painter, placed)
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
        rects = self._rects(placed, caret.start, caret.end)
        if caret.end > end and caret.start <= end:
            # The line end is selected too: show it, above all on a blank line.
            line = layout.line_count - 1
            x = round(layout.x_of(len(layout)))
            rects.append(QRect(x, layout.line_top(line), 5, layout.style.tint))
        painter.setBrush(QBrush(self._scene.paints.theme.selection))
        painter.drawRects(rects)

    def _paint_hits(self, painter: QPainter, placed: Placed) -> None:
        hits, paints = self._scene.hits, self._scene.paints
        if not len(hits):
            return
        for span in hits.within(*self._bounds(placed)):
            painter.setBrush(QBrush(paints.current_hit if span == hits.current else paints.hit))
            painter.drawRects(self._rects(placed, *span))

    def _paint_drop_ground(self, painter: QPainter, placed: Placed) -> None:
        goal = self._scene.drop_span
        if goal is not None and goal[0] < self._bounds(placed)[1] and goal[1] > self._bounds(placed)[0]:
            painter.setBrush(QBrush(self._scene.paints.theme.selection))
            painter.drawRects(self._rects(placed, *goal))

    def _paint_current_hit(self, painter: QPainter, shown: list[Placed]) -> None:
        """Frame the hit one stands at: a stronger colour alone is not told apart by every eye."""
        current = self._scene.hits.current
        if current is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._scene.paints.theme.ink, 1))
        for placed in shown:
            start, end = self._bounds(placed)
            if current[0] < end and current[1] > start:
                framed = [rect.translated(self.left, placed.y) for rect in self._rects(placed, *current)]
                painter.drawRects([rect.adjusted(-1, 0, 0, -1) for rect in framed])

    def _rects(self, placed: Placed, start: int, end: int) -> list[QRect]:
        """Give the boxes behind the words of [start, end) in one piece, from the piece's top left."""
        layout, begin = placed.layout, self._bounds(placed)[0]
        stretches = layout.stretches(start - begin, end - begin)
        return [QRect(x, layout.line_top(line), width, layout.style.tint) for line, x, width in stretches]

    def _paint_read_to(self, painter: QPainter) -> None:
        offset = self._scene.read_to
        y = None if offset is None else self._scene.flow.line_after(offset)
        if y is not None:
            painter.fillRect(QRect(0, y, _ACROSS, 1), self._scene.paints.theme.accent)

    def _paint_outline(self, painter: QPainter) -> None:
        mark = self._scene.selected_mark()
        if mark is None or self._scene.bare:
            return
        self._stroke(painter, self._shape(mark[3], mark[4]), dashed=False)

    def _paint_drop(self, painter: QPainter) -> None:
        if self._scene.drop_span is not None:
            self._stroke(painter, self._shape(*self._scene.drop_span), dashed=True)

    def _shape(self, low: int, high: int) -> QPainterPath:
        """Give the outline of a stretch, as far as it is in sight."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for placed in self._scene.flow.in_sight():
            start, end = self._bounds(placed)
            if low >= end or high <= start:
                continue
            layout, pitch = placed.layout, placed.layout.style.pitch
            for line, x, width in layout.stretches(low - start, high - start):
                if placed.first <= line <= placed.last:
                    top = placed.y + layout.line_top(line)
                    # Boxes of neighbouring lines overlap by a pixel, so that they grow together into one shape.
                    path.addRect(QRectF(self.left + x - 1.5, top - 1.0, width + 3.0, pitch + 1.0))
        return path

    def _stroke(self, painter: QPainter, path: QPainterPath, *, dashed: bool) -> None:
        if path.isEmpty():
            return
        pen = QPen(self._scene.paints.theme.accent, _OUTLINE)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.strokePath(_rounded(path.simplified()), pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_words(self, painter: QPainter, placed: Placed) -> None:
        """Paint the words in ink, and in grey those that are not data."""
        theme, (start, end) = self._scene.paints.theme, self._bounds(placed)
        out = self._scene.signs.out(start, end)
        painter.setPen(theme.muted if out == [(start, end)] else theme.ink)
        if not out or out == [(start, end)]:
            self._draw_lines(painter, placed)
            return
        grey = QRegion()
        for stretch in out:
            for rect in self._rects(placed, *stretch):
                # as high as the line, for accents and descenders that leave the box behind the words
                tall = rect.adjusted(0, -placed.layout.style.pitch // 4, 0, placed.layout.style.pitch // 4)
                grey += tall.translated(self.left, placed.y)
        across = QRegion(-_ACROSS, placed.y - _ACROSS, 3 * _ACROSS, 3 * _ACROSS)
        for color, region in ((theme.ink, across - grey), (theme.muted, grey)):
            painter.save()
            painter.setPen(color)
            painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)
            self._draw_lines(painter, placed)
            painter.restore()

    def _draw_lines(self, painter: QPainter, placed: Placed) -> None:
        layout, origin = placed.layout, QPointF(self.left, placed.y)
        if placed.first == 0 and placed.last == layout.line_count - 1:
            layout.layout.draw(painter, origin)
            return
        line_at = layout.layout.lineAt
        for line in range(placed.first, placed.last + 1):
            line_at(line).draw(painter, origin)

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
