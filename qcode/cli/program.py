"""The program `qcode`: which commands there are, and how errors become a sentence and an exit code."""

from __future__ import annotations

import errno
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Final

import click

from qcode.cli.output import complain, finish, hush, prepare
from qcode.errors import QcodeError
from qcode.progress import Cancelled

_INPUT, _BUG, _STOPPED = 2, 1, 130

# Where each command lives and what it does: help is shown without importing what the commands need.
_COMMANDS: Final = {
    "new": ("project", "Make a project."),
    "import": ("importing", "Bring source texts into a project."),
    "info": ("project", "Count what is in a project."),
    "sources": ("sources", "List, describe, move and remove the sources."),
    "folders": ("shelves", "List, make, move and remove folders of sources."),
    "sets": ("shelves", "List, fill and remove sets of sources."),
    "variables": ("variables", "List, set, export and import variables of sources."),
    "codes": ("codes", "List the codes with their counts."),
    "text": ("sources", "Write the text of a source, and nothing else."),
    "original": ("sources", "Write the file that a source came from, byte for byte."),
    "spans": ("sources", "List headings, pages, speakers and the like of a source."),
    "formats": ("sources", "List the kinds of files that can be imported."),
    "code": ("passages", "Apply codes to a passage."),
    "passages": ("passages", "List, export or quote the passages with their codes."),
    "search": ("search", "Find words in the texts, with what stands around them."),
    "words": ("search", "Count the words of the texts."),
    "autocode": ("search", "Code all places of a query, heading, speaker or question."),
    "correct": ("correcting", "Correct a source; its passages follow."),
    "review": ("correcting", "List what waits for review, or decide."),
    "codebook": ("codes", "Export or import the codebook as CSV."),
    "key": ("names", "Make or read a key file, which tells who is who."),
    "names": ("names", "List the places that name somebody of a key."),
    "pseudonymise": ("names", "Put other names in the place of people's names."),
    "history": ("history", "List the changes, newest first."),
    "undo": ("history", "Take back the coder's last change."),
    "redo": ("history", "Bring back what was undone last."),
    "verify": ("project", "Check that the project is sound and its history untouched."),
    "backup": ("project", "Make a checked copy of a project."),
    "restore": ("project", "Make a project from a backup, under a new name."),
}


class Program(click.Group):
    """The group of all commands; a command's module is imported when it is called."""

    def __init__(self, extra: Sequence[click.Command]) -> None:
        super().__init__("qcode", help="Qualitative coding: sources, passages, codes, and the codebook.")
        self.params.append(_version_option())
        self.epilog = "“qcode COMMAND --help” tells more. A project's name instead of a command opens it in the window."
        for command in extra:
            self.add_command(command)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the work, not of the alphabet."""
        return [*_COMMANDS, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and find the command in it."""
        if cmd_name not in _COMMANDS:
            return self.commands.get(cmd_name)
        module = importlib.import_module(f"qcode.cli.{_COMMANDS[cmd_name][0]}")
        found: click.Command = module.COMMANDS[cmd_name]
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with one line each."""
        rows = [(name, told) for name, (_, told) in _COMMANDS.items()]
        rows += [(name, command.get_short_help_str(80)) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def main(argv: Sequence[str] | None = None, extra: Sequence[click.Command] = ()) -> int:
    """Run one command and give its exit code: 0 done, 2 for what was typed or given, 1 for a mistake of ours.

    `extra` are commands that other rooms lend. Nothing is asked; an error is one line on stderr.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    prepare()
    try:
        code = _run(Program(extra), arguments or ["--help"])
        finish()
        return code
    except (Exception, KeyboardInterrupt) as problem:  # noqa: BLE001 - every way out is a sentence and a code
        return _told(problem)


def _run(program: Program, arguments: list[str]) -> int:
    """Run the program, but not by click's own `main`, which has other exit codes and more lines for an error."""
    try:
        with program.make_context("qcode", arguments) as ctx:
            program.invoke(ctx)
    except click.exceptions.Exit as done:
        return done.exit_code
    return 0


def _told(problem: BaseException) -> int:
    """Say in one line what went wrong and choose the exit code."""
    if isinstance(problem, BrokenPipeError):  # whoever read the output has enough
        hush()
        return 0
    if isinstance(problem, QcodeError):
        complain(str(problem))
        return _INPUT
    if isinstance(problem, click.ClickException):
        complain(_usage(problem))
        return _INPUT
    if isinstance(problem, KeyboardInterrupt | Cancelled | click.Abort):
        complain("Stopped.")
        return _STOPPED
    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EIO, errno.EBADF):
        hush()
        complain(f"The output could not be written ({problem.strerror}).")
        return _INPUT
    return _own_fault(problem)


def _own_fault(problem: BaseException) -> int:
    if os.environ.get("QCODE_DEBUG"):
        complain("".join(traceback.format_exception(problem)), lines=True)
    what = f"{type(problem).__name__}: {problem}".rstrip(": ")
    complain(
        f"This is a mistake in QCode, not in what you typed ({what}). "
        "Nothing half done was kept; please report it with what QCODE_DEBUG=1 shows."
    )
    return _BUG


def _usage(problem: click.ClickException) -> str:
    """Write click's message as a sentence that tells where help is."""
    message = problem.format_message().strip()
    message = message if message.endswith((".", "?", "!")) else f"{message}."
    ctx = problem.ctx if isinstance(problem, click.UsageError) else None
    return f"{message} See “{ctx.command_path} --help”." if ctx else message


def _version_option() -> click.Option:
    def show(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted and not ctx.resilient_parsing:
            from importlib.metadata import version  # noqa: PLC0415 - slow, and hardly ever asked for

            click.echo(f"qcode {version('qcode')}")
            ctx.exit()

    return click.Option(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show, help="Show the version and exit."
    )
