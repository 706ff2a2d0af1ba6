"""What several commands take: the project, the coder."""

from __future__ import annotations

from pathlib import Path

import click

PATH = click.Path(path_type=Path)

project_argument = click.argument("project", type=PATH)
coder_option = click.option(
    "--coder", metavar="NAME", help="Who does it, here and from now on. Else the project's coder, else the login name."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
