"""The margin: brackets and names of the codings in sight, to be clicked, dragged by their ends and dropped on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from qcode.ui.reader.bracketink import BracketInk
from qcode.ui.reader.brackets import Bracket
from qcode.ui.reader.dropping import DropArea
from qcode.ui.reader.edgescroll import EdgeScroll
from qcode.ui.reader.marks import MarkKey, key_of
from qcode.ui.reader.resizing import Edge, Resizer
from qcode.ui.reader.scene import Scene
from qcode.ui.reader.tips import marks_tip

_END = 9
_ZONE = 20


class Margin(DropArea):
    """Show brackets and names; a click on one asks to select its mark."""

    marked = Signal(object)
    wheeled = Signal(QWheelEvent)
    menuAsked = Signal(QPoint, object)  # noqa: N815
    scrollAsked = Signal(int)  # noqa: N815
    released = Signal(QPoint)
    codesDropped = Signal(object, int, int)  # noqa: N815
    codeDropped = Signal(int, int, int)  # noqa: N815

    def __init__(self, scene: Scene, resizer: Resizer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._resizer = resizer
        self._drag_point = QPointF()
        self._edges = EdgeScroll(self)
        self._edges.turned.connect(self._scroll_while_dragging)
        self.ink = BracketInk(scene)
        self.from_text = 0
        self.setAccessibleName(self.tr("Codes in the margin"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.set_font()

    def forget_names(self) -> None:
        """Shape the names anew, since they or their font are others now."""
        self.ink.forget_names()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            theme = self._scene.paints.theme
            painter.fillRect(event.rect(), theme.paper)
            painter.fillRect(QRect(0, 0, 1, self.height()), theme.line)
            self.ink.paint(painter, self.size())
        finally:
            painter.end()

    def labels(self) -> list[tuple[QRect, Bracket]]:
        """List the boxes of the labels painted last, and whose they are."""
        return list(self.ink.labels)

    def brackets(self) -> list[tuple[QRect, Bracket]]:
        """List where a click takes a bracket painted last."""
        return list(self.ink.spines)

    def set_font(self) -> None:
        """Write the names in the font of the window, larger where the text is."""
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * self._scene.flow.typography.beside)
        self.ink.font = font
        self.forget_names()

    # Mouse

    def bracket_at(self, point: QPointF) -> Bracket | None:
        """Give the bracket or label under a point, as painted last; the nearest spine where brackets are close."""
        spot = point.toPoint()
        for box, bracket in self.ink.labels:
            if box.contains(spot):
                return bracket
        near = [
            (abs(box.center().x() - spot.x()), place)
            for place, (box, _) in enumerate(self.ink.spines)
            if box.contains(spot)
        ]
        return self.ink.spines[min(near)[1]][1] if near else None

    def end_at(self, point: QPointF) -> Edge | None:
        """Give the end of the selected mark's bracket that is taken hold of at a point."""
        spot = point.toPoint()
        for box, bracket in self.ink.spines:
            if len(bracket.marks) == 1 and self.ink.is_selected(bracket) and box.contains(spot):
                reach = min(_END, box.height() // 3)
                if spot.y() < box.top() + reach and not bracket.open_top:
                    return Edge.START
                if spot.y() > box.bottom() - reach and not bracket.open_bottom:
                    return Edge.END
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        edge = self.end_at(event.position())
        if edge is not None:
            self._resizer.begin(edge, by_lines=True)
            return
        bracket = self.bracket_at(event.position())
        self.marked.emit(None if bracket is None else self._next_of(bracket))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._resizer.is_active:
            self._drag_point = event.position()
            self._edges.follow(self._drag_point.y(), self.height(), zone=_ZONE)
            words = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._resizer.drag(self._in_flow(self._drag_point), words=words)
        elif self.end_at(event.position()) is not None:
            self.setCursor(Qt.CursorShape.SizeVerCursor)
        else:
            over = self.bracket_at(event.position()) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._edges.stop()
        if event.button() == Qt.MouseButton.LeftButton and self._resizer.is_active:
            self.released.emit(event.globalPosition().toPoint())

    def _scroll_while_dragging(self, pixels: int) -> None:
        if not (self._resizer.is_active and self.isVisible()):
            self._edges.stop()
            self._resizer.cancel()
            return
        self.scrollAsked.emit(pixels)
        y = min(max(0.0, self._drag_point.y()), self.height() - 1.0)
        self._resizer.drag(self._in_flow(QPointF(self._drag_point.x(), y)), words=False)

    def _in_flow(self, point: QPointF) -> QPointF:
        return QPointF(point.x() + self.from_text, point.y())

    # Drop

    def aim(self, point: QPointF | None) -> bool:
        """Show which mark is meant at a point; a bracket that stands for many means none of them."""
        bracket = None if point is None else self.bracket_at(point)
        key = key_of(bracket.marks[0]) if bracket is not None and len(bracket.marks) == 1 else None
        if key != self._scene.drop_mark:
            self._scene.drop_mark = key
            self.update()
        return key is not None

    def take(self, codes: list[int]) -> None:
        """Ask for what is meant: one code takes another's place, several can only be added."""
        key = self._scene.drop_mark
        mark = None if key is None else self._scene.index.get(key)
        if mark is not None and len(codes) == 1:
            self.codeDropped.emit(codes[0], mark[0], mark[1])
        elif mark is not None:
            self.codesDropped.emit(codes, mark[3], mark[4])

    # Menu, wheel, tips

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        bracket = self.bracket_at(QPointF(event.pos()))
        if bracket is not None:
            self.menuAsked.emit(event.globalPos(), key_of(bracket.marks[0]))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.wheeled.emit(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.set_font()
        return super().event(event)

    def tip_at(self, point: QPointF) -> str:
        """Give what a tip says at a point: the codes of the bracket or label there."""
        bracket = self.bracket_at(point)
        return "" if bracket is None else marks_tip(self._scene.paints, bracket.marks, self._scene.tell)

    def _next_of(self, bracket: Bracket) -> MarkKey:
        """Where one bracket stands for many marks, each click takes the next."""
        keys = [key_of(mark) for mark in bracket.marks]
        if self._scene.selected in keys:
            return keys[(keys.index(self._scene.selected) + 1) % len(keys)]
        return keys[0]
