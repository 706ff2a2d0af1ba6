"""Rows as images, and images back into rows: the SQL behind undo and verify that only SQLite has."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Table, TextClause, text

from qcode.model import TRACKED
from qcode.store.triggers import image, tracked_columns

TABLES: dict[str, Table] = {table.name: table for table in TRACKED}

# Runs of one operation, so that a bulk import goes back in a few statements and not row by row.
_STRETCHES = text(
    "SELECT op, grp, tbl, min(seq) AS a, max(seq) AS b FROM ("
    " SELECT op, tbl, seq, row_number() OVER (ORDER BY seq)"
    "  - row_number() OVER (PARTITION BY op ORDER BY seq) AS grp"
    " FROM change_row WHERE seq > :after AND seq <= :upto"
    ") GROUP BY op, grp, tbl"
)
_SPAN = "FROM change_row AS r WHERE r.seq BETWEEN :a AND :b AND r.tbl = :t AND r.op = :op"


def images(conn: Connection, table: str) -> Iterator[tuple[int, str]]:
    """Give the id and the image of every row of a table as it is now."""
    return _images(conn, table, "", {})


def images_touched(conn: Connection, table: str, after: int, upto: int) -> Iterator[tuple[int, str]]:
    """Give the id and the image, as they are now, of those rows that the ledger rows (after, upto] name."""
    only = "WHERE t.id IN (SELECT row_id FROM change_row WHERE seq > :after AND seq <= :upto AND tbl = :table)"
    return _images(conn, table, only, {"after": after, "upto": upto, "table": table})


def _images(conn: Connection, table: str, only: str, values: dict[str, Any]) -> Iterator[tuple[int, str]]:
    return ((row_id, cells) for row_id, cells in conn.execute(_image_query(table, only), values))


@cache
def _image_query(table: str, only: str) -> TextClause:
    return text(f'SELECT t.id, {image(TABLES[table], "t")} FROM "{table}" AS t {only}')


def touched(conn: Connection, noun: str, after: int, upto: int) -> set[int]:
    """Find which rows of a table the ledger rows (after, upto] concern: themselves, or what belongs to them.

    What belongs to a source names it in `source_id`; what moved from one to another concerns both.
    """
    return {row[0] for row in conn.execute(_touched_query(noun), {"after": after, "upto": upto})}


@cache
def _touched_query(noun: str) -> TextClause:
    parts = [f"SELECT row_id FROM touched WHERE tbl = '{noun}'"]
    for name in (table.name for table in TRACKED if f"{noun}_id" in table.columns):
        of_it = f"FROM touched WHERE tbl = '{name}'"
        parts.append(f"SELECT json_extract(old, '$.{noun}_id') {of_it} AND old IS NOT NULL")
        parts.append(f'SELECT {noun}_id FROM "{name}" WHERE id IN (SELECT row_id {of_it})')
    rows = "SELECT tbl, row_id, old FROM change_row WHERE seq > :after AND seq <= :upto"
    return text(f"WITH touched AS MATERIALIZED ({rows}) {' UNION '.join(parts)}")


def defer_foreign_keys(conn: Connection) -> None:
    """Check references at the end of this transaction only: rows go back in any order."""
    conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")


def put_back(conn: Connection, after: int, upto: int) -> None:
    """Play the ledger rows (after, upto] backwards, the last first."""
    runs: dict[tuple[str, int], list[Row[Any]]] = defaultdict(list)
    for stretch in conn.execute(_STRETCHES, {"after": after, "upto": upto}):
        runs[stretch.op, stretch.grp].append(stretch)
    for (op, _), parts in sorted(runs.items(), key=lambda run: -max(part.b for part in run[1])):
        if op == "U":
            _put_back_updates(conn, min(part.a for part in parts), max(part.b for part in parts))
            continue
        for part in parts:
            place = {"a": part.a, "b": part.b, "t": part.tbl, "op": op}
            if op == "I":
                conn.execute(text(f'DELETE FROM "{part.tbl}" WHERE id IN (SELECT r.row_id {_SPAN})'), place)
            else:
                names, cells = _columns(TABLES[part.tbl], "r.old")
                conn.execute(
                    text(f'INSERT INTO "{part.tbl}" ({names}) SELECT {cells} {_SPAN} ORDER BY r.seq DESC'), place
                )


def _put_back_updates(conn: Connection, first: int, last: int) -> None:
    """Row by row: the order in which values went from row to row matters to unique constraints.

    Only columns that changed are set: SQLite looks for children of every key that is set, even to what it was, and the
    codings of a source are many.
    """
    rows = conn.execute(
        text("SELECT tbl, row_id, old FROM change_row WHERE seq BETWEEN :a AND :b ORDER BY seq DESC"),
        {"a": first, "b": last},
    ).all()
    changed = _changed_columns(conn, rows, first, last)
    for name, batch in groupby(rows, key=lambda row: row.tbl):
        sets = ", ".join(f'"{column}" = json_extract(:old, \'$."{column}"\')' for column in changed[name])
        values = [{"old": row.old, "id": row.row_id} for row in batch]
        conn.execute(text(f'UPDATE "{name}" SET {sets} WHERE id = :id'), values)


def _changed_columns(conn: Connection, rows: Sequence[Row[Any]], first: int, last: int) -> dict[str, list[str]]:
    """Name for each table the columns in which any of these updates changed anything; at least one."""
    tables = {row.tbl for row in rows}
    there = {
        (tbl, id_): json.loads(cells) for tbl in tables for id_, cells in images_touched(conn, tbl, first - 1, last)
    }
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        old, key = json.loads(row.old), (row.tbl, row.row_id)
        now = there.get(key, {})
        found[row.tbl].update(column for column, value in old.items() if column not in now or now[column] != value)
        there[key] = old
    names = {tbl: [column.name for column in tracked_columns(TABLES[tbl]) if not column.primary_key] for tbl in tables}
    return {tbl: [name for name in names[tbl] if name in found[tbl]] or names[tbl] for tbl in tables}


def _columns(table: Table, old: str) -> tuple[str, str]:
    columns = [column.name for column in tracked_columns(table)]
    names = ", ".join(f'"{name}"' for name in columns)
    return names, ", ".join(f"json_extract({old}, '$.\"{name}\"')" for name in columns)
