"""A text that was taken from printed pages reads as if there had been none."""

from __future__ import annotations

import pytest

from qcode.readers import ReadAs, ReadingChoices, read
from qcode.text.span import SpanKind

JOIN = ReadingChoices(join_broken=True)
SO_FAR = "The harbour masters kept their lists for many years and gave them to"


def mended(text: str, name: str = "a.txt", **how: ReadAs) -> str:
    return read(text.encode(), name, ReadingChoices(join_broken=True, **how)).text


def test_a_sentence_goes_on_over_the_end_of_a_page_and_notes_come_after_it() -> None:
    text = f"{SO_FAR}\n\n---\n\nMia Ruiz teaches at the school of the sea.\n\nall who asked. It was so.\n\nNext."
    document = read(text.encode(), "a.txt", JOIN)
    assert document.text == (
        f"{SO_FAR} all who asked. It was so.\n\n---\n\nMia Ruiz teaches at the school of the sea.\n\nNext."
    )
    assert document.notes == ("Paragraphs broken in the middle of a sentence were made whole: 1.",)
    noted = f"{SO_FAR}\n\n[12] See above.\n\n13 Ibid.\n\nall who asked.\n"
    assert mended(noted) == f"{SO_FAR} all who asked.\n\n[12] See above.\n\n13 Ibid.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("They kept lists of all the ships that came in (Ruiz 2010; Okafor 2011;", "Sand 2012). And so on."),
        ("They kept lists of all the ships that came in, and of those that did not,", "Ruiz says, come back at all."),
        ("They kept lists of all the ships that came in from the far ends of the", "“great” seas."),
        ("They kept lists of all the ships that came in from the far ends, as he", "écrivait."),
    ],
)
def test_what_is_open_wants_to_go_on(before: str, after: str) -> None:
    assert mended(f"{before}\n\n{after}") == f"{before} {after}"


@pytest.mark.parametrize(
    "text",
    [
        f"{SO_FAR} all.\n\nthen they went home to the sea.",
        f"{SO_FAR} all.”³\n\nthen they went home to the sea.",
        f"{SO_FAR} all.[12]\n\nthen they went home to the sea.",
        f"{SO_FAR}\n\nAll who asked.",
        f"{SO_FAR}\n\nint: and why did they?",
        f"{SO_FAR}\n\n- all who asked",
        f"{SO_FAR}\n\nA heading\n\nall who asked.",
        "a short line\n\nand another",
        "so long as there was sand in the harbour and more than sand, we sang\nso long as there was sea\nwe sang",
        f"INT: {SO_FAR}\n\nwell, to all",
        "Year\tShips that came in and those that went out and those that stayed\n\nall\tnone",
    ],
)
def test_what_was_not_broken_stays_as_it_is(text: str) -> None:
    document = read(text.encode(), "a.txt", JOIN)
    assert document.text == text
    assert document.notes == ("No sentence was found that the end of a page or line had broken.",)


def test_lines_of_one_width_become_paragraphs_and_short_ones_stay() -> None:
    text = (
        "The harbour masters kept lists of all\nof the ships, and they had in the har-\n"
        "bour their books as well, and the well-\n"
        "known tables of the tide. They wrote a\nline a day.\nOr two.\n\n"
        "A heading\n\nWhat the masters wrote was read by\n"
        "few, and what was read was soon forgo\u00ad\ntten by all but the masters.\n"
        "  - one of the lists was so very long\n"
        "  - the harbour of the well and known\nEnd of it.\n"
    )
    document = read(text.encode(), "a.txt", JOIN)
    assert document.text == (
        "The harbour masters kept lists of all of the ships, and they had in the harbour their books as well, and the "
        "well-known tables of the tide. They wrote a line a day.\nOr two.\n\n"
        "A heading\n\nWhat the masters wrote was read by "
        "few, and what was read was soon forgotten by all but the masters.\n  - one of the lists was so very long\n"
        "  - the harbour of the well and known\nEnd of it.\n"
    )


def test_markdown_keeps_its_emphasis_where_its_words_went() -> None:
    text = f"# Lists\n\n*{SO_FAR}*\n\n---\n\n[1] A *small* note.\n\nall **who** asked.\n\n## More\n\nand so on\n"
    document = read(text.encode(), "a.md", JOIN)
    assert document.text == f"Lists\n\n{SO_FAR} all who asked.\n\n---\n\n[1] A small note.\n\nMore\n\nand so on"
    assert [(span.kind, document.text[span.start : span.end]) for span in document.spans] == [
        (SpanKind.HEADING, "Lists"),
        (SpanKind.ITALIC, SO_FAR),
        (SpanKind.BOLD, "who"),
        (SpanKind.ITALIC, "small"),
        (SpanKind.HEADING, "More"),
    ]


def test_no_word_is_lost_in_a_long_text_of_pages() -> None:
    page = "\n\n".join(
        f"{SO_FAR} number {n}\n\n---\n\n[{n}] Note {n}.\n\nwho asked for word {n}. Sand." for n in range(400)
    )
    text = mended(page, read_as=ReadAs.PLAIN)
    assert sorted(text.split()) == sorted(page.split())
    assert text.count("\n\n---\n\n") == 400
    assert [line.split()[-2] for line in text.split("\n") if line.startswith("The")] == [f"{n}." for n in range(400)]


@pytest.mark.timeout(20)
def test_a_line_of_numbers_or_stars_is_no_riddle() -> None:
    for riddle in (
        ":" + "9" * 5_000 + "x",
        ":" + "*" * 5_000 + "x",
        "." + "[1]" * 2_000 + "x",
        "(" * 5_000,
        ". " * 5_000,
    ):
        text = f"{riddle}\n\nand so on"
        assert mended(text).split() == text.split()


def test_marks_of_html_in_markdown_mean_what_they_mean() -> None:
    text = (
        "Many (IOs).<sup>1</sup> H<sub>2</sub>O, 10<sup>-20 units</sup> <b>bold</b> and <i>slanted</i><br>"
        "here <sup>open <x>"
    )
    document = read(text.encode(), "a.md")
    assert document.text == "Many (IOs).[1] H2O, 10-20 units bold and slanted\nhere <sup>open <x>"
    assert [(span.kind, document.text[span.start : span.end]) for span in document.spans] == [
        (SpanKind.BOLD, "bold"),
        (SpanKind.ITALIC, "slanted"),
    ]
    assert document.notes == ("HTML marks are kept as written.",)
