"""Commands about codes and the codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from qcode.cli.leaving import refuse_leaks
from qcode.cli.options import PATH, coder_option, guarded, json_option, project_argument
from qcode.cli.output import count, named, one_line, say, write_exactly, write_table
from qcode.cli.output import note as tell
from qcode.errors import FormatProblem
from qcode.exchange import codebook_csv
from qcode.exchange.files import read_file, write_file
from qcode.project import CodeId, open_project
from qcode.project import codes as questions


@click.command("codes")
@project_argument
@json_option
def codes(project: Path, as_json: bool) -> None:
    """List the codes with their counts.

    With --json: the columns of the codebook CSV.
    """
    with open_project(project, read_only=True) as opened, opened.read() as r:
        if as_json:
            text = codebook_csv.table(r).to_json()
        else:
            found, counts = questions.codebook(r), questions.applied(r)
    if as_json:
        write_exactly(text.encode())
        return
    rows = [("  " * (code.level - 1) + code.name, code.shortcut, _applied(code, counts), code.path) for code in found]
    write_table(("code", "key", "codings", "path"), rows, right=(2,))


@click.group("codebook", no_args_is_help=False)
def codebook() -> None:
    """Export or import the codebook as CSV."""


@codebook.command("export")
@project_argument
@click.argument("file", type=PATH)
@click.option(
    "--no-bom", is_flag=True, help="Leave out the byte order mark, which Excel needs and others may not like."
)
@guarded
def export(project: Path, file: Path, no_bom: bool, key: Path | None, phrase_file: Path | None) -> None:
    """Write the codebook to a CSV file, one row a code; - is stdout."""
    with open_project(project, read_only=True) as opened, opened.read() as r:
        data = codebook_csv.write(r, bom=not no_bom)
        size = len(questions.codebook(r))
    refuse_leaks(data, key, phrase_file)
    if file == Path("-"):
        write_exactly(data)
        return
    write_file(file, data)
    say(f"Wrote {count(size, 'code')} to {one_line(str(file))}.")


@codebook.command("import")
@project_argument
@click.argument("file", type=PATH)
@coder_option
def bring_in(project: Path, file: Path, coder: str | None) -> None:
    """Add the codes of a CSV file to the codebook: all of them, or none when a row does not fit."""
    data = read_file(file)
    try:
        loaded = codebook_csv.load(data, file.name)
        with open_project(project, coder=coder) as opened:
            with opened.change(f"import {count(len(loaded.rows), 'code')}") as tx:
                merged = codebook_csv.merge(tx, loaded.rows)
            if coder and merged.added:
                opened.use_coder(coder)
    except FormatProblem as problem:
        raise FormatProblem(named(file.name, problem.message), problem.hint, line=problem.line) from problem
    for note in loaded.notes:
        tell(f"{file.name}: {note}")
    say(f"Imported {count(len(merged.added), 'code')}.")
    if merged.already:
        say(
            f"{count(len(merged.already), 'code was', 'codes were')} there already, just the same: "
            f"{one_line(', '.join(merged.already))}."
        )


def _applied(code: questions.Code, counts: dict[CodeId, int]) -> str:
    return f"{counts.get(code.id, 0):,}" if code.is_codable else ""


COMMANDS: Final = {"codes": codes, "codebook": codebook}
