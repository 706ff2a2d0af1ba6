"""What the README shows is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from cli_runner import Run

from qcode.cli.program import _COMMANDS

README = Path(__file__).resolve().parents[3] / "README.md"
INTERVIEW = """\
Q: How did it begin?

A: In the spring they came to us first. There was nobody else who kept such lists.

Q: And later?

A: Later there was still nobody else.
"""
CORRECTED = INTERVIEW.replace("such lists", "lists like these").replace("still nobody else", "a ministry")
FIELDNOTE = "# A morning at the desk\n\nForms in three colours, and a queue.\n"


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def _shown() -> list[tuple[str, str]]:
    """Give each command of the README with the output it shows."""
    steps = [step for block in _blocks("console") for step in re.split(r"^\$ ", block, flags=re.MULTILINE) if step]
    return [(command, output) for command, _, output in (step.partition("\n") for step in steps)]


def _fits(shown: str, said: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in shown.strip().split("..."))
    return re.fullmatch(pattern, said.strip(), re.DOTALL) is not None


@pytest.fixture
def texts(tmp_path: Path) -> None:
    """What the README says is yours: texts, a table of names and a pass phrase."""
    (tmp_path / "interview.txt").write_text(INTERVIEW, encoding="utf-8")
    (tmp_path / "interview-corrected.txt").write_text(CORRECTED, encoding="utf-8")
    (tmp_path / "names.csv").write_text("name,replacement\nAgnes Lind,R1\nPiet,a driver\n", encoding="utf-8")
    (tmp_path / "phrase.txt").write_text("three plain words\n", encoding="utf-8")
    (tmp_path / "fieldnote.md").write_text(FIELDNOTE, encoding="utf-8")


@pytest.mark.usefixtures("texts")
def test_the_commands_do_what_the_readme_shows(run: Run) -> None:
    for command, shown in _shown():
        program, *arguments = shlex.split(command)
        assert program == "qcode"
        done = run(*arguments)
        assert (done.code, done.err) == (0, ""), command
        assert _fits(shown, done.out), f"$ {command}\n{done.out}"


def test_the_readme_shows_every_command() -> None:
    words = {tuple(shlex.split(command)[1:3]) for command, _ in _shown()}
    assert {first for first, *_ in words} == set(_COMMANDS)
    assert {("codebook", "export"), ("codebook", "import")} <= words
    assert {("variables", "export"), ("variables", "import"), ("sets", "put"), ("folders", "make")} <= words


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = _blocks("python")
    left: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), left)
    assert "Trust" in left["names"]  # type: ignore[operator]
    assert str(left["codebook"], "utf-8-sig").startswith("guid,path")  # type: ignore[call-overload]
