"""Files that older versions of the program made open in this one, with everything that was in them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from file_kit import beside, contents, parts, pragma, schema

from qcode.project import codes, create, info, open_project, passages, sources
from qcode.store.connect import SCHEMA_VERSION

FILES = Path(__file__).parent / "files"
OLD = sorted(FILES.glob("version-*.qcode.gz"))


@pytest.fixture(params=OLD, ids=lambda path: path.name.partition(".")[0])
def old(request, tmp_path):
    """An old file, alone in its folder."""
    (tmp_path / "desk").mkdir()
    path = tmp_path / "desk" / "crossings.qcode"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def test_there_is_a_file_of_every_older_version():
    assert [path.name for path in OLD] == [f"version-{n}.qcode.gz" for n in range(1, SCHEMA_VERSION)]


def test_an_old_project_comes_up_to_date_and_keeps_every_row(old):
    assert pragma(old, "user_version") < SCHEMA_VERSION
    before = contents(old)
    with open_project(old, coder="Ann") as project:
        assert project.verify() == []
    after = contents(old)
    assert pragma(old, "user_version") == SCHEMA_VERSION
    for table in before.keys() - {"change", "open_change", "alembic_version", "sqlite_sequence"}:
        width = len(before[table][0]) if before[table] else 0  # newer columns come last
        assert [row[:width] for row in after[table]] == before[table], table
    assert after["change"][: len(before["change"])] == before["change"]
    assert [row[3:5] for row in after["change"][len(before["change"]) :]] == [
        (f"upgrade the file to version {SCHEMA_VERSION}", "barrier")
    ]
    assert beside(old) == ["crossings backups"]


def test_an_old_project_has_the_tables_and_triggers_of_a_new_one(old, tmp_path):
    create(tmp_path / "new.qcode", coder="Ann").close()
    open_project(old).close()
    for kind in ("table", "index", "trigger"):
        found, expected = schema(old, kind), schema(tmp_path / "new.qcode", kind)
        assert found.keys() == expected.keys()
        for name, sql in expected.items():
            assert found[name] == sql or (kind == "table" and parts(found[name]) == parts(sql)), name


def test_work_goes_on_in_an_old_project(old):
    with open_project(old, coder="Ann") as project:
        with project.read() as r:
            ferry = sources.by_name(r, "Ferry").id
            assert [p.quote for p in passages.in_source(r, ferry)] == [
                "ferry",
                "the ledger is signed",
                "the ink decides",
                "nobody signs",
            ]
            assert sources.get(r, ferry).last_read == 48
            assert [(code.path, code.memo) for code in codes.codebook(r)][2] == (
                "Crossing > Waiting",
                "only where time is spent",
            )
            assert info.counts(r).coders == 2
            signing = codes.by_path(r, "Crossing > Signing").id
        assert project.undoable() is None, "undo does not cross an upgrade"
        with project.change("apply Signing") as tx:
            passages.apply(tx, ferry, 0, 3, [signing])
        assert project.read_to(ferry) is None
        project.mark_read(ferry, 30)
        assert project.read_to(ferry) == 30
        project.undo()
        assert project.read_to(ferry) == 30
        assert project.verify() == []
