"""A file that means harm, or has come to harm, ends in a sentence and nothing else."""

from __future__ import annotations

import io
import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from packed_kit import book, book_members, odf, odf_members, p, r, word, word_members, zipped

from qcode.errors import FormatProblem
from qcode.readers import read
from qcode.readers import zipped as limits
from qcode.text.canonical import canonical

Change = Callable[[bytearray, random.Random], None]


def refused(data: bytes, name: str = "a.docx") -> str:
    with pytest.raises(FormatProblem) as caught:
        read(data, name)
    assert caught.value.message.startswith(name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("members", "main", "name"),
    [
        (word_members(p("x")), "word/document.xml", "a.docx"),
        (odf_members("<text:p>x</text:p>"), "content.xml", "a.odt"),
        (book_members({"a.xhtml": "<p>x</p>"}), "OEBPS/a.xhtml", "a.epub"),
    ],
)
class TestEveryPackedFormat:
    def test_refuses_a_bomb_by_its_ratio(self, members: dict[str, str | bytes], main: str, name: str) -> None:
        bomb = zipped({**members, main: b" " * (limits.FREE_BYTES + 2_000_000)})
        assert len(bomb) < 100_000
        assert "swells beyond all measure" in refused(bomb, name)

    def test_refuses_more_than_it_may_unpack(
        self, members: dict[str, str | bytes], main: str, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "MOST_BYTES", 100)
        assert "swells beyond all measure" in refused(zipped(members), name)

    def test_refuses_too_many_members(
        self, members: dict[str, str | bytes], main: str, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "MOST_MEMBERS", 5)
        more = {f"extra{number}": "" for number in range(6)}
        assert "holds more than 5 files" in refused(zipped({**members, **more}), name)

    def test_refuses_a_size_that_lies(self, members: dict[str, str | bytes], main: str, name: str) -> None:
        data = bytearray(zipped(members))
        at = data.rindex(b"PK\x01\x02", 0, data.rindex(main.encode()))
        struct.pack_into("<II", data, at + 20, 2**31, 7)  # packed and unpacked size
        assert "is damaged" in refused(bytes(data), name)

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_refuses_two_members_of_one_name(self, members: dict[str, str | bytes], main: str, name: str) -> None:
        target = io.BytesIO(zipped(members))
        with zipfile.ZipFile(target, "a") as archive:
            archive.writestr(main, "<other/>")
        assert f"holds the part “{main}” twice" in refused(target.getvalue(), name)

    @pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/x", "C:/x", "a\\..\\x", "\\\\host\\x", ".."])
    def test_refuses_paths_that_lead_outside(
        self, members: dict[str, str | bytes], main: str, name: str, path: str
    ) -> None:
        assert "points outside of it" in refused(zipped({**members, path: "x"}), name)

    def test_refuses_links(self, members: dict[str, str | bytes], main: str, name: str) -> None:
        target = io.BytesIO(zipped(members))
        with zipfile.ZipFile(target, "a") as archive:
            link = zipfile.ZipInfo("link")
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, "/etc/passwd")
        assert "holds a link to another file" in refused(target.getvalue(), name)

    def test_refuses_encrypted_members(self, members: dict[str, str | bytes], main: str, name: str) -> None:
        data = bytearray(zipped(members))
        at = data.rindex(b"PK\x01\x02", 0, data.rindex(main.encode()))
        data[at + 8] |= 1
        assert "is encrypted" in refused(bytes(data), name)

    def test_refuses_other_ways_of_packing(self, members: dict[str, str | bytes], main: str, name: str) -> None:
        target = io.BytesIO(zipped(members))
        with zipfile.ZipFile(target, "a", zipfile.ZIP_LZMA) as archive:
            archive.writestr("extra", "x")
        assert "is packed in a way that documents are not" in refused(target.getvalue(), name)

    def test_refuses_what_was_cut_off(self, members: dict[str, str | bytes], main: str, name: str) -> None:
        data = zipped(members)
        for length in range(60, len(data), 97):
            assert "cannot be unpacked" in refused(data[:length], name)

    def test_refuses_a_wrong_checksum(self, members: dict[str, str | bytes], main: str, name: str) -> None:
        data = bytearray(zipped(members))
        at = data.rindex(b"PK\x01\x02", 0, data.rindex(main.encode()))
        data[at + 16] ^= 0xFF
        assert "is damaged" in refused(bytes(data), name)


ENTITIES = {
    "a bomb": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    "one from outside": '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/hostname">]>',
    "a parameter": '<!DOCTYPE x [<!ENTITY % c SYSTEM "file:///etc/hostname"> %c;]>',
    "a plain type": "<!DOCTYPE x>",
}


@pytest.mark.parametrize("doctype", ENTITIES.values(), ids=ENTITIES.keys())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_document_types_are_refused_in_office_formats(doctype: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}'
    body = p("word" if doctype == ENTITIES["a plain type"] else "word &c;")
    members = word_members(body)
    main = (head + str(members["word/document.xml"])).encode(encoding)
    said = refused(zipped({**members, "word/document.xml": main}))
    assert "declares a document type" in said or "is no sound XML" in said
    text = odf_members("<text:p>x</text:p>")
    main = (head + str(text["content.xml"])).encode(encoding)
    said = refused(zipped({**text, "content.xml": main}), "a.odt")
    assert "declares a document type" in said or "is no sound XML" in said


def test_a_document_nested_too_deeply_is_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 2_000 + p("x") + "</w:tc></w:tr></w:tbl>" * 2_000
    assert "is no sound XML" in refused(word(deep))
    sections = "<text:section>" * 5_000 + "<text:p>x</text:p>" + "</text:section>" * 5_000
    assert "is no sound XML" in refused(odf(sections), "a.odt")


def test_a_document_nested_deeply_is_read() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 80 + p("x") + "</w:tc></w:tr></w:tbl>" * 80
    assert read(word(deep), "a.docx").text == "x"
    inline = "<w:ins>" * 240 + r("y") + "</w:ins>" * 240
    assert read(word(p(inline)), "a.docx").text == "y"
    assert read(odf("<text:section>" * 240 + "<text:p>z</text:p>" + "</text:section>" * 240), "a.odt").text == "z"


def test_a_part_larger_than_any_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qcode.readers.markup.MOST_BYTES", 2_000)
    assert "is too large: its part “word/document.xml”" in refused(word(p("x" * 3_000)))


def test_branches_that_lead_nowhere_do_no_harm() -> None:
    empty = "<mc:AlternateContent/><mc:AlternateContent><mc:Choice/></mc:AlternateContent>"
    body = empty + p(f"<w:r>{empty}<w:drawing>{empty}</w:drawing></w:r>", empty, "x")
    assert read(word(body), "a.docx").text == "x"


def test_notes_that_refer_to_themselves_are_listed_once() -> None:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    notes = f'<w:footnote w:id="1">{p("Again", reference)}</w:footnote>'
    assert read(word(p("x", *[reference] * 50), footnotes=notes), "a.docx").text.count("Again[1]") == 1


# Mutations: whatever becomes of a file, it is read or refused.


def flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def overwrite(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at : at + chance.randrange(1, 16)] = chance.randbytes(chance.randrange(1, 16))


def cut(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.randrange(1, 200)]


def repeat(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at:at] = data[at : at + chance.randrange(1, 300)]


CHANGES: tuple[Change, ...] = (flip, overwrite, cut, repeat)
NUMBERED = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
WORD = word_members(
    p("Heading", style="H") + p(r("bold", "<w:b/>"), " and ", '<w:r><w:footnoteReference w:id="1"/></w:r>')
    + p("item", properties=NUMBERED) + f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
    + p('<w:r><w:fldChar w:fldCharType="begin"/><w:sym w:font="Symbol" w:char="F061"/></w:r>'),
    styles='<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="H"/></w:style>',
    numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="1"><w:numFmt w:val="upperRoman"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    footnotes=f'<w:footnote w:id="1">{p("Note")}</w:footnote>',
)  # fmt: skip
TEXT = odf_members(
    '<text:h text:outline-level="2">Heading</text:h><text:p text:style-name="P">a<text:s text:c="3"/>b<text:note>'
    "<text:note-body><text:p>Note</text:p></text:note-body></text:note></text:p>"
    '<text:list text:style-name="L"><text:list-item text:start-value="4"><text:p>item</text:p></text:list-item>'
    "</text:list><table:table><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell>"
    "</table:table-row></table:table>",
    automatic='<style:style style:name="P" style:family="paragraph" style:parent-style-name="P">'
    '<style:paragraph-properties fo:margin-top="0.3cm"/></style:style><text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="i" text:display-levels="3"/></text:list-style>',
)
PAGE = (
    "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html><head><meta charset='utf-8'/><title>T</title></head>"
    "<body><h1>Héading &eacute;</h1><ol start='3'><li value='4'>x</li></ol><table><tr><td>a</td><td>b</td></tr></table>"
    "<pre>\n y\n</pre><p style='font-weight:700'>z<sup><a href='#n'>1</a></sup></p></body></html>"
)
BOOK = book_members({"a.xhtml": PAGE, "b.xhtml": "<p>x<span epub:type='pagebreak' title='2'/>y</p>"})


def survives(data: bytes, name: str) -> None:
    try:
        document = read(data, name)
    except FormatProblem as problem:
        assert str(problem).startswith(name)
        return
    assert canonical(document.text).text == document.text
    assert document.text.strip()
    assert all(0 <= span.start < span.end <= len(document.text) for span in document.spans)


@pytest.mark.parametrize(
    ("data", "name"),
    [(zipped(WORD), "a.docx"), (zipped(TEXT), "a.odt"), (zipped(BOOK), "a.epub"), (PAGE.encode(), "a.html")],
)
def test_a_file_that_came_to_harm_is_read_or_refused(data: bytes, name: str) -> None:
    chance = random.Random(zlib.crc32(name.encode()))
    survives(data, name)
    for _ in range(300):
        harmed = bytearray(data)
        for _ in range(chance.randrange(1, 4)):
            chance.choice(CHANGES)(harmed, chance)
        survives(bytes(harmed), name)


@pytest.mark.parametrize(("members", "name"), [(WORD, "a.docx"), (TEXT, "a.odt"), (BOOK, "a.epub")])
def test_a_document_whose_parts_came_to_harm_is_read_or_refused(members: dict[str, str | bytes], name: str) -> None:
    chance = random.Random(zlib.crc32(name.encode()) + 1)
    for _ in range(300):
        part = chance.choice([member for member in members if member != "mimetype"])
        content = members[part]
        harmed = bytearray(content if isinstance(content, bytes) else content.encode())
        chance.choice(CHANGES)(harmed, chance)
        survives(zipped({**members, part: bytes(harmed)}), name)


WORDS = (
    "w:p w:tbl w:tr w:tc w:r w:t w:sdt w:sdtContent w:ins w:del w:drawing w:txbxContent w:pPr w:numPr "
    "mc:AlternateContent mc:Choice w:ruby w:fldChar"
)
TEXTS = (
    "text:p text:h text:list text:list-item table:table table:table-row table:table-cell text:span text:note "
    "text:note-body draw:frame draw:text-box text:section text:s"
)
PAGES = "p div table tr td ul ol li pre b sup a br hr h2 dl dd img"


def jumble(names: str, chance: random.Random, depth: int = 0) -> str:
    """Nest elements as no program would."""
    if depth > 8 or chance.random() < 0.2:
        return chance.choice(["", "x", " ", "word "])
    name = chance.choice(names.split())
    return f"<{name}>{''.join(jumble(names, chance, depth + 1) for _ in range(chance.randrange(4)))}</{name}>"


@pytest.mark.parametrize(
    ("names", "build", "name"),
    [
        (WORDS, word, "a.docx"),
        (TEXTS, odf, "a.odt"),
        (PAGES, lambda body: book({"a.xhtml": body}), "a.epub"),
        (PAGES, lambda body: body.encode(), "a.html"),
    ],
)
def test_elements_in_any_order_do_no_harm(names: str, build: Callable[[str], bytes], name: str) -> None:
    chance = random.Random(zlib.crc32(name.encode()) + 2)
    for _ in range(400):
        survives(build("".join(jumble(names, chance) for _ in range(6))), name)
