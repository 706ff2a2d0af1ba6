"""Commands that look for words, count them, and code what was found."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import click

from qcode.cli.leaving import refuse_leaks
from qcode.cli.options import PATH, coder_option, guarded, json_option, project_argument
from qcode.cli.output import count, one_line, say, write_exactly, write_table
from qcode.cli.passages import codable
from qcode.errors import InvalidInput
from qcode.exchange.files import write_file
from qcode.exchange.table import SUFFIXES, Table
from qcode.exchange.words import as_names, places_table, proposals_table, word_table
from qcode.project import CodeId, Project, Reading, autocode, finding, open_project, sources
from qcode.project import words as counting
from qcode.project.autocode import Proposal
from qcode.text.divisions import Kind
from qcode.text.query import Query, parse
from qcode.text.stopwords import LANGUAGES, all_of, likely
from qcode.text.units import Unit

Command = Callable[..., None]
Words = tuple[str, ...]
Where = Callable[[Reading], finding.Scope]

_SHOWN = 60  # characters of a quote in a list
_MOST = 200_000  # places that are listed: they must all be held
AUTO = "auto"

output_option = click.option(
    "-o", "--output", type=PATH, metavar="FILE", help="Write to a file that ends in .csv, .xlsx or .json."
)


def _scoped(inside: str) -> Callable[[Command], Command]:
    """Give a command the options that say where it looks; it takes what they mean as `where(reading)`."""

    def give(command: Command) -> Command:
        @click.option("--source", "names", multiple=True, metavar="NAME", help="Only in this source; may be repeated.")
        @click.option("--folder", "folders", multiple=True, metavar="PATH", help="Only in this folder of the project.")
        @click.option("--set", "sets", multiple=True, metavar="NAME", help="Only in the sources of this set.")
        @click.option(inside, "paths", multiple=True, metavar="PATH", help="Only in passages of this code or group.")
        @functools.wraps(command)
        def taking(*, names: Words, folders: Words, sets: Words, paths: Words, **given: Any) -> None:
            where = functools.partial(finding.scope_of, names=names, in_folders=folders, sets=sets, paths=paths)
            command(where=where, **given)

        return taking

    return give


def _matching(command: Command) -> Command:
    """Give a command the options that say how a query is meant; it takes them as `meant`."""

    @click.option("--regex", "is_regex", is_flag=True, help="The query is a regular expression.")
    @click.option("--whole-words", is_flag=True, help="Leave out parts of longer words.")
    @click.option("--case", "match_case", is_flag=True, help="Capitals count.")
    @functools.wraps(command)
    def taking(*, is_regex: bool, whole_words: bool, match_case: bool, **given: Any) -> None:
        meant = {"is_regex": is_regex, "whole_words": whole_words, "match_case": match_case}
        command(meant=meant, **given)

    return taking


@click.command("search")
@project_argument
@click.argument("query")
@_matching
@_scoped("--code")
@output_option
@json_option
@guarded
def search(
    project: Path,
    query: str,
    *,
    meant: dict[str, bool],
    where: Where,
    output: Path | None,
    as_json: bool,
    key: Path | None,
    phrase_file: Path | None,
) -> None:
    """Find words in the texts, with what stands around them.

    Several words must stand in the same paragraph; "words in quotes" one after the other; regist* and wom?n are whole
    words, in which * is any number of letters and ? one; list | room is the one or the other. Start and end count
    characters from 0, the end not included.
    """
    asked = _query(query, meant)
    suffix = _suffix(output, as_json=as_json)
    with open_project(project, read_only=True) as opened:
        with opened.read() as r:
            scope = where(r)
        lines: list[finding.Line] = []
        for found in finding.find(opened, asked, scope):
            lines += finding.lines(found)
            if len(lines) > _MOST:
                raise InvalidInput(f"These are more than {_MOST:,} places.", "Look for something rarer, or elsewhere.")
    if suffix:
        table = places_table(lines, for_programs=suffix == ".json")
        refuse_leaks(table.to_csv(), key, phrase_file)
        _write(table, output, suffix, count(len(lines), "place"))
        return
    rows = [(line.name, f"{line.start}:{line.end}", line.paragraph, *_context(line)) for line in lines]
    write_table(("source", "range", "paragraph", "before", "words", "after"), rows, right=(2, 3))
    say(f"{count(len(lines), 'place')} in {count(len({line.source for line in lines}), 'source')}")


@click.command("words")
@project_argument
@_scoped("--code")
@click.option(
    "--stop-words",
    "languages",
    multiple=True,
    type=click.Choice([AUTO, *LANGUAGES]),
    help="Leave out the words that say little in this language; auto finds the language out.",
)
@click.option("--most", type=click.IntRange(min=1), metavar="N", help="Only the N most frequent words.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV instead of a table.")
@output_option
@json_option
@guarded
def words(
    project: Path,
    *,
    where: Where,
    languages: Words,
    most: int | None,
    as_csv: bool,
    output: Path | None,
    as_json: bool,
    key: Path | None,
    phrase_file: Path | None,
) -> None:
    """Count the words of the texts.

    It tells how often each stands there, and in how many sources. What is marked as not data is left out.
    """
    suffix = _suffix(output, as_json=as_json, as_csv=as_csv)
    with open_project(project, read_only=True) as opened:
        with opened.read() as r:
            scope = where(r)
        counted = counting.listing(opened, scope)
    found = {likely({one.word: one.count for one in counted.words})} if AUTO in languages else set()
    stopped = all_of({*languages, *found})
    kept = [one for one in counted.words if one.word not in stopped][:most]
    if suffix:
        table = word_table(kept, counted.total)
        refuse_leaks(as_names(kept).encode(), key, phrase_file)
        _write(table, output, suffix, count(len(kept), "word"))
        return
    rows = [(one.word, f"{one.count:,}", f"{one.sources:,}") for one in kept]
    write_table(("word", "count", "sources"), rows, right=(1, 2))
    say(f"{counted.total:,} words, {len(counted.words):,} different, in {count(counted.sources, 'source')}")


@click.command("autocode")
@project_argument
@click.argument("query", required=False)
@click.option("--heading", multiple=True, metavar="WORDS", help="What stands below this heading.")
@click.option("--speaker", multiple=True, metavar="NAME", help="What this speaker says.")
@click.option("--question", multiple=True, metavar="WORDS", help="This question with its answers.")
@click.option(
    "--unit",
    type=click.Choice([unit.value for unit in Unit]),
    default="exact",
    help="What is coded around the words found.",
)
@click.option("--code", "codes", multiple=True, metavar="PATH", help="A code's path; may be repeated.")
@_matching
@_scoped("--inside")
@click.option("--dry-run", is_flag=True, help="Tell what would be coded, and change nothing.")
@coder_option
@json_option
def auto(
    project: Path,
    *,
    query: str | None,
    heading: Words,
    speaker: Words,
    question: Words,
    unit: str,
    codes: Words,
    meant: dict[str, bool],
    where: Where,
    dry_run: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Code all places of a query, heading, speaker or question.

    Of a heading, what stands below it is coded; of a question, it and its answers. Units that overlap are coded as one.
    It is one change, and one undo takes it back.
    """
    labels = {Kind.HEADING: heading, Kind.SPEAKER: speaker, Kind.QUESTION: question}
    ways = (query is not None) + sum(bool(wanted) for wanted in labels.values())
    if ways != 1:
        raise click.UsageError("Name one of: words to look for, --heading, --speaker, --question.")
    if not codes and not dry_run:
        raise click.UsageError("Name a code with --code, or look first with --dry-run.")
    with open_project(project, coder=coder, read_only=dry_run) as opened:
        with opened.read() as r:
            scope = where(r)
            wanted = [codable(r, path) for path in dict.fromkeys(codes)]
        if query is not None:
            proposed = autocode.around(opened, _query(query, meant), Unit(unit), scope)
        else:
            proposed = _named(opened, labels, scope)
        ids = [code.id for code in wanted]
        if dry_run:
            _preview(opened, proposed, ids, as_json=as_json)
            return
        if not proposed:
            say("Nothing was found to code.")
            return
        names = ", ".join(code.name for code in wanted)
        with opened.change(f"auto-code {names}") as tx:
            done = autocode.code(tx, proposed, ids)
        if coder:
            opened.use_coder(coder)
    say(one_line(_told([code.path for code in wanted], proposed, done.already)))


def _named(opened: Project, labels: dict[Kind, Words], scope: finding.Scope) -> list[Proposal]:
    kind, wanted = next((kind, wanted) for kind, wanted in labels.items() if wanted)
    return autocode.named(autocode.divided(opened, kind, scope), wanted)


def _told(paths: list[str], proposed: list[Proposal], already: int) -> str:
    places = f"{count(len(proposed) - already, 'passage')} in {count(len({one.source for one in proposed}), 'source')}"
    said = f"Applied {', '.join(paths)} to {places}."
    return f"{said} {count(already, 'passage was', 'passages were')} coded so already." if already else said


def _preview(opened: Project, proposed: list[Proposal], ids: list[CodeId], *, as_json: bool) -> None:
    with opened.read() as r:
        there = autocode.standing(r, opened.coder.id, ids)
        rows = [(one, sources.text(r, one.source)[one.start : one.end], one.place in there) for one in proposed]
    if as_json:
        write_exactly(proposals_table(rows).to_json().encode())
        return
    shown = [
        (one.name, f"{one.start}:{one.end}", one.label, "already" if done else "", _short(quote))
        for one, quote, done in rows
    ]
    write_table(("source", "range", "label", "coded", "quote"), shown)
    say(count(len(rows), "passage"))


def _query(words: str, meant: dict[str, bool]) -> Query:
    asked = parse(words, **meant)
    if asked is None:
        raise InvalidInput("There is nothing to look for in this query.", "Give a word, or several.")
    return asked


def _suffix(output: Path | None, *, as_json: bool, as_csv: bool = False) -> str:
    """Tell as what to write; "" means a table for the eye."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv contradict each other.")
    chosen = ".json" if as_json else ".csv" if as_csv else ""
    if output is None:
        return chosen
    suffix = output.suffix.lower()
    if suffix not in SUFFIXES:
        raise click.BadParameter(f"“{output}” ends in none of {', '.join(SUFFIXES)}.", param_hint="-o")
    if chosen and chosen != suffix:
        raise click.UsageError(f"--{chosen[1:]} and “{output}” contradict each other.")
    return suffix


def _write(table: Table, output: Path | None, suffix: str, what: str) -> None:
    data = table.written_as(suffix)
    if output is None:
        write_exactly(data)
    else:
        write_file(output, data)
        say(f"Wrote {what} to {one_line(str(output))}.")


def _context(line: finding.Line) -> Iterator[str]:
    yield line.before[-_SHOWN // 2 :]
    yield _short(line.words)
    yield line.after[: _SHOWN // 2]


def _short(quote: str) -> str:
    return quote if len(quote) <= _SHOWN else f"{quote[: _SHOWN - 1]}…"


COMMANDS: Final = {"search": search, "words": words, "autocode": auto}
