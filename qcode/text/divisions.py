"""What the spans of a text divide it into: sections below headings, turns of speakers, questions with their answers.

All functions take a canonical text and its spans and give stretches in code points, half-open, in the order of the
text, without white space at their ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import regex

from qcode.text.find import Spot
from qcode.text.span import Span, SpanKind

_ASKS = ("?", "？", "؟", ";", "\u037e")  # Greek asks with a semicolon
_NAMES = (":", "：")  # what surveys write after the name of a column
_NOT_SPACE = regex.compile(r"\S")
_LAST_NOT_SPACE = regex.compile(r"(?r)\S")
_DEEPEST = 6


class Kind(StrEnum):
    """By what a text is divided."""

    HEADING = "heading"
    SPEAKER = "speaker"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Division:
    """A part of a text under its name: a heading, a speaker, a question; `level` is that of a heading, else 0."""

    start: int
    end: int
    label: str
    level: int = 0


def divide(kind: Kind, text: str, spans: Iterable[Span]) -> list[Division]:
    """Divide a text by one of the kinds."""
    return _DIVIDERS[kind](text, sorted(spans))


def sections(text: str, spans: Sequence[Span]) -> list[Division]:
    """Give what stands below each heading, up to the next one of its level or above; nothing below: no section.

    The sections of the headings below it lie inside of it.
    """
    heads = [(span, _level(span)) for span in spans if span.kind is SpanKind.HEADING and _label(text, span)]
    found = []
    for place, (span, level) in enumerate(heads):
        end = next((other.start for other, its in heads[place + 1 :] if its <= level), len(text))
        inside = trimmed(text, span.end, end)
        if inside:
            found.append(Division(*inside, _label(text, span), level))
    return found


def turns(text: str, spans: Sequence[Span]) -> list[Division]:
    """Give what each speaker says until somebody else does, over several paragraphs too.

    Where only the name at the beginning is marked, the turn goes on to the next name or heading.
    """
    marks = [span for span in spans if span.kind is SpanKind.SPEAKER]
    stops = sorted({span.start for span in spans if span.kind in (SpanKind.SPEAKER, SpanKind.HEADING)})
    found: list[Division] = []
    for span in marks:
        end = span.end
        line_end = text.find("\n", end)
        if text[end : line_end if line_end >= 0 else len(text)].strip():
            after = bisect_right(stops, span.start)
            end = max(end, stops[after] if after < len(stops) else len(text))
        inside = trimmed(text, span.start, end)
        label = span.value or _label(text, span).rstrip(":").rstrip()
        if not inside:
            continue
        last = found[-1] if found else None
        if last and last.label == label and not text[last.end : inside[0]].strip():
            found[-1] = Division(last.start, max(last.end, inside[1]), label)
        else:
            found.append(Division(*inside, label))
    return found


def questions(text: str, spans: Sequence[Span]) -> list[Division]:
    """Give each question with its answers: a heading that asks, or bold words at the beginning of a line that ask or
    end in a colon, as those of a survey; up to the next question or heading.
    """
    asked = [span for span in spans if span.kind in (SpanKind.HEADING, SpanKind.BOLD) and _is_question(text, span)]
    stops = sorted({span.start for span in spans if span.kind is SpanKind.HEADING} | {span.start for span in asked})
    found: dict[int, Division] = {}
    for span in asked:
        after = bisect_right(stops, span.start)
        end = stops[after] if after < len(stops) else len(text)
        inside = trimmed(text, span.start, end)
        if inside and inside[1] > span.end:  # a question without an answer is nothing to code
            found.setdefault(inside[0], Division(*inside, _label(text, span).removesuffix(":").rstrip()))
    return list(found.values())


def trimmed(text: str, start: int, end: int) -> Spot | None:
    """Leave out the white space at both ends of a range; None when nothing is left."""
    first = _NOT_SPACE.search(text, start, end)
    last = _LAST_NOT_SPACE.search(text, start, end)
    return (first.start(), last.end()) if first and last else None


def _is_question(text: str, span: Span) -> bool:
    words = text[span.start : span.end].strip()
    if span.kind is SpanKind.HEADING:
        return words.endswith(_ASKS)
    begins = not text[text.rfind("\n", 0, span.start) + 1 : span.start].strip()
    return begins and words.endswith(_ASKS + _NAMES)


def _label(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _level(span: Span) -> int:
    return int(span.value) if span.value.isascii() and span.value.isdecimal() else _DEEPEST


_DIVIDERS: dict[Kind, Callable[[str, Sequence[Span]], list[Division]]] = {
    Kind.HEADING: sections,
    Kind.SPEAKER: turns,
    Kind.QUESTION: questions,
}
