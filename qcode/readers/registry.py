"""From a file to a document: which reader takes it, and what is refused before any reader sees it."""

from __future__ import annotations

import stat
from pathlib import Path

from qcode.errors import FormatProblem
from qcode.readers import docx, epub, html, markdown, odt, pdf, plain, rtf, subtitles, survey_csv, survey_xlsx
from qcode.readers.document import Document, Reader
from qcode.readers.foreign import foreign_kind

LIMIT = 50 * 1024 * 1024

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


def read(data: bytes, name: str, encoding: str | None = None) -> Document:
    """Make a document of a file's bytes; the name decides between formats, and `encoding` overrules what is found.

    Raises FormatProblem, a sentence that begins with the name, for whatever cannot become a source.
    """
    _check_size(len(data), name)
    reader = next(reader for reader in READERS if reader.recognises(data, name))
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


def file_bytes(path: Path) -> bytes:
    """Fetch a file to import, or say in a FormatProblem why it cannot be: missing, a folder, unreadable, too large."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise FormatProblem(f"{path} is a folder.", "Choose the files in it.")
        if not stat.S_ISREG(found.st_mode):
            raise FormatProblem(f"{path} is not a file that can be read to an end.", "Choose a file with text in it.")
        _check_size(found.st_size, path.name)
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)  # it may have grown since
    except FileNotFoundError:
        raise FormatProblem(f"There is no file {path}.", "Check its name and folder.") from None
    except PermissionError:
        raise FormatProblem(f"{path} may not be read.", "Allow reading it, or copy it where you can.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FormatProblem(f"{path} could not be read: {reason}.", "Copy it to another place and try again.") from None
    _check_size(len(data), path.name)
    return data


def _check_size(size: int, name: str) -> None:
    if size == 0:
        raise FormatProblem(f"{name} is empty.", "Choose a file with text in it.")
    if size > LIMIT:
        has = f"has {size / 1024 / 1024:,.1f} MB" if size > LIMIT + 100_000 else "is larger than 50 MB"
        raise FormatProblem(f"{name} {has}; a source can have at most 50 MB.", "Divide it into several files.")
