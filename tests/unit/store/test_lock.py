"""One program at a time may write, and whoever is refused is told who has the file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qcode.errors import FileLocked, FileProblem
from qcode.store import files, lock
from qcode.store.lock import ProjectLock, lock_path

HOLD = """
import sys
from pathlib import Path
from qcode.store.lock import ProjectLock
ProjectLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path):
    """Another process that has the project open; it lets go when its input ends, and can be killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "study.qcode")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_the_lock_says_who_has_the_project_and_leaves_nothing_behind(tmp_path):
    held = ProjectLock(tmp_path / "study.qcode")
    held.acquire()
    said = json.loads(lock_path(tmp_path / "study.qcode").read_text())
    assert set(said) == {"user", "host", "pid", "program", "at"}
    assert said["pid"] == os.getpid()
    assert said["at"].endswith("UTC")
    held.release()
    held.release()
    assert list(tmp_path.iterdir()) == []


def test_the_same_program_cannot_open_a_project_twice(tmp_path):
    with ProjectLock(tmp_path / "study.qcode"), pytest.raises(FileLocked, match="already open here"):
        ProjectLock(tmp_path / "study.qcode").acquire()
    with ProjectLock(tmp_path / "study.qcode") as again:
        assert again.held()


def test_a_second_process_is_told_who_has_the_project(tmp_path, other):
    with pytest.raises(FileLocked, match=rf"since \d{{4}}-.* UTC \(QCode, process {other.pid}\)") as told:
        ProjectLock(tmp_path / "study.qcode").acquire()
    assert "study.qcode" in told.value.message
    assert told.value.hint


def test_what_a_dead_process_left_is_taken_over_at_once(tmp_path, other):
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert lock_path(tmp_path / "study.qcode").exists()
    with ProjectLock(tmp_path / "study.qcode") as taken:
        assert taken.left_by is not None
        assert taken.left_by.pid == other.pid
        with pytest.raises(FileLocked):
            ProjectLock(tmp_path / "study.qcode").acquire()
    assert list(tmp_path.iterdir()) == []


def left_on(path: Path, host: str) -> Path:
    """A lock file as a synced folder brings it from another computer."""
    left = lock_path(path)
    left.write_text(
        json.dumps({"user": "bea", "host": host, "pid": 7, "program": "QCode", "at": "2026-03-01 09:30:00 UTC"})
    )
    return left


def test_a_lock_from_another_computer_is_not_taken_without_asking(tmp_path):
    study = tmp_path / "study.qcode"
    left = left_on(study, "lab-3")
    before = left.read_bytes()
    with pytest.raises(FileLocked, match=r"bea on lab-3, since 2026-03-01 09:30:00 UTC") as told:
        ProjectLock(study).acquire()
    assert left.name in told.value.hint
    assert left.read_bytes() == before
    taken = ProjectLock(study)
    taken.acquire(take_over=True)
    assert taken.left_by is not None
    assert taken.left_by.host == "lab-3"
    taken.release()
    assert not left.exists()


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[]", b'{"user": "x"}', b"\xff\xfe", b"null"])
def test_a_lock_file_that_says_nothing_sensible_stops_nobody(tmp_path, rubbish):
    lock_path(tmp_path / "study.qcode").write_bytes(rubbish)
    with ProjectLock(tmp_path / "study.qcode") as taken:
        assert taken.left_by is None


def test_when_the_holder_lets_go_at_that_very_moment_the_name_is_opened_anew(tmp_path, monkeypatch):
    study = tmp_path / "study.qcode"
    holder = ProjectLock(study)
    holder.acquire()
    took = files.hold

    def let_go_first(fd: int) -> bool:
        holder.release()  # between our opening of the lock file and our locking it: we now hold a file without a name
        return took(fd)

    monkeypatch.setattr(lock, "hold", let_go_first)
    late = ProjectLock(study)
    late.acquire()
    assert late.held()
    assert os.path.samestat(os.fstat(late._fd), lock_path(study).stat())  # type: ignore[arg-type]
    late.release()


def test_a_lock_file_that_somebody_deleted_is_made_anew_unless_another_was_quicker(tmp_path):
    study = tmp_path / "study.qcode"
    mine = ProjectLock(study)
    mine.acquire()
    lock_path(study).unlink()
    assert mine.held()
    with pytest.raises(FileLocked):
        ProjectLock(study).acquire()
    lock_path(study).unlink()
    with ProjectLock(study):
        assert not mine.held()
    mine.release()
    assert list(tmp_path.iterdir()) == []


def test_a_drive_without_locks_is_said(tmp_path, monkeypatch):
    def no_locks(_fd: int) -> bool:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(lock, "hold", no_locks)
    with pytest.raises(FileProblem, match="cannot keep two programs apart"):
        ProjectLock(tmp_path / "study.qcode").acquire()


def test_another_users_stale_lock_file_that_we_may_not_write_is_replaced(tmp_path, monkeypatch):
    study = tmp_path / "study.qcode"
    left = lock_path(study)
    left.write_text("")
    real = os.open

    def not_yours(path, flags, *mode):
        if Path(path) == left and left.exists() and left.stat().st_ino == theirs and flags & os.O_RDWR:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags, *mode)

    theirs = left.stat().st_ino
    keep_inode = left.open()  # so that the new file cannot be given the same number
    monkeypatch.setattr(os, "open", not_yours)
    with ProjectLock(study) as taken:
        assert taken.held()
        assert left.stat().st_ino != theirs
    keep_inode.close()


def test_of_many_processes_that_come_at_once_one_gets_in(tmp_path):
    script = (
        "import sys\nfrom pathlib import Path\nfrom qcode.errors import FileLocked\n"
        "from qcode.store.lock import ProjectLock\n"
        "sys.stdin.readline()\n"
        "try:\n    ProjectLock(Path(sys.argv[1])).acquire()\n    print('in', flush=True)\n    sys.stdin.readline()\n"
        "except FileLocked:\n    print('out', flush=True)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "study.qcode")]
    crowd = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for process in crowd:
        print("go", file=process.stdin, flush=True)
    said = sorted(process.stdout.readline().strip() for process in crowd if process.stdout)
    for process in crowd:
        process.communicate()
    assert said == ["in", "out", "out", "out"]
