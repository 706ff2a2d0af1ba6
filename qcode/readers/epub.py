"""Books (EPUB): the chapters in the order in which they are read, each as a web page is."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import unquote

from lxml import etree

from qcode.errors import FormatProblem
from qcode.readers.choices import AS_USUAL, SPEAKERS, ReadingChoices
from qcode.readers.document import Document, Reader, first_heading
from qcode.readers.flow import Flow
from qcode.readers.html import decode_page, parse_page
from qcode.readers.html_body import PageWalk
from qcode.readers.markup import local, parse_xml, text_of
from qcode.readers.zipped import Archive, looks_zipped, member_names, stored_media_type
from qcode.text.canonical import canonical

MEDIA_TYPE = "application/epub+zip"
SUFFIXES = (".epub",)

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_CHAPTERS = frozenset(("application/xhtml+xml", "text/html", "text/x-oeb1-document"))
# These only make fonts useless outside of the book; its words stay open.
_FONTS_ONLY = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))
_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Part:
    """A file of the book as its list names it."""

    path: str
    media_type: str
    properties: frozenset[str]


def read_epub(data: bytes, name: str, _choices: ReadingChoices = AS_USUAL) -> Document:
    """Read a book chapter by chapter in its own order, with headings and, where it tells them, the printed pages.

    The table of contents that readers show beside the text is left out. A book protected against copying is refused.
    """
    archive = Archive(data, name)
    package_path = _package_path(archive)
    package = parse_xml(archive.read(package_path), name, package_path, doctype=True)
    chapters = _chapters(package, posixpath.dirname(package_path), name)
    _refuse_protected(archive, chapters)
    walk = PageWalk(Flow())
    notes: list[str] = []
    sheets: set[str] = set()
    missing = [part.path for part in chapters if part.path not in archive]
    for part in chapters:
        if part.path in archive and part.media_type in _CHAPTERS:
            _write(walk, archive, part.path, notes, sheets)
    if missing:
        more = f" and {len(missing) - _NAMED:,} more" if len(missing) > _NAMED else ""
        notes.append(f"Parts of the book are missing from the file: {', '.join(missing[:_NAMED])}{more}.")
    text = walk.flow.page.text
    spans = tuple(sorted((*walk.flow.page.spans, *walk.pages())))
    title = _title(package) or first_heading(text, spans)
    return Document(text, spans, title, MEDIA_TYPE, "", False, (*notes, *walk.notes()))


def _recognises(data: bytes, name: str) -> bool:
    """Know a book by what the archive holds; a damaged one by its suffix, so that the damage is said."""
    names = member_names(data)
    if not names:
        return looks_zipped(data) and PurePath(name).suffix.lower() in SUFFIXES
    return stored_media_type(data) == MEDIA_TYPE or _CONTAINER in names


READER = Reader("Book (EPUB)", MEDIA_TYPE, SUFFIXES, _recognises, read_epub, is_text=False, heeds=frozenset(SPEAKERS))


def _package_path(archive: Archive) -> str:
    container = parse_xml(archive.read(_CONTAINER), archive.name, _CONTAINER)
    for element in container.iter("{*}rootfile"):
        path = element.get("full-path")
        if path:
            return path
    raise _no_book(archive.name)


def _chapters(package: etree._Element, folder: str, name: str) -> list[_Part]:
    """List the parts of the book in reading order, without its navigation."""
    parts = {}
    for item in package.iter("{*}item"):
        path = posixpath.normpath(posixpath.join(folder, unquote((item.get("href") or "").partition("#")[0])))
        properties = frozenset((item.get("properties") or "").split())
        parts[item.get("id")] = _Part(path, (item.get("media-type") or "").lower(), properties)
    named = [item.get("idref") for item in package.iter("{*}itemref")]
    if not named:
        raise _no_book(name)
    # a part named twice is read once
    return [parts[key] for key in dict.fromkeys(named) if key in parts and "nav" not in parts[key].properties]


def _refuse_protected(archive: Archive, chapters: list[_Part]) -> None:
    if _ENCRYPTION not in archive:
        return
    wanted = {part.path for part in chapters}
    root = parse_xml(archive.read(_ENCRYPTION), archive.name, _ENCRYPTION)
    for entry in root.iter("{*}EncryptedData"):
        methods = {method.get("Algorithm") for method in entry.iter("{*}EncryptionMethod")}
        paths = {unquote(reference.get("URI") or "") for reference in entry.iter("{*}CipherReference")}
        if paths & wanted and not methods <= _FONTS_ONLY:
            raise FormatProblem(
                f"{archive.name} is protected against copying (DRM), so its text cannot be read.",
                "Ask the publisher or your library for an open copy.",
            )


def _write(walk: PageWalk, archive: Archive, path: str, notes: list[str], sheets: set[str]) -> None:
    """Write a chapter; one that cannot be read is missing from the text, and the notes say so."""
    data = archive.read(path)
    try:
        decoded = decode_page(data, path)
        source = canonical(decoded.text)
        root = parse_page(source.text, path, is_xml=True)
    except FormatProblem as problem:
        notes.append(f"A part of the book is missing from the text: {problem.message}")
        return
    notes += [f"{path}: {note}" for note in (decoded.note, *source.notes) if note]
    for sheet in _sheets(root, archive, posixpath.dirname(path), sheets):
        walk.dress(sheet)
    walk.write(root)


def _sheets(root: etree._Element, archive: Archive, folder: str, known: set[str]) -> Iterator[str]:
    """Give the style sheets of a chapter: its own, and those that it refers to and no chapter did before."""
    for element in root.iter("link", "{*}link", "style", "{*}style"):
        if local(element.tag) == "style":
            yield text_of(element)
        elif "stylesheet" in (element.get("rel") or "").lower():
            path = posixpath.normpath(posixpath.join(folder, unquote(element.get("href") or "")))
            if path in archive and path not in known:
                known.add(path)
                yield archive.read(path).decode("utf-8", "replace")


def _title(package: etree._Element) -> str:
    for element in package.iter("{http://purl.org/dc/elements/1.1/}title"):
        title = " ".join(text_of(element).split())
        if title:
            return title
    return ""


def _no_book(name: str) -> FormatProblem:
    return FormatProblem(f"{name} does not say in which order it is read.", "Ask for another copy of the book.")
