"""Sets of sources: sources that belong together for a question, whatever folder they lie in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from qcode.errors import Conflict, NotFound
from qcode.model import SetMemberRow, SourceRow, SourceSetRow, new_guid
from qcode.model.values import SourceId, SourceSetId
from qcode.project import fields
from qcode.project.rows import add_row
from qcode.project.transaction import Change, Reading
from qcode.text.natural import natural


@dataclass(frozen=True, slots=True)
class SourceSet:
    """A set with the sources in it."""

    id: SourceSetId
    guid: str
    name: str
    sources: frozenset[SourceId]


# ---- questions -------------------------------------------------------------------------------------------------------


def listing(r: Reading | Change) -> list[SourceSet]:
    """List the sets by name."""
    members: dict[int, set[SourceId]] = defaultdict(set)
    for set_, source in r.conn.execute(select(SetMemberRow.set_id, SetMemberRow.source_id)):
        members[set_].add(SourceId(source))
    rows = r.conn.execute(select(SourceSetRow.id, SourceSetRow.guid, SourceSetRow.name))
    found = [SourceSet(SourceSetId(row.id), row.guid, row.name, frozenset(members[row.id])) for row in rows]
    return sorted(found, key=lambda one: natural(one.name))


def by_name(r: Reading | Change, name: str) -> SourceSet:
    """Find a set by its name. Raises NotFound, and then tells how the sets are called."""
    sets = listing(r)
    found = next((one for one in sets if one.name == name), None)
    if found is None:
        known = ", ".join(f"“{one.name}”" for one in sets[:5]) + (" …" if len(sets) > 5 else "")
        raise NotFound(f"There is no set called “{name}”.", f"There is {known}." if known else "Make one first.")
    return found


# ---- actions ---------------------------------------------------------------------------------------------------------


def add(tx: Change, name: str, sources: Iterable[SourceId] = ()) -> SourceSetId:
    """Make a set, with sources in it or empty. Raises Conflict when the name is taken, InvalidInput, NotFound."""
    _refuse_taken(tx, fields.name(name, "name of the set"), None)
    made = SourceSetId(add_row(tx.conn, SourceSetRow, guid=new_guid(), name=name))
    put_in(tx, made, sources)
    return made


def rename(tx: Change, source_set: SourceSetId, name: str) -> None:
    """Give a set another name. Raises Conflict when it is taken, NotFound when the set is gone."""
    _refuse_taken(tx, fields.name(name, "name of the set"), source_set)
    if _name(tx, source_set) != name:
        tx.conn.execute(update(SourceSetRow).where(SourceSetRow.id == source_set).values(name=name))


def put_in(tx: Change, source_set: SourceSetId, sources: Iterable[SourceId]) -> int:
    """Put sources into a set, and tell how many were not in it yet. Raises NotFound when one, or the set, is gone."""
    _name(tx, source_set)
    there = set(tx.conn.scalars(select(SetMemberRow.source_id).where(SetMemberRow.set_id == source_set)))
    fresh = [source for source in dict.fromkeys(sources) if source not in there]
    if not set(fresh) <= set(tx.conn.scalars(select(SourceRow.id))):
        raise NotFound("This source is not in the project any more.")
    if fresh:
        tx.conn.execute(insert(SetMemberRow), [{"set_id": source_set, "source_id": source} for source in fresh])
    return len(fresh)


def take_out(tx: Change, source_set: SourceSetId, sources: Iterable[SourceId]) -> None:
    """Take sources out of a set; they stay in the project. Raises NotFound when the set is gone."""
    _name(tx, source_set)
    inside = SetMemberRow.set_id == source_set, SetMemberRow.source_id.in_(list(sources))
    tx.conn.execute(delete(SetMemberRow).where(*inside))


def remove(tx: Change, source_set: SourceSetId) -> None:
    """Remove a set; its sources stay in the project. Raises NotFound when it is gone."""
    _name(tx, source_set)
    tx.conn.execute(delete(SourceSetRow).where(SourceSetRow.id == source_set))


def _name(tx: Change, source_set: SourceSetId) -> str:
    name = tx.conn.scalar(select(SourceSetRow.name).where(SourceSetRow.id == source_set))
    if name is None:
        raise NotFound("This set is not in the project any more.")
    return name


def _refuse_taken(tx: Change, name: str, source_set: SourceSetId | None) -> None:
    taken = tx.conn.scalar(select(SourceSetRow.id).where(SourceSetRow.name == name))
    if taken is not None and taken != source_set:
        raise Conflict(f"There is a set called “{name}” already.", "Choose another name.")
