"""What the styles of an OpenDocument text say of a paragraph or of words, found up the chain of their parents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from lxml import etree

from qcode.readers import numerals
from qcode.readers.layout import Layout, Look, heading_level

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_NS}office:1.0}}"
TEXT = f"{{{_NS}text:1.0}}"
STYLE = f"{{{_NS}style:1.0}}"
TABLE = f"{{{_NS}table:1.0}}"
DRAW = f"{{{_NS}drawing:1.0}}"
FO = f"{{{_NS}xsl-fo-compatible:1.0}}"

_LENGTH = re.compile(r"(-?[0-9]{0,6}\.?[0-9]{0,9})(cm|mm|in|pt|pc|px)")
_TWIPS = {"cm": 567.0, "mm": 56.7, "in": 1440.0, "pt": 20.0, "pc": 240.0, "px": 15.0}
_BOLD_FROM = 600
_DEEPEST_CHAIN = 30
_FORMATS: dict[str, Callable[[int], str]] = {
    "a": numerals.spreadsheet_letters,
    "A": lambda count: numerals.spreadsheet_letters(count).upper(),
    "i": numerals.roman,
    "I": lambda count: numerals.roman(count).upper(),
    "": lambda count: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list or of the headings: how it counts and what it writes around the number."""

    format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    bullet: bool = False
    in_step: bool = False  # letters go on as aa, bb

    def number(self, count: int) -> str:
        """Write a number as this level counts."""
        if self.in_step and self.format in ("a", "A"):
            return numerals.letters(count) if self.format == "a" else numerals.letters(count).upper()
        return _FORMATS.get(self.format, str)(count)


def marker(levels: dict[int, Level], counts: dict[int, int], at: int) -> str:
    """Give the marker of an item at a level (from 1), with the numbers above it that its level shows."""
    level = levels.get(at)
    if level is None:
        return ""
    if level.bullet:
        return "- "
    if not level.format:
        return ""
    above = range(max(1, at - level.shown + 1), at)
    numbers = [levels.get(each, Level("1")).number(counts.get(each, 1)) for each in above]
    written = ".".join(number for number in [*numbers, level.number(counts[at])] if number)
    return f"{' '.join(f'{level.prefix}{written}{level.suffix}'.split())} "


class Styles:
    """Ask what a style comes to, its parents and the defaults included; answers are kept."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._defaults: dict[str, etree._Element] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self._layouts: dict[str, Layout] = {}
        self._looks: dict[str, Look] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for part in (f"{OFFICE}automatic-styles", f"{OFFICE}styles"):
                for style in root.findall(f"{part}/*"):
                    self._add(style)

    def paragraph(self, name: str) -> Layout:
        """Give the layout of a paragraph's style."""
        if name not in self._layouts:
            layout = Layout(look=_look(self._defaults.get("paragraph")))
            layout = _with(layout, self._defaults.get("paragraph"))
            titled = False
            for style in self._chain("paragraph", name):
                layout = replace(_with(layout, style), look=layout.look.under(_look(style)))
                titled |= style.get(f"{STYLE}name") == "Title"
            self._layouts[name] = replace(layout, style=name, heading="1" if titled else "")
        return self._layouts[name]

    def words(self, name: str) -> Look:
        """Give the look of a style of words."""
        if name not in self._looks:
            look = Look()
            for style in self._chain("text", name):
                look = look.under(_look(style))
            self._looks[name] = look
        return self._looks[name]

    def levels(self, name: str) -> dict[int, Level]:
        """Give the levels of a style of lists."""
        return self._lists.get(name, {})

    def _add(self, style: etree._Element) -> None:
        name = style.get(f"{STYLE}name") or ""
        if style.tag == f"{STYLE}style":
            self._styles.setdefault((style.get(f"{STYLE}family") or "", name), style)
        elif style.tag == f"{STYLE}default-style":
            self._defaults.setdefault(style.get(f"{STYLE}family") or "", style)
        elif style.tag == f"{TEXT}list-style":
            self._lists.setdefault(name, _levels(style))
        elif style.tag == f"{TEXT}outline-style":
            self.outline = _levels(style)

    def _chain(self, family: str, name: str) -> list[etree._Element]:
        """List a style and its parents, the oldest first; a circle ends where it closes."""
        found: dict[str, etree._Element] = {}
        while (family, name) in self._styles and name not in found and len(found) < _DEEPEST_CHAIN:
            found[name] = self._styles[family, name]
            name = found[name].get(f"{STYLE}parent-style-name") or ""
        return list(reversed(found.values()))


def whole(said: str | None, otherwise: int) -> int:
    """Read a whole number of an attribute; what is none is taken as if it were not there."""
    return int(said) if said and re.fullmatch("[0-9]{1,6}", said) else otherwise


def level_of_heading(element: etree._Element) -> str:
    """Give the level of a heading as spans keep it."""
    return heading_level(whole(element.get(f"{TEXT}outline-level"), 1))


def _levels(parent: etree._Element) -> dict[int, Level]:
    found = {}
    for element in parent:
        level = Level(
            format=element.get(f"{STYLE}num-format") or "",
            prefix=element.get(f"{STYLE}num-prefix") or "",
            suffix=element.get(f"{STYLE}num-suffix") or "",
            start=whole(element.get(f"{TEXT}start-value"), 1),
            shown=whole(element.get(f"{TEXT}display-levels"), 1),
            bullet=element.tag in (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image"),
            in_step=element.get(f"{STYLE}num-letter-sync") == "true",
        )
        found[whole(element.get(f"{TEXT}level"), 0)] = level
    return found


def _look(style: etree._Element | None) -> Look:
    properties = style.find(f"{STYLE}text-properties") if style is not None else None
    if properties is None:
        return Look()
    weight, slant = properties.get(f"{FO}font-weight"), properties.get(f"{FO}font-style")
    shown = properties.get(f"{TEXT}display")
    return Look(
        bold=None if weight is None else weight == "bold" or whole(weight, 0) >= _BOLD_FROM,
        italic=None if slant is None else slant in ("italic", "oblique"),
        hidden=None if shown is None else shown == "none",
    )


def _with(layout: Layout, style: etree._Element | None) -> Layout:
    properties = style.find(f"{STYLE}paragraph-properties") if style is not None else None
    if properties is None:
        return layout
    all_around = _twips(properties.get(f"{FO}margin"), None)
    before = layout.before if all_around is None else all_around
    after = layout.after if all_around is None else all_around
    contextual = properties.get(f"{STYLE}contextual-spacing")
    indent = _twips(properties.get(f"{FO}text-indent"), None)
    return replace(
        layout,
        before=_twips(properties.get(f"{FO}margin-top"), before) or 0,
        after=_twips(properties.get(f"{FO}margin-bottom"), after) or 0,
        contextual=layout.contextual if contextual is None else contextual == "true",
        indented=layout.indented if indent is None else indent > 0,
    )


def _twips(said: str | None, otherwise: int | None) -> int | None:
    found = _LENGTH.fullmatch(said or "")
    if not found or not any(char.isdigit() for char in found[1]):
        return otherwise
    return round(float(found[1]) * _TWIPS[found[2]])
