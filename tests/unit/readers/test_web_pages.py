"""A web page arrives as the text it shows, block by block."""

from __future__ import annotations

import pytest
from packed_kit import spans

from qcode.errors import FormatProblem
from qcode.readers import Document, ReadingChoices, read
from qcode.readers.html import read_html
from qcode.text.span import SpanKind


def opened(page: str) -> Document:
    return read(page.encode(), "page.html")


def words_of(page: str) -> str:
    return opened(page).text


def test_an_article_with_headings_emphasis_and_a_title() -> None:
    document = opened(
        "<!doctype html><title>On\n letters</title><h1>Of <b>letters</b></h1>\n<p>They <strong>came</strong>\n"
        " <em>late</em>,"
        " <b><i>always</i></b>.</p><p>And <span style='font-weight: 700; font-style:italic'>then</span>.</p>"
    )
    assert document.text == "Of letters\n\nThey came late, always.\n\nAnd then."
    assert document.title == "On letters"
    assert spans(document, SpanKind.HEADING) == [("Of letters", "1")]
    assert [text for text, _ in spans(document, SpanKind.BOLD)] == ["came", "always", "then"]
    assert [text for text, _ in spans(document, SpanKind.ITALIC)] == ["late", "always", "then"]


def test_blocks_inside_blocks_breaks_and_white_space() -> None:
    page = "<div>One<p>two  \n three</p>four</div><p>&nbsp;</p>five<br>six<br><br><br>seven <span> eight</span><hr>nine"
    assert words_of(page) == "One\n\ntwo three\n\nfour\n\nfive\nsix\n\nseven eight\n\n---\n\nnine"


def test_lists_have_their_markers() -> None:
    page = (
        "<ul><li>a<li><p>b</p><p>b2</p><ol type=a start=3><li>c<li value=27>d</ol><li></ul>"
        "<ol reversed><li>x</li><li>y</li></ol><ol type=I start=4><li>z</ol><dl><dt>Word<dd>meaning</dl>"
    )
    assert words_of(page) == ("- a\n- b\n\n  b2\n  c. c\n  aa. d\n\n2. x\n1. y\n\nIV. z\n\nWord\nmeaning")


def test_tables_of_data_are_lines_and_tables_of_layout_are_blocks() -> None:
    data = "<table><caption>Counts</caption><tr><th>Year<th>Cases<tbody><tr><td><td><p>7</p></table>"
    assert words_of(data) == "Counts\n\nYear\tCases\n\t7"
    mixed = "<table><tr><td><p>a</p><p>b</p><td>c<tr><td>d<td>e<tr><td>f<td>g</table><table><tr><td>h<td>i</table>"
    assert words_of(mixed) == "a\n\nb\n\nc\n\nd\te\nf\tg\n\nh\ti"
    layout = f"<table><tr><td><h2>News</h2><p>One.</p><td>Side</tr><tr><td>x<td>{data}</table>"
    assert words_of(layout) == "News\n\nOne.\n\nSide\n\nx\n\nCounts\n\nYear\tCases\n\t7"


def test_preformatted_text_keeps_its_lines() -> None:
    assert words_of("<p>So:</p><pre>\n I:  Yes?\n\n R: <b>No</b>.\n</pre>") == "So:\n\n I:  Yes?\n\n R: No."


def test_what_nobody_sees_is_left_out_and_what_is_missed_is_said() -> None:
    document = opened(
        "<head><style>p{}</style></head><script>evil()</script><noscript>no</noscript><template>t</template>"
        "<p hidden>secret</p><p style='display: none'>more</p><!-- c --><p hidden></p>"
        "<p>co\u00adop <del>not</del> <img alt=x><a href='http://example.org'>link</a></p><img><select><option>s</select>"
    )
    assert document.text == "coop not link"
    assert document.notes == (
        "What the page hides was left out.",
        "Words that are struck out are shown like the others.",
        "2 pictures were left out.",
        "Soft hyphens were left out.",
    )


def test_numbers_of_notes_do_not_run_into_the_word_before() -> None:
    page = "<p>said<sup><a href='#n1'>1</a></sup> m<sup>2</sup><a href='#n2'><sup>2</sup></a><sup><a>[3]</a></sup></p>"
    assert words_of(page) == "said[1] m2[2][3]"


def test_only_the_article_by_choice() -> None:
    page = (
        b"<body><nav>Menu</nav><article>short</article><main><h1>Main</h1><aside>ad</aside><p>Text</p></main>"
        b"<footer>(c)</footer></body>"
    )
    assert read_html(page, "a.html", ReadingChoices(article_only=True)).text == "Main\n\nText"
    assert read_html(page, "a.html").text == "Menu\n\nshort\n\nMain\n\nad\n\nText\n\n(c)"
    articles = b"<article>short</article><article>much longer</article>"
    assert read_html(articles, "a.html", ReadingChoices(article_only=True)).text == "much longer"
    without = read_html(b"<p>Text</p>", "a.html", ReadingChoices(article_only=True))
    assert (without.text, without.notes) == ("Text", ("The page marks no article as such, so all of it was read.",))


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<meta charset='windows-1251'><p>привет</p>".encode("cp1251"), "cp1251"),
        ("<meta http-equiv=x content='text/html; charset=iso-8859-1'><p>“né”</p>".encode("cp1252"), "cp1252"),
        ("<?xml version='1.0' encoding='koi8-r'?><html><p>привет</p></html>".encode("koi8-r"), "koi8-r"),
        ("\ufeff<meta charset='latin1'><p>привет</p>".encode(), "utf-8"),
        ("<p>привет</p>".encode("utf-16"), "utf-16-le"),
        ("<meta charset=utf-16><p>привет</p>".encode(), "utf-8"),
        ("<meta charset=nonsense><p>привет</p>".encode(), "utf-8"),
        ("<meta charset=zip><p>привет</p>".encode(), "utf-8"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_by_mark_and_by_what_the_page_says(data: bytes, encoding: str) -> None:
    document = read(data, "a.html")
    assert document.text in ("привет", "“né”")
    assert document.encoding == encoding
    assert not document.encoding_guessed


def test_a_page_that_breaks_its_word_and_a_researcher_who_knows_better() -> None:
    data = "<meta charset=utf-8><p>Straße und Fluß, Mädchen für Übung</p>".encode("cp1252")
    document = read(data, "a.html")
    assert (document.text, document.encoding_guessed) == ("Straße und Fluß, Mädchen für Übung", True)
    assert document.notes[0].startswith("The page says that its encoding is UTF-8, but does not keep to it.")
    assert (
        read("<meta charset=utf-8><p>да</p>".encode("koi8-r"), "a.html", ReadingChoices(encoding="koi8-r")).text == "да"
    )


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "\n<html lang=de>", "<!-- saved --><HTML>", "<?xml version='1.0'?><html>"]
)
def test_a_page_is_known_by_how_it_begins(start: str) -> None:
    assert read(f"{start}<p>Hi &amp; bye</p>".encode(), "page").text == "Hi & bye"
    assert read(f"{start}<p>Hi</p>".encode("utf-16"), "page.txt").text == "Hi"


@pytest.mark.parametrize("text", ["<p>Hi</p>", "<htmlx>", "< html>", "See <html>", "<b>I:</b> Yes?"])
def test_a_text_with_a_tag_is_a_text(text: str) -> None:
    assert read(text.encode(), "notes.txt").text == text
    assert read(text.encode(), "notes.txt").media_type == "text/plain"


def test_xhtml_and_its_entities() -> None:
    page = (
        "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY own 'boom'>]><html xmlns='http://www.w3.org/1999/xhtml'>"
        "<head><title/><script/></head><body><p>a&nbsp;b&eacute; &lt;c&gt; &AMP; {}</p></body></html>"
    )
    assert words_of(page.format("")) == "a\u00a0bé <c> &"
    assert "boom" not in words_of(page.format("&own;"))


def test_characters_that_no_text_keeps_are_said() -> None:
    assert read(b"<p>An interview\0 with a broken recorder</p>", "a.html").notes == ("1 NUL character was left out.",)


def test_a_page_of_nothing_but_marks_and_one_that_is_too_deep() -> None:
    with pytest.raises(FormatProblem, match="holds no text"):
        read(b"<!doctype html><!-- x -->", "a.html")
    with pytest.raises(FormatProblem, match="holds no text"):
        read(b"<p></p>", "a.html")
    with pytest.raises(FormatProblem, match="nested too deeply"):
        read(b"<div>" * 5_000 + b"x", "a.html")
    assert words_of("<div>" * 500 + "deep" + "</div>" * 500 + "<b>er</b>") == "deep\n\ner"


def test_a_picture_inside_a_page_may_be_large() -> None:
    assert words_of(f"<p>a<img src='data:image/png;base64,{'A' * 11_000_000}'>b</p>") == "ab"


def test_other_files_called_pages_are_refused() -> None:
    with pytest.raises(FormatProblem, match=r"a\.html is a picture \(PNG\)"):
        read(b"\x89PNG\r\n\x1a\n\0\0", "a.html")
