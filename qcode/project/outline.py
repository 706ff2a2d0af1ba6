"""The outline of a source: its headings, its speakers with their turns, its pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qcode.project import sources
from qcode.project.transaction import Change, Reading
from qcode.text.paragraphs import Paragraphs
from qcode.text.sections import sections
from qcode.text.span import Span, SpanKind
from qcode.text.stretches import Stretch

if TYPE_CHECKING:
    from qcode.model.values import SourceId

_WORDS = 90  # characters of a turn that are shown


class OutlineBy(StrEnum):
    """What an outline lists."""

    HEADINGS = "headings"
    SPEAKERS = "speakers"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an outline: words, the level (1 is outermost), the stretches it stands for, its paragraph's number.

    A heading stands for its section, a speaker for all turns.
    """

    words: str
    level: int
    stretches: tuple[Stretch, ...]
    paragraph: int

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.stretches[0][0]


def outline(r: Reading | Change, source: SourceId) -> dict[OutlineBy, list[Entry]]:
    """List what a source can be outlined by; what it has nothing of is not there. Raises NotFound."""
    text, spans = sources.text(r, source), sources.spans(r, source)
    numbers = Paragraphs(text)

    def entry(words: str, level: int, *stretches: Stretch) -> Entry:
        return Entry(words, level, stretches, max(1, numbers.number_at(stretches[0][0])))

    pages = (span for span in spans if span.kind is SpanKind.PAGE)
    found = {
        OutlineBy.HEADINGS: [entry(one.title, one.level, (one.start, one.end)) for one in sections(text, spans)],
        OutlineBy.SPEAKERS: [entry(*one) for one in _speakers(text, spans)],
        OutlineBy.PAGES: [
            entry(f"Page {span.value}" if span.value else "Page", 1, (span.start, span.end)) for span in pages
        ],
    }
    return {by: entries for by, entries in found.items() if entries}


def _speakers(text: str, spans: list[Span]) -> list[tuple[str, int, *tuple[Stretch, ...]]]:
    """List each speaker, in the order in which they first speak, and below each the beginnings of the turns."""
    turns: dict[str, list[Span]] = {}
    for span in spans:
        if span.kind is SpanKind.SPEAKER:
            turns.setdefault(span.value, []).append(span)
    lines: list[tuple[str, int, *tuple[Stretch, ...]]] = []
    for name, of_speaker in turns.items():
        lines.append((name, 1, *((turn.start, turn.end) for turn in of_speaker)))
        lines += [(_beginning(text, turn), 2, (turn.start, turn.end)) for turn in of_speaker]
    return lines


def _beginning(text: str, turn: Span) -> str:
    words = " ".join(text[turn.start : min(turn.end, turn.start + 3 * _WORDS)].split())
    label = f"{turn.value}:"
    words = words.removeprefix(label).lstrip() if words.casefold().startswith(label.casefold()) else words
    return words if len(words) <= _WORDS else f"{words[: _WORDS - 1].rstrip()}…"
