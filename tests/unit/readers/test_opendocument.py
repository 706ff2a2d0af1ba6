"""An OpenDocument text arrives as it reads on the page, with all tracked changes accepted."""

from __future__ import annotations

import pytest
from packed_kit import odf, odf_members, spans, zipped

from qcode.errors import FormatProblem
from qcode.readers import Document, ReadingChoices, read
from qcode.text.span import SpanKind

SPACED = (
    '<style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.2cm"/>'
    "</style:default-style>"
)


def opened(body: str, **parts: str) -> Document:
    return read(odf(body, **parts), "interview.odt")


def words_of(body: str, **parts: str) -> str:
    return opened(body, **parts).text


def style(name: str, family: str, inside: str = "", parent: str = "") -> str:
    based = f'style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}" {based}>{inside}</style:style>'


def looks(properties: str) -> str:
    return f"<style:text-properties {properties}/>"


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def test_an_interview_keeps_its_turns_and_its_title() -> None:
    document = opened(p("I: How did it begin?") + p("R: With a letter."), styles=SPACED, title="Interview 3")
    assert document.text == "I: How did it begin?\n\nR: With a letter."
    assert (document.title, document.notes, document.encoding_guessed) == ("Interview 3", (), False)
    assert document.media_type == "application/vnd.oasis.opendocument.text"


def test_the_format_is_known_by_its_content_whatever_the_name() -> None:
    data = odf(p("Hello"))
    assert {read(data, name).text for name in ("a.odt", "a.zip", "a.txt", "a", "a.md")} == {"Hello"}


def test_lines_without_distance_stand_close() -> None:
    automatic = style("In", "paragraph", '<style:paragraph-properties fo:text-indent="1cm"/>')
    text = p("12 Mill Lane") + p("Dover") + p("") + p("Dear Ann,") + p("How are you?", "In")
    assert words_of(text, automatic=automatic) == "12 Mill Lane\nDover\n\nDear Ann,\n\nHow are you?"


def test_headings_by_level_and_title_by_style() -> None:
    styles = style("Title", "paragraph") + style("Bold", "paragraph", looks('fo:font-weight="bold"'))
    automatic = style("P1", "paragraph", parent="Title")
    body = p("A book", "P1") + '<text:h text:outline-level="2" text:style-name="Bold">Part</text:h><text:h>One</text:h>'
    document = opened(body, styles=styles, automatic=automatic)
    assert spans(document, SpanKind.HEADING) == [("A book", "1"), ("Part", "2"), ("One", "1")]
    assert spans(document, SpanKind.BOLD) == []


def test_bold_and_italic_are_inherited_and_undone() -> None:
    styles = style("Strong", "text", looks('fo:font-weight="700"'))
    styles += style("Quote", "paragraph", looks('fo:font-style="italic"'))
    automatic = style("T1", "text", parent="Strong") + style("T2", "text", looks('fo:font-style="normal"'))
    automatic += style("P1", "paragraph", parent="Quote")
    body = p(
        'all <text:span text:style-name="T1">strong </text:span>'
        '<text:span text:style-name="T2">and <text:span text:style-name="T1">both</text:span></text:span> end',
        "P1",
    )
    document = opened(body, styles=styles, automatic=automatic)
    assert document.text == "all strong and both end"
    assert [text for text, _ in spans(document, SpanKind.BOLD)] == ["strong", "both"]
    assert [text for text, _ in spans(document, SpanKind.ITALIC)] == ["all strong", "end"]


def test_white_space_is_what_the_marks_say() -> None:
    body = p('  One\n  two <text:span> three</text:span><text:s text:c="3"/>four<text:tab/>five<text:line-break/>six  ')
    assert words_of(body) == "One two three   four\tfive\nsix"
    assert words_of(p('<text:s text:c="2"/>set in')) == "  set in"


NUMBER = (
    '<text:list-level-style-number text:level="{}" style:num-format="{}" style:num-suffix="{}"'
    ' text:display-levels="{}"/>'
)
LISTS = (
    f'<text:list-style style:name="L">{NUMBER.format(1, "1", ".", 1)}{NUMBER.format(2, "a", ")", 2)}'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>'
)


def listed(*items: str, more: str = "") -> str:
    return f"<text:list {more}>{''.join(f'<text:list-item>{item}</text:list-item>' for item in items)}</text:list>"


def test_lists_keep_their_numbers_levels_and_go_on() -> None:
    named = 'text:style-name="L"'
    body = (
        listed(
            p("one") + listed(p("deeper") + listed(p("dot")), p("second")),
            p("two") + p("more of two"),
            more=f'{named} xml:id="x"',
        )
        + p("Between")
        + listed(p("three"), more=f'{named} text:continue-numbering="true"')
        + listed(p("anew"), more=named)
        + listed(listed(p("only deep")), p("still one more"), more=f'{named} text:continue-list="x"')
        + f'<text:list {named}><text:list-item text:start-value="9"><text:p>nine</text:p></text:list-item></text:list>'
    )  # fmt: skip
    assert words_of(body, automatic=LISTS) == (
        "1. one\n   1.a) deeper\n        - dot\n   1.b) second\n2. two\n   more of two\n\nBetween\n\n3. three\n"
        "1. anew\n2.a) only deep\n3. still one more\n9. nine"
    )


def test_numbered_headings_bear_their_numbers() -> None:
    level = '<text:outline-level-style text:level="{}" style:num-format="1" text:display-levels="{}"/>'
    styles = f'<text:outline-style style:name="Outline">{level.format(1, 1)}{level.format(2, 2)}</text:outline-style>'
    heading = '<text:h text:outline-level="{}">{}</text:h>'
    body = heading.format(1, "Aim") + heading.format(2, "Case") + heading.format(1, "End") + heading.format(2, "Last")
    document = opened(body, styles=styles)
    assert [words for words, _ in spans(document, SpanKind.HEADING)] == ["1 Aim", "1.1 Case", "2 End", "2.1 Last"]
    old = listed('<text:h text:outline-level="1">Old</text:h>' + p("under it"), more='text:style-name="L"')
    document = opened(old, automatic=LISTS)
    assert spans(document, SpanKind.HEADING) == [("1. Old", "1")]
    assert document.text.endswith("under it")


def cell(*blocks: str) -> str:
    return f"<table:table-cell>{''.join(blocks)}</table:table-cell>"


def test_tables() -> None:
    rows = (
        f"<table:table-header-rows><table:table-row>{cell(p('Year'))}{cell(p('Cases'))}</table:table-row>"
        f"</table:table-header-rows><table:table-row>{cell()}{cell(p('7'))}<table:covered-table-cell/></table:table-row>"
        f"<table:table-row>{cell(p('00:01'))}{cell(p('First.'), p('Second.'))}</table:table-row>"
    )
    text = words_of(p("Before") + f"<table:table>{rows}</table:table>" + p("After"))
    assert text == "Before\n\nYear\tCases\n\t7\n\n00:01\n\nFirst.\nSecond.\n\nAfter"


def test_notes_changes_comments_and_what_floats() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>9</text:note-citation>'
        "<text:note-body>{}</text:note-body></text:note>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>never</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + p(
            f"One{note.format('footnote', p('First.'))} two{note.format('endnote', p('Last.'))}"
            "<office:annotation><text:p>Really?</text:p></office:annotation> <text:a>linked</text:a>"
            "<text:change-start/> kept<text:change-end/>"
            "<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame>"
            "<draw:frame><draw:image/><draw:image/></draw:frame>"
            "<text:placeholder>Click</text:placeholder><text:ruby><text:ruby-base>東</text:ruby-base>"
            "<text:ruby-text>とう</text:ruby-text></text:ruby>"
        )
        + '<text:section text:display="none"><text:p>gone</text:p></text:section>'
        + f"<text:section>{p('In a section')}</text:section>"
        + f"<text:table-of-content><text:index-body>{p('Contents')}</text:index-body></text:table-of-content>"
    )
    document = opened(body)
    assert document.text == (
        "One[1] two[i] linked kept東(とう)\n\nIn the box.\n\nIn a section\nContents\n\n---\n\n[1] First.\n[i] Last."
    )
    assert document.notes == (
        "Tracked changes are read as accepted: insertions stand, deletions are left out.",
        "Hidden text was left out.",
        "The prompts of fields that nobody filled in were left out.",
        "1 picture was left out.",
        "1 comment is kept beside the words it stands at.",
    )
    said = [(span.value, document.text[span.start : span.end]) for span in document.spans]
    assert said == [("Really?", "two[i]")]


def test_a_comment_over_words_covers_them() -> None:
    body = p(
        'We <office:annotation office:name="c"><dc:creator>Mia\n Ruiz</dc:creator><dc:date>2020</dc:date>'
        "<text:p>Who?</text:p><text:p>Ask.</text:p></office:annotation><text:span>they all</text:span>"
        '<office:annotation-end office:name="c"/> came'
        '<office:annotation office:name="d"><text:p>When?</text:p></office:annotation>'
    )
    document = opened(body)
    assert document.text == "We they all came"
    assert [(span.value, document.text[span.start : span.end]) for span in document.spans] == [
        ("Mia Ruiz: Who?\nAsk.", "they all"),
        ("When?", "came"),
    ]
    without = read(odf(body), "a.odt", ReadingChoices(leave_out_comments=True))
    assert (without.spans, without.notes) == ((), ("2 comments were left out.",))


def test_headers_are_left_out_and_said() -> None:
    members = odf_members(p("x"), styles="<style:header><text:p>Confidential</text:p></style:header>")
    assert read(zipped(members), "a.odt").notes == ("Headers and footers of the pages were left out.",)


def test_the_list_of_parts_of_an_old_program_need_not_be_sound() -> None:
    members = odf_members(p("x"))
    members["META-INF/manifest.xml"] = '<!DOCTYPE m:m PUBLIC "-//OpenOffice.org//DTD" "M.dtd"><m:m/>'
    assert read(zipped(members), "a.odt").text == "x"


def test_a_password_is_said() -> None:
    members = odf_members(p("x"))
    inside = "<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    members["META-INF/manifest.xml"] = str(members["META-INF/manifest.xml"]).replace("/>", ">") + inside
    with pytest.raises(FormatProblem, match=r"a\.odt is protected by a password"):
        read(zipped(members), "a.odt")


@pytest.mark.parametrize(
    ("member", "content", "sentence"),
    [
        ("content.xml", "<a", "its part “content.xml” is no sound XML"),
        ("content.xml", "<a/>", r"a\.odt holds no OpenDocument text"),
        ("content.xml", None, "the part “content.xml” is missing"),
        ("styles.xml", "<!DOCTYPE a><a/>", "declares a document type in “styles.xml”"),
    ],
)
def test_a_document_that_is_none_is_refused_in_a_sentence(member: str, content: str | None, sentence: str) -> None:
    members = odf_members(p("x"))
    if content is None:
        del members[member]
    else:
        members[member] = content
    with pytest.raises(FormatProblem, match=sentence):
        read(zipped(members), "a.odt")
