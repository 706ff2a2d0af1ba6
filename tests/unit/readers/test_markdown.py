"""Field notes in Markdown are read as the text they show; no word of them is lost."""

from __future__ import annotations

import pytest

from qcode.readers import Document, read
from qcode.text.span import Span, SpanKind


def markdown(source: str) -> Document:
    return read(source.encode(), "notes.md")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("One\ntwo\n\n\n\nThree", "One two\n\nThree"),
        ("Hard  \nbreak\\\nhere", "Hard\nbreak\nhere"),
        ("Title\n=====\n\nText", "Title\n\nText"),
        ("- a\n- b\n  - c\n    more\n- d", "- a\n- b\n  - c more\n- d"),
        ("* a\n\n* b\n\n  second\n", "- a\n\n- b\n\n  second"),
        ("3) a\n4) b\n\n   c", "3) a\n\n4) b\n\n   c"),
        ("1. a\n1. b\n1. c", "1. a\n2. b\n3. c"),
        ("9. a\n10. b\n    - c", "9. a\n10. b\n    - c"),
        ("- - a\n  - b", "- - a\n  - b"),
        ("-\n- a\n-", "-\n- a\n-"),
        ("- a\n\n+ b", "- a\n\n- b"),
        ("Before\n\n- a\n\nAfter", "Before\n\n- a\n\nAfter"),
        ("> Quoted\n> words\n>\n> - item", "Quoted words\n\n- item"),
        ("    code  *x*\n\n      more", "code  *x*\n\n  more"),
        ("- a\n\n  ```\n  b\n\n   c\n  ```", "- a\n\n  b\n\n   c"),
        ("Use `a *b* c` so", "Use a *b* c so"),
        ("a\\*b &amp; &copy; &#65;", "a*b & © A"),
        ("~~gone~~ stays marked", "~~gone~~ stays marked"),
        ("One\n\n* * *\n\nTwo", "One\n\n***\n\nTwo"),
        ("|a|b|\n|-|-|\n|1|**2**|\n|3||\n\nAfter", "a\tb\n1\t2\n3\t\n\nAfter"),
        ("<div>\n*raw*\n</div>\n\nand <q>this</q>", "<div>\n*raw*\n</div>\n\nand <q>this</q>"),
        ("[text](http://a.b/ü%20x)", "text <http://a.b/ü%20x>"),
        ("<http://a.b> <c@d.e> [c@d.e](mailto:c@d.e)", "http://a.b c@d.e c@d.e"),
        ("[x]() [](y) [z][]\n\n[z]: <w>", "x <y> z <w>"),
        ("![a *cat*](c.png) ![](d.png)", "a cat <d.png>"),
        (
            "Said so[^1] and[^2].\n\n[^1]: Ibid.\n[^2]: Two words.",
            "Said so[^1] and[^2].\n\n[^1]: Ibid. [^2]: Two words.",
        ),
        ("---\ntitle: Talk\ndate: 3\n---\n# Body", "---\ntitle: Talk\ndate: 3\n---\n\nBody"),
        ("---\n\nText", "---\n\nText"),
        ("#\n\nText\n\n##", "Text"),
        ("a&#10;b&#13;c", "a\nb\nc"),
        ("[javascript](javascript:x)", "javascript <javascript:x>"),
    ],
)
def test_blocks_and_marks_as_text(source: str, text: str) -> None:
    assert markdown(source).text == text


def test_headings_and_emphasis_become_spans_in_code_points() -> None:
    document = markdown("# A 😀 *great* day\n\nIt was **very *much* so**, ***both***.\n\n### Late [link](u)")
    text = document.text
    assert text == "A 😀 great day\n\nIt was very much so, both.\n\nLate link <u>"
    assert document.spans == tuple(sorted(document.spans))
    assert [(span.kind, span.value, text[span.start : span.end]) for span in document.spans] == [
        (SpanKind.HEADING, "1", "A 😀 great day"),
        (SpanKind.ITALIC, "", "great"),
        (SpanKind.BOLD, "", "very much so"),
        (SpanKind.ITALIC, "", "much"),
        (SpanKind.BOLD, "", "both"),
        (SpanKind.ITALIC, "", "both"),
        (SpanKind.HEADING, "3", "Late link <u>"),
    ]


def test_spans_in_lists_and_tables_begin_after_marker_and_tab() -> None:
    document = markdown("1. **a**\n   - *b*\n\n|x|*y*|\n|-|-|\n\n- # h")
    found = [document.text[span.start : span.end] for span in document.spans]
    assert found == ["a", "b", "y", "h"]


def test_the_first_heading_is_the_title() -> None:
    assert markdown("Text\n\n## The *first*  one\n\n# Other").title == "The first one"
    assert markdown("Text").title == ""


def test_what_a_plain_text_cannot_show_is_said() -> None:
    document = markdown(
        '> q\n\n![cat](c.png) [a](b "T") <q>x</q>\n\n```python\n1\n```\n\n[u]: http://u\n[u]: http://again\n[a]: b\n'
    )
    assert document.text == "q\n\ncat a <b> <q>x</q>\n\n1"
    assert document.notes == (
        "HTML marks are kept as written.",
        "Block quotes are shown as paragraphs like the others.",
        "Pictures are shown by their description alone; left out: c.png.",
        "Titles of links were left out: T.",
        "What is said beside the fence of a code block was left out: python.",
        "Definitions of links that the text does not use were left out: [U]: http://u, [U]: http://again.",
    )


def test_a_plain_note_has_nothing_to_be_said_about() -> None:
    document = markdown("# Talk\n\nShe said *so*.\n\n- one\n")
    assert document.notes == ()
    assert document.media_type == "text/markdown"
    assert document.encoding == "utf-8"


def test_many_lost_things_are_named_in_part_and_counted() -> None:
    document = markdown(" ".join(f"![p](p{number}.png)" for number in range(1, 9)))
    assert document.notes[0].endswith("left out: p1.png, p2.png, p3.png, p4.png, p5.png and 3 more.")


def test_a_character_that_its_number_does_not_name_is_said() -> None:
    document = markdown("a&#0;b")
    assert document.text == "a\ufffdb"
    assert "shown as \ufffd" in document.notes[0]
    assert markdown("a\ufffdb").notes == ()


@pytest.mark.parametrize(
    "deep", ["> " * 200 + "bottom", "- " * 300 + "bottom", "[" * 3_000 + "bottom", "*" * 3_000 + "x"]
)
def test_endless_nesting_loses_nothing(deep: str) -> None:
    document = markdown(deep)
    assert document.text.count("bottom") == deep.count("bottom")


def test_a_file_of_marks_alone_is_kept_as_it_is() -> None:
    document = markdown("[a]: http://b.c\n")
    assert document.text == "[a]: http://b.c\n"
    assert document.notes == ("It holds nothing but marks; it was read as plain text.",)


def test_an_old_encoding_and_lost_characters_are_said_for_markdown_too() -> None:
    document = read("# Łódź\n\nZażółć gęślą jaźń".encode("cp1250"), "a.markdown")
    assert document.title == "Łódź"
    assert document.encoding_guessed
    assert "cp1250" in document.notes[0]
    assert read(b"\xef\xbb\xbf# An interview, broken\0 here", "a.md").notes == ("1 NUL character was left out.",)


def test_a_mark_of_byte_order_named_by_its_number_does_not_begin_the_text() -> None:
    document = markdown("&#xFEFF;**a**")
    assert document.text == "a"
    assert document.spans == (Span(0, 1, SpanKind.BOLD),)
