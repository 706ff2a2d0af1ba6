"""A transcript says who speaks by a name at the beginning of a line; the rule finds the names and their turns."""

from __future__ import annotations

from itertools import pairwise

import pytest

from qcode.readers import ReadingChoices, read
from qcode.text import speakers
from qcode.text.span import Span, SpanKind

TALK = """Visit to the harbour

INTERVIEWER: Who came first?

Anna Smith (00:01:02): They did. Note: nobody else.

And more of them.

Interviewer: And then?
[00:02:00] Anna Smith: See https://example.org for it.
Keywords: ships, sand
P2: Yes.
"""


def shown(text: str, *names: str) -> list[tuple[str, str, str]]:
    return [(span.kind.value, span.value, text[span.start : span.end]) for span in speakers.turns(text, names)]


def test_names_are_proposed_with_their_turns() -> None:
    found = [(one.name, one.turns, TALK[one.first :][:10]) for one in speakers.propose(TALK)]
    assert found == [("INTERVIEWER", 2, "INTERVIEWE"), ("Anna Smith", 2, "Anna Smith"), ("P2", 1, "P2: Yes.\n")]


def test_a_turn_reaches_to_the_next_and_knows_its_time() -> None:
    assert shown(TALK, "Interviewer", "Anna Smith") == [
        ("speaker", "Interviewer", "INTERVIEWER: Who came first?"),
        (
            "speaker",
            "Anna Smith",
            "Anna Smith (00:01:02): They did. Note: nobody else.\n\nAnd more of them.",
        ),
        (
            "time",
            "00:01:02",
            "Anna Smith (00:01:02): They did. Note: nobody else.\n\nAnd more of them.",
        ),
        ("speaker", "Interviewer", "Interviewer: And then?"),
        (
            "speaker",
            "Anna Smith",
            "[00:02:00] Anna Smith: See https://example.org for it.\nKeywords: ships, sand\nP2: Yes.",
        ),
        ("time", "00:02:00", "[00:02:00] Anna Smith: See https://example.org for it.\nKeywords: ships, sand\nP2: Yes."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Bob  0:03\nHello: there.\n\nEve  0:09\nNo.",
        "0:03\nBob: Hello: there.\n0:09\nEve: No.",
        "**Bob** (0:03):\nHello: there.\n\n- **Eve** [0:09]: No.",
        ">> Bob: (0:03) Hello: there.\n>> Eve: (0:09) No.",
        "(0:03) Bob: Hello: there.\n0:09 – Eve: No.",
    ],
)
def test_transcripts_of_many_programs_are_understood(text: str) -> None:
    names = [one.name for one in speakers.propose(text)]
    assert sorted(names) == ["Bob", "Eve"]
    found = shown(text, *names)
    assert [(kind, value) for kind, value, _ in found] == [
        ("speaker", "Bob"), ("time", "0:03"), ("speaker", "Eve"), ("time", "0:09"),
    ]  # fmt: skip
    assert all("Hello" in words and "No." not in words for _, _, words in found[:2])
    assert found[2][2].endswith("No.")


def test_no_talk_has_no_speakers() -> None:
    assert speakers.propose("Note: this is so.\n\nTime 10:30 and 12: more\n\n10: ten\n10: ten\nhttps: no\n") == ()
    assert speakers.propose("") == ()
    assert speakers.turns(TALK, ()) == ()


def test_a_reader_marks_them_by_choice_and_a_heading_ends_a_turn() -> None:
    data = b"# One\n\nAnna: Yes.\n\nBo: No.\n\n# Two\n\nAnna: Well.\n\nBo: Well: what?\n"
    assert not [span for span in read(data, "a.md").spans if span.kind is SpanKind.SPEAKER]
    document = read(data, "a.md", ReadingChoices(mark_speakers=True))
    turns = [span for span in document.spans if span.kind is SpanKind.SPEAKER]
    assert [document.text[span.start : span.end] for span in turns] == [
        "Anna: Yes.", "Bo: No.", "Anna: Well.", "Bo: Well: what?",
    ]  # fmt: skip
    assert document.notes == ("Taken for the turns of speakers: “Anna”, “Bo”.",)
    one = read(data, "a.md", ReadingChoices(mark_speakers=True, speakers=("Bo",)))
    assert {span.value for span in one.spans if span.kind is SpanKind.SPEAKER} == {"Bo"}
    none = read(b"Nobody.", "a.txt", ReadingChoices(mark_speakers=True))
    assert none.notes == ("No turns of speakers were found.",)


def test_a_file_that_marks_its_speakers_knows_better() -> None:
    data = b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Anna>Yes.\n"
    assert read(data, "a.vtt", ReadingChoices(mark_speakers=True)) == read(data, "a.vtt")
    survey = b"Key,Age\nR1,34\nR2,51\n"  # its questions stand before a colon, too
    assert read(survey, "a.csv", ReadingChoices(mark_speakers=True)) == read(survey, "a.csv")


def test_the_turns_of_a_text_lie_one_after_another() -> None:
    spans = speakers.turns(TALK, ["P2", "anna smith"], [Span(0, 20, SpanKind.HEADING, "1")])
    turns = [span for span in spans if span.kind is SpanKind.SPEAKER]
    assert all(one.end <= other.start for one, other in pairwise(turns))
    assert {span.value for span in turns} == {"P2", "anna smith"}


def test_a_heading_that_is_a_name_does_not_cut_its_own_turn() -> None:
    text = "- AB: yes\n\n  AB: no"
    found = speakers.turns(text, ["AB"], [Span(2, 9, SpanKind.HEADING, "1"), Span(13, 19, SpanKind.HEADING, "1")])
    assert [text[span.start : span.end] for span in found] == ["- AB: yes", "AB: no"]
