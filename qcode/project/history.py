"""What was done, when, by whom and why: the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from qcode.model import ChangeRow, CoderRow
from qcode.model.values import ChangeId, ChangeKind

if TYPE_CHECKING:
    from qcode.project.ledger import Head
    from qcode.project.project import Change, Reading

_ENTRIES = select(
    ChangeRow.id, ChangeRow.at, CoderRow.name, ChangeRow.label, ChangeRow.kind, ChangeRow.undoes, ChangeRow.reason
).outerjoin(CoderRow, CoderRow.guid == ChangeRow.coder)


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
    return [_entry(*row) for row in r.conn.execute(_ENTRIES.order_by(ChangeRow.id.desc()).limit(limit))]


def entry(r: Reading | Change, head: Head) -> Entry:
    """Show one change of the ledger as a person reads it."""
    return _entry(*r.conn.execute(_ENTRIES.where(ChangeRow.id == head.id)).one())


def _entry(  # noqa: PLR0917 - the columns of _ENTRIES, in their order
    change: int, at: datetime, coder: str | None, label: str, kind: str, undoes: int | None, reason: str
) -> Entry:
    undone = ChangeId(undoes) if undoes is not None else None
    return Entry(ChangeId(change), at, coder or "", label, ChangeKind(kind), undone, reason)
