"""The command that brings source texts in, with all that can be chosen about how they are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from qcode.cli.leaving import names_of
from qcode.cli.options import PATH, coder_option, phrase_option, project_argument
from qcode.cli.output import complain, count, named, one_line, say
from qcode.cli.output import note as tell
from qcode.project import open_project
from qcode.project.importing import import_files
from qcode.project.incoming import Incoming
from qcode.readers import ReadAs, ReadingChoices, SurveyChoices

_READING: Final = (
    click.option(
        "--encoding",
        default="",
        metavar="NAME",
        help="How the files' letters are encoded, such as cp1252; else it is found or guessed.",
    ),
    click.option(
        "--as", "read_as", type=click.Choice(["plain", "markdown"]), default=None,
        help="Read text files as they stand, or as Markdown, whatever they are called.",
    ),
    click.option("--join-broken", is_flag=True, help="Text: make sentences whole that the end of a page broke."),
    click.option("--headings", "mark_headings", is_flag=True, help="Text: short lines that stand alone are headings."),
    click.option("--article-only", is_flag=True, help="Web pages: only the main part, where the page marks one."),
    click.option("--keep-heads", is_flag=True, help="PDF: keep running heads and page numbers in the text."),
    click.option("--keep-hyphens", is_flag=True, help="PDF: keep the hyphens at the ends of lines."),
    click.option("--keep-pages-apart", is_flag=True, help="PDF: end a paragraph where its page or column ends."),
    click.option("--leave-out-comments", is_flag=True, help="Word documents: do not keep the comments."),
    click.option("--speakers", "mark_speakers", is_flag=True, help="Mark the turns of all speakers that are found."),
    click.option("--speaker", "speakers", multiple=True, metavar="NAME", help="Mark the turns of this speaker."),
    click.option("--text-column", "texts", multiple=True, metavar="NAME", help="Surveys: a column to read as text."),
    click.option("--leave-out-column", "left_out", multiple=True, metavar="NAME", help="Surveys: one to leave out."),
    click.option("--respondent-column", "respondent", default="", metavar="NAME", help="Surveys: who answered."),
    click.option(
        "--each-respondent", "apart", is_flag=True,
        help="Surveys: make a source of each respondent; columns that are no texts become variables.",
    ),
)  # fmt: skip


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each choice of reading; `choices_of` makes the choices of their values."""
    for option in reversed(_READING):
        command = option(command)
    return command


def choices_of(
    *,
    read_as: str | None,
    mark_speakers: bool,
    speakers: tuple[str, ...],
    texts: tuple[str, ...],
    left_out: tuple[str, ...],
    respondent: str,
    apart: bool,
    **others: Any,
) -> ReadingChoices:
    """Make the choices of what was typed."""
    survey = SurveyChoices(texts, left_out, respondent, apart)
    return ReadingChoices(
        read_as=ReadAs(read_as or ""),
        mark_speakers=mark_speakers or bool(speakers),
        speakers=speakers,
        survey=survey,
        **others,
    )


@click.command("import", epilog="“qcode formats” lists what can be read.")
@project_argument
@click.argument("files", metavar="FILE...", type=PATH, nargs=-1, required=True)
@click.option("--folder", default="", metavar="NAME", help="The folder of the project to put them in; made when new.")
@click.option("--name", default="", metavar="NAME", help="What to call the source; only with one file.")
@click.option("--title", default="", metavar="TITLE", help="Its title; only with one file.")
@click.option("--cite-as", default="", metavar="TEXT", help="How to cite it; only with one file.")
@reading_options
@click.option("--key", type=PATH, metavar="FILE", help="Replace the names of this key file; the files are not kept.")
@phrase_option
@coder_option
@click.pass_context
def bring_in(
    ctx: click.Context,
    /,
    project: Path,
    *,
    files: tuple[Path, ...],
    folder: str,
    name: str,
    title: str,
    cite_as: str,
    key: Path | None,
    phrase_file: Path | None,
    coder: str | None,
    **reading: Any,
) -> None:
    """Bring source texts into a project.

    A source is named by its file without the suffix. Files that cannot be read are told on stderr, the others are
    imported, and the exit code is then 2.
    """
    if len(files) > 1 and (name or title or cite_as):
        raise click.UsageError("A name, a title and how to cite it are for one file.")
    choices = choices_of(**reading)
    incoming = [Incoming(file, choices, name, title, cite_as, folder) for file in files]
    names = names_of(key, phrase_file) if key else []
    with open_project(project, coder=coder) as opened:
        report = import_files(opened, incoming, names=names)
        if coder and report.imported:
            opened.use_coder(coder)
    for source in report.imported:
        say(f"Imported “{one_line(source.name)}”, {count(source.length, 'character')}.")
    for file, note in report.notes:
        tell(named(file, note))
    for file, problem in report.problems:
        complain(named(file, str(problem)))
    if report.problems:
        ctx.exit(2)


COMMANDS: Final = {"import": bring_in}
