"""How words look and paragraphs stand in word-processing documents, whatever the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from qcode.readers.numerals import roman

# Less space than this between two paragraphs (3 points, in twips) is none to the eye.
_SEEN = 60
_KINDS_OF_NOTES: Mapping[str, Callable[[int], str]] = {"footnote": str, "endnote": roman}


@dataclass(frozen=True, slots=True)
class Look:
    """How words look; None is for what nothing is said of."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    font: str = ""

    def under(self, above: Look) -> Look:
        """Lay another look over this one: where it says nothing, this one shows."""
        return Look(
            self.bold if above.bold is None else above.bold,
            self.italic if above.italic is None else above.italic,
            self.hidden if above.hidden is None else above.hidden,
            above.font or self.font,
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """How a paragraph stands: its heading level ("" for none), its list and level, the space around it (in twips)."""

    style: str = ""
    heading: str = ""
    number: str = ""
    level: int | None = None
    before: int = 0
    after: int = 0
    contextual: bool = False
    indented: bool = False
    look: Look = Look()

    def stands_close(self, before: Layout, *, are_items: bool) -> bool:
        """Tell whether it stands directly under the paragraph before it, as verses and the items of a list do."""
        if before.heading or self.heading or (self.indented and not are_items):
            return False
        alike = are_items or before.style == self.style
        after = 0 if alike and before.contextual else before.after
        return max(after, 0 if alike and self.contextual else self.before) < _SEEN


def heading_level(level: int) -> str:
    """Give the level of a heading (from 1) as spans keep it; empty when it is none."""
    return str(min(level, 6)) if level > 0 else ""


class Notes:
    """Number footnotes (1, 2) and endnotes (i, ii) as the text refers to them, and keep them for its end."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, etree._Element]] = []
        self._marks: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    def mark(self, kind: str, key: str, note: etree._Element) -> str:
        """Give the mark that stands in the text for a note of a kind ("footnote", "endnote"): the same each time."""
        if (kind, key) not in self._marks:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._marks[kind, key] = f"[{_KINDS_OF_NOTES[kind](self._counts[kind])}]"
            self.waiting.append((self._marks[kind, key], note))
        return self._marks[kind, key]
