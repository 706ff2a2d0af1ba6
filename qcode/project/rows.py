"""Small helpers around Core statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from qcode.model import Base, FolderRow, PassageRow, SourceRow


def add_row(conn: Connection, table: type[Base], **values: Any) -> int:
    """Insert one row and tell its id."""
    key = conn.execute(insert(table), values).inserted_primary_key
    if key is None:
        raise TypeError(f"{table.__tablename__} has no key of its own")
    return int(key[0])


def place_of_new(conn: Connection, position: InstrumentedAttribute[int], beside: ColumnElement[bool]) -> int:
    """Tell the position of what is put beside others: the last, or 0 (by name) while nobody has ordered these."""
    last = conn.scalar(select(func.max(position)).where(beside)) or 0
    return last + 1 if last else 0


def put_in_order(conn: Connection, table: type[FolderRow | SourceRow], ids: Iterable[int]) -> None:
    """Number rows from 1 in this order; those that have their number already are not touched."""
    order = list(ids)
    there = dict(conn.execute(select(table.id, table.position).where(table.id.in_(order))).all())
    for place, one in enumerate(order, start=1):
        if there[one] != place:
            conn.execute(update(table).where(table.id == one).values(position=place))


def numbered(name: str, taken: Collection[str]) -> str:
    """Make a name that is not taken: "Report", else "Report 2", "Report 3" ..."""
    if name not in taken:
        return name
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"


def nothing_written() -> ColumnElement[bool]:
    """State that nobody wrote anything about a passage, for which it would stay when its last code goes."""
    return and_(PassageRow.comment == "", PassageRow.translation == "")
