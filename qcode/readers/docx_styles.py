"""What the styles of a Word document say of a paragraph or a run, found up the chain of styles they are based on."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from qcode.readers.layout import Layout, Look, heading_level

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{W}val"
_OFF = frozenset(("0", "false", "off"))
_HEADING_NAME = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_DEEPEST_CHAIN = 30
_AUTOMATIC = 280  # what Word takes for the space before and after when a style leaves it to the program
_BODY_TEXT = 9


class Styles:
    """Ask what a style comes to, its forebears and the defaults included; answers are kept."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._layouts: dict[str, Layout] = {}
        self._looks: dict[str, Look] = {}
        self._default_paragraph = ""
        self._base = Layout()
        if root is not None:
            self._collect(root)

    def layout(self, properties: etree._Element | None) -> Layout:
        """Give the layout of a paragraph by its own properties (`w:pPr`) and its style."""
        if properties is None:
            return self._of_style(self._default_paragraph)
        style = value(properties, "pStyle")
        return _with(self._of_style(style if style in self._styles else self._default_paragraph), properties)

    def look(self, properties: etree._Element, paragraph: Look) -> Look:
        """Give the look of a run by its own properties (`w:rPr`), its style and that of its paragraph.

        What both styles switch on they switch off, as Word does; what the run itself says stands.
        """
        found = paragraph
        style = value(properties, "rStyle")
        if style:
            own = self._of_run_style(style)
            found = Look(
                _toggled(paragraph.bold, own.bold),
                _toggled(paragraph.italic, own.italic),
                _toggled(paragraph.hidden, own.hidden),
                own.font or paragraph.font,
            )
        return found.under(_own_look(properties))

    def _collect(self, root: etree._Element) -> None:
        for style in root.iterchildren(f"{W}style"):
            key = style.get(f"{W}styleId")
            if key:
                self._styles.setdefault(key, style)
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                    self._default_paragraph = key
        defaults = root.find(f"{W}docDefaults")
        if defaults is not None:
            run = defaults.find(f"{W}rPrDefault/{W}rPr")
            paragraph = defaults.find(f"{W}pPrDefault/{W}pPr")
            look = _own_look(run) if run is not None else Look()
            self._base = replace(_with(Layout(), paragraph) if paragraph is not None else Layout(), look=look)

    def _chain(self, key: str) -> list[etree._Element]:
        """List a style and those it is based on, the oldest first; a circle ends where it closes."""
        found: dict[str, etree._Element] = {}
        while key in self._styles and key not in found and len(found) < _DEEPEST_CHAIN:
            found[key] = self._styles[key]
            key = value(found[key], "basedOn")
        return list(reversed(found.values()))

    def _of_style(self, key: str) -> Layout:
        if key not in self._layouts:
            layout = self._base
            for style in self._chain(key):
                layout = _with(layout, style.find(f"{W}pPr"))
                named = _HEADING_NAME.fullmatch(value(style, "name")) or _HEADING_NAME.fullmatch(key)
                if value(style, "name").lower() == "title":
                    layout = replace(layout, heading="1")
                elif named:
                    layout = replace(layout, heading=heading_level(int(named[1])))
                run = style.find(f"{W}rPr")
                if run is not None:
                    layout = replace(layout, look=layout.look.under(_own_look(run)))
            self._layouts[key] = replace(layout, style=key)
        return self._layouts[key]

    def _of_run_style(self, key: str) -> Look:
        if key not in self._looks:
            look = Look()
            for style in self._chain(key):
                run = style.find(f"{W}rPr")
                if run is not None:
                    look = look.under(_own_look(run))
            self._looks[key] = look
        return self._looks[key]


def value(parent: etree._Element, tag: str) -> str:
    """Give what a property says (`w:val`); empty when it is not there."""
    found = parent.find(W + tag)
    return "" if found is None else found.get(_VAL) or ""


def switched_on(parent: etree._Element, tag: str) -> bool | None:
    """Tell whether a property is on, off, or not spoken of."""
    found = parent.find(W + tag)
    return None if found is None else (found.get(_VAL) or "1").lower() not in _OFF


def number(said: str | None, otherwise: int = 0) -> int:
    """Read a whole number of an attribute; what is none is taken as if it were not there."""
    return int(said) if said and re.fullmatch(r"[+-]?[0-9]{1,9}", said) else otherwise


def _with(layout: Layout, properties: etree._Element | None) -> Layout:
    """Lay the properties of a paragraph or a style over a layout."""
    if properties is None or not len(properties):
        return layout
    spacing = properties.find(f"{W}spacing")
    listed = properties.find(f"{W}numPr")
    indent = properties.find(f"{W}ind")
    outline = value(properties, "outlineLvl")
    contextual = switched_on(properties, "contextualSpacing")
    before, after = layout.before, layout.after
    if spacing is not None:
        before, after = _space(spacing, "before", before), _space(spacing, "after", after)
    counted, level = layout.number, layout.level
    if listed is not None:
        counted = value(listed, "numId") or counted
        level = number(value(listed, "ilvl"), 0) if value(listed, "ilvl") else level
    first = indent.get(f"{W}firstLine") if indent is not None else None
    return replace(
        layout,
        heading=_heading(number(outline, _BODY_TEXT)) if outline else layout.heading,
        number=counted,
        level=level,
        before=before,
        after=after,
        contextual=layout.contextual if contextual is None else contextual,
        indented=layout.indented if first is None else number(first) > 0,
    )


def _space(spacing: etree._Element, side: str, otherwise: int) -> int:
    if (spacing.get(f"{W}{side}Autospacing") or "0").lower() not in _OFF:
        return _AUTOMATIC
    return number(spacing.get(W + side), otherwise)


def _heading(outline: int) -> str:
    return "" if outline >= _BODY_TEXT else heading_level(outline + 1)


def _own_look(properties: etree._Element) -> Look:
    fonts = properties.find(f"{W}rFonts")
    return Look(
        switched_on(properties, "b"),
        switched_on(properties, "i"),
        switched_on(properties, "vanish"),
        "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "",
    )


def _toggled(one: bool | None, other: bool | None) -> bool | None:
    return one if other is None else bool(one) != other
