"""The program: the window on a project, the demo that the window's room renders, or a command."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import click

from qcode.cli import main as run_command
from qcode.cli.program import Program
from qcode.errors import InvalidInput

BAD_INPUT = 2
NO_QT = "The window needs PySide6, which is not installed here. Install qcode with its extra “gui”."
NO_DISPLAY = "There is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set. Try: qcode demo DIR"
SCREENS = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")


@click.command(help="Make the sample project, its exports and pictures of the window in DIR.")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def demo(directory: Path) -> None:
    """Show what QCode does, also where there is no display."""
    if not _has_qt():
        raise InvalidInput(NO_QT)
    from qcode.ui.demo import render_demo  # noqa: PLC0415 - the command line works without Qt

    for path in render_demo(directory):
        click.echo(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say: none opens the window, a first word that is no command is a project to open in it."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and (words[0].startswith("-") or words[0] in _commands()):
        return run_command(words, extra=[demo])
    return _window(words)


def _commands() -> list[str]:
    program = Program([demo])
    return program.list_commands(click.Context(program))


def _window(words: list[str]) -> int:
    if words and not Path(words[0]).exists():
        return _complain(f"“{words[0]}” is neither a command nor a project that is there. Try: qcode --help")
    if len(words) > 1:
        return _complain("One window opens one project; name only one. Try: qcode --help")
    if not _has_qt():
        return _complain(NO_QT)
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        return _complain(NO_DISPLAY)  # Qt itself would abort the process without a word of ours
    gc.disable()  # what a start loads stays loaded: to look through it for what could go takes a tenth of the start
    try:
        from qcode.ui.app import run  # noqa: PLC0415 - the command line works without Qt
    finally:
        gc.enable()
    return run(Path(words[0]) if words else None)


def _has_qt() -> bool:
    return find_spec("PySide6") is not None and find_spec("PySide6.QtWidgets") is not None


def _complain(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
