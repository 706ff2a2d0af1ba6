"""Passages that somebody chose, with their references: as CSV, and as words to paste."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from qcode.exchange.passages import COLUMNS, PassageLine, rows
from qcode.exchange.table import Cell, Table, moment
from qcode.project import CodeId, Reading, SourceId, sources
from qcode.project.evidence import Line
from qcode.text.breaks import Paragraphs


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


def with_references(r: Reading, chosen: Sequence[Line]) -> str:
    """Write each quote with its source as one cites it (its name, when that is not known) and its paragraph."""
    known: dict[SourceId, tuple[str, Paragraphs]] = {}
    parts = []
    for line in chosen:
        if line.source not in known:
            source = sources.get(r, line.source)
            known[line.source] = source.cite_as or source.name, Paragraphs(sources.text(r, line.source))
        cite, paragraphs = known[line.source]
        parts.append(f"“{line.quote}” ({cite}, ¶{paragraphs.number_at(line.start)})")
    return "\n\n".join(dict.fromkeys(parts))


def _cells(line: PassageLine, wanted: Container[tuple[str, CodeId | None, str]]) -> Iterator[tuple[Cell, ...]]:
    place = (line.guid, line.source, line.start, line.end, line.quote, line.paragraph)
    rest = (line.comment, moment(line.created_at))
    if (line.guid, None, line.coder) in wanted:
        yield (*place, "", line.coder, "", *rest)
    for coding in line.codings:
        if (line.guid, coding.code, coding.coder) in wanted:
            yield (*place, coding.path, coding.coder, coding.reason, *rest)
