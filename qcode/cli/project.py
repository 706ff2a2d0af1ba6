"""Commands about a project as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from qcode.cli.options import PATH, coder_option, json_option, project_argument
from qcode.cli.output import complain, count, one_line, say, write_json
from qcode.exchange import starter
from qcode.exchange.about import about
from qcode.project import Project, info, login_name, open_project
from qcode.project import restore as bring_back


@click.command("new")
@project_argument
@click.option(
    "--codebook", metavar="NAME|FILE", help="Start with a codebook that ships with QCode, or with a CSV file."
)
@click.option("--sample", is_flag=True, help="Make the sample project: texts, a codebook and passages to look at.")
@coder_option
def new(project: Path, codebook: str | None, sample: bool, coder: str | None) -> None:
    """Make a project.

    \b
    qcode new study.qcode
    qcode new study.qcode --codebook authority-and-power
    qcode new practice.qcode --sample
    """
    if sample and coder is None:
        coder = login_name()  # the sample has a coder of its own, who is not you
    with starter.new_project(project, codebook=codebook, sample=sample, coder=coder) as made:
        counts = _counts(made)
        inside = (count(counts.sources, "source"), count(counts.codes, "code"), count(counts.passages, "passage"))
        say(f"Made {one_line(str(project))} with {', '.join(inside)}.")


@click.command("info")
@project_argument
@json_option
def look(project: Path, as_json: bool) -> None:
    """Count what is in a project.

    With --json: name, coder, sources, codes (groups included), passages, codings, coders, changes, schema (of the
    file), version (of QCode).
    """
    with open_project(project, read_only=True) as opened, opened.read() as r:
        told = about(r, coder=opened.coder.name)
    if as_json:
        write_json(told)
        return
    width = max(map(len, told))
    for key, value in told.items():
        say(f"{key:{width}}  {one_line(f'{value:,}' if isinstance(value, int) else str(value))}")


@click.command("verify")
@project_argument
@click.pass_context
def verify(ctx: click.Context, project: Path) -> None:
    """Check that the project is sound and its history untouched.

    Walks through all changes, texts and quotes. What does not fit is told on stderr, and the exit code is then 2.
    """
    with open_project(project, read_only=True) as opened:
        wrong = opened.verify()
        changes = _counts(opened).changes
    for sentence in wrong:
        complain(sentence)
    if wrong:
        ctx.exit(2)
    say(f"{one_line(project.name)} is sound: {count(changes, 'change')}, all texts and quotes fit.")


@click.command("backup")
@project_argument
@click.argument("file", type=PATH, required=False)
def backup(project: Path, file: Path | None) -> None:
    """Make a checked copy of a project.

    It becomes FILE, or lands in the folder of backups beside the project.
    """
    with open_project(project, read_only=True) as opened:
        say(f"Backed up to {one_line(str(opened.backup(file)))}.")


@click.command("restore")
@click.argument("backup", type=PATH)
@project_argument
def restore(backup: Path, project: Path) -> None:
    """Make a project from a backup, under a new name.

    The backup stays, and an existing project is never replaced.
    """
    say(f"Restored to {one_line(str(bring_back(backup, project)))}.")


def _counts(project: Project) -> info.Counts:
    with project.read() as r:
        return info.counts(r)


COMMANDS: Final = {"new": new, "info": look, "verify": verify, "backup": backup, "restore": restore}
