"""The window's colours by role, read from `resources/themes/*.toml`, and the palette made from them."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor, QPalette

from qcode.assets import asset_dir

NAMES = ("light", "dark")  # of the window
PAPERS = ("light", "sepia", "dark")  # of what is read
BAR_CONTRAST = 3.0
TEXT_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Theme:
    """Ask it for every colour that is painted, so that light and dark stay one decision."""

    name: str
    dark: bool
    tint_strength: float
    window: QColor
    panel: QColor
    paper: QColor
    ink: QColor
    text: QColor
    muted: QColor
    line: QColor
    field: QColor
    accent: QColor
    on_accent: QColor
    row: QColor
    row_text: QColor
    selection: QColor
    hint: QColor
    hint_text: QColor
    danger: QColor
    _bars: dict[str, QColor] = dataclasses.field(default_factory=dict, repr=False, compare=False)
    _tints: dict[str, QColor] = dataclasses.field(default_factory=dict, repr=False, compare=False)

    def bar(self, color: str) -> QColor:
        """Draw brackets, swatches and underlines in it: a code's colour, shifted until it stands out from the paper."""
        if color not in self._bars:
            lifted = _lift(QColor(color)) if self.dark else QColor(color)
            self._bars[color] = _readable(lifted, self.paper, BAR_CONTRAST, lighter=self.dark)
        return self._bars[color]

    def tint(self, color: str) -> QColor:
        """Fill behind coded words with it: an opaque blend of paper and the code's bar, so that overlaps stay clean."""
        if color not in self._tints:
            self._tints[color] = blend(self.paper, self.bar(color), self.tint_strength)
        return self._tints[color]


def load(name: str) -> Theme:
    """Read one of our themes by name: "light", "sepia" or "dark"."""
    return read(asset_dir("resources") / "themes" / f"{name}.toml")


def read(path: Path) -> Theme:
    """Read a theme from a file; a missing or unknown role is a ValueError that names it."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    colors: dict[str, str] = table["colors"]
    roles = {entry.name for entry in dataclasses.fields(Theme) if entry.type == "QColor"}
    if wrong := roles ^ set(colors):
        raise ValueError(f"{path.name}: these colours are missing or unknown: {', '.join(sorted(wrong))}")
    made: dict[str, Any] = {role: QColor(value) for role, value in colors.items()}
    return Theme(name=table["name"], dark=table["dark"], tint_strength=table["tint_strength"], **made)


def palette(theme: Theme) -> QPalette:
    """Make what Qt's own widgets paint with, disabled state included."""
    made = QPalette(theme.text, theme.panel, theme.line, theme.line, theme.line, theme.text, theme.field)
    role = QPalette.ColorRole
    for which, color in (
        (role.Window, theme.panel),
        (role.WindowText, theme.text),
        (role.Base, theme.field),
        (role.AlternateBase, theme.panel),
        (role.Text, theme.text),
        (role.Button, theme.field),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.danger),
        (role.PlaceholderText, theme.muted),
        (role.ToolTipBase, theme.field),
        (role.ToolTipText, theme.text),
        (role.Highlight, theme.row),
        (role.HighlightedText, theme.row_text),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, theme.field),
        (role.Midlight, theme.hint),
        (role.Mid, theme.line),
        (role.Dark, blend(theme.line, theme.text, 0.2)),
        (role.Shadow, blend(theme.line, theme.text, 0.4)),
    ):
        made.setColor(which, color)
    faint = blend(theme.panel, theme.muted, 0.65)
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, which, faint)
    return made


def blend(below: QColor, above: QColor, share: float) -> QColor:
    """Lay `share` (0 to 1) of one colour over another, opaque."""
    parts = ((a, b) for a, b in zip(below.getRgb()[:3], above.getRgb()[:3], strict=True))  # type: ignore[index]
    return QColor(*(round(a + (b - a) * share) for a, b in parts))


def contrast(one: QColor, other: QColor) -> float:
    """Compare two colours as WCAG 2.2 does: from 1 (equal) to 21 (black on white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: QColor) -> float:
    red, green, blue = (_linear(part / 255) for part in (color.red(), color.green(), color.blue()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def lightness(color: QColor) -> float:
    """Tell how light a colour looks: L* of CIELAB, from 0 (black) to 100 (white)."""
    luminance = _luminance(color)
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def _lift(color: QColor) -> QColor:
    """Lighten a colour for dark paper, the dark ones more: their order stays, so what differed goes on differing."""
    wanted = min(85.0, max(48.0, 48 + (lightness(color) - 24) * 0.75))
    made = (blend(color, QColor("#ffffff"), step / 100) for step in range(101))
    return next(one for one in made if lightness(one) >= wanted)


def _readable(color: QColor, paper: QColor, wanted: float, *, lighter: bool) -> QColor:
    """Move a colour towards white or black in small steps until it reaches the contrast; the hue stays."""
    end = QColor("#ffffff" if lighter else "#000000")
    shares = (step / 50 for step in range(51))
    made = (blend(color, end, share) for share in shares)
    return next((one for one in made if contrast(one, paper) >= wanted), end)
