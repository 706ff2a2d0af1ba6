"""Commands about what was done, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from qcode.cli.options import coder_option, json_option, project_argument
from qcode.cli.output import one_line, say, write_json, write_table
from qcode.exchange.table import moment
from qcode.project import history as questions
from qcode.project import open_project


@click.command("history")
@project_argument
@json_option
def history(project: Path, as_json: bool) -> None:
    """List the changes, newest first.

    Times are UTC.
    """
    with open_project(project, read_only=True) as opened, opened.read() as r:
        found = questions.listing(r)
    if as_json:
        write_json([_object(entry) for entry in found])
        return
    rows = [(e.id, f"{e.at:%Y-%m-%d %H:%M}", e.coder, e.kind, e.label, e.reason) for e in found]
    write_table(("id", "at", "coder", "kind", "label", "reason"), rows, right=(0,))


@click.command("undo")
@project_argument
@coder_option
def undo(project: Path, coder: str | None) -> None:
    """Take back the coder's last change.

    The history keeps both.
    """
    with open_project(project, coder=coder) as opened:
        say(f"Undid: {one_line(opened.undo().label)}.")


@click.command("redo")
@project_argument
@coder_option
def redo(project: Path, coder: str | None) -> None:
    """Bring back what was undone last.

    That is: by the same coder, with no other change of theirs since.
    """
    with open_project(project, coder=coder) as opened:
        say(f"Redid: {one_line(opened.redo().label)}.")


def _object(entry: questions.Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": moment(entry.at),
        "coder": entry.coder,
        "label": entry.label,
        "kind": entry.kind,
        "undoes": entry.undoes,
        "reason": entry.reason,
    }


COMMANDS: Final = {"history": history, "undo": undo, "redo": redo}
