"""Read a source again from the bytes it came from, when its encoding or its format was taken for another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qcode import readers
from qcode.errors import Conflict
from qcode.progress import Progress, quiet
from qcode.project import correcting, sources, spans
from qcode.project.correcting import NewFile
from qcode.project.incoming import read_apart
from qcode.readers.choices import AS_USUAL, ReadAs, ReadingChoices
from qcode.readers.sandbox import ReadingProcess
from qcode.text.positions import PositionMap
from qcode.text.span import SpanKind

if TYPE_CHECKING:
    from pathlib import Path

    from qcode.model.values import SourceId
    from qcode.project.project import Project
    from qcode.project.sources import Source
    from qcode.project.transaction import Change
    from qcode.readers import Document

MARKDOWN = "text/markdown"


@dataclass(frozen=True, slots=True)
class Reread:
    """The source that took the place of one, and what should be known about it.

    `notes` are those of the reader; `told` says what became of passages, or of marks that found no place.
    """

    source: Source
    notes: tuple[str, ...]
    told: str = ""


def read_again(
    project: Project, source: SourceId, choices: ReadingChoices = AS_USUAL, *, progress: Progress = quiet
) -> Reread:
    """Put a fresh reading of its file in the place of a source, as one change; what was written about it stays.

    An encoding that was found before, and that a text was read as Markdown, count until the choices say otherwise.
    Its passages, what is not data, and how far it was read follow, as in a correction. Raises Conflict when the source
    is a part of its file alone; FormatProblem when the file cannot be read so; NotFound; Cancelled.
    """
    with project.read() as r:
        there, data = sources.get(r, source), sources.original(r, source)
    read_as = ReadAs.MARKDOWN if there.media_type == MARKDOWN else ReadAs.FOUND
    before = ReadingChoices(encoding=there.encoding, read_as=read_as)
    choices = replace(choices, encoding=choices.encoding or before.encoding, read_as=choices.read_as or read_as)
    with ReadingProcess() as process:

        def read(chosen: ReadingChoices) -> Document:
            return read_apart(process, data, there.original_name, chosen, pulse=lambda: progress(0, 0, there.name))

        document = read(choices)
        # A title in broken letters, which nobody wrote, is not kept.
        differs = document.title not in ("", there.title)
        from_file = differs and bool(there.title) and read(before).title == there.title
    if document.parts:
        raise Conflict(f"“{there.name}” is a part of its file.", "Import the file once more.")
    with project.change(f"read “{there.name}” again") as tx:
        if sources.get(tx, source).passages:
            file = new_file(document, data, there.original_name)
            told = correcting.told(correcting.correct(tx, source, document.text, file=file))
            return Reread(sources.get(tx, source), document.notes, told)
        return _put_in_place(tx, there, document, data, title="" if from_file else there.title)


def _put_in_place(tx: Change, there: Source, document: Document, data: bytes, *, title: str) -> Reread:
    """Make a source of a fresh reading that takes over all that was said about the one whose place it takes."""
    positions = PositionMap.between(sources.text(tx, there.id), document.text)
    sources.rename(tx, there.id, sources.free_name(tx, there.name))  # the name is needed while both are there
    made = sources.add(
        tx,
        document,
        name=there.name,
        original=data,
        original_name=there.original_name,
        folder=there.folder,
        title=title,
        cite_as=there.cite_as,
    )
    sources.stand_in(tx, made, old=there.id)
    correcting.hand_over_readings(tx, there.id, positions, to=made)
    told = _hand_over_marks(tx, there.id, positions, to=made)
    sources.remove(tx, [there.id])
    return Reread(sources.get(tx, made), document.notes, told)


def _hand_over_marks(tx: Change, source: SourceId, positions: PositionMap, *, to: SourceId) -> str:
    """Mark what was not data in the fresh reading too, and say what is not marked in it any more.

    Who speaks is for the reader to say, by its choices.
    """
    places = [positions.stretch(*place, least=correcting.LEAST) for place in spans.not_data(tx, source)]
    spans.mark(tx, to, [place for place in places if place is not None])
    left = places.count(None)
    told = [f"{left:,} {'stretch' if left == 1 else 'stretches'} of what is not data found no place."] if left else []
    had, has = (any(span.kind is SpanKind.SPEAKER for span in sources.spans(tx, one)) for one in (source, to))
    return " ".join([*told, *(["Its speakers are not marked any more."] if had and not has else [])])


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
