"""An export replaces an older export, and nothing else."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from qcode.errors import FileProblem, InvalidInput, NotFound
from qcode.exchange.files import write_file


def test_an_export_replaces_the_last_one(tmp_path: Path) -> None:
    target = tmp_path / "codebook.csv"
    write_file(target, b"first")
    target.chmod(0o640)
    write_file(target, b"second")
    assert target.read_bytes() == b"second"
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["codebook.csv"]


def test_an_export_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    write_file(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_an_export_never_lands_on_a_project(tmp_path: Path) -> None:
    project = tmp_path / "study.qcode"
    with sqlite3.connect(project) as db:
        db.execute("CREATE TABLE interview (words)")
    db.close()
    before = project.read_bytes()
    with pytest.raises(InvalidInput, match="another name"):
        write_file(project, b"csv")
    assert project.read_bytes() == before


def test_a_folder_and_a_missing_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="is a folder"):
        write_file(tmp_path, b"")
    with pytest.raises(NotFound, match="no folder"):
        write_file(tmp_path / "missing" / "a.csv", b"")


def test_an_export_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "codebook.csv"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qcode.exchange.files.os.fsync", full)
    with pytest.raises(FileProblem, match="no space"):
        write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["codebook.csv"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_device_is_written_to_not_replaced() -> None:
    write_file(Path(os.devnull), b"into nothing")
    assert not Path(os.devnull).is_file()
