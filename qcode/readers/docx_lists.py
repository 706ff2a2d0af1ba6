"""The numbers of lists in a Word document, counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from qcode.readers import numerals
from qcode.readers.docx_styles import W, number, value

_PLACE = re.compile("%([1-9])")
_LONGEST_MARKER = 80
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": "{:02d}".format,
    "lowerLetter": numerals.letters,
    "upperLetter": lambda count: numerals.letters(count).upper(),
    "lowerRoman": numerals.roman,
    "upperRoman": lambda count: numerals.roman(count).upper(),
    "ordinal": numerals.ordinal,
    "russianLower": numerals.russian,
    "russianUpper": lambda count: numerals.russian(count).upper(),
    "none": lambda count: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how it counts, what it writes around the numbers, from where, and when anew."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    as_figures: bool = False
    style: str = ""


class Lists:
    """Ask for the marker of each paragraph of a list, in the order of the text: asking counts."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, etree._Element] = {}
        self._by_style: dict[str, str] = {}
        self._nums: dict[str, etree._Element] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()
        for element in root.iterchildren(f"{W}abstractNum") if root is not None else ():
            key = element.get(f"{W}abstractNumId") or ""
            self._abstract[key] = element
            if style := value(element, "styleLink"):
                self._by_style[style] = key
        for element in root.iterchildren(f"{W}num") if root is not None else ():
            self._nums[element.get(f"{W}numId") or ""] = element

    def level_of(self, num: str, style: str) -> int:
        """Find the level that belongs to a paragraph's style, where the style names only the list."""
        return next((at for at, level in self._of(num).items() if style and level.style == style), 0)

    def marker(self, num: str, at: int) -> str:
        """Count one on and give the marker: "- " for a bullet, "2.1 " for a number; empty when it is no list."""
        levels = self._of(num)
        if at not in levels:
            return ""
        counts = self._counts.setdefault(self._root_of(num), {})
        self._count(num, at, levels, counts)
        level = levels[at]
        if level.format == "bullet":
            return "- "
        written = _PLACE.sub(lambda place: self._number(int(place[1]) - 1, level, levels, counts), level.text)
        written = " ".join(written.split())[:_LONGEST_MARKER]
        return f"{written} " if written else ""

    def _count(self, num: str, at: int, levels: dict[int, _Level], counts: dict[int, int]) -> None:
        for level in range(at):
            counts.setdefault(level, levels[level].start if level in levels else 1)
        anew = self._start_override(num, at)
        if anew is not None and (num, at) not in self._restarted:
            self._restarted.add((num, at))
            counts[at] = anew
        else:
            counts[at] = counts[at] + 1 if at in counts else levels[at].start
        for deeper in [deeper for deeper in counts if deeper > at]:
            limit = levels[deeper].restart if deeper in levels else None
            if limit is None or at < limit:
                del counts[deeper]

    def _number(self, at: int, level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        of = levels.get(at, _Level())
        count = counts.get(at, of.start)
        if level.as_figures or of.format == "bullet":
            return str(count)
        return _FORMATS.get(of.format, str)(count)

    def _start_override(self, num: str, at: int) -> int | None:
        element = self._nums.get(num)
        for override in element.iterchildren(f"{W}lvlOverride") if element is not None else ():
            said = value(override, "startOverride")
            if said and number(override.get(f"{W}ilvl"), -1) == at:
                return number(said, 1)
        return None

    def _root_of(self, num: str) -> str:
        """Name the list that a number belongs to; lists that share one count on together."""
        element = self._nums.get(num)
        key = "" if element is None else value(element, "abstractNumId")
        found = self._abstract.get(key)
        linked = "" if found is None else value(found, "numStyleLink")
        return self._by_style.get(linked, key)

    def _of(self, num: str) -> dict[int, _Level]:
        if num not in self._levels:
            element, root = self._nums.get(num), self._abstract.get(self._root_of(num))
            found = {} if root is None or element is None else _levels(root)
            for override in element.iterchildren(f"{W}lvlOverride") if element is not None else ():
                found |= _levels(override)
            self._levels[num] = found
        return self._levels[num]


def _levels(parent: etree._Element) -> dict[int, _Level]:
    found = {}
    for element in parent.iterchildren(f"{W}lvl"):
        restart = value(element, "lvlRestart")
        found[number(element.get(f"{W}ilvl"))] = _Level(
            format=value(element, "numFmt") or "decimal",
            text=value(element, "lvlText"),
            start=number(value(element, "start"), 1) if value(element, "start") else 0,
            restart=number(restart) if restart else None,
            as_figures=element.find(f"{W}isLgl") is not None,
            style=value(element, "pStyle"),
        )
    return found
