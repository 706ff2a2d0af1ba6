"""Where words begin and end, as Ctrl+Right and a double click have it."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from qcode.text.graphemes import ceiling, cluster_at, floor

# Letters, digits and what clings to them; without the scripts whose words are cut differently.
_IN = r"[\p{Alphabetic}\p{N}\p{M}_\u00ad\u200c\u200d--[\p{Han}\p{Hiragana}]]"
_FIRST = r"[\p{Alphabetic}\p{N}_--[\p{Han}\p{Hiragana}]]"
# After UAX 29: an apostrophe or a dot joins letters (isn't, U.N), a dot, comma or colon joins digits (3.14, 12:30),
# and Hebrew has its double quote. Hyphens part words. Chinese, which no rule cuts rightly without a dictionary, goes by
# the character; kana by the run; Thai, Lao, Khmer and Burmese by the stretch between spaces.
_WORD = regex.compile(
    rf"""(?V1x)
      \p{{Han}}\p{{M}}*+
    | \p{{Hiragana}}[\p{{Hiragana}}\p{{M}}ー]*+
    | {_FIRST}{_IN}*+
      (?:
        (?: (?<=[\p{{L}}\p{{M}}])['’‘.·:․＇](?={_FIRST}(?<=\p{{L}}))
          | (?<=\p{{Nd}})[.,:'’٫٬](?=\p{{Nd}})
          | (?<=\p{{Hebrew}})["״](?=\p{{Hebrew}})
        ) {_IN}++
      )*+
    | (?=[\p{{ExtPict}}\p{{RI}}])\X
    """
)
_SPACE = regex.compile(r"\s")
_FIRST_REACH = 64


def word_at(text: str, pos: int) -> tuple[int, int]:
    """Give the word the position stands in or touches; between words, the one visible character that stands there.

    At the end of a line or text without a word to touch, the range is empty.
    """
    pos = min(max(pos, 0), len(text))
    start = _last_start(text, pos + 1)
    if start is not None:
        match = _WORD.match(text, start)
        a, b = floor(text, start), ceiling(text, match.end() if match else start)
        if a <= pos <= b:
            return a, b
    if pos == len(text) or text[pos] == "\n":
        return pos, pos
    return cluster_at(text, pos)


def next_word(text: str, pos: int) -> int:
    """Give the start of the next word after the position, over ends of lines; the text's end when there is none."""
    pos = max(pos, 0)
    low, _ = _look_from(text, min(pos, len(text)), _FIRST_REACH)
    return next((start for start in _starts(text, low, len(text)) if start > pos), len(text))


def previous_word(text: str, pos: int) -> int:
    """Give the nearest start of a word before the position; 0 when there is none."""
    start = _last_start(text, min(pos, len(text)))
    return 0 if start is None else floor(text, start)


def words_in(text: str) -> Iterator[tuple[int, int]]:
    """Give where each word of a text starts and ends."""
    return (match.span() for match in _WORD.finditer(text))


def _starts(text: str, low: int, high: int) -> Iterator[int]:
    return (floor(text, match.start()) for match in _WORD.finditer(text, low, high))


def _last_start(text: str, before: int) -> int | None:
    """Find the last word that starts before an offset, looking back only as far as it takes."""
    reach = _FIRST_REACH
    while True:
        low, exact = _look_from(text, before, reach)
        last = None
        for match in _WORD.finditer(text, low, min(before, len(text))):
            last = match.start()
        if last is not None and (exact or last > low):
            return last
        if before - reach <= 0:
            return last
        reach *= 8


def _look_from(text: str, pos: int, reach: int) -> tuple[int, bool]:
    """Choose where to begin reading words; say whether a word can be trusted to start there, and not to be cut."""
    low = pos - reach
    if low <= 0:
        return 0, True
    space = _SPACE.search(text, low, pos)
    return (space.end(), True) if space else (floor(text, low), False)
