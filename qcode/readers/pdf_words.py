"""The words of a PDF with their places on the page; the only module that speaks to PDFium."""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from ctypes import (
    PYFUNCTYPE,
    addressof,
    c_double,
    c_float,
    c_int,
    c_ushort,
    c_void_p,
    cast,
    create_string_buffer,
)
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, pairwise, repeat, starmap
from typing import Any, NamedTuple

from qcode.errors import FormatProblem
from qcode.readers.helpers import Helper, shares

BOLD = 1
ITALIC = 2
PAGES = 20_000
CHARACTERS = 50 * 1024 * 1024
_FEWEST_PAGES = 25  # for which a helper is worth its start

# What PDFium writes for a hyphen at the end of a line, where the next line goes on with the word.
DIVIDED = "\x02"
_UNKNOWN = "\ufffd"
_HALVES = re.compile("[\ud800-\udfff]")
# White space and controls part words; a line end after the sign for a hyphen is only implied.
_WORDS = re.compile(r"[^\x00-\x20\x7f-\xa0\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+\x02?|\x02|[\r\n]")
_BOLD_NAMES = re.compile(r"bold|black|heavy|semibd|-bd|cmbx|sfbx", re.IGNORECASE)
_ITALIC_NAMES = re.compile(r"italic|oblique|slanted|cmti|cmsl|sfti|-it\b", re.IGNORECASE)
_ITALIC_FLAG = 1 << 6
_FORCE_BOLD_FLAG = 1 << 18
_SKEW = 15  # degrees; a scanned page may stand a little askew


class Word(NamedTuple):
    """A word as it stands on the page: in points, y upwards, `y` the base line, `size` the height of its font.

    `run` is the line of the file's own order that it belongs to: words of one run are in the order of reading.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    style: int
    run: int


@dataclass(slots=True)
class Sheet:
    """A page as PDFium gives it: its words in the order of the file; lines that do not stand upright apart."""

    number: int
    label: str = ""
    width: float = 1.0
    height: float = 1.0
    words: list[Word] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Scanned:
    """All pages of a file, its title as the file says it, and what no word was made of.

    `unknown` counts characters that have no meaning in their font, `outside` words beyond the edge of the paper.
    """

    sheets: list[Sheet]
    title: str
    unknown: int = 0
    outside: int = 0


def scan(data: bytes, name: str) -> Scanned:
    """Fetch all words of a PDF; FormatProblem when it is encrypted, broken or far too long."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 - starting must not wait for it

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refused(error, name) from None
    try:
        return _scan(document, name)
    finally:
        document.close()


def _refused(error: Exception, name: str) -> FormatProblem:
    if "password" in str(error).lower():
        return FormatProblem(
            f"{name} is encrypted and opens with a password only.",
            "Open it in a PDF viewer and print or save it as a PDF without a password.",
        )
    if "security" in str(error).lower():
        return FormatProblem(
            f"{name} is encrypted in a way that is not known here.",
            "Open it in a PDF viewer and print or save it as a PDF without a password.",
        )
    return FormatProblem(
        f"{name} begins like a PDF but is damaged or incomplete.", "Fetch it anew, or save it anew from a PDF viewer."
    )


def _scan(document: Any, name: str) -> Scanned:
    count = len(document)
    if count > PAGES:
        raise FormatProblem(f"{name} has {count:,} pages; at most {PAGES:,} can be read.", "Divide it into parts.")
    found = Scanned([], document.get_metadata_value("Title").strip())
    own, *others = shares(count, fewest=_FEWEST_PAGES)
    helpers = [Helper(partial(_scan_packed, document, share)) for share in others]
    try:
        parts = [_scan_pages(document, own), *(_unpacked(helper.result()) for helper in helpers)]
    finally:
        for helper in helpers:
            helper.end()
    if sum(part.characters for part in parts) > CHARACTERS:
        raise FormatProblem(f"{name} holds more than 50 MB of text.", "Divide it into several files.")
    found.sheets = [sheet for part in parts for sheet in part.sheets]
    found.unknown = sum(part.unknown for part in parts)
    found.outside = sum(part.outside for part in parts)
    return found


@dataclass(slots=True)
class _Pages:
    """Some pages of a file, and what was counted in them."""

    sheets: list[Sheet] = field(default_factory=list)
    unknown: int = 0
    outside: int = 0
    characters: int = 0


def _scan_pages(document: Any, indexes: range) -> _Pages:
    found, calls = _Pages(), _Calls()
    for index in indexes:
        sheet = Sheet(index + 1)
        found.sheets.append(sheet)
        found.characters += _fill(sheet, document, index, found, calls)
        if found.characters > CHARACTERS:
            break  # it will be refused
    return found


def _scan_packed(document: Any, indexes: range) -> tuple[Any, ...]:
    """Scan pages and take them apart into numbers, words and lists."""
    pages = _scan_pages(document, indexes)
    sheets = [
        (sheet.number, sheet.label, sheet.width, sheet.height, list(map(tuple, sheet.words)), sheet.turned)
        for sheet in pages.sheets
    ]
    return sheets, pages.unknown, pages.outside, pages.characters


def _unpacked(data: tuple[Any, ...]) -> _Pages:
    sheets, unknown, outside, characters = data
    made = [
        Sheet(number, label, width, height, list(starmap(Word, words)), turned)
        for number, label, width, height, words, turned in sheets
    ]
    return _Pages(made, unknown, outside, characters)


def _fill(sheet: Sheet, document: Any, index: int, found: _Pages, calls: _Calls) -> int:
    """Put a page's words on its sheet, and give the number of its characters."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415

    try:
        sheet.label = (document.get_page_label(index) or "").strip()
        page = document[index]
    except PdfiumError:
        return 0  # a broken page counts as one without text, and is named as such
    try:
        sheet.width, sheet.height = page.get_width() or 1.0, page.get_height() or 1.0
        text_page = page.get_textpage()
        try:
            return _Gatherer(sheet, page, text_page, found, calls).gather()
        finally:
            text_page.close()
    except PdfiumError:
        return 0
    finally:
        page.close()


class _Font(NamedTuple):
    """What holds for all characters of one text object: base line, size, style, and whether it stands upright."""

    y: float
    size: float
    style: int
    upright: bool


class _Calls:
    """PDFium's functions that are called for every word, bound so that numbers go in and come out: half the time."""

    def __init__(self) -> None:
        from pypdfium2 import raw  # noqa: PLC0415

        self.raw = raw
        self.box = _bound(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
        self.object_at = _bound(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
        self.origin = _bound(raw.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
        self.matrix = _bound(raw.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
        self.size = _bound(raw.FPDFTextObj_GetFontSize, c_int, c_void_p, c_void_p)
        self.font = _bound(raw.FPDFTextObj_GetFont, c_void_p, c_void_p)


def _bound(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Take a function by its address; PYFUNCTYPE keeps the interpreter's lock, which none of these would use."""
    bound: Callable[..., Any] = PYFUNCTYPE(result, *arguments)(cast(function, c_void_p).value or 0)
    return bound


class _Gatherer:
    """One page: its characters gathered into words, in the space of the page as it is shown, turned or not."""

    def __init__(self, sheet: Sheet, page: Any, text_page: Any, found: _Pages, calls: _Calls) -> None:
        self._calls, self._raw, self._sheet, self._found = calls, calls.raw, sheet, found
        self._page, self._handle = text_page.raw, cast(text_page.raw, c_void_p).value
        self._turn = int(page.get_rotation())
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._x, self._y, self._height, self._matrix = c_double(), c_double(), c_float(), self._raw.FS_MATRIX()
        self._styles: dict[int, int] = {}  # of each font of this page; its address may be another's on the next
        self._turned_run = -1
        self._object, self._last = 0, _Font(0.0, 10.0, 0, True)

    def gather(self) -> int:
        """Go through the page's characters once, and give their number."""
        text = self._text()
        words, starts, ends, turns = list[str](), list[int](), list[int](), [0]
        for match in _WORDS.finditer(text):
            word = match[0]
            if word not in "\r\n":
                words.append(word)
                starts.append(match.start())
                ends.append(match.end() - 1)
                if word[-1] != DIVIDED:
                    continue
            turns.append(len(words))
        x0s, x1s = self._extents(starts, ends)
        for run, (begin, end) in enumerate(pairwise([*turns, len(words)])):
            for first, last, font in self._fonts(starts, begin, end) if begin < end else ():
                here = slice(first, last)
                if font.upright:
                    self._add(words[here], x0s[here], x1s[here], font, run)
                else:
                    self._add_turned(" ".join(words[here]), run)
        return len(text)

    def _fonts(self, starts: Sequence[int], begin: int, end: int) -> Iterator[tuple[int, int, _Font]]:
        """Divide a line, by the indexes of its words, into stretches of one font.

        A text object stands in one piece in the order of characters, so where the first and the last word are of one
        object, all between are: most lines need no more than that.
        """
        object_at, handle = self._calls.object_at, self._handle
        first, last = object_at(handle, starts[begin]), object_at(handle, starts[end - 1])
        if first == last:
            yield begin, end, self._font(first, starts[begin])
            return
        found = [object_at(handle, starts[index]) or 0 for index in range(begin, end)]
        for text_object, stretch in groupby(range(begin, end), key=lambda index: found[index - begin]):
            indexes = list(stretch)
            yield indexes[0], indexes[-1] + 1, self._font(text_object, starts[indexes[0]])

    def _add(self, words: Sequence[str], x0s: Sequence[float], x1s: Sequence[float], font: _Font, run: int) -> None:
        """Put words of one font on the sheet, without those beyond its edges."""
        sheet = self._sheet
        if not -1 <= font.y <= sheet.height + 1:
            self._found.outside += len(words)
            return
        same = repeat(font.y), repeat(font.size), repeat(font.style), repeat(run)
        made = map(Word, words, x0s, map(max, x0s, x1s), *same)
        if min(x0s) >= -1 and max(x0s) <= sheet.width + 1:
            sheet.words += made
            return
        inside = [word for word in made if -1 <= word.x0 <= sheet.width + 1]
        self._found.outside += len(words) - len(inside)
        sheet.words += inside

    def _extents(self, starts: Sequence[int], ends: Sequence[int]) -> tuple[list[float], list[float]]:
        """Give from where to where each word stands, from the boxes of its first and of its last character."""
        count = len(starts)
        boxes = (c_float * (8 * count))()  # of each character left, top, right, bottom
        base = addressof(boxes)
        middle, end = base + 16 * count, base + 32 * count
        for places, memory in ((starts, range(base, middle, 16)), (ends, range(middle, end, 16))):
            deque(map(self._calls.box, repeat(self._handle), places, memory), maxlen=0)
        sides = boxes[:]
        first, last, origin, sign = {
            90: (3, 1, self._bottom, 1),
            180: (2, 0, self._right, -1),
            270: (1, 3, self._top, -1),
        }.get(self._turn, (0, 2, self._left, 1))
        x0s, x1s = sides[first : 4 * count : 4], sides[4 * count + last :: 4]
        return [sign * (x - origin) for x in x0s], [sign * (x - origin) for x in x1s]

    def _text(self) -> str:
        """Fetch the characters, one for each of PDFium's indexes."""
        count = max(0, self._raw.FPDFText_CountChars(self._page))
        units = (c_ushort * (count + 1))()
        written = self._raw.FPDFText_GetText(self._page, 0, count, units) - 1
        text = bytes(units)[: 2 * max(0, written)].decode("utf-16-le", "surrogatepass")
        # PDFium leaves out what has no meaning, and gives signs beyond the first 65,536 in halves.
        if len(text) != count or _HALVES.search(text):
            codes = (self._raw.FPDFText_GetUnicode(self._page, index) for index in range(count))
            text = "".join(chr(code) if 0 < code < 0x110000 else _UNKNOWN for code in codes)
        self._found.unknown += text.count(_UNKNOWN)
        return text.replace("\ufffe", DIVIDED)

    def _font(self, text_object: int | None, index: int) -> _Font:
        """Read the font of a text object; what belongs to none has that of the words before it."""
        if text_object and text_object != self._object:
            self._object, self._last = text_object, self._read_font(text_object, index)
        return self._last

    def _read_font(self, text_object: int, index: int) -> _Font:
        calls, height, matrix = self._calls, self._height, self._matrix
        calls.size(text_object, addressof(height))
        calls.matrix(self._handle, index, addressof(matrix))
        if self._turn or matrix.b or matrix.c or matrix.a <= 0:
            x, y = self._x, self._y
            calls.origin(self._handle, index, addressof(x), addressof(y))
            size = height.value * math.hypot(matrix.c, matrix.d)
            angle = (math.degrees(math.atan2(matrix.b, matrix.a)) - self._turn) % 360
            upright = min(angle, 360 - angle) < _SKEW
            line = {90: self._right - x.value, 180: self._top - y.value, 270: x.value - self._left}
            base = line.get(self._turn, y.value - self._bottom)
        else:
            size, upright, base = height.value * abs(matrix.d), True, matrix.f - self._bottom
        size = size if 0.5 < size < 2_000 else 10.0
        return _Font(base if math.isfinite(base) else 0.0, size, self._style(text_object), upright)

    def _style(self, text_object: int) -> int:
        font = self._calls.font(text_object) or 0
        if font not in self._styles:
            self._styles[font] = self._style_of(cast(font, self._raw.FPDF_FONT)) if font else 0
        return self._styles[font]

    def _style_of(self, font: Any) -> int:
        name = create_string_buffer(200)
        self._raw.FPDFFont_GetBaseFontName(font, name, len(name))
        called = name.value.decode("latin-1")
        flags = max(0, self._raw.FPDFFont_GetFlags(font))
        bold = bool(_BOLD_NAMES.search(called)) or flags & _FORCE_BOLD_FLAG
        italic = bool(_ITALIC_NAMES.search(called)) or flags & _ITALIC_FLAG
        return (BOLD if bold else 0) | (ITALIC if italic else 0)

    def _add_turned(self, word: str, run: int) -> None:
        turned = self._sheet.turned
        if turned and self._turned_run == run:
            turned[-1] += " " + word
        else:
            turned.append(word)
        self._turned_run = run
