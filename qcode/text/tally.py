"""Count the words of texts."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

import regex

from qcode.text.find import Spot
from qcode.text.words import words_in

_LETTER = regex.compile(r"[\p{L}\p{N}]")
_AT_ONCE = 200_000  # characters that are cut at once; other threads wait so long
# French and Italian write these into the next word, which is a word all the same: l'autorité, qu'elle.
_ELIDED = regex.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|un|dell|nell|all|sull)'(?=\w)")
_APOSTROPHES = str.maketrans("’‘＇", "'''")


class Tally:
    """Count words, and in how many texts each stands. Numbers count, signs do not.

    Neither case, nor the shape of an apostrophe, nor how an accent is encoded makes another word.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.texts: Counter[str] = Counter()
        self._known: dict[str, tuple[str, ...]] = {}

    def add(self, text: str, within: Iterable[Spot] | None = None) -> None:
        """Count the words of one more text, or of some stretches of it (in order and apart) alone."""
        # White space always parts words, so each piece between it is looked into just once, however often it comes.
        pieces: Counter[str] = Counter()
        for part in _parts(text, [(0, len(text))] if within is None else within):
            pieces.update(part.split())
        counts: Counter[str] = Counter()
        for piece, times in pieces.items():
            for word in self._words(piece):
                counts[word] += times
        self.counts.update(counts)
        self.texts.update(counts.keys())

    def _words(self, piece: str) -> tuple[str, ...]:
        words = self._known.get(piece)
        if words is None:
            found = (plain(piece[start:end]) for start, end in words_in(piece))
            parted = (part for word in found for part in _parted(word))
            words = self._known[piece] = tuple(word for word in parted if _LETTER.search(word))
        return words


def plain(word: str) -> str:
    """Write a word so that it equals every other way to write it."""
    return unicodedata.normalize("NFC", word).lower().translate(_APOSTROPHES)


def _parted(word: str) -> tuple[str, ...]:
    elided = _ELIDED.match(word)
    return (word[: elided.end() - 1], word[elided.end() :]) if elided else (word,)


def _parts(text: str, within: Iterable[Spot]) -> Iterator[str]:
    for start, end in within:
        at = start
        while at < end:
            cut = end if end - at <= _AT_ONCE else _blank(text, at + _AT_ONCE, end)
            yield text[at:cut]
            at = cut


def _blank(text: str, start: int, end: int) -> int:
    """Find where a text may be cut without cutting a word."""
    found = regex.search(r"\s", text, pos=start, endpos=end)
    return found.start() if found else end
