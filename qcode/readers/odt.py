"""OpenDocument texts (ODT), read from their XML as they stand when all tracked changes are accepted."""

from __future__ import annotations

from pathlib import PurePath

from lxml import etree

from qcode.errors import FormatProblem
from qcode.readers.choices import AS_USUAL, SPEAKERS, ReadingChoices
from qcode.readers.comments import kept
from qcode.readers.document import Document, Reader, first_heading
from qcode.readers.markup import parse_xml, text_of
from qcode.readers.odt_body import Seen, TextWalk
from qcode.readers.odt_styles import OFFICE, STYLE, Styles
from qcode.readers.zipped import Archive, looks_zipped, member_names, stored_media_type

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
SUFFIXES = (".odt", ".ott")

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_MARGINS = frozenset(
    f"{STYLE}{name}" for name in ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
)


def read_odt(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read an OpenDocument text with headings, bold, italic, numbered lists, tables, notes and text boxes.

    Distances, tables and notes are written as in Word documents: a blank line between paragraphs where the document
    shows a distance; a row of a table as a line with tabs; notes marked [1], endnotes [i], at the end under a line.
    """
    archive = Archive(data, name)
    _refuse_encrypted(archive)
    content = parse_xml(archive.read(_CONTENT), name, _CONTENT)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise FormatProblem(
            f"{name} holds no OpenDocument text.", "Open it in the program it comes from, and save it as a text (ODT)."
        )
    parts = [parse_xml(archive.read(part), name, part) for part in ("styles.xml",) if part in archive]
    walk = TextWalk(Styles([content, *parts]))
    walk.write(body)
    text, spans = walk.flow.page.text, walk.flow.spans()
    title = _title(archive) or first_heading(text, spans)
    if not choices.leave_out_comments:
        spans = tuple(sorted((*spans, *walk.comments.spans(text))))
    said = (
        *_said(walk.seen, margins=any(map(_has_margins, parts)), soft_hyphens=walk.flow.soft_hyphens),
        *kept(walk.comments.count, left_out=choices.leave_out_comments),
    )
    return Document(text, spans, title, MEDIA_TYPE, "", False, said)


def _recognises(data: bytes, name: str) -> bool:
    """Know the format by the kind that the archive names; a damaged one by its suffix, so that the damage is said."""
    if stored_media_type(data).startswith(MEDIA_TYPE):
        return True
    names = member_names(data)
    called = PurePath(name).suffix.lower() in SUFFIXES
    return called and looks_zipped(data) and (not names or _CONTENT in names)


READER = Reader(
    "OpenDocument text (ODT)",
    MEDIA_TYPE,
    SUFFIXES,
    _recognises,
    read_odt,
    is_text=False,
    heeds=frozenset(("leave_out_comments", *SPEAKERS)),
)


def _refuse_encrypted(archive: Archive) -> None:
    # Looked for as it is written: the lists of parts that old programs made are not all sound XML.
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
        raise FormatProblem(
            f"{archive.name} is protected by a password.",
            "Open it in the program it comes from and save it without a password.",
        )


def _title(archive: Archive) -> str:
    if "meta.xml" not in archive:
        return ""
    meta = parse_xml(archive.read("meta.xml"), archive.name, "meta.xml")
    found = next(meta.iter("{http://purl.org/dc/elements/1.1/}title"), None)
    return "" if found is None else " ".join(text_of(found).split())


def _has_margins(styles: etree._Element) -> bool:
    return any(text_of(part).strip() for part in styles.iter(*_MARGINS))


def _said(seen: Seen, *, margins: bool, soft_hyphens: bool) -> tuple[str, ...]:
    """Say in sentences what of the document is not in the text as it stood."""
    pictures = seen.pictures
    shown = "1 picture was" if pictures == 1 else f"{pictures:,} pictures were"
    sentences = {
        "Tracked changes are read as accepted: insertions stand, deletions are left out.": seen.deletions,
        "Headers and footers of the pages were left out.": margins,
        "Hidden text was left out.": seen.hidden,
        "The prompts of fields that nobody filled in were left out.": seen.prompts,
        f"{shown} left out.": pictures,
        "Soft hyphens were left out.": soft_hyphens,
    }
    return tuple(sentence for sentence, holds in sentences.items() if holds)
