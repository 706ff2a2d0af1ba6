"""Where one character as a reader sees it (an extended grapheme cluster) ends and the next begins."""

from __future__ import annotations

import regex

# A cluster longer than this (hundreds of combining marks on one letter) is cut, so that no call reads further.
REACH = 1024

_CLUSTER = regex.compile(r"\X")
# A cluster surely begins before such a character: it joins nothing on its left by itself.
_SURE_START = regex.compile(
    r"(?rV1)(?<![\p{GCB=Prepend}\r])[\p{GCB=Other}\p{GCB=Control}\p{GCB=CR}\p{GCB=LF}--[\p{ExtPict}\p{InCB=Consonant}]]"
)
# Below it nothing combines: no marks, no joiners, no flags.
_SIMPLE_BELOW = "\u0300"


def next_grapheme(text: str, pos: int) -> int:
    """Step right by what a reader sees as one character; the end of the text when there is none."""
    pos = max(pos, 0)
    return cluster_at(text, pos)[1] if pos < len(text) else len(text)


def previous_grapheme(text: str, pos: int) -> int:
    """Step left by what a reader sees as one character; 0 when there is none."""
    pos = min(pos, len(text))
    return cluster_at(text, pos - 1)[0] if pos > 0 else 0


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Grow a range until it cuts no visible character in two; an empty range stays empty, before its character."""
    start, end = sorted((start, end))
    a = floor(text, start)
    return (a, a) if start == end else (a, ceiling(text, end))


def floor(text: str, pos: int) -> int:
    """Give the nearest grapheme boundary at or before the position."""
    if pos <= 0 or pos >= len(text):
        return min(max(pos, 0), len(text))
    return cluster_at(text, pos)[0]


def ceiling(text: str, pos: int) -> int:
    """Give the nearest grapheme boundary at or after the position."""
    if pos <= 0 or pos >= len(text):
        return min(max(pos, 0), len(text))
    start, end = cluster_at(text, pos)
    return pos if start == pos else end


def is_boundary(text: str, pos: int) -> bool:
    """Tell whether a caret may stand there."""
    return floor(text, pos) == pos


def cluster_at(text: str, pos: int) -> tuple[int, int]:
    """Give the range of the visible character that the code point at `pos` (in range) belongs to."""
    around = text[max(pos - 1, 0) : pos + 2]
    if max(around) < _SIMPLE_BELOW and "\r" not in around:
        return pos, pos + 1
    # Counted in whole blocks, so that in an endless row of flags or marks all positions agree where the cuts are.
    block = pos // REACH
    low, high = max(block - 1, 0) * REACH, min((block + 2) * REACH, len(text))
    sure = _SURE_START.search(text, low, pos + 1)
    start = sure.start() if sure else low
    window = text[start:high]
    at = 0
    while True:
        match = _CLUSTER.match(window, at)
        end = match.end() if match else at + 1
        if start + end > pos:
            return start + at, start + end
        at = end
