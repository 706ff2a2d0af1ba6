"""What the program and its reading process tell each other: plain data only, and nothing of it is trusted.

A message is two frames, each with its length in front: a head in JSON, and bytes as they are. A request has a name,
the choices how to read it, and the file; an answer the fields of a document and its text, or the sentences of a
problem.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from typing import Any, BinaryIO

from qcode.errors import FormatProblem
from qcode.readers.chosen import LIMIT
from qcode.readers.document import Document, Part, Survey
from qcode.text.canonical import clean
from qcode.text.span import Span, SpanKind

# Far more than the spans of any honest document take.
MOST_HEAD = 64 * 1024 * 1024
_LENGTH = struct.Struct(">Q")
_PIECE = 1024 * 1024


class Nonsense(Exception):
    """What came over the wire is not what may come."""


class TooLittleMemory(Exception):
    """The reading process ran out of the memory it may have."""


def send(to: BinaryIO, head: Mapping[str, Any], body: bytes) -> None:
    """Write a message; OSError when nobody listens any more."""
    words = json.dumps(head).encode("ascii")
    for part in (_LENGTH.pack(len(words)), words, _LENGTH.pack(len(body)), body):
        rest = memoryview(part)
        while rest:  # a pipe without a buffer takes what it can
            rest = rest[to.write(rest) or 0 :]


def receive(source: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Read a message of bounded size; EOFError at its end, Nonsense when it is none."""
    words = _frame(source, MOST_HEAD)
    try:
        head = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise Nonsense(f"the head is no JSON: {error}") from None
    if not isinstance(head, dict):
        raise Nonsense("the head is no object")
    return head, _frame(source, LIMIT)


def packed(document: Document, name: str) -> tuple[dict[str, Any], bytes]:
    """Make an answer of a document; FormatProblem when it is larger than a source may be."""
    text = document.text.encode("utf-8")
    if len(text) > LIMIT:
        raise FormatProblem(
            f"{name} holds more than 50 MB of text; a source can have at most 50 MB.", "Divide it into several files."
        )
    head = {field.name: getattr(document, field.name) for field in fields(document) if field.name != "text"}
    head["spans"] = [(span.start, span.end, span.kind.value, span.value) for span in document.spans]
    head["survey"] = None if document.survey is None else list(astuple(document.survey))
    head["parts"] = [astuple(part) for part in document.parts]
    return head, text


def unpacked(head: Mapping[str, Any], body: bytes) -> Document:
    """Make the document of an answer again; Nonsense when it is none, the FormatProblem or TooLittleMemory it tells."""
    if "stopped" in head:
        raise TooLittleMemory
    if "problem" in head:
        line = head.get("line")
        raise FormatProblem(
            _words(head, "problem"), _words(head, "hint"), line=_number(line) if line is not None else None
        )
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Nonsense(f"the text is not UTF-8: {error.reason}") from None
    if clean(text)[0] != text or not text.strip():
        raise Nonsense("the text is not in canonical form")
    return Document(
        text,
        tuple(_span(told, len(text)) for told in _list(head, "spans")),
        _canonical(head.get("title")),
        _canonical(head.get("media_type")),
        _canonical(head.get("encoding")),
        head.get("encoding_guessed") is True,
        tuple(_word(note) for note in _list(head, "notes")),
        _survey(head.get("survey")),
        tuple(_part(told, len(text)) for told in _list(head, "parts")),
        _canonical(head.get("part")),
        _variables(head.get("variables")),
    )


def _frame(source: BinaryIO, most: int) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(source, _LENGTH.size))
    if length > most:
        raise Nonsense(f"{length:,} bytes were announced")
    return _exactly(source, length)


def _exactly(source: BinaryIO, size: int) -> bytes:
    """Read so many bytes, and keep no room for those that were only announced."""
    pieces: list[bytes] = []
    while size:
        piece = source.read(min(size, _PIECE))
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _span(told: object, length: int) -> Span:
    begin, stop, kind, said = _row(told, 4)
    start, end, value = _number(begin), _number(stop), _canonical(said)
    if not start <= end <= length:
        raise Nonsense("a span lies outside of the text")
    try:
        return Span(start, end, SpanKind(str(kind)), value)
    except ValueError:
        raise Nonsense("a span is of no kind") from None


def _survey(told: object) -> Survey | None:
    if told is None:
        return None
    columns, rows, count, texts, sentences, respondent = _row(told, 6)
    cells = tuple(_several(row) for row in _row(rows))
    return Survey(
        _several(columns), cells, _number(count), _several(texts), _several(sentences), _canonical(respondent)
    )


def _part(told: object, length: int) -> Part:
    name, start, end, variables = _row(told, 4)
    part = Part(_canonical(name), _number(start), _number(end), _variables(variables))
    if not part.start < part.end <= length:
        raise Nonsense("a part lies outside of the text")
    return part


def _variables(told: object) -> tuple[tuple[str, str], ...]:
    pairs = (_row(pair, 2) for pair in _row(told))
    return tuple((_canonical(name), _canonical(value)) for name, value in pairs)


def _several(told: object) -> tuple[str, ...]:
    return tuple(_canonical(word) for word in _row(told))


def _row(told: object, size: int | None = None) -> Sequence[object]:
    if not isinstance(told, list) or (size is not None and len(told) != size):
        raise Nonsense("a row is none, or has not as many parts as it should")
    return told


def _number(told: object) -> int:
    if type(told) is not int or told < 0:
        raise Nonsense("a number is none")
    return told


def _list(head: Mapping[str, Any], field: str) -> Sequence[object]:
    told = head.get(field)
    if not isinstance(told, list):
        raise Nonsense(f"{field} is no list")
    return told


def _words(head: Mapping[str, Any], field: str) -> str:
    return _word(head.get(field))


def _word(told: object) -> str:
    """Take a sentence to be shown; the name of a file in it may hold what is no character."""
    if not isinstance(told, str):
        raise Nonsense("a sentence is none")
    return told


def _canonical(told: object) -> str:
    """Take words that are kept in the project."""
    if not isinstance(told, str) or clean(told)[0] != told:
        raise Nonsense("words are not in canonical form")
    return told
