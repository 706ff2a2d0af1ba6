"""Walk through the XML of a Word document, and write what stands when all changes are accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from qcode.readers.comments import Comments
from qcode.readers.docx_lists import Lists
from qcode.readers.docx_structure import (
    ALTERNATIVES,
    COMMENT_MARKS,
    DELETED,
    Seen,
    balanced,
    blocks,
    branch,
    contents,
    fits_a_line,
    through,
)
from qcode.readers.docx_styles import Styles, W, switched_on
from qcode.readers.docx_symbols import mended, sign
from qcode.readers.flow import SOFT_HYPHEN, Flow
from qcode.readers.layout import Layout, Look, Notes
from qcode.readers.markup import text_of

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FORMULAS = frozenset((f"{_MATH}oMath", f"{_MATH}oMathPara"))
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
# Around words that stand as they are.
_AROUND = frozenset(
    W + name for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo")
)


@dataclass(slots=True)
class _Story:
    """Where the walk is in the body, a note, a cell or a text box: its open lists and the paragraph before."""

    before: Layout | None = None
    fields_end: bool = True  # each field that begins in it ends in it
    levels: list[int] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # of each open field: are these its instructions?
    in_list: bool = False
    joined: bool = False  # the mark of the paragraph before was deleted, so that this one goes on with it
    empty_before: bool = False
    boxes: list[etree._Element] = field(default_factory=list)  # text boxes that wait for the end of the paragraph


class DocumentWalk:
    """Write a body and its notes into a flow."""

    def __init__(
        self,
        styles: Styles,
        lists: Lists,
        notes: Mapping[str, Mapping[str, etree._Element]],
        comments: Comments,
    ) -> None:
        self.flow = Flow(tight_items=False)
        self._comments = comments
        self.seen = Seen()
        self._styles = styles
        self._lists = lists
        self._noted = notes
        self._notes = Notes()
        self._story = _Story()
        self._inside: dict[str, Callable[[etree._Element, Look], None]] = {
            f"{W}t": self._text,
            f"{W}tab": lambda element, look: self._gap("\t"),
            f"{W}ptab": lambda element, look: self._gap("\t"),
            f"{W}br": lambda element, look: self._gap("\n"),
            f"{W}cr": lambda element, look: self._gap("\n"),
            f"{W}noBreakHyphen": lambda element, look: self._words("\u2011", look),
            f"{W}softHyphen": lambda element, look: self._words(SOFT_HYPHEN, look),
            f"{W}sym": self._symbol,
            f"{W}fldChar": self._field,
            f"{W}footnoteReference": lambda element, look: self._reference("footnote", element, look),
            f"{W}endnoteReference": lambda element, look: self._reference("endnote", element, look),
            f"{W}drawing": self._drawing,
            f"{W}pict": self._drawing,
            f"{W}object": self._drawing,
            f"{W}ruby": self._ruby,
            f"{W}commentReference": lambda element, look: self._comment(element),
            ALTERNATIVES: self._alternatives,
        }

    def write(self, body: etree._Element) -> None:
        """Write the body, and under a line the notes that it refers to."""
        self._tell(body)
        self.flow.end()
        if self._notes.waiting:
            self.flow.rule()
        for mark, note in self._notes.waiting:  # it grows where a note refers to another
            self.flow.open_item(f"{mark} ")
            self._tell(note, tight=note is not self._notes.waiting[0][1])
            self.flow.close_item()

    def _tell(self, element: etree._Element, *, tight: bool = False) -> None:
        """Write the blocks of a body, a note, a cell or a text box, which knows nothing of those around it."""
        outside, self._story = self._story, _Story(Layout() if tight else None, balanced(element))
        for block in blocks(element, self.seen):
            if block.tag == f"{W}p":
                self._paragraph(block)
            elif block.tag == f"{W}tbl":
                self._table(block)
            else:
                self._comment(block)
        self._tell_boxes()
        self._close_lists(0)
        self.flow.end()
        self._story = outside

    # Paragraphs

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        layout = self._styles.layout(properties)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        joins = mark is not None and any(mark.find(tag) is not None for tag in DELETED)
        start = self.flow.page.length
        if not (self._story.joined and self.flow.in_block):
            self._begin(layout, listed=not joins, paragraph=paragraph)
        base = replace(layout.look, bold=None, italic=None) if layout.heading else layout.look
        self._inline(paragraph, base)
        self._story.joined = joins
        if joins:
            return
        self._story.empty_before = self.flow.page.length == start
        self._tell_boxes()

    def _tell_boxes(self) -> None:
        boxes, self._story.boxes = self._story.boxes, []
        for box in boxes:
            self.flow.block()
            self._tell(box)
            self._story.before = None

    def _begin(self, layout: Layout, *, listed: bool, paragraph: etree._Element) -> None:
        story = self._story
        level = layout.level if layout.level is not None else self._lists.level_of(layout.number, layout.style)
        marker = self._lists.marker(layout.number, level) if listed and layout.number else ""
        if self.flow.in_row:
            self.flow.block()
            if marker and text_of(paragraph).strip():
                self.flow.words(marker)
            return
        is_item = bool(marker) and not layout.heading
        tight = self._stands_close(layout, is_item=is_item)
        self._close_lists(level if is_item else 0)
        if is_item:
            if not story.in_list:
                self.flow.open_list()
            self.flow.open_item(marker)
            story.levels.append(level)
        self.flow.block(tight=tight, heading=layout.heading)
        if marker and not is_item and text_of(paragraph).strip():
            self.flow.words(marker)
        story.before, story.in_list = layout, is_item

    def _stands_close(self, layout: Layout, *, is_item: bool) -> bool:
        story = self._story
        if story.before is None or story.empty_before or is_item != story.in_list:
            return False
        return layout.stands_close(story.before, are_items=is_item)

    def _close_lists(self, level: int) -> None:
        """Close the items at this level and deeper."""
        levels = self._story.levels
        while levels and levels[-1] >= level:
            levels.pop()
            self.flow.close_item()

    # Tables

    def _table(self, table: etree._Element) -> None:
        self._close_lists(0)
        line_before = False
        for row in through(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.seen.deletions = True
                continue
            cells = list(through(row, f"{W}tc"))
            is_line = self.flow.in_row or fits_a_line(cells)
            if is_line:
                self._row(cells, tight=line_before)
            else:
                for cell in cells:
                    self.flow.block()
                    self._tell(cell)
            line_before = is_line
        self._story.before, self._story.in_list, self._story.empty_before = None, False, False

    def _row(self, cells: list[etree._Element], *, tight: bool) -> None:
        self.flow.open_row(tight=tight)
        for number, cell in enumerate(cells):
            if number:
                self.flow.next_cell()
            self._tell(cell)
        self.flow.close_row()

    # Words

    def _inline(self, parent: etree._Element, base: Look) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, base)
            elif tag in _AROUND:
                self._inline(child, base)
            elif tag in COMMENT_MARKS:
                self._comment(child)
            elif tag in DELETED:
                self.seen.deletions = True
                for mark in child.iter(*COMMENT_MARKS):
                    self._comment(mark)
            elif tag == f"{W}sdt":
                for content in contents(child, self.seen):
                    self._inline(content, base)
            elif tag in _FORMULAS:
                self.seen.formulas = True
                self._words("".join(part.text or "" for part in child.iter(f"{_MATH}t")), base)
            elif tag == ALTERNATIVES:
                self._alternatives(child, base)

    def _run(self, run: etree._Element, base: Look) -> None:
        properties = run.find(f"{W}rPr")
        look = base
        if properties is not None:
            look = self._styles.look(properties, base)
            self.seen.struck |= bool(switched_on(properties, "strike") or switched_on(properties, "dstrike"))
        if look.hidden:
            self.seen.hidden |= any(text.text for text in run.iterchildren(f"{W}t"))
        for child in run:
            handle = self._inside.get(child.tag)
            if handle and (not look.hidden or child.tag == f"{W}fldChar"):
                handle(child, look)

    def _text(self, element: etree._Element, look: Look) -> None:
        text = element.text
        if not text:
            return
        if "\n" in text and element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = " ".join(text.split())  # it was only laid out so
        self._words(mended(text, look.font), look)

    def _words(self, text: str, look: Look) -> None:
        if self._story.fields_end and any(self._story.fields):
            return
        before = self.flow.page.length
        self.flow.words(text.replace("\n", " "), bold=bool(look.bold), italic=bool(look.italic))
        if self.flow.page.length > before:
            self._comments.wrote(max(before, self.flow.page.length - len(text)))

    def _comment(self, mark: etree._Element) -> None:
        key, length = mark.get(f"{W}id") or "", self.flow.page.length
        if mark.tag == f"{W}commentRangeStart":
            self._comments.begin(key)
        elif mark.tag == f"{W}commentRangeEnd":
            self._comments.end(key, length)
        else:
            self._comments.point(key, length, in_block=self.flow.in_block)

    def _gap(self, gap: str) -> None:
        if not (self._story.fields_end and any(self._story.fields)):
            self.flow.gap(gap)

    def _symbol(self, element: etree._Element, look: Look) -> None:
        code = element.get(f"{W}char") or ""
        try:
            shown = sign(element.get(f"{W}font") or "", int(code, 16))
        except (ValueError, OverflowError):
            shown = "\ufffd"
        self.seen.unknown_signs += shown == "\ufffd"
        self._words(shown, look)

    def _field(self, element: etree._Element, look: Look) -> None:
        """Follow a field: its instructions are no text, its result is."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._story.fields.append(True)
            box = element.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                ticked = switched_on(box, "checked")
                ticked = switched_on(box, "default") if ticked is None else ticked
                self.flow.words("☒" if ticked else "☐", bold=bool(look.bold), italic=bool(look.italic))
        elif kind == "separate" and self._story.fields:
            self._story.fields[-1] = False
        elif kind == "end" and self._story.fields:
            self._story.fields.pop()

    def _reference(self, kind: str, element: etree._Element, look: Look) -> None:
        key = element.get(f"{W}id") or ""
        if key not in self._noted.get(kind, {}):
            return
        self._words(self._notes.mark(kind, key, self._noted[kind][key]), look)

    def _ruby(self, element: etree._Element, look: Look) -> None:
        for base in element.iterchildren(f"{W}rubyBase"):
            self._inline(base, look)
        over = "".join(text.text or "" for part in element.iterchildren(f"{W}rt") for text in part.iter(f"{W}t"))
        if over:
            self._words(f"({over})", look)

    # What floats on the page

    def _alternatives(self, element: etree._Element, look: Look) -> None:
        """Take one of the branches, which all say the same to programs of different age."""
        for child in branch(element):
            handle = self._inside.get(child.tag)
            if handle:
                handle(child, look)
            elif child.tag == f"{W}r":
                self._run(child, look)

    def _drawing(self, element: etree._Element, _look: Look) -> None:
        """Keep the text of text boxes for after the paragraph, and count the pictures."""
        waiting = [element]
        while waiting:
            part = waiting.pop()
            if part.tag == f"{W}txbxContent":
                self._story.boxes.append(part)
            elif part.tag == ALTERNATIVES:
                waiting += reversed(branch(part))
            else:
                self.seen.pictures += part.tag in _PICTURES
                waiting += reversed(part)
