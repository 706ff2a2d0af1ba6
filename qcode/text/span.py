"""A stretch of a source's text that carries meaning of its own: a heading, emphasis, a page, a speaker."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SpanKind(StrEnum):
    """What a stretch of text is."""

    HEADING = "heading"
    BOLD = "bold"
    ITALIC = "italic"
    PAGE = "page"
    SPEAKER = "speaker"
    TIME = "time"
    NOT_DATA = "not data"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch from `start` up to, not including, `end` (code points of the canonical text).

    `value` says more where the kind needs it: the level of a heading ("1" to "6"), the name of a speaker, what a
    comment says.
    """

    start: int
    end: int
    kind: SpanKind
    value: str = ""
