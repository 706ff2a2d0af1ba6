"""What one types to search in texts, and where it stands there.

    paper room      both words in one paragraph, in any order: each place of each of them
    "paper room"    these words, one after the other
    regist*  wom?n  whole words; * stands for any number of letters, ? for one
    list | room     the one or the other

Letters are matched as in `qcode.text.find`. Between quotes nothing has a meaning of its own, and neither has a * or ?
without a letter beside it. A query can also be a regular expression, in which ^ and $ are the ends of lines. Places
are told in code points, half-open, in order and apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

import regex

from qcode.errors import InvalidInput, QcodeError
from qcode.text.find import Spot, needle, spelled

Pattern = regex.Pattern[str]
SECONDS = 2.0  # for one text: an honest search of 10 MB takes a twentieth of it
LONGEST = 2_000  # characters of a query
_MOST_REPEATS = 100_000  # the library writes each out when it compiles, until the memory is full

_CLOSING = {'"': '"', "“": "”“", "„": "“”", "«": "»", "»": "«"}  # typed on many keyboards, closed in many ways
_TERM = regex.compile(r"""(?P<quote>["“„«»]) | (?P<or>\|) | (?P<word>[^\s|]+)""", regex.X | regex.V0)
_SPECIAL = regex.compile(r"""[\s*?|"“„«»]""", regex.V0)
_REPEAT = regex.compile(r"\{(\d+)")
_ANY, _ONE = r"[\w\p{M}]*", r"\w\p{M}*+"


class BadPattern(InvalidInput):
    """A regular expression that cannot be read; `at` is the place in it, where that is known."""

    def __init__(self, message: str, hint: str = "", *, at: int | None = None) -> None:
        super().__init__(message, hint)
        self.at = at


class Stopped(QcodeError):
    """A search that took too long and was given up: nobody knows what else there is to find."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query, ready for many texts: of any of the `choices` all patterns must stand in one paragraph."""

    choices: tuple[tuple[Pattern, ...], ...]

    def spots(self, text: str) -> list[Spot]:
        """List where it stands in a text. Other threads go on meanwhile. Raises Stopped after some seconds."""
        until = monotonic() + SECONDS
        if len(self.choices) == 1 and len(self.choices[0]) == 1:
            return _places(self.choices[0][0], text, until)
        found: list[Spot] = []
        for patterns in self.choices:
            found += _together(patterns, text, until)
        return merged(found)


@lru_cache(maxsize=16)
def parse(words: str, *, is_regex: bool = False, match_case: bool = False, whole_words: bool = False) -> Query | None:
    """Read a query; None when it holds nothing to look for. Raises BadPattern for what is no regular expression."""
    if len(words) > LONGEST:
        raise BadPattern("This is too long to search for.", f"Use at most {LONGEST:,} characters.")
    if is_regex:
        pattern = _expression(words, match_case=match_case, whole_words=whole_words)
        return Query(((pattern,),)) if pattern else None
    choices: list[tuple[Pattern, ...]] = []
    for terms in _terms(words):
        patterns = [_pattern(term, literal, match_case, whole_words) for term, literal in terms]
        known = tuple(pattern for pattern in patterns if pattern is not None)
        if patterns and len(known) == len(patterns):
            choices.append(known)
    return Query(tuple(choices)) if choices else None


def quoted(words: str, *, is_regex: bool = False) -> str:
    """Write a query that finds just these words, whatever signs are in them."""
    if is_regex:
        return regex.escape(words, special_only=True)
    if not _SPECIAL.search(words):
        return words
    fitting = (quote for quote, closing in _CLOSING.items() if not set(closing) & set(words))
    quote = next(fitting, None)
    return words if quote is None else f"{quote}{words}{_CLOSING[quote][0]}"


def merged(spots: Iterable[Spot]) -> list[Spot]:
    """Put ranges in order and make one of those that overlap; ranges that only touch stay apart."""
    found: list[Spot] = []
    for start, end in sorted(spots):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


# ---- reading -----------------------------------------------------------------------------------------------------


def _terms(words: str) -> list[list[tuple[str, bool]]]:
    """Take a query apart into choices of terms; True with those that stood between quotes."""
    choices: list[list[tuple[str, bool]]] = [[]]
    at = 0
    while match := _TERM.search(words, at):
        at = match.end()
        if match["or"]:
            choices.append([])
        elif match["quote"]:
            closing = (place for place in range(at, len(words)) if words[place] in _CLOSING[match["quote"]])
            close = next(closing, len(words))  # without one, somebody is still typing
            if words[at:close].strip():
                choices[-1].append((words[at:close].strip(), True))
            at = close + 1
        else:
            choices[-1].append((match["word"], False))
    return choices


def _pattern(term: str, literal: bool, match_case: bool, whole_words: bool) -> Pattern | None:
    if literal or not ("*" in term or "?" in term) or not regex.search(r"\w", term):
        return needle(term, match_case=match_case, whole_words=whole_words)
    if needle(term) is None:
        return None
    parts = regex.split(r"([*?])", regex.sub(r"\*+", "*", term))
    written = "".join({"*": _ANY, "?": _ONE}.get(part) or (spelled(part) if part else "") for part in parts)
    return regex.compile(rf"(?<!\w){written}(?!\w)", _flags(match_case))


def _flags(match_case: bool) -> int:
    return regex.V0 | (0 if match_case else regex.IGNORECASE | regex.FULLCASE)


def _expression(words: str, *, match_case: bool, whole_words: bool) -> Pattern | None:
    if not words:
        return None
    if math.prod(max(1, int(times)) for times in _REPEAT.findall(words)) > _MOST_REPEATS:
        raise BadPattern("The repetitions in this expression multiply too far.", "Use smaller numbers in { }.")
    flags = _flags(match_case) | regex.MULTILINE
    try:
        made = regex.compile(words, flags)
        if not whole_words:
            return made
        end = "\n)" if made.flags & regex.VERBOSE else ")"  # a comment would swallow the bracket
        return regex.compile(rf"(?<!\w)(?:{words}{end}(?!\w)", flags)
    except regex.error as error:
        raise _told(error) from None
    except (RecursionError, OverflowError, MemoryError):
        raise BadPattern("This expression is nested too deeply.", "Make it simpler.") from None


def _told(error: regex.error) -> BadPattern:
    at: int | None = getattr(error, "pos", None)
    where = "" if at is None else f", at character {at + 1}"
    return BadPattern(f"This is no regular expression: {getattr(error, 'msg', error)}{where}.", at=at)


# ---- finding -----------------------------------------------------------------------------------------------------


def _places(pattern: Pattern, text: str, until: float) -> list[Spot]:
    found = []
    try:
        for match in pattern.finditer(text, concurrent=True, timeout=SECONDS):
            span = match.span()
            if span[0] < span[1]:
                found.append(span)
            if monotonic() > until:
                raise TimeoutError
    except TimeoutError:
        raise Stopped(
            f"The search was stopped: in one text it took more than {SECONDS:.0f} seconds.",
            "Look for more letters, or make the expression simpler: nested repetitions such as (a+)+ take for ever.",
        ) from None
    return found


def _together(patterns: Sequence[Pattern], text: str, until: float) -> list[Spot]:
    """List the places of all patterns in those paragraphs in which none of them is missing."""
    found: list[list[Spot]] = []
    for pattern in patterns:
        places = _places(pattern, text, until)
        if not places:
            return []
        found.append(places)
    if len(found) == 1:
        return found[0]
    lines = [[text.rfind("\n", 0, start) for start, _ in places] for places in found]
    common = set(lines[0]).intersection(*lines[1:])
    return [
        place
        for places, at in zip(found, lines, strict=True)
        for place, line in zip(places, at, strict=True)
        if line in common
    ]
