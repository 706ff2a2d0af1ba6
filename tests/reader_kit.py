"""A reader at the window: opens a text in the real view, points, drags, types, and looks at the pixels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest

from qcode.text.span import Span
from qcode.ui.reader import CodeLook, Mark, SourceView
from qcode.ui.reader.flow import Flow
from qcode.ui.reader.margin import Margin
from qcode.ui.reader.overview import Overview
from qcode.ui.reader.textarea import TextArea
from qcode.ui.theme import load

LOOKS = {
    1: CodeLook("Delegated", "#2f6fd6", "Delegated\nIt may."),
    2: CodeLook("Moral", "#1f8a5b", "It should."),
    3: CodeLook("Expert <b>&", "#14a0b0"),
}
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Desk:
    """One source open in a window of its own."""

    def __init__(self, qtbot, text: str, marks: Sequence[Mark] = (), spans: Sequence[Span] = (), *, size=(900, 640)):
        self.qtbot = qtbot
        self.theme = load("light")
        self.view = SourceView(theme=self.theme)
        # qtbot's own reference is weak: without this one, Python's collector could take a view away in mid-paint.
        qtbot.addWidget(self.view, before_close_func=lambda _view: self.view)
        self.view.resize(*size)
        self.view.show()
        self.view.activateWindow()
        QTest.qWaitForWindowActive(self.view)
        self.view.setFocus()
        self.area = self.view.findChild(TextArea)
        self.margin = self.view.findChild(Margin)
        self.overview = self.view.findChild(Overview)
        self.open(text, marks, spans)

    def open(self, text: str, marks: Sequence[Mark] = (), spans: Sequence[Span] = ()) -> None:
        self.text = text
        self.view.show(text, spans, sorted(marks, key=lambda mark: (mark[3], -mark[4])), LOOKS)
        self.look()

    @property
    def flow(self) -> Flow:
        return self.view._scene.flow

    @property
    def left(self) -> int:
        return self.area.ink.left

    # What is seen

    def look(self) -> QImage:
        """Paint the whole view and give the picture."""
        return self.view.grab().toImage()

    def point(self, offset: int) -> QPoint:
        """Where an offset is in the text area: at the caret, in the middle of its line's height."""
        rect = self.flow.caret_rect(offset)
        assert rect is not None, "that offset is out of sight"
        return QPoint(self.left + rect.left(), rect.center().y())

    def find(self, words: str) -> tuple[int, int]:
        start = self.text.index(words)
        return start, start + len(words)

    def colors_under(self, offset: int) -> list[str]:
        """The colours from the top of a character's line to the top of the next, in the middle of that character."""
        picture, rect, after = self.look(), self.flow.caret_rect(offset), self.flow.caret_rect(offset + 1)
        assert rect is not None and after is not None
        x = self.left + (rect.left() + after.left()) // 2
        placed = self.flow._find(self.flow.pieces.at(offset))
        return [picture.pixelColor(x, rect.top() + down).name() for down in range(placed.layout.style.pitch)]

    def settle(self) -> None:
        """Let the work for quiet moments be done."""
        self.qtbot.waitUntil(lambda: not self.view.is_busy())

    # Mouse

    def click(self, offset: int, modifier=NONE) -> None:
        QTest.mouseClick(self.area, Qt.MouseButton.LeftButton, modifier, self.point(offset))

    def drag(self, start: QPoint, end: QPoint, modifier=NONE) -> None:
        QTest.mousePress(self.area, Qt.MouseButton.LeftButton, modifier, start)
        QTest.mouseMove(self.area, (start + end) / 2)
        QTest.mouseMove(self.area, end)
        QTest.mouseRelease(self.area, Qt.MouseButton.LeftButton, modifier, end)

    def send(self, kind: QEvent.Type, point: QPoint, when: int) -> None:
        """Send a mouse event with a time of its own: QTest sets its clicks so far apart that they are never three."""
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        where = QPointF(point)
        event = QMouseEvent(kind, where, self.area.mapToGlobal(where), Qt.MouseButton.LeftButton, held, NONE)
        event.setTimestamp(when)
        QCoreApplication.sendEvent(self.area, event)

    # Keys

    def key(self, key: Qt.Key | str, modifier=NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.area, key, modifier)

    @property
    def selected(self) -> str:
        start, end = self.view.selection()
        return self.text[start:end]

    @property
    def caret(self) -> int:
        return self.view._scene.caret.position


def color(name: str) -> str:
    return QColor(name).name()
