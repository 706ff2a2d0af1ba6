"""Cut subtitles into cues: times, lines, emphasis and voices; marks of place and style are counted."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"[ \t]*{_CLOCK}[ \t]*--?>[ \t]*{_CLOCK}(?:[ \t]+(\S.*))?[ \t]*$")
_TAG = re.compile(
    r"<(/?)(b|i|u|c|v|lang|ruby|rt|font|s)((?:\.[^\s.<>]*)*)(?:[ \t]+([^<>\n]*))?>"
    r"|<\d[\d:.]*>|\{\\[^{}\n]*\}|\{(/?)([biu])\}",
    re.IGNORECASE,
)
_ROLLING = 3  # so many cues that repeat the line before show that all do


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look and one voice."""

    text: str
    bold: bool = False
    italic: bool = False
    voice: str = ""


@dataclass(slots=True)
class Cue:
    """What is shown at one time: from and to in seconds, the beginning as "00:01:02.500", its lines."""

    start: float
    end: float
    time: str
    lines: list[list[Run]] = field(default_factory=list)


@dataclass(slots=True)
class Cues:
    """All cues of a file in its order, its title, and what was left out."""

    cues: list[Cue] = field(default_factory=list)
    title: str = ""
    remarks: int = 0
    styles: int = 0
    places: int = 0
    repeated: int = 0

    def notes(self) -> tuple[str, ...]:
        """Say in sentences what of the file is not in the text."""
        sentences = (
            (self.places, f"Where on the screen words stand was left out ({self.places:,} ×)."),
            (self.styles, f"Colours, fonts and styles were left out ({self.styles:,} ×)."),
            (self.remarks, f"Remarks of the file's makers (NOTE) were left out: {self.remarks:,}."),
            (self.repeated, f"Lines shown again while the next one comes were left out: {self.repeated:,}."),
        )
        return tuple(sentence for many, sentence in sentences if many)


def split(text: str, *, is_vtt: bool) -> Cues:
    """Cut a canonical text into cues; words that no time stands before belong to the cue above them."""
    found = Cues()
    raw: list[tuple[re.Match[str], list[str]]] = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line for line in block.split("\n") if line.strip()]
        if is_vtt and lines and _is_apart(lines, found, is_first=not raw):
            continue
        _gather(lines, raw)
    for times, lines in raw:
        found.places += bool(times[9])
        cue = Cue(_seconds(times.groups()[:4]), _seconds(times.groups()[4:8]), _time(times.groups()[:4]))
        cue.lines = _runs("\n".join(lines), found, is_vtt=is_vtt)
        if cue.lines:
            found.cues.append(cue)
    _unroll(found)
    return found


def _is_apart(lines: list[str], found: Cues, *, is_first: bool) -> bool:
    """Tell the blocks of a VTT file that hold no cue."""
    first = lines[0].strip()
    if is_first and first.startswith("WEBVTT"):
        found.title = found.title or first[6:].strip(" -\t")
        if any(_TIMES.match(line) for line in lines):
            del lines[0]
            return False
        return True
    if any(_TIMES.match(line) for line in lines[:2]):
        return False
    if first.split()[0] == "NOTE":
        found.remarks += 1
    elif first in ("STYLE", "REGION"):
        found.styles += 1
    else:
        return False
    return True


def _gather(lines: Sequence[str], raw: list[tuple[re.Match[str], list[str]]]) -> None:
    """Add the lines of a block to its cue; the line before a time is the number or the name of the cue."""
    for index, line in enumerate(lines):
        times = _TIMES.match(line)
        if times:
            raw.append((times, []))
        elif index + 1 < len(lines) and _TIMES.match(lines[index + 1]) and (index == 0 or line.strip().isdigit()):
            continue
        elif raw:
            raw[-1][1].append(line.strip())


def _seconds(clock: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = clock
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{fraction or 0}")


def _time(clock: Sequence[str | None]) -> str:
    hours, minutes, seconds, fraction = clock
    return f"{int(hours or 0):02}:{int(minutes or 0):02}:{int(seconds or 0):02}.{(fraction or '').ljust(3, '0')}"


def _runs(text: str, found: Cues, *, is_vtt: bool) -> list[list[Run]]:
    """Take the tags out of a cue's words, and cut it at the ends of its lines."""
    lines: list[list[Run]] = [[]]
    look = {"b": 0, "i": 0}
    voice = ""
    for piece in _pieces(text):
        if isinstance(piece, str):
            words = html.unescape(piece) if is_vtt else piece
            for number, part in enumerate(re.split(r"\n|\\N", words)):
                if number:
                    lines.append([])
                if part:
                    lines[-1].append(Run(part, look["b"] > 0, look["i"] > 0, voice))
            continue
        closes, name = piece[1] or piece[5], (piece[2] or piece[6] or "").lower()
        if name in look:
            look[name] = max(0, look[name] + (-1 if closes else 1))
        elif name == "v":
            voice = "" if closes else " ".join(html.unescape(piece[4] or "").split())
        elif not closes:
            found.places += piece[0].startswith("{")
            found.styles += name in ("font", "c") and bool(piece[3] or piece[4])
    return [line for line in (_trimmed(line) for line in lines) if line]


def _pieces(text: str) -> Iterator[str | re.Match[str]]:
    position = 0
    for match in _TAG.finditer(text):
        yield text[position : match.start()]
        yield match
        position = match.end()
    yield text[position:]


def _trimmed(line: list[Run]) -> list[Run]:
    """Take away the white space at both ends of a line."""
    words = "".join(run.text for run in line)
    if not words.strip():
        return []
    first, last = line[0], line[-1]
    line[0] = Run(first.text.lstrip(), first.bold, first.italic, first.voice)
    last = line[-1]
    line[-1] = Run(last.text.rstrip(), last.bold, last.italic, last.voice)
    return [run for run in line if run.text]


def _unroll(found: Cues) -> None:
    """Leave out lines that rolling captions show twice: last in one cue, first in the next without a pause."""
    again = [after for cue, after in pairwise(found.cues) if _repeats(cue, after)]
    if len(again) < _ROLLING or 3 * len(again) < len(found.cues):
        return
    for cue in reversed(again):
        del cue.lines[0]
    found.repeated = len(again)
    found.cues = [cue for cue in found.cues if cue.lines]


def _repeats(cue: Cue, after: Cue) -> bool:
    same = "".join(run.text for run in cue.lines[-1]) == "".join(run.text for run in after.lines[0])
    is_short = after.end - after.start < 0.3
    return same and abs(after.start - cue.end) < 0.15 and (len(after.lines) > 1 or is_short)
