"""Commands that correct the text of a source, and decide about the passages that wait then."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from qcode.cli.importing import choices_of, reading_options
from qcode.cli.options import PATH, coder_option, json_option, project_argument
from qcode.cli.output import count, note, one_line, say, write_json, write_table
from qcode.cli.passages import two_numbers
from qcode.errors import NotFound
from qcode.project import PassageId, Project, Reading, correcting, open_project, passages, reviewing, revisions, sources
from qcode.project.rereading import read_newer
from qcode.project.reviewing import Waiting
from qcode.text.anchor import Fate

_SHOWN = 40  # characters of a quote in a list


@click.command("correct")
@project_argument
@click.option("--source", "name", required=True, metavar="NAME", help="The source, by its name.")
@click.option("--with", "newer", type=PATH, metavar="NEWFILE", help="The file with the corrected text.")
@click.option("--revision", type=click.IntRange(min=1), metavar="N", help="Bring an earlier text back instead.")
@click.option("--dry-run", is_flag=True, help="Only tell what would become of the passages.")
@reading_options
@coder_option
@json_option
def correct(
    project: Path,
    *,
    name: str,
    newer: Path | None,
    revision: int | None,
    dry_run: bool,
    coder: str | None,
    as_json: bool,
    **reading: Any,
) -> None:
    """Correct a source; its passages follow.

    The text is replaced by that of a file, or by an earlier one. A passage whose words were found again stays on them
    (kept, or moved when they stand elsewhere); the others wait for review, and none is dropped. It is one change,
    which can be undone.
    """
    if (newer is None) == (revision is None):
        raise click.UsageError("Say what the new text is: either with --with or with --revision.")
    with open_project(project, coder=coder, read_only=dry_run) as opened:
        with opened.read() as r:
            source = sources.by_name(r, name)
            text = revisions.text(r, source.id, revision) if revision else ""
        file = None
        if newer is not None:
            document, file = read_newer(newer, choices_of(**reading))
            text = document.text
            for told in document.notes:
                note(told)
        with opened.read() as r:
            planned = correcting.plan(r, source.id, text, file=file)
        for told in planned.notes:
            note(told)
        if not dry_run:
            with opened.change(f"correct “{source.name}”") as tx:
                correcting.carry_out(tx, planned)
            if coder:
                opened.use_coder(coder)
    if as_json:
        fates = {fate.value: [one.guid for one in planned.those(fate)] for fate in Fate}
        write_json({**fates, "changed": not planned.changes_nothing})
    elif planned.changes_nothing:
        say("The text is the same; nothing was changed.")
    else:
        say(one_line(f"{'Would correct' if dry_run else 'Corrected'} “{source.name}”: {correcting.told(planned)}"))


@click.command("review")
@project_argument
@click.option("--source", "name", metavar="NAME", help="Only passages of this source.")
@click.option("--accept", metavar="GUID", help="Give this passage the place that was guessed.")
@click.option(
    "--place", nargs=2, metavar="GUID START:END", default=None, help="Give this passage this place (characters from 0)."
)
@click.option("--remove", metavar="GUID", help="Remove this passage with its codes.")
@coder_option
@json_option
def review(
    project: Path,
    *,
    name: str | None,
    accept: str | None,
    place: tuple[str, str] | None,
    remove: str | None,
    coder: str | None,
    as_json: bool,
) -> None:
    """List what waits for review, or decide.

    A passage waits when it was not sure after a correction where it belongs. Each is told with its old words, why it
    waits, and where it probably belongs.
    """
    decisions = [decision for decision in (accept, place, remove) if decision is not None]
    if len(decisions) > 1:
        raise click.UsageError("Decide about one passage at a time.")
    if decisions:
        with open_project(project, coder=coder) as opened:
            _decide(opened, accept=accept, place=place, remove=remove)
            if coder:
                opened.use_coder(coder)
        return
    with open_project(project, read_only=True) as opened, opened.read() as r:
        source = sources.by_name(r, name).id if name is not None else None
        waiting = [(one, _described(r, one)) for one in reviewing.listing(r, source)]
    if as_json:
        write_json([described for _, described in waiting])
        return
    rows = [
        (told["source"], told["why"], _cut(one.quote), _cut(told["guess_quote"] or ""), _percent(one.score), one.guid)
        for one, told in waiting
    ]
    write_table(("source", "why", "words", "best guess", "score", "guid"), rows, right=(4,))
    say(f"{count(len(rows), 'passage')} {'waits' if len(rows) == 1 else 'wait'} for review.")


def _decide(opened: Project, *, accept: str | None, place: tuple[str, str] | None, remove: str | None) -> None:
    if accept is not None:
        passage = _waiting(opened, accept)
        with opened.change("accept the guess for a passage") as tx:
            reviewing.accept(tx, passage)
    elif place is not None:
        passage = _waiting(opened, place[0])
        start, end = two_numbers(place[1])
        with opened.change("place a passage") as tx:
            reviewing.place(tx, passage, start, end)
    elif remove is not None:
        passage = _waiting(opened, remove)
        with opened.change("remove a passage") as tx:
            passages.remove(tx, [passage])
        say("Removed the passage.")
        return
    with opened.read() as r:
        there = passages.get(r, passage)
    say(one_line(f"The passage is at {there.start}:{there.end} now, “{_cut(there.quote)}”."))


def _waiting(opened: Project, guid: str) -> PassageId:
    with opened.read() as r:
        for one in reviewing.listing(r):
            if one.guid == guid:
                return one.passage
    raise NotFound(f"No passage {guid} waits for review.", "“qcode review” lists those that do.")


def _described(r: Reading, one: Waiting) -> dict[str, Any]:
    guess = sources.text(r, one.source)[slice(*one.guess)] if one.guess else None
    return {
        "guid": one.guid,
        "source": sources.get(r, one.source).name,
        "why": one.why.value,
        "quote": one.quote,
        "revision": one.number,
        "start": one.place[0],
        "end": one.place[1],
        "guess_start": one.guess[0] if one.guess else None,
        "guess_end": one.guess[1] if one.guess else None,
        "guess_quote": guess,
        "score": one.score,
    }


def _cut(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _percent(score: float | None) -> str:
    return "" if score is None else f"{score:.0%}"


COMMANDS: Final = {"correct": correct, "review": review}
