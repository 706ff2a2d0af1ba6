"""Take stock of a project file: is the schema what the models need, and did an upgrade lose anything?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Constraint, DateTime, ForeignKeyConstraint, PrimaryKeyConstraint, Table, text

from qcode.model import metadata

# Written anew by the upgrade itself.
_NOT_COUNTED = {"alembic_version", "change", "open_change"}

_SECONDS = "dddd-dd-dd dd:dd:dd".replace("d", "[0-9]")
_MICROSECONDS = f"{_SECONDS}.{'[0-9]' * 6}"

_NO_TIME = (
    'SELECT 1 FROM "{table}" WHERE "{time}" IS NOT NULL AND (datetime("{time}") IS NULL'
    f""" OR "{{time}}" NOT GLOB '{_SECONDS}' AND "{{time}}" NOT GLOB '{_MICROSECONDS}') LIMIT 1"""
)

Stock = Mapping[str, "Shelf"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a table holds: its columns, how many rows, and a digest over all of them."""

    columns: tuple[str, ...]
    rows: int
    digest: str


def take(conn: Connection) -> Stock:
    """Count and digest every table, so that `losses` can compare later."""
    return {name: _shelf(conn, name) for name in _schema(conn, "table") if name not in _NOT_COUNTED}


def losses(before: Stock, after: Stock, touched: Collection[str]) -> list[str]:
    """Tell what an upgrade changed that it did not announce in `touched`; a touched table must keep its row count."""
    found = []
    for name, was in before.items():
        now = after.get(name)
        if name in touched:
            if now is not None and now.rows != was.rows:
                found.append(f"{name} had {was.rows} rows and has {now.rows}")
        elif now is None:
            found.append(f"{name} is gone")
        elif now != was:
            found.append(f"the rows of {name} changed")
    return found


def misfits(conn: Connection) -> list[str]:
    """Tell what the models need and the file's schema lacks: tables, columns, rules, indexes.

    Alembic's batch mode, which makes a table anew, forgets AUTOINCREMENT and CHECK without a word.
    """
    tables, indexes, columns = _schema(conn, "table"), _schema(conn, "index"), _columns(conn)
    found = []
    for table in metadata.tables.values():
        if table.name in tables:
            found += _lacking(table, tables[table.name], columns)
        else:
            found.append(f"table {table.name}")
        found += [f"index {index.name}" for index in table.indexes if index.name not in indexes]
    return found


def broken_times(conn: Connection) -> list[str]:
    """Tell where a time is no time: SQLite takes anything for one, and reading it would fail."""
    found = []
    for table in metadata.tables.values():
        for column in table.columns:
            query = _NO_TIME.format(table=table.name, time=column.name)
            if isinstance(column.type, DateTime) and conn.exec_driver_sql(query).first():
                found.append(f"a time in {table.name} is no time")
    return found


def sequences(conn: Connection) -> dict[str, int]:
    """Tell the highest id that each table ever gave."""
    return {name: seq for name, seq in conn.execute(text("SELECT name, seq FROM sqlite_sequence"))}  # noqa: C416


def keep_sequences(conn: Connection, before: Mapping[str, int]) -> None:
    """See that no id is given a second time: a table made anew knows only the ids that it still holds."""
    now, tables = sequences(conn), _schema(conn, "table")
    for name, seq in before.items():
        if name in now:
            conn.execute(text("UPDATE sqlite_sequence SET seq = max(seq, :s) WHERE name = :n"), {"s": seq, "n": name})
        elif name in tables:
            conn.execute(text("INSERT INTO sqlite_sequence(name, seq) VALUES (:n, :s)"), {"s": seq, "n": name})


def _schema(conn: Connection, kind: str) -> dict[str, str]:
    rows = conn.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = ?", (kind,))
    return {name: sql or "" for name, sql in rows if not name.startswith("sqlite_")}


def _columns(conn: Connection) -> set[tuple[str, str]]:
    return {
        (table, column)
        for table, column in conn.exec_driver_sql(
            "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'"
        )
    }


def _shelf(conn: Connection, table: str) -> Shelf:
    info = conn.execute(text(f'PRAGMA table_info("{table}")')).all()
    columns = tuple(column.name for column in info)
    key = [column.name for column in sorted(info, key=lambda column: column.pk) if column.pk]
    digest, rows = hashlib.sha256(), 0
    order = ", ".join(f'"{name}"' for name in key or columns)
    for row in conn.execute(text(f'SELECT * FROM "{table}" ORDER BY {order}').execution_options(stream_results=True)):
        rows += 1
        for value in row:
            cell = value if isinstance(value, bytes) else repr(value).encode()
            digest.update(b"%d:" % len(cell))
            digest.update(cell)
    return Shelf(columns, rows, digest.hexdigest())


def _lacking(table: Table, sql: str, columns: Collection[tuple[str, str]]) -> list[str]:
    found = [f"column {table.name}.{one.name}" for one in table.columns if (table.name, one.name) not in columns]
    named = set(re.findall(r"\bCONSTRAINT (\w+)", sql))
    found += [f"rule {rule.name}" for rule in table.constraints if _must_be_named(rule) and rule.name not in named]
    if table.dialect_options["sqlite"]["autoincrement"] and "AUTOINCREMENT" not in sql:
        found.append(f"AUTOINCREMENT of {table.name}")
    late = sum(isinstance(rule, ForeignKeyConstraint) and bool(rule.deferrable) for rule in table.constraints)
    if len(re.findall(r"(?<!NOT )\bDEFERRABLE\b", sql)) < late:
        found.append(f"deferrable references of {table.name}")
    return found


def _must_be_named(rule: Constraint) -> bool:
    return rule.name is not None and not isinstance(rule, PrimaryKeyConstraint)
