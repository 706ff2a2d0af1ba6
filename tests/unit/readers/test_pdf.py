"""A researcher brings articles as PDF, and reads what was said, not how it was printed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pdf_kit import HEIGHT, Sheet, justified, pdf, wrapped

from qcode.errors import FormatProblem
from qcode.readers import Document, ReadingChoices, read
from qcode.readers.pdf import read_pdf
from qcode.text.span import Span, SpanKind

MEADOW = (
    "The meadow behind the station was mown twice a year by a man whom nobody knew by name. He came with the first "
    "train and left with the last one, and between the two he spoke to the goats, to the fence and sometimes to the "
    "signalman, who never answered but always listened until the whistle called him back to his lever."
)
HARBOUR = (
    "In the harbour the ropes were counted every evening before the lamps were lit. A missing rope meant a missing "
    "boat, and a missing boat meant that somebody had to walk along the whole pier with a lantern, asking at each "
    "door whether the people inside had heard anything but the wind and their own kettles."
)
ORCHARD = (
    "Nobody owned the orchard on the hill, so everybody pruned it. Each tree had seven opinions cut into it, and yet "
    "it bore more plums than the gardens below, where each tree had one owner, one ladder and one pair of shears, "
    "which hung in a shed behind a door that stuck in wet weather."
)


def told(sheets: list[Sheet], **how: bool) -> Document:
    return read_pdf(pdf(sheets), "a.pdf", ReadingChoices(**how))


def paragraphs(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


def spans(document: Document, kind: SpanKind) -> list[tuple[str, str]]:
    return [(span.value, document.text[span.start : span.end]) for span in document.spans if span.kind is kind]


def note(document: Document, beginning: str) -> str:
    return next((said for said in document.notes if said.startswith(beginning)), "")


class TestParagraphs:
    def test_lines_become_paragraphs_by_the_gap_between_them(self) -> None:
        sheet = Sheet()
        y = sheet.lines(70, 700, justified(MEADOW))
        sheet.lines(70, y - 10, justified(HARBOUR))
        document = read(pdf([sheet], title="On goats"), "a.pdf")
        assert document.text == f"{MEADOW}\n\n{HARBOUR}"
        assert (document.title, document.media_type, document.notes) == ("On goats", "application/pdf", ())

    def test_by_the_indent_of_their_first_line(self) -> None:
        sheet, y = Sheet(), 700.0
        for text in (MEADOW, HARBOUR, ORCHARD):
            first, *others = justified("___" + text)
            sheet.put(70 + 3 * 6, y, first[3:])
            y = sheet.lines(70, y - 12, others)
        assert paragraphs(told([sheet])) == [MEADOW, HARBOUR, ORCHARD]

    def test_by_a_last_line_that_is_short(self) -> None:
        sheet, y = Sheet(), 700.0
        for text in (MEADOW, HARBOUR, ORCHARD):
            y = sheet.lines(70, y, wrapped(text))
        assert paragraphs(told([sheet])) == [MEADOW, HARBOUR, ORCHARD]

    def test_a_list_of_works_hangs_out(self) -> None:
        title = (
            "A work whose title is so long that it fills a line and a bit more of the next, printed in a place with a "
            "name of several words, by a press that nobody knew but those who printed there."
        )
        works = [f"Author, {name}. {title}" for name in "ABC"]
        sheet, y = Sheet(), 700.0
        for work in works:
            first, *others = wrapped(work, 66)
            sheet.put(70, y, first)
            y = sheet.lines(94, y - 12, others)
        assert paragraphs(told([sheet])) == works

    def test_headings_are_larger_or_bold_and_lines_of_a_title_stay_together(self) -> None:
        sheet = Sheet()
        sheet.put(120, 760, "Of meadows and the", size=18, font="F2").put(160, 738, "men in them", size=18, font="F2")
        sheet.put(70, 700, "Where it begins", font="F2")
        y = sheet.lines(70, 680, justified(MEADOW))
        sheet.put(70, y - 10, "Where it ends", font="F2")
        sheet.lines(70, y - 30, justified(HARBOUR))
        document = told([sheet])
        assert spans(document, SpanKind.HEADING) == [
            ("1", "Of meadows and the men in them"),
            ("2", "Where it begins"),
            ("2", "Where it ends"),
        ]
        assert document.title == "Of meadows and the men in them"
        assert paragraphs(document)[2::2] == [MEADOW, HARBOUR]

    def test_emphasis_is_kept(self) -> None:
        sheet = Sheet()
        sheet.put(70, 700, "He said").put(118, 700, "never again", font="F3").put(190, 700, "and left", font="F1")
        sheet.lines(70, 688, justified(MEADOW))
        document = told([sheet])
        assert document.text.startswith("He said never again and left")
        assert spans(document, SpanKind.ITALIC) == [("", "never again")]

    def test_rows_of_a_table_stay_rows(self) -> None:
        sheet = Sheet()
        for index, row in enumerate((("Place", "Boats", "Ropes"), ("Pier", "12", "40"), ("Quay", "7", "19"))):
            for column, cell in enumerate(row):
                sheet.put(70 + 120 * column, 600 - 14 * index, cell)
        assert told([sheet]).text == "Place\tBoats\tRopes\nPier\t12\t40\nQuay\t7\t19"

    def test_entries_of_a_table_of_contents_stay_apart_and_are_no_headings(self) -> None:
        sheet = Sheet()
        entries = [f"{number} Of ropes and boats . . . . . . . . . . . . {number}" for number in range(1, 5)]
        sheet.lines(70, 760, entries, size=12, font="F2")
        sheet.lines(70, 600, justified(MEADOW))
        document = told([sheet])
        assert paragraphs(document) == [*entries, MEADOW]
        assert spans(document, SpanKind.HEADING) == []

    def test_items_of_a_list_keep_their_further_lines(self) -> None:
        items = ["• Ropes, which are counted every evening before the lamps are", "• Boats, which are not."]
        sheet = Sheet()
        sheet.put(80, 700, items[0]).put(92, 688, "lit, and in the morning.").put(80, 676, items[1])
        assert paragraphs(told([sheet])) == [f"{items[0]} lit, and in the morning.", items[1]]


class TestColumns:
    def test_are_read_one_after_the_other_and_a_sentence_goes_on_in_the_next(self) -> None:
        left, right = justified(MEADOW, 34), justified(HARBOUR, 34)
        whole = justified(f"{MEADOW} {ORCHARD}", 34)
        assert len(left) > 6 < len(right)
        sheet = Sheet()
        sheet.put(150, 760, "A title that stands across both columns", size=14)
        half = len(whole) // 2
        sheet.lines(60, 700, whole[:half])
        sheet.lines(300, 700, whole[half:])
        document = told([sheet])
        assert paragraphs(document) == ["A title that stands across both columns", f"{MEADOW} {ORCHARD}"]
        assert note(document, "Joined to one") == "Joined to one: 1 paragraph parted by the end of a page or column."

    def test_whatever_the_order_in_which_the_file_paints_them(self) -> None:
        left, right = justified(MEADOW, 34), justified(HARBOUR, 34)
        sheet = Sheet()
        for index in range(max(len(left), len(right))):
            for x, column in ((300, right), (60, left)):
                if index < len(column):
                    sheet.put(x, 700 - 12 * index, column[index])
        assert paragraphs(told([sheet])) == [MEADOW, HARBOUR]

    def test_three_of_them_whose_lines_do_not_stand_level(self) -> None:
        sheet = Sheet()
        for index, text in enumerate((MEADOW, HARBOUR, ORCHARD)):
            sheet.lines(40 + 180 * index, 700 - 5 * index, justified(text, 26))
        assert paragraphs(told([sheet])) == [MEADOW, HARBOUR, ORCHARD]

    def test_what_stands_across_parts_the_columns_above_from_those_below(self) -> None:
        sheet = Sheet()
        sheet.lines(60, 760, justified(MEADOW, 34))
        sheet.lines(300, 760, justified(HARBOUR, 34))
        sheet.put(60, 600, "Across both columns runs a line that tells what a picture shows.", size=9)
        sheet.lines(60, 560, justified(ORCHARD, 34))
        sheet.lines(300, 560, justified(MEADOW, 34))
        caption = "Across both columns runs a line that tells what a picture shows."
        assert paragraphs(told([sheet])) == [MEADOW, HARBOUR, caption, ORCHARD, MEADOW]

    def test_names_of_speakers_beside_their_words_are_no_column(self) -> None:
        sheet = Sheet()
        turns = [
            ("ANNA:", "Where were the ropes in the evening?"),
            ("BOB:", "They were where they are always."),
            ("ANNA:", "And who had counted them before that?"),
            ("BOB:", "Nobody had, since the lamps were out."),
            ("ANNA:", "So one of them could have been missing."),
            ("BOB:", "One of them always is, if you ask me."),
        ]
        for index, (who, words) in enumerate(turns):
            sheet.put(70, 700 - 14 * index, who).put(150, 700 - 14 * index, words)
        assert paragraphs(told([sheet])) == [f"{who}\t{words}" for who, words in turns]


class TestPages:
    def printed(self, texts: list[list[str]], *, first: int = 1) -> list[Sheet]:
        sheets = []
        for index, lines in enumerate(texts):
            sheet = Sheet()
            sheet.put(220, 800, "Journal of Small Matters" if index % 2 else "A. N. Author and Others", size=8)
            sheet.lines(70, 740, lines)
            sheet.put(290, 40, str(index + first), size=8)
            sheets.append(sheet)
        return sheets

    def test_heads_and_numbers_are_left_out_and_said(self) -> None:
        document = told(self.printed([justified(MEADOW)] * 6, first=701))
        assert paragraphs(document) == [MEADOW] * 6
        assert note(document, "Left out") == (
            "Left out as running heads and page numbers: 12 lines on 6 pages, such as "
            "“A. N. Author and Others”, “Journal of Small Matters”."
        )

    def test_a_head_that_touches_the_text_is_known_by_its_letters_on_all_pages(self) -> None:
        sheets = [Sheet().put(70, 754, "Journal of Small Matters", size=7) for _ in range(5)]
        for index, sheet in enumerate(sheets):
            sheet.lines(70, 740, justified(f"{index + 1} {MEADOW}"))
        document = told(sheets)
        assert paragraphs(document) == [f"{page} {MEADOW}" for page in range(1, 6)]
        assert "5 lines on 5 pages" in note(document, "Left out")

    def test_or_kept_when_wanted(self) -> None:
        document = told(self.printed([justified(MEADOW)] * 6), keep_heads=True)
        assert paragraphs(document)[:3] == ["A. N. Author and Others", MEADOW, "1"]
        assert not note(document, "Left out")

    def test_pages_bear_the_number_that_is_printed_on_them(self) -> None:
        document = told(self.printed([justified(MEADOW)] * 4, first=701))
        assert spans(document, SpanKind.PAGE) == [(str(page), MEADOW) for page in (701, 702, 703, 704)]
        assert note(document, "Pages") == "Pages are numbered as in the file, from 701."

    def test_or_the_label_that_the_file_gives_them(self) -> None:
        sheets = [Sheet() for _ in range(3)]
        for sheet in sheets:
            sheet.lines(70, 700, justified(MEADOW))
        document = read_pdf(pdf(sheets, labels={0: ("r", 4), 1: ("D", 1)}), "a.pdf")
        assert [value for value, _ in spans(document, SpanKind.PAGE)] == ["iv", "1", "2"]

    def test_notes_that_are_alike_are_no_running_foot(self) -> None:
        sheets = []
        for index in range(4):
            sheet = Sheet()
            sheet.lines(70, 740, justified(MEADOW))
            sheets.append(sheet.put(70, 60, f"{7 + 3 * index} Ibid.", size=8))
        document = told(sheets)
        assert [line for line in paragraphs(document) if "Ibid" in line] == [f"{n} Ibid." for n in (7, 10, 13, 16)]

    def test_a_sentence_broken_by_a_page_goes_on(self) -> None:
        lines = justified(f"{MEADOW} {HARBOUR}")
        document = told(self.printed([lines[:5], lines[5:], justified(ORCHARD)]))
        assert paragraphs(document) == [f"{MEADOW} {HARBOUR}", ORCHARD]
        first, second, third = spans(document, SpanKind.PAGE)
        assert f"{first[1]} {second[1]}" == f"{MEADOW} {HARBOUR}"
        assert third == ("3", ORCHARD)

    def test_or_is_left_broken_when_wanted(self) -> None:
        lines = justified(MEADOW)
        sheets = self.printed([lines[:2], lines[2:], justified(ORCHARD)])
        assert len(paragraphs(told(sheets, keep_pages_apart=True))) == 3

    def test_notes_at_the_foot_come_after_the_paragraph_that_goes_on(self) -> None:
        lines = justified(f"{MEADOW} {HARBOUR}")
        sheets = self.printed([lines[:5], [*lines[5:], "", *justified(ORCHARD)], justified(ORCHARD)])
        sheets[0].put(70, 120, "1 A note in smaller letters stands at the foot of the page.", size=8)
        document = told(sheets)
        assert paragraphs(document) == [
            f"{MEADOW} {HARBOUR}",
            "1 A note in smaller letters stands at the foot of the page.",
            ORCHARD,
            ORCHARD,
        ]
        assert [value for value, _ in spans(document, SpanKind.PAGE)] == ["1", "2", "1", "2", "3"]

    def test_a_paragraph_that_ends_with_its_page_ends(self) -> None:
        document = told(self.printed([justified(MEADOW), justified(HARBOUR), justified(ORCHARD)]))
        assert paragraphs(document) == [MEADOW, HARBOUR, ORCHARD]

    def test_a_page_that_was_turned_is_read_upright(self) -> None:
        sheet = Sheet(rotate=90)
        for index, line in enumerate(justified(MEADOW)):
            sheet.put(100 + 12 * index, 80, line, turned=True)
        assert paragraphs(told([sheet])) == [MEADOW]

    def test_what_climbs_the_margin_comes_after_its_page_unless_all_pages_have_it(self) -> None:
        sheets = self.printed([justified(MEADOW)] * 3)
        sheets[1].put(30, 300, "Drawn by the author", turned=True)
        assert paragraphs(told(sheets)) == [MEADOW, MEADOW, "Drawn by the author", MEADOW]
        for sheet in sheets:
            sheet.put(20, 300, "Fetched from a library", turned=True)
        document = told(sheets)
        assert "library" not in document.text
        assert note(document, "Left out since it stands sideways")


class TestDividedWords:
    def sheet(self, *lines: str) -> list[Sheet]:
        sheet = Sheet()
        sheet.lines(70, 700, [*lines, *justified(ORCHARD, 44)])
        return [sheet]

    def test_are_joined(self) -> None:
        document = told(
            self.sheet("The opinions of the many were never harmo-", "nised before the end of that long summer.")
        )
        assert document.text.startswith("The opinions of the many were never harmonised before the end")
        assert note(document, "Joined") == "Joined without their hyphen: 1 word divided at the end of a line."

    def test_keep_their_hyphen_when_wanted(self) -> None:
        document = told(self.sheet("The opinions were never harmo-", "nised before the end."), keep_hyphens=True)
        assert "harmo-nised" in document.text

    def test_but_not_what_has_a_hyphen_elsewhere(self) -> None:
        document = told(
            self.sheet(
                "A long-term plan is one thing and then a long-", "term promise is another one, as everybody knows."
            )
        )
        assert document.text.startswith("A long-term plan is one thing and then a long-term promise")

    def test_nor_names_numbers_and_words_that_share_their_end(self) -> None:
        document = told(
            self.sheet(
                "They were of Anglo-",
                "American descent in the years 1914-",
                "1918 and thereafter came pre-",
                "and post-war coffee in all the shops there.",
            )
        )
        assert "Anglo-American" in document.text
        assert "1914-1918" in document.text
        assert "pre- and post-war" in document.text

    def test_are_joined_across_a_page(self) -> None:
        first, second = Sheet(), Sheet()
        first.lines(
            70,
            700,
            [
                *justified(MEADOW),
                *justified(HARBOUR),
                "The opinions of the many that lived there then were never ever harmo-",
            ],
        )
        second.lines(70, 700, ["nised, and nobody minded.", *justified(ORCHARD)])
        assert "then were never ever harmonised, and nobody minded." in told([first, second]).text


class TestWhatCannotBeRead:
    def refused(self, data: bytes) -> FormatProblem:
        with pytest.raises(FormatProblem) as caught:
            read(data, "a.pdf")
        assert caught.value.message.startswith("a.pdf")
        return caught.value

    def test_an_encrypted_file(self) -> None:
        problem = self.refused(pdf([Sheet().put(70, 700, "secret")], encrypted=True))
        assert problem.message == "a.pdf is encrypted and opens with a password only."

    def test_pictures_of_pages(self) -> None:
        assert self.refused(pdf([Sheet(), Sheet()])).message == (
            "a.pdf has no text layer: its 2 pages are pictures, or empty."
        )
        assert "its only page is a picture" in self.refused(pdf([Sheet()])).message

    @pytest.mark.parametrize("data", [b"%PDF-1.7\n%\xe2\xe3", pdf([Sheet().put(70, 700, "x")])[:300]])
    def test_a_damaged_one(self, data: bytes) -> None:
        assert "damaged or incomplete" in self.refused(data).message

    def test_a_page_without_text_among_others_is_named(self) -> None:
        document = told([Sheet().put(70, 700, "Words."), Sheet(), Sheet().put(70, 700, "More words.")])
        assert note(document, "No text") == "No text is on 1 page, perhaps a picture: 2."

    def test_the_suffix_does_not_matter(self) -> None:
        assert read(pdf([Sheet().put(70, 700, "Words.")]), "letter.txt").text == "Words."
        assert read(b"junk before\n" + pdf([Sheet().put(70, 700, "Words.")]), "letter").text == "Words."
        assert read(b"A text that speaks of %PDF- files.", "a.txt").media_type == "text/plain"


def test_titles_that_programs_make_up_are_no_titles() -> None:
    for made_up in ("Microsoft Word - chapter3 final.docx", "untitled", "paper.dvi", "12-34"):
        assert read(pdf([Sheet().put(70, 700, "Words.")], title=made_up), "a.pdf").title == ""
    assert read(pdf([Sheet().put(70, 700, "Words.")], title="Microsoft Word - My thesis"), "a.pdf").title == "My thesis"


def test_spans_lie_in_the_text_and_pages_do_not_overlap() -> None:
    sheets = [Sheet() for _ in range(3)]
    for sheet in sheets:
        y = sheet.lines(70, HEIGHT - 60, ["Heading"], size=14, font="F2")
        sheet.lines(70, y - 6, [*justified(MEADOW), *justified(HARBOUR)])
    document = told(sheets)
    assert list(document.spans) == sorted(document.spans)
    assert all(0 <= span.start < span.end <= len(document.text) for span in document.spans)
    pages: list[Span] = [span for span in document.spans if span.kind is SpanKind.PAGE]
    assert all(before.end <= after.start for before, after in pairwise(pages))


def test_a_heading_at_the_foot_of_a_page_is_not_joined_to_one_far_below() -> None:
    first, second = Sheet(), Sheet()
    y = first.lines(60, 760, justified(f"{MEADOW} {HARBOUR} {ORCHARD}", 90), size=9)
    first.put(60, y - 20, "the first of the orchards", size=14)
    y = second.lines(60, 760, justified(MEADOW, 90), size=9)
    second.put(60, y - 20, "and another of them", size=14)
    second.lines(60, y - 50, justified(MEADOW, 90), size=9)
    document = told([first, second])
    headings = [words for _, words in spans(document, SpanKind.HEADING)]
    assert headings == ["the first of the orchards", "and another of them"]


def test_items_that_fill_their_lines_stay_apart() -> None:
    items = [f"{number}. {'goats in the orchard ' * 4}and" for number in (1, 2, 3)]
    sheet = Sheet()
    y = sheet.lines(60, 760, justified(MEADOW, 90), size=9)
    sheet.lines(60, y - 12, items, size=9)
    assert told([sheet]).text.endswith("\n\n".join(items))


def test_cells_far_apart_are_rows_and_not_columns() -> None:
    sheet = Sheet()
    for row in range(12):
        for column in range(3):
            sheet.put(60 + 170 * column, 700 - 14 * row, f"a cell numbered {row:02}{column}", size=9)
    rows = [f"a cell numbered {row:02}0\ta cell numbered {row:02}1\ta cell numbered {row:02}2" for row in range(12)]
    assert told([sheet]).text == "\n".join(rows)


def test_what_stands_close_over_the_end_of_a_line_is_joined_so() -> None:
    lines = [
        *justified(f"{MEADOW} {HARBOUR}", 72),
        "They came to the harbour in the years of great sand and storm (pp. 112–",
        "15) and, as most who lived there said, without the goats and the ropes—",
        "the ones they had at home—or any other thing that they might have owned",
        "—which is told at http://www.harbour.example/the/list/of/all/the/ships",
        "?page=12 and by those who were there – and who had been told to be – as",
        "well.",
    ]
    sheet = Sheet()
    sheet.lines(60, 760, lines, size=9)
    assert told([sheet]).text.endswith(
        " (pp. 112–15) and, as most who lived there said, without the goats and the ropes—the ones they had at home—or "
        "any other thing that they might have owned—which is told at http://www.harbour.example/the/list/of/all/the/"
        "ships?page=12 and by those who were there – and who had been told to be – as well."
    )
