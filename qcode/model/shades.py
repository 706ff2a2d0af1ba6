"""How far apart two colours look, and which of the default colours a new code gets."""

from __future__ import annotations

import math
from collections.abc import Mapping

from qcode.model.values import DEFAULT_COLORS

Lab = tuple[float, float, float]


def next_color(used: Mapping[str, int]) -> str:
    """Choose the default colour that looks least like those in use; of several all alike, the one that few have.

    `used` counts the codes that have a colour.
    """
    there = [lab(color) for color in used]

    def fitness(color: str) -> tuple[float, int]:
        mine = lab(color)
        return min((math.dist(mine, other) for other in there), default=math.inf), -used.get(color, 0)

    return max(DEFAULT_COLORS, key=fitness)


def lab(color: str) -> Lab:
    """Give L*, a* and b* of a colour written #rrggbb: their distance (CIE 1976) is about how different they look."""
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    x = _bent((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
    y = _bent(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    z = _bent((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _bent(part: float) -> float:
    return float(part ** (1 / 3)) if part > 0.008856 else 7.787 * part + 16 / 116
