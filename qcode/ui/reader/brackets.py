"""Work out where brackets and their labels go in the margin: plain numbers, no painting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcode.ui.reader.marks import Mark

_APART = 4
_FARTHEST = 5
_EDGE = 2


@dataclass(frozen=True, slots=True)
class Grid:
    """How lanes stand: the first ones apart, those of a crowd close together, and from one lane on they are one.

    Where a lane stands depends on the width of the margin alone, never on what is in sight.
    """

    apart: int
    close: int
    tick: int
    fold: int

    def x(self, lane: int) -> int:
        """Give where a lane stands, from the first one."""
        return min(lane, _APART) * self.apart + max(0, lane - _APART) * self.close


ROOMY = Grid(apart=13, close=7, tick=6, fold=12)
# a dozen lanes would leave no room for a name
TIGHT = Grid(apart=8, close=5, tick=4, fold=6)
_ROOMY_FROM = 180


def grid_for(width: int) -> Grid:
    """Choose how lanes stand in a margin of so many pixels, so that names can be read there."""
    return ROOMY if width >= _ROOMY_FROM else TIGHT


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket from `top` to `bottom`; an open end goes on beyond the window. The last lane may hold several marks."""

    marks: tuple[Mark, ...]
    lane: int
    top: int
    bottom: int
    open_top: bool
    open_bottom: bool


@dataclass(frozen=True, slots=True)
class Label:
    """The name beside a bracket: its box's left and top."""

    bracket: Bracket
    x: int
    y: int


def make_bracket(mark: Mark, lane: int, top: int | None, bottom: int | None, height: int) -> Bracket | None:
    """Make the bracket of a mark whose lines go from `top` to `bottom` (None: beyond); None when out of sight."""
    y0 = -_EDGE * 4 if top is None else top
    y1 = height + _EDGE * 4 if bottom is None else bottom
    if y1 <= 0 or y0 >= height:
        return None
    return Bracket((mark,), lane, y0, y1, open_top=y0 < 0, open_bottom=y1 > height)


def fold(brackets: Sequence[Bracket], lanes: int = ROOMY.fold) -> list[Bracket]:
    """Put all brackets from the last of so many lanes on into one that stands for them."""
    kept = [bracket for bracket in brackets if bracket.lane < lanes - 1]
    crowd = [bracket for bracket in brackets if bracket.lane >= lanes - 1]
    if not crowd:
        return kept
    top, bottom = min(one.top for one in crowd), max(one.bottom for one in crowd)
    marks = tuple(mark for one in crowd for mark in one.marks)
    open_top, open_bottom = any(one.open_top for one in crowd), any(one.open_bottom for one in crowd)
    return [*kept, Bracket(marks, lanes - 1, top, bottom, open_top, open_bottom)]


def place_labels(
    brackets: Sequence[Bracket], height: int, line: int, *, grid: Grid = ROOMY, taken: tuple[int, int] | None = None
) -> list[Label]:
    """Put a label of `line` pixels beside each bracket's top, pushed down (at the end, up) until none touch.

    No label stands on what is `taken`, from one height to another. A label that would stand too far from its bracket
    is left out; a tip still tells its name.
    """
    ordered = sorted(brackets, key=lambda bracket: (max(bracket.top, _EDGE), bracket.lane))
    rows: list[tuple[Bracket, int]] = []
    free = _EDGE
    for bracket in ordered:
        y = _clear_of(taken, max(bracket.top, free), line, down=True)
        if y - max(bracket.top, _EDGE) <= _FARTHEST * line:
            rows.append((bracket, y))
            free = y + line
    rows = _push_up(rows, height, line, taken)
    return [Label(bracket, _label_x(bracket, y, line, brackets, grid), y) for bracket, y in rows]


def _push_up(
    rows: list[tuple[Bracket, int]], height: int, line: int, taken: tuple[int, int] | None
) -> list[tuple[Bracket, int]]:
    """Make room at the end of the window; a label that would go up more than a line from its bracket is left out."""
    limit = height - _EDGE
    pushed = []
    for bracket, wished in reversed(rows):
        y = _clear_of(taken, min(wished, limit - line), line, down=False)
        if y >= max(0, max(bracket.top, _EDGE) - line - _EDGE):
            pushed.append((bracket, y))
            limit = y
    return pushed[::-1]


def _clear_of(taken: tuple[int, int] | None, y: int, line: int, *, down: bool) -> int:
    if taken is None or y >= taken[1] or y + line <= taken[0]:
        return y
    return taken[1] if down else taken[0] - line


def _label_x(bracket: Bracket, y: int, line: int, brackets: Sequence[Bracket], grid: Grid) -> int:
    beside = (other.lane for other in brackets if other.top < y + line and other.bottom > y)
    return grid.x(max(bracket.lane, max(beside, default=0))) + grid.tick + 8
