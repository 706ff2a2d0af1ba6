"""Bring files into a project as sources: a batch is one change, and one bad file never spoils the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.errors import FileProblem, QcodeError
from qcode.model.values import SourceId, join_path
from qcode.progress import Progress, quiet
from qcode.project import pseudonyms, sources, variables
from qcode.project.incoming import Incoming, Waiting, read_apart
from qcode.project.sources import Source
from qcode.readers import AS_USUAL, Document, ReadingChoices, sources_of
from qcode.readers.sandbox import ReadingProcess
from qcode.store.faults import read_only
from qcode.text.names import Finder, Name
from qcode.text.values import guess

if TYPE_CHECKING:
    from qcode.project.project import Project
    from qcode.project.transaction import Change


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of each file: imported, or the problem; and what should be known about those that came in."""

    imported: tuple[Source, ...]
    problems: tuple[tuple[str, QcodeError], ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Told:
    """The report as it grows."""

    made: list[SourceId] = field(default_factory=list)
    problems: list[tuple[str, QcodeError]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def import_files(
    project: Project,
    files: Sequence[Path | Incoming],
    *,
    folder: str = "",
    choices: ReadingChoices = AS_USUAL,
    number_taken_names: bool = False,
    names: Sequence[Name] = (),
    progress: Progress = quiet,
) -> ImportReport:
    """Import files as sources named by their file names without the suffix, all in one change.

    A path is read with these `choices` into this `folder`; an `Incoming` brings its own. All are read first and then
    written at once, so that the project is held no longer than the writing takes; whatever is not short plain
    text or Markdown is read in a process apart, so that no file can harm the program. A file that cannot be imported is
    reported and the others go on; a name that is taken is a problem too, or gets a number with `number_taken_names`.
    What surely is one of the `names` is replaced before anything is written, and the files themselves are not kept.
    Raises Cancelled, at once and also while a file is being read, and then nothing was imported; FileProblem when the
    project cannot be written.
    """
    if project.read_only:
        raise read_only(project.path)
    wanted = [file if isinstance(file, Incoming) else Incoming(file, choices, folder=folder) for file in files]
    told = _Told()
    steps = 2 * len(wanted)
    with Waiting() as waiting:
        read = _read_all(wanted, Finder(names) if names else None, waiting, told, progress)
        many = f"{len(wanted)} sources" if len(wanted) != 1 else f"“{(read or wanted)[0].called}”"
        with project.change(f"import {many}") as tx:
            for done, (incoming, (data, document)) in enumerate(zip(read, waiting.all(), strict=True), len(wanted)):
                progress(done, steps, incoming.path.name)
                _write(tx, incoming, data, document, told, number_taken_names=number_taken_names)
            progress(steps, steps, "")
            imported = tuple(sources.get(tx, source) for source in told.made)
    order = {incoming.path.name: at for at, incoming in enumerate(wanted)}
    # by file, whenever they were found
    problems = sorted(told.problems, key=lambda problem: order.get(problem[0], steps))
    return ImportReport(imported, tuple(problems), tuple(told.notes))


def _read_all(
    wanted: Sequence[Incoming], finder: Finder | None, waiting: Waiting, told: _Told, progress: Progress
) -> list[Incoming]:
    """Read what can be read, and give it in the order in which it waits; with a finder, without the names it knows."""
    read: list[Incoming] = []
    with ReadingProcess() as process:
        for done, incoming in enumerate(wanted):
            name = incoming.path.name
            progress(done, 2 * len(wanted), name)
            try:
                data = incoming.content()
                pulse = _pulse(progress, done, len(wanted), name)
                document = read_apart(process, data, name, incoming.choices, pulse=pulse)
                if finder is not None:
                    document = pseudonyms.veiled(document, finder, incoming.hits)
                    data = document.text.encode()
                waiting.add(incoming, data, document)
            except FileProblem:
                raise
            except QcodeError as error:
                told.problems.append((name, error))
                continue
            read.append(pseudonyms.renamed(incoming, finder) if finder is not None else incoming)
    return read


def _pulse(progress: Progress, done: int, count: int, name: str) -> Callable[[], None]:
    return lambda: progress(done, 2 * count, name)


def _write(
    tx: Change, incoming: Incoming, data: bytes, document: Document, told: _Told, *, number_taken_names: bool
) -> None:
    """Write one file as its source or sources: whole, or not at all."""
    file = incoming.path.name
    before = sources.made_from(tx, data)
    made: list[tuple[SourceId, str, str]] = []
    parts = sources_of(document)
    try:
        with tx.conn.begin_nested():
            for part in parts:
                wished = f"{incoming.called} {part.part}" if part.part else incoming.called
                name = sources.free_name(tx, wished) if number_taken_names else wished
                folder = incoming.folder or (join_path([incoming.called]) if part.part else "")
                source = sources.add(
                    tx, part, name=name, original=data, original_name=file, folder=folder, title=incoming.title,
                    cite_as=incoming.cite_as,
                )  # fmt: skip
                made.append((source, wished, name))
            _keep_variables(tx, {source: part.variables for (source, _, _), part in zip(made, parts, strict=True)})
    except FileProblem:
        raise
    except QcodeError as error:
        told.problems.append((file, error))
        return
    told.made += [source for source, _, _ in made]
    told.notes += [
        (file, f"There is a source of this name already, so it is called “{name}”.")
        for _, wished, name in made
        if name != wished
    ]
    if before:
        told.notes.append((file, f"The same file was imported before, as “{before[0]}”."))
    told.notes += [(file, note) for note in document.notes]


def _keep_variables(tx: Change, given: Mapping[SourceId, Sequence[tuple[str, str]]]) -> None:
    """Give sources the values that came with them; a variable that is new is of the kind that fits all of them."""
    columns: dict[str, list[str]] = {}
    for pairs in given.values():
        for name, value in pairs:
            columns.setdefault(name, []).append(value)
    ids = {variable.name: variable.id for variable in variables.listing(tx)}
    for name, values in columns.items():
        if name not in ids:
            ids[name] = variables.add(tx, name, kind=guess(values))
    variables.set_values(tx, [(source, ids[name], value) for source, pairs in given.items() for name, value in pairs])
