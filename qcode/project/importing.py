"""Bring files into a project as sources: a batch is one change, and one bad file never spoils the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qcode import readers
from qcode.errors import FileProblem, QcodeError
from qcode.model.values import SourceId
from qcode.progress import Progress, quiet
from qcode.project import rereading, sources
from qcode.project.rereading import Doubt
from qcode.project.sources import Source
from qcode.readers.sandbox import ReadingProcess

if TYPE_CHECKING:
    from qcode.project.project import Project


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of each file: imported, or the problem; what should be known about those that came in, and what
    about them is in doubt.
    """

    imported: tuple[Source, ...]
    problems: tuple[tuple[str, QcodeError], ...]
    notes: tuple[tuple[str, str], ...]
    doubts: tuple[Doubt, ...] = ()


def import_files(
    project: Project,
    paths: Sequence[Path],
    *,
    folder: str = "",
    encoding: str | None = None,
    number_taken_names: bool = False,
    progress: Progress = quiet,
) -> ImportReport:
    """Import files as sources named by their file names without the suffix, all in one change.

    Whatever is not plain text or Markdown is read in a process apart, so that no file can harm the program.
    A file that cannot be imported is reported and the others go on; a name that is taken is a problem too, or gets a
    number with `number_taken_names`. `encoding`, by Python's name for it, overrules what is found or guessed.
    Raises Cancelled, and then nothing was imported; FileProblem when the project cannot be written.
    """
    problems: list[tuple[str, QcodeError]] = []
    notes: list[tuple[str, str]] = []
    made: list[SourceId] = []
    doubts: list[Doubt] = []
    many = f"{len(paths)} sources" if len(paths) != 1 else f"“{paths[0].stem}”"
    with project.change(f"import {many}") as tx, ReadingProcess() as process:
        for done, path in enumerate(paths):
            progress(done, len(paths), path.name)
            try:
                data = readers.file_bytes(path)
                document = rereading.read_apart(process, data, path.name, encoding)
                name = sources.free_name(tx, path.stem) if number_taken_names else path.stem
                with tx.conn.begin_nested():  # a file comes in whole or not at all
                    source = sources.add(tx, document, name=name, original=data, original_name=path.name, folder=folder)
                made.append(source)
                doubts += rereading.doubts(source, document)
            except FileProblem:
                raise
            except QcodeError as error:
                problems.append((path.name, error))
                continue
            if name != path.stem:
                notes.append((path.name, f"There is a source of this name already, so it is called “{name}”."))
            notes += [(path.name, note) for note in document.notes]
        progress(len(paths), len(paths), "")
        imported = tuple(sources.get(tx, source) for source in made)
    return ImportReport(imported, tuple(problems), tuple(notes), tuple(doubts))
