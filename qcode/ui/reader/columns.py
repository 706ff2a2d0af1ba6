"""Divide the width of the view: the text at a comfortable measure, its gutter and its margin beside it."""

from __future__ import annotations

from dataclasses import dataclass

_PAD = 26
_LEAST_MEASURE = 220
_MARGIN = (150, 196)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand: the text begins at `left` and has `measure` pixels; the margin begins at `margin`."""

    left: int
    measure: int
    margin: int
    margin_width: int


def divide(width: int, wished: int, gutter: int, *, margin: bool = True) -> Columns:
    """Give the text the measure it wishes for and centre it with its margin; when narrow, the margin yields first."""
    least, best = _MARGIN
    needed = gutter + wished + _PAD
    if not margin:
        measure = max(_LEAST_MEASURE, min(wished, width - gutter - _PAD))
        return Columns(max(0, (width - needed) // 2) + gutter, measure, width, 0)
    if width >= needed + best:
        slack = (width - needed - best) // 2
        return Columns(slack + gutter, wished, slack + needed, width - slack - needed)
    kept = max(least, width - needed)
    measure = max(_LEAST_MEASURE, min(wished, width - kept - gutter - _PAD))
    start = gutter + measure + _PAD
    return Columns(gutter, measure, start, max(0, width - start))
