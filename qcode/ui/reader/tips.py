"""Say in a tip which codes lie over a stretch of text; names and definitions are shown as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qcode.ui.reader.marks import Mark
from qcode.ui.reader.paints import Paints


def plain(text: str) -> str:
    """Make a tip show a text as it stands: Qt would take some texts for markup."""
    return "<div style='white-space: pre-wrap'>" + escape(text) + "</div>" if text else ""


def marks_tip(paints: Paints, marks: Sequence[Mark]) -> str:
    """Give the tip for marks that lie over each other, each code told once, inner ones first."""
    told: dict[int, str] = {}
    for mark in reversed(marks):
        look = paints.look(mark[2])
        told.setdefault(mark[2], look.tip if look.tip.startswith(look.name) else f"{look.name}\n{look.tip}".strip())
    return plain("\n\n".join(told.values()))
