"""Read a source again from the bytes it came from, when its encoding or its format was taken for another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qcode import readers
from qcode.errors import Conflict
from qcode.progress import Progress, quiet
from qcode.project import correcting, sources
from qcode.project.correcting import NewFile
from qcode.project.incoming import read_apart
from qcode.readers.choices import AS_USUAL, ReadAs, ReadingChoices
from qcode.readers.sandbox import ReadingProcess

if TYPE_CHECKING:
    from pathlib import Path

    from qcode.model.values import SourceId
    from qcode.project.project import Project
    from qcode.project.sources import Source
    from qcode.readers import Document

MARKDOWN = "text/markdown"


@dataclass(frozen=True, slots=True)
class Reread:
    """The source that took the place of one, and what should be known about it."""

    source: Source
    notes: tuple[str, ...]


def read_again(
    project: Project, source: SourceId, choices: ReadingChoices = AS_USUAL, *, progress: Progress = quiet
) -> Reread:
    """Put a fresh reading of its file in the place of a source, as one change; name, folder and citation stay.

    An encoding that was found before, and that a text was read as Markdown, count until the choices say otherwise.
    Its passages follow, as in a correction. Raises Conflict when the source is a part of its file alone; FormatProblem
    when the file cannot be read so; NotFound; Cancelled.
    """
    with project.read() as r:
        there, data = sources.get(r, source), sources.original(r, source)
    if choices.read_as is ReadAs.FOUND and there.media_type == MARKDOWN:
        choices = replace(choices, read_as=ReadAs.MARKDOWN)
    choices = replace(choices, encoding=choices.encoding or there.encoding)
    with ReadingProcess() as process:
        document = read_apart(process, data, there.original_name, choices, pulse=lambda: progress(0, 0, there.name))
    if document.parts:
        raise Conflict(f"“{there.name}” is a part of its file.", "Import the file once more.")
    with project.change(f"read “{there.name}” again") as tx:
        if sources.get(tx, source).passages:
            file = new_file(document, data, there.original_name)
            told = correcting.told(correcting.correct(tx, source, document.text, file=file))
            return Reread(sources.get(tx, source), (*document.notes, told))
        sources.rename(tx, source, sources.free_name(tx, there.name))  # the name is needed while both are there
        made = sources.add(
            tx,
            document,
            name=there.name,
            original=data,
            original_name=there.original_name,
            folder=there.folder,
            cite_as=there.cite_as,
        )
        sources.stand_in(tx, made, old=source)
        sources.remove(tx, [source])
        return Reread(sources.get(tx, made), document.notes)


def read_newer(
    path: Path, choices: ReadingChoices = AS_USUAL, *, progress: Progress = quiet
) -> tuple[Document, NewFile]:
    """Read the file that shall replace the text of a source; `correcting.plan` tells what its passages do then.

    Raises FormatProblem when it cannot be read, Conflict when it holds several texts; Cancelled.
    """
    data = readers.file_bytes(path)
    with ReadingProcess() as process:
        document = read_apart(process, data, path.name, choices, pulse=lambda: progress(0, 0, path.name))
    if document.parts:
        raise Conflict(f"{path.name} holds several texts.", "Give a file with one.")
    return document, new_file(document, data, path.name)


def new_file(document: Document, data: bytes, name: str) -> NewFile:
    """Keep of a file what a source knows of the one it came from."""
    return NewFile(data, name, document.media_type, document.encoding, tuple(document.spans))
