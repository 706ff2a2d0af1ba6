"""Help, exit codes, and errors as one sentence."""

from __future__ import annotations

import importlib
import subprocess
import sys

import click
import pytest

from qcode.cli import main, program
from qcode.progress import Cancelled


def _failing(problem: BaseException) -> click.Command:
    @click.command("fail")
    def fail() -> None:
        """Fail."""
        raise problem

    return fail


def test_help_lists_every_command_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    for name, (_, told) in program._COMMANDS.items():
        assert f"  {name} " in out
        assert told in out


def test_no_word_at_all_gets_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "home"), list(program._COMMANDS.items()))
def test_the_list_and_the_commands_themselves_say_the_same(
    name: str, home: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    module = importlib.import_module(f"qcode.cli.{home[0]}")
    assert module.COMMANDS[name].get_short_help_str(200) == home[1]
    assert main([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: qcode {name}")


def test_another_room_may_lend_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command("demo")
    @click.argument("folder")
    def demo(folder: str) -> None:
        """Show everything."""
        click.echo(f"into {folder}")

    assert main(["demo", "there"], extra=[demo]) == 0
    assert main(["--help"], extra=[demo]) == 0
    out = capsys.readouterr().out
    assert "into there" in out
    assert "Show everything." in out


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["new"], ["new", "--nonsense"], ["codebook"], ["codebook", "nonsense"], ["code", "p", "--nth", "0"]],
)
def test_what_was_typed_wrongly_is_one_line_and_exit_code_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.count("\n") == 1
    assert "--help" in written.err


def test_a_mistake_of_ours_is_exit_code_1_and_hides_its_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QCODE_DEBUG", raising=False)
    failing = _failing(ValueError("two\nlines"))
    assert main(["fail"], extra=[failing]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "mistake in QCode" in err
    monkeypatch.setenv("QCODE_DEBUG", "1")
    assert main(["fail"], extra=[failing]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), Cancelled()])
def test_whoever_stops_a_command_sees_no_traceback(stop: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fail"], extra=[_failing(stop)]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_help_needs_neither_the_database_nor_qt() -> None:
    seen = "import sys; from qcode.cli import main; main(['--help']); print(sorted(set(sys.modules) & {HEAVY}))"
    code = seen.replace("HEAVY", "'sqlalchemy', 'PySide6', 'numpy', 'alembic'")
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.endswith("[]\n")
