"""From a file to a document: which reader takes it, and what is refused before any reader sees it."""

from __future__ import annotations

from pathlib import Path

from qcode.errors import FormatProblem
from qcode.readers import docx, epub, html, markdown, odt, pdf, plain, rtf, subtitles, survey_csv, survey_xlsx
from qcode.readers.chosen import check_size, file_bytes
from qcode.readers.document import Document, Reader
from qcode.readers.foreign import foreign_kind

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


def reader_of(data: bytes, name: str) -> Reader:
    """Find the reader that takes a file; the last takes whatever no other does."""
    return next(reader for reader in READERS if reader.recognises(data, name))


def read(data: bytes, name: str, encoding: str | None = None) -> Document:
    """Make a document of a file's bytes; the name decides between formats, and `encoding` overrules what is found.

    Raises FormatProblem, a sentence that begins with the name, for whatever cannot become a source.
    """
    check_size(len(data), name)
    reader = reader_of(data, name)
    kind = foreign_kind(data) if reader.is_text else None
    if kind:
        raise FormatProblem(f"{name} is {kind}, which cannot be read yet.", "Save it as plain text and import that.")
    document = reader.read(data, name, encoding)
    if not document.text.strip():
        raise FormatProblem(f"{name} holds no text, only white space.", "Choose a file with text in it.")
    return document


def read_file(path: Path, encoding: str | None = None) -> Document:
    """Read a file from disk; too large a file is refused before it is read."""
    return read(file_bytes(path), path.name, encoding)
