"""From lines to paragraphs: by indents, gaps and short last lines, and across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qcode.readers.pdf_lines import Block, Line
from qcode.readers.pdf_words import BOLD, DIVIDED, Word

# An end of a sentence, with closing quotes and the number of a note after it.
_ENDS = re.compile(r"[.!?…:。！？؟।][\"'”’»)\]]*\d{0,3}[\"'”’»)\]]*$")
_BULLET = re.compile(r"[•‣◦▪●○■□–—*·\uf0b7\uf0a7-]$|[(]?(?:\d{1,3}|[a-z])[.)]$")
_LEADER = re.compile(r"(?:[.…_] ?){4,} ?[\divxlc]*$", re.IGNORECASE)
_LEADER_ENDS = frozenset(".…_0123456789ivxlcIVXLC")
_OTHER_SIZE = 0.08  # of the size of the letters
_FARTHEST = 12  # paragraphs of notes and captions between the two parts of one


@dataclass(slots=True)
class Part:
    """A line of a paragraph, the index of its page, and the edges of its column."""

    line: Line
    page: int
    block: Block


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    parts: list[Part]
    size: float = 0.0
    is_bold: bool = False
    is_apart: bool = False

    @property
    def text(self) -> str:
        """Its lines with a space between, divided words not joined."""
        return " ".join(part.line.text for part in self.parts)


@dataclass(slots=True)
class Measures:
    """What is usual in a file: the size of its running text, its look, and how far its lines stand apart, by size."""

    size: float = 10.0
    style: int = 0
    pitches: dict[int, float] = field(default_factory=dict)

    def pitch(self, size: float) -> float:
        """Give the usual distance of base lines of a size."""
        return self.pitches.get(round(2 * size), 1.25 * size)

    def is_bold(self, line: Line) -> bool:
        """Tell whether all of a line is bold where the text is not."""
        return not self.style & BOLD and all(word.style & BOLD for word in line.words)


def measure(blocks: Iterable[Block]) -> Measures:
    """Look through the whole file for what is usual in it."""
    looks: dict[tuple[float, int], int] = {}  # how many letters there are of each size and style
    pitches: dict[int, Counter[float]] = {}
    for block in blocks:
        above: Line | None = None
        for line in block.lines:
            for word in line.words:
                look = word.size, word.style
                looks[look] = looks.get(look, 0) + len(word.text)
            # Below a full line the same paragraph goes on, mostly.
            if above is not None and above.x1 > block.x1 - 1.5 * line.size and _same_size(above.size, line.size):
                ratio = round((above.y - line.y) / line.size * 20) / 20
                if 0.8 <= ratio <= 3.5:
                    pitches.setdefault(round(2 * line.size), Counter())[ratio] += 1
            above = line
    made = Measures()
    sizes: Counter[float] = Counter()
    styles: Counter[int] = Counter()
    for (size, style), letters in looks.items():
        sizes[size] += letters
        styles[style] += letters
    if sizes:
        made.size = sizes.most_common(1)[0][0]
        made.style = styles.most_common(1)[0][0]
    for doubled, ratios in pitches.items():
        made.pitches[doubled] = ratios.most_common(1)[0][0] * doubled / 2
    return made


def paragraphs(blocks: Sequence[Block], page: int, measures: Measures) -> list[Paragraph]:
    """Divide the blocks of a page, by its index and in the order of reading, into paragraphs."""
    return [_paragraph(lines, page, block, measures) for block in blocks for lines in _divide(block, measures)]


def sideways(text: str, page: int) -> Paragraph:
    """Make a paragraph that no other goes on with, of a line that does not stand upright on its page."""
    line = Line([Word(text, 0.0, 0.0, 0.0, 0.0, 0, 0)], 0.0, 0.0, 0.0, 0.0)
    return Paragraph([Part(line, page, Block([line], 0.0, 0.0))], is_apart=True)


def _paragraph(lines: Sequence[Line], page: int, block: Block, measures: Measures) -> Paragraph:
    is_bold = all(measures.is_bold(line) for line in lines)
    return Paragraph([Part(line, page, block) for line in lines], lines[0].size, is_bold)


def _divide(block: Block, measures: Measures) -> list[list[Line]]:
    made: list[list[Line]] = []
    lines = block.lines
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else None
        if made and not _breaks(made[-1], line, after, block, measures):
            made[-1].append(line)
        else:
            made.append([line])
    return made


def _breaks(above: Sequence[Line], line: Line, after: Line | None, block: Block, measures: Measures) -> bool:
    """Tell whether a new paragraph begins with this line, of which `above` is the paragraph before."""
    last = above[-1]
    if not _same_size(last.size, line.size) or last.tabs or line.tabs or _leads_to_page(last):
        return True
    is_bold = measures.is_bold(line)
    if measures.is_bold(last) != is_bold or last.y - line.y > 1.3 * measures.pitch(line.size):
        return True
    is_heading = is_bold or line.size > 1.1 * measures.size
    if last.words[-1].text.endswith(DIVIDED) or (is_heading and _is_centred(last, line, block)):
        return False
    is_item = bool(_BULLET.match(line.words[0].text)) and (
        _ends(last) or _room(last, line, block) > 0 or _is_item_beside(above[0], line)
    )
    return is_item or _is_short(last, line, block) or _is_indented(above, line, after, block)


def _is_item_beside(first: Line, line: Line) -> bool:
    """Tell whether both lines begin with the mark of an item at the same place."""
    return bool(_BULLET.match(first.words[0].text)) and abs(first.x0 - line.x0) < 0.7 * line.size


def leads_to_page(text: str) -> bool:
    """Tell a line of a table of contents, where dots lead to a number."""
    return bool(_LEADER.search(text[-200:]))


def _leads_to_page(line: Line) -> bool:
    return line.words[-1].text[-1] in _LEADER_ENDS and leads_to_page(line.text)


def _same_size(one: float, other: float) -> bool:
    return abs(one - other) <= _OTHER_SIZE * max(one, other)


def _ends(line: Line) -> bool:
    return bool(_ENDS.search(line.words[-1].text))


def _is_centred(last: Line, line: Line, block: Block) -> bool:
    middle = (block.x0 + block.x1) / 2
    return (
        all(
            abs((each.x0 + each.x1) / 2 - middle) < each.size and each.x0 > block.x0 + each.size
            for each in (last, line)
        )
        or abs(last.x0 + last.x1 - line.x0 - line.x1) < line.size / 2
    )


def _room(last: Line, line: Line, block: Block) -> float:
    """Give how much room the first word of the next line would have left at the end of the line above."""
    first: Word = line.words[0]
    return block.x1 - last.x1 - (first.x1 - first.x0) - 0.25 * line.size


def _is_short(last: Line, line: Line, block: Block) -> bool:
    """Tell whether the line above ended of its own will, since the next word would have had its place there."""
    room = _room(last, line, block)
    if block.is_justified:
        # Before an address that fits in no line, a line that is not the last one of its paragraph is short, too.
        return last.x1 < block.x1 - 0.8 * line.size and (room > 0 or _ends(last))
    if _ends(last):
        return room > 0.75 * line.size
    return room > max(2 * line.size, 0.25 * (block.x1 - block.x0))


def _is_indented(above: Sequence[Line], line: Line, after: Line | None, block: Block) -> bool:
    last = above[-1]
    step, least = line.x0 - last.x0, 0.7 * line.size
    if step > least:
        if len(above) == 1 and _BULLET.match(last.words[0].text):
            return False  # the further lines of an item stand under its words
        # Of an entry that hangs out, the lines to come stand where this one stands.
        hangs = after is not None and abs(after.x0 - line.x0) < least
        return _ends(last) if hangs and len(above) == 1 else len(above) > 1 or not hangs
    if step < -least:
        return len(above) > 1
    # Two lines set in, the third not: a paragraph of one line, and the beginning of the next.
    return len(above) == 1 and after is not None and line.x0 - after.x0 > least and last.x1 < block.x1 - line.size


def join(found: list[Paragraph], measures: Measures) -> tuple[list[Paragraph], int]:
    """Join what a column or a page parts, notes and captions between the parts after them; give how many."""
    made: list[Paragraph] = []
    taken: set[int] = set()
    joined = 0
    for index, paragraph in enumerate(found):
        if index in taken:
            continue
        made.append(paragraph)
        here = index
        while (there := _continuation(found, here, paragraph, taken, measures)) is not None:
            paragraph.parts += found[there].parts
            taken.add(there)
            joined += 1
            here = there
    return made, joined


def _continuation(
    found: Sequence[Paragraph], here: int, paragraph: Paragraph, taken: set[int], measures: Measures
) -> int | None:
    """Find the paragraph in a later column that goes on with this one, which is the last of its kind in its own."""
    for there in range(here + 1, min(len(found), here + 2 + _FARTHEST)):
        other = found[there]
        if there in taken or other.is_apart or paragraph.is_apart:
            continue
        if other.size < min(paragraph.size, measures.size) and not _same_size(other.size, paragraph.size):
            continue
        if other.size < paragraph.size * (1 - _OTHER_SIZE):
            return None  # a heading, and its text
        if other.size > paragraph.size * (1 + _OTHER_SIZE) or other.is_bold != paragraph.is_bold:
            return None
        last, first = paragraph.parts[-1], other.parts[0]
        is_next = first.block is not last.block and first.page <= last.page + 1
        return there if is_next and _goes_on(last, first) else None
    return None


def _goes_on(last: Part, first: Part) -> bool:
    if last.line.tabs or first.line.tabs:
        return False
    word = first.line.words[0].text
    begins_small = word.lstrip("\"'“‘«(„‚[")[:1].islower()
    if last.line.words[-1].text.endswith((DIVIDED, "-", "\u00ad")) and word[:1].isalpha():
        return True
    is_full = _room(last.line, first.line, last.block) < 2 * first.line.size
    if _BULLET.match(word):
        return False
    if begins_small:
        return not _ends(last.line) or is_full
    is_set_in = first.line.x0 > first.block.x0 + 0.7 * first.line.size
    return is_full and not _ends(last.line) and not is_set_in and len(first.block.lines) > 1
