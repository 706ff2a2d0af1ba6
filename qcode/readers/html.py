"""Web pages: the words a reader sees, block by block, with headings, emphasis, lists and tables."""

from __future__ import annotations

import codecs
import html.entities
import re
from pathlib import PurePath
from typing import Any

from lxml import etree

from qcode.errors import FormatProblem
from qcode.readers.choices import AS_USUAL, SPEAKERS, ReadingChoices
from qcode.readers.decode import Decoded, decode
from qcode.readers.document import Document, Reader, first_heading
from qcode.readers.flow import Flow
from qcode.readers.html_body import PageWalk
from qcode.readers.markup import local, safe_parser, text_of
from qcode.text.canonical import canonical

MEDIA_TYPE = "text/html"
SUFFIXES = (".html", ".htm", ".xhtml", ".xht")

_SNIFFED = 2_048
_DECLARED_WITHIN = 4_096
_ROOT = re.compile(r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>])", re.I | re.S)
_XML = re.compile(r"\ufeff?\s*<\?xml\s", re.I)
_CHARSET = re.compile(rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.I)
_OWN_ENTITIES = re.compile(r"(<!doctype\s[^\[>]*)\[[^\]]*\]", re.I)
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;)(\w+;)")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What pages call by these names is, in every browser, the larger set beside it.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}


def read_html(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read a web page as the text it shows; by choice, only its main part, where the page marks one.

    Links keep their words and lose their addresses; scripts, styles and what the page hides are left out. A row of a
    table is a line with tabs between its cells; tables that lay out a page are read block by block.
    """
    decoded = decode_page(data, name, choices.encoding)
    source = canonical(decoded.text)
    root = parse_page(source.text, name)
    notes = ((decoded.note,) if decoded.note else ()) + source.notes
    body = article(root) if choices.article_only else None
    if choices.article_only and body is None:
        notes += ("The page marks no article as such, so all of it was read.",)
    walk = PageWalk(Flow(), article_only=body is not None)
    for sheet in root.iter("style", "{*}style"):
        walk.dress(text_of(sheet))
    walk.write(root if body is None else body)
    flow = walk.flow
    text = flow.page.text
    spans = tuple(sorted((*flow.page.spans, *walk.pages())))
    title = page_title(root) or first_heading(text, spans)
    return Document(text, spans, title, MEDIA_TYPE, decoded.encoding, decoded.guessed, notes + walk.notes())


def _recognises(data: bytes, name: str) -> bool:
    """Claim files that are called web pages, and those that begin as one, whatever they are called."""
    if PurePath(name).suffix.lower() in SUFFIXES:
        return True
    start = data[:_SNIFFED]
    wide = next((mark for mark in _MARKS[1:] if start.startswith(mark)), None)
    sample = start.decode("utf-16" if wide else "utf-8", "ignore")
    return _ROOT.match(sample) is not None


READER = Reader(
    "Web page (HTML)",
    MEDIA_TYPE,
    SUFFIXES,
    _recognises,
    read_html,
    heeds=frozenset(("encoding", "read_as", "article_only", *SPEAKERS)),
)


def decode_page(data: bytes, name: str, encoding: str = "") -> Decoded:
    """Decode a page by its mark, by what it says of itself, else as any text."""
    if encoding or data.startswith(_MARKS):
        return decode(data, name, encoding)
    start = data[:_DECLARED_WITHIN]
    declared = _XML_ENCODING.search(start) or _CHARSET.search(start)
    codec = _codec(declared[1].decode("ascii", "replace")) if declared else ""
    if not codec:
        return decode(data, name)
    try:
        return Decoded(data.decode(codec), codec)
    except (UnicodeError, ValueError):
        found = decode(data, name)
        said = f"The page says that its encoding is {codec.upper()}, but does not keep to it."
        return Decoded(found.text, found.encoding, True, f"{said} {found.note}".strip())


def _codec(label: str) -> str:
    try:
        codec = codecs.lookup(label).name
        "".encode(codec)
    except (LookupError, ValueError, TypeError):
        return ""
    # It could not have been read so far if it were one of these.
    return "utf-8" if codec.startswith(("utf-16", "utf-32")) else _MEANT.get(codec, codec)


def parse_page(text: str, name: str, *, is_xml: bool = False) -> etree._Element:
    """Parse a page: XHTML strictly where it is sound, all else as browsers do; no entity of its own is expanded."""
    if is_xml or _XML.match(text):
        root = _strict(text)
        if root is not None:
            return root
    # No limit on a single piece here: HTML has nothing that swells, and pages carry pictures as one long attribute.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        found = etree.fromstring(_OWN_ENTITIES.sub(r"\1", text, count=1).encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        found = None
    if found is None:
        raise FormatProblem(f"{name} holds no text, only marks.", "Choose a file with text in it.")
    log: Any = parser.error_log
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in log):
        raise FormatProblem(f"{name} is nested too deeply to be read.", "Save the page as plain text and import that.")
    return found


def _strict(text: str) -> etree._Element | None:
    named = html.entities.html5
    plain = _ENTITY.sub(lambda match: _escaped(named.get(match[1], match[0])), text)
    try:
        root = etree.fromstring(plain.encode("utf-8"), safe_parser(encoding="utf-8"))
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return None if next(root.iter(etree.Entity), None) is not None else root


def _escaped(sign: str) -> str:
    return sign if sign.startswith("&") and len(sign) > 1 else html.escape(sign)


def page_title(root: etree._Element) -> str:
    """Give what the page calls itself."""
    for element in root.iter("title", "{http://www.w3.org/1999/xhtml}title"):
        parent = element.getparent()
        if parent is not None and local(parent.tag).lower() == "head":
            return " ".join(text_of(element).split())
    return ""


def article(root: etree._Element) -> etree._Element | None:
    """Find the main part of a page: what it marks as main, else its longest article."""
    marked: dict[bool, list[etree._Element]] = {True: [], False: []}
    for element in root.iter(etree.Element):
        tag = local(element.tag).lower()
        if tag == "main" or element.get("role") == "main":
            marked[True].append(element)
        elif tag == "article":
            marked[False].append(element)
    found = marked[True] or marked[False]
    return max(found, key=lambda element: len(text_of(element)), default=None)
