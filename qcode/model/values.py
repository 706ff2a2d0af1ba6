"""Small values with a meaning of their own: typed ids, colours, paths of codes."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NewType

from qcode.errors import InvalidInput

CoderId = NewType("CoderId", int)
FolderId = NewType("FolderId", int)
SourceId = NewType("SourceId", int)
CodeId = NewType("CodeId", int)
PassageId = NewType("PassageId", int)
CodingId = NewType("CodingId", int)
VariableId = NewType("VariableId", int)
SourceSetId = NewType("SourceSetId", int)
ChangeId = NewType("ChangeId", int)


class ChangeKind(StrEnum):
    """What a change in the ledger is."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"
    BARRIER = "barrier"  # a migration: undo does not cross it
    NOTE = "note"  # recorded, but not undone: the project's making, a coder's arrival


# Chosen by search: at least 3:1 on white, told apart by normal, protan, deutan and tritan eyes, in light and, as the
# window lifts them, in dark (tests/unit/test_theme.py computes it). Each differs most from those before it.
DEFAULT_COLORS: tuple[str, ...] = (
    "#1854c0",
    "#c07848",
    "#780c30",
    "#a878c0",
    "#3c3c00",
    "#f05478",
    "#789000",
    "#600c78",
    "#b40060",
    "#3c6c00",
    "#6c84f0",
    "#84543c",
)

_COLOR = re.compile(r"#?([0-9a-fA-F]{6})")
_SHORT_COLOR = re.compile(r"#?([0-9a-fA-F]{3})")


def parse_color(text: str) -> str:
    """Read a colour as '#rrggbb' in lower case; three digits stand for six.

    Raises InvalidInput when it is no colour.
    """
    if found := _COLOR.fullmatch(text.strip()):
        return f"#{found[1].lower()}"
    if found := _SHORT_COLOR.fullmatch(text.strip()):
        return "#" + "".join(digit * 2 for digit in found[1].lower())
    raise InvalidInput(f"“{text}” is not a colour.", "Write it as #rrggbb, for example #0072b2.")


def join_path(names: tuple[str, ...] | list[str]) -> str:
    """Write the names from the top down to a code as one path: 'Authority > Expert'.

    A '>' or a backslash inside a name is escaped with a backslash.
    """
    return " > ".join(name.replace("\\", "\\\\").replace(">", "\\>") for name in names)


def split_path(path: str) -> tuple[str, ...]:
    """Take a path apart into its names; the reverse of join_path.

    Raises InvalidInput when a '>' stands without a space on both sides, or a backslash escapes nothing.
    """
    names, name, i = [], "", 0
    while i < len(path):
        if path[i] == "\\":
            if path[i + 1 : i + 2] not in ("\\", ">"):
                raise InvalidInput(
                    f"The path “{path}” has a backslash that escapes nothing.", "Write \\\\ for a backslash."
                )
            name += path[i + 1]
            i += 2
        elif path.startswith(" > ", i):
            names.append(name)
            name = ""
            i += 3
        elif path[i] == ">":
            raise InvalidInput(
                f"The path “{path}” has a > without spaces around it.", "Write \\> for a > inside a name."
            )
        else:
            name += path[i]
            i += 1
    return (*names, name)
