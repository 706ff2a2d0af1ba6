"""A quote says where it stands, in the form that the researcher chose, and keeps its looks."""

from __future__ import annotations

import pytest

from qcode.errors import InvalidInput
from qcode.exchange.citing import DEFAULT, FIELDS, PRESETS, Stretch, example, quoted
from qcode.project import passages, sources, translations
from qcode.readers import Document
from qcode.text.span import Span, SpanKind

TEXT = "ANN: We kept <lists>\n\nof [all] names.\nBEN: Who asked?\nANN: They did."
SPANS = (
    Span(0, 37, SpanKind.PAGE, "12"),
    Span(37, 70, SpanKind.PAGE, "13"),
    Span(0, 20, SpanKind.SPEAKER, "Ann"),
    Span(22, 37, SpanKind.SPEAKER, "Ann"),
    Span(38, 53, SpanKind.SPEAKER, "Ben"),
    Span(54, 68, SpanKind.SPEAKER, "Ann"),
    Span(54, 68, SpanKind.TIME, "00:04:10"),
    Span(8, 27, SpanKind.ITALIC),
    Span(14, 20, SpanKind.BOLD),
)


@pytest.fixture
def source(project):
    document = Document(TEXT, SPANS, "", "text/plain", "utf-8", False)
    with project.change("import") as tx:
        made = sources.add(tx, document, name="Talk & more", original=b"x", original_name="Talk.txt")
        sources.edit(tx, made, cite_as="Orha <2024>")
    return made


def write(project, source, words, form, passage=None):
    start = TEXT.index(words)
    with project.read() as r:
        return quoted(r, [Stretch(source, start, start + len(words), passage)], form)


def test_every_place_is_told_when_it_is_known(project, source):
    form = "{quote} ({cite}, {source}[, {pages}], {paragraph}, {line}[, {speaker} {turn}][ at {time}])"
    assert (
        write(project, source, "They", form).plain == "They (Orha <2024>, Talk & more, p. 13, 4, 5, Ann 3 at 00:04:10)"
    )
    across = write(project, source, "names.\nBEN: Who", form).plain
    assert across == "names.\nBEN: Who (Orha <2024>, Talk & more, pp. 12–13, 2–3, 3–4, Ann 1)"


def test_rich_text_keeps_emphasis_and_takes_nothing_for_markup(project, source):
    made = write(project, source, "kept <lists>\n\nof", "“{quote}” <{cite}>")
    assert made.html == (
        '<p dir="auto" style="white-space: pre-wrap">“<i>kept &lt;</i><b><i>lists&gt;</i></b><i><br><br>of</i>”'
        " &lt;Orha &lt;2024&gt;&gt;</p>"
    )


def test_many_are_written_once_each_with_their_translations(project, source):
    with project.change("code") as tx:
        made = passages.highlight(tx, source, 5, 20)
        translations.write(tx, made, "On tenait <des> listes")
    asked = [Stretch(source, 5, 20, made), Stretch(source, 5, 20, made), Stretch(source, 59, 68)]
    with project.read() as r:
        said = quoted(r, asked)
    first, second = said.plain.split("\n\n")
    assert first == "“We kept <lists>” (Orha <2024>, p. 12, ¶1, Ann)\n“On tenait <des> listes”"
    assert second.startswith("“They did.”")
    assert said.html.count("<p ") == 2
    assert "&lt;des&gt;" in said.html


def test_each_preset_can_be_used(project, source):
    for form in PRESETS.values():
        assert "They" in write(project, source, "They", form).plain
        assert "Nous avons" in example(form)
        assert not set("[]{}") & set(example(form))


@pytest.mark.parametrize(
    "form", ["", "no words", "{quote} [", "{quote} ]", "{quote} {", "{quote} }", "{quote}{who}", "{}"]
)
def test_a_form_that_cannot_be_used_is_refused_with_a_hint(form):
    with pytest.raises(InvalidInput) as refused:
        example(form)
    assert refused.value.hint


def test_signs_can_mean_themselves_and_portions_go_when_something_is_lacking(project, source):
    assert write(project, source, "They", r"\[{quote}\] \{\\\}").plain == "[They] {\\}"
    form = "{quote}[ A {translation}[ B {time}]][ C[ D {time}]]"
    assert write(project, source, "They", form).plain == "They C D 00:04:10"
    assert set(FIELDS) >= {"quote", "cite", "page", "paragraph", "turn", "time", "translation", "translator"}
    assert "{quote}" in DEFAULT
