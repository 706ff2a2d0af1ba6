"""Quotes with where they stand, in a form that the researcher chose: as plain words and as rich text.

A form is a text with fields in braces: “{quote}” ({cite}[, p. {page}]). What stands in square brackets is left out
when one of its fields has nothing to say; brackets may stand in brackets. A backslash makes a sign mean itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate, pairwise
from typing import Final

from qcode.errors import InvalidInput
from qcode.exchange.passages import WAITS
from qcode.progress import Progress, quiet
from qcode.project import PassageId, Reading, SourceId, passages, sources, translations
from qcode.text.breaks import Paragraphs
from qcode.text.span import Span, SpanKind

FIELDS: Final = {
    "quote": "the words",
    "cite": "what the source is cited as, else its name",
    "title": "the title of the source",
    "source": "the name of the source",
    "page": "the page: 12, or 12–13",
    "pages": "the page with its sign: p. 12, or pp. 12–13",
    "paragraph": "the number of the paragraph: 14, or 14–15",
    "line": "the number of the line, empty ones counted",
    "speaker": "who speaks",
    "turn": "the number of the turn: how often somebody began to speak",
    "time": "when it was said",
    "translation": "the translation kept with the passage",
    "translator": "who translated it",
}
_TRANSLATION: Final = "[\n“{translation}”[ (transl. {translator})]]"
PRESETS: Final = {
    "Source and paragraph": "“{quote}” ({cite}, ¶{paragraph})" + _TRANSLATION,
    "Source and page": "“{quote}” ({cite}[, {pages}])" + _TRANSLATION,
    "Interview: who and when": "“{quote}” ({cite}[, {speaker}][, turn {turn}][, {time}])" + _TRANSLATION,
    "All that is known": "“{quote}” ({cite}[, {pages}], ¶{paragraph}[, {speaker}][, {time}])" + _TRANSLATION,
    "Reference first": "{cite}[, {pages}], ¶{paragraph}:\n“{quote}”" + _TRANSLATION,
}
DEFAULT: Final = PRESETS["All that is known"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is to be quoted: a stretch of a source in code points; the translation of a passage goes along.

    A passage that waits for review has no place; its words are quoted as they were.
    """

    source: SourceId
    start: int | None
    end: int | None
    passage: PassageId | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quotes ready for the clipboard: as plain words, and as HTML that keeps bold and italic."""

    plain: str
    html: str


def quoted(r: Reading, chosen: Iterable[Stretch], form: str = DEFAULT, progress: Progress = quiet) -> Quoted:
    """Write quotes in a form, an empty line between two; the same stretch twice is written once.

    Raises InvalidInput when the form is none, NotFound when a source is gone.
    """
    made = parse(form)
    stretches = list(dict.fromkeys(chosen))
    ids = [stretch.passage for stretch in stretches if stretch.passage is not None]
    translated = translations.of_passages(r, ids)
    known: dict[SourceId, _Source] = {}
    plain: dict[str, None] = {}
    rich: dict[str, None] = {}
    for done, stretch in enumerate(stretches):
        progress(done, len(stretches), "")
        if stretch.source not in known:
            known[stretch.source] = _Source(r, stretch.source)
        there = known[stretch.source]
        translation, translator = translated.get(stretch.passage or PassageId(0), ("", ""))
        kept = {"translation": translation, "translator": translator}
        if stretch.start is None or stretch.end is None:
            said = there.unplaced(_words_of(r, stretch)) | kept
            marked = {field: escape(value) for field, value in said.items()}
        else:
            said = there.fields(stretch.start, stretch.end) | kept
            marked = {field: escape(value) for field, value in said.items()}
            marked["quote"] = there.emphasised(stretch.start, stretch.end)
        plain[made.fill(said)] = None
        rich[made.fill(marked, escape).replace("\n", "<br>")] = None
    html = "".join(f'<p dir="auto" style="white-space: pre-wrap">{words}</p>' for words in rich)
    return Quoted("\n\n".join(plain), html)


def _words_of(r: Reading, stretch: Stretch) -> str:
    return passages.get(r, stretch.passage).quote if stretch.passage is not None else ""


def example(form: str) -> str:
    """Show what a form makes of an invented passage of which everything is known. Raises InvalidInput."""
    return parse(form).fill(_EXAMPLE)


_EXAMPLE: Final = {
    "quote": "Nous avons tout noté.",
    "cite": "Orha 2024",
    "title": "The paper room",
    "source": "Interview 3",
    "page": "12",
    "pages": "p. 12",
    "paragraph": "14",
    "line": "27",
    "speaker": "Ms Orha",
    "turn": "8",
    "time": "00:04:10",
    "translation": "We wrote everything down.",
    "translator": "Rosa",
}


# ---- forms -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Field:
    name: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form taken apart: words, fields, and portions that may be left out."""

    parts: tuple[str | _Field | Form, ...]

    def fill(self, said: Mapping[str, str], write: Callable[[str], str] = str) -> str:
        """Put what is known into the form; `write` prepares the words of the form itself."""
        out = []
        for part in self.parts:
            if isinstance(part, Form):
                out.append(part.fill(said, write) if part._is_known(said) else "")
            else:
                out.append(said[part.name] if isinstance(part, _Field) else write(part))
        return "".join(out)

    def fields(self) -> Iterator[str]:
        """Name the fields in it."""
        for part in self.parts:
            if isinstance(part, Form):
                yield from part.fields()
            elif isinstance(part, _Field):
                yield part.name

    def _is_known(self, said: Mapping[str, str]) -> bool:
        return all(said[part.name] for part in self.parts if isinstance(part, _Field))


_TOKEN = re.compile(r"\\([\\\[\]{}])|\{([^{}]*)\}|([\[\]])|([^\\\[\]{}]+)|(.)", re.DOTALL)


def parse(form: str) -> Form:
    """Take a form apart. Raises InvalidInput, saying where, when it cannot be used."""
    open_: list[list[str | _Field | Form]] = [[]]
    for escaped, field, bracket, words, stray in _TOKEN.findall(form):
        if bracket == "[":
            open_.append([])
        elif bracket == "]" and len(open_) > 1:
            inner = Form(tuple(open_.pop()))
            open_[-1].append(inner)
        elif bracket or stray:
            sign = bracket or stray
            raise InvalidInput(f"The sign {sign} has no partner in this form.", f"Write \\{sign} for the sign itself.")
        elif escaped or words:
            open_[-1].append(escaped or words)
        elif field in FIELDS:
            open_[-1].append(_Field(field))
        else:
            raise InvalidInput(f"There is no field {{{field}}}.", f"There is {', '.join(FIELDS)}.")
    if len(open_) > 1:
        raise InvalidInput("A square bracket is not closed in this form.", "Write \\[ for the sign itself.")
    made = Form(tuple(open_[0]))
    if "quote" not in made.fields():
        raise InvalidInput("The words themselves are missing in this form.", "Put {quote} where they should stand.")
    return made


# ---- what is known of a stretch --------------------------------------------------------------------------------------


class _Source:
    """What a source knows of its places; made once for all quotes of it."""

    def __init__(self, r: Reading, source: SourceId) -> None:
        there = sources.get(r, source)
        self._text = sources.text(r, source)
        self._said = {"cite": there.cite_as or there.name, "title": there.title or there.name, "source": there.name}
        self._paragraphs = Paragraphs(self._text)
        self._lines = [0, *accumulate(len(line) + 1 for line in self._text.split("\n")[:-1])]
        spans = sources.spans(r, source)
        self._pages, self._times = _of(spans, SpanKind.PAGE), _of(spans, SpanKind.TIME)
        self._turns = _of(spans, SpanKind.SPEAKER)
        self._numbers = _numbered(self._turns)
        self._emphasis = [span for span in spans if span.kind in _TAGS]
        self._reach = list(accumulate((span.end for span in self._emphasis), max))  # how far all up to each one go

    def fields(self, start: int, end: int) -> dict[str, str]:
        """Say what is known of a stretch; what is not is empty."""
        last = max(start, end - 1)
        pages = list(dict.fromkeys(span.value for at in (start, last) if (span := _at(self._pages, at))))
        speaker, time = _at(self._turns, start), _at(self._times, start)
        page = "–".join(pages)
        return {
            **self._said,
            "quote": self._text[start:end],
            "page": page,
            "pages": f"{'pp.' if len(pages) > 1 else 'p.'} {page}" if page else "",
            "paragraph": _range(self._paragraphs.number_at(start), self._paragraphs.number_at(last)),
            "line": _range(bisect_right(self._lines, start), bisect_right(self._lines, last)),
            "speaker": speaker.value if speaker else "",
            "turn": str(self._numbers[speaker.start]) if speaker else "",
            "time": time.value if time else "",
        }

    def unplaced(self, quote: str) -> dict[str, str]:
        """Say what is known of words whose place is in doubt."""
        unknown = dict.fromkeys(("page", "pages", "line", "speaker", "turn", "time"), "")
        return {**self._said, **unknown, "quote": quote, "paragraph": f"? {WAITS}"}

    def emphasised(self, start: int, end: int) -> str:
        """Write the words as HTML, bold and italic where the source is."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._emphasis, end, key=lambda span: span.start)
        inside = [span for span in self._emphasis[first:last] if span.end > start]
        cuts = sorted({start, end, *(at for span in inside for at in (span.start, span.end) if start < at < end)})
        out = []
        for left, right in pairwise(cuts):
            tags = dict.fromkeys(_TAGS[span.kind] for span in inside if span.start <= left and right <= span.end)
            words = escape(self._text[left:right])
            for tag in tags:
                words = f"<{tag}>{words}</{tag}>"
            out.append(words)
        return "".join(out)


_TAGS: Final = {SpanKind.BOLD: "b", SpanKind.ITALIC: "i"}


def _of(spans: Iterable[Span], kind: SpanKind) -> list[Span]:
    return [span for span in spans if span.kind is kind and span.value]


def _at(spans: Sequence[Span], at: int) -> Span | None:
    """Find the span in which a place lies; spans of these kinds follow one another."""
    found = bisect_right(spans, at, key=lambda span: span.start) - 1
    return spans[found] if found >= 0 and at < spans[found].end else None


def _numbered(turns: Iterable[Span]) -> dict[int, int]:
    """Number turns by where they start, from 1: several paragraphs of one speaker in a row are one turn."""
    numbers: dict[int, int] = {}
    number, before = 0, ""
    for turn in turns:
        number += turn.value != before
        numbers[turn.start], before = number, turn.value
    return numbers


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
