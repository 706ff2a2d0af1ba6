"""Make sentences whole again that the end of a page or of a line broke: no word is lost, and notes follow."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from qcode.text.span import Span, SpanKind

# A sentence ends here: its sign, closing quotes and brackets, the mark of a note ("3", "[3]", "³").
_ENDS = re.compile(r"""[.!?…:。！？؟।](?:["'”’»)\]*_†‡]|\[[\w*†‡]{1,4}\]|[⁰¹²³⁴-⁹]|\d)*+$""")
_FIRST_LETTER = re.compile(r"[\"'“‘«„‚(\[]*([^\W\d_])")
_ITEM = re.compile(r"[ \t]*(?:(?:[-–—•*+]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])[ \t]|\S+[ \t]*:[ \t]|[>|#])|.*\t")
# What may stand between the two halves of a sentence: a line across, notes, the caption of a picture.
_RULE = re.compile(r"(?:[-–—_*] ?){3,}")
_NOTE = re.compile(r"\[[\w*†‡]{1,4}\]|[⁰¹²³⁴-⁹*†‡§]|\d{1,3}[ .)]|(?:Fig|Abb|Tab|Note|Source|Quelle)\w*[ .:]")
_TAIL, _HEAD = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
_BETWEEN = 4
_LONG = 60  # characters that a paragraph has before its end can be taken for a broken one
_VERY_LONG = 120  # where no blank line parts paragraphs, verses are shorter
_WIDEST = 110  # characters of a line that a program broke
_SLACK = 3
_TELLING = 8  # lines at the end of a paragraph that are looked at


@dataclass(frozen=True, slots=True)
class Mended:
    """The text, its spans, and how many paragraphs and lines were joined."""

    text: str
    spans: tuple[Span, ...]
    paragraphs: int
    lines: int

    def notes(self) -> tuple[str, ...]:
        """Say in sentences what was done."""
        said = []
        if self.lines:
            said.append(f"Lines that had been broken at the width of a page were joined: {self.lines:,}.")
        if self.paragraphs:
            said.append(f"Paragraphs broken in the middle of a sentence were made whole: {self.paragraphs:,}.")
        return tuple(said) or ("No sentence was found that the end of a page or line had broken.",)


@dataclass(slots=True)
class _Paragraph:
    """Stretches of the old text that are one paragraph; `gap` is what stood before it."""

    parts: list[tuple[int, int]]
    gap: str
    is_text: bool


def mend(text: str, spans: Iterable[Span]) -> Mended:
    """Join what was broken. A heading, an item of a list, a line of a table and a speaker's turn are never joined."""
    old = tuple(spans)
    headings = {span.start for span in old if span.kind is SpanKind.HEADING}
    paragraphs, lines = _paragraphs(text, headings)
    whole = _join(text, paragraphs)
    joined = len(paragraphs) - len(whole)
    words = Counter(match[0].lower() for match in _HEAD.finditer(text)) if lines or joined else Counter[str]()
    made, places = _written(text, whole, words)
    starts = [place[0] for place in places]
    moved = (span for one in old if (span := _moved(one, places, starts)))
    return Mended(made, tuple(sorted(moved)), joined, lines)


def _paragraphs(text: str, headings: set[int]) -> tuple[list[_Paragraph], int]:
    """Divide the text into paragraphs: lines, or what lines of one width make up; give how many were joined."""
    lines = list(_lines(text))
    width = _width(text, lines)
    made: list[_Paragraph] = []
    joined, before = 0, 0
    for start, end in lines:
        gap = text[before:start]
        goes_on = width and made and made[-1].is_text and gap == "\n" and start not in headings
        if goes_on and _is_full(text, made[-1].parts[-1], (start, end), width):
            made[-1].parts.append((start, end))
            joined += 1
        else:
            is_text = start not in headings and not _ITEM.match(text, start, end)
            made.append(_Paragraph([(start, end)], gap, is_text))
        before = end
    return made, joined


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\f]*\S[^\n\f]*", text):
        yield match.start(), match.end()


def _width(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """Tell how wide the lines of a text are that a program broke at a width; 0 for a text of whole paragraphs."""
    inner = [one[1] - one[0] for one, other in pairwise(lines) if text[one[1] : other[0]] == "\n"]
    if len(inner) < 3 or 2 * len(inner) < len(lines):
        return 0
    width = sorted(inner)[len(inner) * 49 // 50]
    full = sum(length >= 0.75 * width for length in inner)
    return width if width <= _WIDEST and 4 * full >= 3 * len(inner) else 0


def _is_full(text: str, line: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """Tell whether a line ended only since the next word had no place in it."""
    if _ITEM.match(text, *after) or text[after[0]].isspace():
        return False
    first = text[slice(*after)].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(first) > width - _SLACK


def _join(text: str, paragraphs: Sequence[_Paragraph]) -> list[_Paragraph]:
    """Join paragraphs that go on after a page, and put what stood between after them."""
    made: list[_Paragraph] = []
    following = deque(paragraphs)
    while following:
        here = following.popleft()
        while (there := _continuation(text, here, following)) is not None:
            here.parts += following[there].parts
            del following[there]
        made.append(here)
    return made


def _continuation(text: str, here: _Paragraph, following: Sequence[_Paragraph]) -> int | None:
    """Tell which of the paragraphs that follow goes on with this one; between may stand but notes and the like."""
    if not here.is_text or not _is_unfinished(text, here):
        return None
    after_rule = False
    for there in range(min(len(following), 1 + _BETWEEN)):
        other = following[there]
        words = text[slice(*other.parts[0])].strip()
        is_rule = _RULE.fullmatch(words) is not None
        may_follow = other.is_text and not is_rule and (there > 0 or _apart(other, here))
        if may_follow and (_begins_small(words) or (there == 0 and _is_wanted(text, here, words))):
            return there
        if not (is_rule or after_rule or _NOTE.match(words)):
            return None
        after_rule = is_rule
    return None


def _begins_small(words: str) -> bool:
    first = _FIRST_LETTER.match(words)
    return first is not None and first[1].islower()


def _is_unfinished(text: str, paragraph: _Paragraph) -> bool:
    start, end = paragraph.parts[-1]
    return _length(paragraph) >= _LONG and not _ENDS.search(text, max(start, end - _LONG), end)


def _length(paragraph: _Paragraph) -> int:
    """Give the length of a paragraph as far as it says whether it is a long one."""
    return sum(end - start for start, end in paragraph.parts[-_TELLING:])


def _apart(paragraph: _Paragraph, before: _Paragraph) -> bool:
    """Tell whether a blank line stands between, or both are too long for verses."""
    return (
        paragraph.gap.count("\n") > 1 or "\f" in paragraph.gap or min(_length(paragraph), _length(before)) >= _VERY_LONG
    )


def _is_wanted(text: str, paragraph: _Paragraph, after: str) -> bool:
    """Tell whether a sentence wants to go on even with a capital: a bracket stands open, or it ends with a comma."""
    words = "".join(text[start:end] for start, end in paragraph.parts[-_TELLING:])
    if words.count("(") > words.count(")"):
        closes = after.find(")")
        return closes >= 0 and "(" not in after[:closes]
    return words.endswith((",", ";", "–", "—"))


def _written(
    text: str, paragraphs: Sequence[_Paragraph], words: Counter[str]
) -> tuple[str, list[tuple[int, int, int]]]:
    """Write the paragraphs anew, and tell for each stretch of the old text (from, to) where it begins now."""
    out: list[str] = []
    places: list[tuple[int, int, int]] = []
    length = 0
    for paragraph in paragraphs:
        out.append(paragraph.gap)
        length += len(paragraph.gap)
        parts = [_trimmed(text, part) for part in paragraph.parts] if len(paragraph.parts) > 1 else paragraph.parts
        for (start, end), after in zip_longest(parts, parts[1:]):
            drop, sign = _between(text, (start, end), after, words) if after else (0, "")
            places.append((start, end - drop, length))
            out += (text[start : end - drop], sign)
            length += end - drop - start + len(sign)
    last = max((end for paragraph in paragraphs for _, end in paragraph.parts), default=0)
    return "".join(out) + text[last:], sorted(places)


def _trimmed(text: str, part: tuple[int, int]) -> tuple[int, int]:
    words = text[slice(*part)]
    start = part[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _between(text: str, part: tuple[int, int], after: tuple[int, int], words: Counter[str]) -> tuple[int, str]:
    """Tell how many signs go at the end of a line, a hyphen or none, and what is to stand before the next."""
    above = text[slice(*part)]
    if not above.endswith(("-", "\u2010", "\u00ad")):
        return 0, " "
    stem, rest = _TAIL.search(above[:-1]), _HEAD.match(text, *after)
    if not stem or not rest:
        return 0, " "
    one_word = above.endswith("\u00ad") or words[(stem[0] + rest[0]).lower()] > 0
    two_words = words[stem[0].lower()] > 1 and words[rest[0].lower()] > 1
    return int(rest[0].islower() and (one_word or not two_words)), ""


def _moved(span: Span, places: Sequence[tuple[int, int, int]], starts: Sequence[int]) -> Span | None:
    """Follow a span to where its words are now; one whose parts were moved apart is given up."""
    first = places[max(0, bisect_right(starts, span.start) - 1)]
    last = places[max(0, bisect_left(starts, span.end) - 1)]
    start = first[2] + min(max(span.start, first[0]), first[1]) - first[0]
    end = last[2] + min(max(span.end, last[0]), last[1]) - last[0]
    return replace(span, start=start, end=end) if start < end else None
