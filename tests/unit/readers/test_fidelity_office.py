"""One document in the forms in which LibreOffice writes it: its words arrive in their order, whoever wrote the file.

With --long, and where LibreOffice is; the other tests of fidelity make their files themselves.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from qcode.readers import read
from qcode.text.span import SpanKind

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
STYLES = """<office:styles>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
 fo:margin-bottom="0.2cm"/><style:text-properties fo:font-size="10pt" fo:language="en" fo:country="GB"
 fo:hyphenate="true" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:style>
<style:style style:name="Note" style:family="paragraph"><style:text-properties fo:font-size="8pt"/></style:style>
<style:style style:name="Heading_20_1"
 style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1"><style:text-properties
 fo:font-size="15pt" fo:font-weight="bold"/></style:style></office:styles>
<office:automatic-styles><style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin="2cm"><style:columns fo:column-count="2" fo:column-gap="0.8cm"/>
</style:page-layout-properties><style:header-style>
<style:header-footer-properties fo:min-height="1cm" fo:margin-bottom="0.5cm"/></style:header-style>
<style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page"><style:header>
<text:p>Annals of Harbours</text:p></style:header>
<style:footer><text:p><text:page-number>1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>"""
CHAPTERS, PARAGRAPHS = 4, 12
WORDS, NOTED = re.compile(r"w[aeiou][b-z]{7}\b"), re.compile(r"n[aeiou][b-z]{7}\b")  # in HTML, right after a number


class Clerk:
    """Write words that were never written before: those of the text begin with w, those of notes with n."""

    def __init__(self) -> None:
        self.chance = random.Random(11)
        self.words: list[str] = []
        self.notes: list[str] = []

    def some(self, count: int, kept: list[str], letter: str) -> str:
        fresh = []
        while len(fresh) < count:
            word = letter + "".join(self.chance.choices("aeiou", k=1) + self.chance.choices("bcdfglmprstu", k=7))
            if word not in kept:
                fresh.append(word)
                kept.append(word)
        return " ".join(fresh)

    def paragraph(self, number: int) -> str:
        text = self.some(self.chance.randrange(20, 70), self.words, "w")
        note = (
            f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation><text:note-body>'
            f'<text:p text:style-name="Note">{self.some(5, self.notes, "n")}.</text:p></text:note-body></text:note>'
            if number % 6 == 3
            else ""
        )
        return f'<text:p text:style-name="Body">{text}.{note}</text:p>'

    def table(self) -> str:
        cells = "".join(
            f"<table:table-cell><text:p>{self.some(1, self.words, 'w')}</text:p></table:table-cell>" for _ in range(2)
        )
        columns = '<table:table-column table:number-columns-repeated="2"/>'
        return f"<table:table>{columns}<table:table-row>{cells}</table:table-row></table:table>"

    def document(self) -> str:
        body = ""
        for _ in range(CHAPTERS):
            title = self.some(3, self.words, "w")
            body += f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{title}</text:h>'
            body += "".join(self.paragraph(number) for number in range(PARAGRAPHS)) + self.table()
        return (
            f'<?xml version="1.0"?><office:document {NAMESPACES} office:version="1.2"'
            f' office:mimetype="application/vnd.oasis.opendocument.text">{STYLES}'
            f"<office:body><office:text>{body}</office:text></office:body></office:document>"
        )


@pytest.mark.long
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_what_libreoffice_writes_is_read_word_for_word(tmp_path: Path) -> None:
    clerk = Clerk()
    (tmp_path / "a.fodt").write_text(clerk.document(), encoding="utf-8")
    for kind in ("odt", "docx", "rtf", "html", "epub", "pdf"):
        command = [OFFICE or "", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--headless"]
        subprocess.run(
            [*command, "--convert-to", kind, "--outdir", tmp_path, tmp_path / "a.fodt"], check=True, capture_output=True
        )
        document = read((tmp_path / f"a.{kind}").read_bytes(), f"a.{kind}")
        assert WORDS.findall(document.text) == clerk.words, kind
        assert sorted(NOTED.findall(document.text)) == sorted(clerk.notes), kind
        headings = [span for span in document.spans if span.kind is SpanKind.HEADING]
        assert len(headings) == (CHAPTERS if kind != "epub" else 0), f"{kind}: in a book LibreOffice marks none"
        if kind != "html":
            assert "Annals" not in document.text, "the running heads"
