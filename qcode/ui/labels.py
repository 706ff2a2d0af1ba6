"""Labels that behave at any width."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from qcode.ui.style import set_role


class Elided(QLabel):
    """A line that gives way: cut with an ellipsis instead of making the window wide. Its tip has the whole."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._whole = text
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if role:
            set_role(self, role)
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole text."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 2, max(metrics.height(), super().sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """Be content with a few letters."""
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(self.contentsRect().width(), 0)
        line = " ".join(self._whole.split())
        self.setText(QFontMetrics(self.font()).elidedText(line, Qt.TextElideMode.ElideMiddle, room))
