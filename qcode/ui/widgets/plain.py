"""Keep the researcher's words what they are: words, never markup and never mnemonics."""

from __future__ import annotations

import html


def tip(text: str) -> str:
    """Make a tooltip of plain text: Qt guesses markup in tooltips, so everything is escaped; long lines wrap."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


def caption(text: str) -> str:
    """Make the text of a menu entry, tab or button in which an ampersand is an ampersand."""
    return text.replace("&", "&&")


def one_line(text: str, most: int = 60) -> str:
    """Shorten words for a sentence or a label: line breaks become spaces, and what is cut leaves an ellipsis."""
    joined = " ".join(text.split())
    return joined if len(joined) <= most else joined[: most - 1].rstrip() + "…"


def number_of(count: int, noun: str, plural: str = "") -> str:
    """Say a number with its noun: "1 coding", "1,204 codings"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def listed(names: list[str]) -> str:
    """Join names as a sentence does: "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
