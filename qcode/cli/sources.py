"""Commands about source texts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from qcode.cli.options import PATH, coder_option, json_option, project_argument
from qcode.cli.output import complain, count, named, one_line, say, write_exactly, write_json, write_table
from qcode.cli.output import note as tell
from qcode.project import open_project
from qcode.project import sources as questions
from qcode.project.importing import import_files

_FIELDS = ("guid", "name", "title", "folder", "length", "sha256", "passages", "codings")


@click.command("import", epilog="“qcode formats” lists what can be read.")
@project_argument
@click.argument("files", metavar="FILE...", type=PATH, nargs=-1, required=True)
@click.option("--folder", default="", metavar="NAME", help="The folder of the project to put them in; made when new.")
@click.option(
    "--encoding",
    metavar="NAME",
    help="How the files' letters are encoded, such as cp1252; else it is found or guessed.",
)
@coder_option
@click.pass_context
def bring_in(
    ctx: click.Context, project: Path, *, files: tuple[Path, ...], folder: str, encoding: str | None, coder: str | None
) -> None:
    """Bring source texts into a project.

    A source is named by its file without the suffix. Files that cannot be read are told on stderr, the others are
    imported, and the exit code is then 2.
    """
    with open_project(project, coder=coder) as opened:
        report = import_files(opened, files, folder=folder, encoding=encoding)
        if coder and report.imported:
            opened.use_coder(coder)
    for source in report.imported:
        say(f"Imported “{one_line(source.name)}”, {count(source.length, 'character')}.")
    for name, note in report.notes:
        tell(named(name, note))
    for name, problem in report.problems:
        complain(named(name, str(problem)))
    if report.problems:
        ctx.exit(2)


@click.command("sources")
@project_argument
@json_option
def sources(project: Path, as_json: bool) -> None:
    """List the sources."""
    with open_project(project, read_only=True) as opened, opened.read() as r:
        found = questions.listing(r)
    if as_json:
        write_json([{field: getattr(source, field) for field in _FIELDS} for source in found])
        return
    rows = [(s.folder, s.name, f"{s.length:,}", f"{s.passages:,}", f"{s.codings:,}") for s in found]
    write_table(("folder", "name", "length", "passages", "codings"), rows, right=(2, 3, 4))


@click.command("text")
@project_argument
@click.argument("source")
def text(project: Path, source: str) -> None:
    """Write the text of a source, and nothing else.

    It is the text in which QCode counts characters, in UTF-8.
    """
    with open_project(project, read_only=True) as opened, opened.read() as r:
        words = questions.text(r, questions.by_name(r, source).id)
    write_exactly(words.encode())


@click.command("spans")
@project_argument
@click.argument("source")
@json_option
def spans(project: Path, source: str, as_json: bool) -> None:
    """List headings, emphasis, pages, speakers and times of a source.

    Start and end count characters from 0, the end not included.
    """
    with open_project(project, read_only=True) as opened, opened.read() as r:
        found = questions.spans(r, questions.by_name(r, source).id)
    fields = ("kind", "start", "end", "value")
    if as_json:
        write_json([{field: getattr(span, field) for field in fields} for span in found])
        return
    rows = [(span.kind.value, f"{span.start:,}", f"{span.end:,}", span.value) for span in found]
    write_table(fields, rows, right=(1, 2))


@click.command("formats")
def formats() -> None:
    """List the kinds of files that can be imported."""
    from qcode.readers import READERS  # noqa: PLC0415 - the readers' libraries are not for every command

    write_table(("format", "files"), [(reader.name, " ".join(reader.suffixes)) for reader in READERS])


COMMANDS: Final = {"import": bring_in, "sources": sources, "text": text, "spans": spans, "formats": formats}
