"""What a reader is, and what it makes of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qcode.text.span import Span, SpanKind


@dataclass(frozen=True, slots=True)
class Document:
    """A file as a source: its canonical text, the stretches with a look or a meaning of their own, where it came from.

    `notes` are sentences for the import report: whatever of the file is not in the text as it stood.
    """

    text: str
    spans: tuple[Span, ...]
    title: str
    media_type: str
    encoding: str
    encoding_guessed: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: how to know its files by bytes and name, and how to read one (bytes, name, encoding or None).

    `is_text` is false where the files are packed or bytes of their own kind, which no encoding turns into text.
    `runs_inside` is true where reading is so plain that a stranger's file needs no process of its own (`sandbox`).
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, str | None], Document]
    is_text: bool = True
    runs_inside: bool = False


def first_heading(text: str, spans: Iterable[Span]) -> str:
    """Give the words of the first heading, to serve as a title where the file names none."""
    return next((" ".join(text[s.start : s.end].split()) for s in spans if s.kind is SpanKind.HEADING), "")
