"""Walk through the XML of an OpenDocument text, and write what stands when all changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from qcode.readers.comments import Comments
from qcode.readers.flow import Flow
from qcode.readers.layout import Layout, Look, Notes
from qcode.readers.markup import text_of
from qcode.readers.odt_styles import DRAW, OFFICE, TABLE, TEXT, Level, Styles, level_of_heading, marker, whole

_DC = "{http://purl.org/dc/elements/1.1/}"
_SPACE = re.compile(r"[ \t\n\r]+")
_MOST_SPACES = 1_000
_PARAGRAPHS = frozenset((f"{TEXT}p", f"{TEXT}h"))
_BLOCKS = frozenset((*_PARAGRAPHS, f"{TEXT}list", f"{TABLE}table", f"{TEXT}numbered-paragraph"))
# What only holds blocks.
_AROUND = frozenset(
    TEXT + name
    for name in (
        "section",
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
        "bibliography",
        "index-body",
        "index-title",
    )
)
# What stands among words and is none.
_UNREAD = frozenset(
    (
        f"{TEXT}tracked-changes",
        f"{TEXT}soft-page-break",
        f"{TEXT}script",
        f"{OFFICE}event-listeners",
        f"{OFFICE}forms",
    )
)
_HIDDEN = frozenset((f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"))
_ROWS_IN = frozenset(f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group"))


@dataclass(slots=True)
class Seen:
    """What the walk met that the text does not show, or not as it stood."""

    deletions: bool = False
    hidden: bool = False
    prompts: bool = False
    pictures: int = 0


@dataclass(slots=True)
class _List:
    """An open list: its levels, how deep it lies, and the numbers so far of it and those around it."""

    style: str
    levels: dict[int, Level]
    depth: int
    counts: dict[int, int]


@dataclass(slots=True)
class _Story:
    """Where the walk is in the body, a note, a cell or a text box."""

    before: Layout | None = None
    in_list: bool = False
    empty_before: bool = False
    lists: list[_List] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)  # text boxes that wait for the end of the paragraph


class TextWalk:
    """Write a body and its notes into a flow."""

    def __init__(self, styles: Styles) -> None:
        self.flow = Flow(tight_items=False)
        self.seen = Seen()
        self.comments = Comments()
        self._ending_comments: frozenset[str] = frozenset()
        self._open_comments: dict[str, str] = {}
        self._styles = styles
        self._notes = Notes()
        self._story = _Story()
        self._outline: dict[int, int] = {}
        self._ended: dict[tuple[str, int], int] = {}  # the last number of each style of lists, a level
        self._ended_by_id: dict[str, int] = {}
        self._inside: dict[str, Callable[[etree._Element, Look], None]] = {
            f"{TEXT}s": self._spaces,
            f"{TEXT}tab": lambda element, look: self.flow.gap("\t"),
            f"{TEXT}line-break": lambda element, look: self.flow.gap("\n"),
            f"{TEXT}note": self._note,
            f"{TEXT}span": self._span,
            f"{TEXT}ruby": self._ruby,
            f"{TEXT}placeholder": self._prompt,
            f"{OFFICE}annotation": self._comment,
            f"{OFFICE}annotation-end": self._comment_ends,
        }

    def write(self, body: etree._Element) -> None:
        """Write the body, and under a line the notes that it refers to."""
        ends = (element.get(f"{OFFICE}name") for element in body.iter(f"{OFFICE}annotation-end"))
        self._ending_comments = frozenset(name for name in ends if name)
        self._tell(body)
        if self._notes.waiting:
            self.flow.rule()
        for mark, note in self._notes.waiting:  # it grows where a note refers to another
            self.flow.open_item(f"{mark} ")
            self._tell(note, tight=note is not self._notes.waiting[0][1])
            self.flow.close_item()

    def _tell(self, element: etree._Element, *, tight: bool = False) -> None:
        """Write the blocks of a body, a note, a cell or a text box, which knows nothing of those around it."""
        outside, self._story = self._story, _Story(Layout() if tight else None)
        self._blocks(element)
        self._tell_boxes()
        self.flow.end()
        self._story = outside

    def _blocks(self, parent: etree._Element, *, after: etree._Element | None = None) -> None:
        for child in parent if after is None else after.itersiblings():
            if child.tag in _PARAGRAPHS:
                self._paragraph(child)
            elif child.tag == f"{TEXT}list":
                self._list(child)
            elif child.tag == f"{TABLE}table":
                self._table(child)
            elif child.tag == f"{TEXT}section" and child.get(f"{TEXT}display") == "none":
                self.seen.hidden = True
            elif child.tag in _AROUND or child.tag == f"{TEXT}numbered-paragraph":
                self._blocks(child)
            elif child.tag == f"{TEXT}tracked-changes":
                self.seen.deletions |= next(child.iter(f"{TEXT}deletion"), None) is not None
            elif child.tag.startswith(DRAW):
                self._drawing(child)
                self._tell_boxes()

    def _tell_boxes(self) -> None:
        boxes, self._story.boxes = self._story.boxes, []
        for box in boxes:
            self.flow.block()
            self._tell(box)
            self._story.before = None

    # Paragraphs

    def _paragraph(self, paragraph: etree._Element, *, number: str = "") -> None:
        """Write a paragraph; a heading in a list gets its number here, since it is no item."""
        story = self._story
        layout = self._styles.paragraph(paragraph.get(f"{TEXT}style-name") or "")
        if paragraph.tag == f"{TEXT}h":
            layout = replace(layout, heading=level_of_heading(paragraph))
            number = number or self._outline_number(paragraph)
        is_item = bool(story.lists) and not layout.heading
        tight = story.before is not None and not story.empty_before and is_item == story.in_list
        tight = tight and layout.stands_close(story.before or layout, are_items=is_item)
        start = self.flow.page.length
        self.flow.block(tight=tight, heading=layout.heading)
        if number and text_of(paragraph).strip():
            self.flow.words(number)
        look = replace(layout.look, bold=None, italic=None) if layout.heading else layout.look
        self._inline(paragraph, look)
        story.before, story.in_list = layout, is_item
        story.empty_before = self.flow.page.length == start
        self._tell_boxes()

    def _outline_number(self, heading: etree._Element) -> str:
        """Count a heading that the document numbers by itself."""
        at = whole(heading.get(f"{TEXT}outline-level"), 1)
        level = self._styles.outline.get(at)
        if level is None or heading.get(f"{TEXT}is-list-header") == "true" or not text_of(heading).strip():
            return ""
        anew = whole(heading.get(f"{TEXT}start-value"), 0)
        self._outline[at] = anew or self._outline.get(at, level.start - 1) + 1
        for deeper in [deeper for deeper in self._outline if deeper > at]:
            del self._outline[deeper]
        return marker(self._styles.outline, self._outline, at)

    # Lists

    def _list(self, element: etree._Element) -> None:
        around = self._story.lists[-1] if self._story.lists else None
        style = element.get(f"{TEXT}style-name") or (around.style if around else "")
        depth = around.depth + 1 if around else 1
        opened = _List(style, self._styles.levels(style), depth, dict(around.counts) if around else {})
        before = element.get(f"{TEXT}continue-list")
        if before in self._ended_by_id:
            opened.counts[depth] = self._ended_by_id[before]
        elif element.get(f"{TEXT}continue-numbering") == "true" and (style, depth) in self._ended:
            opened.counts[depth] = self._ended[style, depth]
        else:
            opened.counts.pop(depth, None)
        if not self._story.in_list and not self.flow.in_row:
            self.flow.open_list()
        self._story.lists.append(opened)
        for item in element:
            if item.tag in (f"{TEXT}list-item", f"{TEXT}list-header"):
                self._item(item, opened)
        self._story.lists.pop()
        if depth in opened.counts:
            self._ended[style, depth] = opened.counts[depth]
            identity = element.get("{http://www.w3.org/XML/1998/namespace}id")
            if identity:
                self._ended_by_id[identity] = opened.counts[depth]

    def _item(self, item: etree._Element, opened: _List) -> None:
        """Write an item; one that only holds a deeper list is not counted, and a heading is no item but numbered."""
        first = next((child for child in item if child.tag in _BLOCKS), None)
        own = item.tag == f"{TEXT}list-item" and first is not None and first.tag in _PARAGRAPHS
        mark = self._count(item, opened) if own else ""
        if first is not None and first.tag == f"{TEXT}h":
            self._paragraph(first, number=mark)
            self._blocks(item, after=first)
            return
        if self.flow.in_row:
            self.flow.block()
            if first is not None and text_of(first).strip():
                self.flow.words(mark)
            self._blocks(item)
            return
        if own:
            self.flow.open_item(mark)
        self._blocks(item)
        if own:
            self.flow.close_item()

    def _count(self, item: etree._Element, opened: _List) -> str:
        level = opened.levels.get(opened.depth)
        start = level.start if level else 1
        said = item.get(f"{TEXT}start-value")
        before = opened.counts.get(opened.depth, start - 1)
        opened.counts[opened.depth] = whole(said, before + 1) if said else before + 1
        return marker(opened.levels, opened.counts, opened.depth)

    # Tables

    def _table(self, table: etree._Element) -> None:
        line_before = False
        for row in _rows(table):
            cells = [cell for cell in row if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")]
            is_line = self.flow.in_row or _fits_a_line(cells)
            if is_line:
                self.flow.open_row(tight=line_before)
            for number, cell in enumerate(cell for cell in cells if cell.tag == f"{TABLE}table-cell"):
                if not is_line:
                    self.flow.block()
                elif number:
                    self.flow.next_cell()
                self._tell(cell)
            if is_line:
                self.flow.close_row()
            line_before = is_line
        self._story.before, self._story.in_list, self._story.empty_before = None, False, False

    # Words

    def _inline(self, parent: etree._Element, look: Look) -> None:
        self._words(parent.text, look)
        for child in parent:
            handle = self._inside.get(child.tag)
            if handle:
                handle(child, look)
            elif child.tag.startswith(DRAW):
                self._drawing(child)
            elif child.tag in _HIDDEN:
                self.seen.hidden = True
            elif child.tag not in _UNREAD:
                self._inline(child, look)
            self._words(child.tail, look)

    def _words(self, text: str | None, look: Look) -> None:
        """Write words as XML keeps them: white space of any length is one space, and none at a paragraph's ends."""
        if not text:
            return
        if look.hidden:
            self.seen.hidden |= not text.isspace()
            return
        words = _SPACE.sub(" ", text)
        inner = words.strip(" ")
        if words[0] == " ":
            self.flow.gap(" ")
        if inner:
            self.flow.words(inner, bold=bool(look.bold), italic=bool(look.italic))
            self.comments.wrote(max(0, self.flow.page.length - len(inner)))
            if words[-1] == " ":
                self.flow.gap(" ")

    def _span(self, element: etree._Element, look: Look) -> None:
        self._inline(element, look.under(self._styles.words(element.get(f"{TEXT}style-name") or "")))

    def _spaces(self, element: etree._Element, look: Look) -> None:
        many = min(whole(element.get(f"{TEXT}c"), 1), _MOST_SPACES)
        self.flow.words(" " * many, bold=bool(look.bold), italic=bool(look.italic))

    def _note(self, element: etree._Element, look: Look) -> None:
        body = element.find(f"{TEXT}note-body")
        if body is None or look.hidden:
            return
        kind = "endnote" if element.get(f"{TEXT}note-class") == "endnote" else "footnote"
        key = str(len(self._notes.waiting))  # a note stands where it is referred to, so that each is new
        self._words(self._notes.mark(kind, key, body), look)

    def _ruby(self, element: etree._Element, look: Look) -> None:
        for base in element.iterchildren(f"{TEXT}ruby-base"):
            self._inline(base, look)
        over = "".join(text_of(part) for part in element.iterchildren(f"{TEXT}ruby-text")).strip()
        if over:
            self._words(f"({over})", look)

    def _prompt(self, element: etree._Element, look: Look) -> None:
        self.seen.prompts = True

    def _comment(self, element: etree._Element, look: Look) -> None:
        creator = element.find(f"{_DC}creator")
        name = element.get(f"{OFFICE}name") or ""
        key = self._open_comments[name] = f"{name} {self.comments.count}"  # some programs give a name twice
        lines = (text_of(paragraph).strip() for paragraph in element.iter(f"{TEXT}p"))
        self.comments.say(key, "" if creator is None else text_of(creator), "\n".join(filter(None, lines)))
        if name in self._ending_comments:
            self.comments.begin(key)
        else:
            self.comments.point(key, self.flow.page.length, in_block=self.flow.in_block)

    def _comment_ends(self, element: etree._Element, look: Look) -> None:
        key = self._open_comments.get(element.get(f"{OFFICE}name") or "")
        if key is not None:
            self.comments.end(key, self.flow.page.length)

    # What floats on the page

    def _drawing(self, element: etree._Element) -> None:
        """Keep the text of boxes and shapes for after the paragraph, and count the pictures."""
        waiting = [element]
        while waiting:
            part = waiting.pop()
            if part.tag == f"{DRAW}text-box" or any(child.tag in _PARAGRAPHS for child in part):
                self._story.boxes.append(part)
                continue
            inside = [child for child in part if child.tag.startswith(DRAW)]
            if part.tag == f"{DRAW}frame" and any(child.tag == f"{DRAW}image" for child in inside):
                self.seen.pictures += 1
            waiting += reversed(inside)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in _ROWS_IN:
            yield from _rows(child)


def _fits_a_line(cells: list[etree._Element]) -> bool:
    """Tell whether the cells hold a paragraph each; a lone cell is a frame around a text."""
    if len(cells) < 2:
        return False
    for cell in cells:
        if next(cell.iterdescendants(f"{TABLE}table", f"{DRAW}text-box"), None) is not None:
            return False
        told = 0
        for paragraph in cell.iterdescendants(*_PARAGRAPHS):
            told += bool(text_of(paragraph).strip())
            if told > 1:
                return False
    return True
