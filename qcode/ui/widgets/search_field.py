"""The field in the top bar in which one searches everything."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton

from qcode.ui.actions import Actions
from qcode.ui.style import label
from qcode.ui.widgets.slim_bar import BarField

PLACEHOLDER = "Search sources, passages, codes and comments"
_COPY = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchField(BarField):
    """Type into it; `stepped` tells of Up and Down, `dropped` that the keyboard went elsewhere."""

    stepped = Signal(int)
    dropped = Signal()
    came = Signal()
    copyAsked = Signal()  # noqa: N815 - of what is chosen in the list, with where it stands

    def __init__(self, actions: Actions) -> None:
        super().__init__("Search everything")
        self._actions = actions
        self.setPlaceholderText(PLACEHOLDER)
        self.setClearButtonEnabled(True)
        for clear in self.findChildren(QToolButton):  # Qt's own, and mute
            clear.setAccessibleName("Clear the search")
        self.hint = label("", "hint")
        self.hint.setParent(self)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(130)
        self.setMaximumWidth(520)
        self.textChanged.connect(lambda _: self._show_hint())
        actions.keysChanged.connect(self._show_hint)
        self._show_hint()

    def sizeHint(self) -> QSize:
        """Ask for as much as the mock-ups give it."""
        return QSize(500, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steer the list that drops down; everything else is typing."""
        if step := _STEPS.get(Qt.Key(event.key())):
            self.stepped.emit(step)
        elif event.keyCombination() == QKeyCombination(_COPY, Qt.Key.Key_C):
            self.copyAsked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show again what was found."""
        super().focusInEvent(event)
        self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Fold the list, unless only a menu or another window has the keyboard for a moment."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.dropped.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the hint at the right end."""
        super().resizeEvent(event)
        self._show_hint()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the hint in place when letters change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "hint"):
            self._show_hint()

    def _show_hint(self) -> None:
        key = self._actions.key("edit.search")
        self.hint.setText(key)
        self.hint.adjustSize()
        self.hint.move(self.width() - self.hint.width() - 8, (self.height() - self.hint.height()) // 2)
        shown = bool(key) and not self.text() and self.width() > 220
        self.hint.setVisible(shown)
        self.setTextMargins(0, 0, self.hint.width() + 8 if shown else 0, 0)  # the words end before it
