"""PDF: its words in the order of reading, without what the page adds to them, pages kept as spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from qcode.errors import FormatProblem
from qcode.readers.choices import AS_USUAL, SPEAKERS, ReadingChoices
from qcode.readers.document import Document, Reader
from qcode.readers.pdf_heads import Heads, Row, find_heads
from qcode.readers.pdf_lines import Block, blocks, pieces, rows
from qcode.readers.pdf_paragraphs import Paragraph, join, measure, paragraphs, sideways
from qcode.readers.pdf_text import Written, write
from qcode.readers.pdf_words import Scanned, Sheet, scan
from qcode.text.canonical import canonical
from qcode.text.span import SpanKind

MEDIA_TYPE = "application/pdf"
# Some files have a few bytes before their beginning.
_BEGINS_WITHIN = 1_024
_BEGIN = b"%PDF-"
_NAMED = 5
_OFTEN = 3
_NO_TITLE = re.compile(
    r"untitled|title|.*\.(?:docx?|odt|rtf|indd|qxd|tex|dvi|pdf|txt|wpd|pages)|[\W\d_]*", re.IGNORECASE
)
_PROGRAM = re.compile(r"^Microsoft (?:Office )?(?:Word|PowerPoint) - ")


def read_pdf(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read a PDF column by column, joining what ends of lines and pages part.

    Running heads and page numbers are left out unless `keep_heads`; words divided at the end of a line are joined
    unless `keep_hyphens`; a paragraph goes on over the end of a page or column unless `keep_pages_apart`. Each page is
    a span named by its label or printed number. Raises FormatProblem for what is encrypted, broken or holds no text.
    """
    scanned = scan(data, name)
    sheets = scanned.sheets
    if not any(sheet.words or sheet.turned for sheet in sheets):
        raise _without_text(sheets, name)
    sheet_rows = [rows(pieces(sheet.words)) for sheet in sheets]
    heads = find_heads(list(zip([sheet.height for sheet in sheets], sheet_rows, strict=True)))
    stamps = _stamps(sheets)
    columns = _columns(sheet_rows, Heads() if choices.keep_heads else heads)
    measures = measure(block for page in columns for block in page)
    found: list[Paragraph] = []
    for index, page in enumerate(columns):
        found += paragraphs(page, index, measures)
        found += [sideways(text, index) for text in sheets[index].turned if choices.keep_heads or text not in stamps]
    joined = 0
    if not choices.keep_pages_apart:
        found, joined = join(found, measures)
    names = [sheet.label or heads.numbers.get(index, str(index + 1)) for index, sheet in enumerate(sheets)]
    written = write(found, names, measures, keep_hyphens=choices.keep_hyphens)
    notes = (
        []
        if choices.keep_heads
        else _notes_on_heads(heads, sum(text in stamps for sheet in sheets for text in sheet.turned))
    )
    notes += [*_notes_on_joining(written, joined), *_notes_on_pages(scanned, names)]
    return Document(written.text, written.spans, _title(scanned, written), MEDIA_TYPE, "", False, tuple(notes))


def _recognises(data: bytes, _name: str) -> bool:
    if data.lstrip()[:5] == _BEGIN:
        return True
    return _BEGIN in data[:_BEGINS_WITHIN] and b"endobj" in data


READER = Reader(
    "PDF",
    MEDIA_TYPE,
    (".pdf",),
    _recognises,
    read_pdf,
    is_text=False,
    heeds=frozenset(("keep_heads", "keep_hyphens", "keep_pages_apart", *SPEAKERS)),
)


def _columns(sheet_rows: Sequence[Sequence[Row]], heads: Heads) -> list[list[Block]]:
    """Give the blocks of each page in the order of reading, without its heads."""
    left_out = {id(row) for found in heads.rows.values() for row in found}
    return [blocks([piece for row in page if id(row) not in left_out for piece in row]) for page in sheet_rows]


def _stamps(sheets: Sequence[Sheet]) -> set[str]:
    """Find what is printed sideways on page after page, as the mark of a library is."""
    counted = Counter(text for sheet in sheets for text in set(sheet.turned))
    return {text for text, count in counted.items() if count >= _OFTEN}


def _without_text(sheets: Sequence[Sheet], name: str) -> FormatProblem:
    pages = "its only page is" if len(sheets) == 1 else f"its {len(sheets):,} pages are"
    return FormatProblem(
        f"{name} has no text layer: {pages} a picture, or empty."
        if len(sheets) == 1
        else f"{name} has no text layer: {pages} pictures, or empty.",
        "Run text recognition (OCR) over it, and import what that makes.",
    )


def _notes_on_heads(heads: Heads, stamps: int) -> list[str]:
    notes: list[str] = []
    if heads.count:
        examples = "”, “".join(heads.examples(_NAMED))
        such = f", such as “{examples}”" if examples else ""
        lines = _counted(heads.count, "line")
        notes.append(
            f"Left out as running heads and page numbers: {lines} on {_counted(len(heads.rows), 'page')}{such}."
        )
    if stamps:
        notes.append(f"Left out since it stands sideways on several pages: {_counted(stamps, 'line')}.")
    return notes


def _notes_on_joining(written: Written, joined: int) -> list[str]:
    notes: list[str] = []
    if written.joined:
        notes.append(f"Joined without their hyphen: {_counted(written.joined, 'word')} divided at the end of a line.")
    if written.kept:
        notes.append(f"Joined with their hyphen: {_counted(written.kept, 'word')} at the end of a line.")
    if joined:
        notes.append(f"Joined to one: {_counted(joined, 'paragraph')} parted by the end of a page or column.")
    return notes


def _notes_on_pages(scanned: Scanned, names: Sequence[str]) -> list[str]:
    notes: list[str] = []
    empty = [str(sheet.number) for sheet in scanned.sheets if not sheet.words and not sheet.turned]
    if empty:
        more = f" and {len(empty) - _NAMED * 2:,} more" if len(empty) > _NAMED * 2 else ""
        notes.append(
            f"No text is on {_counted(len(empty), 'page')}, perhaps a picture: {', '.join(empty[: _NAMED * 2])}{more}."
        )
    if names[0].isdigit() and names[0] != "1":
        notes.append(f"Pages are numbered as in the file, from {names[0]}.")
    if scanned.unknown:
        notes.append(f"Characters that their font gives no meaning are shown as \ufffd: {scanned.unknown:,}.")
    if scanned.outside:
        notes.append(f"Left out since it lies beyond the edge of the page: {_counted(scanned.outside, 'word')}.")
    return notes


def _title(scanned: Scanned, written: Written) -> str:
    """Take the title that the file names, unless a program made it up, else its first heading of the highest level."""
    title = " ".join(canonical(_PROGRAM.sub("", scanned.title)).text.split())
    if title and not _NO_TITLE.fullmatch(title):
        return title
    headings = [span for span in written.spans if span.kind is SpanKind.HEADING]
    if not headings:
        return ""
    first = min(headings, key=lambda span: (span.value, span.start))
    return " ".join(written.text[first.start : first.end].split())


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}" + ("" if number == 1 else "s")
