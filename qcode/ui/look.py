"""How texts are shown to this researcher: type, paper, tints, ruler."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Self

from qcode.ui.reader.typography import READING_FAMILIES, Reading
from qcode.ui.theme import Theme, load

PAPERS = ("window", "light", "sepia", "dark")
POINTS = (8.0, 24.0)
LINE_HEIGHT = (1.2, 2.2)
LONGEST_LINE = (40, 110)  # characters
TINT = (0, 200)  # per cent of what the theme has


@dataclass(frozen=True, slots=True)
class Look:
    """What the researcher chose: points at 100 %, line height in em, the longest line in characters, tints in per cent.

    `family` "" is the program's own choice of a reading face; `paper` one of PAPERS, "window" as the window is.
    """

    family: str = ""
    points: float = 12.0
    line_height: float = 1.56
    longest_line: int = 68
    paper: str = "window"
    tint: int = 100
    ruler: bool = False

    def reading(self) -> Reading:
        """Give the type for a view."""
        families = (self.family, *READING_FAMILIES) if self.family else READING_FAMILIES
        return Reading(families, self.points, self.line_height, self.longest_line)

    def theme(self, window: Theme) -> Theme:
        """Give the theme for a view, whatever the window around it is dressed in."""
        paper = window if self.paper in ("window", window.name) else load(self.paper)
        if self.tint == 100:
            return paper
        return replace(paper, tint_strength=min(1.0, paper.tint_strength * self.tint / 100), _bars={}, _tints={})

    def as_text(self) -> str:
        """Write it for the settings."""
        return json.dumps(asdict(self))

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Read it from the settings; what is missing or out of bounds there is as at the first start."""
        usual = cls()
        try:
            kept = json.loads(text) if text else {}
        except ValueError:  # somebody wrote into the file of settings
            return usual
        if not isinstance(kept, dict):
            return usual
        there = {one.name: kept[one.name] for one in fields(cls) if _fits(one.name, kept.get(one.name), usual)}
        return replace(usual, **there)


def _fits(name: str, value: object, usual: Look) -> bool:
    bounds = {"points": POINTS, "line_height": LINE_HEIGHT, "longest_line": LONGEST_LINE, "tint": TINT}
    if name in bounds:
        low, high = bounds[name]
        number = isinstance(value, int | float) and not isinstance(value, bool)
        whole = isinstance(getattr(usual, name), float) or isinstance(value, int)
        return number and whole and low <= value <= high  # type: ignore[operator]
    if name == "paper":
        return value in PAPERS
    return type(value) is type(getattr(usual, name))
