"""How much of a printed page arrives, and in which order: counted for usual layouts, and for hard ones by name."""

from __future__ import annotations

import io
import random
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

import pypdf
import pytest
from pdf_kit import HEIGHT, WIDTH, Sheet, justified, pdf, wrapped

from qcode.readers import read

KNOWN = re.compile(r"\b[a-j]{4}[lmnrst][a-z]{1,4}\b")
ENDINGS = ("lo", "ra", "min", "tep", "nus", "sole")
PAGES = 8


class Press:
    """Print words that were never printed before, and remember them in the order in which a reader takes them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words: list[str] = []

    def some(self, count: int, *, capital: bool = False) -> str:
        start = len(self.words)
        for number in range(start, start + count):
            letters = "".join("abcdefghij"[int(digit)] for digit in f"{number:04}")
            self.words.append(letters + self.chance.choice(ENDINGS))
        fresh = self.words[start:]
        return " ".join([fresh[0].capitalize() if capital else fresh[0], *fresh[1:]])

    def paragraphs(self, count: int, width: int, *, set_as: Callable[[str, int], list[str]] = wrapped) -> list[str]:
        """Set paragraphs, each of which begins with an indent."""
        lines: list[str] = []
        for _ in range(count):
            text = self.some(self.chance.randrange(30, 90), capital=True) + "."
            first, *others = set_as("###" + text, width)
            lines += ["   " + first[3:], *others]
        return lines

    def columns(self, lines: Sequence[str], xs: Sequence[float], *, size: float = 9, heads: bool = False) -> bytes:
        """Print lines into columns, page after page."""
        a_column = 50
        sheets: list[Sheet] = []
        for at in range(0, len(lines), a_column * len(xs)):
            sheet = Sheet()
            if heads:
                sheet.put(60, HEIGHT - 40, "A Journal of Orchards", size=8).put(
                    WIDTH / 2, 30, str(len(sheets) + 1), size=8
                )
            for number, x in enumerate(xs):
                start = at + number * a_column
                sheet.lines(x, HEIGHT - 80, lines[start : start + a_column], size=size)
            sheets.append(sheet)
        return pdf(sheets)


def share(words: Sequence[str], text: str) -> float:
    """Give the share of the words that arrive in their order: the longest row of them that does, of all."""
    place = {word: at for at, word in enumerate(words)}
    row: list[int] = []
    for word in dict.fromkeys(KNOWN.findall(text.lower())):
        if word in place:
            at = bisect_left(row, place[word])
            row[at : at + 1] = [place[word]]
    return len(row) / len(words)


def divided(text: str, width: int) -> list[str]:
    """Cut a text into lines as a program does that divides words."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) + 1 > width and len(word) > 5 and len(line) + 5 <= width:
            lines.append(f"{line} {word[:3]}-".strip())
            line = word[3:]
        elif len(line) + len(word) + 1 > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def one_column(press: Press) -> bytes:
    return press.columns(press.paragraphs(30, 80), [60])


def two_columns_with_heads(press: Press) -> bytes:
    return press.columns(press.paragraphs(60, 42), [50, 310], heads=True)


def two_justified_columns(press: Press) -> bytes:
    return press.columns(press.paragraphs(60, 42, set_as=justified), [50, 310], heads=True)


def three_columns(press: Press) -> bytes:
    return press.columns(press.paragraphs(60, 32), [40, 225, 410], size=8)


def divided_words(press: Press) -> bytes:
    return press.columns(press.paragraphs(40, 42, set_as=divided), [50, 310])


def headings_and_lists(press: Press) -> bytes:
    sheets = []
    for _ in range(PAGES):
        sheet, y = Sheet(), HEIGHT - 80.0
        for _ in range(3):
            sheet.put(60, y, press.some(3, capital=True), size=15, font="F2")
            y = sheet.lines(60, y - 24, wrapped(press.some(60, capital=True) + ".", 80), size=9) - 8
            for number in range(1, 4):
                y = sheet.lines(80, y, [f"{number}. {press.some(6)}"], size=9)
            y -= 14
        sheets.append(sheet)
    return pdf(sheets)


def a_table(press: Press) -> bytes:
    sheets = []
    for _ in range(PAGES):
        sheet = Sheet()
        y = sheet.lines(60, HEIGHT - 80, wrapped(press.some(70, capital=True) + ".", 80), size=9) - 12
        for _ in range(12):
            for x in (60, 230, 400):
                sheet.put(x, y, press.some(2), size=9)
            y -= 14
        sheet.lines(60, y - 12, wrapped(press.some(70, capital=True) + ".", 80), size=9)
        sheets.append(sheet)
    return pdf(sheets)


@pytest.mark.parametrize(
    "layout",
    [
        one_column, two_columns_with_heads, two_justified_columns, three_columns, divided_words, headings_and_lists,
        a_table,
    ],
)  # fmt: skip
def test_of_usual_layouts_all_words_arrive_in_their_order(layout: Callable[[Press], bytes]) -> None:
    press = Press(1)
    data = layout(press)
    assert len(press.words) > 600
    assert share(press.words, read(data, "a.pdf").text) >= 0.99


def test_another_program_finds_the_same_words() -> None:
    for layout in (one_column, two_columns_with_heads, headings_and_lists, a_table):
        data = layout(Press(2))
        other = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
        ours, theirs = (set(KNOWN.findall(text.lower())) for text in (read(data, "a.pdf").text, other))
        assert len(ours & theirs) >= 0.99 * len(ours | theirs)


# Hard layouts: all words arrive, but what belongs together has to be guessed.


def a_table_of_wrapped_cells(press: Press) -> bytes:
    sheets = []
    for _ in range(PAGES):
        sheet, y = Sheet(), HEIGHT - 80.0
        for _ in range(8):
            bottoms = [sheet.lines(x, y, wrapped(press.some(9), 22), size=9) for x in (60, 230, 400)]
            y = min(bottoms) - 6
        sheets.append(sheet)
    return pdf(sheets)


def a_box_within_the_text(press: Press) -> bytes:
    sheets = []
    for _ in range(PAGES):
        sheet = Sheet()
        y = sheet.lines(60, HEIGHT - 80, wrapped(press.some(60), 80), size=9)
        beside = sheet.lines(60, y, wrapped(press.some(60), 38), size=9)
        sheet.lines(330, y - 6, wrapped(press.some(20), 24), size=9, font="F2")
        sheet.lines(60, beside, wrapped(press.some(60), 80), size=9)
        sheets.append(sheet)
    return pdf(sheets)


def notes_at_the_foot(press: Press) -> bytes:
    sheets = []
    for _ in range(PAGES):
        sheet = Sheet()
        sheet.lines(60, HEIGHT - 80, wrapped(press.some(320, capital=True), 80), size=9)
        sheet.lines(60, 120, wrapped("1 " + press.some(12, capital=True) + ".", 90), size=7)
        sheets.append(sheet)
    return pdf(sheets)


@pytest.mark.parametrize(
    ("layout", "at_least"),
    [
        (a_table_of_wrapped_cells, 0.3),  # rows of cells with several lines are read line by line, or as columns
        (a_box_within_the_text, 0.85),  # a box may stand before or after the text that flows around it
        (notes_at_the_foot, 0.95),  # a note follows the paragraph that goes on over the page
    ],
)
def test_of_hard_layouts_all_words_arrive(layout: Callable[[Press], bytes], at_least: float) -> None:
    press = Press(3)
    text = read(layout(press), "a.pdf").text
    assert set(press.words) <= set(KNOWN.findall(text.lower()))
    assert share(press.words, text) >= at_least
