"""The words of a PDF with their places on the page; the only module that speaks to PDFium."""

from __future__ import annotations

import math
import re
from ctypes import addressof, c_double, c_float, c_ushort, create_string_buffer
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from qcode.errors import FormatProblem

BOLD = 1
ITALIC = 2
PAGES = 20_000
CHARACTERS = 50 * 1024 * 1024

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
    characters = 0
    for index in range(count):
        sheet = Sheet(index + 1)
        found.sheets.append(sheet)
        characters += _fill(sheet, document, index, found)
        if characters > CHARACTERS:
            raise FormatProblem(f"{name} holds more than 50 MB of text.", "Divide it into several files.")
    return found


def _fill(sheet: Sheet, document: Any, index: int, found: Scanned) -> int:
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
            return _Gatherer(sheet, page, text_page, found).gather()
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


class _Gatherer:
    """One page: its characters gathered into words, in the space of the page as it is shown, turned or not."""

    def __init__(self, sheet: Sheet, page: Any, text_page: Any, found: Scanned) -> None:
        from pypdfium2 import raw  # noqa: PLC0415

        self._raw, self._handle, self._sheet, self._found = raw, text_page.raw, sheet, found
        self._box = raw.FPDFText_GetLooseCharBox
        self._turn = int(page.get_rotation())
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._first, self._last, self._matrix = raw.FS_RECTF(), raw.FS_RECTF(), raw.FS_MATRIX()
        self._font = _Font(0.0, 10.0, 0, True)
        self._styles: dict[int, int] = {}
        self._turned_run = -1

    def gather(self) -> int:
        """Go through the page's characters once, and give their number."""
        text = self._text()
        sheet, handle, first, last, run = self._sheet, self._handle, self._first, self._last, 0
        # A thousand words a page pass here: each name that is looked up once less counts.
        box, object_at, add, address = self._box, self._raw.FPDFText_GetTextObject, sheet.words.append, 0
        font, left, turn = self._font, self._left, self._turn
        for match in _WORDS.finditer(text):
            word = match[0]
            if word in "\r\n":
                run += 1
                continue
            start, end = match.span()
            found = object_at(handle, start)
            if found and addressof(found.contents) != address:
                address = addressof(found.contents)
                font = self._read_font(found, start)
            if not font.upright:
                self._add_turned(word, run)
                continue
            box(handle, start, first)
            box(handle, end - 1, last)
            x0, x1 = (first.left - left, last.right - left) if not turn else self._extent()
            if -1 <= x0 <= sheet.width + 1 and -1 <= font.y <= sheet.height + 1:
                add(Word(word, x0, x1 if x1 > x0 else x0, font.y, font.size, font.style, run))
            else:
                self._found.outside += 1
            run += word[-1] == DIVIDED
        return len(text)

    def _text(self) -> str:
        """Fetch the characters, one for each of PDFium's indexes."""
        count = max(0, self._raw.FPDFText_CountChars(self._handle))
        units = (c_ushort * (count + 1))()
        written = self._raw.FPDFText_GetText(self._handle, 0, count, units) - 1
        text = bytes(units)[: 2 * max(0, written)].decode("utf-16-le", "surrogatepass")
        # PDFium leaves out what has no meaning, and gives signs beyond the first 65,536 in halves.
        if len(text) != count or _HALVES.search(text):
            codes = (self._raw.FPDFText_GetUnicode(self._handle, index) for index in range(count))
            text = "".join(chr(code) if 0 < code < 0x110000 else _UNKNOWN for code in codes)
        self._found.unknown += text.count(_UNKNOWN)
        return text.replace("\ufffe", DIVIDED)

    def _read_font(self, text_object: Any, index: int) -> _Font:
        raw, x, y, height, matrix = self._raw, c_double(), c_double(), c_float(), self._matrix
        raw.FPDFText_GetCharOrigin(self._handle, index, x, y)
        raw.FPDFTextObj_GetFontSize(text_object, height)
        raw.FPDFText_GetMatrix(self._handle, index, matrix)
        size = height.value * math.hypot(matrix.c, matrix.d)
        angle = (math.degrees(math.atan2(matrix.b, matrix.a)) - self._turn) % 360
        upright = min(angle, 360 - angle) < _SKEW
        line = {90: self._right - x.value, 180: self._top - y.value, 270: x.value - self._left}
        base = line.get(self._turn, y.value - self._bottom)
        size = size if 0.5 < size < 2_000 else 10.0
        return _Font(base if math.isfinite(base) else 0.0, size, self._style(text_object), upright)

    def _style(self, text_object: Any) -> int:
        font = self._raw.FPDFTextObj_GetFont(text_object)
        address = addressof(font.contents) if font else 0
        if address not in self._styles:
            self._styles[address] = self._style_of(font) if font else 0
        return self._styles[address]

    def _style_of(self, font: Any) -> int:
        name = create_string_buffer(200)
        self._raw.FPDFFont_GetBaseFontName(font, name, len(name))
        called = name.value.decode("latin-1")
        flags = max(0, self._raw.FPDFFont_GetFlags(font))
        bold = bool(_BOLD_NAMES.search(called)) or flags & _FORCE_BOLD_FLAG
        italic = bool(_ITALIC_NAMES.search(called)) or flags & _ITALIC_FLAG
        return (BOLD if bold else 0) | (ITALIC if italic else 0)

    def _extent(self) -> tuple[float, float]:
        """Give from where to where the word stands, from its first and its last character."""
        first, last = self._first, self._last
        if self._turn == 0:
            return first.left - self._left, last.right - self._left
        if self._turn == 90:
            return first.bottom - self._bottom, last.top - self._bottom
        if self._turn == 180:
            return self._right - first.right, self._right - last.left
        return self._top - first.top, self._top - last.bottom

    def _add_turned(self, word: str, run: int) -> None:
        turned = self._sheet.turned
        if turned and self._turned_run == run:
            turned[-1] += " " + word
        else:
            turned.append(word)
        self._turned_run = run
