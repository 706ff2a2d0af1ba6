"""The sections of a text: what stands below each of its headings, and where its notes and references are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qcode.text.span import Span, SpanKind

# What stands around a study and is not its data, as its title is written in the languages of our first users.
_AROUND = (
    "notes|endnotes|footnotes|references|works cited|bibliography|acknowledgements?|acknowledgments?|"
    "anmerkungen|endnoten|fußnoten|literatur|literaturverzeichnis|quellenverzeichnis|danksagung|"
    "notes de fin|références|bibliographie|remerciements|notas|referencias|bibliografía|agradecimientos|"
    "примечания|сноски|литература|список литературы|библиография|благодарности"
)
_AROUND_TITLE = re.compile(rf"[\W\d_]*(?:{_AROUND})\W*", re.IGNORECASE)
_TITLE_LINE = re.compile(rf"^[\W\d_]{{0,12}}(?:{_AROUND})\W{{0,6}}$", re.IGNORECASE | re.MULTILINE)
# How the readers write down notes that have no title in their file.
_NOTES_RULE = re.compile(r"^---\n+(?=\[(?:1|i)\] )", re.MULTILINE)
RULE_TITLE = "Notes"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands below it: from its first character up to the next heading of its level or above.

    `around` tells that its title names notes, references or thanks: what stands around the data.
    """

    title: str
    level: int
    start: int
    end: int
    around: bool = False


def is_around(title: str) -> bool:
    """Tell whether a title names what stands around a study: notes, references, thanks."""
    return _AROUND_TITLE.fullmatch(title) is not None


def sections(text: str, spans: Iterable[Span]) -> list[Section]:
    """List the sections in order; titles of notes and references count also where nothing marks them as headings."""
    titles = sorted({*_headings(text, spans), *_notes_of_readers(text)})
    marked = [(start, end) for start, end, _, _ in titles]
    titles = sorted({*titles, *_bare_titles(text, marked)})
    return [
        Section(title, level, start, _end(titles, place, len(text)), is_around(title))
        for place, (start, _, level, title) in enumerate(titles)
    ]


_Title = tuple[int, int, int, str]  # start, end, level, words


def _headings(text: str, spans: Iterable[Span]) -> Iterator[_Title]:
    for span in spans:
        if span.kind is SpanKind.HEADING and (words := " ".join(text[span.start : span.end].split())):
            yield span.start, span.end, int(span.value) if span.value.isdecimal() else 1, words


def _notes_of_readers(text: str) -> Iterator[_Title]:
    found = _NOTES_RULE.search(text)
    if found:
        yield found.start(), found.start() + 3, 1, RULE_TITLE


def _bare_titles(text: str, marked: Sequence[tuple[int, int]]) -> Iterator[_Title]:
    for found in _TITLE_LINE.finditer(text):
        start, end = found.span()
        if not any(begin <= end and stop >= start for begin, stop in marked):
            words = found[0].strip()
            yield found.start() + found[0].index(words), end, 1, words


def _end(titles: Sequence[_Title], place: int, length: int) -> int:
    level = titles[place][2]
    return next((start for start, _, other, _ in titles[place + 1 :] if other <= level), length)
