"""Where sentences begin and end, within a paragraph.

Whether a full stop ends a sentence is judged from the word before it and the word after it alone, so no call has to
read a paragraph from its beginning. A dictionary would err less; this errs seldom, and always in the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from qcode.text.abbreviations import (
    ALWAYS_GO_ON,
    GO_ON_BEFORE_NUMBER,
    MAY_GO_ON,
    ORDINAL_FOLLOWERS,
    STARTERS,
    TITLES,
)
from qcode.text.graphemes import ceiling, floor, is_boundary

# `sentence_at` looks no further to either side: a longer "sentence" (a paragraph without stops) is cut there.
REACH = 10_000

# The white space of `str.isspace`, but the line feed.
_S = r"\t\x0b-\x0d\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_QUOTES = r"\"'”’“‘»›«‹"
# What may stand between the stop and the space and still belongs to the sentence: closing quotes and brackets,
# the marks of emphasis of plain text, and footnote marks: superscript, [12], [^n], <sup>12</sup>, digits on the line.
_AFTER = (
    rf"(?P<after>(?:[{_QUOTES})\]}}*_~¹²³⁰⁴-⁹†‡\u20dd\ufe0f]|\[\^?\w{{1,4}}\]"
    r"|(?<!\d)\d{1,3}(?!\w)|<sup>[^<\n]{1,8}</sup>){0,12}+)"
)
_WIDE_AFTER = r"(?P<after>[」』】）〉》〕”’\"'*_]{0,12}+)"
_BREAK = regex.compile(
    rf"""(?V1x)
      (?P<stop>(?<![.!?…])[.!?…‽؟۔।॥։።፧]++) {_AFTER} (?P<gap>[{_S}]++) (?=[^\n])
    | (?P<wide>(?<![。！？｡．])[。！？｡．]++) {_WIDE_AFTER} (?P<gap>[{_S}]*+) (?=[^\n])
    | (?P<line>\n[{_S}\n]*+) (?=.)
    """
)
# Where to try it. The plain engine finds these signs twenty times faster than the other would try its choices.
_MAYBE = re.compile("[.!?…‽؟۔।॥։።፧]+|[。！？｡．]+|\n")
_NOT_SPACE = regex.compile(rf"[^{_S}\n]")
_LAST_NOT_SPACE = regex.compile(rf"(?r)[^{_S}]")
_OPENERS = rf"[{_QUOTES}„‚¿¡(\[{{*_~–—\-]{{0,6}}+"
_NEXT = regex.compile(rf"{_OPENERS}(?P<word>[\p{{L}}\p{{M}}]+|\p{{N}})?", regex.V1)
_WORD_BEFORE = regex.compile(r"[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.\-№]*+$|№$", regex.V1)
_DOTTED = regex.compile(r"\p{L}(?:\.\-?\p{L}{1,2})+", regex.V1)
_ENUMERATOR = regex.compile(rf"[{_S}#>*+\-(]*+(?:\d{{1,3}}(?:\.\d{{1,3}})*+|[ivxlcIVXLC]{{1,6}}|\p{{L}})", regex.V1)
_LONGEST_WORD = 32
_NEAR = 500


def sentence_at(text: str, pos: int) -> tuple[int, int]:
    """Give the sentence at the position, without the white space around it; in white space, the nearest in the line.

    On a blank line the range is empty. It never reaches over the line, nor more than `REACH` to either side.
    """
    pos = min(max(pos, 0), len(text))
    low, high = _line(text, pos)
    first = _NOT_SPACE.search(text, low, high)
    last = _LAST_NOT_SPACE.search(text, low, high)
    if first is None or last is None:
        return pos, pos
    start, end = floor(text, first.start()), ceiling(text, last.end())
    near = _last_break(text, max(low, pos - _NEAR), pos) or _last_break(text, low, pos)
    return near or start, next((stop for stop, following in _breaks(text, near or start, high) if following > pos), end)


def next_sentence(text: str, pos: int) -> int:
    """Give the start of the next sentence after the position; the end of the text when there is none."""
    pos = min(max(pos, 0), len(text))
    # The stop may stand before the position, with white space between; the search must not miss it.
    last = _LAST_NOT_SPACE.search(text, 0, pos)
    low = max((last.end() if last else 0) - _LONGEST_WORD, 0)
    return next((start for start in _starts(text, low, len(text)) if start > pos), len(text))


def previous_sentence(text: str, pos: int) -> int:
    """Give the nearest start of a sentence before the position; 0 when there is none."""
    pos = min(max(pos, 0), len(text))
    reach = _NEAR
    while True:
        low = max(pos - reach, 0)
        found = max((start for start in _starts(text, low, pos) if start < pos), default=0)
        if found or low == 0:
            return found
        reach *= 8


def _line(text: str, pos: int) -> tuple[int, int]:
    low, high = max(pos - REACH, 0), min(pos + REACH, len(text))
    before, after = text.rfind("\n", low, pos), text.find("\n", pos, high)
    return (floor(text, low) if before < 0 else before + 1), (ceiling(text, high) if after < 0 else after)


def _last_break(text: str, low: int, pos: int) -> int:
    """Give the last start of a sentence after `low` that is not past the position, 0 when there is none."""
    found = 0
    for _, start in _breaks(text, low, pos):
        if start <= pos:
            found = start
    return found


def _starts(text: str, low: int, high: int) -> Iterator[int]:
    """Give the starts of sentences one by one, from a little after `low` on."""
    first = _NOT_SPACE.search(text) if low == 0 else None
    if first is not None:
        yield floor(text, first.start())
    yield from (start for _, start in _breaks(text, low, high))


def _breaks(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Give each end of a sentence or line before `high` with the start of the sentence that follows it."""
    at = low
    while maybe := _MAYBE.search(text, at, high):
        match = _BREAK.match(text, maybe.start())
        at = match.end() if match else maybe.end()
        if match is None:
            continue
        if match["line"] is not None:
            yield match.start(), floor(text, match.end())
        elif _ends_sentence(text, match) and is_boundary(text, match.start("gap")) and is_boundary(text, match.end()):
            yield match.start("gap"), match.end()


def _ends_sentence(text: str, match: regex.Match[str]) -> bool:
    if match["stop"] is None:
        # Reported speech goes on after the closing quote: 「…。」と言った.
        return not (match["after"] and text.startswith(("と", "って"), match.end()))
    following = _NEXT.match(text, match.end())
    word = (following["word"] if following else None) or ""
    mark, after = match["stop"], match["after"]
    if word[:1].islower():
        quoted = any(sign in _QUOTES for sign in after)
        return mark[-1] in "!?‽" and not quoted
    if mark != ".":
        return True
    initial = following is not None and len(word) == 1 and text.startswith(".", following.end())
    return not _goes_on(text, match.start(), after, word, initial=initial)


def _goes_on(text: str, stop: int, after: str, following: str, *, initial: bool) -> bool:
    """Judge whether a single full stop belongs to the word before it and the sentence goes on.

    `following` is the word after the space, and `initial` says that it has a full stop too ("J. R. Jones").
    """
    before = text[max(stop - _LONGEST_WORD, 0) : stop]
    found = _WORD_BEFORE.search(before)
    if found is None:
        return False
    word = found[0]
    if after[:1].isdigit():
        # "in the policy.12 The": a footnote; "p.12", "3.5" and "v.2": a number.
        return word[-1].isdigit() or len(word) == 1 or word.lower() in GO_ON_BEFORE_NUMBER
    if after:
        return False
    if _is_enumerator(before, stop):
        return True
    if word.isdigit():
        return len(word) <= 2 and following in ORDINAL_FOLLOWERS
    return _is_abbreviation(word, following, initial=initial)


def _is_abbreviation(word: str, following: str, *, initial: bool) -> bool:
    lower = word.lower()
    number = following.isnumeric()
    if word in TITLES or lower in ALWAYS_GO_ON or (number and lower in GO_ON_BEFORE_NUMBER):
        return True
    starts_anew = not following or (following in STARTERS and not initial)
    if lower in MAY_GO_ON:
        return not starts_anew
    # Initials and short forms with inner dots: "J. Smith", "the U.N. Security Council", but "the U.S. The ...".
    # A number goes on an initial only ("Betts, A. 2008"): after "p.m." it begins a sentence.
    if number:
        return len(word) == 1 and word.isupper()
    return (len(word) == 1 or _DOTTED.fullmatch(word) is not None) and not starts_anew


def _is_enumerator(before: str, stop: int) -> bool:
    """Tell whether the stop follows the number or letter of a heading or list item: "2. Methods", "a. First"."""
    line = before[before.rfind("\n") + 1 :]
    whole = "\n" in before or len(before) == stop
    return whole and _ENUMERATOR.fullmatch(line) is not None
