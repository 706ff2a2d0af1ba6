"""Files appear whole, under a free name, and what was needed to make them is gone afterwards."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qcode.errors import Conflict, FileProblem
from qcode.store import files
from qcode.store.files import put_in_place, refuse_taken, sweep, sync_folder, workshop

WORK = """
import sys
from pathlib import Path
from pathlib import Path
from qcode.store.files import workshop
with workshop(Path(sys.argv[1])) as place:
    (place / "interviews").write_text("confidential")
    print("at work", flush=True)
    sys.stdin.read()
"""


def test_a_workshop_is_gone_afterwards_also_when_the_work_fails(tmp_path):
    with workshop(tmp_path) as place:
        (place / "half").write_text("x")
    with pytest.raises(ZeroDivisionError), workshop(tmp_path) as place:
        (place / "half").write_text("x")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_workshop_of_a_killed_process_is_swept_and_that_of_a_living_one_is_not(tmp_path):
    command = [sys.executable, "-c", WORK, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"at work\n"
        sweep(tmp_path)
        assert len(list(tmp_path.rglob("interviews"))) == 1
        process.send_signal(signal.SIGKILL)
        process.wait()
    with workshop(tmp_path):
        assert list(tmp_path.rglob("interviews")) == []
    assert list(tmp_path.iterdir()) == []


def test_there_is_no_workshop_without_a_folder(tmp_path):
    with pytest.raises(FileProblem, match="does not exist"), workshop(tmp_path / "nowhere"):
        pass


@pytest.fixture(params=["links", "no links"])
def file_system(request, monkeypatch):
    """A file system with hard links, and one without, such as exFAT."""

    def refuse(*_args):
        raise OSError(errno.EPERM, "Operation not permitted")

    if request.param == "no links":
        monkeypatch.setattr(os, "link", refuse)


def test_a_name_that_is_taken_is_told_with_its_folder_in_full(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "study.qcode").touch()
    with pytest.raises(Conflict, match=re.escape(f"called study.qcode in {tmp_path}.")):
        refuse_taken(Path("study.qcode"))


@pytest.mark.usefixtures("file_system")
def test_a_finished_file_never_takes_a_name_that_is_taken(tmp_path):
    made, place = tmp_path / "made", tmp_path / "study.qcode"
    made.write_text("new")
    place.write_text("old")
    with pytest.raises(Conflict, match=r"already something called study\.qcode"):
        put_in_place(made, place)
    assert place.read_text() == "old"
    place.unlink()
    place.symlink_to(tmp_path / "nowhere")
    with pytest.raises(Conflict):
        put_in_place(made, place)
    place.unlink()
    put_in_place(made, place)
    assert place.read_text() == "new"


def test_overwriting_must_be_asked_for(tmp_path):
    made, place = tmp_path / "made", tmp_path / "study.qcode"
    made.write_text("new")
    place.write_text("old")
    put_in_place(made, place, overwrite=True)
    assert place.read_text() == "new"
    assert not made.exists()


def test_other_faults_of_the_disk_are_not_mistaken_for_missing_links(tmp_path, monkeypatch):
    def broken(*_args):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(files.os, "link", broken)
    (tmp_path / "made").write_text("new")
    with pytest.raises(OSError, match="Input/output"):
        put_in_place(tmp_path / "made", tmp_path / "study.qcode")


def test_a_network_drive_that_cannot_sync_folders_is_no_reason_to_fail(tmp_path, monkeypatch):
    def cannot(_fd):
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(files.os, "fsync", cannot)
    sync_folder(tmp_path)

    def broken(_fd):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(files.os, "fsync", broken)
    with pytest.raises(OSError, match="Input/output"):
        sync_folder(tmp_path)
