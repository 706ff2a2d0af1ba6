"""What stands where there is nothing yet: what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from qcode.ui.icons import pixmap
from qcode.ui.style import label
from qcode.ui.theme import Theme


class EmptyState(QWidget):
    """Show an icon and one or two quiet sentences in the middle."""

    def __init__(self, words: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setVisible(bool(icon))
        self.words = label("", "muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(self._picture)
        layout.addWidget(self.words)
        layout.addStretch(3)
        self.say(words)

    def say(self, words: str) -> None:
        """Say something else."""
        self.words.setText(words)
        self.setAccessibleName(words)

    def dress(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        if self._icon:
            ratio = self.devicePixelRatioF()
            picture = pixmap(self._icon, theme.muted, round(28 * ratio))
            picture.setDevicePixelRatio(ratio)
            self._picture.setPixmap(picture)
