"""The line at the top of a panel: its name in small capitals, and one button."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from qcode.ui.icons import Icons
from qcode.ui.style import label, set_role


class Heading(QWidget):
    """Head a panel with it; the button does what `action` does and says its words."""

    def __init__(self, title: str, action: QAction | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label(title.upper(), "heading")
        self.label.setAccessibleName(title)
        self.button: QToolButton | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.label, 1)
        if action is not None:
            self.button = self._plus(action)
            layout.addWidget(self.button)

    def _plus(self, action: QAction) -> QToolButton:
        button = QToolButton()
        set_role(button, "quiet")
        button.setFixedSize(26, 26)
        button.setIconSize(QSize(14, 14))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text().replace("&", "").removesuffix("…"))
        button.setToolTip(action.toolTip())
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        return button

    def dress(self, icons: Icons) -> None:
        """Take on the colours of a theme."""
        if self.button is not None:
            self.button.setIcon(icons.get("plus"))


def small_capitals(font: QFont) -> QFont:
    """Make the font of headings that are painted; labels have it from the style sheet, by their role."""
    made = QFont(font)
    made.setPointSizeF(max(6.5, font.pointSizeF() * 0.86))
    made.setBold(True)
    made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 107)
    return made
