"""Passages and codings: what was highlighted, which codes stand on it, and why.

The same span by the same coder is one passage, however many codes it carries. Offsets are code points, half-open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, select, update

from qcode.errors import InvalidInput, NotFound
from qcode.model import CodeRow, CoderRow, CodingRow, PassageRow, ReviewRow, new_guid
from qcode.model.values import CodeId, CodingId, PassageId, SourceId
from qcode.project import fields, sources
from qcode.project.rows import add_row, nothing_written
from qcode.project.transaction import Change, Reading

FEW = 500  # passages that are named one by one in a query

# (passage, coding or 0, code or 0, start, end): tuples, since a source may have tens of thousands of them
Mark = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Coding:
    """One code on a passage, with the reason it was given."""

    id: CodingId
    guid: str
    code_id: CodeId
    coder: str
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Passage:
    """A highlighted stretch of a source with the codings on it; `quote` equals the text from `start` to `end`.

    Those are None while it waits for review; `quote` then holds its words as they were.
    """

    id: PassageId
    guid: str
    source_id: SourceId
    start: int | None
    end: int | None
    quote: str
    coder: str
    comment: str
    created_at: datetime
    translation: str
    translator: str
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying codes did: new codings, and codes that stood on the passage already."""

    passage_id: PassageId
    codings: tuple[CodingId, ...]
    already: tuple[CodeId, ...]


# ---- questions -------------------------------------------------------------------------------------------------------

_PASSAGES = select(
    PassageRow.id,
    PassageRow.guid,
    PassageRow.source_id,
    PassageRow.start,
    PassageRow.end,
    PassageRow.quote,
    CoderRow.name,
    PassageRow.comment,
    PassageRow.created_at,
    PassageRow.translation,
    PassageRow.translator,
).join(CoderRow, CoderRow.id == PassageRow.coder_id)
_CODINGS = select(
    CodingRow.passage_id,
    CodingRow.id,
    CodingRow.guid,
    CodingRow.code_id,
    CoderRow.name,
    CodingRow.reason,
    CodingRow.created_at,
).join(CoderRow, CoderRow.id == CodingRow.coder_id)

# As one reads: source by source; what waits for review and has no place comes last.
IN_ORDER = PassageRow.source_id, PassageRow.start.is_(None), PassageRow.start, PassageRow.end.desc(), PassageRow.id
# Made once: each coding asks them, and the making takes longer than the asking.
_OF = _CODINGS.where(CodingRow.passage_id.in_(bindparam("passages", expanding=True))).order_by(CodingRow.id)
_THESE = _PASSAGES.where(PassageRow.id.in_(bindparam("passages", expanding=True))).order_by(PassageRow.id)
_ONE = _PASSAGES.where(PassageRow.id == bindparam("passage"))
_SAME_SPAN = select(PassageRow.id, PassageRow.comment).where(
    PassageRow.source_id == bindparam("source"),
    PassageRow.start == bindparam("start"),
    PassageRow.end == bindparam("end"),
    PassageRow.coder_id == bindparam("coder"),
)
_STANDING = select(CodingRow.code_id).where(CodingRow.passage_id == bindparam("passage"))
_WHAT_KIND = select(CodeRow.id, CodeRow.name, CodeRow.is_codable).where(
    CodeRow.id.in_(bindparam("codes", expanding=True))
)

_BARE = select(CodingRow.id, CodingRow.passage_id, CodingRow.code_id, CodingRow.coder_id, CodingRow.reason)


def marks(r: Reading | Change, source: SourceId) -> list[Mark]:
    """List what the view draws of a source, by start, longer ones first; a passage without a code has coding 0."""
    columns = (PassageRow.id, CodingRow.id, CodingRow.code_id, PassageRow.start, PassageRow.end)
    rows = select(*columns).outerjoin(CodingRow, CodingRow.passage_id == PassageRow.id)
    here = PassageRow.source_id == source, PassageRow.start.is_not(None)
    ordered = rows.where(*here).order_by(PassageRow.start, PassageRow.end.desc(), CodingRow.id)
    return [
        (passage, coding or 0, code or 0, start, end) for passage, coding, code, start, end in r.conn.execute(ordered)
    ]


def get(r: Reading | Change, passage: PassageId) -> Passage:
    """Fetch one passage. Raises NotFound when it is gone."""
    found = _gather(r, _ONE, values={"passage": passage})
    if not found:
        raise NotFound("This passage is not in the project any more.")
    return found[0]


def in_source(r: Reading | Change, source: SourceId) -> list[Passage]:
    """List the passages of a source in the order of the text."""
    return listing(r, source=source)


def listing(
    r: Reading | Change,
    *,
    code: CodeId | None = None,
    source: SourceId | None = None,
    without_code: bool = False,
    limit: int | None = None,
) -> list[Passage]:
    """List passages by source, then in the order of the text: all, those of a code, of a source, those without a code.

    Those that wait for review come last of their source. A passage of a code comes with all its codings; `limit`
    gives the first ones only.
    """
    rows = _PASSAGES.order_by(*IN_ORDER)
    rows = rows.limit(limit)
    which: Any = None
    if source is not None:
        rows, which = rows.where(PassageRow.source_id == source), CodingRow.source_id == source
    if code is not None:
        having = select(CodingRow.passage_id).where(CodingRow.code_id == code)
        rows = rows.where(PassageRow.id.in_(having))
        which = CodingRow.passage_id.in_(having) if which is None else which
    if without_code:
        rows = rows.where(~select(CodingRow.id).where(CodingRow.passage_id == PassageRow.id).exists())
        return [_passage(row, {}) for row in r.conn.execute(rows)]
    return _gather(r, rows, which)


def at(r: Reading | Change, source: SourceId, start: int, end: int, *, coder: str) -> Passage | None:
    """Find this coder's passage with exactly this span."""
    rows = _PASSAGES.where(PassageRow.source_id == source, PassageRow.start == start, PassageRow.end == end)
    found = _gather(r, rows.where(CoderRow.name == coder))
    return found[0] if found else None


def of_coders(r: Reading | Change, source: SourceId, names: Iterable[str]) -> frozenset[int]:
    """Give the ids of the passages that these coders made in a source."""
    rows = select(PassageRow.id).join(CoderRow, CoderRow.id == PassageRow.coder_id)
    return frozenset(r.conn.scalars(rows.where(PassageRow.source_id == source, CoderRow.name.in_(list(names)))))


def of_codings(r: Reading | Change, codings: Iterable[CodingId]) -> list[Passage]:
    """List the passages on which codings stand, each once; those of codings that are gone are passed over."""
    having = select(CodingRow.passage_id).where(CodingRow.id.in_(list(codings)))
    return _gather(r, _PASSAGES.where(PassageRow.id.in_(having)).order_by(PassageRow.id))


def these(r: Reading | Change, passages: Iterable[PassageId]) -> list[Passage]:
    """List some passages; those that are gone are passed over."""
    return _gather(r, _THESE, values={"passages": list(passages)})


def find_quote(text: str, quote: str) -> list[int]:
    """Find every place where a quote begins, overlapping ones too."""
    found, place = [], text.find(quote) if quote else -1
    while place >= 0:
        found.append(place)
        place = text.find(quote, place + 1)
    return found


def _gather(
    r: Reading | Change, rows: Select[*tuple[Any, ...]], which: Any = None, values: dict[str, Any] | None = None
) -> list[Passage]:
    """Two queries, however many passages; `which` narrows the codings where their passages are too many to name."""
    found = r.conn.execute(rows, values).all()
    on: dict[int, list[Coding]] = defaultdict(list)
    if len(found) <= FEW:
        codings = r.conn.execute(_OF, {"passages": [row[0] for row in found]})
    else:
        codings = r.conn.execute((_CODINGS if which is None else _CODINGS.where(which)).order_by(CodingRow.id))
    for passage, coding, guid, code, coder, reason, made in codings:
        on[passage].append(Coding(CodingId(coding), guid, CodeId(code), coder, reason, made))
    return [_passage(row, on) for row in found]


def _passage(row: Row[*tuple[Any, ...]], on: dict[int, list[Coding]]) -> Passage:
    values: tuple[Any, ...] = (*row, tuple(on.get(row[0], ())))
    return Passage(*values)


# ---- actions ---------------------------------------------------------------------------------------------------------


def highlight(tx: Change, source: SourceId, start: int, end: int, *, comment: str = "") -> PassageId:
    """Keep a stretch as a passage without a code, to be coded later; the one that is there already when there is.

    Raises InvalidInput when the range is empty or does not lie in the text, NotFound when the source is gone.
    """
    quote = _quote(tx, source, start, end)
    fields.words(comment, "comment")
    span = {"source": source, "start": start, "end": end, "coder": tx.coder.id}
    there = tx.conn.execute(_SAME_SPAN, span).one_or_none()
    if there is not None:
        if comment and comment != there.comment:
            set_comment(tx, PassageId(there.id), comment if not there.comment else f"{there.comment}\n{comment}")
        return PassageId(there.id)
    place = {"source_id": source, "start": start, "end": end, "quote": quote, "coder_id": tx.coder.id}
    return PassageId(add_row(tx.conn, PassageRow, guid=new_guid(), comment=comment, created_at=tx.at, **place))


def apply(
    tx: Change,
    source: SourceId,
    start: int,
    end: int,
    codes: Sequence[CodeId],
    *,
    reason: str = "",
    comment: str = "",
) -> Applied:
    """Apply codes to a stretch of a source, with the reason; the passage is made when it is not there.

    A code that stands there already is left as it is, and told. Raises InvalidInput for a range that is empty or past
    the end, and for a group; NotFound when the source or a code is gone.
    """
    fields.words(reason, "reason")
    refuse_groups(tx, codes)
    return _apply(tx, source, highlight(tx, source, start, end, comment=comment), codes, reason)


def apply_again(tx: Change, passage: PassageId, codes: Sequence[CodeId]) -> Applied:
    """Apply codes where a passage is; while it waits for review and is nowhere, to the passage itself.

    Raises as `apply` does.
    """
    there = get(tx, passage)
    if there.start is not None and there.end is not None:
        return apply(tx, there.source_id, there.start, there.end, codes)
    refuse_groups(tx, codes)
    return _apply(tx, there.source_id, passage, codes, "")


def _apply(tx: Change, source: SourceId, passage: PassageId, codes: Sequence[CodeId], reason: str) -> Applied:
    standing = set(tx.conn.scalars(_STANDING, {"passage": passage}))
    made = []
    for code in dict.fromkeys(codes):
        if code not in standing:
            values = {"passage_id": passage, "source_id": source, "code_id": code, "coder_id": tx.coder.id}
            coding = add_row(tx.conn, CodingRow, guid=new_guid(), reason=reason, created_at=tx.at, **values)
            made.append(CodingId(coding))
    return Applied(passage, tuple(made), tuple(code for code in dict.fromkeys(codes) if code in standing))


def uncode(tx: Change, codings: Iterable[CodingId]) -> None:
    """Take codes off their passages. A passage stays while it has a comment, a translation or another code.

    Raises NotFound when none of the codings is there any more.
    """
    going = list(codings)
    passages = tx.conn.scalars(select(CodingRow.passage_id).where(CodingRow.id.in_(going)).distinct()).all()
    if not passages:
        raise NotFound("This coding is not in the project any more.")
    tx.conn.execute(delete(CodingRow).where(CodingRow.id.in_(going)))
    coded = select(CodingRow.id).where(CodingRow.passage_id == PassageRow.id).exists()
    tx.conn.execute(delete(PassageRow).where(PassageRow.id.in_(passages), ~coded, nothing_written()))


def resize(tx: Change, passage: PassageId, start: int, end: int) -> None:
    """Move the ends of a passage, keeping its codings, its comment and its identity.

    One that waited for review has its place then. Where its coder has another passage with just that span, that one
    is joined into it: doubled codings become one with both reasons. Raises InvalidInput for a range that is empty or
    not in the text, NotFound when the passage is gone.
    """
    columns = PassageRow.id, PassageRow.comment, PassageRow.translation, PassageRow.translator
    place = PassageRow.source_id, PassageRow.coder_id, PassageRow.start, PassageRow.end
    kept = tx.conn.execute(select(*columns, *place).where(PassageRow.id == passage)).one_or_none()
    if kept is None:
        raise NotFound("This passage is not in the project any more.")
    quote = _quote(tx, SourceId(kept.source_id), start, end)
    if (kept.start, kept.end) == (start, end):
        return
    there = PassageRow.source_id == kept.source_id, PassageRow.coder_id == kept.coder_id
    same = select(*columns).where(*there, PassageRow.start == start, PassageRow.end == end)
    other = tx.conn.execute(same).one_or_none()
    values = {"start": start, "end": end, "quote": quote}
    if other is not None:
        for field in ("comment", "translation", "translator"):
            values[field] = _joined(getattr(kept, field), getattr(other, field))
        _move_codings(tx, PassageId(other.id), passage)
        tx.conn.execute(delete(PassageRow).where(PassageRow.id == other.id))
    tx.conn.execute(delete(ReviewRow).where(ReviewRow.passage_id == passage))
    tx.conn.execute(update(PassageRow).where(PassageRow.id == passage).values(**values))


def recode(tx: Change, codings: Iterable[CodingId], code: CodeId) -> tuple[CodingId, ...]:
    """Let codings say another code, keeping reason, coder and identity; gives those that say it now.

    One whose passage has that code already is dropped, and its reason goes to the one that stays. Raises InvalidInput
    for a group, NotFound when the code, or all of the codings, are gone.
    """
    refuse_groups(tx, [code])
    asked = list(codings)
    rows = tx.conn.execute(_BARE.where(CodingRow.id.in_(asked)).order_by(CodingRow.id)).all()
    if not rows:
        raise NotFound("This coding is not in the project any more.")
    passages = {row.passage_id for row in rows}
    saying = _BARE.where(CodingRow.passage_id.in_(passages), CodingRow.code_id == code)
    standing = {(row.passage_id, row.coder_id): row for row in tx.conn.execute(saying)}
    left: dict[CodingId, None] = {}
    for row in rows:
        there = standing.setdefault((row.passage_id, row.coder_id), row)
        left[CodingId(there.id)] = None
        if there.id != row.id:
            _merge(tx, row, into=CodingId(there.id))
        elif row.code_id != code:
            tx.conn.execute(update(CodingRow).where(CodingRow.id == row.id).values(code_id=code))
    return tuple(left)


def remove(tx: Change, passages: Iterable[PassageId]) -> None:
    """Remove passages with all their codings. Raises NotFound when none is there any more."""
    if tx.conn.execute(delete(PassageRow).where(PassageRow.id.in_(list(passages)))).rowcount == 0:
        raise NotFound("This passage is not in the project any more.")


def set_reason(tx: Change, coding: CodingId, reason: str) -> None:
    """Write down why a code was given. Raises NotFound when the coding is gone."""
    kept = {"reason": fields.words(reason, "reason")}
    if tx.conn.execute(update(CodingRow).where(CodingRow.id == coding).values(**kept)).rowcount == 0:
        raise NotFound("This coding is not in the project any more.")


def set_comment(tx: Change, passage: PassageId, comment: str) -> None:
    """Write a comment on a passage. Raises NotFound when the passage is gone."""
    kept = {"comment": fields.words(comment, "comment")}
    if tx.conn.execute(update(PassageRow).where(PassageRow.id == passage).values(**kept)).rowcount == 0:
        raise NotFound("This passage is not in the project any more.")


def _quote(tx: Change, source: SourceId, start: int, end: int) -> str:
    text = sources.text(tx, source)
    if not 0 <= start < end:
        raise InvalidInput(f"The range {start}:{end} holds no text.", "Give a start and, after it, an end.")
    if end > len(text):
        raise InvalidInput(f"The range {start}:{end} goes past the end of the source at {len(text)}.")
    return text[start:end]


def _move_codings(tx: Change, passage: PassageId, into: PassageId) -> None:
    """Put the codings of one passage on another of the same source."""
    standing = {
        (row.code_id, row.coder_id): CodingId(row.id)
        for row in tx.conn.execute(_BARE.where(CodingRow.passage_id == into))
    }
    for row in tx.conn.execute(_BARE.where(CodingRow.passage_id == passage)).all():
        there = standing.get((row.code_id, row.coder_id))
        if there is not None:
            _merge(tx, row, into=there)
        else:
            tx.conn.execute(update(CodingRow).where(CodingRow.id == row.id).values(passage_id=into))


def _merge(tx: Change, coding: Row[*tuple[Any, ...]], *, into: CodingId) -> None:
    """Drop a coding that stands twice; what was written about it is kept."""
    kept = tx.conn.scalar(select(CodingRow.reason).where(CodingRow.id == into)) or ""
    reason = _joined(kept, coding.reason)
    if reason != kept:
        tx.conn.execute(update(CodingRow).where(CodingRow.id == into).values(reason=reason))
    tx.conn.execute(delete(CodingRow).where(CodingRow.id == coding.id))


def _joined(kept: str, more: str) -> str:
    return kept if not more or more == kept else f"{kept}\n{more}" if kept else more


def refuse_groups(tx: Change, codes: Sequence[CodeId]) -> None:
    """Raise what is wrong with codes to apply: NotFound for one that is gone, InvalidInput for a group, or none."""
    if not codes:
        raise InvalidInput("No code was named.", "Name at least one.")
    known = {row.id: row for row in tx.conn.execute(_WHAT_KIND, {"codes": list(codes)})}
    for code in codes:
        if code not in known:
            raise NotFound("This code is not in the codebook any more.")
        if not known[code].is_codable:
            raise InvalidInput(
                f"“{known[code].name}” is a group and is not applied to text.", "Choose a code below it."
            )
