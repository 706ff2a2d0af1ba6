"""The command line, called as a person calls it but inside this process."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="session")
def made_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a study, made once and copied for each test: making a project takes its time."""
    folder = tmp_path_factory.mktemp("study")
    book = "path,is_codable,color,shortcut\nGround,false,,\nGround > Skill,true,#0072b2,1\nGround > Trust,,,2\n"
    (folder / "book.csv").write_text(book)
    (folder / "talk.txt").write_text("They asked us first.\n\nWe knew how. They asked us again.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOGNAME", "rosa")
        assert main(["new", str(folder / "study.qcode"), "--codebook", str(folder / "book.csv")]) == 0
        assert main(["import", str(folder / "study.qcode"), str(folder / "talk.txt")]) == 0
    return folder


@pytest.fixture
def study(run: Run, made_study: Path, tmp_path: Path) -> Run:
    """A study with a codebook and one text, as `study.qcode`; gives back how to run commands."""
    shutil.copytree(made_study, tmp_path, dirs_exist_ok=True)
    return run
