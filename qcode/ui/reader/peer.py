"""A stand-in for the text that screen readers know how to read.

Qt can tell assistive technology about a text only through its own text widgets. This one is never seen: it holds the
caret's paragraph, follows caret and selection, passes all keys on, and says where codes begin and end. It is made
only when assistive technology is there.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from qcode.ui.reader.scene import Scene
from qcode.ui.textpos import TextPositions


class AccessiblePeer(QPlainTextEdit):
    """Speak for the text area; it takes the keyboard in its place."""

    def __init__(self, scene: Scene, area: QWidget) -> None:
        super().__init__(area)
        self._scene = scene
        self._area = area
        self._piece = -1
        self._text = ""
        self._codes: dict[int | str, str] = {}
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameStyle(QFrame.Shape.NoFrame)
        self.setAccessibleName(area.accessibleName())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        area.setFocusProxy(self)
        self.follow()

    def follow(self) -> None:
        """Hold the paragraph, the caret and the selection that the view has now."""
        flow, caret = self._scene.flow, self._scene.caret
        piece = flow.pieces.at(caret.position)
        text = flow.pieces.string(piece)
        if (piece, text) != (self._piece, self._text):
            self._piece, self._text = piece, text
            self.setPlainText(text)
        start, positions = flow.pieces.starts[piece], TextPositions(text)

        def unit(offset: int) -> int:
            return positions.to_utf16(min(max(0, offset - start), len(text)))

        cursor = self.textCursor()
        cursor.setPosition(unit(caret.anchor))
        cursor.setPosition(unit(caret.position), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._tell_codes()

    def place(self, left: int) -> None:
        """Lie over the caret's paragraph, so that magnifiers find it."""
        rect = self._scene.flow.caret_rect(self._scene.caret.position)
        if rect is not None:
            layout = self._scene.flow.layout(self._scene.flow.pieces.at(self._scene.caret.position))
            self.setGeometry(left, rect.top(), self._scene.flow.width, layout.height)

    def announcement(self, codes: Mapping[int | str, str]) -> str:
        """Put into words which codes, turns and the like begin and end between the last place and one with `codes`."""
        ended = [self.tr("{code} ends").format(code=name) for code, name in self._codes.items() if code not in codes]
        begun = [self.tr("{code} begins").format(code=name) for code, name in codes.items() if code not in self._codes]
        return ", ".join(ended + begun)

    def _tell_codes(self) -> None:
        marks = self._scene.index.at(self._scene.caret.position)
        codes: dict[int | str, str] = {mark[2]: self._scene.paints.look(mark[2]).name for mark in marks}
        codes |= {said: said for said in self._scene.signs.told(self._scene.caret.position)}
        words = self.announcement(codes)
        self._codes = codes
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # Our own commands come first; a text widget would keep Ctrl+C and its like for itself.
            event.ignore()
            return False
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show nothing: the text area has painted everything."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._area.keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._area.focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        area = self.parentWidget()
        if area is not None:
            area.update()
