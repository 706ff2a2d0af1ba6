"""A file that is read again while nothing is coded keeps all that was written about its source."""

from __future__ import annotations

import pytest

from qcode.project import importing, sources, spans
from qcode.project.incoming import Incoming
from qcode.project.rereading import read_again
from qcode.readers import ReadAs, ReadingChoices
from qcode.text.span import SpanKind

PAGE = "# Im März\n\nDie Mühle **stand** still.\n\nAufgenommen im Mai, übertragen im Juni.\n\nBen: So war es.\n"
ENCODED = ReadingChoices(encoding="latin-1")
MARKDOWN = ReadingChoices(encoding="utf-8", read_as=ReadAs.MARKDOWN)


def bring_in(project, folder, choices, *, title="", data=PAGE):
    path = folder / "page.txt"
    path.write_text(data, encoding="utf-8")
    (source,) = importing.import_files(project, [Incoming(path, choices, title=title)]).imported
    return source.id


def words_not_data(project, source):
    with project.read() as r:
        text = sources.text(r, source)
        return [text[start:end] for start, end in spans.not_data(r, source)]


@pytest.fixture
def page(project, tmp_path):
    """A page in broken letters, with all that a person may say about it."""
    source = bring_in(project, tmp_path, ENCODED)
    with project.change("say") as tx:
        text = sources.text(tx, source)
        sources.edit(tx, source, title="The mill", cite_as="Field notes, May", language="de")
        start = text.index("Aufgenommen")
        spans.mark(tx, source, [(0, 4), (start, text.index("\n", start))])
    stood = text.index("stand")
    project.mark_read(source, stood)
    project.remember_position(source, stood)
    project.use_coder("Bea")
    project.mark_read(source, len(text))
    project.use_coder("Ann")
    return source


def test_title_marks_and_how_far_it_was_read_stay_with_the_words(project, page):
    again = read_again(project, page, MARKDOWN)
    made = again.source
    assert (made.title, made.cite_as, made.language) == ("The mill", "Field notes, May", "de")
    assert words_not_data(project, made.id) == ["Im", "Aufgenommen im Mai, übertragen im Juni."]
    with project.read() as r:
        text = sources.text(r, made.id)
    assert project.read_to(made.id) == text.index("stand")
    assert made.last_read == text.index("stand")
    project.use_coder("Bea")
    assert project.read_to(made.id) == len(text)
    assert again.told == ""
    assert project.verify() == []


def test_undo_brings_the_source_back_as_it_was_read(project, page):
    before, place = words_not_data(project, page), project.read_to(page)
    made = read_again(project, page, MARKDOWN).source
    project.undo()
    assert (words_not_data(project, page), project.read_to(page)) == (before, place)
    project.redo()
    assert project.read_to(made.id) is not None


def test_what_finds_no_place_is_said(project, tmp_path):
    source = bring_in(project, tmp_path, MARKDOWN, data="A [word](https://example.org/a/long/address) of it.\n")
    made = read_again(project, source, ReadingChoices(read_as=ReadAs.PLAIN)).source
    with project.change("mark") as tx:
        spans.mark(tx, made.id, [(2, 3), (7, 9)])
    again = read_again(project, made.id, MARKDOWN)
    assert again.told == "2 stretches of what is not data found no place."
    assert words_not_data(project, again.source.id) == []


def test_it_is_said_when_nobody_is_marked_as_speaking_any_more(project, tmp_path):
    source = bring_in(project, tmp_path, ReadingChoices(mark_speakers=True, speakers=("Ben",)))
    with project.read() as r:
        assert any(span.kind is SpanKind.SPEAKER for span in sources.spans(r, source))
    assert read_again(project, source).told == "Its speakers are not marked any more."


def test_a_title_that_only_the_file_gave_comes_from_the_fresh_reading(project, tmp_path):
    source = bring_in(project, tmp_path, ReadingChoices(encoding="latin-1", read_as=ReadAs.MARKDOWN))
    with project.read() as r:
        assert sources.get(r, source).title == "Im MÃ¤rz"
    made = read_again(project, source, MARKDOWN).source
    assert made.title == "Im März"
    plain = read_again(project, made.id, ReadingChoices(read_as=ReadAs.PLAIN)).source
    assert plain.title == "Im März"  # a reading that gives no title takes none away
    assert read_again(project, plain.id, MARKDOWN).source.title == "Im März"


def test_a_title_that_was_given_at_the_import_stays(project, tmp_path):
    source = bring_in(project, tmp_path, ReadingChoices(encoding="latin-1", read_as=ReadAs.MARKDOWN), title="The mill")
    assert read_again(project, source, MARKDOWN).source.title == "The mill"
