"""What a reader is, and what it makes of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from qcode.readers.choices import ReadingChoices
from qcode.text.span import Span, SpanKind


@dataclass(frozen=True, slots=True)
class Survey:
    """The table that a survey is, to choose by: its columns, as they are named in choices, and its first rows.

    `count` is the number of all rows, a respondent each; `texts` are the columns of which the text was made,
    `sentences` those in which people wrote sentences, `respondent` the one that names them, empty when none does.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int
    texts: tuple[str, ...]
    sentences: tuple[str, ...]
    respondent: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document that becomes a source of its own: a respondent's answers, and their variables."""

    name: str
    start: int
    end: int
    variables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as a source: its canonical text, the stretches with a look or a meaning of their own, where it came from.

    `notes` are sentences for the import report: whatever of the file is not in the text as it stood. A survey brings
    its table, and, with each respondent apart, `parts`; `sources_of` makes documents of them.
    """

    text: str
    spans: tuple[Span, ...]
    title: str
    media_type: str
    encoding: str
    encoding_guessed: bool
    notes: tuple[str, ...] = ()
    survey: Survey | None = None
    parts: tuple[Part, ...] = ()
    part: str = ""
    variables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: how to know its files by bytes and name, and how to read one (bytes, name, choices).

    `is_text` is false where the files are packed or bytes of their own kind, which no encoding turns into text.
    `runs_inside` is true where reading is so plain that a stranger's file needs no process of its own (`sandbox`).
    `heeds` names the fields of `ReadingChoices` that make a difference to such a file.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, ReadingChoices], Document]
    is_text: bool = True
    runs_inside: bool = False
    heeds: frozenset[str] = frozenset()


def first_heading(text: str, spans: Iterable[Span]) -> str:
    """Give the words of the first heading, to serve as a title where the file names none."""
    return next((" ".join(text[s.start : s.end].split()) for s in spans if s.kind is SpanKind.HEADING), "")


def sources_of(document: Document) -> tuple[Document, ...]:
    """Give the documents that become sources: one for each part, with its spans and variables, else the whole."""
    if not document.parts:
        return (document,)
    made: list[Document] = []
    spans, at = sorted(document.spans), 0
    for part in sorted(document.parts, key=lambda part: part.start):
        while at < len(spans) and spans[at].start < part.start:
            at += 1  # spans of a survey lie within one answer
        inside: list[Span] = []
        while at < len(spans) and spans[at].start < part.end:
            span, at = spans[at], at + 1
            end = min(span.end, part.end)
            inside.append(replace(span, start=span.start - part.start, end=end - part.start))
        text = document.text[part.start : part.end]
        made.append(
            replace(
                document, text=text, spans=tuple(inside), notes=(), survey=None, parts=(), part=part.name,
                variables=part.variables,
            )
        )  # fmt: skip
    return tuple(made)
