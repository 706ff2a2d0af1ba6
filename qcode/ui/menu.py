"""A menu that can be opened over the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu


class Menu(QMenu):
    """A menu whose letters are its own: while it is open, they do not reach the commands of the text behind it."""

    def event(self, event: QEvent) -> bool:
        """Claim letters before Qt looks for a command that has them as its key."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            if event.text().isprintable() and event.text() and not held:
                event.accept()
                return True
        return super().event(event)
