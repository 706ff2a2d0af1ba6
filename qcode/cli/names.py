"""Commands about people's names: the key that tells who is who, where names stand, and replacing them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from qcode.cli.leaving import names_of, phrase_of
from qcode.cli.options import PATH, coder_option, json_option, phrase_option, project_argument
from qcode.cli.output import count, note, one_line, say, write_json, write_table
from qcode.exchange import key_file
from qcode.exchange.files import read_file, write_file
from qcode.project import erasing, open_project, pseudonyms
from qcode.project.pseudonyms import Place
from qcode.text.names import Finder

_AROUND = 24  # characters of context in a list


@click.group("key", no_args_is_help=False)
def key() -> None:
    """Make or read a key file, which tells who is who."""


@key.command("make")
@click.argument("table", type=PATH)
@click.argument("file", type=PATH)
@phrase_option
def make(table: Path, file: Path, phrase_file: Path | None) -> None:
    """Encrypt the names of a CSV table, with the columns name and replacement, into a key file."""
    names = key_file.read_list(read_file(table), table.name)
    key_file.save(file, names, phrase_of(phrase_file))
    say(f"Wrote {count(len(names), 'name')} to {one_line(str(file))}.")


@key.command("show")
@click.argument("file", type=PATH)
@phrase_option
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Write them to a CSV file, unencrypted.")
def show(file: Path, phrase_file: Path | None, output: Path | None) -> None:
    """List who is who, or write it as a CSV table."""
    names = names_of(file, phrase_file)
    if output is not None:
        write_file(output, key_file.write_list(names))
        say(f"Wrote {count(len(names), 'name')} to {one_line(str(output))}, for everybody to read.")
        return
    write_table(("name", "replacement"), [(one.name, one.replacement) for one in names])


@click.command("names")
@project_argument
@click.option("--key", "file", type=PATH, required=True, metavar="FILE", help="The key file.")
@phrase_option
@json_option
def names(project: Path, file: Path, phrase_file: Path | None, as_json: bool) -> None:
    """List the places that name somebody of a key.

    Texts, comments, reasons, definitions and values are looked through. Those with a question mark may
    mean something else.
    """
    known = names_of(file, phrase_file)
    with open_project(project, read_only=True) as opened:
        found = pseudonyms.find(opened, known)
    if as_json:
        write_json([_object(place) for place in found])
        return
    rows = [("" if one.hit.sure else "?", one.where, _context(one), one.hit.replacement) for one in found]
    write_table(("", "where", "words", "stands instead"), rows)
    say(count(len(found), "place"))


@click.command("pseudonymise")
@project_argument
@click.option("--key", "file", type=PATH, required=True, metavar="FILE", help="The key file.")
@phrase_option
@click.option("--unsure", is_flag=True, help="Replace also where the words may mean something else.")
@click.option("--erase", is_flag=True, help="Then erase for good what earlier states of the project hold of the names.")
@coder_option
def pseudonymise(
    project: Path, *, file: Path, phrase_file: Path | None, unsure: bool, erase: bool, coder: str | None
) -> None:
    """Put other names in the place of people's names.

    All of it is one step; passages follow their words. Look with “qcode names” first.
    """
    known = names_of(file, phrase_file)
    with open_project(project, coder=coder) as opened:
        found = pseudonyms.find(opened, known)
        chosen = [place for place in found if unsure or place.hit.sure]
        with opened.change("replace names") as tx:
            done = pseudonyms.replace(tx, chosen)
        say(f"Replaced {count(done.places + done.fields, 'place')}.")
        if left := len(found) - len(chosen):
            note(f"{count(left, 'place')} may mean something else and stayed; “qcode names” lists them.")
        if done.waiting:
            note(f"{count(done.waiting, 'passage')} to review: see “qcode review”.")
        if erase:
            erased = erasing.forget(opened, Finder(known))
            parts = (count(erased.texts, "earlier text"), count(erased.files, "original file"))
            say(f"Erased {', '.join(parts)} and {count(erased.rows, 'row')} of the history.")
            if erased.steps_left:
                note(f"{count(erased.steps_left, 'step')} of the history still name somebody in their own words.")
        if coder:
            opened.use_coder(coder)


def _context(place: Place) -> str:
    return f"{place.before[-_AROUND:]}[{place.hit.found}]{place.after[:_AROUND]}"


def _object(place: Place) -> dict[str, object]:
    hit = place.hit
    return {
        "where": place.where,
        "source": place.where if place.source is not None else None,
        "start": hit.start,
        "end": hit.end,
        "found": hit.found,
        "name": hit.name.name,
        "replacement": hit.replacement,
        "how": hit.how.value,
        "sure": hit.sure,
    }


COMMANDS: Final = {"key": key, "names": names, "pseudonymise": pseudonymise}
