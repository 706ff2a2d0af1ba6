"""Find words in a text as a reader means them: by their letters, not by how these are written.

Case does not count ("STRASSE" finds "Straße"), one blank stands for any run of blanks and line breaks, a straight
quotation mark for a typographic one, and é for both ways in which it is encoded. What is found is told in offsets of
the text itself: code points, half-open.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import regex

Spot = tuple[int, int]

_ALIKE = {"'": "['’‘‛ʼ]", '"': '["“”„‟«»]'}
_NOTHING = "\0"  # is in no text, so nothing else will be found by it


@lru_cache(maxsize=16)
def needle(query: str, *, match_case: bool = False, whole_words: bool = False) -> regex.Pattern[str] | None:
    """Prepare a query for many texts; None when it holds nothing to look for. Nothing in it is a wildcard."""
    words = query.split()
    if not words or _NOTHING in query or not _is_whole(query):
        return None
    written = r"\s+".join(map(spelled, words))
    if query != query.rstrip():
        written += r"\s"  # somebody is just typing the next word
    if whole_words:
        written = (r"(?<!\w)" if _is_letter(words[0][0]) else "") + written
        written += r"(?!\w)" if _is_letter(words[-1][-1]) else ""
    return regex.compile(written, regex.V0 | (0 if match_case else regex.IGNORECASE | regex.FULLCASE))


def spots(text: str, pattern: regex.Pattern[str], *, most: int | None = None) -> list[Spot]:
    """List where a prepared query stands in a text, in order, without overlaps; at most so many.

    Other threads go on meanwhile.
    """
    return list(_limited(pattern, text, most))


def _limited(pattern: regex.Pattern[str], text: str, most: int | None) -> Iterator[Spot]:
    for count, match in enumerate(pattern.finditer(text, concurrent=True), start=1):
        yield match.span()
        if count == most:
            return


def spelled(word: str) -> str:
    """Write a pattern for one word in all the ways in which it may be encoded; nothing in it is a wildcard."""
    composed, apart = unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)
    ways = dict.fromkeys((word, composed, apart))
    spelled = ["".join(_ALIKE.get(letter, regex.escape(letter)) for letter in way) for way in ways]
    return spelled[0] if len(spelled) == 1 else f"(?:{'|'.join(spelled)})"


def _is_letter(character: str) -> bool:
    return regex.match(r"\w", character) is not None


def _is_whole(query: str) -> bool:
    """Tell whether a query could stand in a text at all: half a character never does."""
    return not any("\ud800" <= character <= "\udfff" for character in query)
