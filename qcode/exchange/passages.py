"""The passages with their codes: the evidence, as CSV for counting and as JSON for programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute

from qcode.exchange.table import Cell, Table, json_lines, moment
from qcode.model import CoderRow, CodingRow, PassageRow
from qcode.project import CodeId, PassageId, Reading, SourceId, codes, sources
from qcode.project.passages import IN_ORDER
from qcode.text.breaks import Paragraphs

COLUMNS = (
    *("guid", "source", "start", "end", "quote", "paragraph", "code", "coder", "reason", "comment", "created_at"),
    *("translation", "translator"),
)
WAITS = "waits for review"  # instead of a paragraph: after a correction it was not sure where the passage belongs

_PASSAGES: Final = select(
    PassageRow.source_id,
    PassageRow.id,
    PassageRow.guid,
    PassageRow.start,
    PassageRow.end,
    PassageRow.quote,
    PassageRow.coder_id,
    PassageRow.comment,
    PassageRow.created_at,
    PassageRow.translation,
    PassageRow.translator,
).order_by(*IN_ORDER)
_CODINGS: Final = select(
    CodingRow.source_id, CodingRow.passage_id, CodingRow.code_id, CodingRow.coder_id, CodingRow.reason
).order_by(CodingRow.id)


@dataclass(frozen=True, slots=True)
class CodingLine:
    """A code on an exported passage: which, by its path too, who applied it and why."""

    code: CodeId
    path: str
    coder: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage as it leaves the project; `start` and `end` in code points, `paragraph` counted from 1.

    All three are None while it waits for review; `quote` then holds its words as they were.
    """

    guid: str
    source: str
    start: int | None
    end: int | None
    quote: str
    paragraph: int | None
    coder: str
    comment: str
    created_at: datetime
    translation: str
    translator: str
    codings: Sequence[CodingLine]
    passage: PassageId
    source_id: SourceId


def rows(r: Reading, *, code: CodeId | None = None, source: SourceId | None = None) -> list[PassageLine]:
    """Gather the passages in the order of reading, each with all its codings.

    With `code`, only passages that carry it; a group stands for every code in it. With `source`, only those of it.
    """
    return list(_lines(r, _wanted(r, code), source))


def to_csv(r: Reading, *, code: CodeId | None = None, source: SourceId | None = None, bom: bool = True) -> bytes:
    """Write one row a coding, and one with an empty code for a passage without any.

    With `code`, only the codings of that code (or, for a group, of the codes in it) are written.
    """
    wanted = _wanted(r, code)
    return Table(COLUMNS, (row for line in _lines(r, wanted, source) for row in _cells(line, wanted))).to_csv(bom=bom)


def to_json(r: Reading, *, code: CodeId | None = None, source: SourceId | None = None) -> str:
    """Write a list of passages, each with the paths of all its codes."""
    return json_lines(_object(line) for line in _lines(r, _wanted(r, code), source))


def _wanted(r: Reading, code: CodeId | None) -> frozenset[CodeId] | None:
    """Tell which codes are meant: the code itself, or all in a group; None for no filter."""
    return None if code is None else codes.standing_for(r, code)


def _lines(r: Reading, wanted: Collection[CodeId] | None, source: SourceId | None) -> Iterator[PassageLine]:
    """Put together the passages, source by source, from two statements however many passages there are.

    What is fetched is kept as plain tuples, which the garbage collector soon lets alone; at 200,000 passages this
    halves the time.
    """
    found = _by_source(r, _only(_PASSAGES, PassageRow.id, PassageRow.source_id, wanted, source))
    codings = _by_source(r, _only(_CODINGS, CodingRow.passage_id, CodingRow.source_id, wanted, source))
    paths = {code.id: code.path for code in codes.codebook(r)}
    coders = dict(r.conn.execute(select(CoderRow.id, CoderRow.name)).all())
    for item in sources.listing(r):
        if item.id not in found:
            continue
        on: dict[int, list[CodingLine]] = defaultdict(list)
        for passage, code, coder, reason in codings.get(item.id, ()):
            on[passage].append(CodingLine(code, paths[code], coders[coder], reason))
        number_at = Paragraphs(sources.text(r, item.id)).number_at
        for passage, guid, start, end, quote, coder, comment, created_at, *translated in found[item.id]:
            place = (guid, item.name, start, end, quote, None if start is None else number_at(start))
            said = (comment, created_at, translated[0], translated[1])
            yield PassageLine(*place, coders[coder], *said, on.get(passage, ()), passage, item.id)


def _by_source(r: Reading, query: Select[*tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in r.conn.execute(query):
        found[row[0]].append(tuple(row[1:]))
    return found


def _only(
    query: Select[*tuple[Any, ...]],
    passage: InstrumentedAttribute[int],
    place: InstrumentedAttribute[int],
    wanted: Collection[CodeId] | None,
    source: SourceId | None,
) -> Select[*tuple[Any, ...]]:
    """Narrow a query to passages that carry one of the wanted codes, and to a source."""
    if wanted is not None:
        query = query.where(passage.in_(select(CodingRow.passage_id).where(CodingRow.code_id.in_(sorted(wanted)))))
    return query if source is None else query.where(place == source)


def _cells(line: PassageLine, wanted: Collection[CodeId] | None) -> Iterator[tuple[Cell, ...]]:
    if not line.codings:
        yield row_of(line, None)
    for coding in line.codings:
        if wanted is None or coding.code in wanted:
            yield row_of(line, coding)


def row_of(line: PassageLine, coding: CodingLine | None) -> tuple[Cell, ...]:
    """Write a passage with one of its codings, or without a code, in the order of COLUMNS.

    One that waits for review has no place, and says so.
    """
    paragraph = WAITS if line.paragraph is None else line.paragraph
    place = (line.guid, line.source, line.start, line.end, line.quote, paragraph)
    who = (coding.path, coding.coder, coding.reason) if coding else ("", line.coder, "")
    return (*place, *who, line.comment, moment(line.created_at), line.translation, line.translator)


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
        "translation": line.translation,
        "translator": line.translator,
        **({"state": WAITS} if line.start is None else {}),
    }
