"""Where codes were applied, in portions: how often in which source first, then the lines a reader gets to.

A code may have been applied a hundred thousand times; nobody reads more than a screen of them at once. So the counts
are asked from an index, and lines come source by source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from qcode.model import CoderRow, CodingRow, PassageRow
from qcode.model.values import CodeId, CodingId, PassageId, SourceId
from qcode.project.passages import IN_ORDER
from qcode.project.transaction import Change, Reading


@dataclass(frozen=True, slots=True)
class Portion:
    """How often a code was applied in a source; `code` None: passages without a code."""

    code: CodeId | None
    source: SourceId
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One coding with its passage, whose guid it is; `coding` and `code` are None for a passage without a code.

    `start` and `end` in code points, half-open; both are None while the passage waits for review. `others` are the
    other codes on the passage, each once.
    """

    passage: PassageId
    guid: str
    coding: CodingId | None
    code: CodeId | None
    source: SourceId
    start: int | None
    end: int | None
    quote: str
    coder: str
    others: tuple[CodeId, ...]


def portions(r: Reading | Change, codes: Collection[CodeId]) -> list[Portion]:
    """Count how often codes were applied in each source, without looking at a passage."""
    columns = select(CodingRow.code_id, CodingRow.source_id, func.count())
    rows = columns.where(CodingRow.code_id.in_(codes)).group_by(CodingRow.code_id, CodingRow.source_id)
    return [Portion(CodeId(code), SourceId(source), count) for code, source, count in r.conn.execute(rows)]


def uncoded_portions(r: Reading | Change) -> list[Portion]:
    """Count the passages without a code in each source."""
    rows = select(PassageRow.source_id, func.count()).where(_UNCODED).group_by(PassageRow.source_id)
    return [Portion(None, SourceId(source), count) for source, count in r.conn.execute(rows)]


def lines(r: Reading | Change, codes: Collection[CodeId], sources: Collection[SourceId]) -> list[Line]:
    """List the codings of codes in some sources, by source, then in the order of the text."""
    return _lines(r, CodingRow.code_id.in_(codes), CodingRow.source_id.in_(sources))


def lines_on(r: Reading | Change, codes: Collection[CodeId], passages: Collection[int]) -> list[Line]:
    """List the codings of codes on some passages, in the same order; passages that are gone are passed over."""
    return _lines(r, CodingRow.code_id.in_(codes), CodingRow.passage_id.in_(passages))


def _lines(r: Reading | Change, *wanted: ColumnElement[bool]) -> list[Line]:
    columns = select(CodingRow.id, *_PASSAGE, CoderRow.name, CodingRow.code_id)
    joined = columns.join(PassageRow, PassageRow.id == CodingRow.passage_id)
    rows = joined.join(CoderRow, CoderRow.id == CodingRow.coder_id).where(*wanted)
    found = r.conn.execute(rows.order_by(*IN_ORDER, CodingRow.id)).all()
    on = _codes_on(r, select(CodingRow.passage_id).where(*wanted))
    return [_line(row, on[row[1]]) for row in found]


def uncoded_lines(r: Reading | Change, sources: Collection[SourceId]) -> list[Line]:
    """List the passages without a code in some sources, by source, then in the order of the text."""
    return _uncoded(r, PassageRow.source_id.in_(sources))


def uncoded_on(r: Reading | Change, passages: Collection[int]) -> list[Line]:
    """List those of some passages that have no code, in the same order."""
    return _uncoded(r, PassageRow.id.in_(passages))


def place(line: Line) -> tuple[Any, ...]:
    """Sort lines by it as `lines` and `uncoded_lines` do."""
    where = line.start is None, line.start or 0, -(line.end or 0)
    return line.source, *where, line.passage, line.coding or 0


def _uncoded(r: Reading | Change, wanted: ColumnElement[bool]) -> list[Line]:
    joined = select(*_PASSAGE, CoderRow.name).join(CoderRow, CoderRow.id == PassageRow.coder_id)
    rows = joined.where(wanted, _UNCODED)
    return [_line((None, *row, None), ()) for row in r.conn.execute(rows.order_by(*IN_ORDER))]


_PASSAGE = PassageRow.id, PassageRow.guid, PassageRow.source_id, PassageRow.start, PassageRow.end, PassageRow.quote
_UNCODED = ~select(CodingRow.id).where(CodingRow.passage_id == PassageRow.id).exists()


def _line(row: Sequence[Any], on: Iterable[CodeId]) -> Line:
    coding, passage, guid, source, start, end, quote, coder, code = row
    others = tuple(one for one in on if one != code)
    return Line(passage, guid, coding, code, source, start, end, quote, coder, others)


def _codes_on(r: Reading | Change, passages: Select[int]) -> dict[int, Iterable[CodeId]]:
    """Tell which codes stand on passages, each once, in the order they were given."""
    found: dict[int, dict[CodeId, Any]] = defaultdict(dict)
    rows = select(CodingRow.passage_id, CodingRow.code_id).where(CodingRow.passage_id.in_(passages))
    for passage, code in r.conn.execute(rows.order_by(CodingRow.id)):
        found[passage][CodeId(code)] = None
    return dict(found)
