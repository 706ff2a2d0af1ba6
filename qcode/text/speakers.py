"""Who speaks in a transcript: lines that begin with a name and a colon, or with a name and a time.

A rule can only propose. The researcher sees the names it found and how often each speaks, and says which of them are
speakers; each turn of theirs is then a stretch of the text, from the name to the next turn or heading.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import regex

from qcode.text.span import Span, SpanKind

_TIME = r"\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
_NAME = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}.'’_/&()-]*+(?:[ ][\p{L}\p{N}(&][\p{L}\p{M}\p{N}.'’_/&()-]*+){0,4}?"
# "ANNA: ", "[00:01:02] Anna Smith: ", "Anna (00:01:02): ", "Anna 00:01:02" alone on a line; a time may stand above.
_TURN = regex.compile(
    rf"""
    ^(?:[ \t]*+[\[(]?(?P<above>{_TIME})[\])]?[ \t]*+\n)?
    [ \t]*+(?:>>[ \t]*+|[-–—•*][ \t]++)?
    (?:[\[(]?(?P<before>{_TIME})[\])]?(?:[ \t]*+[-–—])?[ \t]++)?
    [*_]{{0,3}}(?P<name>{_NAME})[*_]{{0,3}}
    (?: [ \t]*+[\[(]?(?P<after>{_TIME})[\])]?[ \t]*+ (?:[:：][*_]{{0,3}}(?=\s|\Z)|$)
      | [ \t]?[:：][*_]{{0,3}}(?=\s|\Z)(?:[ \t]*+[\[(](?P<behind>{_TIME})[\])])?
    )
    """,
    regex.MULTILINE | regex.VERBOSE,
)
_LONGEST = 40  # characters of a name


@dataclass(frozen=True, slots=True)
class Speaker:
    """A name that seems to be a speaker's: as it is mostly written, how many turns it has, where the first begins."""

    name: str
    turns: int
    first: int


@dataclass(frozen=True, slots=True)
class _Turn:
    start: int
    words: int  # where what is said begins
    key: str
    name: str
    time: str


def propose(text: str) -> tuple[Speaker, ...]:
    """Find the names that seem to be speakers', those with the most turns first; none for a text that is no talk.

    A name counts that begins two turns or more, three where it is written small; one in capitals, with a digit or
    with a time may begin a single turn among those of others.
    """
    written: dict[str, Counter[str]] = defaultdict(Counter)
    firsts: dict[str, int] = {}
    timed: set[str] = set()
    for turn in _turns(text):
        written[turn.key][turn.name] += 1
        firsts.setdefault(turn.key, turn.start)
        if turn.time:
            timed.add(turn.key)
    often = {key for key, names in written.items() if names.total() >= _enough(names)}
    if not often and len(timed) < 2:
        return ()
    rare = {key for key, names in written.items() if key in timed or _stands_out(next(iter(names)))}
    found = [Speaker(_mostly(written[key]), written[key].total(), firsts[key]) for key in often | rare]
    return tuple(sorted(found, key=lambda speaker: (-speaker.turns, speaker.first)))


def turns(text: str, names: Collection[str], spans: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Give a speaker span for each turn of these names, and a time span where a turn tells its time.

    A heading among `spans` ends a turn, too. The names are found however they are written, in capitals or not.
    """
    wanted = {_key(name): name for name in names}
    if not wanted:
        return ()
    begun = [turn for turn in _turns(text) if turn.key in wanted]
    starts = {turn.start for turn in begun}
    ends = iter(sorted(starts | {span.start for span in spans if span.kind is SpanKind.HEADING} | {len(text)}))
    found: list[Span] = []
    end = next(ends)
    for turn in begun:
        while end < turn.words:
            end = next(ends)
        stop = turn.start + len(text[turn.start : end].rstrip())
        found.append(Span(turn.start, stop, SpanKind.SPEAKER, wanted[turn.key]))
        if turn.time:
            found.append(Span(turn.start, stop, SpanKind.TIME, turn.time))
    return tuple(found)


def _turns(text: str) -> Iterator[_Turn]:
    for match in _TURN.finditer(text):
        name = match["name"]
        if len(name) <= _LONGEST and not name.isdigit():
            time = match["above"] or match["before"] or match["after"] or match["behind"] or ""
            blank = len(match[0]) - len(match[0].lstrip())
            yield _Turn(match.start() + blank, match.end(), _key(name), name, time)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _mostly(names: Counter[str]) -> str:
    return names.most_common(1)[0][0]


def _enough(names: Counter[str]) -> int:
    return 2 if any(name[:1].isupper() or not name[:1].isalpha() or not name.islower() for name in names) else 3


def _stands_out(name: str) -> bool:
    return name.isupper() or any(sign.isdigit() for sign in name)
