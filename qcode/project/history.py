"""What was done, when, by whom and why: the trail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, func, or_, select

from qcode.model import ChangedRow, ChangeRow, CoderRow, CodingRow
from qcode.model.values import ChangeId, ChangeKind, PassageId
from qcode.project.transaction import Change, Reading

if TYPE_CHECKING:
    from qcode.project.ledger import Head

_ENTRIES = select(
    ChangeRow.id, ChangeRow.at, CoderRow.name, ChangeRow.label, ChangeRow.kind, ChangeRow.undoes, ChangeRow.reason
).outerjoin(CoderRow, CoderRow.guid == ChangeRow.coder)
_NEWEST = ChangeRow.id.desc()


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as a person reads it; `at` in UTC, `undoes` the id of the change it took back or brought back."""

    id: ChangeId
    at: datetime
    coder: str
    label: str
    kind: ChangeKind
    undoes: ChangeId | None
    reason: str


def listing(r: Reading | Change, *, limit: int | None = None) -> list[Entry]:
    """List the changes, newest first (by their order, not the clock's)."""
    return [_entry(*row) for row in r.conn.execute(_ENTRIES.order_by(_NEWEST).limit(limit))]


def untouched_since_upgrade(r: Reading | Change) -> bool:
    """Tell whether nothing was done since the file was upgraded, behind which undo does not go."""
    done = select(ChangeRow.kind).where(ChangeRow.kind != ChangeKind.NOTE)
    return r.conn.scalar(done.order_by(_NEWEST).limit(1)) == ChangeKind.BARRIER


def trail(r: Reading | Change, passage: PassageId) -> list[Entry]:
    """List the changes that touched a passage or a coding on it, newest first; codings that were removed count, too.

    A passage that is gone still has its trail; one that never was has none.
    """
    touched = or_(_of("passage", [passage]), _of("coding", _codings_ever_on(r, passage)))
    changes = select(ChangedRow.change_id).where(touched)
    return [_entry(*row) for row in r.conn.execute(_ENTRIES.where(ChangeRow.id.in_(changes)).order_by(_NEWEST))]


def _of(table: str, ids: Collection[int]) -> ColumnElement[bool]:
    return and_(ChangedRow.row_id.in_(ids), ChangedRow.tbl == table)


def _codings_ever_on(r: Reading | Change, passage: PassageId) -> set[int]:
    """Find the codings that stand on a passage, and those that stood on it before they were removed or moved.

    Those of before are known from what the ledger kept of them, which it wrote after the passage was made.
    """
    there = set(r.conn.scalars(select(CodingRow.id).where(CodingRow.passage_id == passage)))
    made = r.conn.scalar(select(func.min(ChangedRow.seq)).where(_of("passage", [passage])))
    if made is None:
        return there
    kept = func.json_extract(ChangedRow.old, "$.passage_id") == passage
    before = select(ChangedRow.row_id).where(ChangedRow.seq > made, ChangedRow.tbl == "coding", ChangedRow.op != "I")
    return there | set(r.conn.scalars(before.where(kept)))


def entry(r: Reading | Change, head: Head) -> Entry:
    """Show one change of the ledger as a person reads it."""
    return _entry(*r.conn.execute(_ENTRIES.where(ChangeRow.id == head.id)).one())


def _entry(  # noqa: PLR0917 - the columns of _ENTRIES, in their order
    change: int, at: datetime, coder: str | None, label: str, kind: str, undoes: int | None, reason: str
) -> Entry:
    undone = ChangeId(undoes) if undoes is not None else None
    return Entry(ChangeId(change), at, coder or "", label, ChangeKind(kind), undone, reason)
