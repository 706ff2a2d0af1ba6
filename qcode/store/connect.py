"""Connect to a project file the safe way."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

APPLICATION_ID = 0x51436F64  # "QCod", in the file's header
SCHEMA_VERSION = 4  # in the file's header as user_version; one step a migration

PRAGMAS = (
    "journal_mode=DELETE",  # not WAL: a copied file must be the whole project
    "synchronous=EXTRA",  # the default loses the last commit when the power goes
    "foreign_keys=ON",
    "recursive_triggers=ON",  # or INSERT OR REPLACE would delete a row behind the ledger's back
    "cell_size_check=ON",
    "busy_timeout=5000",
)


def connect(path: Path, *, read_only: bool = False) -> Engine:
    """Make an engine for an existing project file; the file is not opened before it is used.

    Transactions that write come from `writing(engine)` and begin with BEGIN IMMEDIATE, so that two writers queue
    instead of failing half way.
    """
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"

    def open_connection() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=open_connection, poolclass=QueuePool, pool_size=4)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Connection:
    """Open a connection whose transactions take the write lock at their start."""
    return engine.connect().execution_options(write=True)


def compact(engine: Engine) -> None:
    """Write the file anew, without pages that nothing uses; SQLite does so in no transaction of ours."""
    with engine.connect() as conn:
        driver = conn.connection.driver_connection
        if driver is None:
            raise AssertionError("a connection without a connection")
        driver.execute("VACUUM")


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if _triggers_work_untrusted():
        connection.execute("PRAGMA trusted_schema=OFF")


def _begin(conn: Connection) -> None:
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("write") else "BEGIN")


@cache
def _triggers_work_untrusted() -> bool:
    """Find out whether JSON functions run in triggers under trusted_schema=OFF (before SQLite 3.41 they do not)."""
    probe = sqlite3.connect(":memory:")
    try:
        probe.executescript(
            "PRAGMA trusted_schema=OFF; CREATE TABLE t(a); CREATE TABLE log(old);"
            "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES (json_object('a', NEW.a)); END;"
            "INSERT INTO t VALUES (1);"
        )
    except sqlite3.OperationalError:
        return False
    finally:
        probe.close()
    return True
