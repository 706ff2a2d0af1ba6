"""Subtitles (SRT, VTT) as a transcript: a paragraph a turn, its speaker and the times of its cues as spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

import regex

from qcode.errors import FormatProblem
from qcode.readers.choices import AS_USUAL, ReadingChoices
from qcode.readers.decode import decode
from qcode.readers.document import Document, Reader
from qcode.readers.page import Page
from qcode.readers.subtitles_cues import Cue, Run, split
from qcode.text.canonical import canonical
from qcode.text.span import SpanKind

SRT_TYPE = "application/x-subrip"
VTT_TYPE = "text/vtt"

_STARTS_AS_SRT = re.compile(rb"\W{0,20}\d{1,6}\s{1,8}\d{1,3}:\d\d:\d\d[.,]\d{1,3}\s{0,4}-{1,2}>")
_A_TIME = re.compile(rb"\d\d[.,]\d{1,3}\s{0,4}-{1,2}>")
_BEGINNING = 4_096
# "ANNA:", "INT 2:", and, where it comes again and again, "Anna Smith:"
_LABEL = regex.compile(
    r"((?:>>|[-–—])?\s*)([\p{Lu}\p{Lt}\p{Lo}\p{N}][\p{L}\p{M}\p{N}.'’_()-]*(?: [\p{L}\p{N}.'’_()-]+){0,3}) ?:(?=\s|$)"
)
_ENDS = re.compile(r"[.!?…:。！？؟।][\"'”’»)\]]*$")
_PAUSE = 3.0  # seconds without words, after which a sentence begins a paragraph of its own
_LONGEST = 700  # characters, after which the next sentence does


def read_srt(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read SubRip subtitles; FormatProblem when there is no cue with a time in them."""
    return _read(data, name, choices, is_vtt=False)


def read_vtt(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read WebVTT subtitles; FormatProblem when there is no cue with a time in them."""
    return _read(data, name, choices, is_vtt=True)


def _recognises_srt(data: bytes, name: str) -> bool:
    beginning = data[:_BEGINNING].replace(b"\0", b"")
    called = PurePath(name).suffix.lower() == ".srt"
    return bool(_STARTS_AS_SRT.match(beginning) or (called and _A_TIME.search(beginning)))


def _recognises_vtt(data: bytes, _name: str) -> bool:
    beginning = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return beginning.startswith(b"WEBVTT") and not beginning[6:7].isalnum()


SRT_READER = Reader(
    "Subtitles (SRT)", SRT_TYPE, (".srt",), _recognises_srt, read_srt, heeds=frozenset(("encoding", "read_as"))
)
VTT_READER = Reader(
    "Subtitles (VTT)", VTT_TYPE, (".vtt",), _recognises_vtt, read_vtt, heeds=frozenset(("encoding", "read_as"))
)


def _read(data: bytes, name: str, choices: ReadingChoices, *, is_vtt: bool) -> Document:
    decoded = decode(data, name, choices.encoding)
    source = canonical(decoded.text)
    cues = split(source.text, is_vtt=is_vtt)
    if not cues.cues:
        raise FormatProblem(
            f"{name} holds no subtitles, only marks." if is_vtt else f"{name} holds no subtitles with a time.",
            "Check it in the program it comes from.",
        )
    writer = _Writer(_labels(cues.cues))
    for cue in cues.cues:
        writer.add(cue)
    writer.end()
    said = (decoded.note,) if decoded.note else ()
    media_type = VTT_TYPE if is_vtt else SRT_TYPE
    notes = (*said, *source.notes, *cues.notes(), *writer.notes())
    spans = tuple(sorted(writer.page.spans))
    return Document(writer.page.text, spans, cues.title, media_type, decoded.encoding, decoded.guessed, notes)


def _labels(cues: Sequence[Cue]) -> frozenset[str]:
    """Find what stands as a speaker's name before a colon: in capitals, or again and again."""
    found = Counter(match[2] for cue in cues for line in cue.lines if (match := _LABEL.match(_words(line))))
    return frozenset(label for label, times in found.items() if label.isupper() or (times > 1 and not label.isdigit()))


def _words(line: Sequence[Run]) -> str:
    return "".join(run.text for run in line)


@dataclass(slots=True)
class _Writer:
    """Write cue after cue, and begin a paragraph where another person speaks or some time has passed."""

    labels: frozenset[str]
    page: Page = field(default_factory=Page)
    _speaker: str = ""
    _start: int = -1  # of the open paragraph
    _named: bool = False  # whether the open paragraph shows its speaker
    _ends: float = 0.0
    _voices: int = 0

    def add(self, cue: Cue) -> None:
        """Write a cue, with its time over its words."""
        paused = cue.start - self._ends >= _PAUSE
        self._ends = max(cue.end, cue.start)
        begin = -1
        for line in cue.lines:
            before = self._line(line, paused=paused)
            begin = before if begin < 0 else begin
            paused = False
        if begin >= 0:
            self.page.mark(begin, SpanKind.TIME, cue.time)

    def end(self) -> None:
        """Close the open paragraph."""
        if self._start >= 0 and self._speaker:
            self.page.mark(self._start, SpanKind.SPEAKER, self._speaker)
        self._start = -1

    def notes(self) -> tuple[str, ...]:
        """Say what stands in the text that was a mark in the file."""
        return ("Names of speakers, marked in the file, stand before their words.",) if self._voices else ()

    def _line(self, line: Sequence[Run], *, paused: bool) -> int:
        """Write a line of a cue, and give where it begins."""
        words = _words(line)
        label = _LABEL.match(words)
        voice = next((run.voice for run in line if run.voice), "")
        named = label[2] if label and label[2] in self.labels else ""
        speaker = named or voice or ("" if words.startswith(("-", "–", "—", ">>")) else self._speaker)
        is_turn = speaker != self._speaker or bool(named) or words.startswith((">>", "- ", "-", "–", "—"))
        if self._start < 0 or is_turn or (self._is_full(paused=paused) and _ENDS.search(self._tail())):
            self._begin(speaker)
            begin = self.page.length
            if voice and not named and is_turn:
                self.page.write(f"{voice}: ")
                self._voices += 1
        else:
            self.page.write(" ")
            begin = self.page.length
        for run in line:
            start = self.page.length
            self.page.write(run.text)
            if run.bold:
                self.page.mark(start, SpanKind.BOLD)
            if run.italic:
                self.page.mark(start, SpanKind.ITALIC)
        return begin

    def _begin(self, speaker: str) -> None:
        self.end()
        self.page.begin()
        self._start, self._speaker = self.page.length, speaker

    def _is_full(self, *, paused: bool) -> bool:
        return paused or self.page.length - self._start > _LONGEST

    def _tail(self) -> str:
        return self.page.since(self.page.length - 8)
