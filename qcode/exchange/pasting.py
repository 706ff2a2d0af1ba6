"""Blocks of cells on the clipboard, as spreadsheets write and read them: rows of lines, cells parted by tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def block_of(text: str) -> list[list[str]]:
    """Take the cells out of what a spreadsheet copied; all rows of one width, none for the line end after the last.

    A cell with a tab, a line break or a quotation mark stands in quotation marks, doubled inside.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    rows = [row or [""] for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]
    wide = max(map(len, rows), default=0)
    return [row + [""] * (wide - len(row)) for row in rows]


def text_of(rows: Iterable[Sequence[str]]) -> str:
    """Write cells so that a spreadsheet pastes them as they are."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()
