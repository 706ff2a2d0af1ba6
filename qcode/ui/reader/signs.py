"""What stands beside the words of a source: who speaks and when, where pages begin, comments, what is not data."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from qcode.text.span import Span, SpanKind
from qcode.text.stretches import Stretch, merged

_SHOWN = (SpanKind.SPEAKER, SpanKind.TIME, SpanKind.PAGE, SpanKind.COMMENT)
_MEASURED = 300  # names whose width is asked for


@dataclass(frozen=True, slots=True)
class Label:
    """Words in the gutter beside the line that holds `offset`; `whole` is what a tip says of them."""

    offset: int
    kind: SpanKind
    words: str
    whole: str


class Signs:
    """Answer which signs belong to a stretch; made once a source, and anew when its spans change."""

    __slots__ = (
        "_begun",
        "_comments",
        "_ends",
        "_labels",
        "_places",
        "_starts",
        "_turns",
        "not_data",
        "pages",
        "widest",
    )

    def __init__(self, spans: Sequence[Span] = ()) -> None:
        self._labels = sorted(
            (Label(span.start, span.kind, shown, _whole(span)) for span in spans if (shown := _words(span))),
            key=lambda one: (one.offset, _SHOWN.index(one.kind)),
        )
        self._places = [label.offset for label in self._labels]
        self._turns = sorted(span for span in spans if span.kind is SpanKind.SPEAKER and span.value)
        self._begun = [turn.start for turn in self._turns]
        self._comments = [span for span in spans if span.kind is SpanKind.COMMENT and span.value]
        self.not_data: list[Stretch] = merged((s.start, s.end) for s in spans if s.kind is SpanKind.NOT_DATA)
        self._starts = [start for start, _ in self.not_data]
        self._ends = [end for _, end in self.not_data]
        self.pages = [(span.value, span.start) for span in spans if span.kind is SpanKind.PAGE and span.value]
        self.widest = _widest(self._labels)

    def labels(self, start: int, end: int) -> list[Label]:
        """List what stands beside a paragraph [start, end]; of the times of its cues only the first."""
        found = self._labels[bisect_left(self._places, start) : bisect_right(self._places, end)]
        if len(found) > 1:
            first = next((label for label in found if label.kind is SpanKind.TIME), None)
            found = [label for label in found if label.kind is not SpanKind.TIME or label is first]
        return found

    def out(self, start: int, end: int) -> list[Stretch]:
        """List what of [start, end) is not data."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return [(max(start, low), min(end, high)) for low, high in self.not_data[first:last]]

    def told(self, offset: int) -> list[str]:
        """Say in words what a character belongs to: a turn, comments, and whether it is not data."""
        said: list[str] = []
        turn = bisect_right(self._begun, offset) - 1
        if turn >= 0 and offset < self._turns[turn].end:
            said.append(
                QCoreApplication.translate("SourceView", "Turn of {speaker}").format(speaker=self._turns[turn].value)
            )
        said += [_whole(span) for span in self._comments if span.start <= offset < max(span.end, span.start + 1)]
        if self.out(offset, offset + 1):
            said.append(QCoreApplication.translate("SourceView", "Not data"))
        return said


def _words(span: Span) -> str:
    """Write a sign as it is shown: a name as it is, a time without its fractions, a page with a word before it."""
    if span.kind not in _SHOWN or not span.value:
        return ""
    value = " ".join(span.value.split())
    if span.kind is SpanKind.TIME:
        return value.split(".")[0].removeprefix("00:")
    if span.kind is SpanKind.COMMENT:
        return QCoreApplication.translate("SourceView", "comment")
    if span.kind is SpanKind.PAGE:
        return QCoreApplication.translate("SourceView", "p. {number}").format(number=value)
    return value


def _whole(span: Span) -> str:
    if span.kind is SpanKind.COMMENT:
        return QCoreApplication.translate("SourceView", "Comment by {words}").format(words=span.value)
    return _words(span)


def _widest(labels: Iterable[Label]) -> tuple[str, ...]:
    """Choose the labels that may be the widest; times and pages are as wide as they are long."""
    names = dict.fromkeys(label.words for label in labels if label.kind is SpanKind.SPEAKER)
    others = [label.words for label in labels if label.kind is not SpanKind.SPEAKER]
    return (*list(names)[:_MEASURED], *([max(others, key=len)] if others else []))
