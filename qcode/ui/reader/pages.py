"""Where pieces of text stand in a window or on a page, and where one page ends and the next begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from qcode.ui.reader.layouts import PieceLayout
from qcode.ui.reader.pieces import Pieces


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece in sight: the top of it in the window, and which of its lines are in sight."""

    piece: int
    y: int
    layout: PieceLayout
    first: int
    last: int


def paginate(
    pieces: Pieces, layout_of: Callable[[int], PieceLayout], begin: tuple[int, int], height: int
) -> tuple[list[Placed], tuple[int, int]]:
    """Fill a page from a (piece, line) on; give what stands on it and the (piece, line) after it.

    A line too high for any page stands alone on one. No heading stays behind alone at the end of a page, and of a
    paragraph neither its first nor its last line is alone where it can be helped.
    """
    piece, line = _skip_blank(pieces, *begin)
    placed: list[Placed] = []
    y = 0
    while piece < len(pieces):
        layout = layout_of(piece)
        top = y if placed else -layout.line_top(line)
        last = _last_fitting(layout, line, height - top)
        if last < line:
            if placed:
                break
            last = line
        placed.append(Placed(piece, top, layout, line, last))
        if last < layout.line_count - 1:
            break
        y, piece, line = top + layout.height, piece + 1, 0
    _keep_together(pieces, placed)
    if not placed:  # Nothing but blank lines were left: an empty page shows the last of them.
        last_piece = len(pieces) - 1
        placed.append(Placed(last_piece, 0, layout_of(last_piece), 0, 0))
        return placed, (len(pieces), 0)
    end = placed[-1]
    if end.last < end.layout.line_count - 1:
        return placed, (end.piece, end.last + 1)
    return placed, _skip_blank(pieces, end.piece + 1, 0)


def _skip_blank(pieces: Pieces, piece: int, line: int) -> tuple[int, int]:
    while piece < len(pieces) and pieces.is_blank(piece):
        piece, line = piece + 1, 0
    return piece, line


def _last_fitting(layout: PieceLayout, line: int, room: int) -> int:
    last = line - 1
    while last + 1 < layout.line_count and layout.line_top(last + 1) + layout.style.pitch <= room:
        last += 1
    return last


def _keep_together(pieces: Pieces, placed: list[Placed]) -> None:
    """Hand on to the next page what would stand badly at the end of this one; never all of it."""
    if not placed or _ends_text(pieces, placed[-1]):
        return
    end = placed[-1]
    left = end.layout.line_count - 1 - end.last
    if left == 1 and end.last - end.first >= 2:
        placed[-1] = replace(end, last=end.last - 1)
    elif left and end.first == end.last == 0 and len(placed) > 1:
        placed.pop()
    while len(placed) > 1 and (placed[-1].layout.is_heading or pieces.is_blank(placed[-1].piece)):
        placed.pop()


def _ends_text(pieces: Pieces, placed: Placed) -> bool:
    return placed.piece == len(pieces) - 1 and placed.last == placed.layout.line_count - 1
