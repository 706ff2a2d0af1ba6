"""The ledger: every change is recorded, can be undone and redone, and is sealed into a chain of hashes.

The database writes what was touched (store/triggers.py); this module opens and closes a change, plays one backwards,
and verifies the whole. Undo is itself a change, so history only ever grows.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import IntegrityError

from qcode.errors import Conflict
from qcode.model import Base, ChangedRow, ChangeRow, OpenChange, PassageRow, SourceRow
from qcode.model.values import ChangeId, ChangeKind
from qcode.store import replay

MANY = 1_000  # a change of more rows of a table than this is told as "all of this table"
MANY_PASSAGES = 200  # more of them are not asked for one by one

Touched = dict[str, set[int]]
Guard = Callable[[Connection, Mapping[str, set[int]]], None]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What a committed change touched: for each table the ids of the rows, or None where they are too many to list.

    `passages` are those that any row is about, such as a coding on one, and `sources` likewise; both are None when the
    rows of any table are too many, and `passages` when these alone are.
    """

    id: ChangeId
    label: str
    coder: str
    kind: ChangeKind
    rows: Mapping[str, frozenset[int] | None]
    sources: frozenset[int] | None
    passages: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Head:
    """The record of a change, before it is sealed; `coder` is a guid."""

    id: int
    at: datetime
    coder: str
    label: str
    kind: ChangeKind
    undoes: int | None
    root: int
    reason: str
    after: int
    upto: int


def now() -> datetime:
    """Tell the time in UTC, without a zone, as it is stored."""
    return datetime.now(UTC).replace(tzinfo=None)


def begin(
    conn: Connection, label: str, coder: str, kind: ChangeKind, *, reason: str = "", target: Head | None = None
) -> Head:
    """Open a change inside a write transaction: from here on the triggers let writes through."""
    last = conn.execute(_LAST).one_or_none()
    new, place = (last.id + 1, last.upto) if last else (1, 0)
    undoes, root = (target.id, target.root) if target else (None, new)
    conn.execute(_OPEN, {"change_id": new})
    return Head(new, now(), coder, label, kind, undoes, root, reason, place, place)


def touched(conn: Connection, head: Head) -> Touched:
    """Tell which rows an open change has touched so far."""
    rows = select(ChangedRow.tbl, ChangedRow.row_id).where(ChangedRow.seq > head.after)
    found: Touched = defaultdict(set)
    for table, row_id in conn.execute(rows):
        found[table].add(row_id)
    return found


def seal(conn: Connection, head: Head) -> ChangeSet | None:
    """Close a change: hash it into the chain and record it. None when it wrote nothing."""
    head = replace(head, upto=conn.scalar(_LAST_ROW) or head.after)
    if head.upto == head.after and head.kind != ChangeKind.BARRIER:
        conn.execute(_OPEN, {"change_id": None})
        return None
    rows_hash, found = _rows(conn, head)
    state = _state_left(conn, head, found)
    previous = conn.scalar(_HASH, {"change": head.id - 1}) or ""
    values = asdict(head) | {"kind": head.kind.value, "state": state, "hash": _hash(previous, head, state, rows_hash)}
    conn.execute(_RECORD, values)
    conn.execute(_OPEN, {"change_id": None})
    rows = {table: frozenset(ids) if len(ids) <= MANY else None for table, ids in found.items()}
    sources = passages = None
    if not any(ids is None for ids in rows.values()):
        sources = frozenset(replay.touched(conn, SourceRow.__tablename__, head.after, head.upto))
        passages = frozenset(replay.touched(conn, PassageRow.__tablename__, head.after, head.upto))
    if passages is not None and len(passages) > MANY_PASSAGES:
        passages = None
    return ChangeSet(ChangeId(head.id), head.label, head.coder, head.kind, rows, sources, passages)


def barrier(conn: Connection, label: str) -> None:
    """Record that the file was upgraded: nothing before is undone any more, and all rows enter the chain anew."""
    seal(conn, begin(conn, label, "", ChangeKind.BARRIER))


# ---- undo ------------------------------------------------------------------------------------------------------------


def undoable(conn: Connection, coder: str) -> Head | None:
    """Find what Undo would take back: this coder's last change that stands, down to the last migration."""
    return _tip(conn, _UNDOABLE, coder)


def redoable(conn: Connection, coder: str) -> Head | None:
    """Find what Redo would bring back: this coder's last undo with nothing new of theirs after it."""
    return _tip(conn, _REDOABLE, coder)


def _tip(conn: Connection, question: Select[Any], coder: str) -> Head | None:
    row = conn.execute(question, {"coder": coder}).one_or_none()
    return _head(row) if row else None


def touches(conn: Connection, head: Head, table: type[Base]) -> bool:
    """Tell whether a change touched any row of a table."""
    asked = {"after": head.after, "upto": head.upto, "table": table.__tablename__}
    return conn.scalar(_TOUCHES, asked) is not None


def play_back(conn: Connection, head: Head, target: Head, guards: Iterable[Guard] = ()) -> None:
    """Undo `target` inside the open change `head` (undoing an undo is a redo).

    Raises Conflict, in words, when it is already undone, when later work touched the same rows or stands on them, or
    when a guard objects.
    """
    _refuse_if_built_upon(conn, target)
    replay.defer_foreign_keys(conn)
    try:
        replay.put_back(conn, target.after, target.upto)
    except IntegrityError as error:
        raise _moved_on(target) from error
    mine, theirs = touched(conn, head), _rows(conn, target)[1]
    if mine != theirs:
        raise _moved_on(target, sorted(table for table in mine if mine[table] - theirs.get(table, set())))
    for guard in guards:
        guard(conn, mine)


def _moved_on(target: Head, tables: Iterable[str] = ()) -> Conflict:
    used = f" ({', '.join(tables)})" if tables else ""
    return Conflict(
        f"“{target.label}” cannot be taken back: later work stands on it{used}.", "Take that back first, or leave it."
    )


def _refuse_if_built_upon(conn: Connection, target: Head) -> None:
    own = {"change": target.id, "after": target.after, "upto": target.upto}
    if conn.scalar(_BEYOND, own):
        raise Conflict(f"“{target.label}” was already taken back, or was done before the file was upgraded.")
    if conn.scalar(_ERASED, own):
        raise Conflict(f"“{target.label}” cannot be taken back: what it held was erased for good.")
    chains: dict[int, list[str]] = defaultdict(list)
    for root, label in conn.execute(_LATER, own):
        chains[root].append(label)
    # A change and its undo cancel out, so only what was done an odd number of times still stands.
    if standing := [labels[0] for labels in chains.values() if len(labels) % 2]:
        names = "; ".join(standing[:3])
        raise Conflict(
            f"“{target.label}” cannot be taken back: later changes touched the same things ({names}).",
            "Take those back first, or leave it.",
        )


# ---- the chain -------------------------------------------------------------------------------------------------------


def verify(conn: Connection) -> list[str]:
    """Tell every change that does not fit: its record against the chain, then what it left against the data.

    Walks forward through the log, then back from the data as it is. Evidence of tampering, not proof against a forger.
    """
    heads = [(_head(row), row.state, row.hash) for row in conn.execute(_CHANGES.order_by(ChangeRow.id))]
    return _altered_records(conn, heads) + _altered_rows(conn, heads)


def _altered_records(conn: Connection, heads: list[tuple[Head, str, str]]) -> list[str]:
    problems, previous, expected = [], "", 1
    for head, state, sealed in heads:
        if head.id != expected:
            problems.append(f"Change {expected} is missing from the log.")
        if sealed != _hash(previous, head, state, _rows(conn, head)[0]):
            problems.append(f"Change {head.id} ({head.label}): its record was altered.")
        previous, expected = sealed, head.id + 1
    return problems


def _altered_rows(conn: Connection, heads: list[tuple[Head, str, str]]) -> list[str]:
    problems = []
    now_there = {
        (table, row_id): image_digest(cells) for table in replay.TABLES for row_id, cells in replay.images(conn, table)
    }
    for head, state, _ in reversed(heads):
        barrier = head.kind == ChangeKind.BARRIER
        found = _by_table(now_there) if barrier else _rows(conn, head)[1]
        if state != _state(now_there, found):
            problems.append(f"Change {head.id} ({head.label}): rows it wrote were altered outside the ledger.")
        if barrier:
            return problems
        for table, row_id, old, digest in conn.execute(_old_rows(head).order_by(ChangedRow.seq.desc())):
            before = digest or (image_digest(old) if old is not None else None)
            if before is None:
                now_there.pop((table, row_id), None)
            else:
                now_there[table, row_id] = before
    return problems + [f"{table} {row_id}: no change made this row." for table, row_id in sorted(now_there)]


# Made once: each change asks them, and the making takes longer than the asking.
_CHANGES = select(ChangeRow.__table__)
_LAST = select(ChangeRow.id, ChangeRow.upto).order_by(ChangeRow.id.desc()).limit(1)
_LAST_ROW = select(func.max(ChangedRow.seq))
_HASH = select(ChangeRow.hash).where(ChangeRow.id == bindparam("change"))
_OPEN = update(OpenChange)
_RECORD = insert(ChangeRow)
_BARRIER = ChangeRow.kind == ChangeKind.BARRIER
_OWN = and_(ChangedRow.seq > bindparam("after"), ChangedRow.seq <= bindparam("upto"))
_OLD = (
    select(ChangedRow.tbl, ChangedRow.row_id, ChangedRow.op, ChangedRow.old, ChangedRow.digest)
    .where(_OWN)
    .order_by(ChangedRow.seq)
)
_TOUCHES = select(ChangedRow.seq).where(_OWN, ChangedRow.tbl == bindparam("table")).limit(1)
_ERASED = select(func.count()).where(_OWN, ChangedRow.digest.is_not(None))
_BEYOND = select(func.count()).where(
    ChangeRow.id >= bindparam("change"),
    or_(ChangeRow.undoes == bindparam("change"), _BARRIER),
)
_USERS = select(ChangedRow.change_id).where(
    ChangedRow.seq > bindparam("upto"),
    tuple_(ChangedRow.tbl, ChangedRow.row_id).in_(select(ChangedRow.tbl, ChangedRow.row_id).where(_OWN)),
)
_LATER = (
    select(ChangeRow.root, ChangeRow.label)
    .where(ChangeRow.id > bindparam("change"), ChangeRow.id.in_(_USERS))
    .order_by(ChangeRow.id)
)


def _newest(*which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(select(func.max(ChangeRow.id)).where(*which).scalar_subquery(), 0)


def _last_standing(kinds: Iterable[ChangeKind], floor: ColumnElement[int]) -> Select[Any]:
    """Ask for a coder's last change of some kinds, after a certain one, that was not undone."""
    later = ChangeRow.__table__.alias()
    return (
        select(ChangeRow.__table__)
        .where(
            ChangeRow.coder == bindparam("coder"),
            ChangeRow.kind.in_(list(kinds)),
            ChangeRow.id > floor,
            ~select(later.c.id).where(later.c.undoes == ChangeRow.id).exists(),
        )
        .order_by(ChangeRow.id.desc())
        .limit(1)
    )


_UPGRADE = _newest(_BARRIER, ChangeRow.coder == "")
_DONE = _newest(ChangeRow.kind == ChangeKind.DO, ChangeRow.coder == bindparam("coder"))
_UNDOABLE = _last_standing((ChangeKind.DO, ChangeKind.REDO), _UPGRADE)
_REDOABLE = _last_standing((ChangeKind.UNDO,), func.max(_UPGRADE, _DONE))


def _head(row: Row[tuple[object, ...]]) -> Head:
    names = ("id", "at", "coder", "label", "kind", "undoes", "root", "reason", "after", "upto")
    values = {name: row._mapping[name] for name in names}
    return Head(**{**values, "kind": ChangeKind(values["kind"])})


def _old_rows(head: Head):  # type: ignore[no-untyped-def]
    columns = (ChangedRow.tbl, ChangedRow.row_id, ChangedRow.old, ChangedRow.digest)
    return select(*columns).where(ChangedRow.seq > head.after, ChangedRow.seq <= head.upto)


def _rows(conn: Connection, head: Head) -> tuple[str, Touched]:
    """Hash a change's rows, and tell which they are."""
    total, found = hashlib.sha256(), defaultdict[str, set[int]](set)
    for table, row_id, op, old, digest in conn.execute(_OLD, {"after": head.after, "upto": head.upto}):
        before = digest or (image_digest(old) if old is not None else "")
        total.update(f"{table}\x1f{row_id}\x1f{op}\x1f{before}\n".encode())
        found[table].add(row_id)
    return total.hexdigest(), dict(found)


def _state_left(conn: Connection, head: Head, found: Touched) -> str:
    """Hash the rows as a change leaves them: those it touched, or for a migration all."""
    if head.kind == ChangeKind.BARRIER:
        whole = _everything(conn)
        return _state(whole, _by_table(whole))
    there = {
        (table, row_id): image_digest(cells)
        for table in found
        for row_id, cells in replay.images_touched(conn, table, head.after, head.upto)
    }
    return _state(there, found)


def _everything(conn: Connection) -> dict[tuple[str, int], str]:
    return {(table, i): image_digest(cells) for table in replay.TABLES for i, cells in replay.images(conn, table)}


def _state(digests: Mapping[tuple[str, int], str], found: Mapping[str, set[int]]) -> str:
    total = hashlib.sha256()
    for table in sorted(found):
        for row_id in sorted(found[table]):
            total.update(f"{table}\x1f{row_id}\x1f{digests.get((table, row_id), '')}\n".encode())
    return total.hexdigest()


def _by_table(digests: Iterable[tuple[str, int]]) -> Touched:
    found: Touched = defaultdict(set)
    for table, row_id in digests:
        found[table].add(row_id)
    return found


def image_digest(cells: str) -> str:
    """Hash the image of a row, as the chain does."""
    return hashlib.sha256(cells.encode()).hexdigest()


def _hash(previous: str, head: Head, state: str, rows_hash: str) -> str:
    parts = (head.id, head.at.isoformat(), head.coder, head.label, head.kind, head.undoes, head.root, head.reason)
    return hashlib.sha256("\x1f".join([previous, *map(str, parts), state, rows_hash]).encode()).hexdigest()
