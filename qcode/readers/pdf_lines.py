"""From the words of a page to its lines in the order in which they are read, column after column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from statistics import median

from qcode.readers.pdf_words import Word

# In heights of the letters. A wider gap within a line parts it; one as wide as a cell's is shown as a tab.
_GAP = 0.8
_CELL = 2.0
_NO_GAP = 0.12
# Words whose base lines differ less stand in one line, as a raised number of a note does.
_SAME_LINE = 0.45
_BIN = 2.0  # points
_FEWEST_LINES = 3
_MANY_LINES = 6
_WIDEST_GUTTER = 0.5  # of the narrower column; farther apart stand the cells of a table
_GUTTER = 0.6  # heights; twice that beside a few lines
_FEWEST_LETTERS = 14  # a line, on average
_APART = 1.7  # heights between the base lines of a text and of a heading below it
_MOST_DIPS = 4
_DEEPEST = 5
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")


@dataclass(slots=True)
class Piece:
    """Words of one line that stand close together."""

    words: list[Word]
    x0: float
    x1: float
    y: float
    size: float

    @property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Line:
    """A line of text as it is read; `tabs` are the numbers of the words that stand far from the one before."""

    words: list[Word]
    x0: float
    x1: float
    y: float
    size: float
    tabs: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Block:
    """Lines under one another between the same edges: a column, or what stands across all of them.

    In a justified one all lines but the last of a paragraph reach the right edge.
    """

    lines: list[Line]
    x0: float
    x1: float
    is_justified: bool = False


def pieces(words: Sequence[Word]) -> list[Piece]:
    """Gather words that follow each other closely, both in the file and on the page."""
    found: list[Piece] = []
    last: Word | None = None
    for word in words:
        if last is not None and _goes_on(last, word):
            piece = found[-1]
            piece.words.append(word)
            if word.x1 > piece.x1:  # noqa: PLR1730 - a call of max for each word of a book takes its time
                piece.x1 = word.x1
            if word.x0 < piece.x0:  # noqa: PLR1730
                piece.x0 = word.x0
            if word.size > piece.size:
                piece.size, piece.y = word.size, word.y
        else:
            found.append(Piece([word], word.x0, word.x1, word.y, word.size))
        last = word
    return found


def _goes_on(last: Word, word: Word) -> bool:
    size = last.size if last.size > word.size else word.size
    if last.y != word.y and abs(last.y - word.y) > _SAME_LINE * size:
        return False
    if word.x0 >= last.x0:
        return word.x0 - last.x1 < _GAP * size
    # Of two words written from right to left the second stands to the left.
    return last.run == word.run and -size < last.x0 - word.x1 < _GAP * size and _is_right_to_left(word.text)


def rows(found: Sequence[Piece]) -> list[list[Piece]]:
    """Put pieces on one base line together, from top to bottom and each row from left to right."""
    made: list[list[Piece]] = []
    base, size = 0.0, 0.0
    for piece in sorted(found, key=lambda piece: -piece.y):
        if made and base - piece.y < _SAME_LINE * max(size, piece.size):
            made[-1].append(piece)
            if piece.size > size:
                base, size = piece.y, piece.size
        else:
            made.append([piece])
            base, size = piece.y, piece.size
    for row in made:
        row.sort(key=lambda piece: piece.x0)
    return made


def blocks(found: Sequence[Piece], *, deep: int = _DEEPEST) -> list[Block]:
    """Put the pieces of a page in the order of reading: where columns stand side by side, one after the other."""
    made: list[Block] = []
    for gutter, band in _bands(found) if deep else [(None, found)]:
        if gutter is None:
            made.append(_block(band))
        else:
            made += blocks([piece for piece in band if piece.x1 <= gutter + _BIN], deep=deep - 1)
            made += blocks([piece for piece in band if piece.x1 > gutter + _BIN], deep=deep - 1)
    return made


def _block(found: Sequence[Piece]) -> Block:
    lines = [_line(row) for row in rows(found)]
    block = Block(lines, min(line.x0 for line in lines), max(line.x1 for line in lines))
    full = sum(line.x1 > block.x1 - 0.4 * line.size for line in lines)
    block.is_justified = len(lines) >= _MANY_LINES and full >= 0.6 * len(lines)
    if block.is_justified:
        _close_up(block)
    return block


def _close_up(block: Block) -> None:
    """Take no single line of few words, drawn out to both edges, for a row of a table."""
    tabs = [frozenset[int](), *(line.tabs for line in block.lines), frozenset[int]()]
    for before, line, after in zip(tabs, block.lines, tabs[2:], strict=False):
        if line.tabs and not before and not after and line.x1 > block.x1 - 0.4 * line.size:
            line.tabs = frozenset()


def _line(row: Sequence[Piece]) -> Line:
    if len(row) == 1 and not _RIGHT_TO_LEFT.search(row[0].text):  # as nearly all, and in order and close already
        only = row[0]
        return Line(only.words, only.x0, only.x1, only.y, _size(only.words))
    if _is_right_to_left("".join(piece.text for piece in row)):
        words = [word for piece in reversed(row) for word in piece.words]
    else:
        words = _from_left([word for piece in row for word in piece.words])
    largest = max(row, key=lambda piece: (piece.size, len(piece.words)))
    x0, x1 = min(piece.x0 for piece in row), max(piece.x1 for piece in row)
    return Line(words, x0, x1, largest.y, _size(words), _cells(words))


def _cells(words: Sequence[Word]) -> frozenset[int]:
    """Give the numbers of the words that begin a cell: in a justified line all gaps are wide, in a table some."""
    least = _CELL * words[0].size
    if not any(after.x0 - word.x1 >= least or word.x0 - after.x1 >= least for word, after in pairwise(words)):
        return frozenset()
    gaps = [max(after.x0 - word.x1, word.x0 - after.x1) for word, after in pairwise(words)]
    usual = sorted(gaps)[(len(gaps) - 1) // 2] if len(gaps) > 1 else 0.0
    wide = max(least, min(2.5 * usual, 4 * words[0].size))
    return frozenset(index for index, gap in enumerate(gaps, 1) if gap >= wide)


def _size(words: Sequence[Word]) -> float:
    """Give the size in which most of the letters are written."""
    if len({word.size for word in words}) == 1:
        return words[0].size
    letters: dict[float, int] = {}
    for word in words:
        letters[word.size] = letters.get(word.size, 0) + len(word.text)
    return max(letters, key=lambda size: (letters[size], size))


def _from_left(words: list[Word]) -> list[Word]:
    """Put words in order where the file paints some later, as signs of another font, and close them up to theirs."""
    if all(word.x0 <= after.x0 for word, after in pairwise(words)):
        return words
    made: list[Word] = []
    for word in sorted(words, key=lambda word: word.x0):
        if made and word.x0 - made[-1].x1 < _NO_GAP * made[-1].size and word.run == made[-1].run:
            made[-1] = made[-1]._replace(text=made[-1].text + word.text, x1=max(word.x1, made[-1].x1))
        else:
            made.append(word)
    return made


def _is_right_to_left(text: str) -> bool:
    if not _RIGHT_TO_LEFT.search(text):
        return False
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(_RIGHT_TO_LEFT.match(char) is not None for char in letters) > len(letters)


# Columns: a white strip from top to bottom of some rows, with running text on both sides of it.

_Band = tuple[float | None, Sequence[Piece]]  # where the strip is, None for what stands across


def _bands(found: Sequence[Piece]) -> list[_Band]:
    """Cut a page from top to bottom into stretches in two columns and stretches in one."""
    if len(found) < 2 * _FEWEST_LINES:
        return [(None, found)] if found else []
    page_rows = rows(found)
    best: list[_Band] = [(None, found)]
    most = 0
    for x in _dips(found):
        bands = _cut(page_rows, x)
        in_columns = sum(len(band) for gutter, band in bands if gutter is not None)
        if in_columns > most:
            best, most = bands, in_columns
            if most > 0.8 * len(found):
                break  # no other strip will do much better
    return best


def _dips(found: Sequence[Piece]) -> list[float]:
    """Give the middles of strips that fewer pieces cross than stand to their left and to their right."""
    left = min(piece.x0 for piece in found)
    bins = int((max(piece.x1 for piece in found) - left) / _BIN) + 2
    if bins > 5_000:
        return []
    steps = [0] * (bins + 1)
    for piece in found:
        steps[int((piece.x0 - left) / _BIN)] += 1
        steps[int((piece.x1 - left) / _BIN) + 1] -= 1
    cover = list(accumulate(steps[:bins]))
    before, after = list(accumulate(cover, max)), list(accumulate(reversed(cover), max))[::-1]
    dips: list[tuple[int, float]] = []
    start = 0
    for index in range(1, bins):
        if cover[index] == cover[start]:
            continue
        depth = min(before[start], after[start]) - cover[start]
        is_lowest = cover[start] < cover[index] and (not start or cover[start] < cover[start - 1])
        if is_lowest and depth >= _FEWEST_LINES:
            dips.append((depth, left + (start + index) / 2 * _BIN))
        start = index
    return [x for _, x in sorted(dips, reverse=True)[:_MOST_DIPS]]


def _cut(page_rows: Sequence[list[Piece]], x: float) -> list[_Band]:
    """Part what stands beside `x` in columns from what stands across it, from top to bottom."""
    bands: list[_Band] = []
    stretches = [(crosses, list(some)) for crosses, some in groupby(page_rows, key=lambda row: _crosses(row, x))]
    for index, (crosses, stretch) in enumerate(stretches):
        beside, below = ([], stretch) if crosses else _columns(stretch, x)
        if beside and below and index + 1 == len(stretches):
            beside, below = stretch, []
        if beside:
            bands.append((x, [piece for row in beside for piece in row]))
        if below:
            loose = [piece for row in below for piece in row]
            if bands and bands[-1][0] is None:
                loose = [*bands.pop()[1], *loose]
            bands.append((None, loose))
    return bands


def _crosses(row: Sequence[Piece], x: float) -> bool:
    return any(piece.x0 < x - _BIN and piece.x1 > x + _BIN for piece in row)


def _columns(stretch: list[list[Piece]], x: float) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """Give the rows of a stretch that are two columns of running text, and those below, as a heading set apart."""
    left = [piece for row in stretch for piece in row if piece.x1 <= x + _BIN]
    right = [piece for row in stretch for piece in row if piece.x1 > x + _BIN]
    if min(len(left), len(right)) < _FEWEST_LINES or not (
        _is_running_text(left) and _is_running_text(right) and _is_gutter(left, right)
    ):
        return [], stretch
    top = min(max(piece.y for piece in left), max(piece.y for piece in right))
    foot_left, foot_right = min(piece.y for piece in left), min(piece.y for piece in right)
    shorter = min(max(piece.y for piece in side) - min(piece.y for piece in side) for side in (left, right))
    if top - max(foot_left, foot_right) < 0.5 * shorter:
        return [], stretch
    for index in range(len(stretch) - 1, 0, -1):
        if max(piece.y for piece in stretch[index]) >= foot_right:
            break
        if stretch[index - 1][0].y - stretch[index][0].y > _APART * stretch[index][0].size:
            return stretch[:index], stretch[index:]
    return stretch, []


def _is_gutter(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Tell the strip between columns from spaces that happen to stand under one another."""
    edge = min(piece.x0 for piece in right)
    size = median(piece.size for piece in right)
    lines = rows(right)
    aligned = sum(line[0].x0 < edge + _BIN for line in lines)
    gap = edge - max(piece.x1 for piece in left)
    if _are_cells(rows(left), lines):
        return False
    return gap > (_GUTTER if len(lines) >= _MANY_LINES else 2 * _GUTTER) * size and 2 * aligned >= len(lines)


def _are_cells(left: Sequence[Sequence[Piece]], right: Sequence[Sequence[Piece]]) -> bool:
    """Tell the cells of a table, between which there is more white than columns of a text have."""
    edges = [min(line[0].x0 for line in side) for side in (left, right)]
    # Most lines of a text reach its edge; a single long one says nothing.
    ends = [sorted(line[-1].x1 for line in side)[3 * len(side) // 4] for side in (left, right)]
    return edges[1] - ends[0] > _WIDEST_GUTTER * min(end - edge for edge, end in zip(edges, ends, strict=True))


def _is_running_text(side: Sequence[Piece]) -> bool:
    """Tell a column of a text from one of a table, of numbers or of names before what they say."""
    lines = rows(side)
    if len(lines) < _FEWEST_LINES:
        return False
    width = max(piece.x1 for piece in side) - min(piece.x0 for piece in side)
    filled = sum(line[-1].x1 - line[0].x0 for line in lines) / len(lines)
    letters = sum(len(word.text) for piece in side for word in piece.words) / len(lines)
    return filled > 0.4 * width and letters > _FEWEST_LETTERS and width > 6 * median(piece.size for piece in side)
