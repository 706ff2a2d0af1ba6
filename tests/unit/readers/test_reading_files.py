"""A file that cannot be imported is refused in a sentence before any harm is done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qcode.errors import FormatProblem
from qcode.readers import LIMIT, ReadingChoices, file_bytes, read, read_file


def test_a_file_is_read_and_its_name_decides_the_format(tmp_path: Path) -> None:
    path = tmp_path / "Notes.MD"
    path.write_bytes("# Ärger\n\nJa.".encode())
    document = read_file(path)
    assert (document.text, document.title) == ("Ärger\n\nJa.", "Ärger")
    assert file_bytes(path) == "# Ärger\n\nJa.".encode()


def test_a_forced_encoding_reaches_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("да".encode("koi8-r"))
    assert read_file(path, ReadingChoices(encoding="koi8-r")).text == "да"


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(FormatProblem, match=r"There is no file .*gone\.txt\. Check its name"):
        file_bytes(tmp_path / "gone.txt")
    with pytest.raises(FormatProblem, match=r"is a folder\. Choose the files in it"):
        file_bytes(tmp_path)
    with pytest.raises(FormatProblem):
        file_bytes(tmp_path / ("x" * 5_000))
    with pytest.raises(FormatProblem):
        file_bytes(Path("nul\0name"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_would_be_read_for_ever_and_is_not(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FormatProblem, match="is not a file that can be read to an end"):
        file_bytes(tmp_path / "pipe")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(FormatProblem, match="may not be read"):
        file_bytes(path)


def test_too_large_a_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)  # takes no room on the disk
    with pytest.raises(FormatProblem) as caught:
        read_file(path)
    assert str(caught.value) == (
        "huge.txt has 100.0 MB; a source can have at most 50 MB. Divide it into several files."
    )


def test_the_limit_itself() -> None:
    with pytest.raises(FormatProblem, match="is larger than 50 MB; a source can have at most 50 MB"):
        read(b"x" * (LIMIT + 1), "a.txt")
    assert len(read(b"x" * LIMIT, "a.txt").text) == LIMIT
