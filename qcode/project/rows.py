"""Small helpers around Core statements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert

from qcode.model import Base


def add_row(conn: Connection, table: type[Base], **values: Any) -> int:
    """Insert one row and tell its id."""
    key = conn.execute(insert(table).values(**values)).inserted_primary_key
    if key is None:
        raise TypeError(f"{table.__tablename__} has no key of its own")
    return int(key[0])
