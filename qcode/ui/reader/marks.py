"""What the reading view is told about codings: plain tuples and how each code looks."""

from __future__ import annotations

from dataclasses import dataclass

# passage, coding (0: the passage has no code), code (0: none), start, end in code points of the text, half-open.
# Tuples of numbers, because the garbage collector soon forgets them: 50,000 objects would stall a frame.
Mark = tuple[int, int, int, int, int]
MarkKey = tuple[int, int]

NO_CODE = 0


@dataclass(frozen=True, slots=True)
class CodeLook:
    """How a code is shown: its name, its colour as '#rrggbb', and the plain text of its tip."""

    name: str
    color: str
    tip: str = ""


def key_of(mark: Mark) -> MarkKey:
    """Give what names a mark for good: the numbers of its passage and coding."""
    return mark[0], mark[1]


def outer_first(mark: Mark) -> tuple[int, int, int, int]:
    """Sort marks so that one that holds another comes before it; of equal ones the older, whoever came here first."""
    return mark[3], -mark[4], mark[0], mark[1]
