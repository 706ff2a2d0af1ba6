"""Commands about passages and their codes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import click

from qcode.cli.leaving import refuse_leaks
from qcode.cli.options import PATH, coder_option, guarded, json_option, project_argument
from qcode.cli.output import count, one_line, say, write_exactly, write_table
from qcode.errors import Conflict, InvalidInput
from qcode.exchange import citing
from qcode.exchange import passages as export
from qcode.exchange.files import write_file
from qcode.exchange.quotes import place_of
from qcode.project import Reading, codes, open_project, sources, translations
from qcode.project import passages as actions
from qcode.project.codes import Code
from qcode.project.sources import Source

_SHOWN = 60  # characters of a quote in a list


def two_numbers(value: str) -> tuple[int, int]:
    """Take START:END apart. Raises click's BadParameter."""
    found = re.fullmatch(r"(\d{1,18}):(\d{1,18})", value, re.ASCII)
    if not found:
        raise click.BadParameter(f"“{value}” is not START:END, for example 120:164.")
    return int(found[1]), int(found[2])


def _range_option(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, int] | None:
    return None if value is None else two_numbers(value)


@click.command("code")
@project_argument
@click.option("--source", "name", required=True, metavar="NAME", help="The source, by its name.")
@click.option("--quote", metavar="TEXT", help="The words of the passage, letter for letter.")
@click.option("--nth", type=click.IntRange(min=1), metavar="N", help="Which of several places of the quote, from 1.")
@click.option("--range", "span", callback=_range_option, metavar="START:END", help="Its characters, from 0.")
@click.option("--code", "paths", required=True, multiple=True, metavar="PATH", help="A code's path; may be repeated.")
@coder_option
@click.option("--reason", default="", metavar="TEXT", help="Why the code fits.")
@click.option("--comment", default="", metavar="TEXT", help="A comment on the passage.")
@click.option("--translation", metavar="TEXT", help="What the passage says in another language.")
@click.option("--translator", metavar="NAME", help="Who translated it.")
def code(
    project: Path,
    *,
    name: str,
    quote: str | None,
    nth: int | None,
    span: tuple[int, int] | None,
    paths: tuple[str, ...],
    coder: str | None,
    reason: str,
    comment: str,
    translation: str | None,
    translator: str | None,
) -> None:
    """Apply codes to a passage.

    It is found by its words or by its place.

    \b
    qcode code study.qcode --source interview --quote "they asked us" \\
        --code "Authority > Expert" --reason "chosen for what it knows"
    """
    if (quote is None) == (span is None):
        raise click.UsageError("Say where the passage is: either with --quote or with --range.")
    if nth is not None and quote is None:
        raise click.UsageError("--nth goes with --quote.")
    with open_project(project, coder=coder) as opened:
        with opened.read() as r:
            # All that can be wrong with the input is found before anything is written.
            source = sources.by_name(r, name)
            found = list(dict.fromkeys(codable(r, path) for path in paths))
            start, end = _within(span, source) if span else _quoted(r, source, quote or "", nth)
        label = f"apply {', '.join(item.name for item in found)}"
        with opened.change(label) as tx:
            ids = [item.id for item in found]
            applied = actions.apply(tx, source.id, start, end, ids, reason=reason, comment=comment)
            if translation is not None:
                translations.write(tx, applied.passage_id, translation)
            if translator is not None:
                translations.name_translator(tx, applied.passage_id, translator)
        if coder:
            opened.use_coder(coder)
    new = [item.path for item in found if item.id not in applied.already]
    old = [item.path for item in found if item.id in applied.already]
    where = f"{start}:{end} of “{source.name}”"
    if new:
        say(one_line(f"Applied {', '.join(new)} to {where}."))
    if old:
        say(one_line(f"{', '.join(old)} {'was' if len(old) == 1 else 'were'} on {where} already."))


@click.command("passages")
@project_argument
@click.option("--code", "path", metavar="PATH", help="Only passages with this code; a group means all codes in it.")
@click.option("--source", "name", metavar="NAME", help="Only passages of this source.")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Write to a file that ends in .csv or .json.")
@click.option("--no-bom", is_flag=True, help="Leave out the byte order mark of a CSV.")
@click.option("--quotes", is_flag=True, help="Write the quotes with where they stand, ready to be pasted.")
@click.option(
    "--form", metavar="FORM", help="How a quote says where it stands, such as '“{quote}” ({cite}, ¶{paragraph})'."
)
@json_option
@guarded
def passages(
    project: Path,
    *,
    path: str | None,
    name: str | None,
    output: Path | None,
    no_bom: bool,
    quotes: bool,
    form: str | None,
    as_json: bool,
    key: Path | None,
    phrase_file: Path | None,
) -> None:
    """List, export or quote the passages with their codes.

    A CSV has one row a coding, and one with an empty code for a passage without a code. JSON has one object a passage.
    """
    suffix = output.suffix.lower() if output else ".json" if as_json else ""
    if output and suffix not in (".csv", ".json"):
        raise click.BadParameter(f"“{output}” ends neither in .csv nor in .json.", param_hint="-o")
    if output and as_json and suffix != ".json":
        raise click.UsageError(f"--json and “{output}” contradict each other.")
    if (quotes or form is not None) and suffix:
        raise click.UsageError("--quotes and --form go neither with -o nor with --json.")
    with open_project(project, read_only=True) as opened, opened.read() as r:
        code = codes.by_path(r, path).id if path is not None else None
        source = sources.by_name(r, name).id if name is not None else None
        data: bytes | None = None
        if suffix == ".csv":
            data = export.to_csv(r, code=code, source=source, bom=not no_bom)
        elif suffix == ".json":
            data = export.to_json(r, code=code, source=source).encode()
        else:
            lines = export.rows(r, code=code, source=source)
            if quotes or form is not None:
                data = _as_quotes(r, lines, form or citing.DEFAULT)
    if data is None:
        _list(lines)
        return
    refuse_leaks(data, key, phrase_file)
    if output:
        write_file(output, data)
        say(f"Wrote the passages to {one_line(str(output))}.")
    else:
        write_exactly(data)


def _as_quotes(r: Reading, lines: list[export.PassageLine], form: str) -> bytes:
    chosen = [citing.Stretch(line.source_id, line.start, line.end, line.passage) for line in lines]
    told = citing.quoted(r, chosen, form).plain
    return f"{told}\n".encode() if told else b""


def _list(lines: list[export.PassageLine]) -> None:
    rows = [(line.source, line.paragraph or "", _range(line), _codes(line), _short(line.quote)) for line in lines]
    write_table(("source", "paragraph", "range", "codes", "quote"), rows, right=(1,))
    say(count(len(lines), "passage"))


def _range(line: export.PassageLine) -> str:
    return export.WAITS if line.start is None else f"{line.start}:{line.end}"


def _codes(line: export.PassageLine) -> str:
    return ", ".join(coding.path for coding in line.codings)


def _short(quote: str) -> str:
    return quote if len(quote) <= _SHOWN else f"{quote[: _SHOWN - 1]}…"


def codable(r: Reading, path: str) -> Code:
    """Find a code that can be applied. Raises NotFound, and Conflict for a group."""
    code = codes.by_path(r, path)
    if not code.is_codable:
        raise Conflict(f"“{code.path}” is a group, which is not applied to text.", "Name one of the codes in it.")
    return code


def _within(span: tuple[int, int], source: Source) -> tuple[int, int]:
    start, end = span
    if start >= end:
        raise InvalidInput(f"The range {start}:{end} is empty.", "The end comes after the start.")
    if end > source.length:
        raise InvalidInput(
            f"The range {start}:{end} ends past the text of “{source.name}”, which has "
            f"{count(source.length, 'character')}.",
            "Characters are counted from 0, the end not included.",
        )
    return span


def _quoted(r: Reading, source: Source, quote: str, nth: int | None) -> tuple[int, int]:
    return place_of(sources.text(r, source.id), quote, nth, where=f"“{source.name}”")


COMMANDS: Final = {"code": code, "passages": passages}
