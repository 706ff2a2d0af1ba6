"""A book arrives chapter by chapter, in the order in which it is read."""

from __future__ import annotations

import pytest
from packed_kit import book, book_members, spans, xhtml, zipped

from qcode.errors import FormatProblem
from qcode.readers import read
from qcode.text.span import SpanKind


def test_chapters_come_in_the_order_of_the_book() -> None:
    chapters = {
        "b.xhtml": "<h1>Second</h1><p>It went&nbsp;on.</p>",
        "a.xhtml": "<h1>First</h1><p>It <i>began</i>.</p>",
        "nav.xhtml": "<nav><ol><li>First</li></ol></nav>",
        "unread.xhtml": "<p>Not in the order</p>",
    }
    document = read(book(chapters, spine=["nav.xhtml", "a.xhtml", "b.xhtml"], title="A  tale"), "tale.epub")
    assert document.text == "First\n\nIt began.\n\nSecond\n\nIt went\u00a0on."
    assert (document.title, document.notes, document.media_type) == ("A tale", (), "application/epub+zip")
    assert spans(document, SpanKind.HEADING) == [("First", "1"), ("Second", "1")]
    assert spans(document, SpanKind.ITALIC) == [("began", "")]


def test_a_book_is_known_by_its_content_whatever_the_name() -> None:
    data = book({"a.xhtml": "<p>Hello</p>"})
    assert {read(data, name).text for name in ("a.epub", "a.zip", "a.txt")} == {"Hello"}
    members = book_members({"a.xhtml": "<p>Hello</p>"})
    del members["mimetype"]
    assert read(zipped(members), "a").text == "Hello"


def test_pages_of_the_printed_book_become_spans() -> None:
    chapters = {
        "a.xhtml": "<p>before <span epub:type='pagebreak' title='12'>12</span>on twelve</p>",
        "b.xhtml": "<p>still<span role='doc-pagebreak' aria-label='13'/> on thirteen</p>",
    }
    document = read(book(chapters), "a.epub")
    assert document.text == "before on twelve\n\nstill on thirteen"
    assert spans(document, SpanKind.PAGE) == [(" on twelve\n\nstill", "12"), (" on thirteen", "13")]


def test_marks_of_notes_are_set_apart() -> None:
    assert read(book({"a.xhtml": "<p>word<a epub:type='noteref' href='#x'>4</a></p>"}), "a.epub").text == "word[4]"


def test_a_chapter_that_is_no_sound_xml_is_read_as_browsers_do() -> None:
    data = book({"a.xhtml": "<p>One<br>two <b>three</p>"})
    assert read(data, "a.epub").text == "One\ntwo three"


def test_missing_and_unreadable_chapters_are_said() -> None:
    members = book_members({"a.xhtml": "<p>Here.</p>", "b.xhtml": "<p>x</p>", "c.xhtml": b"\x00\x01\x02\x03" * 9})
    del members["OEBPS/b.xhtml"]
    document = read(zipped(members), "a.epub")
    assert document.text == "Here."
    assert document.notes[0].startswith("A part of the book is missing from the text: OEBPS/c.xhtml holds bytes")
    assert document.notes[1] == "Parts of the book are missing from the file: OEBPS/b.xhtml."


def encryption(algorithm: str, path: str) -> str:
    return (
        f'<encryption><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/><CipherData>'
        f'<CipherReference URI="{path}"/></CipherData></EncryptedData></encryption>'
    )


def test_a_protected_book_is_refused_and_scrambled_fonts_are_not() -> None:
    members = book_members({"a.xhtml": "<p>Open</p>"})
    members["META-INF/encryption.xml"] = encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/a.xhtml")
    with pytest.raises(FormatProblem, match=r"a\.epub is protected against copying \(DRM\)"):
        read(zipped(members), "a.epub")
    members["META-INF/encryption.xml"] = encryption("http://www.idpf.org/2008/embedding", "OEBPS/font.otf")
    assert read(zipped(members), "a.epub").text == "Open"


def test_entities_of_a_chapter_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    chapter = xhtml("<p>word &b; &c;</p>").replace("<!DOCTYPE html>", bomb)
    text = read(book({"a.xhtml": chapter}), "a.epub").text
    assert "aaaaaaaaaa" not in text and "root:" not in text
    assert text.startswith("word")


@pytest.mark.parametrize("member", ["META-INF/container.xml", "OEBPS/book.opf"])
def test_a_book_without_an_order_is_refused(member: str) -> None:
    members = book_members({"a.xhtml": "<p>x</p>"})
    with pytest.raises(FormatProblem, match=r"a\.epub does not say in which order it is read"):
        read(zipped({**members, member: "<a/>"}), "a.epub")
    with pytest.raises(FormatProblem, match="is no sound XML"):
        read(zipped({**members, member: "<a"}), "a.epub")
    del members[member]
    with pytest.raises(FormatProblem, match="is missing"):
        read(zipped(members), "a.epub")


def test_emphasis_that_only_a_style_sheet_tells_is_kept() -> None:
    sheet = (
        "/* .x {font-weight: bold} */ .b1, span.b2 { color: red; font-weight: BOLD; }\n.it{font-style:oblique}"
        "p .deep {font-weight:bold} @media print { .b1 {font-style:italic} } .no { font-weight: 400 } .b2 {margin:0}"
    )
    page = (
        "<?xml version='1.0'?><html><head><link rel='stylesheet' href='../look%20me/a.css'/>"
        "<link rel='stylesheet' href='none.css'/>"
        "<style>.own {font-weight: 700}</style></head><body><p class='it'>a <span class='big b2'>b</span> "
        "<span class='deep x'>c</span> <b class='no'>d</b> <i class='own' style='font-weight:normal'>e</i>"
        "</p></body></html>"
    )
    members = book_members({"text/a.xhtml": page, "text/b.xhtml": "<p><span class='own'>f</span></p>"})
    document = read(zipped({**members, "OEBPS/look me/a.css": sheet}), "a.epub")
    assert document.text == "a b c d e\n\nf"
    assert spans(document, SpanKind.BOLD) == [("b", ""), ("f", "")]
    assert spans(document, SpanKind.ITALIC) == [("a b c d e", "")]
