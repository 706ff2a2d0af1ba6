"""Word documents (DOCX), read from their XML as they stand when all tracked changes are accepted."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import unquote

from lxml import etree

from qcode.errors import FormatProblem
from qcode.readers.choices import AS_USUAL, SPEAKERS, ReadingChoices
from qcode.readers.comments import Comments, kept
from qcode.readers.document import Document, Reader, first_heading
from qcode.readers.docx_body import DocumentWalk
from qcode.readers.docx_lists import Lists
from qcode.readers.docx_structure import DELETED, Seen
from qcode.readers.docx_styles import Styles, W
from qcode.readers.markup import parse_xml, text_of
from qcode.readers.zipped import Archive, looks_zipped, member_names

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")

_CONTENT_TYPES = "[Content_Types].xml"
# The strict kind of the format differs from the usual one in its addresses alone.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)


def read_docx(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read a Word document with headings, bold, italic, numbered lists, tables, notes and text boxes.

    Paragraphs have a blank line between them where Word shows a distance, and stand close where it shows none. A row
    of a table is a line with tabs between its cells; where a cell holds several paragraphs, the cells follow one
    another. A note is marked in the text as [1], an endnote as [i]; all of them stand at the end, under a line of
    three hyphens. Tracked insertions stand, deletions do not. Comments are spans over the words they stand at.
    """
    package = _Package(data, name)
    root = package.part(package.main)
    body = root.find(f"{W}body")
    if body is None:
        raise FormatProblem(
            f"{name} holds no Word document.", "Open it in the program it comes from, and save it as DOCX."
        )
    notes = {kind: _notes(package, kind) for kind in ("footnote", "endnote")}
    comments = _comments(package)
    walk = DocumentWalk(Styles(package.related("styles")), Lists(package.related("numbering")), notes, comments)
    walk.write(body)
    text, spans = walk.flow.page.text, walk.flow.spans()
    if not choices.leave_out_comments:
        spans = tuple(sorted((*spans, *comments.spans(text))))
    said = (
        *_said(walk.seen, package, soft_hyphens=walk.flow.soft_hyphens),
        *kept(comments.count, left_out=choices.leave_out_comments),
    )
    return Document(text, spans, package.title() or first_heading(text, spans), MEDIA_TYPE, "", False, said)


def _recognises(data: bytes, name: str) -> bool:
    """Know the format by what the archive holds; a damaged one by its suffix, so that the damage is said."""
    names = member_names(data)
    if not names:
        called = PurePath(name).suffix.lower() in SUFFIXES
        return looks_zipped(data) and (called or b"word/document.xml" in data)
    return _CONTENT_TYPES in names and any(member.startswith("word/") for member in names)


READER = Reader(
    "Word document (DOCX)",
    MEDIA_TYPE,
    SUFFIXES,
    _recognises,
    read_docx,
    is_text=False,
    heeds=frozenset(("leave_out_comments", *SPEAKERS)),
)


class _Package:
    """The parts of a document, found as they refer to one another."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.archive = Archive(data, name)
        root = self._relations("")
        self.main = root.get("officeDocument", ["word/document.xml"])[0]
        self._core = root.get("core-properties", [])
        self._related = self._relations(self.main)

    def part(self, path: str) -> etree._Element:
        """Parse a part."""
        data = self.archive.read(path)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return parse_xml(data, self.name, path)

    def related(self, kind: str) -> etree._Element | None:
        """Parse the part of a kind (styles, comments) that belongs to the document; None without one."""
        return next(iter(self.all_related(kind)), None)

    def all_related(self, kind: str) -> list[etree._Element]:
        """Parse all parts of a kind; one that is named and missing counts for nothing."""
        return [self.part(path) for path in dict.fromkeys(self._related.get(kind, ())) if path in self.archive]

    def title(self) -> str:
        """Give the title that the document's properties name."""
        for path in self._core:
            if path in self.archive:
                found = self.part(path).find("{http://purl.org/dc/elements/1.1/}title")
                return "" if found is None else " ".join(text_of(found).split())
        return ""

    def _relations(self, path: str) -> dict[str, list[str]]:
        """List what a part refers to inside the file, by the last word of the kind of reference."""
        folder, file = posixpath.split(path)
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        found: dict[str, list[str]] = {}
        if listed not in self.archive:
            return found
        for relation in self.part(listed):
            kind = (relation.get("Type") or "").rpartition("/")[2]
            target = unquote(relation.get("Target") or "")
            if target and relation.get("TargetMode") != "External":
                inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found.setdefault(kind, []).append(inside)
        return found


def _notes(package: _Package, kind: str) -> dict[str, etree._Element]:
    """Fetch the notes of a kind by their ids, without the lines that separate them on the page."""
    root = package.related(f"{kind}s")
    if root is None:
        return {}
    notes = (note for note in root.iterchildren(W + kind) if note.get(f"{W}type") in (None, "normal"))
    return {note.get(f"{W}id") or "": note for note in notes}


def _said(seen: Seen, package: _Package, *, soft_hyphens: bool) -> tuple[str, ...]:
    """Say in sentences what of the document is not in the text as it stood."""
    margins = [part for kind in ("header", "footer") for part in package.all_related(kind)]
    sentences = {
        "Tracked changes are read as accepted: insertions stand, deletions are left out.": seen.deletions,
        "Headers and footers of the pages were left out.": any(_has_words(part) for part in margins),
        "Hidden text was left out.": seen.hidden,
        "Words that are struck out are shown like the others.": seen.struck,
        "The prompts of fields that nobody filled in were left out.": seen.prompts,
        "Formulas are shown as a row of signs.": seen.formulas,
        _counted(seen.pictures, "picture was", "pictures were") + " left out.": seen.pictures,
        _counted(seen.embedded, "file in the file was", "files in the file were") + " left out.": seen.embedded,
        "Signs of fonts of pictures that are not known here are shown as \ufffd.": seen.unknown_signs,
        "Soft hyphens were left out.": soft_hyphens,
    }
    return tuple(sentence for sentence, holds in sentences.items() if holds)


def _comments(package: _Package) -> Comments:
    """Fetch what the comments say, their paragraphs on lines of their own."""
    found, part = Comments(), package.related("comments")
    for comment in () if part is None else part.iterchildren(f"{W}comment"):
        lines = ("".join(_words(paragraph)).strip() for paragraph in comment.iter(f"{W}p"))
        found.say(comment.get(f"{W}id") or "", comment.get(f"{W}author") or "", "\n".join(filter(None, lines)))
    return found


def _words(paragraph: etree._Element) -> Iterator[str]:
    for text in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if not any(above.tag in DELETED for above in text.iterancestors()):
            yield (text.text or "") if text.tag == f"{W}t" else " "


def _counted(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {many}"


def _has_words(part: etree._Element) -> bool:
    return any((text.text or "").strip() for text in part.iter(f"{W}t"))
