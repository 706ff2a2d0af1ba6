"""Work out the rectangles that are painted behind the words of one piece: tints, and bars under the lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect

from qcode.ui.reader.layouts import Display, PieceLayout
from qcode.ui.reader.marks import Mark
from qcode.ui.reader.typography import BAR, SLOT, SLOTS


def display(layout: PieceLayout, start: int, marks: Sequence[Mark]) -> Display:
    """Make the rectangles of a piece that begins at offset `start`, from the marks that touch it, outer ones first.

    The tint of an inner mark is painted over the outer one's; each mark has a bar in the lowest slot that is free,
    so that a mark alone hugs its words; what finds no slot is shown by the margin alone.
    """
    tints: list[tuple[int, list[QRect]]] = []
    bars: dict[int, list[QRect]] = {}
    slots: list[int] = []
    style = layout.style
    end_of_piece = start + len(layout)
    for _, _, code, low, high in marks:
        slot = _free_slot(slots, low, high)
        bar_top = style.tint + slot * SLOT
        tint: list[QRect] = []
        bar = bars.setdefault(code, []) if slot < SLOTS else None
        for line, x, width in layout.stretches(low - start, high - start):
            top = layout.line_top(line)
            tint.append(QRect(x, top, width, style.tint))
            if bar is not None:
                bar.append(QRect(x, top + bar_top, width, BAR))
        if bar and tint and high <= end_of_piece:
            # A hair's breadth between this bar and one that begins where it ends.
            bar[-1].setWidth(max(1, bar[-1].width() - 1))
        if tints and tints[-1][0] == code:
            tints[-1][1].extend(tint)
        elif tint:
            tints.append((code, tint))
    return Display(tints, [(code, rects) for code, rects in bars.items() if rects])


def _free_slot(slots: list[int], low: int, high: int) -> int:
    """Take the lowest slot whose last bar has ended; `slots` holds where each one's ends."""
    for slot, end in enumerate(slots):
        if end <= low:
            slots[slot] = high
            return slot
    slots.append(high)
    return len(slots) - 1
