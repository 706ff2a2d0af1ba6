"""What of a source is not data, and who speaks in it."""

from __future__ import annotations

import pytest

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.project import SourceId, correcting, sources, spans
from qcode.project.spans import PartKind
from qcode.readers import Document
from qcode.text.span import Span, SpanKind

TALK = "INT: Who kept it?\nORHA: I did. Every name.\nINT: Alone?\nORHA: Mostly.\n\nNotes\n\nRecorded in May."


@pytest.fixture(name="talk")
def talk_fixture(project):
    document = Document(TALK, (), "", "text/plain", "utf-8", False)
    with project.change("bring in") as tx:
        return sources.add(tx, document, name="Talk", original=b"x", original_name="Talk.txt")


def turn(words, speaker):
    start = TALK.index(words)
    return Span(start, start + len(words), SpanKind.SPEAKER, speaker)


TURNS = [
    turn("INT: Who kept it?", "Interviewer"),
    turn("ORHA: I did. Every name.", "Orha"),
    turn("INT: Alone?", "Interviewer"),
    turn("ORHA: Mostly.", "Orha"),
]


def marked(project, source):
    with project.read() as r:
        return [TALK[start:end] for start, end in spans.not_data(r, source)]


def test_marked_stretches_grow_together_are_cut_and_come_back_by_undo(project, talk):
    with project.change("mark as not data") as tx:
        spans.mark(tx, talk, [(0, 10), (20, 30)])
    with project.change("mark as not data") as tx:
        spans.mark(tx, talk, [(8, 20)])
    with project.read() as r:
        assert spans.not_data(r, talk) == [(0, 30)]
    with project.change("mark as data again") as tx:
        spans.unmark(tx, talk, [(5, 12)])
    with project.read() as r:
        assert spans.not_data(r, talk) == [(0, 5), (12, 30)]
        assert [span.kind for span in sources.spans(r, talk)] == [SpanKind.NOT_DATA] * 2
    project.undo()
    project.undo()
    with project.read() as r:
        assert spans.not_data(r, talk) == [(0, 10), (20, 30)]


def test_the_turns_of_a_speaker_and_the_notes_are_marked_at_one_go(project, talk):
    with project.change("say who speaks") as tx:
        spans.set_speakers(tx, talk, TURNS)
    with project.read() as r:
        found = spans.parts(r, talk)
    assert [(part.kind, part.name, part.not_data) for part in found] == [
        (PartKind.SPEAKER, "Orha", False),
        (PartKind.SPEAKER, "Interviewer", False),
        (PartKind.AROUND, "Notes", False),
    ]
    with project.change("mark as not data") as tx:
        spans.mark(tx, talk, [*found[1].stretches, *found[2].stretches])
    assert marked(project, talk) == ["INT: Who kept it?", "INT: Alone?", "Notes\n\nRecorded in May."]
    with project.read() as r:
        assert [part.not_data for part in spans.parts(r, talk)] == [False, True, True]


def test_parts_of_a_text_that_was_corrected_meanwhile_are_not_marked(project, talk):
    with project.change("say who speaks") as tx:
        spans.set_speakers(tx, talk, TURNS)
    with project.read() as r:
        listed = spans.parts(r, talk)
    with project.change("leave the interviewer out") as tx:
        spans.choose(tx, talk, listed, [one for one in listed if one.name == "Interviewer"])
    assert marked(project, talk) == ["INT: Who kept it?", "INT: Alone?"]
    with project.read() as r:
        listed = spans.parts(r, talk)
    with project.change("correct") as tx:
        correcting.correct(tx, talk, "A first line.\n" + TALK)
    with pytest.raises(Conflict), project.change("leave nobody out") as tx:
        spans.choose(tx, talk, listed, [])


def test_speakers_are_set_anew_and_the_rest_stays(project, talk):
    with project.change("mark") as tx:
        spans.mark(tx, talk, [(0, 5)])
        spans.set_speakers(tx, talk, TURNS)
        spans.set_speakers(tx, talk, TURNS[:1])
    with project.read() as r:
        assert [span.value for span in sources.spans(r, talk)] == ["Interviewer", ""]


def test_what_is_no_stretch_of_the_text_is_refused(project, talk):
    for stretch in ((-1, 3), (4, 4), (5, 2), (0, len(TALK) + 1)):
        for action in (spans.mark, spans.unmark):
            with pytest.raises(InvalidInput), project.change("mark") as tx:
                action(tx, talk, [stretch])
    with pytest.raises(InvalidInput), project.change("speakers") as tx:
        spans.set_speakers(tx, talk, [Span(0, 3, SpanKind.PAGE, "4")])
    with pytest.raises(NotFound), project.change("mark") as tx:
        spans.mark(tx, SourceId(999), [(0, 1)])
