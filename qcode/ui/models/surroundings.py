"""A quote with a few words before and after it, as a list of passages shows it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from qcode.project import Project, SourceId, sources
from qcode.project.evidence import Line
from qcode.text.around import after, before, flat
from qcode.text.breaks import Paragraphs

LEAD: Final = 36  # characters before a place where there is little room
LONGEST: Final = 1_000  # characters of a quote shown whole; a longer one is shown by its beginning and its end
KEPT: Final = 8  # sources whose paragraphs are kept numbered


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote in one line of words, what stands around it, and the number of its paragraph (from 1).

    A passage that waits for review has only its words; its paragraph is 0.
    """

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
        if line.start is None or line.end is None:
            return Shown(0, "", shortened(line.quote), "")
        text, paragraphs = self._text(project, line.source)
        return Shown(
            paragraphs.number_at(line.start), before(text, line.start), shortened(line.quote), after(text, line.end)
        )

    def at(self, project: Project, source: SourceId, start: int, end: int) -> Shown:
        """Look a place up that nobody may have coded; it begins in the first or second line of a narrow pane.

        Raises NotFound when the source is gone.
        """
        text, paragraphs = self._text(project, source)
        quote = shortened(text[start:end])
        return Shown(paragraphs.number_at(start), before(text, start, LEAD), quote, after(text, end))

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


def shortened(quote: str) -> str:
    """Show a quote whole, in one line of words; one that would fill the pane by its beginning and its end."""
    if len(quote) <= LONGEST:
        return flat(quote)
    head, tail = quote[: LONGEST * 2 // 3], quote[-LONGEST // 3 :]
    head = head.rsplit(None, 1)[0] if len(head.split(None, 1)) == 2 else head
    tail = tail.split(None, 1)[-1]
    return f"{flat(head.rstrip())} […] {flat(tail)}"
