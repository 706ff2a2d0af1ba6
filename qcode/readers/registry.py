"""From a file to a document: which reader takes it, and what is refused before any reader sees it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qcode.errors import FormatProblem
from qcode.readers import docx, epub, html, markdown, odt, pdf, plain, rtf, subtitles, survey_csv, survey_xlsx
from qcode.readers.choices import AS_USUAL, ReadAs, ReadingChoices
from qcode.readers.chosen import check_size, file_bytes
from qcode.readers.document import Document, Reader, first_heading
from qcode.readers.foreign import foreign_kind
from qcode.text import headings, speakers
from qcode.text.span import SpanKind

_NAMED = 8  # headings in a note

# Asked in this order; the last takes what is left.
READERS: tuple[Reader, ...] = (
    docx.READER,
    odt.READER,
    epub.READER,
    pdf.READER,
    rtf.READER,
    survey_xlsx.READER,
    subtitles.VTT_READER,
    subtitles.SRT_READER,
    survey_csv.READER,
    markdown.READER,
    html.READER,
    plain.READER,
)


def reader_of(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Reader:
    """Find the reader that takes a file; the last takes whatever no other does.

    What a text file is to be read as can be chosen; what is packed or no text cannot.
    """
    found = next(reader for reader in READERS if reader.recognises(data, name))
    if choices.read_as is ReadAs.FOUND or not found.is_text:
        return found
    return markdown.READER if choices.read_as is ReadAs.MARKDOWN else plain.READER


def heeded(media_type: str) -> frozenset[str]:
    """Name the fields of `ReadingChoices` that make a difference to files of this type."""
    return next((reader.heeds for reader in READERS if reader.media_type == media_type), frozenset())


def read(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Make a document of a file's bytes; the name decides between formats where the bytes do not.

    Raises FormatProblem, a sentence that begins with the name, for whatever cannot become a source.
    """
    check_size(len(data), name)
    reader = reader_of(data, name, choices)
    kind = foreign_kind(data) if reader.is_text else None
    if kind:
        raise FormatProblem(f"{name} is {kind}, which cannot be read yet.", "Save it as plain text and import that.")
    document = reader.read(data, name, choices)
    if not document.text.strip():
        raise FormatProblem(f"{name} holds no text, only white space.", "Choose a file with text in it.")
    if choices.mark_headings and "mark_headings" in reader.heeds:
        document = _with_headings(document)
    if choices.mark_speakers and "mark_speakers" in reader.heeds:
        document = _with_speakers(document, choices)
    return document


def read_file(path: Path, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read a file from disk; too large a file is refused before it is read."""
    return read(file_bytes(path), path.name, choices)


def _with_headings(document: Document) -> Document:
    """Add a span for each line that seems to be a heading; a text that marks some knows better."""
    found = headings.propose(document.text, document.spans)
    named = ", ".join(f"“{document.text[span.start : span.end]}”" for span in found[:_NAMED])
    more = f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
    note = f"Taken for headings: {named}{more}." if found else "No lines were found that would be headings."
    title = document.title or first_heading(document.text, found)
    return replace(document, spans=tuple(sorted((*document.spans, *found))), title=title, notes=(*document.notes, note))


def _with_speakers(document: Document, choices: ReadingChoices) -> Document:
    """Add a span for each turn of a speaker; a file that marks its speakers itself knows better."""
    if any(span.kind is SpanKind.SPEAKER for span in document.spans):
        return document
    names = choices.speakers or tuple(speaker.name for speaker in speakers.propose(document.text))
    found = speakers.turns(document.text, names, document.spans)
    spoke = {span.value for span in found}
    named = ", ".join(f"“{name}”" for name in names if name in spoke)
    note = f"Taken for the turns of speakers: {named}." if spoke else "No turns of speakers were found."
    return replace(document, spans=tuple(sorted((*document.spans, *found))), notes=(*document.notes, note))
