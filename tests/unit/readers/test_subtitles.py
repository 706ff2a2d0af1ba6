"""Subtitles of a recorded talk are read as its transcript."""

from __future__ import annotations

import random

import pytest

from qcode.errors import FormatProblem
from qcode.readers import Document, ReadingChoices, read
from qcode.text.span import SpanKind


def spans(document: Document, kind: SpanKind) -> list[tuple[str, str]]:
    return [(span.value, document.text[span.start : span.end]) for span in document.spans if span.kind is kind]


def srt(*cues: tuple[str, str, str], end: str = "\r\n") -> bytes:
    blocks = (f"{number}{end}{start} --> {stop}{end}{text}{end}" for number, (start, stop, text) in enumerate(cues, 1))
    return end.join(blocks).encode()


class TestSubRip:
    def test_cues_become_sentences_with_their_times(self) -> None:
        document = read(
            srt(
                ("00:00:01,000", "00:00:03,000", "We counted\nthe ropes"),
                ("00:00:03,100", "00:00:05,000", "every day."),
            ),
            "talk.srt",
        )
        assert document.text == "We counted the ropes every day."
        assert spans(document, SpanKind.TIME) == [
            ("00:00:01.000", "We counted the ropes"),
            ("00:00:03.100", "every day."),
        ]
        assert (document.media_type, document.notes) == ("application/x-subrip", ())

    def test_the_suffix_does_not_matter_nor_does_the_encoding(self) -> None:
        data = srt(("00:00:01,000", "00:00:03,000", "Čas běží."), end="\n")
        assert read(data, "talk.txt").text == "Čas běží."
        wide = "\ufeff".encode("utf-16-le") + data.decode().encode("utf-16-le")
        assert read(wide, "talk").text == "Čas běží."
        assert read(data.decode().encode("cp1250"), "talk.srt", ReadingChoices(encoding="cp1250")).text == "Čas běží."

    def test_a_text_about_times_stays_a_text(self) -> None:
        text = "At 00:00:01,000 --> the train left.\n"
        assert read(text.encode(), "notes.txt").text == text

    def test_names_before_a_colon_are_speakers(self) -> None:
        document = read(
            srt(
                ("00:00:01,000", "00:00:02,000", "ANNA: Where was it?"),
                ("00:00:02,000", "00:00:04,000", "Tell me."),
                ("00:00:04,000", "00:00:06,000", "Bob Hill: There. Note: I\nnever saw it."),
                ("00:00:06,000", "00:00:07,000", "Bob Hill: Nor you."),
            ),
            "talk.srt",
        )
        assert document.text == (
            "ANNA: Where was it? Tell me.\n\nBob Hill: There. Note: I never saw it.\n\nBob Hill: Nor you."
        )
        assert spans(document, SpanKind.SPEAKER) == [
            ("ANNA", "ANNA: Where was it? Tell me."),
            ("Bob Hill", "Bob Hill: There. Note: I never saw it."),
            ("Bob Hill", "Bob Hill: Nor you."),
        ]

    def test_what_looks_once_like_a_name_is_none(self) -> None:
        document = read(srt(("00:00:01,000", "00:00:02,000", "Remember: nobody came.")), "talk.srt")
        assert spans(document, SpanKind.SPEAKER) == []

    def test_a_dash_is_another_voice(self) -> None:
        document = read(
            srt(("00:00:01,000", "00:00:02,000", "- Yes.\n- No."), ("00:00:02,000", "00:00:03,000", "Never.")), "a.srt"
        )
        assert document.text == "- Yes.\n\n- No. Never."
        assert spans(document, SpanKind.TIME) == [("00:00:01.000", "- Yes.\n\n- No."), ("00:00:02.000", "Never.")]

    def test_silence_after_a_sentence_begins_a_paragraph(self) -> None:
        first, second = ("00:00:01,000", "00:00:02,000"), ("00:00:09,000", "00:00:10,000")
        assert read(srt((*first, "It ended."), (*second, "It began.")), "a.srt").text == "It ended.\n\nIt began."
        assert read(srt((*first, "It went"), (*second, "on.")), "a.srt").text == "It went on."

    def test_tags_become_emphasis_and_the_rest_is_said(self) -> None:
        document = read(
            srt(
                ("00:00:01,000", "00:00:02,000", '{\\an8}<font color="red">Not <b>one</b></font> <i>rope</i>'),
                ("00:00:02,000", "00:00:03,000 X1:40 X2:600", "was 1 < 2 {b}there{/b}."),
            ),
            "a.srt",
        )
        assert document.text == "Not one rope was 1 < 2 there."
        assert spans(document, SpanKind.BOLD) == [("", "one"), ("", "there")]
        assert spans(document, SpanKind.ITALIC) == [("", "rope")]
        assert document.notes == (
            "Where on the screen words stand was left out (2 ×).",
            "Colours, fonts and styles were left out (1 ×).",
        )

    def test_sloppy_files_lose_no_words(self) -> None:
        data = (
            b"1\n0:0:1,5 --> 0:0:2,25\nOne\n\nstill one\n2\n00:00:03.000-->00:00:04.000\ntwo\n\n\n\n"
            b"00:01:05,000 --> 00:01:06,000\nthree"
        )
        document = read(data, "a.srt")
        assert document.text == "One still one two three"
        assert [value for value, _ in spans(document, SpanKind.TIME)] == [
            "00:00:01.500",
            "00:00:03.000",
            "00:01:05.000",
        ]

    def test_without_a_cue_it_is_refused(self) -> None:
        with pytest.raises(FormatProblem, match="holds no subtitles with a time"):
            read(b"1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\n<i></i>\n", "a.srt")


VTT = """WEBVTT - A talk on ropes

STYLE
::cue { color: red }

NOTE made by hand,
in a hurry

opening
00:01.000 --> 00:03.000 line:0 position:10%
<v Anna Hill>Hello &amp; <c.loud>welcome</c>.</v>

00:03.100 --> 00:05.000
<v Anna Hill>How <b>are</b> you?

01:00:05.200 --> 01:00:08.000
<v.first Bob>Fine, <00:00:06.000><i>thanks</i>
and you?
"""


class TestWebVtt:
    def test_voices_times_and_emphasis(self) -> None:
        document = read(VTT.encode(), "a.vtt")
        assert document.text == "Anna Hill: Hello & welcome. How are you?\n\nBob: Fine, thanks and you?"
        assert spans(document, SpanKind.SPEAKER) == [
            ("Anna Hill", "Anna Hill: Hello & welcome. How are you?"),
            ("Bob", "Bob: Fine, thanks and you?"),
        ]
        assert [value for value, _ in spans(document, SpanKind.TIME)] == [
            "00:00:01.000",
            "00:00:03.100",
            "01:00:05.200",
        ]
        assert spans(document, SpanKind.BOLD) == [("", "are")]
        assert spans(document, SpanKind.ITALIC) == [("", "thanks")]
        assert (document.title, document.media_type) == ("A talk on ropes", "text/vtt")

    def test_what_is_left_out_is_said(self) -> None:
        assert read(VTT.encode(), "a.vtt").notes == (
            "Where on the screen words stand was left out (1 ×).",
            "Colours, fonts and styles were left out (2 ×).",
            "Remarks of the file's makers (NOTE) were left out: 1.",
            "Names of speakers, marked in the file, stand before their words.",
        )

    def test_it_is_known_by_its_first_word(self) -> None:
        assert read(VTT.encode(), "a.txt").media_type == "text/vtt"
        assert read(b"WEBVTTS are fine.", "a.txt").media_type == "text/plain"

    def test_rolling_captions_are_read_once(self) -> None:
        lines = [f"line number {number}" for number in range(8)]
        blocks = ["WEBVTT"]
        for index in range(1, len(lines)):
            blocks.append(f"00:00:0{index}.000 --> 00:00:0{index + 1}.000\n{lines[index - 1]}\n{lines[index]}")
        document = read("\n\n".join(blocks).encode(), "a.vtt")
        assert document.text == " ".join(lines)
        assert document.notes == ("Lines shown again while the next one comes were left out: 6.",)

    def test_saying_no_twice_is_saying_it_twice(self) -> None:
        data = b"WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.\n"
        assert read(data, "a.vtt").text == "No. No."


def test_damaged_files_end_in_a_sentence_or_in_a_text() -> None:
    dice = random.Random(7)
    splinters = [
        b"-->",
        b"<v ",
        b"</v>",
        b"<b>",
        b"<",
        b">",
        b"\n\n",
        b"\n",
        b"WEBVTT",
        b"99:99:99,999 --> 00",
        b"{\\",
        b":",
        b"NOTE\n",
        b"\xff",
    ]
    for number in range(400):
        data = bytearray(VTT.encode() if number % 2 else srt(*[("00:00:01,000", "00:00:02,000", "A: b")] * 5))
        for _ in range(dice.randint(1, 10)):
            at = dice.randrange(len(data))
            data[at : at + dice.randint(0, 9)] = dice.choice(splinters)
        try:
            document = read(bytes(data), "a.srt")
        except FormatProblem as problem:
            assert problem.message.startswith("a.srt")
            continue
        assert all(0 <= span.start < span.end <= len(document.text) for span in document.spans)
