"""Walk through a page of HTML or XHTML, and write what a reader of it sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from qcode.readers.css import class_looks
from qcode.readers.flow import Flow
from qcode.readers.markup import local, text_of
from qcode.readers.numerals import roman, spreadsheet_letters
from qcode.text.span import Span, SpanKind


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_BLOCKS = _HEADINGS | _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form header hgroup html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul"
)
_LISTS = _names("ul ol menu dir")
_CELLS = _names("td th")
# A cell with one of these is more than a line can hold.
_LARGE = _HEADINGS | _LISTS | _names("table pre blockquote dl hr")
# Nothing of these is meant to be read, or it stands in for what cannot be shown here.
_UNREAD = _names(
    "script style noscript template head title iframe object applet svg canvas audio video select datalist map"
)
_BESIDE_ARTICLE = _names("nav aside footer")
_BOLD = _names("b strong")
_ITALIC = _names("i em cite dfn var")
_STRUCK = _names("s strike del")
_TYPE = "{http://www.idpf.org/2007/ops}type"

_SPACE = re.compile(r"[ \t\n\f\r]+")
_SPACES = " \t\n\f\r"
_UNSEEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WEIGHT = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(bold|bolder|normal|lighter|\d+)", re.IGNORECASE)
_SLANT = re.compile(r"(?:^|;)\s*font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_BOLD_FROM = 600
_NOTE_MARK = re.compile(r"[0-9a-z]{1,4}|[*†‡§¶]{1,3}", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]{1,6}")
_MOST_BREAKS = 2


@dataclass(slots=True)
class _Row:
    """A row of a table: a line, or, where a cell holds more than that, one block after another."""

    is_line: bool
    cells: int = 0


@dataclass(slots=True)
class _List:
    """A list and the number that its next item gets; unordered without a way to count."""

    count: Callable[[int], str] | None = None
    next: int = 1
    step: int = 1


@dataclass(slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    as_written: bool = False


class PageWalk:
    """Write pages into a flow, one after another; then ask for the notes and the pages of the book."""

    def __init__(self, flow: Flow, *, article_only: bool = False) -> None:
        self.flow = flow
        self.pictures = 0
        self._left_out = _UNREAD | _BESIDE_ARTICLE if article_only else _UNREAD
        self._hidden = self._struck = False
        self._looks = [_Look()]
        self._rows: list[_Row] = []
        self._lists: list[_List] = []
        self._breaks = 0
        self._classes: dict[str, str] = {}
        self._under_line = False  # the row before is a line
        self._page_starts: list[tuple[int, str]] = []

    def dress(self, sheet: str) -> None:
        """Take from a style sheet which classes are bold or italic, for the pages to come."""
        self._classes |= class_looks(sheet)

    def write(self, root: etree._Element) -> None:
        """Write all that can be seen of an element."""
        steps = etree.iterwalk(root, events=("start", "end"))
        skipped = False
        for event, element in steps:
            if event == "start":
                skipped = not self._open(element, local(element.tag).lower())
                if skipped:
                    steps.skip_subtree()
                elif element.text:
                    self._words(element.text)
            else:
                if not skipped:
                    self._close(local(element.tag).lower())
                skipped = False
                if element is not root and element.tail:
                    self._words(element.tail)
        self.flow.end()

    def notes(self) -> tuple[str, ...]:
        """Say in sentences what of the pages is not in the text as it stood."""
        notes = []
        if self._hidden:
            notes.append("What the page hides was left out.")
        if self._struck:
            notes.append("Words that are struck out are shown like the others.")
        if self.pictures:
            many = "1 picture was" if self.pictures == 1 else f"{self.pictures:,} pictures were"
            notes.append(f"{many} left out.")
        if self.flow.soft_hyphens:
            notes.append("Soft hyphens were left out.")
        return tuple(notes)

    def pages(self) -> list[Span]:
        """Give the pages of the printed book, where the file tells where they begin."""
        ends = [start for start, _ in self._page_starts[1:]] + [self.flow.page.length]
        found = zip(self._page_starts, ends, strict=False)  # no page, no end
        return [Span(start, end, SpanKind.PAGE, label) for (start, label), end in found if start < end]

    def _open(self, element: etree._Element, tag: str) -> bool:
        """Begin an element; tell whether its inside is to be walked."""
        if tag in self._left_out or self._is_hidden(element) or self._is_page_break(element):
            return False
        if self._is_note_mark(element, tag):
            self._words(f"[{_plain(element)}]")
            return False
        if tag in _BLOCKS:
            self._open_block(element, tag)
        elif tag == "br":
            self._line_break()
        elif tag == "hr":
            self.flow.rule()
        elif tag in ("img", "image"):
            self.pictures += 1
        self._struck |= tag in _STRUCK
        self._looks.append(self._look(element, tag))
        return True

    def _close(self, tag: str) -> None:
        self._looks.pop()
        if tag in _CELLS:
            if not self.flow.in_row:
                self.flow.end()
        elif tag == "tr" and self._rows:
            self._under_line = self._rows.pop().is_line
            if self._under_line:
                self.flow.close_row()
        elif tag in _LISTS and self._lists:
            self._lists.pop()
            self.flow.end()
        elif tag == "li":
            self.flow.close_item()
        elif tag in _BLOCKS:
            self._under_line &= tag != "table"
            self.flow.block()

    def _open_block(self, element: etree._Element, tag: str) -> None:
        self._breaks = 0
        self._under_line &= tag != "table"
        if tag == "tr":
            row = _Row(is_line=not self.flow.in_row and not _is_large(element))
            self._rows.append(row)
            if row.is_line:
                self.flow.open_row(tight=self._under_line)
        elif tag in _CELLS and self._rows and self._rows[-1].is_line:
            if self._rows[-1].cells:
                self.flow.next_cell()
            self._rows[-1].cells += 1
        elif tag in _LISTS:
            self.flow.open_list()
            self._lists.append(_list(element, tag))
        elif tag == "li":
            self.flow.open_item(self._marker(element))
        else:
            self.flow.block(tight=tag == "dd", heading=tag[1:] if tag in _HEADINGS else "")

    def _marker(self, item: etree._Element) -> str:
        found = self._lists[-1] if self._lists else _List()
        if not found.count:
            return "- "
        value = item.get("value") or ""
        if _NUMBER.fullmatch(value):
            found.next = int(value)
        marker = f"{found.count(found.next)}. "
        found.next += found.step
        return marker

    def _line_break(self) -> None:
        self._breaks += 1
        if self._breaks <= _MOST_BREAKS:
            self.flow.gap("\n")

    def _look(self, element: etree._Element, tag: str) -> _Look:
        before = self._looks[-1]
        bold = before.bold or tag in _BOLD
        italic = before.italic or tag in _ITALIC
        style = element.get("style") or ""
        for name in (element.get("class") or "").split() if self._classes else ():
            style += f";{self._classes.get(name, '')}"  # what an element says itself comes first
        if style:
            if weight := _WEIGHT.search(style):
                said = weight[1].lower()
                bold = said.startswith("bold") or (said.isdigit() and int(said[:4]) >= _BOLD_FROM)
            if slant := _SLANT.search(style):
                italic = slant[1].lower() != "normal"
        return _Look(bold, italic, before.as_written or tag in ("pre", "textarea"))

    def _words(self, text: str) -> None:
        look = self._looks[-1]
        if look.as_written:
            self._lines(text, look)
            return
        words = _SPACE.sub(" ", text)
        inner = words.strip(" ")
        if words[0] == " ":
            self.flow.gap(" ")
        if inner:
            self._breaks = 0
            self.flow.words(inner, bold=look.bold, italic=look.italic)
            if words[-1] == " ":
                self.flow.gap(" ")

    def _lines(self, text: str, look: _Look) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self.flow.gap("\n")
            self.flow.words(line, bold=look.bold, italic=look.italic)

    def _is_hidden(self, element: etree._Element) -> bool:
        hidden = element.get("hidden") is not None or _UNSEEN.search(element.get("style") or "") is not None
        if hidden and not self._hidden:
            self._hidden = bool(_plain(element))
        return hidden

    def _is_page_break(self, element: etree._Element) -> bool:
        kind = element.get(_TYPE) or element.get("epub:type") or element.get("role") or ""
        if kind not in ("pagebreak", "doc-pagebreak"):
            return False
        label = element.get("title") or element.get("aria-label") or _plain(element)
        self._page_starts.append((self.flow.page.length, label.strip()))
        return True

    def _is_note_mark(self, element: etree._Element, tag: str) -> bool:
        """Tell whether it is the raised number of a note, which without its height would run into the word before."""
        if tag == "sup":
            parent = element.getparent()
            linked = next(element.iter("a", "{*}a"), None) is not None
            linked = linked or (parent is not None and local(parent.tag) == "a")
        else:
            linked = tag == "a" and "noteref" in (element.get(_TYPE) or element.get("epub:type") or "")
        return linked and _NOTE_MARK.fullmatch(_plain(element)) is not None


def _plain(element: etree._Element) -> str:
    return _SPACE.sub(" ", text_of(element)).strip(" ")


def _is_large(row: etree._Element) -> bool:
    """Tell whether a cell of the row holds more than one block, as in tables that only lay out a page."""
    for cell in row:
        blocks = int(bool((cell.text or "").strip(_SPACES)))
        for element in cell.iterdescendants(etree.Element):
            tag = local(element.tag).lower()
            if tag in _LARGE:
                return True
            if tag in _BLOCKS:
                blocks += bool((element.text or "").strip(_SPACES)) or (tag == "p" and len(element) > 0)
            if blocks > 1:
                return True
    return False


def _list(element: etree._Element, tag: str) -> _List:
    if tag != "ol":
        return _List()
    ways: dict[str, Callable[[int], str]] = {
        "a": spreadsheet_letters,
        "A": lambda number: spreadsheet_letters(number).upper(),
        "i": roman,
        "I": lambda number: roman(number).upper(),
    }
    backwards = element.get("reversed") is not None
    start = element.get("start") or ""
    items = sum(1 for _ in element.iterchildren("li", "{*}li")) if backwards else 1
    first = int(start) if _NUMBER.fullmatch(start) else items
    return _List(ways.get(element.get("type") or "", str), first, -1 if backwards else 1)
