"""Commands about source texts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from qcode.cli.leaving import refuse_leaks, refuse_leaks_in
from qcode.cli.noun import Noun, changing, went_with
from qcode.cli.options import PATH, coder_option, guarded, json_option, project_argument
from qcode.cli.output import count, one_line, say, write_exactly, write_json, write_table
from qcode.exchange.files import write_file
from qcode.exchange.table import moment
from qcode.project import folders, open_project, revisions, source_sets
from qcode.project import sources as questions

_FIELDS = ("guid", "name", "title", "folder", "length", "sha256", "passages", "codings")


sources = Noun("sources", "List, describe, move and remove the sources.")


@sources.command("list")
@project_argument
@click.option("--folder", "path", metavar="PATH", help="Only those in this folder, and in the folders in it.")
@click.option("--set", "set_name", metavar="NAME", help="Only those of this set.")
@json_option
def list_(project: Path, *, path: str | None, set_name: str | None, as_json: bool) -> None:
    """List the sources."""
    with open_project(project, read_only=True) as opened, opened.read() as r:
        found = questions.listing(r)
        if path is not None:
            inside = folders.with_below(r, folders.by_path(r, path).id)
            found = [source for source in found if source.folder_id in inside]
        if set_name is not None:
            members = source_sets.by_name(r, set_name).sources
            found = [source for source in found if source.id in members]
    if as_json:
        write_json([{field: getattr(source, field) for field in _FIELDS} for source in found])
        return
    rows = [(s.folder, s.name, f"{s.length:,}", f"{s.passages:,}", f"{s.codings:,}") for s in found]
    write_table(("folder", "name", "length", "passages", "codings"), rows, right=(2, 3, 4))


@sources.command("rename")
@project_argument
@click.argument("source")
@click.argument("name")
@coder_option
def rename(project: Path, *, source: str, name: str, coder: str | None) -> None:
    """Give a source another name."""
    with changing(project, f"rename source {one_line(source)}", coder) as tx:
        questions.rename(tx, questions.by_name(tx, source).id, name)
    say(one_line(f"“{source}” is called “{name}” now."))


@sources.command("edit")
@project_argument
@click.argument("source")
@click.option("--title", metavar="TEXT", help="What it is about.")
@click.option("--cite-as", metavar="TEXT", help="How quotes from it are cited.")
@click.option("--language", metavar="TAG", help="Its language, such as en or pt-BR; empty when not known.")
@click.option(
    "--direction", type=click.Choice(["ltr", "rtl", "auto"]), help="How its lines run; auto: as its letters do."
)
@coder_option
def edit(project: Path, *, source: str, coder: str | None, **given: str | None) -> None:
    """Change what is known of a source."""
    values = {field: value for field, value in given.items() if value is not None}
    if values.get("direction") == "auto":
        values["direction"] = ""
    if not values:
        raise click.UsageError("Say what to change: --title, --cite-as, --language or --direction.")
    with changing(project, f"edit details of {one_line(source)}", coder) as tx:
        questions.edit(tx, questions.by_name(tx, source).id, **values)
    say(one_line(f"Changed {', '.join(values).replace('_', ' ')} of “{source}”."))


@sources.command("move")
@project_argument
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--folder", "path", required=True, metavar="PATH", help="The folder, made when new; empty: the top level."
)
@click.option("--position", type=click.IntRange(min=1), metavar="N", help="The place among those in it, from 1.")
@coder_option
def move(project: Path, *, names: tuple[str, ...], path: str, position: int | None, coder: str | None) -> None:
    """Put sources into a folder."""
    with changing(project, f"move {count(len(names), 'source')}", coder) as tx:
        found = [questions.by_name(tx, name).id for name in names]
        questions.move(tx, found, folder=folders.ensure(tx, path), position=position)
    say(one_line(f"Moved {count(len(names), 'source')} to {f'“{path}”' if path else 'the top level'}."))


@sources.command("sort")
@project_argument
@coder_option
def sort(project: Path, *, coder: str | None) -> None:
    """Let all sources and folders stand by their names again."""
    with changing(project, "sort sources by name", coder) as tx:
        questions.sort_by_name(tx)
    say("Sources and folders stand by their names.")


@sources.command("remove")
@project_argument
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
@coder_option
def remove(project: Path, *, names: tuple[str, ...], coder: str | None) -> None:
    """Remove sources with their passages, codings and values."""
    what = f"“{names[0]}”" if len(names) == 1 else count(len(names), "source")
    with changing(project, f"remove {one_line(what)}", coder) as tx:
        going = questions.remove(tx, [questions.by_name(tx, name).id for name in names])
    say(one_line(f"Removed {what}{went_with(going)}."))


@click.command("text")
@project_argument
@click.argument("source")
@click.option("--revision", type=click.IntRange(min=1), metavar="N", help="An earlier text, before it was corrected.")
@click.option("--revisions", "listed", is_flag=True, help="List the earlier texts instead.")
@guarded
def text(
    project: Path, *, source: str, revision: int | None, listed: bool, key: Path | None, phrase_file: Path | None
) -> None:
    """Write the text of a source, and nothing else.

    It is the text in which QCode counts characters, in UTF-8.
    """
    with open_project(project, read_only=True) as opened, opened.read() as r:
        there = questions.by_name(r, source)
        earlier = revisions.listing(r, there.id)
        words = questions.text(r, there.id) if revision is None else revisions.text(r, there.id, revision)
    if listed:
        rows = [(one.number, f"{one.length:,}", moment(one.replaced_at), one.replaced_by) for one in earlier]
        rows.append((there.revision, f"{there.length:,}", "", ""))
        write_table(("revision", "length", "replaced at", "by"), rows, right=(0, 1))
    else:
        refuse_leaks(words.encode(), key, phrase_file)
        write_exactly(words.encode())


@click.command("original")
@project_argument
@click.argument("source")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="The file to write, else it goes to stdout.")
@guarded
def original(project: Path, source: str, *, output: Path | None, key: Path | None, phrase_file: Path | None) -> None:
    """Write the file that a source came from, byte for byte."""
    with open_project(project, read_only=True) as opened, opened.read() as r:
        there = questions.by_name(r, source).id
        data = questions.original(r, there)
        if key is not None:
            from qcode.exchange.leaks import words_of_original  # noqa: PLC0415 - most exports need none of this

            refuse_leaks_in(words_of_original(r, there, data), key, phrase_file)
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
    """List headings, pages, speakers and the like of a source.

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
