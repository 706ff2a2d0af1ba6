"""When something was done, and what, as a sentence says it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from qcode.project import ChangeKind
from qcode.project.history import Entry
from qcode.ui.widgets.plain import one_line

# the first word of a change's label, as one tells of it afterwards
PAST: Final = {
    "accept": "accepted",
    "add": "added",
    "apply": "applied",
    "change": "changed",
    "code": "coded",
    "colour": "coloured",
    "correct": "corrected",
    "create": "created",
    "delete": "deleted",
    "edit": "edited",
    "give": "gave",
    "highlight": "highlighted",
    "import": "imported",
    "join": "joined",
    "merge": "merged",
    "move": "moved",
    "place": "placed",
    "recode": "recoded",
    "remove": "removed",
    "rename": "renamed",
    "resize": "resized",
    "split": "split",
    "widen": "widened",
    "withdraw": "withdrew",
    "write": "wrote",
}
LONGEST: Final = 90


def local(at: datetime, now: datetime | None = None) -> str:
    """Write a time (UTC, kept without a zone) as a clock here shows it: "20 Nov, 09:41"; of another year, with it."""
    there = at.replace(tzinfo=UTC).astimezone()
    today = now or datetime.now().astimezone()
    year = "" if there.year == today.year else f" {there.year}"
    return f"{there.day} {there:%b}{year}, {there:%H:%M}".replace(" ", "\u00a0")  # one word where lines are broken


def told(entry: Entry) -> str:
    """Tell a change in words: "Ada applied Expert"."""
    who = one_line(entry.coder) or "Somebody"
    label = one_line(entry.label, LONGEST)
    if entry.kind is ChangeKind.UNDO:
        return f"{who} took back: {label}"
    if entry.kind is ChangeKind.REDO:
        return f"{who} brought back: {label}"
    return f"{who} {past(label)}"


def past(label: str) -> str:
    """Put a change's label into the past: "apply Expert" becomes "applied Expert"; unknown words stay as they are."""
    first, blank, rest = label.partition(" ")
    if first not in PAST:
        return f"did: {label}"
    joined = rest.split(" ", 2)
    if len(joined) > 1 and joined[0] == "and" and joined[1] in PAST:
        rest = " ".join(["and", PAST[joined[1]], *joined[2:]])
    return f"{PAST[first]}{blank}{rest}"
