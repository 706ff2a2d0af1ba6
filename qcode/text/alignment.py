"""Which stretches of a text stand in a newer one, told from the two texts alone.

The two are compared as a person would compare them: first what both begin and end with, then lines, sentences, words,
and then letters, but these only within words that are the same word misspelt. Long stretches are first tied together
where a run of lines or words stands once in each, so that no cost grows with the square of the text's length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, pairwise

Block = tuple[int, int, int]  # where it starts in the old text, where in the new one, and how long it is

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCE = re.compile(r"[^.!?…。！？\n]*[.!?…。！？\n]+|[^.!?…。！？\n]+")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_DIRECT = 16_000_000  # cells: two lists up to this product are compared in full
_MOST = 100_000_000  # and where nothing ties them together, up to this
# Lines and sentences count only where they stand once: blank lines and “Yes.” would tie texts together anywhere.
_ONLY_ONCE = (1,)
_TIES = (8, 3, 1)  # how many pieces in a row tie two long lists together, when they stand once in each
_ALIKE = 50.0  # percent: two stretches less alike than this are not the same words misspelt
_LETTERS = 20_000  # characters of a stretch that is compared letter by letter
_LINE_END = 20  # characters that the end of a line counts for, when it is weighed whether a likeness is chance
_LONG_LINE = 5_000  # characters; a longer line is not compared anew just to begin with it
_CHUNK = 4096
_SLIDE = 4096  # characters by which a stretch that was put in or taken out may lie elsewhere as well


def blocks(old: str, new: str) -> list[Block]:
    """List the stretches that both texts share, in order; what lies between two of them was changed."""
    head = _whole_lines(old, _common_start(old, new))
    tail = _common_start(old[head:][::-1], new[head:][::-1])
    tail -= max(0, old.find("\n", len(old) - tail, len(old) - tail + _LONG_LINE) + 1 - (len(old) - tail))
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    found: list[Block] = [(0, 0, head)]
    if inner_old and inner_new:
        found += _by_pieces(inner_old, inner_new, head, head, (_LINE, _SENTENCE, _WORD))
    found.append((len(old) - tail, len(new) - tail, tail))
    return _slid(old, new, _without_islands(_joined(found), old, new))


def _whole_lines(text: str, length: int) -> int:
    """Take no more of what both begin with than whole lines: how a changed line begins tells little of its place."""
    line = text.rfind("\n", max(0, length - _LONG_LINE), length) + 1
    return line if line or length <= _LONG_LINE else length


def _by_pieces(old: str, new: str, at_old: int, at_new: int, levels: tuple[re.Pattern[str], ...]) -> Iterator[Block]:
    """Compare two stretches piece by piece, and what differs by smaller pieces."""
    if not levels:
        yield from _by_letters(old, new, at_old, at_new)
        return
    olds, news = levels[0].findall(old), levels[0].findall(new)
    a, b = _signs(olds, news)
    places_a, places_b = [0, *accumulate(map(len, olds))], [0, *accumulate(map(len, news))]
    i = j = 0
    runs = _runs(a, b, 0, 0, _TIES if len(levels) == 1 else _ONLY_ONCE)
    for start_a, start_b, length in (*runs, (len(a), len(b), 0)):
        gap_a = slice(places_a[i], places_a[start_a])
        gap_b = slice(places_b[j], places_b[start_b])
        if gap_a.start < gap_a.stop and gap_b.start < gap_b.stop:
            yield from _by_pieces(old[gap_a], new[gap_b], at_old + gap_a.start, at_new + gap_b.start, levels[1:])
        i, j = start_a + length, start_b + length
        if length:
            yield at_old + places_a[start_a], at_new + places_b[start_b], places_a[i] - places_a[start_a]


def _by_letters(old: str, new: str, at_old: int, at_new: int) -> Iterator[Block]:
    from rapidfuzz import fuzz  # noqa: PLC0415 - only who corrects a text waits for it

    if max(len(old), len(new)) > _LETTERS or fuzz.ratio(old, new, score_cutoff=_ALIKE) == 0:
        return
    for i, j, length in _runs(old, new, 0, 0, _TIES):
        yield at_old + i, at_new + j, length


def _signs(olds: list[str], news: list[str]) -> tuple[str, str]:
    """Write each different piece as one character, so that lists of pieces are compared as quickly as strings."""
    signs = {piece: chr(n) for n, piece in enumerate(dict.fromkeys(olds + news))}
    return "".join(map(signs.__getitem__, olds)), "".join(map(signs.__getitem__, news))


def _runs(a: str, b: str, at_a: int, at_b: int, ties: tuple[int, ...]) -> Iterator[Block]:
    """List the runs of characters that two strings share, in order."""
    head = _common_start(a, b)
    if head:
        yield at_a, at_b, head
        a, b, at_a, at_b = a[head:], b[head:], at_a + head, at_b + head
    tail = _common_start(a[::-1], b[::-1])
    inner_a, inner_b = a[: len(a) - tail], b[: len(b) - tail]
    if inner_a and inner_b:
        yield from _inner_runs(inner_a, inner_b, at_a, at_b, ties)
    if tail:
        yield at_a + len(inner_a), at_b + len(inner_b), tail


def _inner_runs(a: str, b: str, at_a: int, at_b: int, ties: tuple[int, ...]) -> Iterator[Block]:
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    cells = len(a) * len(b)
    if cells > _DIRECT or ties is _ONLY_ONCE:
        for n, width in enumerate(ties):
            tied = _tied(a, b, width)
            if tied:
                for (i, j), (next_i, next_j) in pairwise([(0, 0), *tied, (len(a), len(b))]):
                    if next_i > i or next_j > j:
                        rest = ties[n:] if n else ties
                        yield from _runs(a[i:next_i], b[j:next_j], at_a + i, at_b + j, rest)
                return
    if cells <= _MOST and ties is not _ONLY_ONCE:
        for match in Indel.editops(a, b).as_matching_blocks():
            if match.size:
                yield at_a + match.a, at_b + match.b, match.size


def _tied(a: str, b: str, width: int) -> list[tuple[int, int]]:
    """Find places that surely belong together: the same `width` characters stand there, and in each string only there.

    Of those that cross each other, the most that do not are taken.
    """
    once_a, once_b = _once(a, width), _once(b, width)
    pairs = [(i, once_b[run]) for run, i in once_a.items() if run in once_b]
    rising = _rising(sorted(pairs))
    # Of ties in a row the first will do: what follows it is found as being the same.
    return [tie for last, tie in pairwise([(-2, -2), *rising]) if tie != (last[0] + 1, last[1] + 1)]


def _once(a: str, width: int) -> dict[str, int]:
    runs = [a[i : i + width] for i in range(len(a) - width + 1)]
    counts = Counter(runs)
    return {run: i for i, run in enumerate(runs) if counts[run] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the longest part of pairs, sorted by the first, in which the second rises, too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(j)
            last.append(n)
        else:
            ends[at], last[at] = j, n
    found = []
    n = last[-1] if last else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def _common_start(a: str, b: str) -> int:
    """Count the characters with which both begin."""
    most, done = min(len(a), len(b)), 0
    while done < most and a[done : done + _CHUNK] == b[done : done + _CHUNK]:
        done += _CHUNK
    low, high = min(done, most), min(done + _CHUNK, most)
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _joined(found: list[Block]) -> list[Block]:
    """Make one of blocks that touch on both sides."""
    joined: list[Block] = []
    for i, j, length in found:
        if not length:
            continue
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + length)
        else:
            joined.append((i, j, length))
    return joined


def _without_islands(found: list[Block], old: str, new: str) -> list[Block]:
    """Drop a short stretch amid long changes on both sides: that both texts say “of the” there is chance.

    The end of a line is less so.
    """
    kept: list[Block] = []
    for block in (*found, (len(old), len(new), 0)):
        while kept and _is_island(old, kept[-2] if len(kept) > 1 else (0, 0, 0), kept[-1], block):
            kept.pop()
        kept.append(block)
    return kept[:-1] if not kept[-1][2] else kept


def _is_island(old: str, left: Block, block: Block, right: Block) -> bool:
    around = min(_changed(left, block), _changed(block, right))
    if 2 * block[2] > around:
        return False
    return 2 * (block[2] + _LINE_END * old.count("\n", block[0], block[0] + block[2])) <= around


def _changed(left: Block, right: Block) -> int:
    return max(right[0] - left[0] - left[2], right[1] - left[1] - left[2])


def _slid(old: str, new: str, found: list[Block]) -> list[Block]:
    """Let what was put in or taken out begin and end where a person would say so, where letters leave the choice.

    Between “the cat” and “the old dog, the cat”, the words “the old dog, ” are new, and not “ old dog, the”.
    """
    slid = list(found)
    for n in range(len(slid) - 1):
        (i, j, length), (next_i, next_j, next_length) = slid[n], slid[n + 1]
        if (next_i - i - length == 0) == (next_j - j - length == 0):
            continue
        text = old if next_i > i + length else new
        start, end = (i + length, next_i) if text is old else (j + length, next_j)
        least, most = slide(text, start, end, length, next_length)
        best = max(range(-least, most + 1), key=lambda by: (_edge(text, start + by) + _edge(text, end + by), -abs(by)))
        slid[n] = i, j, length + best
        slid[n + 1] = next_i + best, next_j + best, next_length - best
    return [block for block in slid if block[2]]


def slide(text: str, start: int, end: int, left: int, right: int) -> tuple[int, int]:
    """Tell by how many characters a stretch can be moved left and right so that the text without it stays the same.

    At most `left` and `right`.
    """
    least = most = 0
    left, right = min(left, start, _SLIDE), min(right, len(text) - end, _SLIDE)
    while least < left and text[start - least - 1] == text[end - least - 1]:
        least += 1
    while most < right and text[start + most] == text[end + most]:
        most += 1
    return least, most


def _edge(text: str, place: int) -> int:
    """Tell how natural a cut is: between lines best, then after a blank, then beside what is no letter."""
    if place in (0, len(text)) or text[place - 1] == "\n":
        return 4
    if text[place - 1].isspace():
        return 3
    if text[place].isspace():
        return 2
    return 1 if not (text[place - 1].isalnum() and text[place].isalnum()) else 0
