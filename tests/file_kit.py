"""Project files for the tests of the file itself: made, looked at and damaged without the rooms above the store."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from qcode.model import (
    CodeRow,
    CoderRow,
    CodingRow,
    ContentRow,
    PassageRow,
    ProjectRow,
    SourceRow,
    TextRow,
    new_guid,
)
from qcode.model.values import ChangeKind
from qcode.project import ledger
from qcode.store import migrate
from qcode.store.connect import connect, writing

WORDS = "The register is kept by the agency. 😀 States consult it, and nobody was told to.\n" * 40
CODINGS = 30


def make_project(path: Path) -> Path:
    """Ann's project: one source, a group with two codes, thirty codings."""
    migrate.create_file(path)
    engine = connect(path)
    with writing(engine) as conn, conn.begin(), recorded(conn, "create the project"):
        _fill(conn)
    engine.dispose()
    return path


@contextmanager
def recorded(conn: Connection, label: str) -> Iterator[None]:
    """Write inside a change of the ledger."""
    head = ledger.begin(conn, label, "ann", ChangeKind.DO)
    yield
    ledger.seal(conn, head)


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as SQLite alone sees it."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as conn:
        tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: conn.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in tables}


def pragma(path: Path, name: str) -> Any:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as conn:
        return conn.execute(f"PRAGMA {name}").fetchone()[0]


def schema(path: Path, kind: str) -> dict[str, str]:
    """Name and SQL of every table, index or trigger; white space does not count."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as conn:
        rows = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL", (kind,))
        # A table that a migration made anew has its name in quotes.
        return {
            name: " ".join(sql.split()).replace(f'CREATE TABLE "{name}"', f"CREATE TABLE {name}") for name, sql in rows
        }


def parts(sql: str) -> list[str]:
    """The columns and rules of a table, in any order: SQLAlchemy and Alembic write them in no fixed one."""
    depth, found = 0, [""]
    for sign in sql:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 1:
            found.append("")
        else:
            found[-1] += sign
    return sorted(part.strip(" )") for part in found)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def beside(path: Path) -> list[str]:
    """What lies in the folder of a file, but for the file."""
    return sorted(other.name for other in path.parent.iterdir() if other != path)


def patch(path: Path, offset: int, data: bytes) -> None:
    """Overwrite bytes of a file."""
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def _fill(conn: Connection) -> None:
    at = datetime(2026, 3, 1, 9, 30)
    digest = hashlib.sha256(WORDS.encode()).hexdigest()
    conn.execute(insert(ContentRow).values(sha256=digest, size=len(WORDS.encode()), data=WORDS.encode()))
    conn.execute(insert(TextRow).values(sha256=digest, length=len(WORDS), text=WORDS))
    conn.execute(insert(CoderRow).values(id=1, guid=new_guid(), name="Ann"))
    conn.execute(insert(ProjectRow).values(guid=new_guid(), name="Study", coder_id=1, created_at=at))
    conn.execute(
        insert(SourceRow).values(
            id=1,
            guid=new_guid(),
            name="Brief",
            length=len(WORDS),
            original_sha256=digest,
            text_sha256=digest,
            created_at=at,
        )
    )
    for id_, parent, name, codable in ((1, None, "Authority", False), (2, 1, "Moral", True), (3, 1, "Expert", True)):
        conn.execute(
            insert(CodeRow).values(
                id=id_, guid=new_guid(), parent_id=parent, name=name, color="#0072b2", is_codable=codable, position=id_,
                created_at=at, modified_at=at,
            )
        )  # fmt: skip
    for n in range(CODINGS):
        start, end = 7 * n, 7 * n + 20
        passage = conn.execute(
            insert(PassageRow).values(
                guid=new_guid(), source_id=1, start=start, end=end, quote=WORDS[start:end], coder_id=1, created_at=at
            )
        ).inserted_primary_key
        assert passage
        conn.execute(
            insert(CodingRow).values(
                guid=new_guid(), passage_id=passage[0], source_id=1, code_id=2 + n % 2, coder_id=1, created_at=at
            )
        )
