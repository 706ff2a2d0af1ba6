"""What several commands take: the project, the coder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


class _NamedPath(click.Path):
    """A path that is not empty: an unset variable of a script must not mean the folder one happens to be in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not os.fspath(value):
            self.fail("It is empty.", param, ctx)
        return super().convert(value, param, ctx)


PATH = _NamedPath(path_type=Path)

project_argument = click.argument("project", type=PATH)
coder_option = click.option(
    "--coder", metavar="NAME", help="Who does it, here and from now on. Else the project's coder, else the login name."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")

PHRASE_VARIABLE = "QCODE_PASSPHRASE"
phrase_option = click.option(
    "--passphrase-file",
    "phrase_file",
    type=PATH,
    metavar="FILE",
    help=f"Its first line is the pass phrase of the key; else ${PHRASE_VARIABLE} is.",
)


def guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command that exports something the options by which `refuse_leaks` knows the names."""
    key = click.option("--key", type=PATH, metavar="FILE", help="Refuse to write what holds a name of this key file.")
    return key(phrase_option(command))
