"""Commands about source texts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from qcode.cli.options import PATH, json_option, project_argument
from qcode.cli.output import count, one_line, say, write_exactly, write_json, write_table
from qcode.exchange.files import write_file
from qcode.project import open_project
from qcode.project import sources as questions

_FIELDS = ("guid", "name", "title", "folder", "length", "sha256", "passages", "codings")


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


@click.command("original")
@project_argument
@click.argument("source")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="The file to write, else it goes to stdout.")
def original(project: Path, source: str, *, output: Path | None) -> None:
    """Write the file that a source came from, byte for byte."""
    with open_project(project, read_only=True) as opened, opened.read() as r:
        data = questions.original(r, questions.by_name(r, source).id)
    if output is None:
        write_exactly(data)
        return
    write_file(output, data)
    say(f"Wrote {one_line(str(output))}, {count(len(data), 'byte')}.")


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


COMMANDS: Final = {"sources": sources, "text": text, "original": original, "spans": spans, "formats": formats}
