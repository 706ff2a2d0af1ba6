"""Build Word documents, OpenDocument texts, books and workbooks from small pieces of XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from qcode.readers.document import Document
from qcode.text.span import SpanKind

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_ROOT = (
    f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_ROOT = " ".join(
    f'xmlns:{short}="{_ODF}:{long}:1.0"'
    for short, long in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing", "meta": "meta",
        "fo": "xsl-fo-compatible",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer")


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Pack members in their order; one called mimetype is stored as it is, as books and OpenDocument want it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, content)
    return target.getvalue()


def word_members(body: str, *, title: str = "", **parts: str) -> dict[str, str | bytes]:
    """Give the members of a Word document; a part ("styles", "footnotes") is what stands inside its root."""
    roots = {"header": "hdr", "footer": "ftr"}
    relations = "".join(f'<Relationship Id="{part}" Type="{RELATIONS}/{part}" Target="{part}.xml"/>' for part in parts)
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(
            f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="/word/document.xml"/>'
            '<Relationship Id="b" Type="x/core-properties" Target="docProps/core.xml"/>'
        ),
        "word/document.xml": f"<w:document {_WORD_ROOT}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(relations),
        "docProps/core.xml": f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>',
    }
    for part, inside in parts.items():
        assert part in _PARTS
        root = roots.get(part, part)
        found[f"word/{part}.xml"] = f"<w:{root} {_WORD_ROOT}>{inside}</w:{root}>"
    return found


def word(body: str, *, title: str = "", **parts: str) -> bytes:
    """Build a Word document."""
    return zipped(word_members(body, title=title, **parts))


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """Write a paragraph of Word; plain words stand for a run of them."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def r(words: str, properties: str = "") -> str:
    """Write a run of Word."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def odf_members(body: str, *, automatic: str = "", styles: str = "", title: str = "") -> dict[str, str | bytes]:
    """Give the members of an OpenDocument text."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_ODF_ROOT}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {_ODF_ROOT}><office:styles>{styles}</office:styles>"
        "</office:document-styles>",
        "meta.xml": f"<office:document-meta {_ODF_ROOT}><office:meta><dc:title>{title}</dc:title></office:meta>"
        "</office:document-meta>",
        "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    }


def odf(body: str, *, automatic: str = "", styles: str = "", title: str = "") -> bytes:
    """Build an OpenDocument text."""
    return zipped(odf_members(body, automatic=automatic, styles=styles, title=title))


def book_members(
    chapters: Mapping[str, str | bytes], *, spine: Sequence[str] | None = None, title: str = ""
) -> dict[str, str | bytes]:
    """Give the members of a book whose chapters are whole XHTML files, or the inside of a body."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"{_nav(name)}/>' for name in chapters
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in spine or list(chapters))
    found: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>{title}</dc:title></metadata><manifest>{items}</manifest><spine>{order}</spine></package>",
    }
    for name, chapter in chapters.items():
        whole = isinstance(chapter, bytes) or chapter.startswith("<?xml")
        found[f"OEBPS/{name}"] = chapter if whole else xhtml(str(chapter))
    return found


def book(chapters: Mapping[str, str | bytes], *, spine: Sequence[str] | None = None, title: str = "") -> bytes:
    """Build a book."""
    return zipped(book_members(chapters, spine=spine, title=title))


def xhtml(body: str) -> str:
    """Write a chapter of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>Chapter</title></head><body>{body}</body></html>"
    )


def spans(document: Document, kind: SpanKind) -> list[tuple[str, str]]:
    """List the words of all spans of a kind, with their values."""
    found = [span for span in document.spans if span.kind is kind]
    return [(document.text[span.start : span.end], span.value) for span in found]


def _relations(inside: str) -> str:
    address = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{address}">{inside}</Relationships>'


def _nav(name: str) -> str:
    return ' properties="nav"' if name.startswith("nav") else ""


def cell(at: str, value: object) -> str:
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
    return f'<c r="{at}"><v>{value}</v></c>'


def xlsx(**sheets: list[list[object]]) -> bytes:
    """Bind sheets of cells to the smallest workbook that spreadsheets open."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    related = "".join(
        f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{related}</Relationships>',
    }
    for n, rows in enumerate(sheets.values(), 1):
        made = "".join(
            f'<row r="{y}">{"".join(cell(f"{chr(64 + x)}{y}", value) for x, value in enumerate(row, 1))}</row>'
            for y, row in enumerate(rows, 1)
        )
        members[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{made}</sheetData></worksheet>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()
