"""Passages that somebody chose, as CSV."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from qcode.exchange.passages import COLUMNS, PassageLine, row_of, rows
from qcode.exchange.table import Cell, Table
from qcode.project import CodeId, Reading
from qcode.project.evidence import Line


def to_csv(r: Reading, chosen: Sequence[Line], *, bom: bool = True) -> bytes:
    """Write the chosen codings, one a row, in the columns that all passages are exported in."""
    wanted = {(line.guid, line.code, line.coder) for line in chosen}
    cells = (
        row
        for source in dict.fromkeys(line.source for line in chosen)
        for passage in rows(r, source=source)
        for row in _cells(passage, wanted)
    )
    return Table(COLUMNS, cells).to_csv(bom=bom)


def _cells(line: PassageLine, wanted: Container[tuple[str, CodeId | None, str]]) -> Iterator[tuple[Cell, ...]]:
    if (line.guid, None, line.coder) in wanted:
        yield row_of(line, None)
    for coding in line.codings:
        if (line.guid, coding.code, coding.coder) in wanted:
            yield row_of(line, coding)
