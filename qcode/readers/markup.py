"""XML from strangers: no entity is expanded, nothing is fetched, and its size is bounded."""

from __future__ import annotations

from typing import Any

from lxml import etree

from qcode.errors import FormatProblem

MOST_BYTES = 256 * 1024**2
_ANEW = "Open it in the program it comes from, save it anew, and import that."


def parse_xml(data: bytes, name: str, part: str, *, doctype: bool = False) -> etree._Element:
    """Parse a part of an office document; FormatProblem names the file for whatever is not sound XML.

    Office formats have no document type, so one is refused, and with it every entity that a part could define; with
    `doctype` it may stand there and is ignored.
    """
    if len(data) > MOST_BYTES:
        raise FormatProblem(
            f"{name} is too large: its part “{part}” has {len(data) // 1024**2:,} MB.", "Divide it into several files."
        )
    try:
        root = etree.fromstring(data, safe_parser())
    except (etree.XMLSyntaxError, ValueError, LookupError, AssertionError):
        raise FormatProblem(f"{name} is damaged: its part “{part}” is no sound XML.", _ANEW) from None
    found: Any = root.getroottree().docinfo
    if not doctype and (found.doctype or found.internalDTD is not None):
        raise FormatProblem(
            f"{name} declares a document type in “{part}”, which no office document has.",
            "Do not open it if you do not know where it comes from.",
        )
    return root


def safe_parser(*, encoding: str | None = None) -> etree.XMLParser:
    """Make a parser that expands, fetches and loads nothing; comments and instructions are left out."""
    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def local(tag: object) -> str:
    """Give a tag's name without its namespace; empty for what is no element."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: etree._Element) -> str:
    """Give all characters inside an element, those of its children too."""
    return "".join(str(piece) for piece in element.itertext())
