"""Whatever a document is made of, each of its words arrives, once and in its order."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable
from typing import TypeVar

import mammoth
import odfdo
import pytest
import xlsxwriter
from packed_kit import book, odf, p, r, word

from qcode.readers import read

T = TypeVar("T")
KNOWN = re.compile(r"w\d+e")  # mammoth runs words together at the end of a line


class Author:
    """Write a document at random, and remember its words in the order in which they are read."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words: list[str] = []

    def some(self) -> str:
        """Write a few words never written before."""
        new = [f"w{len(self.words) + at}e" for at in range(self.chance.randrange(1, 4))]
        self.words += new
        return " ".join(new)

    def several(self, make: Callable[[], str], most: int = 4) -> str:
        return "".join(make() for _ in range(self.chance.randrange(1, most)))

    def one_of(self, *ways: Callable[[], T]) -> T:
        return self.chance.choice(ways)()


def word_document(author: Author) -> bytes:
    def run() -> str:
        return author.one_of(
            lambda: r(f"{author.some()} "),
            lambda: r(f"{author.some()} ", author.chance.choice(["<w:b/>", "<w:i/>", '<w:b w:val="0"/>'])),
            lambda: f"<w:r><w:tab/><w:t>{author.some()}</w:t><w:br/></w:r>",
            lambda: f"<w:ins>{run()}</w:ins>",
            lambda: f"<w:hyperlink>{run()}</w:hyperlink><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
            lambda: f"<w:sdt><w:sdtContent>{run()}</w:sdtContent></w:sdt>",
        )

    def paragraph() -> str:
        number = f'<w:numPr><w:ilvl w:val="{author.chance.randrange(3)}"/><w:numId w:val="1"/></w:numPr>'
        return p(author.several(run), properties=author.chance.choice(["", number, '<w:outlineLvl w:val="1"/>']))

    def table(depth: int = 0) -> str:
        def cell() -> str:
            inner = (lambda: table(depth + 1)) if depth < 2 else paragraph
            return f"<w:tc>{author.one_of(paragraph, paragraph, lambda: author.several(paragraph), inner)}</w:tc>"

        return f"<w:tbl>{author.several(lambda: f'<w:tr>{author.several(cell)}</w:tr>')}</w:tbl>"

    levels = "".join(f'<w:lvl w:ilvl="{at}"><w:lvlText w:val="%{at + 1}."/></w:lvl>' for at in range(3))
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return word(author.several(lambda: author.one_of(paragraph, paragraph, table), 12), numbering=numbering)


def text_document(author: Author) -> bytes:
    def piece() -> str:
        return author.one_of(
            lambda: f"{author.some()} ",
            lambda: f"<text:span>{author.some()}\n {piece()}</text:span>",
            lambda: f'{author.some()}<text:s text:c="2"/>{author.some()}<text:line-break/>',
            lambda: f"<text:tab/><text:a>{piece()}</text:a>",
        )

    def paragraph() -> str:
        return author.one_of(
            lambda: f"<text:p>{author.several(piece)}</text:p>",
            lambda: f'<text:h text:outline-level="3">{author.several(piece)}</text:h>',
        )

    def listed(depth: int = 0) -> str:
        inner = (lambda: paragraph() + listed(depth + 1)) if depth < 3 else paragraph
        items = author.several(lambda: f"<text:list-item>{author.one_of(paragraph, inner)}</text:list-item>")
        return f"<text:list>{items}</text:list>"

    def table() -> str:
        def cell() -> str:
            return f"<table:table-cell>{author.one_of(paragraph, paragraph, listed)}</table:table-cell>"

        rows = author.several(lambda: f"<table:table-row>{author.several(cell)}</table:table-row>")
        return f"<table:table>{rows}</table:table>"

    return odf(author.several(lambda: author.one_of(paragraph, paragraph, listed, table), 12))


def page(author: Author) -> str:
    def inline() -> str:
        return author.one_of(
            lambda: f"{author.some()}\n ",
            lambda: f"<b>{author.some()} {inline()}</b>",
            lambda: f"<em> {author.some()}</em><br/>",
            lambda: f"<a href='#x'>{inline()}</a><script>gone</script>",
        )

    def block(depth: int = 0) -> str:
        if depth > 4:
            return f"<p>{inline()}</p>"
        name = author.chance.choice(["p", "h2", "pre", "div", "section", "blockquote", "ul", "table"])
        if name in ("p", "h2", "pre"):
            return f"<{name}>{author.several(inline)}</{name}>"
        if name == "ul":
            items = author.several(lambda: f"<li>{inline()}{author.one_of(str, lambda: block(depth + 1))}</li>")
            return f"<ul>{items}</ul>"
        if name == "table":

            def cell() -> str:
                return f"<td>{author.one_of(inline, lambda: block(depth + 1))}</td>"

            return f"<table>{author.several(lambda: f'<tr>{author.several(cell)}</tr>')}</table>"
        return f"<{name}>{author.one_of(str, inline)}{author.several(lambda: block(depth + 1))}</{name}>"

    return author.several(block, 10)


def markdown(author: Author) -> str:
    def inline() -> str:
        return author.one_of(
            lambda: f"{author.some()} ",
            lambda: f"*{author.some()}* ",
            lambda: f"**{author.some()}**\n",
            lambda: f"[{author.some()}](http://a.b) ",
            lambda: f"<b>{author.some()}</b>  \n",
        )

    def block() -> str:
        return author.one_of(
            lambda: author.several(inline) + "\n\n",
            lambda: f"## {author.some()}\n\n",
            lambda: author.several(lambda: f"- {author.some()}\n") + "\n",
            lambda: f"> {author.some()}\n\n",
            lambda: f"|{author.some()}|{author.some()}|\n|-|-|\n|{author.some()}|{author.some()}|\n\n",
        )

    return author.several(block, 12)


def subtitles(author: Author, *, is_vtt: bool) -> str:
    dot, cues = "." if is_vtt else ",", []
    for second in range(author.chance.randrange(2, 30)):
        said = author.one_of(author.some, lambda: f"<i>{author.some()}</i>\n{author.some()}")
        cues.append(f"{second + 1}\n00:00:{second:02}{dot}000 --> 00:00:{second:02}{dot}900\n{said}\n\n")
    return ("WEBVTT\n\n" if is_vtt else "") + "".join(cues)


def survey_rows(author: Author) -> list[list[str]]:
    width = author.chance.randrange(1, 5)
    rows = [[author.some() for _ in range(width)] for _ in range(author.chance.randrange(1, 9))]
    return [[f"Question {at}" for at in range(width)], *rows]


def survey(author: Author) -> str:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(survey_rows(author))
    return target.getvalue()


def workbook(author: Author) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book_of_sheets:
        sheet = book_of_sheets.add_worksheet("Answers")
        for at, row in enumerate(survey_rows(author)):
            sheet.write_row(at, 0, row)
    return target.getvalue()


def rich_text(author: Author) -> bytes:
    def run() -> str:
        return author.one_of(
            lambda: f"{author.some()} ",
            lambda: f"{{\\b {author.some()}}} ",
            lambda: f"\\i {author.some()}\\i0  ",
            lambda: f"{author.some()}\\line\n",
        )

    body = author.several(lambda: f"\\pard {author.several(run, 8)}\\par\n", 12)
    return f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 A;}}}}{body}}}".encode()


WAYS = {
    "a.docx": word_document,
    "a.odt": text_document,
    "a.html": lambda author: page(author).encode(),
    "a.epub": lambda author: book({f"{at}.xhtml": page(author) for at in range(3)}),
    "a.md": lambda author: markdown(author).encode(),
    "a.rtf": rich_text,
    "a.srt": lambda author: subtitles(author, is_vtt=False).encode(),
    "a.vtt": lambda author: subtitles(author, is_vtt=True).encode(),
    "a.csv": lambda author: survey(author).encode(),
    "a.xlsx": workbook,
}


@pytest.mark.parametrize("name", WAYS)
def test_each_word_arrives_once_and_in_its_order(name: str) -> None:
    for seed in range(30):
        author = Author(seed)
        document = read(WAYS[name](author), name)
        arrived = KNOWN.findall(document.text)
        assert arrived == author.words


def test_the_words_of_word_documents_are_those_that_another_program_finds() -> None:
    for seed in range(30):
        data = word_document(Author(seed))
        found = mammoth.extract_raw_text(io.BytesIO(data)).value
        assert KNOWN.findall(read(data, "a.docx").text) == KNOWN.findall(found)


def written_elsewhere(author: Author) -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    for _ in range(12):
        part = author.one_of(
            lambda: odfdo.Header(author.chance.randrange(1, 4), author.some()),
            lambda: odfdo.Paragraph(author.some()),
            lambda: odfdo.List([author.some(), author.some()]),
        )
        document.body.append(part)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_text_that_another_program_wrote_holds_the_words_it_finds_there_itself() -> None:
    for seed in range(3):
        author = Author(seed)
        data = written_elsewhere(author)
        found = odfdo.Document(io.BytesIO(data)).get_formatted_text()
        assert KNOWN.findall(read(data, "a.odt").text) == author.words == KNOWN.findall(found)
