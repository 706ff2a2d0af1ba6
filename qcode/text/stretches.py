"""Sets of places in a text, each a list of stretches (start, end), half-open, that come in order and do not touch."""

from __future__ import annotations

from collections.abc import Iterable

Stretch = tuple[int, int]


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Bring any stretches into order, and make one of those that overlap or touch; empty ones go."""
    made: list[Stretch] = []
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if made and start <= made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made


def without(stretches: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """Give what is left of stretches when others are taken out of them."""
    left: list[Stretch] = []
    holes = merged(taken)
    hole = 0
    for start, end in merged(stretches):
        while hole < len(holes) and holes[hole][1] <= start:
            hole += 1
        at, cut = start, hole
        while cut < len(holes) and holes[cut][0] < end:
            if holes[cut][0] > at:
                left.append((at, holes[cut][0]))
            at = max(at, holes[cut][1])
            cut += 1
        if at < end:
            left.append((at, end))
    return left
