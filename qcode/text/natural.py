"""How names are put in order."""

from __future__ import annotations

import re

Natural = tuple[tuple[int, int, str], ...]


def natural(name: str) -> Natural:
    """Make a key by which names sort as a person would sort them: "Interview 2" before "Interview 10"."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
