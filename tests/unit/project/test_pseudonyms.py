"""People's names give way to others, in texts and everywhere else, and passages keep to their words."""

from __future__ import annotations

import pytest

from qcode.errors import Conflict
from qcode.exchange import leaks
from qcode.project import erasing, passages, pseudonyms, sources
from qcode.project.importing import import_files
from qcode.text.names import Finder, Name
from qcode.text.span import SpanKind

NAMES = [Name("Ottilie Brandauer", "R1"), Name("Kessler", "the mayor")]
TALK = "Brandauer: I met Kessler’s men. Then O. Brandauer left.\n\nKESSLER: Kesslers Haus, or a kessler of tea.\n"


@pytest.fixture
def talk(project, put_source, expert):
    """A talk that names people, with passages that begin, end and lie in names."""
    with project.change("import") as tx:
        source = put_source(tx, "Talk with Kessler", TALK)
        for quote in ("I met Kessler", "Kessler’s men", "Kess", "O. Brandauer left", TALK.strip()):
            start = TALK.index(quote)
            passages.apply(tx, source, start, start + len(quote), [expert])
        sources.edit(tx, source, cite_as="Kessler, 2021")
    return source


def text_of(project, source):
    with project.read() as r:
        return sources.text(r, source), [one.quote for one in passages.in_source(r, source)]


def test_sure_places_are_replaced_and_every_passage_follows(project, talk):
    found = pseudonyms.find(project, NAMES)
    assert [(one.hit.found, one.hit.sure) for one in found if one.source == talk] == [
        ("Brandauer", True),
        ("Kessler’s", True),
        ("O. Brandauer", True),
        ("KESSLER", True),
        ("Kesslers", True),
        ("kessler", False),
    ]
    with project.change("replace names") as tx:
        done = pseudonyms.replace(tx, [one for one in found if one.hit.sure])
    assert (done.places, done.fields, done.waiting) == (5, 3, 0)
    text, quotes = text_of(project, talk)
    assert text == "R1: I met the mayor’s men. Then R1 left.\n\nthe mayor: the mayors Haus, or a kessler of tea.\n"
    assert sorted(quotes) == sorted([text.strip(), "I met the mayor’s", "the mayor’s men", "the mayor’s", "R1 left"])
    with project.read() as r:
        assert sources.get(r, talk).cite_as == "the mayor, 2021"
        assert sources.get(r, talk).name == "Talk with the mayor"
    assert project.verify() == []
    project.undo()
    assert text_of(project, talk)[0] == TALK


def test_a_text_that_changed_meanwhile_is_not_touched(project, talk):
    found = pseudonyms.find(project, NAMES)
    with project.change("replace names") as tx:
        pseudonyms.replace(tx, found[:1])
    with pytest.raises(Conflict, match="changed meanwhile"), project.change("again") as tx:
        pseudonyms.replace(tx, found[1:3])


def test_after_erasing_no_byte_names_anybody(project, talk):
    with project.change("replace names") as tx:
        pseudonyms.replace(tx, pseudonyms.find(project, NAMES))
    erased = erasing.forget(project, Finder(NAMES))
    assert erased.texts == 1
    assert erased.files == 1
    words = project.path.read_bytes().decode("utf-8", "replace")
    assert "Brandauer" not in words
    assert "Kessler" not in words
    assert project.verify() == []


def test_only_what_surely_is_a_name_counts_as_a_leak():
    found = leaks.leaks_in(TALK, NAMES)
    assert {(one.found, one.count) for one in found} == {
        ("Brandauer", 1), ("O. Brandauer", 1), ("Kessler’s", 1), ("KESSLER", 1), ("Kesslers", 1),
    }  # fmt: skip


def test_names_are_replaced_before_a_file_is_imported(project, tmp_path):
    file = tmp_path / "Kessler, first talk.srt"
    file.write_text("1\n00:00:01,000 --> 00:00:02,000\n<v Kessler>Ottilie\nBrandauer knows.\n", encoding="utf-8")
    report = import_files(project, [file], names=NAMES)
    (source,) = report.imported
    assert source.name == "the mayor, first talk"
    assert any("Names replaced" in note for _, note in report.notes)
    with project.read() as r:
        assert "Brandauer" not in sources.text(r, source.id)
        assert "R1" in sources.text(r, source.id)
        assert all(span.value != "Kessler" for span in sources.spans(r, source.id) if span.kind is SpanKind.SPEAKER)
    words = project.path.read_bytes().decode("utf-8", "replace")
    assert "Kessler" not in words
    assert "Brandauer" not in words
