"""Choose a colour among the defaults, or any other."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QToolButton, QWidget

from qcode.project import DEFAULT_COLORS
from qcode.ui.context import Context
from qcode.ui.style import set_role

NAMES = (
    "Blue",
    "Orange",
    "Green",
    "Rose",
    "Violet",
    "Sky blue",
    "Ochre",
    "Red",
    "Olive",
    "Slate",
    "Plum",
    "Teal",
)
COLUMNS, SIDE = 6, 20


class Swatches(QWidget):
    """Show the default colours, each with its name for those who do not see it, and a button for any other."""

    chosen = Signal(str)  # "#rrggbb"

    def __init__(self, context: Context, color: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.color = color
        self._group = QButtonGroup(self)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for place, (shade, name) in enumerate(zip(DEFAULT_COLORS, NAMES, strict=True)):
            button = self._button(shade, name)
            layout.addWidget(button, place // COLUMNS, place % COLUMNS)
        self.other = QToolButton()
        self.other.setText("Other…")
        self.other.setCheckable(True)
        self.other.setAccessibleName("Another colour")
        self.other.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.other.clicked.connect(self._ask)
        self._group.addButton(self.other)
        layout.addWidget(self.other, 0, COLUMNS, 2, 1)
        layout.setColumnStretch(COLUMNS + 1, 1)
        self.use(color)

    def use(self, color: str) -> None:
        """Make this the chosen colour."""
        self.color = color
        known = next((button for button in self._group.buttons() if button.property("color") == color), self.other)
        known.setChecked(True)
        self.other.setIcon(swatch(QColor(color)) if known is self.other else QIcon())

    def _button(self, shade: str, name: str) -> QToolButton:
        button = QToolButton()
        set_role(button, "quiet")
        button.setCheckable(True)
        button.setFixedSize(28, 28)
        button.setIconSize(QSize(SIDE, SIDE))
        button.setIcon(swatch(self._context.theme.bar(shade), self._context.theme.text))
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setProperty("color", shade)
        button.clicked.connect(lambda _=False: self._take(shade))
        self._group.addButton(button)
        return button

    def _take(self, shade: str) -> None:
        self.use(shade)
        self.chosen.emit(shade)

    def _ask(self) -> None:
        answer = self._context.ask.color("Colour of the code", self.color)
        self._take(answer or self.color)


def swatch(color: QColor, ring: QColor | None = None) -> QIcon:
    """Draw a square of one colour; where a ring is given, it goes round the square that is chosen."""
    icon = QIcon(_square(color, None))
    if ring is not None:
        icon.addPixmap(_square(color, ring), QIcon.Mode.Normal, QIcon.State.On)
    return icon


def _square(color: QColor, ring: QColor | None) -> QPixmap:
    made = QPixmap(SIDE * 2, SIDE * 2)
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ring is not None:
            painter.setPen(QPen(ring, 2))
            painter.drawRoundedRect(1, 1, SIDE - 2, SIDE - 2, 5, 5)
        inset = 4 if ring is not None else 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(inset, inset, SIDE - 2 * inset, SIDE - 2 * inset, 3, 3)
    finally:
        painter.end()
    return made
