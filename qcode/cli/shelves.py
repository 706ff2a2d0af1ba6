"""Commands about the folders and sets that sources are kept in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from qcode.cli.noun import Noun, changing, went_with
from qcode.cli.options import coder_option, json_option, project_argument
from qcode.cli.output import count, one_line, say, write_json, write_table
from qcode.errors import NotFound
from qcode.project import folders, join_path, open_project, source_sets, sources, split_path

folder_commands = Noun("folders", "List, make, move and remove folders of sources.")
set_commands = Noun("sets", "List, fill and remove sets of sources.")


@folder_commands.command("list")
@project_argument
@json_option
def list_folders(project: Path, *, as_json: bool) -> None:
    """List the folders, by path, with how many sources lie directly in each."""
    with open_project(project, read_only=True) as opened, opened.read() as r:
        found = folders.listing(r)
    if as_json:
        write_json([{"guid": one.guid, "path": one.path, "name": one.name, "sources": one.sources} for one in found])
        return
    write_table(("folder", "sources"), [(one.path, f"{one.sources:,}") for one in found], right=(1,))


@folder_commands.command("make")
@project_argument
@click.argument("path")
@coder_option
def make_folder(project: Path, *, path: str, coder: str | None) -> None:
    """Make a folder, and those above it that are missing: "First round > Town"."""
    with changing(project, f"make folder {one_line(path)}", coder) as tx:
        *above, name = split_path(path)
        folders.add(tx, name, parent=folders.ensure(tx, join_path(above)))
    say(one_line(f"Made the folder “{path}”."))


@folder_commands.command("rename")
@project_argument
@click.argument("path")
@click.argument("name")
@coder_option
def rename_folder(project: Path, *, path: str, name: str, coder: str | None) -> None:
    """Give a folder another name."""
    with changing(project, f"rename folder {one_line(path)}", coder) as tx:
        folders.rename(tx, folders.by_path(tx, path).id, name)
    say(one_line(f"The folder “{path}” is called “{name}” now."))


@folder_commands.command("move")
@project_argument
@click.argument("path")
@click.option("--into", required=True, metavar="PATH", help="The folder to put it into; empty: the top level.")
@click.option("--position", type=click.IntRange(min=1), metavar="N", help="The place among the folders there, from 1.")
@coder_option
def move_folder(project: Path, *, path: str, into: str, position: int | None, coder: str | None) -> None:
    """Put a folder, with all that is in it, into another."""
    with changing(project, f"move folder {one_line(path)}", coder) as tx:
        parent = folders.by_path(tx, into).id if into else None
        folders.move(tx, folders.by_path(tx, path).id, parent=parent, position=position)
    say(one_line(f"Moved the folder “{path}” to {f'“{into}”' if into else 'the top level'}."))


@folder_commands.command("remove")
@project_argument
@click.argument("path")
@click.option("--with-sources", is_flag=True, help="Remove the sources in it, too; else they are kept where it stood.")
@coder_option
def remove_folder(project: Path, *, path: str, with_sources: bool, coder: str | None) -> None:
    """Remove a folder and the folders in it."""
    with changing(project, f"remove folder {one_line(path)}", coder) as tx:
        going = folders.remove(tx, folders.by_path(tx, path).id, with_sources=with_sources)
    what = f" and {count(going.sources, 'source')}{went_with(going)}" if with_sources and going.sources else ""
    say(one_line(f"Removed {count(going.folders, 'folder')}{what}."))


@set_commands.command("list")
@project_argument
@json_option
def list_sets(project: Path, *, as_json: bool) -> None:
    """List the sets with their sources."""
    with open_project(project, read_only=True) as opened, opened.read() as r:
        found, all_ = source_sets.listing(r), sources.listing(r)
    named = [(one, [source.name for source in all_ if source.id in one.sources]) for one in found]
    if as_json:
        write_json([{"guid": one.guid, "name": one.name, "sources": names} for one, names in named])
        return
    write_table(("set", "sources"), [(one.name, ", ".join(names)) for one, names in named])


@set_commands.command("put")
@project_argument
@click.argument("name")
@click.argument("members", metavar="SOURCE...", nargs=-1, required=True)
@coder_option
def put(project: Path, *, name: str, members: tuple[str, ...], coder: str | None) -> None:
    """Put sources into a set, which is made when it is new."""
    with changing(project, f"put {count(len(members), 'source')} into {one_line(name)}", coder) as tx:
        found = [sources.by_name(tx, member).id for member in members]
        try:
            fresh = source_sets.put_in(tx, source_sets.by_name(tx, name).id, found)
        except NotFound:
            source_sets.add(tx, name, found)
            fresh = len(set(found))
    say(one_line(f"Put {count(fresh, 'source')} into “{name}”."))


@set_commands.command("take")
@project_argument
@click.argument("name")
@click.argument("members", metavar="SOURCE...", nargs=-1, required=True)
@coder_option
def take(project: Path, *, name: str, members: tuple[str, ...], coder: str | None) -> None:
    """Take sources out of a set; they stay in the project."""
    with changing(project, f"take {count(len(members), 'source')} out of {one_line(name)}", coder) as tx:
        found = [sources.by_name(tx, member).id for member in members]
        source_sets.take_out(tx, source_sets.by_name(tx, name).id, found)
    say(one_line(f"Took {count(len(members), 'source')} out of “{name}”."))


@set_commands.command("rename")
@project_argument
@click.argument("name")
@click.argument("new_name")
@coder_option
def rename_set(project: Path, *, name: str, new_name: str, coder: str | None) -> None:
    """Give a set another name."""
    with changing(project, f"rename set {one_line(name)}", coder) as tx:
        source_sets.rename(tx, source_sets.by_name(tx, name).id, new_name)
    say(one_line(f"The set “{name}” is called “{new_name}” now."))


@set_commands.command("remove")
@project_argument
@click.argument("name")
@coder_option
def remove_set(project: Path, *, name: str, coder: str | None) -> None:
    """Remove a set; its sources stay in the project."""
    with changing(project, f"remove set {one_line(name)}", coder) as tx:
        source_sets.remove(tx, source_sets.by_name(tx, name).id)
    say(one_line(f"Removed the set “{name}”."))


COMMANDS: Final = {"folders": folder_commands, "sets": set_commands}
