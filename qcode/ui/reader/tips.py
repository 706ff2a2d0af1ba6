"""Say in a tip which codes lie over a stretch of text; names and definitions are shown as plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from qcode.ui.reader.marks import Mark
from qcode.ui.reader.paints import Paints

# Gives what is known of a coding: passage and coding (0: without a code) -> plain text, or nothing.
Tell = Callable[[int, int], str]
_ASKED = 8


def plain(text: str) -> str:
    """Make a tip show a text as it stands: Qt would take some texts for markup."""
    return "<div style='white-space: pre-wrap'>" + escape(text) + "</div>" if text else ""


def marks_tip(paints: Paints, marks: Sequence[Mark], tell: Tell | None = None, *, also: Sequence[str] = ()) -> str:
    """Give the tip for marks that lie over each other, each code told once, inner ones first; `also` stands below.

    What `tell` knows of a coding, its coder and reason, follows its code; it is asked for a few codings only.
    """
    told: dict[int, list[str]] = {}
    for place, mark in enumerate(reversed(marks)):
        look = paints.look(mark[2])
        named = look.tip if look.tip.startswith(look.name) else f"{look.name}\n{look.tip}".strip()
        lines = told.setdefault(mark[2], [named])
        if tell is not None and place < _ASKED:
            lines += [words for words in [tell(mark[0], mark[1]).strip()] if words]
    blocks = ["\n".join(lines) for lines in told.values()]
    return plain("\n\n".join([*blocks, *(["\n".join(also)] if also else [])]))
