"""Read a source again from the bytes it came from, when its encoding or its format was taken for another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from qcode import readers
from qcode.errors import Conflict
from qcode.project import sources
from qcode.readers.again import has_markdown_marks
from qcode.readers.sandbox import ReadingProcess

if TYPE_CHECKING:
    from qcode.model.values import SourceId
    from qcode.project.project import Project
    from qcode.project.sources import Source
    from qcode.readers import Document

PLAIN, MARKDOWN = "text/plain", "text/markdown"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What about a fresh source the researcher may know better: its encoding was guessed, or its marks were kept."""

    source: SourceId
    encoding: bool
    markdown: bool


@dataclass(frozen=True, slots=True)
class Reread:
    """The source that took the place of one, and what should be known about it."""

    source: Source
    notes: tuple[str, ...]


def read_apart(process: ReadingProcess, data: bytes, name: str, encoding: str | None) -> Document:
    """Read what is not plain in a process apart; text and Markdown can harm nobody, and are read at once."""
    if readers.reader_of(data, name).runs_inside:
        return readers.read(data, name, encoding)
    return process.read(data, name, encoding)


def doubts(source: SourceId, document: Document) -> tuple[Doubt, ...]:
    """Tell what is in doubt about a source that was just read, if anything is."""
    marked = document.media_type == PLAIN and has_markdown_marks(document.text)
    return (Doubt(source, document.encoding_guessed, marked),) if document.encoding_guessed or marked else ()


def read_again(project: Project, source: SourceId, *, encoding: str | None = None, as_markdown: bool = False) -> Reread:
    """Put a fresh reading of its file in the place of a source, as one change; name, folder and citation stay.

    `encoding`, by Python's name for it, overrules the one it was read in. Raises Conflict when the source has
    passages, which belong to its text as it is; FormatProblem when the file cannot be read so; NotFound.
    """
    with project.read() as r:
        there, data = sources.get(r, source), sources.original(r, source)
    name = PurePath(there.original_name)
    if as_markdown or there.media_type == MARKDOWN:
        name = name.with_suffix(".md")
    with ReadingProcess() as process:
        document = read_apart(process, data, name.name, encoding or there.encoding or None)
    with project.change(f"read “{there.name}” again") as tx:
        if sources.get(tx, source).passages:
            raise Conflict(
                f"“{there.name}” has passages, which belong to its text as it is.",
                "Remove them first, or import the file once more.",
            )
        sources.remove(tx, [source])
        made = sources.add(
            tx,
            document,
            name=there.name,
            original=data,
            original_name=there.original_name,
            folder=there.folder,
            cite_as=there.cite_as,
        )
        return Reread(sources.get(tx, made), document.notes)
