"""An older project comes up to date on a copy: all of it, or the file stays as it was."""

from __future__ import annotations

import os
import random
import signal
import sys

import pytest
from file_kit import CODINGS, beside, contents, pragma, recorded, schema, sha256
from sqlalchemy import Engine, delete, event, text
from sqlalchemy.exc import DBAPIError

from qcode.errors import FileDamaged, FileFull, FileProblem
from qcode.model import CodeRow
from qcode.progress import Cancelled
from qcode.project import ledger
from qcode.store import migrate, opening
from qcode.store.connect import SCHEMA_VERSION, connect, writing
from qcode.store.migrate import upgrade

NEXT = SCHEMA_VERSION + 1

ADD_A_COLUMN = "op.add_column('passage', sa.Column('weight', sa.Integer()))"

REBUILD_CODES = """
with op.batch_alter_table("code", recreate="always", table_kwargs={"sqlite_autoincrement": True}) as batch:
    batch.add_column(sa.Column("weight", sa.Integer(), nullable=True))
    batch.alter_column("color", existing_type=sa.String(7), type_=sa.String(9), existing_nullable=False)
"""


def test_an_upgraded_project_has_everything_and_the_old_file_is_kept(study, tomorrow):
    before, old = contents(study), sha256(study)
    kept = upgrade(study, ledger.barrier, steps=tomorrow(ADD_A_COLUMN, ("passage",)))
    after = contents(study)
    assert [row[:-1] for row in after["passage"]] == before["passage"]
    for table in before.keys() - {"passage", "change", "alembic_version"}:
        assert after[table] == before[table]
    assert pragma(study, "user_version") == NEXT
    assert sha256(kept) == old
    assert kept.name.startswith(f"study before version {NEXT} ")
    assert beside(study) == ["study backups"]
    assert list(kept.parent.iterdir()) == [kept]


def test_undo_stops_at_an_upgrade_and_the_chain_of_changes_goes_on(study, tomorrow):
    upgrade(study, ledger.barrier, steps=tomorrow("op.create_index('ix_by_quote', 'passage', ['quote'])"))
    engine = connect(study)
    with writing(engine) as conn, conn.begin():
        assert ledger.undoable(conn, "ann") is None
        assert ledger.verify(conn) == []
        with recorded(conn, "remove code Moral"):
            conn.execute(delete(CodeRow).where(CodeRow.id == 2))
        assert ledger.verify(conn) == []
        found = ledger.undoable(conn, "ann")
        assert found is not None
        assert found.label == "remove code Moral"
    engine.dispose()
    last = [row for row in contents(study)["change"] if row[4] == "barrier"]
    assert [row[3] for row in last] == [f"upgrade the file to version {NEXT}"]


def test_making_the_table_of_codes_anew_keeps_codings_triggers_and_ids(study, tomorrow):
    """With foreign keys on, Alembic's batch mode would delete all codings without a word, and forget more besides."""
    engine = connect(study)
    with writing(engine) as conn, conn.begin(), recorded(conn, "try a code"):
        conn.execute(
            text(
                "INSERT INTO code(id, guid, name, color, is_codable, position, created_at, modified_at)"
                " VALUES (77, 'x', 'Gone', '#000000', 1, 9, '2026-03-01 09:30:00', '2026-03-01 09:30:00')"
            )
        )
        conn.execute(delete(CodeRow).where(CodeRow.id == 77))
    engine.dispose()
    before, triggers_before = contents(study), schema(study, "trigger")

    upgrade(study, ledger.barrier, steps=tomorrow(REBUILD_CODES, ("code",)))

    after = contents(study)
    assert len(after["coding"]) == CODINGS
    assert after["coding"] == before["coding"]
    assert [row[:-1] for row in after["code"]] == before["code"]
    assert schema(study, "trigger") == triggers_before
    assert "AUTOINCREMENT" in schema(study, "table")["code"]
    assert "uq_code_top_name" in schema(study, "index")
    assert dict(after["sqlite_sequence"])["code"] == 77  # the id of the deleted code is not given to a stranger

    engine = connect(study)
    with writing(engine) as conn, conn.begin(), recorded(conn, "remove code Moral"):
        conn.execute(delete(CodeRow).where(CodeRow.id == 2))  # the references still lead to the new table
    engine.dispose()
    assert 0 < len(contents(study)["coding"]) < CODINGS


BAD = {
    "raises": ("op.execute('UPDATE passage SET comment = 1'); raise ZeroDivisionError('in the middle')", ("passage",)),
    "bad SQL": ("op.execute('DELETE FROM coding'); op.execute('ALTER TABLE nowhere ADD x')", ("coding",)),
    "deletes rows": ("op.execute('DELETE FROM coding WHERE id = 3')", ("coding",)),
    "changes what it did not name": ("op.execute(\"UPDATE code SET memo = 'x' WHERE id = 2\")", ()),
    "changes a text": ("op.execute(\"UPDATE text SET text = text || '.'\")", ()),
    "changes the log": ("op.execute(\"UPDATE change_row SET old = NULL, op = 'D'\")", ()),
    "drops a table": ("op.drop_table('source_span')", ()),
    "breaks a reference": ("op.execute('UPDATE coding SET code_id = 99 WHERE id = 1')", ("coding",)),
    "forgets AUTOINCREMENT": ("with op.batch_alter_table('code', recreate='always'): pass", ("code",)),
    "drops a check": (
        "with op.batch_alter_table('passage', table_kwargs={'sqlite_autoincrement': True}) as batch:"
        " batch.drop_constraint(op.f('ck_passage_span'), type_='check')",
        ("passage",),
    ),
    "drops an index": ("op.drop_index('uq_code_top_name')", ()),
}


@pytest.mark.parametrize("name", BAD)
def test_a_migration_that_goes_wrong_leaves_the_file_byte_for_byte(study, tomorrow, name):
    body, touches = BAD[name]
    before = sha256(study)
    with pytest.raises((FileProblem, ZeroDivisionError, DBAPIError)):
        upgrade(study, ledger.barrier, steps=tomorrow(body, touches))
    assert sha256(study) == before
    assert beside(study) == []


@pytest.mark.parametrize(
    "name, said",
    [
        ("deletes rows", "coding had 30 rows and has 29"),
        ("changes what it did not name", "the rows of code changed"),
        ("forgets AUTOINCREMENT", "missing: AUTOINCREMENT of code"),
        ("drops a check", "missing: rule ck_passage_span"),
    ],
)
def test_what_was_lost_is_said(study, tomorrow, name, said):
    body, touches = BAD[name]
    with pytest.raises(FileProblem, match=said) as told:
        upgrade(study, ledger.barrier, steps=tomorrow(body, touches))
    assert "as it was" in told.value.hint


def test_a_barrier_that_fails_fails_the_upgrade(study, tomorrow):
    def barrier(_conn, _label):
        raise ZeroDivisionError

    before = sha256(study)
    with pytest.raises(ZeroDivisionError):
        upgrade(study, barrier, steps=tomorrow(ADD_A_COLUMN, ("passage",)))
    assert (sha256(study), beside(study)) == (before, [])


@pytest.mark.parametrize("stage", range(5))
def test_an_upgrade_can_be_cancelled_at_every_stage(study, tomorrow, stage):
    def stop(done: int, _total: int, _label: str = "") -> None:
        if done == stage:
            raise Cancelled

    before = sha256(study)
    with pytest.raises(Cancelled):
        upgrade(study, ledger.barrier, stop, steps=tomorrow(ADD_A_COLUMN, ("passage",)))
    assert (sha256(study), beside(study)) == (before, [])


def test_a_full_disk_stops_the_upgrade_and_is_said(study, tomorrow):
    fill = "op.get_bind().exec_driver_sql('PRAGMA max_page_count=1')\n" + (
        'op.execute("CREATE TABLE fill AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 999)'
        ' SELECT hex(zeroblob(999)) FROM n")'
    )
    before = sha256(study)
    with pytest.raises(FileFull, match=r"study\.qcode in .* left"):
        upgrade(study, ledger.barrier, steps=tomorrow(fill))
    assert (sha256(study), beside(study)) == (before, [])


def test_a_damaged_file_is_not_upgraded(study, tomorrow):
    with study.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(random.Random(3).randbytes(4096 * 3))
    before = sha256(study)
    with pytest.raises(FileDamaged):
        upgrade(study, ledger.barrier, steps=tomorrow(ADD_A_COLUMN, ("passage",)))
    assert (sha256(study), beside(study)) == (before, [])


def test_without_hard_links_the_old_file_is_copied(study, tomorrow, monkeypatch):
    def refuse(*_args):
        raise OSError(1, "Operation not permitted")

    old = sha256(study)
    monkeypatch.setattr(os, "link", refuse)
    kept = upgrade(study, ledger.barrier, steps=tomorrow(ADD_A_COLUMN, ("passage",)))
    assert sha256(kept) == old
    assert pragma(study, "user_version") == NEXT
    assert beside(study) == ["study backups"]


def test_a_disk_that_breaks_when_the_new_file_gets_its_name_leaves_the_old_one(study, tomorrow, monkeypatch):
    def broken(*_args, **_kwargs):
        raise OSError(5, "Input/output error")

    before = sha256(study)
    monkeypatch.setattr(migrate, "put_in_place", broken)
    with pytest.raises(FileProblem, match="Input/output error"):
        upgrade(study, ledger.barrier, steps=tomorrow(ADD_A_COLUMN, ("passage",)))
    assert (sha256(study), beside(study)) == (before, [])


# ---- through the door that opens projects ----


def test_opening_an_older_project_upgrades_it(study, tomorrow):
    steps = tomorrow(ADD_A_COLUMN, ("passage",))
    opened = opening.prepare(study, barrier=ledger.barrier, steps=steps)
    assert not opened.read_only
    assert opened.still_there()
    opened.close()
    assert pragma(study, "user_version") == NEXT
    kept = list((study.parent / "study backups").iterdir())
    opening.prepare(study, barrier=ledger.barrier, steps=steps).close()
    assert list((study.parent / "study backups").iterdir()) == kept


def test_a_reading_command_upgrades_too_where_it_may(study, tomorrow):
    opened = opening.prepare(study, barrier=ledger.barrier, read_only=True, steps=tomorrow(ADD_A_COLUMN, ("passage",)))
    assert opened.read_only
    opened.close()
    assert pragma(study, "user_version") == NEXT
    assert beside(study) == ["study backups"]


def test_a_failing_upgrade_lets_go_of_the_lock(study, tomorrow):
    before = sha256(study)
    with pytest.raises(ZeroDivisionError):
        opening.prepare(study, barrier=ledger.barrier, steps=tomorrow("raise ZeroDivisionError"))
    assert (sha256(study), beside(study)) == (before, [])
    opening.prepare(study, barrier=ledger.barrier).close()


# ---- killed in the middle ----


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_an_upgrade_killed_at_any_moment_leaves_the_old_file_or_the_new_one(study, tomorrow):
    steps = tomorrow(REBUILD_CODES + ADD_A_COLUMN, ("code", "passage"))
    upgrade_in_child = Child(study, steps)
    old, spare = contents(study), study.read_bytes()
    moments = upgrade_in_child.count_moments()
    versions = []
    ends = [*range(8), *range(moments - 8, moments)]  # where little is there yet, and little is left
    for kill_at in sorted({*ends, *(moments * n // 25 for n in range(25))}):
        study.write_bytes(spare)
        upgrade_in_child.killed_at(kill_at)
        versions.append(pragma(study, "user_version"))
        if versions[-1] == NEXT:
            assert contents(study)["coding"] == old["coding"]
            assert [row[:-1] for row in contents(study)["code"]] == old["code"]
            assert pragma(study, "integrity_check") == "ok"
        else:
            assert study.read_bytes() == spare
        opening.prepare(study, barrier=ledger.barrier, steps=steps).close()  # whoever comes next finishes and tidies up
        assert pragma(study, "user_version") == NEXT
        assert beside(study) == ["study backups"]
    assert versions == sorted(versions)
    assert set(versions) == {SCHEMA_VERSION, NEXT}


class Child:
    """A forked process that upgrades, and dies at the n-th thing that it asks of the system or the database."""

    def __init__(self, study, steps) -> None:
        self.study, self.steps = study, steps

    def count_moments(self) -> int:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            self._upgrade(-1, write)
        os.close(write)
        with os.fdopen(read) as pipe:
            said = pipe.read()
        assert os.waitpid(child, 0)[1] == 0
        return int(said)

    def killed_at(self, moment: int) -> None:
        child = os.fork()
        if child == 0:
            self._upgrade(moment, None)
        _, status = os.waitpid(child, 0)
        # One that was done before its last moment came, since files were found that needed less, was not killed.
        assert os.waitstatus_to_exitcode(status) in (-signal.SIGKILL, 0)

    def _upgrade(self, kill_at: int, tell: int | None) -> None:
        passed = 0

        def step() -> None:
            nonlocal passed
            if passed == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            passed += 1

        try:
            event.listen(Engine, "after_cursor_execute", lambda *_: step())
            asked = ("open", "os.link", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "fcntl.flock")
            sys.addaudithook(lambda name, _args: step() if name in asked else None)
            opening.prepare(self.study, barrier=ledger.barrier, steps=self.steps).close()
            if tell is not None:
                os.write(tell, str(passed).encode())
            os._exit(0)
        finally:
            os._exit(1)
