"""The passages with their codes: the evidence, as CSV for counting and as JSON for programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from qcode.exchange.table import Cell, Table, json_lines, moment
from qcode.model import CoderRow, CodingRow, PassageRow
from qcode.project import CodeId, Reading, SourceId, codes, sources
from qcode.text.breaks import Paragraphs

COLUMNS = ("guid", "source", "start", "end", "quote", "paragraph", "code", "coder", "reason", "comment", "created_at")


@dataclass(frozen=True, slots=True)
class CodingLine:
    """A code on an exported passage: which, by its path too, who applied it and why."""

    code: CodeId
    path: str
    coder: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage as it leaves the project; `start` and `end` in code points, `paragraph` counted from 1."""

    guid: str
    source: str
    start: int
    end: int
    quote: str
    paragraph: int
    coder: str
    comment: str
    created_at: datetime
    codings: Sequence[CodingLine]


def rows(r: Reading, *, code: CodeId | None = None, source: SourceId | None = None) -> list[PassageLine]:
    """Gather the passages in the order of reading, each with all its codings.

    With `code`, only passages that carry it; a group stands for every code in it. With `source`, only those of it.
    """
    # All is fetched before anything is computed, and in two statements however many passages there are.
    wanted = _standing_for(r, code)
    found = r.conn.execute(_passages(wanted, source)).all()
    codings = _codings(r, wanted, source)
    by_source: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        by_source[row.source_id].append(row)
    lines: list[PassageLine] = []
    for item in sources.listing(r):
        if here := by_source.get(item.id):
            number_at = Paragraphs(sources.text(r, item.id)).number_at
            for row in here:
                place = (row.guid, item.name, row.start, row.end, row.quote, number_at(row.start))
                lines.append(PassageLine(*place, row.name, row.comment, row.created_at, codings.get(row.id, ())))
    return lines


def to_csv(r: Reading, *, code: CodeId | None = None, source: SourceId | None = None, bom: bool = True) -> bytes:
    """Write one row a coding, and one with an empty code for a passage without any.

    With `code`, only the codings of that code (or, for a group, of the codes in it) are written.
    """
    wanted = _standing_for(r, code)
    cells = [row for line in rows(r, code=code, source=source) for row in _cells(line, wanted)]
    return Table(COLUMNS, cells).to_csv(bom=bom)


def to_json(r: Reading, *, code: CodeId | None = None, source: SourceId | None = None) -> str:
    """Write a list of passages, each with the paths of all its codes."""
    return json_lines([_object(line) for line in rows(r, code=code, source=source)])


def _standing_for(r: Reading, code: CodeId | None) -> frozenset[CodeId] | None:
    """Tell which codes are meant: the code itself, or all in a group; None for no filter."""
    if code is None:
        return None
    inside = {code}
    if not codes.get(r, code).is_codable:
        for other in codes.codebook(r):  # parents come before children
            if other.parent_id in inside:
                inside.add(other.id)
    return frozenset(inside)


def _passages(wanted: Collection[CodeId] | None, source: SourceId | None) -> Select[*tuple[Any, ...]]:
    query = select(
        PassageRow.id,
        PassageRow.guid,
        PassageRow.source_id,
        PassageRow.start,
        PassageRow.end,
        PassageRow.quote,
        PassageRow.comment,
        PassageRow.created_at,
        CoderRow.name,
    ).join(CoderRow, CoderRow.id == PassageRow.coder_id)
    if wanted is not None:
        query = query.where(PassageRow.id.in_(_carrying(wanted)))
    if source is not None:
        query = query.where(PassageRow.source_id == source)
    return query.order_by(PassageRow.source_id, PassageRow.start, PassageRow.end.desc(), PassageRow.id)


def _carrying(wanted: Collection[CodeId]) -> Select[*tuple[Any, ...]]:
    return select(CodingRow.passage_id).where(CodingRow.code_id.in_(sorted(wanted)))


def _codings(
    r: Reading, wanted: Collection[CodeId] | None, source: SourceId | None
) -> Mapping[int, Sequence[CodingLine]]:
    """Fetch the codings of those passages, by passage, in the order they were applied."""
    paths = {code.id: code.path for code in codes.codebook(r)}
    coders = dict(r.conn.execute(select(CoderRow.id, CoderRow.name)).all())
    query = select(CodingRow.passage_id, CodingRow.code_id, CodingRow.coder_id, CodingRow.reason)
    if wanted is not None:
        query = query.where(CodingRow.passage_id.in_(_carrying(wanted)))
    if source is not None:
        query = query.where(CodingRow.source_id == source)
    found: dict[int, list[CodingLine]] = defaultdict(list)
    for passage, code, coder, reason in r.conn.execute(query.order_by(CodingRow.id)).all():
        found[passage].append(CodingLine(CodeId(code), paths[CodeId(code)], coders[coder], reason))
    return found


def _cells(line: PassageLine, wanted: Collection[CodeId] | None) -> Iterator[tuple[Cell, ...]]:
    place = (line.guid, line.source, line.start, line.end, line.quote, line.paragraph)
    rest = (line.comment, moment(line.created_at))
    if not line.codings:
        yield (*place, "", line.coder, "", *rest)
    for coding in line.codings:
        if wanted is None or coding.code in wanted:
            yield (*place, coding.path, coding.coder, coding.reason, *rest)


def _object(line: PassageLine) -> dict[str, object]:
    return {
        "guid": line.guid,
        "source": line.source,
        "start": line.start,
        "end": line.end,
        "quote": line.quote,
        "paragraph": line.paragraph,
        "codes": [coding.path for coding in line.codings],
        "coder": line.coder,
        "comment": line.comment,
        "created_at": moment(line.created_at),
    }
