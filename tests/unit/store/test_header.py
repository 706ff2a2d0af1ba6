"""What is not a project that can be opened is told apart by its first bytes, and left alone."""

from __future__ import annotations

import os
import random
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest
from file_kit import beside, patch, sha256

from qcode.errors import FileDamaged, FileReadOnly, FileTooNew, NotAProject, NotFound, QcodeError
from qcode.store import header
from qcode.store.connect import APPLICATION_ID, SCHEMA_VERSION

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(400)


def foreign_database(path: Path, application: int = 0) -> Path:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA application_id={application}")
        conn.execute("CREATE TABLE bookmark (url)")
    return path


def refused(path: Path, kind: type[QcodeError]) -> QcodeError:
    """The file is refused in words, its bytes stay, and nothing appears beside it."""
    before, around = sha256(path), beside(path)
    with pytest.raises(kind) as told:
        header.read(path)
    assert path.name in told.value.message
    assert told.value.message.endswith(".")
    assert told.value.hint.endswith(".")
    assert (sha256(path), beside(path)) == (before, around)
    return told.value


def test_a_project_tells_its_version_and_size(study):
    found = header.read(study)
    assert found.version == SCHEMA_VERSION
    assert found.pages * found.page_size == study.stat().st_size
    assert not found.suspect


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"\0" * 5000, PNG, "Interview one\n".encode("utf-16"), header.MAGIC[:9], b"PK\3\4" + bytes(200)],
    ids=["empty", "one byte", "zeroes", "picture", "text", "half a magic", "zip"],
)
def test_what_is_no_project_is_refused(tmp_path, data):
    path = tmp_path / "study.qcode"
    path.write_bytes(data)
    refused(path, NotAProject)


def test_random_bytes_are_refused(tmp_path):
    dice = random.Random(1)
    for n in range(50):
        path = tmp_path / f"{n}.qcode"
        path.write_bytes(dice.randbytes(dice.randrange(1, 9000)))
        refused(path, NotAProject)


@pytest.mark.parametrize("application", [0, 0x0F055111, APPLICATION_ID + 1])
def test_a_database_of_another_program_is_refused(tmp_path, application):
    told = refused(foreign_database(tmp_path / "fossil.qcode", application), NotAProject)
    assert "another program" in str(told)


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, 99, 0xFFFFFFFF])
def test_a_newer_project_is_refused(study, version):
    patch(study, 60, struct.pack(">I", version))
    told = refused(study, FileTooNew)
    assert str(version) in told.message


@pytest.mark.parametrize("offset, data", [(60, bytes(4)), (16, bytes(2)), (16, b"\x00\x03"), (16, b"\x10\x01")])
def test_a_header_that_cannot_be_is_damage(study, offset, data):
    patch(study, offset, data)
    refused(study, FileDamaged)


@pytest.mark.parametrize("keep", [16, 50, 99, 100, 512, 4096, 5000, 12_288])
def test_a_truncated_project_is_refused(study, keep):
    os.truncate(study, keep)
    told = refused(study, FileDamaged)
    assert "cut off" in told.message


def test_a_missing_last_byte_is_noticed(study):
    os.truncate(study, study.stat().st_size - 1)
    refused(study, FileDamaged)


def test_a_file_longer_than_it_says_is_looked_at_more_closely(study):
    with study.open("ab") as file:
        file.write(bytes(4096))
    assert header.read(study).suspect


def test_while_a_journal_waits_the_length_says_nothing(study):
    os.truncate(study, 4096)
    header.journal(study).write_bytes(b"\xd9\xd5\x05\xf9 and so on")
    assert header.read(study).suspect


def test_what_is_not_there_or_not_a_file_is_said(tmp_path):
    with pytest.raises(NotFound, match=r"nowhere\.qcode"):
        header.read(tmp_path / "nowhere.qcode")
    with pytest.raises(NotFound):
        header.read(tmp_path / "no folder" / "study.qcode")
    with pytest.raises(NotAProject, match="folder"):
        header.read(tmp_path)
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(NotFound):
        header.read(tmp_path / "file" / "study.qcode")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.qcode")
    with pytest.raises(NotAProject, match="not a file"):
        header.read(tmp_path / "pipe.qcode")


def test_a_file_that_may_not_be_read_is_said(study, monkeypatch):
    def forbidden(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(FileReadOnly, match=r"may not read study\.qcode"):
        header.read(study)


def test_a_link_that_leads_round_in_a_circle_is_said(tmp_path):
    (tmp_path / "a.qcode").symlink_to(tmp_path / "b.qcode")
    (tmp_path / "b.qcode").symlink_to(tmp_path / "a.qcode")
    with pytest.raises(QcodeError, match="cannot be reached"):
        header.read(tmp_path / "a.qcode")
