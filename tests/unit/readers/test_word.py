"""A Word document arrives as it reads on the page, with all tracked changes accepted."""

from __future__ import annotations

import pytest
from packed_kit import WORD, p, r, spans, word, word_members, zipped

from qcode.errors import FormatProblem
from qcode.readers import Document, ReadingChoices, read
from qcode.text.span import SpanKind

SPACED = '<w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:after="160"/></w:pPr></w:pPrDefault></w:docDefaults>'


def opened(body: str, **parts: str) -> Document:
    return read(word(body, **parts), "interview.docx")


def words_of(body: str, **parts: str) -> str:
    return opened(body, **parts).text


def test_an_interview_keeps_its_turns_and_its_title() -> None:
    document = opened(p("I: How did it begin?") + p("R: With a letter."), styles=SPACED, title="Interview 3")
    assert document.text == "I: How did it begin?\n\nR: With a letter."
    assert (document.title, document.notes, document.encoding_guessed) == ("Interview 3", (), False)
    assert document.media_type.endswith("wordprocessingml.document")


def test_the_format_is_known_by_its_content_whatever_the_name() -> None:
    data = word(p("Hello"))
    assert {read(data, name).text for name in ("a.docx", "a.zip", "a.txt", "a", "a.md")} == {"Hello"}


def test_lines_without_distance_stand_close_and_an_empty_paragraph_sets_apart() -> None:
    assert words_of(p("12 Mill Lane") + p("Dover") + p() + p("Dear Ann,")) == "12 Mill Lane\nDover\n\nDear Ann,"
    indented = '<w:ind w:firstLine="400"/>'
    assert words_of(p("One.") + p("Two.", properties=indented)) == "One.\n\nTwo."


def test_headings_are_known_in_any_language_by_style_outline_and_name() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Kapitel"><w:basedOn w:val="berschrift2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:pPr><w:outlineLvl w:val="8"/></w:pPr></w:style>'
    )
    document = opened(
        p("A book", style="Titel")
        + p("Part", style="berschrift2")
        + p("Chapter", style="Kapitel")
        + p("Deep", style="Own")
        + p("Direct", properties='<w:outlineLvl w:val="0"/>')
        + p("Text", style="berschrift2", properties='<w:outlineLvl w:val="9"/>'),
        styles=styles,
    )
    assert spans(document, SpanKind.HEADING) == [
        ("A book", "1"), ("Part", "2"), ("Chapter", "2"), ("Deep", "6"), ("Direct", "1"),
    ]  # fmt: skip
    assert spans(document, SpanKind.BOLD) == []
    assert document.title == "A book"


def test_bold_and_italic_come_from_runs_and_styles_and_two_styles_undo_each_other() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Quote"><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/><w:i/></w:rPr></w:style>'
    )
    named = '<w:rStyle w:val="Strong"/>'
    document = opened(
        p(r("a "), r("b", "<w:b/>"), r("c", "<w:b/>"), r(" d ", '<w:b w:val="0"/>'), r("e", named))
        + p(r("all "), r("but this", named), r(" and ", '<w:i w:val="false"/>'), r("end"), style="Quote"),
        styles=styles,
    )
    assert document.text == "a bc d e\nall but this and end"
    assert [text for text, _ in spans(document, SpanKind.BOLD)] == ["bc", "e", "but this"]
    assert [text for text, _ in spans(document, SpanKind.ITALIC)] == ["e", "all ", "end"]


def test_tracked_insertions_stand_and_deletions_do_not() -> None:
    gone = "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('old place')}</w:moveFrom>"
    document = opened(p("We ", gone, f"<w:ins>{r('always ')}</w:ins>", moved, f"<w:moveTo>{r('said so.')}</w:moveTo>"))
    assert document.text == "We always said so."
    assert document.notes == ("Tracked changes are read as accepted: insertions stand, deletions are left out.",)


def test_a_deleted_paragraph_mark_joins_two_paragraphs_and_a_deleted_row_is_gone() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    row = f"<w:tr>{'{}'}<w:tc>{p('x')}</w:tc><w:tc>{p('y')}</w:tc></w:tr>"
    table = f"<w:tbl>{row.format('<w:trPr><w:del/></w:trPr>')}{row.format('')}</w:tbl>"
    assert words_of(p("One ", properties=mark) + p("line.") + table) == "One line.\n\nx\ty"


def test_content_controls_links_and_fields_give_their_words() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF {}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    inner = field.format("inner", r("hidden in the instructions"))
    nested = field.format("", r("7")).replace("PAGEREF", f"IF </w:instrText></w:r>{inner}<w:r><w:instrText>")
    body = (
        f"<w:sdt><w:sdtContent>{p('Filled in.')}</w:sdtContent></w:sdt>"
        + f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Click here')}</w:sdtContent></w:sdt>"
        + p("See ", f'<w:hyperlink r:id="x">{r("our report")}</w:hyperlink>', ", p. ", nested)
        + p(
            f'<w:fldSimple w:instr="DATE">{r("May")}</w:fldSimple>',
            f"<w:sdt><w:sdtContent>{r(' 2014')}</w:sdtContent></w:sdt>",
        )
    )
    document = opened(body)
    assert document.text == "Filled in.\nSee our report, p. 7\nMay 2014"
    assert document.notes == ("The prompts of fields that nobody filled in were left out.",)


def test_a_field_that_never_ends_does_not_swallow_the_text() -> None:
    assert words_of(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "Still ") + p("here")) == "Still \nhere"


def test_notes_are_marked_in_the_text_and_stand_under_a_line() -> None:
    footnotes = (
        f'<w:footnote w:type="separator" w:id="-1">{p("no")}</w:footnote>'
        f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " ", "Second.")}</w:footnote>'
        f'<w:footnote w:id="1">{p("First.")}{p("More.")}</w:footnote>'
    )
    endnotes = f'<w:endnote w:id="1">{p("At the end.")}</w:endnote>'
    text = p(
        "One", '<w:r><w:footnoteReference w:id="1"/></w:r>', " two", '<w:r><w:footnoteReference w:id="2"/></w:r>',
        " three", '<w:r><w:endnoteReference w:id="1"/></w:r>', " again", '<w:r><w:footnoteReference w:id="1"/></w:r>',
        " none", '<w:r><w:footnoteReference w:id="77"/></w:r>', ".",
    )  # fmt: skip
    assert words_of(text, footnotes=footnotes, endnotes=endnotes) == (
        "One[1] two[2] three[i] again[1] none.\n\n---\n\n[1] First.\n    More.\n[2] Second.\n[i] At the end."
    )


LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + LEVEL.format(0, 1, "decimal", "%1.")
    + LEVEL.format(1, 1, "lowerLetter", "%2)")
    + LEVEL.format(2, 1, "upperRoman", "%1.%2.%3")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="1">'
    + LEVEL.format(0, 1, "bullet", "\uf0b7")
    + LEVEL.format(1, 3, "decimalZero", "§%2")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    + '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def item(words: str, num: int, level: int = 0) -> str:
    return p(words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def test_lists_keep_their_numbers_levels_and_restarts() -> None:
    body = (
        item("one", 1) + item("deeper", 1, 1) + item("deepest", 1, 2) + item("deeper still", 1, 1) + item("two", 1)
        + item("anew", 1, 1) + p("Between.") + item("goes on", 1) + item("restarts", 3) + item("and goes on", 3)
        + item("dot", 2) + item("sign", 2, 1) + item("none", 0)
    )  # fmt: skip
    assert words_of(body, numbering=NUMBERING) == (
        "1. one\n   a) deeper\n      1.a.I deepest\n   b) deeper still\n2. two\n   a) anew\n\nBetween.\n\n"
        "3. goes on\n1. restarts\n2. and goes on\n- dot\n  §03 sign\n\nnone"
    )


def test_numbered_headings_bear_their_numbers_and_find_their_level_by_style() -> None:
    level = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:pStyle w:val="H{1}"/><w:lvlText w:val="{2}"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="5">{level.format(0, 1, "%1")}{level.format(1, 2, "%1.%2")}</w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="5"/></w:num>'
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{at}"><w:name w:val="heading {at}"/>'
        '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>'
        for at in (1, 2)
    )
    document = opened(p("Aim", style="H1") + p("Case", style="H2") + p("Text") + p("End", style="H1"), styles=styles,
                      numbering=numbering)  # fmt: skip
    assert spans(document, SpanKind.HEADING) == [("1 Aim", "1"), ("1.1 Case", "2"), ("2 End", "1")]


def cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def test_a_table_is_a_line_a_row_and_tabs_between_its_cells() -> None:
    rows = row(cell(p("Year")), cell(p("Cases")), cell(p())), row(cell(p()), cell(p("7")), cell(p("x")))
    table = f"<w:tbl>{''.join(rows)}</w:tbl>"
    assert words_of(p("Before") + table + p("After")) == "Before\n\nYear\tCases\n\t7\tx\n\nAfter"


def test_emphasis_ends_with_its_cell() -> None:
    document = opened(f"<w:tbl>{row(cell(p(r('Year', '<w:b/>'))), cell(p(r('Cases', '<w:b/>'))))}</w:tbl>")
    assert [words for words, _ in spans(document, SpanKind.BOLD)] == ["Year", "Cases"]


def test_cells_that_hold_more_than_a_line_are_read_one_after_another() -> None:
    inner = f"<w:tbl>{row(cell(p('a')), cell(p('b')))}</w:tbl>"
    table = f"<w:tbl>{row(cell(p('00:01')), cell(p('First.'), p('Second.'), inner))}{row(cell(p('Frame')))}</w:tbl>"
    assert words_of(table) == "00:01\n\nFirst.\nSecond.\n\na\tb\n\nFrame"


def test_tabs_breaks_hyphens_and_signs() -> None:
    body = p(
        "<w:r><w:t>\n  a\n  </w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>",
        "<w:r><w:t>co</w:t><w:softHyphen/><w:t>op\u00aderate, X</w:t><w:noBreakHyphen/><w:t>ray </w:t></w:r>",
        '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/>'
        '<w:sym w:font="Wingdings" w:char="F0FF"/><w:sym w:font="Arial" w:char="00E9"/></w:r>',
        r("\uf0b3", '<w:rFonts w:ascii="Symbol"/>'),
    )
    document = opened(body)
    assert document.text == "a\tb\nc\ndcooperate, X\u2011ray α✓\ufffdé≥"
    assert document.notes == (
        "Signs of fonts of pictures that are not known here are shown as \ufffd.", "Soft hyphens were left out.",
    )  # fmt: skip


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert words_of(p("Beside ", both, "it.") + p("Then.")) == "Beside it.\n\nIn the box.\n\nThen."


def test_what_is_left_out_is_said() -> None:
    document = opened(
        p("Words", r(" secret", "<w:vanish/>"), r(" struck", "<w:strike/>"),
          "<w:r><w:drawing><pic:pic/></w:drawing></w:r>", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")
        + '<w:altChunk r:id="q"/>',
        comments="<w:comment/>" + f'<w:comment w:id="1">{p("Why?")}</w:comment>',
        header=p("Confidential"),
        footer=p(),
    )  # fmt: skip
    assert document.text == "Words struckx=1"
    assert document.notes == (
        "Headers and footers of the pages were left out.",
        "Hidden text was left out.",
        "Words that are struck out are shown like the others.",
        "Formulas are shown as a row of signs.",
        "1 picture was left out.",
        "1 file in the file was left out.",
        "1 comment is kept beside the words it stands at.",
    )


def comment(key: int, *paragraphs: str, author: str = "Mia") -> str:
    return f'<w:comment w:id="{key}" w:author="{author}">{"".join(p(words) for words in paragraphs)}</w:comment>'


def marks(key: int) -> tuple[str, str, str]:
    ends = (f'<w:commentRange{end} w:id="{key}"/>' for end in ("Start", "End"))
    return *ends, f'<w:r><w:commentReference w:id="{key}"/></w:r>'


def test_comments_are_kept_over_their_words() -> None:
    (begin, end, sign), (begin2, end2, sign2) = marks(1), marks(2)
    (_, _, sign3), (_, _, sign4), (begin5, end5, sign5) = marks(3), marks(4), marks(5)
    body = (
        p("We saw", begin, " the sea ", begin2, end, sign, "again", end2, sign2, " and left.")
        + begin5
        + p(sign3, "Then nothing.")
        + p("All", sign4, " over", f"<w:del>{end5}{sign5}</w:del>")
    )
    comments = (
        comment(1, "Which one?", "Ask.") + comment(2, "Reply.", author="") + comment(3, "At the front.")
        + comment(4, f"{r('A ')}<w:del>{r('no')}</w:del>{r('word.')}")
        + comment(5, "Two paragraphs.") + comment(6, "Lost.")
    )  # fmt: skip
    document = opened(body, comments=comments)
    assert document.text == "We saw the sea again and left.\nThen nothing.\nAll over"
    assert [(span.value, document.text[span.start : span.end]) for span in document.spans] == [
        ("Mia: Lost.", "We"),
        ("Mia: Which one?\nAsk.", "the sea"),
        ("Reply.", "again"),
        ("Mia: At the front.", "Then"),
        ("Mia: Two paragraphs.", "Then nothing.\nAll over"),
        ("Mia: A word.", "All"),
    ]
    assert {span.kind for span in document.spans} == {SpanKind.COMMENT}
    assert document.notes[-1] == "6 comments are kept beside the words they stand at."
    without = read(word(body, comments=comments), "a.docx", ReadingChoices(leave_out_comments=True))
    assert (without.text, without.spans) == (document.text, ())
    assert without.notes[-1] == "6 comments were left out."


def test_ticked_boxes_of_a_form_and_readings_over_signs() -> None:
    tick = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    tick += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ruby = f"<w:r><w:ruby><w:rt>{r('とう')}</w:rt><w:rubyBase>{r('東')}</w:rubyBase></w:ruby></w:r>"
    body = p(tick.format("<w:checked/>"), " yes ", tick.format('<w:default w:val="0"/>'), " no ", ruby)
    assert words_of(body) == "☒ yes ☐ no 東(とう)"


def test_the_strict_kind_of_the_format_reads_the_same() -> None:
    members = word_members(p("Strict."))
    strict = str(members["word/document.xml"]).replace(WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read(zipped({**members, "word/document.xml": strict}), "a.docx").text == "Strict."


def test_the_main_part_may_bear_another_name() -> None:
    members = word_members(p("Here."))
    members["word/document2.xml"] = members.pop("word/document.xml")
    members["_rels/.rels"] = str(members["_rels/.rels"]).replace("document.xml", "document2.xml")
    assert read(zipped(members), "a.docx").text == "Here."


@pytest.mark.parametrize(
    ("member", "content", "sentence"),
    [
        ("word/document.xml", "<w:document", r"a\.docx is damaged: its part “word/document.xml” is no sound XML"),
        ("word/document.xml", "<html/>", r"a\.docx holds no Word document"),
        ("word/styles.xml", "", r"its part “word/styles.xml” is no sound XML"),
        ("word/document.xml", None, r"a\.docx is not whole: the part “word/document.xml” is missing"),
    ],
)
def test_a_document_that_is_none_is_refused_in_a_sentence(member: str, content: str | None, sentence: str) -> None:
    members = word_members(p("x"), styles="")
    if content is None:
        del members[member]
    else:
        members[member] = content
    with pytest.raises(FormatProblem, match=sentence):
        read(zipped(members), "a.docx")


def test_styles_in_a_circle_and_numbers_that_are_none_do_no_harm() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    numbers = '<w:numPr><w:ilvl w:val="-x"/><w:numId w:val="999"/></w:numPr><w:outlineLvl w:val="99999999999999"/>'
    assert words_of(p("a", style="A") + p("b", properties=numbers), styles=styles) == "a\nb"
