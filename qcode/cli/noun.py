"""Commands on one noun: "qcode sources PROJECT" lists, "qcode sources rename PROJECT ..." does something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from qcode.cli.output import count
from qcode.project import Change, open_project
from qcode.project.removal import Removal


class Noun(click.Group):
    """A group in which a first word that is no command of it is a project, which is then listed."""

    def __init__(self, name: str, help_: str) -> None:
        epilog = f"“qcode {name} PROJECT” is short for “qcode {name} list PROJECT”."
        super().__init__(name, help=help_, epilog=epilog, no_args_is_help=True)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the word that may be left out."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["list", *args]
        return super().parse_args(ctx, args)


@contextmanager
def changing(project: Path, label: str, coder: str | None) -> Iterator[Change]:
    """Do one change in a project; a coder who was named is its coder from then on."""
    with open_project(project, coder=coder) as opened:
        with opened.change(label) as tx:
            yield tx
        if coder:
            opened.use_coder(coder)


def went_with(going: Removal) -> str:
    """Say what went along with something: " with 2 passages, 3 codings"; "" when nothing did."""
    parts = (going.passages, "passage"), (going.codings, "coding"), (going.values, "value")
    told = [count(number, thing) for number, thing in parts if number]
    return f" with {', '.join(told)}" if told else ""
