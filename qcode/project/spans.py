"""Stretches of a source with a meaning of their own: what is not data, who speaks, where pages and sections begin."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from qcode.errors import Conflict, InvalidInput
from qcode.model import SpanRow
from qcode.project import sources
from qcode.project.transaction import Change, Reading
from qcode.text.sections import sections
from qcode.text.span import Span, SpanKind
from qcode.text.stretches import Stretch, merged, without

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from qcode.model.values import SourceId


class PartKind(StrEnum):
    """What a part of a source is that can be marked as not data at one go."""

    SPEAKER = "speaker"
    SECTION = "section"
    AROUND = "around"


@dataclass(frozen=True, slots=True)
class Part:
    """All turns of a speaker, or a section: where it is, and whether all of it is marked as not data.

    `level` is that of a section's heading, from 1.
    """

    kind: PartKind
    name: str
    level: int
    stretches: tuple[Stretch, ...]
    not_data: bool

    @property
    def length(self) -> int:
        """Count its characters."""
        return sum(end - start for start, end in self.stretches)


# ---- questions -------------------------------------------------------------------------------------------------------


def not_data(r: Reading | Change, source: SourceId) -> list[Stretch]:
    """List what is not data in a source: in order, without overlaps; it is left out of shares, words and agreement."""
    return merged((start, end) for _, start, end in _rows(r, source, SpanKind.NOT_DATA))


def parts(r: Reading | Change, source: SourceId) -> list[Part]:
    """List what can be marked at one go: each speaker's turns by how much they say, then the sections in order."""
    text, found, out = sources.text(r, source), sources.spans(r, source), not_data(r, source)

    def part(kind: PartKind, name: str, level: int, stretches: Iterable[Stretch]) -> Part:
        there = tuple(merged(stretches))
        return Part(kind, name, level, there, bool(there) and not _words_in(text, without(there, out)))

    turns: defaultdict[str, list[Stretch]] = defaultdict(list)
    for span in found:
        if span.kind is SpanKind.SPEAKER:
            turns[span.value].append((span.start, span.end))
    speakers = [part(PartKind.SPEAKER, name, 1, stretches) for name, stretches in turns.items()]
    below = [
        part(PartKind.AROUND if one.around else PartKind.SECTION, one.title, one.level, [(one.start, one.end)])
        for one in sections(text, found)
    ]
    return [*sorted(speakers, key=lambda one: -one.length), *below]


def _rows(r: Reading | Change, source: SourceId, kind: SpanKind) -> list[tuple[int, int, int]]:
    asked = select(SpanRow.id, SpanRow.start, SpanRow.end).where(SpanRow.source_id == source)
    return [(id_, start, end) for id_, start, end in r.conn.execute(asked.where(SpanRow.kind == kind.value))]


def _words_in(text: str, stretches: Iterable[Stretch]) -> bool:
    """Tell whether anything is to be read there; blank lines between two marked paragraphs are nothing."""
    return any(not text[start:end].isspace() for start, end in stretches)


# ---- actions ---------------------------------------------------------------------------------------------------------


def choose(tx: Change, source: SourceId, listed: Sequence[Part], left_out: Collection[Part]) -> None:
    """Of the parts of a source, let these be left out as not data, and the others be data.

    Raises Conflict when they are not what they were when they were listed, NotFound when the source is gone.
    """
    if list(map(_place, parts(tx, source))) != list(map(_place, listed)):
        raise Conflict("The text or its parts were changed meanwhile.", "Look at them as they are now.")
    freed = [one for one in listed if one.not_data and one not in left_out]
    if freed:
        unmark(tx, source, [stretch for one in freed for stretch in one.stretches])
    mark(tx, source, [stretch for one in left_out for stretch in one.stretches])


def _place(part: Part) -> tuple[PartKind, str, int, tuple[Stretch, ...]]:
    return part.kind, part.name, part.level, part.stretches


def mark(tx: Change, source: SourceId, stretches: Iterable[Stretch]) -> None:
    """Mark stretches as not data, beside those that are. Raises NotFound, InvalidInput beyond the text's ends."""
    _put(tx, source, merged([*not_data(tx, source), *_checked(tx, source, stretches)]))


def unmark(tx: Change, source: SourceId, stretches: Iterable[Stretch]) -> None:
    """Take stretches as data again. Raises NotFound, and InvalidInput beyond the text's ends."""
    _put(tx, source, without(not_data(tx, source), _checked(tx, source, stretches)))


def set_speakers(tx: Change, source: SourceId, turns: Sequence[Span]) -> None:
    """Say anew who speaks where: the turns take the place of all that were known. Raises NotFound, InvalidInput."""
    _checked(tx, source, [(turn.start, turn.end) for turn in turns])
    if any(turn.kind is not SpanKind.SPEAKER or not turn.value for turn in turns):
        raise InvalidInput("A turn needs the name of its speaker.")
    of_speakers = SpanRow.source_id == source, SpanRow.kind == SpanKind.SPEAKER.value
    tx.conn.execute(delete(SpanRow).where(*of_speakers))
    _insert(tx, source, turns)


def _checked(tx: Change, source: SourceId, stretches: Iterable[Stretch]) -> list[Stretch]:
    length = sources.get(tx, source).length
    checked = list(stretches)
    if any(not 0 <= start < end <= length for start, end in checked):
        raise InvalidInput("This is not a stretch of the source's text.", "Select some words of it first.")
    return checked


def _put(tx: Change, source: SourceId, wanted: Sequence[Stretch]) -> None:
    """Let just these stretches be not data; rows that fit already stay untouched."""
    missing = set(wanted)
    for id_, start, end in _rows(tx, source, SpanKind.NOT_DATA):
        if (start, end) in missing:
            missing.discard((start, end))
        else:
            tx.conn.execute(delete(SpanRow).where(SpanRow.id == id_))
    _insert(tx, source, [Span(start, end, SpanKind.NOT_DATA) for start, end in sorted(missing)])


def _insert(tx: Change, source: SourceId, spans: Sequence[Span]) -> None:
    if spans:
        rows = [
            {"source_id": source, "kind": span.kind.value, "start": span.start, "end": span.end, "value": span.value}
            for span in spans
        ]
        tx.conn.execute(insert(SpanRow), rows)
