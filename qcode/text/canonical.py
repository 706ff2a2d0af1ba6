"""The one form in which a text is kept, so that an offset means the same character everywhere and for ever."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass

BYTE_ORDER_MARK = "\ufeff"

# Qt and Unicode take these for ends of lines or paragraphs; left alone, two parts of the program would count apart.
_OTHER_LINE_ENDS = {
    "\u2028": "line separator (U+2028)",
    "\u2029": "paragraph separator (U+2029)",
    "\ufdd0": "noncharacter (U+FDD0)",
    "\ufdd1": "noncharacter (U+FDD1)",
}
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Canonical:
    """A canonical text and, in sentences, what had to be changed to get it beyond the ends of lines."""

    text: str
    notes: tuple[str, ...] = ()


def canonical(raw: str) -> Canonical:
    """Bring any text into the form that is stored; doing it twice changes nothing more.

    A leading byte order mark goes; every kind of line end becomes a line feed; NUL and unpaired surrogates, which
    no database and no file keeps, go and are counted in the notes. Nothing else is touched: no Unicode normalisation.
    """
    text, notes = clean(raw)
    return Canonical(text.lstrip(BYTE_ORDER_MARK), notes)


def clean(raw: str) -> tuple[str, tuple[str, ...]]:
    """Make a piece of a text canonical, where a byte order mark in front is not the beginning of a file; give notes."""
    notes: list[str] = []
    text = raw
    nuls = text.count("\0")
    if nuls:
        text = text.replace("\0", "")
        notes.append(f"{_counted(nuls, 'NUL character')} left out.")
    text = _without_surrogates(text, notes)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for mark, name in _OTHER_LINE_ENDS.items():
        found = text.count(mark)
        if found:
            text = text.replace(mark, "\n")
            notes.append(f"{_counted(found, name)} read as the end of a line.")
    return text, tuple(notes)


def sha256(text: str) -> str:
    """Name a canonical text by its content: the hexadecimal SHA-256 of its UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _without_surrogates(text: str, notes: list[str]) -> str:
    with suppress(UnicodeEncodeError):
        text.encode("utf-8")  # the quickest way to learn that there are none, ten times faster than a search
        return text
    lone = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal lone
        halves = match[0]
        if len(halves) == 2:
            return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        lone += 1
        return ""

    text = _SURROGATES.sub(mend, text)
    if lone:
        notes.append(f"{_counted(lone, 'unpaired surrogate (half of a character)')} left out.")
    return text


def _counted(number: int, name: str) -> str:
    """Say how many there were: "1 NUL character was", "2 line separators (U+2028) were"."""
    if number == 1:
        return f"1 {name} was"
    word, *code = name.split(" (", 1)
    return " (".join([f"{number:,} {word}s", *code]) + " were"
