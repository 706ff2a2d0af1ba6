"""Rich text from any word processor of thirty years: the words as they were written, notes and all."""

from __future__ import annotations

import random
import re

import pytest
from striprtf.striprtf import rtf_to_text

from qcode.errors import FormatProblem
from qcode.readers import Document, ReadingChoices, read
from qcode.text.span import SpanKind


def rtf(body: str, *, head: str = r"\ansi\ansicpg1252\deff0", tables: str = "") -> bytes:
    return f"{{\\rtf1{head}{tables}\n{body}}}".encode("latin-1")


def told(body: str, **how: str) -> Document:
    return read(rtf(body, **how), "a.rtf")


def spans(document: Document, kind: SpanKind) -> list[tuple[str, str]]:
    return [(span.value, document.text[span.start : span.end]) for span in document.spans if span.kind is kind]


def test_paragraphs_breaks_and_signs() -> None:
    document = told(r"One \emdash  two\~three.\par Four\line five\tab six: \{a\\b\}\par\par\ldblquote End\rdblquote")
    assert document.text == "One — two\u00a0three.\n\nFour\nfive\tsix: {a\\b}\n\n“End”"
    assert (document.media_type, document.encoding, document.notes) == ("application/rtf", "cp1252", ())


def test_the_suffix_does_not_matter() -> None:
    assert read(rtf("Words."), "letter.doc").text == "Words."
    assert read(b"A text about {\\rtf files.", "a.rtf").media_type == "text/plain"


class TestLetters:
    def test_emoji_come_in_two_halves_and_are_one(self) -> None:
        assert told(r"Fine \u-10179 ?\u-8704 ? then").text == "Fine \U0001f600 then"
        assert told(r"Fine {\u-10179 ?}{\b\u-8704 ?} then").text == "Fine \U0001f600 then"
        assert told(r"\uc0 Fine \u55357\u56832  then").text == "Fine \U0001f600 then"

    def test_a_half_alone_does_no_harm(self) -> None:
        text = told(r"Lost \u-10179 ?half").text
        text.encode("utf-8")
        assert text.startswith("Lost")
        assert text.endswith("half")

    def test_what_stands_in_for_old_programs_is_passed_over(self) -> None:
        assert told(r"{\uc2 \u1046\'c6\'c6x}{\uc1 \u1046\'c6y}").text == "ЖxЖy"

    def test_bytes_are_read_by_the_code_page_of_the_file(self) -> None:
        assert told(r"\'cf\'f0\'e8\'e2\'e5\'f2", head=r"\ansi\ansicpg1251").text == "Привет"
        assert told(r"\'8eber", head=r"\mac").text == "éber"

    def test_and_of_their_font(self) -> None:
        fonts = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 MS Mincho;}}"
        document = told(r"\f0 \'e9 {\f1 \'ef\'f0\'e8} {\f2 \'93\'fa\'96\{} \'e9", tables=fonts)
        assert document.text == "é при 日本 é"

    def test_a_byte_of_two_may_be_a_letter(self) -> None:
        fonts = r"{\fonttbl{\f0\fcharset128 MS Mincho;}}"
        assert told(r"\f0 \'83A\'83b", tables=fonts).text == "アッ"

    def test_a_wrong_code_page_can_be_overruled(self) -> None:
        data = rtf(r"\'cf\'f0\'e8\'e2\'e5\'f2")
        assert read(data, "a.rtf").text == "Ïðèâåò"
        document = read(data, "a.rtf", ReadingChoices(encoding="cp1251"))
        assert (document.text, document.encoding) == ("Привет", "cp1251")
        with pytest.raises(FormatProblem, match="is not an encoding known here"):
            read(data, "a.rtf", ReadingChoices(encoding="klingon"))

    def test_bytes_that_no_code_page_knows_are_said(self) -> None:
        document = told(r"a\'81b")
        assert document.text == "a\ufffdb"
        assert document.notes == ("Bytes that the file's code pages do not know are shown as \ufffd: 1.",)


class TestLook:
    def test_headings_by_style_and_by_level(self) -> None:
        sheet = r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 Titre 2;}{\s5\outlinelevel2 Chapter;}}"
        document = told(
            r"\pard\s1\b Of goats\par\pard\plain Text.\par\pard\s2 Of ropes\par\pard\s5 Of boats\par"
            r"\pard\outlinelevel0 Of plums\par\pard End.",
            tables=sheet,
        )
        assert spans(document, SpanKind.HEADING) == [
            ("1", "Of goats"), ("2", "Of ropes"), ("3", "Of boats"), ("1", "Of plums")
        ]  # fmt: skip
        assert spans(document, SpanKind.BOLD) == []
        assert document.title == "Of goats"

    def test_bold_and_italic(self) -> None:
        document = told(r"a {\b bold} b {\i italic {\b both}} c \b on\b0  off")
        assert document.text == "a bold b italic both c on off"
        assert spans(document, SpanKind.BOLD) == [("", "bold"), ("", "both"), ("", "on")]
        assert spans(document, SpanKind.ITALIC) == [("", "italic both")]

    def test_the_title_that_the_file_names(self) -> None:
        assert told("Text.", tables=r"{\info{\title On \'e9toiles}{\author Nobody}}").title == "On étoiles"

    def test_tables_are_rows_of_cells(self) -> None:
        row = r"\trowd\pard\intbl {}\cell {}\cell\row "
        body = "Before.\\par " + row.replace("{}", "a", 1).replace("{}", "b\\par c", 1) + row.replace("{}", "d")
        assert told(body + r"\pard After.").text == "Before.\n\na\tb c\nd\td\n\nAfter."

    def test_numbers_of_lists_stand_before_their_items(self) -> None:
        assert (
            told(r"{\listtext\tab 1.\tab}First\par{\listtext\pard\plain  2.\tab}Second").text == "1. First\n\n2. Second"
        )


class TestWhatStandsApart:
    def test_notes_come_at_the_end(self) -> None:
        document = told(r"Word{\super\chftn}{\footnote\pard\plain{\super\chftn} {\i First} note.} more.\par Next"
                        r"{\footnote\ftnalt Endnote.}{\footnote Second.}.")  # fmt: skip
        assert document.text == (
            "Word[1] more.\n\nNext[i][2].\n\n---\n\n[1] First note.\n\n[i] Endnote.\n\n[2] Second."
        )
        assert ("", "First") in spans(document, SpanKind.ITALIC)

    def test_text_boxes_follow_their_paragraph(self) -> None:
        box = r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt Boxed.\par}}}"
        assert told(f"Be{box}fore.\\par After.").text == "Before.\n\nBoxed.\n\nAfter."
        assert told(f"Be{box}fore.").text == "Before.\n\nBoxed."

    def test_of_a_link_the_words_stay(self) -> None:
        field = r'{\field{\*\fldinst HYPERLINK "http://x.example/"}{\fldrslt here}}'
        assert told(f"Look {field} now.").text == "Look here now."

    def test_what_is_left_out_is_said(self) -> None:
        document = told(
            r"{\header Head {\field{\*\fldinst PAGE}{\fldrslt 1}}}Seen{\v hidden}{\deleted gone}{\pict\pngblip 00ff00}"
            r"{\*\annotation A remark.}{\xe{\v index}} and {\*\unknown\foo not} read."
        )
        assert document.text == "Seen and  read."
        assert document.notes == (
            "Tracked changes are read as accepted: insertions stand, deletions are left out.",
            "Comments are not imported yet: 1 left out.",
            "Headers and footers of the pages were left out.",
            "Pictures were left out: 1.",
            "Hidden words were left out.",
        )

    def test_bytes_of_pictures_are_passed_over_whole(self) -> None:
        data = rtf("Before {\\pict\\bin6 }}}\\{x}after.")
        assert read(data, "a.rtf").text == "Before after."

    def test_a_text_given_twice_is_read_once(self) -> None:
        assert told(r"{\upr{Pr\'3fha}{\*\ud{Pr\u367 ?ha}}} is a town.").text == "Průha is a town."


def test_a_file_that_breaks_off_says_so() -> None:
    document = read(b"{\\rtf1\\ansi Half a sen", "a.rtf")
    assert document.text == "Half a sen"
    assert document.notes == ("The file breaks off before its end; it may not be whole.",)


def test_nothing_but_marks_is_no_text() -> None:
    with pytest.raises(FormatProblem, match="holds no text"):
        read(rtf(r"{\fonttbl{\f0 Arial;}}\pard\par"), "a.rtf")


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(FormatProblem, match="nested too deeply"):
        read(b"{\\rtf1 " + b"{" * 100_000, "a.rtf")


WORDS = ("goat", "rope", "lantern", "plum", "ladder", "signal", "harbour", "meadow", "shed", "kettle")
LOOKS = ("%s ", "{\\b %s} ", "\\i %s\\i0  ", "{\\f1\\lang1033 %s }", "\n%s ", "{{%s}} ")
SPLINTERS = (
    rb"{ } \u-10179 \uc0 \uc-3 \bin99999 \'8 \'ff \footnote \row \cell \ansicpg99999 \f9 \fcharset128 "
    rb"\*\x \u99999999 \intbl \f"
).split(b" ")


def some_document(seed: int) -> tuple[bytes, str]:
    """Make a document of known words, as writers make them: groups, emphasis, numbered signs, lists."""
    dice, words = random.Random(seed), []
    parts = [r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}{\stylesheet{\s1 heading 1;}}"]
    for _ in range(dice.randint(3, 12)):
        parts.append(dice.choice((r"\pard ", r"\pard\plain\s1 ", r"\pard\plain\qj\fs24 ")))
        for _ in range(dice.randint(1, 15)):
            word = dice.choice(WORDS)
            words.append(word)
            parts.append(dice.choice(LOOKS) % word)
        parts.append("\\par\n")
    return rtf("".join(parts)), " ".join(words)


@pytest.mark.parametrize("seed", range(20))
def test_all_words_arrive_in_their_order_as_another_reader_finds_them(seed: int) -> None:
    data, words = some_document(seed)
    assert " ".join(read(data, "a.rtf").text.split()) == words
    assert " ".join(rtf_to_text(data.decode("latin-1")).split()) == words


def test_damaged_files_end_in_a_sentence_or_in_a_text() -> None:
    dice = random.Random(4)
    for seed in range(400):
        data = bytearray(some_document(seed % 20)[0])
        for _ in range(dice.randint(1, 12)):
            at = dice.randrange(6, len(data))
            if dice.random() < 0.5:
                data[at:at] = dice.choice(SPLINTERS) + b" "
            else:
                data[at : at + dice.randint(1, 30)] = dice.randbytes(dice.randint(0, 4))
        try:
            document = read(bytes(data), "a.rtf")
        except FormatProblem as problem:
            assert problem.message.startswith("a.rtf")
            continue
        document.text.encode("utf-8")
        assert not re.search(r"[\0\r]", document.text)
        assert all(0 <= span.start < span.end <= len(document.text) for span in document.spans)
