"""The window's pictures: one set of strokes in `resources/icons`, drawn in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from qcode.assets import asset_dir
from qcode.ui.theme import Theme, blend

# device pixels: 16 at 100, 125, 150, 200 and 300 per cent, so that Qt never has to enlarge one
SIZES = (16, 20, 24, 32, 48)


class Icons:
    """Get pictures by name, tinted for one theme and kept; a theme brings its own set."""

    def __init__(self, theme: Theme) -> None:
        self._color = theme.text
        self._faint = blend(theme.panel, theme.muted, 0.5)
        self._made: dict[tuple[str, str], QIcon] = {}

    def get(self, name: str, color: QColor | None = None) -> QIcon:
        """Get an icon; `color` instead of the text's colour. An empty name gives an empty icon."""
        if not name:
            return QIcon()
        tint = color or self._color
        key = name, tint.name()
        if key not in self._made:
            self._made[key] = self._draw(name, tint)
        return self._made[key]

    def _draw(self, name: str, color: QColor) -> QIcon:
        icon = QIcon()
        for mode, tint in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, self._faint)):
            drawing = _tinted(name, tint)
            for size in SIZES:
                icon.addPixmap(_render(drawing, size), mode)
        return icon


def pixmap(name: str, color: QColor, size: int) -> QPixmap:
    """Draw one picture, `size` device pixels square."""
    return _render(_tinted(name, color), size)


def app_icon() -> QIcon:
    """Get the program's own picture."""
    drawing = QSvgRenderer(str(asset_dir("resources") / "app" / "qcode.svg"))
    icon = QIcon()
    for size in (16, 32, 48, 64, 128, 256):
        icon.addPixmap(_render(drawing, size))
    return icon


def _tinted(name: str, color: QColor) -> QSvgRenderer:
    strokes = (asset_dir("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(strokes.replace("currentColor", color.name()).encode()))


def _render(drawing: QSvgRenderer, size: int) -> QPixmap:
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    try:
        drawing.render(painter)
    finally:
        painter.end()
    return made
