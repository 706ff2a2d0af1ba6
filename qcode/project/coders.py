"""The people who code."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, update

from qcode.errors import Conflict, NotFound
from qcode.model import CoderRow, ProjectRow
from qcode.model.values import DEFAULT_COLORS, CoderId
from qcode.project import fields
from qcode.project.rows import add_row
from qcode.project.transaction import Change, Reading

_COLUMNS = select(CoderRow.id, CoderRow.guid, CoderRow.name, CoderRow.color)


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes; id 0 stands for somebody the project does not know yet."""

    id: CoderId
    guid: str
    name: str
    color: str


def proper_name(name: str) -> str:
    """Accept a coder's name. Raises InvalidInput when it is empty."""
    return fields.name(name, "coder's name")


def stranger(name: str, *, guid: str = "") -> Coder:
    """Stand in for a coder who has not changed anything yet."""
    return Coder(CoderId(0), guid, name, "")


def listing(r: Reading | Change) -> list[Coder]:
    """List all coders, first come first."""
    return [_coder(*row) for row in r.conn.execute(_COLUMNS.order_by(CoderRow.id))]


def find(r: Reading | Change, name: str) -> Coder | None:
    """Find a coder by name."""
    row = r.conn.execute(_COLUMNS.where(CoderRow.name == name)).one_or_none()
    return _coder(*row) if row else None


def current(r: Reading | Change) -> Coder | None:
    """Tell who codes in this project when nobody is named."""
    row = r.conn.execute(_COLUMNS.join(ProjectRow, ProjectRow.coder_id == CoderRow.id)).one_or_none()
    return _coder(*row) if row else None


def add(tx: Change, coder: Coder) -> Coder:
    """Make a stranger a coder of this project; they get the next colour."""
    color = DEFAULT_COLORS[(tx.conn.scalar(select(func.count()).select_from(CoderRow)) or 0) % len(DEFAULT_COLORS)]
    made = add_row(tx.conn, CoderRow, guid=coder.guid, name=coder.name, color=color)
    return Coder(CoderId(made), coder.guid, coder.name, color)


def rename(tx: Change, coder: CoderId, name: str) -> None:
    """Give a coder another name; their work stays theirs. Raises Conflict when the name is taken."""
    other = find(tx, proper_name(name))
    if other is not None and other.id != coder:
        raise Conflict(f"There is a coder called “{name}” already.", "Choose another name.")
    if tx.conn.execute(update(CoderRow).where(CoderRow.id == coder).values(name=name)).rowcount == 0:
        raise NotFound("This coder is not in the project any more.")


def _coder(row_id: int, guid: str, name: str, color: str) -> Coder:
    return Coder(CoderId(row_id), guid, name, color)
