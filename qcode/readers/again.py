"""What can be said when a text was read wrongly: in which encoding it is, and that its marks mean something."""

from __future__ import annotations

import re
from itertools import islice

from qcode.readers.decode import decode
from qcode.readers.guess import ENCODINGS
from qcode.text.canonical import canonical

# Python's names and those a person knows; Unicode first, the others by script
USUAL: tuple[tuple[str, str], ...] = (
    ("utf-8", "Unicode, UTF-8"),
    ("utf-16", "Unicode, UTF-16"),
    *sorted(((one.codec, one.name) for one in ENCODINGS), key=lambda one: one[1]),
)
SHOWN = 12
_MUCH = 5
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![*\w])(\*{1,3})(?=[^\s*])[^*\n]{0,400}?[^\s*]\1(?![*\w])")


def telling_lines(data: bytes, name: str, encoding: str, *, most: int = SHOWN) -> str:
    """Show by which lines to judge an encoding: the first with letters beyond ASCII, else the first of all.

    Raises FormatProblem where the bytes do not fit the encoding, as importing in it would.
    """
    text = canonical(decode(data, name, encoding).text).text
    lines: list[str] = []
    start = 0
    while len(lines) < most and (found := _BEYOND_ASCII.search(text, start)):
        begin, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.start())
        start = len(text) if end < 0 else end + 1
        lines.append(text[begin : start if end < 0 else end])
    if not lines:
        lines = [line for line in text[:4_000].split("\n") if line.strip()][:most]
    return "\n".join(line[:400] for line in lines)


def has_markdown_marks(text: str) -> bool:
    """Tell whether a text clearly is written in Markdown: with two headings, one and emphasis, or much emphasis."""
    headings = len(list(islice(_HEADING.finditer(text), 2))) if "#" in text else 0
    enough = 1 if headings else _MUCH
    if headings > 1 or text.count("*") < 2 * enough:  # most texts have none, and are not to be gone through for it
        return headings > 1
    return len(list(islice(_EMPHASIS.finditer(text), enough))) == enough
