"""Codes as chips that stand beside each other and wrap like words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from qcode.project.codes import Code
from qcode.ui.context import Context
from qcode.ui.labels import Elided
from qcode.ui.style import set_role
from qcode.ui.theme import Theme
from qcode.ui.widgets.painting import CHIP, GAP, draw_chip, draw_keycap, draw_words, keycap_width
from qcode.ui.widgets.plain import tip

HEIGHT = 28
BETWEEN = 6
_INSIDE = 12


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
        for part in parts:
            part.setParent(self)
            part.show()
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


class AddChip(QToolButton):
    """A chip that adds something, with its key as a cap where it has one."""

    def __init__(self, context: Context, what: str, tip_: str, key: Callable[[], str] = str) -> None:
        super().__init__()
        self._context = context
        self._key = key
        self.setFixedHeight(HEIGHT)
        self.setText(f"+ {what}")
        self.setAccessibleName(f"Add a {what}")
        self.setToolTip(tip_)

    def sizeHint(self) -> QSize:
        """Make room for the words and the key."""
        key = keycap_width(self.font(), self._key())
        return QSize(
            self.fontMetrics().horizontalAdvance(self.text()) + 2 * _INSIDE + (key + GAP if key else 0), HEIGHT
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what goes with the chips beside it."""
        theme = self._context.theme
        painter = QPainter(self)
        try:
            paint_pill(painter, self, theme, theme.accent if self.hasFocus() else theme.line, over=self.underMouse())
            painter.setPen(theme.text if self.isEnabled() else theme.muted)
            end = draw_words(painter, _INSIDE, self.width(), self.rect(), self.text())
            draw_keycap(painter, end + GAP, self.rect(), self._key(), theme)
        finally:
            painter.end()


class Chip(QFrame):
    """One code on a passage: a click, or Space, tells which is meant; the cross, or Delete, takes it off."""

    chosen = Signal()

    def __init__(self, context: Context, code: Code | None, remove: Callable[[], object]) -> None:
        super().__init__()
        self._context = context
        self.code = code
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
        self._remove = remove
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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
            lit = self.is_current or self.hasFocus()
            paint_pill(painter, self, theme, theme.accent if lit else theme.line, wide=2 if self.hasFocus() else 1)
            if self.code is not None:
                draw_chip(painter, 10, self.rect(), theme.bar(self.code.color))
        finally:
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose it, or take it off."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Delete and self.cross.isEnabled():
            self._remove()
        else:
            super().keyPressEvent(event)


def paint_pill(
    painter: QPainter, chip: QWidget, theme: Theme, edge: QColor, *, wide: int = 1, over: bool = False
) -> None:
    """Paint the round frame of a chip."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, wide))
    painter.setBrush(theme.hint if over else theme.field)
    inset = wide / 2
    painter.drawRoundedRect(chip.rect().toRectF().adjusted(inset, inset, -inset, -inset), HEIGHT / 2, HEIGHT / 2)
