"""A quote with a few words before and after it, as a list of passages shows it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from qcode.project import Project, SourceId, sources
from qcode.project.evidence import Line
from qcode.text.breaks import Paragraphs, snap

REACH: Final = 56  # characters of context on each side; a word cut by it is left out
LONGEST: Final = 1_000  # characters of a quote shown whole; a longer one is shown by its beginning and its end
KEPT: Final = 8  # sources whose paragraphs are kept numbered


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote in one line of words, what stands around it, and the number of its paragraph (from 1)."""

    paragraph: int
    before: str
    quote: str
    after: str


class Surroundings:
    """Ask it for what stands around a passage; the texts asked for last are kept."""

    def __init__(self) -> None:
        self._texts: OrderedDict[SourceId, tuple[str, Paragraphs]] = OrderedDict()

    def forget(self) -> None:
        """Read the texts anew: sources came, went or were corrected."""
        self._texts.clear()

    def of(self, project: Project, line: Line) -> Shown:
        """Look a passage up in its source. Raises NotFound when the source is gone."""
        text, paragraphs = self._text(project, line.source)
        return Shown(
            paragraphs.number_at(line.start), before(text, line.start), shortened(line.quote), after(text, line.end)
        )

    def number_at(self, project: Project, source: SourceId, offset: int) -> int:
        """Tell the number of the paragraph at an offset of a source. Raises NotFound when the source is gone."""
        return self._text(project, source)[1].number_at(offset)

    def _text(self, project: Project, source: SourceId) -> tuple[str, Paragraphs]:
        if source not in self._texts:
            with project.read() as r:
                text = sources.text(r, source)
            self._texts[source] = text, Paragraphs(text)
            while len(self._texts) > KEPT:
                self._texts.popitem(last=False)
        self._texts.move_to_end(source)
        return self._texts[source]


def before(text: str, start: int) -> str:
    """Give the words before an offset, from the same paragraph; an ellipsis stands for those left out."""
    begin = max(0, start - REACH)
    line = text.rfind("\n", begin, start) + 1
    if line or begin == 0:
        return _flat(text[max(line, begin) : start].lstrip())
    if not text[begin - 1].isspace():  # in the middle of a word, which is left out
        blank = next((place for place in range(begin, start) if text[place].isspace()), None)
        begin = snap(text, begin, start)[0] if blank is None else blank
    return "…" + _flat(text[begin:start].lstrip())


def after(text: str, end: int) -> str:
    """Give the words after an offset, from the same paragraph; an ellipsis stands for those left out."""
    stop = min(len(text), end + REACH)
    line = text.find("\n", end, stop)
    if line >= 0 or stop == len(text):
        return _flat(text[end : line if line >= 0 else stop].rstrip())
    if not text[stop].isspace():
        blank = next((place for place in reversed(range(end, stop)) if text[place].isspace()), None)
        stop = snap(text, end, stop)[1] if blank is None else blank
    return _flat(text[end:stop].rstrip()) + "…"


def shortened(quote: str) -> str:
    """Show a quote whole, in one line of words; one that would fill the pane by its beginning and its end."""
    if len(quote) <= LONGEST:
        return _flat(quote)
    head, tail = quote[: LONGEST * 2 // 3], quote[-LONGEST // 3 :]
    head = head.rsplit(None, 1)[0] if len(head.split(None, 1)) == 2 else head
    tail = tail.split(None, 1)[-1]
    return f"{_flat(head.rstrip())} […] {_flat(tail)}"


def _flat(words: str) -> str:
    """Turn line breaks and tabs into spaces, and nothing else: the words are shown as they stand."""
    return words.replace("\n", " ").replace("\t", " ")
