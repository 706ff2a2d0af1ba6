"""Opening a project: what is wrong is said before anything is written, and no change from outside goes unnoticed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest
from file_kit import CODINGS, beside, contents, patch, recorded, sha256
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from qcode.errors import FileDamaged, FileLocked, FileProblem, FileReadOnly, FileTooNew, NotAProject, NotFound
from qcode.model import CodeRow, CodingRow, metadata
from qcode.project import ledger
from qcode.store import header, opening
from qcode.store.connect import SCHEMA_VERSION, writing
from qcode.store.lock import lock_path


def prepare(path: Path, **options) -> opening.Opened:
    return opening.prepare(path, barrier=ledger.barrier, **options)


def rename_code(opened: opening.Opened, name: str) -> None:
    with writing(opened.engine) as conn, conn.begin(), recorded(conn, f"rename code {name}"):
        conn.execute(update(CodeRow).where(CodeRow.id == 2).values(name=name))


def codings(opened: opening.Opened) -> int | None:
    with opened.engine.connect() as conn:
        return conn.scalar(select(func.count()).select_from(CodingRow))


def test_an_open_project_has_its_lock_beside_it_and_a_closed_one_nothing(study):
    before = sha256(study)
    opened = prepare(study)
    assert (opened.read_only, opened.unclean, opened.still_there()) == (False, False, True)
    assert beside(study) == [lock_path(study).name]
    assert codings(opened) == CODINGS
    opened.close()
    opened.close()
    assert (beside(study), sha256(study)) == ([], before)


def test_work_is_in_the_file_after_closing(study):
    opened = prepare(study)
    rename_code(opened, "Ethical")
    opened.close()
    assert contents(study)["code"][1][3] == "Ethical"


def test_a_project_that_is_open_can_be_read_but_not_opened_again(study):
    writer = prepare(study)
    with pytest.raises(FileLocked, match="already open here"):
        prepare(study)
    reader = prepare(study, read_only=True)
    rename_code(writer, "Ethical")
    with reader.engine.connect() as conn:
        assert conn.scalar(select(CodeRow.name).where(CodeRow.id == 2)) == "Ethical"
    reader.close()
    assert writer.still_there()
    writer.close()
    assert beside(study) == []


def test_looking_again_at_an_open_project_does_not_drop_the_locks_of_sqlite(study, monkeypatch):
    """Closing a file by hand would drop every lock that this process has on it; so it is not opened by hand."""
    writer = prepare(study)
    monkeypatch.setattr(header, "read", lambda *_args, **_options: pytest.fail("opened by hand"))
    prepare(study, read_only=True).close()
    monkeypatch.undo()
    writer.close()


def test_reading_writes_nothing(study):
    before = sha256(study)
    opened = prepare(study, read_only=True)
    assert opened.read_only
    assert beside(study) == []
    with pytest.raises(DBAPIError, match="readonly"), writing(opened.engine) as conn, conn.begin():
        conn.execute(update(CodeRow).values(memo="x"))
    opened.close()
    assert sha256(study) == before


# ---- what is refused ----


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def spoil_name(path: Path) -> None:
    data = path.read_bytes()
    patch(path, data.index(b"CREATE TRIGGER ledger_code_i"), b"CREATE TRIGGER ledger_\xff\xfe\xfd")


REFUSED = {
    "empty": (lambda path: path.write_bytes(b""), NotAProject),
    "random": (lambda path: path.write_bytes(os.urandom(5000)), NotAProject),
    "another program's": (lambda path: patch(path, 68, bytes(4)), NotAProject),
    "cut off": (cut, FileDamaged),
    "newer": (lambda path: patch(path, 60, struct.pack(">I", 99)), FileTooNew),
    "without the page of the schema": (lambda path: patch(path, 100, bytes(3996)), FileDamaged),
    "with a broken page": (lambda path: patch(path, 4096 * 5, b"\xff" * 4096), FileDamaged),
    "with a name that is no text": (spoil_name, FileDamaged),
}


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize("fault", REFUSED)
def test_a_file_that_is_not_right_is_refused_and_left_alone(study, fault, read_only):
    spoil, kind = REFUSED[fault]
    spoil(study)
    before = sha256(study)
    with pytest.raises(kind, match=r"study\.qcode"):
        prepare(study, read_only=read_only)
    assert (sha256(study), beside(study)) == (before, [])


def test_what_is_not_there_makes_nothing_appear(tmp_path):
    with pytest.raises(NotFound):
        prepare(tmp_path / "study.qcode")
    with pytest.raises(NotAProject):
        prepare(tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "round.qcode").symlink_to(tmp_path / "round.qcode")
    with pytest.raises(FileProblem, match="cannot be reached"):
        prepare(tmp_path / "round.qcode")


TAMPERED = {
    "trigger missing": ("DROP TRIGGER ledger_coding_d", "ledger_coding_d"),
    "trigger altered": (
        "DROP TRIGGER ledger_coding_d; CREATE TRIGGER ledger_coding_d AFTER DELETE ON coding BEGIN SELECT 1; END",
        "ledger_coding_d",
    ),
    "trigger too many": (
        "CREATE TRIGGER ledger_spy AFTER DELETE ON coding BEGIN SELECT 1; END",
        "ledger_spy",
    ),
    "column missing": ("ALTER TABLE code RENAME COLUMN boundary TO border", r"column code\.boundary"),
    "table missing": ("DROP TABLE source_span", "source_span"),
    "index missing": ("DROP INDEX uq_code_top_name", "uq_code_top_name"),
    "change left open": ("PRAGMA foreign_keys=OFF; UPDATE open_change SET change_id = 5", "row of open_change"),
    "no time": (
        "DROP TRIGGER ledger_passage_u; UPDATE passage SET created_at = '2026-03-01 09:30:00.x00000' WHERE id = 3",
        "a time in passage",
    ),
    "mark missing": ("DELETE FROM open_change", "mark of the open change"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_project_that_another_program_altered_is_refused_by_name(study, what):
    statements, named = TAMPERED[what]
    with closing(sqlite3.connect(study)) as conn:
        conn.executescript(statements)
    before = sha256(study)
    with pytest.raises(FileDamaged, match=named):
        prepare(study)
    assert (sha256(study), beside(study)) == (before, [])


# ---- after a crash ----


@pytest.fixture
def crashed(study):
    """A project whose program died in the middle of a change that had partly reached the file."""
    conn = sqlite3.connect(study, isolation_level=None)
    for statement in ("PRAGMA cache_size=1", "BEGIN", "UPDATE open_change SET change_id = 2", "DELETE FROM coding"):
        conn.execute(statement)
    conn.execute("UPDATE code SET memo = hex(randomblob(20000))")
    shutil.copy(study, study.with_name("copy"))
    shutil.copy(header.journal(study), study.with_name("copy-journal"))
    conn.close()
    study.with_name("copy").replace(study)
    study.with_name("copy-journal").replace(header.journal(study))
    return study


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_after_a_crash_the_unfinished_change_is_taken_back(crashed, pristine, read_only):
    assert contents_differ(crashed, pristine)
    opened = prepare(crashed, read_only=read_only)
    assert opened.unclean
    assert codings(opened) == CODINGS
    opened.close()
    assert contents(crashed) == contents(pristine)
    assert beside(crashed) == []


def contents_differ(one: Path, other: Path) -> bool:
    return one.read_bytes() != other.read_bytes()


def test_an_unfinished_change_cannot_be_taken_back_where_nothing_can_be_written(crashed, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_args, **_options: False)
    before = sha256(crashed)
    with pytest.raises(FileReadOnly, match="not closed properly") as told:
        prepare(crashed)
    assert header.journal(crashed).name in told.value.hint
    assert sha256(crashed) == before
    assert header.journal(crashed).exists()


def test_a_journal_without_its_file_harms_no_other(study, pristine):
    """SQLite leaves the journal of a finished change empty or gone; rubbish of that name is not played back."""
    header.journal(study).write_bytes(b"rubbish" * 100)
    opened = prepare(study)
    assert codings(opened) == CODINGS
    opened.close()
    assert contents(study) == contents(pristine)


def test_a_journal_that_a_killed_program_had_only_begun_goes_away(study, pristine):
    header.journal(study).touch()
    prepare(study).close()
    assert contents(study) == contents(pristine)
    assert beside(study) == []


def test_words_that_are_no_words_any_more_are_told_when_they_are_read(study):
    study.write_bytes(study.read_bytes().replace(b"register is", b"\xff\xfegister is"))
    opened = prepare(study)
    with pytest.raises(FileDamaged, match=r"words in study\.qcode"), opened.engine.connect() as conn:
        for table in metadata.sorted_tables:
            conn.execute(select(table)).all()
    opened.close()


def test_a_dead_programs_lock_makes_us_look_closer_and_stops_nobody(study):
    lock_path(study).write_text(
        f'{{"user": "ann", "host": "{os.uname().nodename}", "pid": 1, "program": "QCode", "at": "then"}}'
    )
    opened = prepare(study)
    assert opened.unclean
    opened.close()
    assert beside(study) == []


def test_a_lock_from_another_computer_is_taken_only_when_asked(study):
    lock_path(study).write_text('{"user": "bea", "host": "lab-3", "pid": 1, "program": "QCode", "at": "then"}')
    with pytest.raises(FileLocked, match="bea on lab-3"):
        prepare(study)
    prepare(study, read_only=True).close()
    prepare(study, take_over=True).close()
    assert beside(study) == []


# ---- where nothing can be written ----


def test_a_read_only_folder_opens_to_read_without_a_lock(study, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_args, **_options: False)
    opened = prepare(study)
    assert opened.read_only
    assert opened.lock is None
    assert codings(opened) == CODINGS
    opened.close()


def test_a_folder_that_only_says_that_it_can_be_written_opens_to_read(study, monkeypatch):
    """Root may do all it asks; a read-only drive says no only when one tries."""
    real = os.open

    def read_only_drive(path, flags, *mode, **options):
        if flags & os.O_CREAT and str(path).endswith("#"):
            raise OSError(30, "Read-only file system", str(path))
        return real(path, flags, *mode, **options)

    monkeypatch.setattr(os, "open", read_only_drive)
    opened = prepare(study)
    assert opened.read_only
    assert codings(opened) == CODINGS
    opened.close()


def test_an_older_project_is_not_upgraded_where_nothing_can_be_written(study, monkeypatch):
    from qcode.store.migrate import Steps

    monkeypatch.setattr(os, "access", lambda *_args, **_options: False)
    with pytest.raises(FileReadOnly, match="older QCode"):
        prepare(study, steps=Steps(newest=SCHEMA_VERSION + 1))


# ---- while it is open ----


@pytest.mark.parametrize("what", ["replaced", "deleted", "moved"])
def test_a_file_that_goes_away_is_noticed(study, pristine, what):
    opened = prepare(study)
    if what == "replaced":
        shutil.copy(pristine, study.with_name("newer"))
        study.with_name("newer").replace(study)
    elif what == "deleted":
        study.unlink()
    else:
        study.rename(study.with_name("elsewhere.qcode"))
    assert not opened.still_there()
    opened.close()


def test_a_lock_that_another_took_after_it_was_deleted_is_noticed(study):
    opened = prepare(study)
    lock_path(study).unlink()
    other = prepare(study)
    assert not opened.still_there()
    assert other.still_there()
    opened.close()
    assert other.still_there()
    other.close()
    assert beside(study) == []


def test_a_link_to_a_project_is_the_project(study, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.qcode"
    link.symlink_to(study)
    opened = prepare(link)
    with pytest.raises(FileLocked):
        prepare(study)
    assert beside(link) == []
    opened.close()
    assert link.is_symlink()


def test_names_with_signs_that_mean_something_to_urls_open(study):
    odd = study.rename(study.with_name("50% #1 [a]? é 😀.qcode"))
    opened = prepare(odd)
    assert codings(opened) == CODINGS
    opened.close()
