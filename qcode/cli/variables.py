"""Commands about the variables of sources."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from qcode.cli.leaving import refuse_leaks
from qcode.cli.noun import Noun, changing, went_with
from qcode.cli.options import PATH, coder_option, guarded, json_option, project_argument
from qcode.cli.output import count, named, one_line, say, write_exactly, write_json, write_table
from qcode.cli.output import note as tell
from qcode.errors import FormatProblem
from qcode.exchange import variables as exchange
from qcode.exchange.files import read_file, write_file
from qcode.exchange.table import SUFFIXES
from qcode.project import open_project, sources
from qcode.project import variables as questions
from qcode.text.values import Kind

variables = Noun("variables", "List, set, export and import variables of sources.")


@variables.command("list")
@project_argument
@json_option
def list_(project: Path, *, as_json: bool) -> None:
    """List the variables with what each source says.

    With --json: the variables with their kinds, and the values source by source.
    """
    with open_project(project, read_only=True) as opened, opened.read() as r:
        known, values, all_ = questions.listing(r), questions.values(r), sources.listing(r)
    if as_json:
        fields = ("guid", "name", "kind", "description")
        told = [{field: getattr(one, field) for field in fields} for one in known]
        write_json({"variables": told, "values": {one.name: values.get(one.id, {}) for one in all_}})
        return
    rows = [(one.name, *(values.get(one.id, {}).get(variable.name, "") for variable in known)) for one in all_]
    numbers = [n for n, variable in enumerate(known, start=1) if variable.kind is Kind.NUMBER]
    write_table(("source", *(variable.name for variable in known)), rows, right=numbers)


@variables.command("set")
@project_argument
@click.argument("source")
@click.argument("given", metavar="NAME=VALUE...", nargs=-1, required=True)
@coder_option
def set_(project: Path, *, source: str, given: tuple[str, ...], coder: str | None) -> None:
    """Give a source values; NAME= takes one away. A variable that is new is made for text."""
    pairs = [one.partition("=") for one in given]
    if bad := next((one for one, (name, equals, _) in zip(given, pairs, strict=True) if not (name and equals)), None):
        raise click.BadParameter(f"“{bad}” is not NAME=VALUE, for example Age=34.")
    with changing(project, f"set variables of {one_line(source)}", coder) as tx:
        ids = {variable.name: variable.id for variable in questions.listing(tx)}
        for name, _, _ in pairs:
            if name not in ids:
                ids[name] = questions.add(tx, name)
        where = sources.by_name(tx, source).id
        questions.set_values(tx, [(where, ids[name], value) for name, _, value in pairs])
    say(one_line(f"Set {', '.join(name for name, _, _ in pairs)} of “{source}”."))


@variables.command("rename")
@project_argument
@click.argument("name")
@click.argument("new_name")
@coder_option
def rename(project: Path, *, name: str, new_name: str, coder: str | None) -> None:
    """Give a variable another name."""
    with changing(project, f"rename variable {one_line(name)}", coder) as tx:
        questions.rename(tx, questions.by_name(tx, name).id, new_name)
    say(one_line(f"The variable “{name}” is called “{new_name}” now."))


@variables.command("kind")
@project_argument
@click.argument("name")
@click.argument("kind", type=click.Choice([one.value for one in Kind]))
@coder_option
def kind(project: Path, *, name: str, kind: str, coder: str | None) -> None:
    """Say of which kind the values are; they take the form in which it is kept."""
    with changing(project, f"change the kind of {one_line(name)}", coder) as tx:
        questions.set_kind(tx, questions.by_name(tx, name).id, kind)
    say(one_line(f"“{name}” is of the kind {kind} now."))


@variables.command("remove")
@project_argument
@click.argument("name")
@coder_option
def remove(project: Path, *, name: str, coder: str | None) -> None:
    """Remove a variable with all its values."""
    with changing(project, f"remove variable {one_line(name)}", coder) as tx:
        going = questions.remove(tx, questions.by_name(tx, name).id)
    say(one_line(f"Removed “{name}”{went_with(going)}."))


@variables.command("export")
@project_argument
@click.argument("file", type=PATH)
@click.option("--no-bom", is_flag=True, help="Leave out the byte order mark of a CSV.")
@guarded
def export(project: Path, *, file: Path, no_bom: bool, key: Path | None, phrase_file: Path | None) -> None:
    """Write all values to a CSV, XLSX or JSON file, a row a source; - is stdout, as CSV."""
    aside = file == Path("-")
    if not aside and file.suffix.lower() not in SUFFIXES:
        raise click.BadParameter(f"“{file}” ends in none of {', '.join(SUFFIXES)}.", param_hint="FILE")
    with open_project(project, read_only=True) as opened, opened.read() as r:
        table = exchange.table(r)
        size = len(questions.listing(r))
    data = table.written_as(".csv" if aside else file.suffix, bom=not no_bom)
    refuse_leaks(table.to_csv(), key, phrase_file)  # the words of a workbook are packed
    if aside:
        write_exactly(data)
        return
    write_file(file, data)
    say(f"Wrote {count(size, 'variable')} to {one_line(str(file))}.")


@variables.command("import")
@project_argument
@click.argument("file", type=PATH)
@coder_option
@click.pass_context
def bring_in(ctx: click.Context, project: Path, *, file: Path, coder: str | None) -> None:
    """Take over the values of a CSV or XLSX file, whose first row names the variables.

    Sources are found by their names; rows that match none are told on stderr, and the exit code is then 2. An empty
    cell takes a value away. When a value does not fit its variable, nothing is imported.
    """
    try:
        with open_project(project, read_only=True) as opened, opened.read() as r:
            known = [variable.name for variable in questions.listing(r)]
        loaded = exchange.load(read_file(file), file.name, known)
        with changing(project, f"import variables from {one_line(file.name)}", coder) as tx:
            merged = exchange.merge(tx, loaded)
    except FormatProblem as problem:
        raise FormatProblem(named(file.name, problem.message), problem.hint, line=problem.line) from problem
    for note in loaded.notes:
        tell(named(file.name, note))
    for line, name in merged.nowhere:
        tell(f"Line {line}: there is no source called “{name}”.")
    made = f", {count(len(merged.made), 'new variable')}: {', '.join(merged.made)}" if merged.made else ""
    say(one_line(f"Took over {count(merged.sources, 'row')}; {count(merged.values, 'value')} changed{made}."))
    if merged.nowhere:
        ctx.exit(2)


COMMANDS: Final = {"variables": variables}
