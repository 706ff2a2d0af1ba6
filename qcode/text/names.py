"""Find people's names in texts, also where they are bent, shortened to a part or to initials, or spelled otherwise."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import regex

from qcode.errors import InvalidInput

_FLAGS = regex.IGNORECASE | regex.FULLCASE
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_ENDS = r"(?![\p{L}\p{M}\p{N}_])"
_OWNED = r"(?:['’]s|s|['’](?!\w))"
_BENT = r"\p{L}{1,3}"
_BETWEEN = regex.compile(r"[\s\-‐‑–]+")
_RUNNING = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
# How letters are written where the keyboard has none of them.
_SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ß": "ss"}
_SOFT_ENDINGS = frozenset("аеёиоуыэюяйь")
_NO_PARTS = frozenset(("dr", "prof", "mr", "mrs", "ms", "sir", "frau", "herr", "mme", "don", "doña", "the"))
_KEY = 3  # letters by which a word is looked up


class How(StrEnum):
    """In which way a stretch of text names somebody."""

    NAME = "the name"
    PART = "a part of it"
    FORM = "a form of it"
    INITIALS = "initials"
    SPELLING = "another spelling"


@dataclass(frozen=True, slots=True)
class Name:
    """A name that must not stay in the texts, and what is to stand there instead."""

    name: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch that names somebody: `start` and `end` in code points, half-open; `replacement` with its ending.

    `sure` is false where the words may well mean something else, and a person has to look.
    """

    start: int
    end: int
    found: str
    name: Name
    how: How
    replacement: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to write a name: tried where a word begins as `begins` does; group 1 is the name without an ending.

    `written` is how it stands in the list, to tell other spellings by; empty where spelling says nothing.
    """

    how: How
    begins: str
    pattern: str
    written: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Ready:
    """A way to write a name, ready to be matched."""

    name: Name
    way: _Way
    match: regex.Pattern[str]


def check(names: Sequence[Name]) -> None:
    """Refuse a list that cannot work: an empty name, one listed twice, a replacement that holds a listed name.

    Raises InvalidInput, which names the entry.
    """
    seen: set[str] = set()
    for number, one in enumerate(names, 1):
        if not _WORD.search(one.name) or not one.replacement.strip():
            raise InvalidInput(
                f"Entry {number} (“{one.name}”) is not complete.", "Give a name and what stands in its place."
            )
        if (known := _folded(one.name)) in seen:
            raise InvalidInput(f"“{one.name}” is in the list twice.", "Leave one of the two.")
        seen.add(known)
    finder = Finder(names)
    for one in names:
        if left := [hit for hit in finder.find(one.replacement) if hit.how in (How.NAME, How.PART)]:
            raise InvalidInput(
                f"“{one.replacement}” would give “{left[0].name.name}” away again.", "Choose another replacement."
            )


class Finder:
    """Look for all names of a list at once; texts of any length cost one pass over their words."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._by_key: dict[str, list[_Ready]] = defaultdict(list)
        self._running = [one for one in names if _RUNNING.search(one.name)]
        for one in names:
            for way in _ways(one.name):
                ready = _Ready(one, way, regex.compile(way.pattern + _ENDS, _FLAGS))
                for key in _keys(way.begins):
                    self._by_key[key].append(ready)

    def find(self, text: str) -> list[Hit]:
        """List the hits in the order of the text; none overlaps another, and a whole name wins over its parts."""
        hits = sorted([*self._in_words(text), *self._in_running(text)], key=lambda hit: (hit.start, -hit.end))
        found: list[Hit] = []
        for hit in hits:
            if not found or hit.start >= found[-1].end:
                found.append(hit)
        return found

    def _in_words(self, text: str) -> Iterator[Hit]:
        past = 0
        for word in _WORD.finditer(text):
            if word.start() >= past and (hit := self._at(text, word)) is not None:
                past = hit.end
                yield hit

    def _at(self, text: str, word: regex.Match[str]) -> Hit | None:
        """Take the longest of the ways that fit where a word begins; of those, the plainest."""
        folded = _folded(word[0][: 2 * _KEY])
        # A letter alone is looked up only where it stands alone: every word begins with one.
        lengths = range(2, _KEY + 1) if len(folded) > 1 else (1,)
        ready = [one for length in lengths for one in self._by_key.get(folded[:length], ())]
        fitting = [(one, met) for one in ready if (met := one.match.match(text, word.start()))]
        if not fitting:
            return None
        one, met = max(fitting, key=lambda pair: (len(pair[1][0]), -list(How).index(pair[0].way.how)))
        return _hit(one, met)

    def _in_running(self, text: str) -> Iterator[Hit]:
        """Scripts without spaces between words have no words to begin at."""
        for one in self._running:
            at = text.find(one.name)
            while at >= 0:
                yield Hit(at, at + len(one.name), one.name, one, How.NAME, one.replacement, sure=True)
                at = text.find(one.name, at + len(one.name))


def _ways(name: str) -> Iterator[_Way]:
    plain = unicodedata.normalize("NFC", name).strip()
    pieces = _BETWEEN.split(plain)
    whole = _joined(pieces)
    yield _Way(How.NAME, pieces[0], f"({whole}){_OWNED}?", " ".join(pieces))
    yield _Way(How.FORM, pieces[0], f"({whole}){_BENT}", sure=False)
    # “Ann-Kathrin Marsh” may be called Ann-Kathrin, Marsh, Ann or Kathrin.
    called = [_BETWEEN.split(word) for word in plain.split()] + [[piece] for piece in pieces]
    alone = [part for part in called if part != pieces and _stands_alone(part[-1])]
    for part in alone:
        yield _Way(How.PART, part[0], f"({_joined(part)}){_OWNED}?", " ".join(part))
        yield _Way(How.FORM, part[0], f"({_joined(part)}){_BENT}", sure=False)
    for part in alone or [pieces[:1]]:
        last = part[-1]
        if len(part) == 1 and len(last) > _KEY and last[-1].casefold() in _SOFT_ENDINGS:
            yield _Way(How.FORM, last[:-1], f"({_spelled(last[:-1])}){_BENT}", sure=False)
    yield from _initials([piece for piece in pieces if piece[0].isupper()])


def _joined(pieces: Sequence[str]) -> str:
    return r"(?:\s+|\s*[-‐‑–]\s*)".join(map(_spelled, pieces))


def _initials(parts: Sequence[str]) -> Iterator[_Way]:
    """Give M. Keller and Maria K., which are hard to mistake, and M. K. and MK, which are not."""
    if len(parts) < 2:
        return
    letters = [regex.escape(part[0]) for part in parts]
    dotted = r"\.\s?".join(letters)
    yield _Way(How.INITIALS, letters[0], rf"({letters[0]}\.\s?{_spelled(parts[-1])}){_OWNED}?")
    yield _Way(How.INITIALS, parts[0], rf"({_spelled(parts[0])}\s+{letters[-1]}\.)")
    yield _Way(How.INITIALS, letters[0], rf"({dotted}\.?)", sure=False)
    yield _Way(How.INITIALS, "".join(part[0] for part in parts), f"({''.join(letters)})", sure=False)


def _stands_alone(part: str) -> bool:
    return len(part) > 2 and part[0].isupper() and _folded(part).rstrip(".") not in _NO_PARTS


def _spelled(word: str) -> str:
    """Write a pattern for a word: composed, decomposed, without its marks, and as typewriters wrote it."""
    return "".join(map(_letter, word))


def _letter(sign: str) -> str:
    if sign in "'’":
        return "['’]"
    taken_apart = unicodedata.normalize("NFD", sign)
    ways = dict.fromkeys((sign, taken_apart, taken_apart[0], _SPELLED.get(sign.casefold(), sign)))
    return regex.escape(sign) if len(ways) == 1 else f"(?:{'|'.join(map(regex.escape, ways))})"


def _keys(begins: str) -> set[str]:
    """Give the beginnings by which a way to write a name is looked up."""
    typed = "".join(_SPELLED.get(sign, sign) for sign in begins.casefold())
    return {_folded(begins)[:_KEY], _folded(typed)[:_KEY]}


def _folded(word: str) -> str:
    """Take away case and marks."""
    if word.isascii():
        return word.lower()
    return "".join(sign for sign in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(sign))


def _hit(one: _Ready, met: regex.Match[str]) -> Hit:
    bare, found = met[1], met[0]
    how, written = one.way.how, one.way.written
    seen = " ".join(_BETWEEN.split(unicodedata.normalize("NFC", bare)))
    if written and seen not in (written, written.upper()):
        how = How.SPELLING
    ending = "" if how is How.FORM else found[len(bare) :]
    sure = one.way.sure and how is not How.SPELLING
    return Hit(met.start(), met.end(), found, one.name, how, one.name.replacement + ending, sure)
