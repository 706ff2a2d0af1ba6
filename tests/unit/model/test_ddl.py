"""The tables, as the databases understand them."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from qcode.model import TRACKED, metadata

TABLES = pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)


@TABLES
def test_every_table_can_be_made_in_postgresql(table):
    dialect = postgresql.dialect()
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
    for index in table.indexes:
        written = str(CreateIndex(index).compile(dialect=dialect))
        assert ("WHERE parent_id IS NULL" in written) == index.name.endswith("_top_name")


@pytest.mark.parametrize("table", TRACKED, ids=lambda table: table.name)
def test_a_tracked_table_never_gives_an_id_to_a_stranger(table):
    assert "AUTOINCREMENT" in str(CreateTable(table).compile(dialect=sqlite.dialect()))


@TABLES
def test_references_can_wait_for_the_end_of_an_undo_and_never_restrict(table):
    for key in table.foreign_key_constraints:
        if table in TRACKED and key.referred_table in TRACKED:
            assert key.deferrable
        assert (key.ondelete or "").upper() != "RESTRICT"


@pytest.fixture(scope="module")
def empty():
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        metadata.create_all(conn)
        yield conn
    engine.dispose()


@pytest.mark.parametrize("table", TRACKED, ids=lambda table: table.name)
def test_what_refers_to_a_row_is_found_by_all_columns_of_the_reference(table, empty):
    for key in table.foreign_key_constraints:
        columns = [column.name for column in key.columns]
        asked = " AND ".join(f'"{name}" = 1' for name in columns)
        steps = [
            row.detail for row in empty.exec_driver_sql(f'EXPLAIN QUERY PLAN DELETE FROM "{table.name}" WHERE {asked}')
        ]
        assert all(f"{name}=?" in steps[0] for name in columns), (table.name, steps)
