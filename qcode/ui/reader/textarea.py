"""The widget that shows the text itself: it paints, and turns mouse and keys into moves of the caret."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QDrag,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from qcode.ui.reader.copying import copied, put_on_clipboard
from qcode.ui.reader.dragging import drop_goal, passage_data, passage_picture
from qcode.ui.reader.dropping import DropArea
from qcode.ui.reader.edgescroll import EdgeScroll
from qcode.ui.reader.ink import Ink
from qcode.ui.reader.keys import step_for, typed
from qcode.ui.reader.peer import AccessiblePeer
from qcode.ui.reader.pointer import Pointer
from qcode.ui.reader.resizing import Resizer
from qcode.ui.reader.scene import Scene
from qcode.ui.reader.tips import marks_tip, plain

_WHEEL_LINES = 3
_ZONE = 20
# A command that gives the text back, such as Esc in the find bar, needs no frame: the caret is where it was.
_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_PLAIN = Qt.KeyboardModifier.NoModifier


class TextArea(DropArea):
    """Show the words of a scene; what it does to the place or the zoom it asks of the view through its signals."""

    scrollAsked = Signal(int)  # noqa: N815
    zoomAsked = Signal(int)  # noqa: N815
    menuRequested = Signal(QPoint, int)  # noqa: N815
    keyTyped = Signal(str)  # noqa: N815
    touched = Signal()
    stepped = Signal()
    painted = Signal()
    escaped = Signal()
    released = Signal(QPoint)
    codesDropped = Signal(object, int, int)  # noqa: N815

    def __init__(self, scene: Scene, resizer: Resizer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._resizer = resizer
        self._pointer = Pointer(scene)
        self._drag_point = QPointF()
        self._ruler_y: float | None = None
        self._edges = EdgeScroll(self)
        self._edges.turned.connect(self._scroll_while_dragging)
        # Replaced where no drag can run: it lasts until the mouse is let go somewhere.
        self.run_drag: Callable[[QDrag], object] = lambda drag: drag.exec(Qt.DropAction.CopyAction)
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._blink_caret)
        self._caret_lit = self._came_by_key = False
        self._wheel_rest = 0
        self.peer: AccessiblePeer | None = None
        self.ink = Ink(scene)
        self.setAccessibleName(self.tr("Text of the source"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            caret = self._caret_rect() if self._caret_lit and self.hasFocus() else None
            self.ink.paint(painter, event.rect(), caret=caret, ruler=self._ruler())
            if self._came_by_key and self.hasFocus():
                self.ink.paint_focus(painter, self.rect())
        finally:
            painter.end()
        self.painted.emit()

    def show_caret(self) -> None:
        """Light the caret and let it blink from now on, if the keyboard is here."""
        self._caret_lit = self.hasFocus()
        half = QGuiApplication.styleHints().cursorFlashTime() // 2
        if self._caret_lit and half > 0:
            self._blink.start(half)
        else:
            self._blink.stop()
        if self.peer is not None:
            self.peer.follow()
            self.peer.place(self.ink.left)
        self.update()

    def _caret_rect(self) -> QRect | None:
        return self._scene.flow.caret_rect(self._scene.caret.position)

    def _ruler(self) -> QRect | None:
        """Give the band on the line under the pointer or, when the pointer is elsewhere, on the caret's line."""
        if not self._scene.ruler:
            return None
        if self._ruler_y is not None:
            return QRect(0, (box := self._scene.flow.line_box_at(self._ruler_y))[0], self.width(), box[1])
        caret = self._caret_rect()
        return None if caret is None else QRect(0, caret.top(), self.width(), caret.height() + 3)

    def rule_at(self, y: float | None) -> None:
        """Lay the reading ruler on the line at a height; None lays it on the caret's line."""
        before = self._ruler()
        self._ruler_y = y
        after = self._ruler()
        if before != after:
            for band in (before, after):
                if band is not None:
                    self.update(band)

    def caret_in_widget(self) -> QRect | None:
        """Give where the caret is in this widget; None when it is out of sight."""
        rect = self._caret_rect()
        return None if rect is None else rect.translated(self.ink.left, 0)

    # Time

    def _blink_caret(self) -> None:
        # Asked here instead of stopping the timer when the keyboard leaves: on its way out of the world a widget is
        # still told that it is hidden, when Python has forgotten all of its attributes.
        if not (self.hasFocus() and self.isVisible()):
            self._blink.stop()
        self._caret_lit = not self._caret_lit
        rect = self.caret_in_widget()
        if rect is not None:
            self.update(rect)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.peer is None and QAccessible.isActive():
            self.peer = AccessiblePeer(self._scene, self)
            self.peer.show()
            self.peer.setFocus(event.reason())
        # Who comes with the mouse knows where he is; who comes by keys is shown it.
        self._came_by_key = event.reason() in _KEYS
        self.show_caret()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        held = self.ink.handle_at(event.position().toPoint())
        if held is not None:
            edge, stands = held
            self._resizer.begin(edge, held=event.position() - stands.center().toPointF())
            return
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._pointer.press(self._in_flow(event.position()), extend=extend, when=event.timestamp())
        if not self._pointer.is_on_selection:
            self.touched.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.double_click(self._in_flow(event.position()), when=event.timestamp())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._drag_point = event.position()
        if self._resizer.is_active:
            self._edges.follow(self._drag_point.y(), self.height(), zone=_ZONE)
            self._resizer.drag(self._in_flow(self._drag_point), words=_has_control(event))
        elif self._pointer.leaves_with_selection(self._in_flow(self._drag_point)):
            self._drag_out()
        elif self._pointer.is_drawing:
            self._edges.follow(self._drag_point.y(), self.height())
            self._pointer.drag(self._in_flow(self._drag_point))
        elif not self._pointer.is_down:
            self._hover(self._drag_point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._edges.stop()
        if self._resizer.is_active:
            self.released.emit(event.globalPosition().toPoint())
        elif self._pointer.release():
            self.touched.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self.rule_at(None)
        super().leaveEvent(event)

    def _hover(self, point: QPointF) -> None:
        on_handle = self.ink.handle_at(point.toPoint()) is not None
        shape = Qt.CursorShape.SizeHorCursor if on_handle else Qt.CursorShape.IBeamCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)
        if self._scene.ruler:
            self.rule_at(point.y())

    def _scroll_while_dragging(self, pixels: int) -> None:
        if not self.isVisible():
            self._edges.stop()
            self._pointer.let_go()
            self._resizer.cancel()
            return
        self.scrollAsked.emit(pixels)
        y = min(max(0.0, self._drag_point.y()), self.height() - 1.0)
        inside = self._in_flow(QPointF(self._drag_point.x(), y))
        if self._resizer.is_active:
            self._resizer.drag(inside, words=False)
        elif self._pointer.is_drawing:
            self._pointer.drag(inside)
        else:
            self.aim(self._drag_point)

    # Drag and drop

    def _drag_out(self) -> None:
        self._pointer.let_go()
        scene = self._scene
        text = scene.flow.text[scene.caret.start : scene.caret.end]
        drag = QDrag(self)
        drag.setMimeData(passage_data(scene.source, scene.caret.start, scene.caret.end, text))
        drag.setPixmap(passage_picture(text, self.font(), scene.paints.theme, self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(-12, -4))
        try:
            self.run_drag(drag)
        finally:
            drag.deleteLater()

    def aim(self, point: QPointF | None) -> bool:
        """Show what would be coded if codes were let go at a point; near an edge, scroll on."""
        goal = None
        if point is None:
            self._edges.stop()
        else:
            self._drag_point = point
            self._edges.follow(point.y(), self.height(), zone=_ZONE)
            inside = self._in_flow(point)
            goal = drop_goal(self._scene, self._scene.flow.offset_at(inside.x(), inside.y()))
        if goal != self._scene.drop_span:
            self._scene.drop_span = goal
            self.update()
        return goal is not None

    def take(self, codes: list[int]) -> None:
        """Ask that the stretch aimed at be coded."""
        if self._scene.drop_span is not None:
            self.codesDropped.emit(codes, *self._scene.drop_span)

    # Wheel, menu, tips

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if turned:
                self.zoomAsked.emit(1 if turned > 0 else -1)
        elif event.pixelDelta().y():
            self.scrollAsked.emit(-event.pixelDelta().y())
        else:
            # A fine wheel turns by parts of a notch: what is less than a pixel is kept for the next turn.
            self._wheel_rest -= turned * _WHEEL_LINES * self._scene.flow.typography.body.pitch
            pixels = int(self._wheel_rest / 120)
            self._wheel_rest -= pixels * 120
            self.scrollAsked.emit(pixels)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        caret = self._scene.caret
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            point = self._in_flow(QPointF(event.pos()))
            offset, place = self._scene.flow.offset_at(point.x(), point.y()), event.globalPos()
            if not caret.start <= offset <= caret.end:
                caret.put(offset)
        else:
            rect = self.caret_in_widget() or QRect(self.ink.left, 0, 1, 1)
            offset, place = caret.position, self.mapToGlobal(rect.bottomLeft())
        self.menuRequested.emit(place, offset)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self._resizer.is_active and _is_escape(event):
            event.accept()  # an end that is being dragged is put back, whatever else the window uses that key for
            return True
        return super().event(event)

    def tip_at(self, point: QPointF) -> str:
        """Give what a tip says at a point: the codes over the character there and its signs, or those in the gutter."""
        scene, inside = self._scene, self._in_flow(point)
        if inside.x() < 0:
            return plain(self.ink.gutter.label_at(point.toPoint(), scene.flow.in_sight(), self.ink.left))
        offset = scene.flow.character_at(inside.x(), inside.y())
        if offset is None:
            return ""
        marks = [] if scene.bare else scene.index.at(offset)
        return marks_tip(scene.paints, marks, scene.tell, also=scene.signs.told(offset))

    def _tell_at_caret(self) -> None:
        """Show by keys what hovering shows: what is selected or else what lies over the caret."""
        scene, mark = self._scene, self._scene.selected_mark()
        marks = [mark] if mark is not None else scene.index.at(scene.caret.position)
        rect = self.caret_in_widget()
        tip = marks_tip(scene.paints, marks, scene.tell, also=scene.signs.told(scene.caret.position))
        if rect is not None:
            QToolTip.showText(self.mapToGlobal(rect.bottomLeft()), tip, self)

    def _in_flow(self, point: QPointF) -> QPointF:
        return QPointF(point.x() - self.ink.left, point.y())

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._key_moves(event) or self._key_commands(event):
            event.accept()
            return
        character = typed(event)
        if character:
            self.keyTyped.emit(character)
            event.accept()
            return
        event.ignore()

    def _key_moves(self, event: QKeyEvent) -> bool:
        step = step_for(event)
        if step is None:
            return False
        self.touched.emit()
        self.rule_at(None)
        self._scene.caret.move(step.move, keep_anchor=step.selecting)
        self.stepped.emit()
        return True

    def _key_commands(self, event: QKeyEvent) -> bool:
        caret = self._scene.caret
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            caret.select(0, len(self._scene.flow.text))
        elif event.key() == Qt.Key.Key_Space and event.modifiers() in (_PLAIN, Qt.KeyboardModifier.ShiftModifier):
            # Read on by a page; what is selected stays selected.
            page = max(1, self.height() - self._scene.flow.typography.body.pitch)
            self.scrollAsked.emit(page if event.modifiers() == _PLAIN else -page)
        elif event.matches(QKeySequence.StandardKey.ZoomIn) or _is_control(event, Qt.Key.Key_Equal):
            self.zoomAsked.emit(1)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.zoomAsked.emit(-1)
        elif _is_control(event, Qt.Key.Key_0):
            self.zoomAsked.emit(0)
        elif event.matches(QKeySequence.StandardKey.WhatsThis):
            self._tell_at_caret()
        elif _is_control(event, Qt.Key.Key_E):
            self.touched.emit()
            caret.expand(self._scene.paragraphs)
        elif event.key() == Qt.Key.Key_Escape and self._resizer.is_active:
            self._edges.stop()
            self._resizer.cancel()
        elif event.key() == Qt.Key.Key_Escape and (caret.has_selection() or self._scene.selected is not None):
            caret.put(caret.position)
            self.escaped.emit()
        else:
            return False
        return True

    def copy(self) -> None:
        """Put the selected words, or those of the selected mark, on the clipboard, plain and with where they stand."""
        caret, mark = self._scene.caret, self._scene.selected_mark()
        start, end = (mark[3], mark[4]) if mark is not None and not caret.has_selection() else (caret.start, caret.end)
        if start < end:
            words, quote = self._scene.flow.text[start:end], self._scene.quote
            put_on_clipboard(copied(words, partial(quote, start, end) if quote is not None else None))


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def _has_control(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _is_control(event: QKeyEvent, key: Qt.Key) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() == key and modifiers == Qt.KeyboardModifier.ControlModifier
