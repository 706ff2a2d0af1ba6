"""What can be said when a text was read wrongly: in which encoding it is, and that its marks mean something."""

from __future__ import annotations

import re
from itertools import islice

from qcode.readers.guess import ENCODINGS

# Python's names and those a person knows; Unicode first, the others by script
USUAL: tuple[tuple[str, str], ...] = (
    ("utf-8", "Unicode, UTF-8"),
    ("utf-16", "Unicode, UTF-16"),
    *sorted(((one.codec, one.name) for one in ENCODINGS), key=lambda one: one[1]),
)
_MUCH = 5
_HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![*\w])(\*{1,3})(?=[^\s*])[^*\n]{0,400}?[^\s*]\1(?![*\w])")


def has_markdown_marks(text: str) -> bool:
    """Tell whether a text clearly is written in Markdown: with two headings, one and emphasis, or much emphasis."""
    headings = len(list(islice(_HEADING.finditer(text), 2))) if "#" in text else 0
    enough = 1 if headings else _MUCH
    if headings > 1 or text.count("*") < 2 * enough:  # most texts have none, and are not to be gone through for it
        return headings > 1
    return len(list(islice(_EMPHASIS.finditer(text), enough))) == enough
