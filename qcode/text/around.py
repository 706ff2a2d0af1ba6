"""The words before and after a place, as lists of quotes and places show them."""

from __future__ import annotations

from typing import Final

from qcode.text.breaks import snap

REACH: Final = 56  # characters of context on each side; a word cut by it is left out


def before(text: str, start: int, reach: int = REACH) -> str:
    """Give the words before an offset, from the same paragraph; an ellipsis stands for those left out."""
    begin = max(0, start - reach)
    line = text.rfind("\n", begin, start) + 1
    if line or begin == 0:
        return flat(text[max(line, begin) : start].lstrip())
    if not text[begin - 1].isspace():  # in the middle of a word, which is left out
        blank = next((place for place in range(begin, start) if text[place].isspace()), None)
        begin = snap(text, begin, start)[0] if blank is None else blank
    return "…" + flat(text[begin:start].lstrip())


def after(text: str, end: int, reach: int = REACH) -> str:
    """Give the words after an offset, from the same paragraph; an ellipsis stands for those left out."""
    stop = min(len(text), end + reach)
    line = text.find("\n", end, stop)
    if line >= 0 or stop == len(text):
        return flat(text[end : line if line >= 0 else stop].rstrip())
    if not text[stop].isspace():
        blank = next((place for place in reversed(range(end, stop)) if text[place].isspace()), None)
        stop = snap(text, end, stop)[1] if blank is None else blank
    return flat(text[end:stop].rstrip()) + "…"


def flat(words: str) -> str:
    """Turn line breaks and tabs into spaces, and nothing else: the words are shown as they stand."""
    return words.replace("\n", " ").replace("\t", " ")
