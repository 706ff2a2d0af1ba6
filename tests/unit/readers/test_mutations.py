"""Whatever becomes of a file of any format, and however it is to be read: a text, or a sentence, and in time.

Formats with a structure of their own are harmed by hundreds in the tests beside this one. Here are those that have
none, and, with --long, thousands of all of them, read as the program reads them.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib

import pytest
from packed_kit import book, odf, p, r, word, xlsx, zipped
from pdf_kit import Sheet, pdf

from qcode.errors import FormatProblem
from qcode.readers import Document, ReadAs, ReadingChoices, SurveyChoices, read, sources_of
from qcode.readers.sandbox import Limits, ReadingProcess
from qcode.text.canonical import canonical

WORDS = "Nobody owned the orchard on the hill, so everybody pruned it each year (with shears of a different"
MARKED = (
    f"# Visit\n\nANNA: {WORDS}\n\n---\n\n[1] A *note*.\n\nopinion).<sup>1</sup> So **it** was.\n\n1. one\n2. two\n\n"
    "| a | b |\n|---|---|\n| c | d |\n\n> quoted\n\nBO (0:01:02): No. `code` [link](http://a.b 'T') ![p](q)\n\n"
    "ANNA: Yes.\fand so\n\n```py\nx\n```\n"
).encode()
PLAIN = (f"INT: {WORDS}\n\nopinion).\n\nANNA: Ärger 🙂 e\u0301 well-\nknown\n" * 4).encode()
TABLE = b'Key,Sex,What do you think of it?\nR1,f,"I think, that ""it"" is well\nor not"\nR2,,\nR3,m,It is so to me\n'
SOUND: dict[str, bytes] = {
    "a.txt": PLAIN,
    "b.txt": PLAIN.decode().encode("utf-16"),
    "a.md": MARKED,
    "a.html": b"<html><body><nav>x</nav><main><h1>A</h1><p>B: c<ul><li>d<table><tr><td>e</table></main>",
    "a.csv": TABLE,
    "a.srt": b"1\n00:00:01,000 --> 00:00:02,000\n<i>ANNA: Yes</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nBO: No\n",
    "a.vtt": b"WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000 align:start\n<v Anna>Yes <b>b</b>\n",
    "a.rtf": rb"{\rtf1\ansi{\fonttbl{\f0 A;}}\b Yes\b0  \u228?\'e4{\footnote n}\par\trowd\cellx1 a\cell\row}",
    "a.docx": word(
        p("Heading", style="Heading1") + p(r("ANNA: "), '<w:commentRangeStart w:id="1"/>', r("yes", "<w:b/>"))
        + f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>",
        comments=f'<w:comment w:id="1" w:author="M">{p("Why?")}</w:comment>',
    ),
    "a.odt": odf(
        '<text:h text:outline-level="1">H</text:h><text:p>a<office:annotation office:name="c"><text:p>w</text:p>'
        '</office:annotation>b<office:annotation-end office:name="c"/></text:p>'
    ),
    "a.epub": book({"a.xhtml": "<h1>A</h1><p>b<sup>1</sup></p>", "b.xhtml": "<p>c</p>"}),
    "a.xlsx": xlsx(Data=[["Key", "Sex", "Why?"], ["R1", "f", "It is so to me"], ["R2", 3.5, True]]),
    "a.pdf": pdf([Sheet().put(70, 700, WORDS), Sheet().put(70, 700, "opinion).", font="F2")]),
}  # fmt: skip
SPLINTERS = [
    b"<", b">", b"&#0;", b'"', b"\n", b"\n\n", b"\r", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"9" * 12, b"\\",
    b":", b"#", b"*", b"{", b"",
]  # fmt: skip


def harmed(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randrange(1, 9)):
        at = chance.randrange(len(made) + 1)
        if chance.random() < 0.6:
            made[at : at + chance.randrange(9)] = chance.choice(SPLINTERS)
        elif chance.random() < 0.7:
            made[at : at + chance.randrange(5)] = chance.randbytes(chance.randrange(5))
        else:
            made[at:at] = made[at : at + chance.randrange(200)] * chance.randrange(1, 9)
    return bytes(made[: chance.randrange(1, len(made) + 1)] if chance.random() < 0.1 else made) or b"x"


def any_harm(data: bytes, chance: random.Random) -> bytes:
    """Harm a file, or, of a packed one, more often what is in it."""
    if not data.startswith(b"PK") or chance.random() < 0.3:
        return harmed(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in members if name != "mimetype"])
    return zipped({**members, name: harmed(bytes(members[name]), chance)})  # type: ignore[arg-type]


def any_choices(chance: random.Random) -> ReadingChoices:
    def coin() -> bool:
        return chance.random() < 0.4

    return ReadingChoices(
        encoding=chance.choice(["", "", "", "", "utf-8", "cp1252", "utf-16", "shift_jis"]),
        read_as=chance.choice(list(ReadAs)) if coin() else ReadAs.FOUND,
        article_only=coin(),
        keep_heads=coin(),
        keep_hyphens=coin(),
        keep_pages_apart=coin(),
        join_broken=not coin(),
        mark_headings=not coin(),
        leave_out_comments=coin(),
        mark_speakers=not coin(),
        survey=SurveyChoices(apart=coin(), texts=("Sex",) if coin() else ()),
    )


def check(document: Document) -> None:
    """See that a document is one that can be kept."""
    for one in (document, *sources_of(document)):
        assert canonical(one.text).text == one.text
        assert one.text.strip()
        assert all(0 <= span.start < span.end <= len(one.text) for span in one.spans)


@pytest.mark.parametrize("name", ["a.txt", "b.txt", "a.md", "a.csv"])
def test_texts_that_came_to_harm_are_read_or_refused(name: str) -> None:
    chance = random.Random(zlib.crc32(name.encode()))
    check(read(SOUND[name], name))
    for _ in range(250):
        try:
            check(read(harmed(SOUND[name], chance), name, any_choices(chance)))
        except FormatProblem as problem:
            assert problem.message.startswith(name)


@pytest.mark.long
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("name", SOUND)
def test_thousands_of_files_that_came_to_harm_stop_no_reader(name: str) -> None:
    chance = random.Random(zlib.crc32(name.encode()) + 1)
    read_well = 0
    with ReadingProcess(Limits(cpu=10, wall=20)) as process:
        for _ in range(5_000):
            try:
                check(process.read(any_harm(SOUND[name], chance), name, any_choices(chance)))
                read_well += 1
            except FormatProblem as problem:
                assert problem.message.startswith(name)
                assert "the reader stopped" not in problem.message
    assert read_well > 100
