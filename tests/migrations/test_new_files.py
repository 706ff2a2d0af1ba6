"""A new project is made by running the migrations, and is what the models say."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from file_kit import beside, parts, pragma, schema
from sqlalchemy import create_engine

from qcode.assets import asset_dir
from qcode.errors import Conflict, FileProblem
from qcode.model import metadata
from qcode.store import inventory, migrate, triggers
from qcode.store.connect import APPLICATION_ID, SCHEMA_VERSION, connect
from qcode.store.migrate import Steps


@pytest.fixture
def made(tmp_path):
    migrate.create_file(tmp_path / "study.qcode")
    return tmp_path / "study.qcode"


def test_a_new_file_says_what_it_is_and_lies_alone(made):
    assert pragma(made, "application_id") == APPLICATION_ID
    assert pragma(made, "user_version") == SCHEMA_VERSION
    assert pragma(made, "journal_mode") == "delete"
    assert beside(made) == []


def test_the_migrations_make_just_what_the_models_say(made, tmp_path):
    """Statement by statement: AUTOINCREMENT, checks, deferrable references, partial indexes."""
    by_models = create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    metadata.create_all(by_models)
    by_models.dispose()
    for kind in ("table", "index"):
        expected, found = schema(tmp_path / "models.db", kind), schema(made, kind)
        assert found.keys() - expected.keys() <= {"alembic_version"}
        for name, sql in expected.items():
            assert parts(found[name]) == parts(sql)


def test_alembic_finds_nothing_to_do(made):
    engine = connect(made)
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == f"{SCHEMA_VERSION:04}"
        assert inventory.misfits(conn) == triggers.wrong(conn) == []
    engine.dispose()


def test_there_is_one_line_of_migrations_numbered_without_gaps():
    scripts = ScriptDirectory(str(asset_dir("migrations")))
    ids = [script.revision for script in scripts.walk_revisions()]
    assert ids == [f"{n:04}" for n in range(SCHEMA_VERSION, 0, -1)]
    assert scripts.get_heads() == ids[:1]


def test_the_schema_needs_nothing_that_only_some_sqlite_have(made):
    tables = " ".join(schema(made, "table").values())
    assert not re.search(r"\b(STRICT|WITHOUT ROWID|GENERATED)\b", tables)


def test_a_new_file_takes_no_name_that_is_taken(made):
    before = made.read_bytes()
    with pytest.raises(Conflict):
        migrate.create_file(made)
    assert made.read_bytes() == before
    assert beside(made) == []


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FileProblem, match="does not exist"):
        migrate.create_file(tmp_path / "no folder" / "study.qcode")


def test_a_migration_that_raises_makes_no_file(tmp_path, tomorrow):
    steps = tomorrow("raise ZeroDivisionError")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ZeroDivisionError):
        migrate.create_file(tmp_path / "study.qcode", steps=steps)
    assert sorted(tmp_path.iterdir()) == before


def test_a_forgotten_version_number_is_noticed(tmp_path):
    with pytest.raises(AssertionError, match="the file format"):
        migrate.create_file(tmp_path / "study.qcode", steps=Steps(newest=SCHEMA_VERSION + 1))


@pytest.mark.parametrize("table", sorted(metadata.tables))
@pytest.mark.parametrize("lost", ["AUTOINCREMENT", "CHECK", "FOREIGN KEY", "DEFERRABLE"])
def test_a_schema_that_lacks_a_rule_is_told(made, table, lost):
    """What Alembic's batch mode forgets in silence is seen by our own stock-taking."""
    sql = schema(made, "table")[table]
    weaker = {
        "AUTOINCREMENT": sql.replace(" AUTOINCREMENT", ""),
        "DEFERRABLE": sql.replace(" DEFERRABLE INITIALLY IMMEDIATE", ""),
    }.get(lost) or re.sub(rf", CONSTRAINT \w+ {lost} \([^()]*\)[^,]*?(?=, CONSTRAINT|\)$)", "", sql)
    if weaker == sql:
        return  # this table has no such rule
    with closing(sqlite3.connect(made)) as conn:
        conn.execute("PRAGMA writable_schema=ON")
        conn.execute("UPDATE sqlite_master SET sql = ? WHERE name = ? AND type = 'table'", (weaker, table))
        conn.commit()
    engine = connect(made)
    with engine.connect() as conn:
        assert any(lost in name or name.startswith(("rule", "deferrable")) for name in inventory.misfits(conn))
    engine.dispose()
