"""Headings that nothing marks as such: short lines that stand alone above what they head.

A rule can only propose. The researcher sees the lines before they become headings, which change no word of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from qcode.text.paragraphs import Paragraphs
from qcode.text.sections import is_around
from qcode.text.span import Span, SpanKind

_LONGEST, _MOST_WORDS = 110, 16
_BODY = 120  # characters of a paragraph that a heading can stand above
_NOTE_MARK = re.compile(r"(?:\[\w{1,3}\]|[⁰¹²³⁴-⁹*†‡])+$")
_NO_END = tuple(".,;:!?…-–—/")
_NO_HEADING = re.compile(r"[-–—•*+>|#\"“„«‘'(\[]|[^\w\s]*$")
_NOWHERE = re.compile(r"https?://|www\.|\w@\w|[;\t]")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s")


def propose(text: str, spans: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Find the lines that seem to be headings: none where the text has headings, or where no paragraphs are parted.

    The first line of the text has level 1, the others 2, or as many as their number has parts ("2.1": 3).
    """
    if any(span.kind is SpanKind.HEADING for span in spans):
        return ()
    paragraphs = Paragraphs(text).spans
    parted = [True, *(text.count("\n", end, start) > 1 for (_, end), (start, _) in pairwise(paragraphs)), True]
    titles = [
        parted[at] and parted[at + 1] and end - start <= _LONGEST and _is_title(text[start:end])
        for at, (start, end) in enumerate(paragraphs)
    ]
    chosen: list[int] = []
    for is_title, group in groupby(range(len(paragraphs)), key=titles.__getitem__):
        if is_title:
            chosen += _heads(text, paragraphs, list(group))
    found = [(at, *paragraphs[at]) for at in chosen]
    return tuple(Span(start, end, SpanKind.HEADING, _level(text[start:end], at)) for at, start, end in found)


def _heads(text: str, paragraphs: Sequence[tuple[int, int]], titles: list[int]) -> list[int]:
    """Choose of titles in a row: at the beginning the title and what stands above the text, not those who wrote it."""
    first, last = titles[0], titles[-1]
    after = text[slice(*paragraphs[last + 1])] if last + 1 < len(paragraphs) else ""
    if len(after) < _BODY and not is_around(text[slice(*paragraphs[last])]):
        titles = titles[:-1] if first == 0 else []
        return titles[:1]
    before = text[slice(*paragraphs[first - 1])] if first else ""
    if first and before[-1:].isalpha() and len(before) >= _BODY:
        return []  # a page that ends in mid-sentence is not followed by a heading
    return [first, last] if first == 0 and last > 0 else titles


def _is_title(line: str) -> bool:
    words = _NOTE_MARK.sub("", line.strip())
    if not 2 <= len(words) <= _LONGEST or len(words.split()) > _MOST_WORDS or _NOWHERE.search(words):
        return False
    letters = [char for char in words if char.isalpha()]
    if len(letters) < 2 or words.endswith(_NO_END) or _NO_HEADING.match(words):
        return False
    first = _NUMBERED.sub("", words)[:1]
    return first.isupper() or (first.isalpha() and not first.islower())


def _level(line: str, at: int) -> str:
    numbered = _NUMBERED.match(line)
    return "1" if at == 0 else str(min(6, 2 + numbered[1].count("."))) if numbered else "2"
