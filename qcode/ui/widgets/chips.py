"""Codes as chips that stand beside each other and wrap like words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from qcode.project.codes import Code
from qcode.ui.context import Context
from qcode.ui.labels import Elided
from qcode.ui.style import set_role
from qcode.ui.widgets.painting import CHIP, draw_chip
from qcode.ui.widgets.plain import tip

HEIGHT = 28
BETWEEN = 6


class Flow(QWidget):
    """Lay widgets out as words are: side by side, and in the next line where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []

    def fill(self, parts: list[QWidget]) -> None:
        """Hold these widgets, in order, instead of those before, which are let go unless they come again."""
        for gone in (part for part in self._parts if part not in parts):
            gone.hide()
            gone.deleteLater()
        for before, part in pairwise([None, *parts]):
            if part is not None:
                part.setParent(self)
                part.show()
                if before is not None:
                    QWidget.setTabOrder(before, part)
        self._parts = parts
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        x = y = line = 0
        for part in self._parts:
            size = part.sizeHint().boundedTo(QSize(max(self.width(), 60), HEIGHT))
            if x and x + size.width() > self.width():
                x, y = 0, y + line + BETWEEN
            part.setGeometry(QRect(QPoint(x, y), QSize(size.width(), HEIGHT)))
            x, line = x + size.width() + BETWEEN, HEIGHT
        self.setFixedHeight(y + line)


class Chip(QFrame):
    """One code on a passage: a click tells which is meant, the cross takes it off."""

    chosen = Signal()

    def __init__(self, context: Context, code: Code | None, remove: Callable[[], object]) -> None:
        super().__init__()
        self._context = context
        self._code = code
        self.is_current = False
        name = code.name if code else "?"
        self.setFixedHeight(HEIGHT)
        self.name = Elided(name)
        self.name.setMaximumWidth(190)
        self.name.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.cross = QToolButton()
        set_role(self.cross, "quiet")
        self.cross.setFixedSize(24, 24)
        self.cross.setIcon(context.icons.get("close"))
        self.cross.setIconSize(QSize(10, 10))
        self.cross.setAccessibleName(f"Remove {name}")
        self.cross.setToolTip(tip(f"Remove {name}"))
        self.cross.clicked.connect(lambda _=False: remove())
        self.setAccessibleName(name)
        self.setToolTip(tip("\n".join(part for part in (code.path, code.short_definition) if part)) if code else "")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10 + CHIP + 6, 1, 2, 1)
        layout.setSpacing(2)
        layout.addWidget(self.name)
        layout.addWidget(self.cross)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a round frame, and the colour of the code."""
        theme = self._context.theme
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.accent if self.is_current else theme.line, 1))
            painter.setBrush(theme.field)
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), HEIGHT / 2, HEIGHT / 2)
            if self._code is not None:
                draw_chip(painter, 10, self.rect(), theme.bar(self._code.color))
        finally:
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()
