"""The field above a list that narrows it as one types."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget


class FilterField(QLineEdit):
    """Type to narrow `rows`; Down goes into them, Escape clears first and then goes back to them."""

    def __init__(self, name: str, rows: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):  # Qt's own, and mute
            button.setAccessibleName("Clear the filter")
        self.setMinimumHeight(28)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the field by Down and Escape, when there are rows to go to; everything else is typing."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Escape) and self._rows.isVisible():
            self._rows.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)
