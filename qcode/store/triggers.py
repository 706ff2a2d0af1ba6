"""The triggers by which the database keeps the history of its own changes.

They are generated from the models: for each tracked table one each for insert, update and delete. Each writes a row to
change_row under the change that open_change names, and aborts the statement when none is open.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Float, Integer, LargeBinary, Numeric, Table, insert, text

from qcode.model import TRACKED, OpenChange

OUTSIDE = "ledger: write outside an open change"
ID_CHANGED = "ledger: ids never change"


def tracked_columns(table: Table) -> list[Column[object]]:
    """List the columns whose history is kept."""
    return [column for column in table.columns if not column.info.get("untracked")]


def image(table: Table, row: str) -> str:
    """Write the SQL for the JSON image of a row (`row` is NEW, OLD or an alias).

    Floats go through quote(): SQLite's JSON would keep only 15 of their digits.
    """
    cells = []
    for column in tracked_columns(table):
        if isinstance(column.type, LargeBinary):
            raise TypeError(f"{table.name}.{column.name}: a tracked table holds no bytes")
        value = f'{row}."{column.name}"'
        if isinstance(column.type, Float | Numeric) and not isinstance(column.type, Integer):
            value = f"nullif(quote({value}), 'NULL')"
        cells.append(f"'{column.name}', {value}")
    return f"json_object({', '.join(cells)})"


def wanted() -> dict[str, str]:
    """Map each trigger's name to the statement that makes it."""
    made = {}
    for table in TRACKED:
        columns = ", ".join(f'"{column.name}"' for column in tracked_columns(table))
        same_id = f"CASE WHEN NEW.id = OLD.id THEN OLD.id ELSE RAISE(ABORT, '{ID_CHANGED}') END"
        for op, event, row_id, old in (
            ("I", "INSERT", "NEW.id", "NULL"),
            ("U", f"UPDATE OF {columns}", same_id, image(table, "OLD")),
            ("D", "DELETE", "OLD.id", image(table, "OLD")),
        ):
            name = f"ledger_{table.name}_{op.lower()}"
            mark = f"coalesce((SELECT change_id FROM open_change), RAISE(ABORT, '{OUTSIDE}'))"
            made[name] = (
                f'CREATE TRIGGER {name} AFTER {event} ON "{table.name}" BEGIN '
                f"INSERT INTO change_row(change_id, tbl, row_id, op, old) "
                f"VALUES ({mark}, '{table.name}', {row_id}, '{op}', {old}); END"
            )
    return made


def install(conn: Connection) -> None:
    """Make all triggers anew (also after a migration: rebuilding a table loses its triggers without a word)."""
    uninstall(conn)
    for statement in wanted().values():
        conn.exec_driver_sql(statement)
    if conn.scalar(text("SELECT count(*) FROM open_change")) == 0:
        conn.execute(insert(OpenChange).values(one=1))


def uninstall(conn: Connection) -> None:
    """Drop every trigger of the ledger, whichever version of the program made it."""
    for name in _present(conn):
        conn.exec_driver_sql(f'DROP TRIGGER "{name}"')


def wrong(conn: Connection) -> list[str]:
    """Name the triggers that are missing, altered, or ours by name but not known; look at this when opening."""
    want, have = wanted(), _present(conn)
    return sorted(name for name in want.keys() | have.keys() if want.get(name) != have.get(name))


def _present(conn: Connection) -> dict[str, str]:
    found = conn.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger\\_%' ESCAPE '\\'")
    )
    return {name: sql for name, sql in found}  # noqa: C416 - a Row is no pair to dict()
