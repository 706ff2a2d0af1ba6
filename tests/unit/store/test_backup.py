"""Backups are whole or not there, come back under a new name, and make room for each other."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from file_kit import beside, contents, make_project, patch, recorded, sha256
from sqlalchemy import update

from qcode.errors import Conflict, FileDamaged, FileFull, FileProblem, FileTooNew, NotAProject, NotFound
from qcode.model import CodeRow
from qcode.progress import Cancelled
from qcode.store import backup as backups
from qcode.store.backup import backup, backup_folder, listing, restore, rotate, stamped
from qcode.store.connect import connect, writing


@pytest.fixture
def engine(study):
    """The project as an open window holds it."""
    opened = connect(study)
    yield opened
    opened.dispose()


def test_a_backup_holds_what_the_project_holds_and_lies_in_sight(study, engine):
    made = backup(engine, study)
    assert made.parent == backup_folder(study) == study.parent / "study backups"
    assert re.fullmatch(r"study \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d UTC\.qcode", made.name)
    assert contents(made) == contents(study)
    assert list(made.parent.iterdir()) == [made]
    assert beside(study) == ["study backups"]


def test_two_backups_in_one_second_have_two_names(study, engine):
    first, second = backup(engine, study), backup(engine, study)
    assert first != second
    assert [found.path for found in listing(study)] == [second, first]


def test_a_backup_goes_where_it_is_told_and_never_over_something(study, engine, tmp_path):
    wanted = tmp_path / "usb stick" / "copy.qcode"
    with pytest.raises(NotFound, match="usb stick"):
        backup(engine, study, wanted)
    wanted.parent.mkdir()
    assert backup(engine, study, wanted) == wanted
    before = sha256(wanted)
    with pytest.raises(Conflict, match=r"copy\.qcode"):
        backup(engine, study, wanted)
    with pytest.raises(Conflict):
        backup(engine, study, study)
    assert sha256(wanted) == before
    assert backup(engine, study, wanted, overwrite=True) == wanted
    assert backup(engine, study, wanted.parent).parent == wanted.parent


def test_a_backup_of_a_closed_project_needs_only_its_path(study, tmp_path):
    assert contents(backup(study, study, tmp_path / "copy.qcode")) == contents(study)


def test_a_change_made_while_a_backup_runs_is_either_in_it_or_not(study, engine, tmp_path, monkeypatch):
    monkeypatch.setattr(backups, "STEP", 1)
    names = iter(["one", "two", "three", "four", "five", "six"])

    def rename(_done: int, _total: int, _label: str = "") -> None:
        if name := next(names, None):
            with writing(engine) as conn, conn.begin(), recorded(conn, f"rename code {name}"):
                conn.execute(update(CodeRow).where(CodeRow.id == 2).values(name=name, memo=name))

    made = backup(engine, study, tmp_path / "copy.qcode", rename)
    code = next(row for row in contents(made)["code"] if row[0] == 2)
    assert code[3] == code[17] == "three"  # disturbed that often, the rest went in one step
    assert contents(made)["change"][-1][0] == 4


def test_a_cancelled_backup_leaves_nothing(study, engine, tmp_path):
    def stop(_done: int, _total: int, _label: str = "") -> None:
        raise Cancelled

    (tmp_path / "safe").mkdir()
    with pytest.raises(Cancelled):
        backup(engine, study, tmp_path / "safe" / "copy.qcode", stop)
    assert list((tmp_path / "safe").iterdir()) == []


def test_a_full_disk_is_said_with_the_place_of_the_copy(study, engine, tmp_path, monkeypatch):
    class Small(sqlite3.Connection):
        """A disk with room for six pages, here under the copy only."""

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.execute("PRAGMA max_page_count=6")

    (tmp_path / "stick").mkdir()
    real = sqlite3.connect
    with engine.connect():  # connected before the disk shrinks
        pass
    monkeypatch.setattr(backups.sqlite3, "connect", lambda *args, **kwargs: real(*args, **{"factory": Small} | kwargs))
    with pytest.raises(FileFull, match=r"copy\.qcode in .*stick.* left") as told:
        backup(engine, study, tmp_path / "stick" / "copy.qcode")
    assert told.value.hint
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_damaged_project_gives_no_backup(study, tmp_path):
    patch(study, 4096 * 3, os.urandom(4096))
    (tmp_path / "safe").mkdir()
    with pytest.raises(FileDamaged, match=r"study\.qcode is damaged"):
        backup(study, study, tmp_path / "safe" / "copy.qcode")
    assert list((tmp_path / "safe").iterdir()) == []


def test_a_reference_to_nothing_gives_no_backup(study, tmp_path):
    with closing(sqlite3.connect(study, isolation_level=None)) as conn:
        conn.execute("DROP TRIGGER ledger_coding_u")
        conn.execute("UPDATE coding SET code_id = 99 WHERE id = 1")
    with pytest.raises(FileDamaged, match="coding"):
        backup(study, study, tmp_path / "copy.qcode")


# ---- coming back ----


def test_a_backup_comes_back_under_a_new_name(study, engine, tmp_path):
    made = backup(engine, study)
    before = sha256(made)
    back = restore(made, tmp_path / "again.qcode")
    assert contents(back) == contents(study)
    assert sha256(made) == before
    assert beside(back) == ["study backups", "study.qcode"]


def test_restoring_overwrites_nothing(study, engine):
    made = backup(engine, study)
    before = sha256(study)
    with pytest.raises(Conflict, match=r"already something called study\.qcode"):
        restore(made, study)
    assert sha256(study) == before


def test_what_is_no_backup_is_not_restored(study, tmp_path):
    new, other = tmp_path / "new.qcode", tmp_path / "other.qcode"
    other.write_bytes(b"")
    with pytest.raises(NotAProject):
        restore(other, new)
    with pytest.raises(NotFound):
        restore(tmp_path / "nowhere.qcode", new)
    with pytest.raises(NotFound):
        restore(study, tmp_path / "no folder" / "new.qcode")
    patch(study, 4096 * 3, os.urandom(4096))
    with pytest.raises(FileDamaged):
        restore(study, new)
    patch(study, 60, b"\0\0\0\x63")
    with pytest.raises(FileTooNew):
        restore(study, new)
    assert beside(study) == ["other.qcode"]


def test_a_backup_that_was_cut_short_by_a_crash_comes_back_whole(study, tmp_path):
    """Somebody copied the project together with its journal, in the middle of a change."""
    whole = contents(study)
    conn = sqlite3.connect(study, isolation_level=None)
    for statement in ("PRAGMA cache_size=1", "BEGIN", "UPDATE open_change SET change_id = 2", "DELETE FROM coding"):
        conn.execute(statement)
    conn.execute("UPDATE code SET memo = hex(randomblob(20000))")  # spills over the cache into the file
    copy = tmp_path / "copy.qcode"
    for end in ("", "-journal"):
        Path(f"{copy}{end}").write_bytes(Path(f"{study}{end}").read_bytes())
    conn.close()
    assert contents(restore(copy, tmp_path / "back.qcode")) == whole


# ---- making room ----


def old_backups(study: Path, moments: list[datetime]) -> Path:
    folder = backup_folder(study)
    folder.mkdir()
    for at in moments:
        (folder / f"study {at:%Y-%m-%d %H.%M.%S} UTC.qcode").write_bytes(b"x")
    return folder


def test_the_newest_stay_and_the_last_of_each_day(study):
    noon = datetime(2026, 3, 10, 12)
    moments = [noon - timedelta(hours=h) for h in range(4)] + [
        noon - timedelta(days=d, hours=h) for d in range(1, 8) for h in range(3)
    ]
    folder = old_backups(study, moments)
    gone = rotate(folder, study, newest=3, days=5)
    left = [found.at for found in listing(study)]
    assert left == [noon, noon - timedelta(hours=1), noon - timedelta(hours=2)] + [
        noon - timedelta(days=d) for d in range(1, 5)
    ]
    assert len(gone) == len(moments) - len(left)


def test_only_this_projects_own_backups_make_room(study):
    folder = old_backups(study, [datetime(2026, 1, 1, hour) for hour in range(20)])
    others = [
        "study.qcode",
        "study 2 2026-01-01 05.00.00 UTC.qcode",
        "my study 2026-01-01 05.00.00 UTC.qcode",
        "study before version 2 2026-01-01 05.00.00 UTC.qcode",
        "study 2026-01-01 05.00.00 UTC.txt",
        "notes.txt",
    ]
    for name in others:
        (folder / name).write_bytes(b"x")
    rotate(folder, study, newest=2, days=1)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*others, "study 2026-01-01 18.00.00 UTC.qcode", "study 2026-01-01 19.00.00 UTC.qcode"]
    )


def test_a_project_without_backups_has_none_to_list(study):
    assert listing(study) == []
    assert not backup_folder(study).exists()


def test_names_stay_free_however_many_there_are(study, tmp_path):
    taken = {stamped(tmp_path, study).name}
    for _ in range(5):
        name = stamped(tmp_path, study)
        name.write_bytes(b"")
        assert name.name not in taken or len(taken) == 1
        taken.add(name.name)
    assert len(list(tmp_path.glob("study 20*"))) == 5


def test_a_name_with_signs_that_mean_something_to_urls_and_patterns(tmp_path):
    study = make_project(tmp_path / "50% [draft] #2? é.qcode")
    made = backup(study, study)
    assert contents(made) == contents(study)
    assert [found.path for found in listing(study)] == [made]
    assert contents(restore(made, tmp_path / "back #1.qcode")) == contents(study)


def test_a_disk_that_breaks_while_the_copy_gets_its_name_leaves_nothing(study, tmp_path, monkeypatch):
    def broken(*_args):
        raise OSError(5, "Input/output error")

    (tmp_path / "stick").mkdir()
    monkeypatch.setattr(os, "link", broken)
    with pytest.raises(FileProblem, match="Input/output error"):
        backup(study, study, tmp_path / "stick" / "copy.qcode")
    assert list((tmp_path / "stick").iterdir()) == []
