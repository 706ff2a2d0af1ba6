"""The real program in real processes: what a terminal shows, pipes that close, and what the shell sees."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-c", "import sys; from qcode.cli import main; sys.exit(main())"]
TEXT = "The bureau has a name for speed.\n\nIts name for speed is why they call, they say.\n"


def qcode(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as its own process."""
    return subprocess.run(
        [*PROGRAM, *arguments], cwd=folder, capture_output=True, env=os.environ | environment, check=False, timeout=60
    )


def shown(done: subprocess.CompletedProcess[bytes]) -> str:
    """Give what a command that worked wrote."""
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def codings(path: Path) -> dict[str, str]:
    """Read the number of codings of each code from an exported codebook."""
    rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    return {row["path"]: row["codings"] for row in rows}


def test_from_two_texts_to_a_codebook(tmp_path: Path) -> None:
    (tmp_path / "bureau.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "desk.txt").write_text("Another text.\n", encoding="utf-8")
    shown(qcode(tmp_path, "new", "p.qcode", "--codebook", "authority-and-power"))
    shown(qcode(tmp_path, "import", "p.qcode", "bureau.txt", "desk.txt"))
    coded = ("--source", "bureau", "--quote", "name for speed", "--nth", "1", "--code", "Authority > Expert")
    shown(qcode(tmp_path, "code", "p.qcode", *coded))
    export = ("codebook", "export", "p.qcode", "codebook.csv")
    shown(qcode(tmp_path, *export))
    counted = codings(tmp_path / "codebook.csv")
    assert len(counted) == 8
    assert {path for path, number in counted.items() if number != "0"} == {"Authority > Expert"}
    for command, number in (("undo", "0"), ("redo", "1")):
        shown(qcode(tmp_path, command, "p.qcode"))
        shown(qcode(tmp_path, *export))
        assert codings(tmp_path / "codebook.csv")["Authority > Expert"] == number


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A folder with a project that holds a long text in several scripts."""
    (tmp_path / "long.txt").write_text("سلطة, 权力, 👩‍👩‍👧.\n" * 20_000, encoding="utf-8")
    shown(qcode(tmp_path, "new", "p.qcode"))
    shown(qcode(tmp_path, "import", "p.qcode", "long.txt"))
    return tmp_path


def test_a_reader_who_has_enough_closes_the_pipe_without_a_traceback(study: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "text", "p.qcode", "long"], cwd=study, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_a_system_that_thinks_in_ascii_gets_utf8(study: Path) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = qcode(study, "text", "p.qcode", "long", **ascii_only)
    assert shown(done) == (study / "long.txt").read_text(encoding="utf-8")
    missing = qcode(study, "text", "p.qcode", "权力", **{"PYTHONIOENCODING": "ascii"})
    assert missing.returncode == 2
    assert "“权力”" in missing.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_behind_stdout_is_said(study: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "text", "p.qcode", "long"], cwd=study, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_json_for_other_programs_is_json(study: Path) -> None:
    for command in ("info", "sources", "codes", "history", "passages"):
        json.loads(shown(qcode(study, command, "p.qcode", "--json")))
