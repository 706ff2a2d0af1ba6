"""Look at files before any of them is imported: what they are, whether they can be read, whether they are here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qcode import readers
from qcode.errors import QcodeError
from qcode.project import sources
from qcode.readers.again import has_markdown_marks
from qcode.text.natural import natural

if TYPE_CHECKING:
    from qcode.project.project import Project

PLAIN = "text/plain"
MOST = 20_000  # files of a folder
SAMPLE = 20_000  # characters at either end by which Markdown is told: in articles the marks may be in the notes


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that could be imported: its format, what is known of it, and why not when it cannot be read.

    `there` names the sources made of the same bytes, `twin` the file before it in the list that has them too.
    `guessed` is the encoding where it had to be guessed; `marked` tells of plain text that seems to be Markdown.
    """

    path: Path
    format: str = ""
    media_type: str = ""
    size: int = 0
    there: tuple[str, ...] = ()
    twin: str = ""
    guessed: str = ""
    marked: bool = False
    problem: str = ""


def files_in(paths: Sequence[Path]) -> list[Path]:
    """List files, and for a folder all files in it and below, in the order of their names; hidden ones are passed over.

    A folder gives at most 20,000 files.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = (one for one in path.rglob("*") if not any(p.startswith(".") for p in one.relative_to(path).parts))
        below = [one for _, one in zip(range(MOST), (one for one in inside if one.is_file()), strict=False)]
        found += sorted(below, key=lambda one: [natural(part) for part in one.parts])
    return found


def look_at(project: Project, paths: Sequence[Path]) -> Iterator[Candidate]:
    """Tell of one file after the other what it is; no file is read further than is needed for that."""
    seen: dict[str, str] = {}
    for path in paths:
        try:
            data = readers.file_bytes(path)
            reader = readers.reader_of(data, path.name)
        except QcodeError as error:
            yield Candidate(path, problem=str(error))
            continue
        digest = hashlib.sha256(data).hexdigest()
        with project.read() as r:
            there = tuple(sources.made_from(r, data))
        guessed, marked, problem = _read_plain(data, path.name) if reader.media_type == PLAIN else ("", False, "")
        twin = seen.setdefault(digest, path.name) if digest in seen else ""
        seen.setdefault(digest, path.name)
        yield Candidate(
            path,
            "" if problem else reader.name,
            reader.media_type,
            len(data),
            there,
            twin,
            guessed,
            marked=marked,
            problem=problem,
        )


def _read_plain(data: bytes, name: str) -> tuple[str, bool, str]:
    """Reading plain text is quick, and only reading tells whether it is text at all."""
    try:
        document = readers.read(data, name)
    except QcodeError as error:
        return "", False, str(error)
    return document.encoding if document.encoding_guessed else "", has_markdown_marks(_ends(document.text)), ""


def _ends(text: str) -> str:
    return text if len(text) <= 2 * SAMPLE else f"{text[:SAMPLE]}\n{text[-SAMPLE:]}"
