"""Recognise what stands on page after page and belongs to none: running heads, feet, page numbers."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from qcode.readers.pdf_lines import Piece

Row = list[Piece]

# Only the outermost lines can be heads, and only in the outer parts of the page.
_LINES = 4
_ZONE = 0.16
_SAME_PLACE = 4.0  # points
_GAP = 1.45  # heights of the letters between the base lines of a head and of the text
_SHORT = 4  # in a file of so few pages twice is often
_NEARLY_ALL = 0.8  # of the pages: what stands on so many in other letters needs no gap
_ROMAN = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# "12", "- 12 -", "Page 3 of 10"
_NUMBER_ALONE = re.compile(
    r"\W*(?:p|pp|page|seite|s|página|pagina|strana|стр|с)?\W*(?:\d{1,5}|[ivxlc]{1,7})\W*(?:(?:of|von|de|sur|di|из)?\W*\d{1,5}\W*)?",
    re.IGNORECASE,
)


class _Edge(NamedTuple):
    """A line near the upper or lower edge of a page (by index), and its number if it begins or ends with one."""

    page: int
    is_top: bool
    row: Row
    text: str
    numbers: tuple[str, ...]


@dataclass(slots=True)
class Heads:
    """What of each page is no text of its own, by index of the page, and the numbers that are printed on the pages."""

    rows: dict[int, list[Row]] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many lines were recognised."""
        return sum(len(found) for found in self.rows.values())

    def examples(self, limit: int) -> list[str]:
        """Give the most frequent ones in words, without those that are only a number."""
        texts = Counter(_text(row) for found in self.rows.values() for row in found)
        return [words for words, _ in texts.most_common() if not _NUMBER_ALONE.fullmatch(words)][:limit]


def find_heads(pages: Sequence[tuple[float, Sequence[Row]]]) -> Heads:
    """Compare the outer lines of all pages; a page is its height and its rows from top to bottom."""
    sides = [_edges(index, *page) for index, page in enumerate(pages)]
    edges = [edge for page in sides for side in page for edge in side]
    enough = 2 if len(pages) <= _SHORT else 3
    offset = _offset(edges, enough)
    repeated = _repeated(edges, offset, enough)
    everywhere = _repeated(edges, offset, max(3, math.ceil(_NEARLY_ALL * len(pages))))
    heads = Heads()
    for index, page in enumerate(sides):
        taken: list[Row] = []
        for side, rows in zip(page, (pages[index][1], pages[index][1][::-1]), strict=True):
            found = _outermost(side, rows, repeated, everywhere, offset)
            taken += [edge.row for edge in found]
            for number in (_printed(edge, offset) for edge in found):
                if number:
                    heads.numbers.setdefault(index, number)
        if taken:
            heads.rows[index] = taken
    if heads.count == sum(len(rows) for _, rows in pages):
        return Heads()  # a file of nothing but heads has none
    _number_the_others(heads, offset, len(pages))
    return heads


def _outermost(
    side: Sequence[_Edge], rows: Sequence[Row], repeated: set[int], everywhere: set[int], offset: int | None
) -> list[_Edge]:
    """Take the lines from an edge inwards that are heads, as far as a gap sets them off from the text.

    What stands on nearly all pages in letters of another size is none of the text, however close to it.
    """
    found: list[_Edge] = []
    set_off = 0
    for edge, after in zip_longest(side, rows[1 : len(side) + 1]):
        is_number = bool(_printed(edge, offset)) and bool(_NUMBER_ALONE.fullmatch(edge.text))
        if not is_number and id(edge.row) not in repeated:
            break
        found.append(edge)
        size = max(piece.size for piece in [*edge.row, *(after or [])])
        is_apart = id(edge.row) in everywhere and after is not None and abs(edge.row[0].size - after[0].size) > 1
        if is_number or is_apart or after is None or abs(edge.row[0].y - after[0].y) > _GAP * size:
            set_off = len(found)
    return found[:set_off]


def _text(row: Row) -> str:
    return " ".join(piece.text for piece in row)


def _edges(index: int, height: float, rows: Sequence[Row]) -> tuple[list[_Edge], list[_Edge]]:
    top = [row for row in rows[:_LINES] if row[0].y > height * (1 - _ZONE)]
    bottom = [row for row in reversed(rows[-_LINES:]) if row[0].y < height * _ZONE]
    return [_edge(index, row, is_top=True) for row in top], [_edge(index, row, is_top=False) for row in bottom]


def _edge(index: int, row: Row, *, is_top: bool) -> _Edge:
    text = _text(row).lower()
    words = _WORD.findall(text)
    outer = [word for word in (words[:1] + words[-1:]) if word.isascii() and (word.isdigit() or _ROMAN.fullmatch(word))]
    return _Edge(index, is_top, row, text, tuple(outer))


def _repeated(edges: Sequence[_Edge], offset: int | None, enough: int) -> set[int]:
    """Give the ids of the rows that stand, but for the page's number, at the same place of several pages."""
    alike: dict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        alike[edge.is_top, _key(edge, offset)].append(edge)
    found: set[int] = set()
    for group in alike.values():
        heights = sorted(edge.row[0].y for edge in group)
        middle = heights[len(heights) // 2]
        same = [edge for edge in group if abs(edge.row[0].y - middle) <= _SAME_PLACE]
        if len({edge.page for edge in same}) >= enough:
            found |= {id(edge.row) for edge in same}
    # Where heads of other pages stand, in letters of their size, the head of a chapter may stand on a page or two.
    places = {_place(edge) for edge in edges if id(edge.row) in found}
    return found | {id(edge.row) for edge in edges if _place(edge) in places}


def _place(edge: _Edge) -> tuple[bool, int, int]:
    return edge.is_top, round(edge.row[0].y), round(2 * edge.row[0].size)


def _key(edge: _Edge, offset: int | None) -> str:
    """Give the words of a line in any order, heads of left and right pages differ, with a sign for the page's number.

    Other numbers count: "12 Ibid." and "17 Ibid." are notes, not heads.
    """
    number = _printed(edge, offset)
    return " ".join(sorted("#" if word.strip("|-–—.()[]") == number else word for word in edge.text.split()))


def _offset(edges: Sequence[_Edge], enough: int) -> int | None:
    """Find by how much the printed number differs from the index of the page, where many pages agree."""
    pages: dict[int, set[int]] = defaultdict(set)
    for edge in edges:
        for number in edge.numbers:
            if number.isdigit() and len(number) <= 5:
                pages[int(number) - edge.page].add(edge.page)
    if not pages:
        return None
    best = max(pages, key=lambda offset: (len(pages[offset]), -abs(offset)))
    return best if len(pages[best]) >= enough else None


def _printed(edge: _Edge, offset: int | None) -> str:
    """Give the number of the page that stands in this line."""
    for number in edge.numbers:
        if number.isdigit():
            if offset is not None and len(number) <= 5 and int(number) == edge.page + offset:
                return number
        elif _roman(number) == edge.page + 1 or (offset is not None and offset < 1 and _roman(number) <= 1 - offset):
            return number
    return ""


def _roman(number: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[sign] for sign in number]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _number_the_others(heads: Heads, offset: int | None, count: int) -> None:
    """Number the pages that bear no number themselves, as the first of an article, by their neighbours."""
    if offset is None:
        return
    first = min((index for index, number in heads.numbers.items() if number.isdigit()), default=count)
    for index in range(max(0, first - 1, 1 - offset), count):
        heads.numbers.setdefault(index, str(index + offset))
