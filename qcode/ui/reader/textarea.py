"""The widget that shows the text itself: it paints, and turns mouse and keys into moves of the caret."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
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

from qcode.ui.reader.ink import Ink
from qcode.ui.reader.keys import step_for, typed
from qcode.ui.reader.peer import AccessiblePeer
from qcode.ui.reader.pointer import Pointer
from qcode.ui.reader.scene import Scene
from qcode.ui.reader.tips import marks_tip

_AUTOSCROLL_MS = 25
_WHEEL_LINES = 3
_PLAIN = Qt.KeyboardModifier.NoModifier


class TextArea(QWidget):
    """Show the words of a scene; what it does to the place or the zoom it asks of the view through its signals."""

    scrollAsked = Signal(int)  # noqa: N815
    zoomAsked = Signal(int)  # noqa: N815
    menuRequested = Signal(QPoint, int)  # noqa: N815
    keyTyped = Signal(str)  # noqa: N815
    touched = Signal()
    stepped = Signal()
    painted = Signal()
    escaped = Signal()

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._pointer = Pointer(scene)
        self._drag_point = QPointF()
        self._autoscroll = QTimer(self)
        self._autoscroll.setInterval(_AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._scroll_while_dragging)
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._blink_caret)
        self._caret_lit = False
        self._wheel_rest = 0
        self.peer: AccessiblePeer | None = None
        self.ink = Ink(scene)
        self.setAccessibleName(self.tr("Text of the source"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(False)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self.ink.paint(
                painter, event.rect(), caret=self._caret_rect() if self._caret_lit and self.hasFocus() else None
            )
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
        self.show_caret()
        super().focusInEvent(event)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.touched.emit()
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._pointer.press(self._in_flow(event.position()), extend=extend, when=event.timestamp())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.double_click(self._in_flow(event.position()), when=event.timestamp())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._pointer.is_down:
            return
        self._drag_point = event.position()
        if 0 <= self._drag_point.y() < self.height():
            self._autoscroll.stop()
        elif not self._autoscroll.isActive():
            self._autoscroll.start()
        self._pointer.drag(self._in_flow(self._drag_point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._autoscroll.stop()
            self._pointer.release()

    def _scroll_while_dragging(self) -> None:
        if not self.isVisible():
            self._autoscroll.stop()
            self._pointer.release()
            return
        y = self._drag_point.y()
        beyond = y if y < 0 else y - self.height()
        speed = max(2, min(60, int(abs(beyond)) // 2))
        self.scrollAsked.emit(speed if beyond > 0 else -speed)
        inside = QPointF(self._drag_point.x(), min(max(0.0, y), self.height() - 1.0))
        self._pointer.drag(self._in_flow(inside))

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
        return super().event(event)

    def tip_at(self, point: QPointF) -> str:
        """Give what a tip says at a point: the codes over the character there."""
        inside = self._in_flow(point)
        offset = None if self._scene.bare else self._scene.flow.character_at(inside.x(), inside.y())
        return "" if offset is None else marks_tip(self._scene.paints, self._scene.index.at(offset))

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
        elif _is_control(event, Qt.Key.Key_E):
            self.touched.emit()
            caret.expand(self._scene.paragraphs)
        elif event.key() == Qt.Key.Key_Escape and (caret.has_selection() or self._scene.selected is not None):
            caret.put(caret.position)
            self.escaped.emit()
        else:
            return False
        return True

    def copy(self) -> None:
        """Put the selected words on the clipboard, as they stand in the source."""
        caret = self._scene.caret
        if caret.has_selection():
            QGuiApplication.clipboard().setText(self._scene.flow.text[caret.start : caret.end])


def _is_control(event: QKeyEvent, key: Qt.Key) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() == key and modifiers == Qt.KeyboardModifier.ControlModifier
