"""Write the paragraphs of a PDF as one text: words divided at line ends joined, pages, headings and emphasis kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qcode.readers.flow import SOFT_HYPHEN, Flow
from qcode.readers.pdf_lines import Line
from qcode.readers.pdf_paragraphs import Measures, Paragraph, leads_to_page
from qcode.readers.pdf_words import BOLD, DIVIDED, ITALIC
from qcode.text.span import Span, SpanKind

_HYPHENS = ("-", "\u2010", SOFT_HYPHEN, DIVIDED)
_LETTERS = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011'’][^\W\d_]+)*")
_TAIL = re.compile(r"[^\W\d_]+$")
_HEAD = re.compile(r"[^\W\d_]+")
# "pre- and post-war": the hyphen stands for the rest of a word to come.
_AND = frozenset(("and", "or", "und", "oder", "bis", "sowie", "et", "ou", "y", "o", "e", "to", "en", "of", "и", "или"))
_KEEP_THEIR_HYPHEN = frozenset(("self", "quasi", "well"))
# A line broken after a slash or a dash that stands close, before such a dash, within "12–15" or within an address.
_NO_GAP = re.compile(r"(?:/|\S\u2014)\n|\n\u2014\w|\d\u2013\n\d|://\S*\n[_?&=#%/]")
# Scripts that set no space between words.
_NO_SPACE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u0e00-\u0eff]")


@dataclass(slots=True)
class Written:
    """The text with its spans, and what was done at the ends of lines."""

    text: str
    spans: tuple[Span, ...]
    joined: int = 0
    kept: int = 0


@dataclass(slots=True)
class _Vocabulary:
    """How often each word stands within a line of this file, to tell a divided word from one with a hyphen."""

    words: Counter[str] = field(default_factory=Counter)
    balance: int = 0  # words certainly divided at a line's end, less those that have a hyphen anyway

    def add(self, paragraphs: Iterable[Paragraph]) -> None:
        lines = (part.line.words[:-1] for paragraph in paragraphs for part in paragraph.parts)
        text = " ".join(word.text for line in lines for word in line)
        self.words.update(_LETTERS.findall(text.lower().replace("\u2010", "-")))

    def is_one_word(self, stem: str, rest: str) -> bool:
        """Judge whether two halves are one word without a hyphen."""
        known = self._as_elsewhere(stem, rest)
        if known is not None:
            return known
        if stem.lower() in _KEEP_THEIR_HYPHEN:
            return False
        # A file whose program divides no words has at its line ends only hyphens that belong there.
        are_words = self.words[stem.lower()] and self.words[rest.lower()]
        return self.balance > 0 or (self.balance == 0 and not are_words)

    def weigh(self, ends: Iterable[tuple[str, str]]) -> None:
        """Learn from those ends of lines that are certain whether this file divides words."""
        for stem, rest in ends:
            known = self._as_elsewhere(stem, rest)
            self.balance += 0 if known is None else 1 if known else -1

    def _as_elsewhere(self, stem: str, rest: str) -> bool | None:
        whole, divided = self.words[(stem + rest).lower()], self.words[f"{stem}-{rest}".lower()]
        return whole >= divided if whole or divided else None


def _halves(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, str]]:
    """Give the letters before and after each hyphen at the end of a line."""
    for paragraph in paragraphs:
        for part, after in pairwise(paragraph.parts):
            word = part.line.words[-1].text
            if word.endswith(_HYPHENS):
                stem, rest = _TAIL.search(word[:-1]), _HEAD.match(after.line.words[0].text)
                if stem and rest:
                    yield stem[0], rest[0]


def write(paragraphs: Sequence[Paragraph], names: Sequence[str], measures: Measures, *, keep_hyphens: bool) -> Written:
    """Write all paragraphs; `names` are those of the pages, by index."""
    return _Writer(paragraphs, names, measures, keep_hyphens=keep_hyphens).write()


class _Writer:
    def __init__(
        self, paragraphs: Sequence[Paragraph], names: Sequence[str], measures: Measures, *, keep_hyphens: bool
    ) -> None:
        self._paragraphs, self._names, self._measures = paragraphs, names, measures
        self._keep_hyphens = keep_hyphens
        self._flow = Flow()
        self._vocabulary = _Vocabulary()
        self._levels = _levels(paragraphs, measures)
        self._page, self._page_start = -1, 0
        self._done = Written("", ())

    def write(self) -> Written:
        halves = list(_halves(self._paragraphs))
        if halves:
            self._vocabulary.add(self._paragraphs)
            self._vocabulary.weigh(halves)
        after_row = False
        for paragraph in self._paragraphs:
            level = self._levels.get(_look(paragraph), 0) if _is_heading(paragraph, self._measures) else 0
            is_row = bool(paragraph.parts[0].line.tabs)
            self._flow.block(tight=is_row and after_row, heading=str(level or ""))
            after_row = is_row
            self._paragraph(paragraph)
        self._flow.end()
        self._turn_page(-1, self._flow.page.length)
        self._done.text, self._done.spans = self._flow.page.text, self._flow.spans()
        return self._done

    def _paragraph(self, paragraph: Paragraph) -> None:
        parts = paragraph.parts
        waiting, look, gap = "", (0, 0), ""  # what looks alike and stands on one page is written at once
        for index, part in enumerate(parts):
            after = parts[index + 1].line.words[0].text if index + 1 < len(parts) else ""
            last, line_gap = self._line_end(part.line.words[-1].text, after)
            for text, style, sign in _runs(part.line, last, line_gap):
                if waiting and (look != (style, part.page) or gap == "\t"):
                    self._write(waiting, *look)
                    if gap:
                        self._flow.gap(gap)
                    waiting = gap = ""
                waiting, look, gap = f"{waiting}{gap}{text}", (style, part.page), sign
        if waiting:
            self._write(waiting, *look)

    def _write(self, text: str, style: int, page: int) -> None:
        text, style = text.replace(DIVIDED, "-"), style & ~self._measures.style
        before = self._flow.page.length
        self._flow.words(text, bold=bool(style & BOLD), italic=bool(style & ITALIC))
        end = self._flow.page.length
        if page != self._page and end > before:
            self._turn_page(page, end - len(text.replace(SOFT_HYPHEN, "")), until=before)

    def _turn_page(self, page: int, start: int, *, until: int | None = None) -> None:
        if self._page >= 0:
            end = start if until is None else until
            self._flow.page.spans.append(Span(self._page_start, end, SpanKind.PAGE, self._names[self._page]))
        self._page, self._page_start = page, start

    def _line_end(self, text: str, after: str) -> tuple[str, str]:
        """Give the last word of a line as it is to be written before the first of the next, and what comes between."""
        if not after:
            return text, ""
        if text.endswith(_HYPHENS) and len(text) > 1:
            return self._divided(text[:-1], after, is_soft=text.endswith(SOFT_HYPHEN))
        may_stand_close = text[-1] in "/\u2013\u2014" or after[0] in "\u2014_?&=#%/"
        if (may_stand_close and _NO_GAP.search(f"{text}\n{after}")) or (
            _NO_SPACE.match(text[-1]) and _NO_SPACE.match(after)
        ):
            return text, ""
        return text, " "

    def _divided(self, word: str, after: str, *, is_soft: bool) -> tuple[str, str]:
        stem, rest = _TAIL.search(word), _HEAD.match(after)
        if self._keep_hyphens:
            return word + "-", ""
        if is_soft:
            self._done.joined += 1
            return word, ""
        if not stem or not rest:
            return word + "-", "" if word[-1].isalnum() else " "
        if rest[0].lower() in _AND:
            return word + "-", " "
        if rest[0][0].islower() and self._vocabulary.is_one_word(stem[0], rest[0]):
            self._done.joined += 1
            return word, ""
        self._done.kept += 1
        return word + "-", ""


def _runs(line: Line, last: str, gap: str) -> Iterator[tuple[str, int, str]]:
    """Give the words of a line as far as they look alike and stand close, with what comes after them."""
    texts = [word.text for word in line.words]
    texts[-1] = last
    start = 0
    for index, (word, after) in enumerate(pairwise(line.words), 1):
        if index in line.tabs or word.style != after.style:
            yield " ".join(texts[start:index]), word.style, "\t" if index in line.tabs else " "
            start = index
    yield " ".join(texts[start:]), line.words[-1].style, gap


def _look(paragraph: Paragraph) -> tuple[int, bool]:
    return round(2 * paragraph.size), paragraph.is_bold


def _is_heading(paragraph: Paragraph, measures: Measures) -> bool:
    """Tell a heading by its larger letters, or by a line or two of bold ones that make no sentence."""
    is_large = paragraph.size >= 1.12 * measures.size
    is_bold = paragraph.is_bold and paragraph.size > 0.95 * measures.size and len(paragraph.parts) < 3
    if not (is_large or is_bold) or len(paragraph.parts) > 4 or paragraph.parts[0].line.tabs:
        return False
    text = paragraph.text
    if len(text) > 200 or not _LETTERS.search(text) or leads_to_page(text):
        return False
    return is_large or not text.endswith((".", ",", ";"))


def _levels(paragraphs: Sequence[Paragraph], measures: Measures) -> dict[tuple[int, bool], int]:
    """Number the looks of headings by their size, from 1 to 6."""
    looks = {_look(paragraph) for paragraph in paragraphs if _is_heading(paragraph, measures)}
    return {look: min(level, 6) for level, look in enumerate(sorted(looks, reverse=True), 1)}
