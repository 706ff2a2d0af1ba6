"""How a Word document is put together: what holds paragraphs, rows and words, and which of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from qcode.readers.docx_styles import W, number, switched_on, value

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
ALTERNATIVES = f"{_COMPATIBLE}AlternateContent"
DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
COMMENT_MARKS = frozenset((f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"))


@dataclass(slots=True)
class Seen:
    """What the walk met that the text does not show, or not as it stood."""

    deletions: bool = False
    hidden: bool = False
    formulas: bool = False
    struck: bool = False
    prompts: bool = False
    embedded: int = 0
    pictures: int = 0
    unknown_signs: int = 0


def balanced(element: etree._Element) -> bool:
    """Tell whether every field that begins ends; else a lost end would swallow the rest of the text."""
    kinds = [field.get(f"{W}fldCharType") for field in element.iter(f"{W}fldChar")]
    return kinds.count("begin") == kinds.count("end")


def blocks(parent: Iterable[etree._Element], seen: Seen) -> Iterator[etree._Element]:
    """Give the paragraphs and tables in an element, those in content controls too, and the marks of comments."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl") or child.tag in COMMENT_MARKS:
            yield child
        elif child.tag == f"{W}sdt":
            for content in contents(child, seen):
                yield from blocks(content, seen)
        elif child.tag in (f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from blocks(child, seen)
        elif child.tag in DELETED:
            seen.deletions = True
        elif child.tag == ALTERNATIVES:
            yield from blocks(branch(child), seen)
        elif child.tag == f"{W}altChunk":
            seen.embedded += 1


def contents(control: etree._Element, seen: Seen) -> Iterator[etree._Element]:
    """Give what was filled into a content control; the prompt of an empty one is not the author's."""
    properties = control.find(f"{W}sdtPr")
    is_prompt = properties is not None and switched_on(properties, "showingPlcHdr")
    # a tick box shows its box whether filled in or not
    if is_prompt and properties is not None and properties.find(f"{_OFFICE_2010}checkbox") is None:
        seen.prompts = True
        return
    yield from control.iterchildren(f"{W}sdtContent")


def through(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Give the rows of a table or the cells of a row, whatever is wrapped around them."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from through(child, wanted)


def fits_a_line(cells: list[etree._Element]) -> bool:
    """Tell whether the cells hold a paragraph each; a lone cell is a frame around a text."""
    if len(cells) < 2 and _columns(cells) < 2:
        return False
    for cell in cells:
        if next(cell.iterdescendants(f"{W}tbl", f"{W}txbxContent"), None) is not None:
            return False
        told = 0
        for paragraph in cell.iter(f"{W}p"):
            told += any(text.text for text in paragraph.iter(f"{W}t"))
            if told > 1:
                return False
    return True


def _columns(cells: list[etree._Element]) -> int:
    """Give over how many columns a lone cell reaches."""
    properties = cells[0].find(f"{W}tcPr") if cells else None
    said = value(properties, "gridSpan") if properties is not None else ""
    return number(said, 1)


def branch(element: etree._Element) -> list[etree._Element]:
    """Give the inside of one of the branches that say the same to programs of different age: the first with words."""
    branches = [*element.iterchildren(f"{_COMPATIBLE}Choice"), *element.iterchildren(f"{_COMPATIBLE}Fallback")]
    telling = (each for each in branches if next(each.iter(f"{W}txbxContent", f"{W}t"), None) is not None)
    chosen = next(telling, branches[0] if branches else None)
    return [] if chosen is None else list(chosen)
