"""The command line, called as a person calls it but inside this process."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_runner import Result, Run

from qcode.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `qcode` with these arguments in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "rosa")

    def call(*arguments: str | Path) -> Result:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        return Result(code, written.out, written.err)

    return call


@pytest.fixture
def study(run: Run, tmp_path: Path) -> Run:
    """A study with a codebook and one text, as `study.qcode`; gives back how to run commands."""
    (tmp_path / "book.csv").write_text(
        "path,is_codable,color,shortcut\nGround,false,,\nGround > Skill,true,#0072b2,1\nGround > Trust,,,2\n"
    )
    (tmp_path / "talk.txt").write_text("They asked us first.\n\nWe knew how. They asked us again.\n")
    assert run("new", "study.qcode", "--codebook", "book.csv").code == 0
    assert run("import", "study.qcode", "talk.txt").code == 0
    return run
