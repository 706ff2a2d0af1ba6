"""Code many places in one go: first propose them, so that they can be looked at, then code those that were kept.

Places come from a query (the words, their sentence, paragraph or turn), or from what a text is divided into: sections
below headings, turns of speakers, questions with their answers. Offsets are code points, half-open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from qcode.errors import InvalidInput
from qcode.model import CodingRow, PassageRow, SpanRow, new_guid
from qcode.model.values import CodeId, SourceId
from qcode.progress import Progress, quiet
from qcode.project import finding, passages, sources
from qcode.project.finding import EVERYWHERE, Scope
from qcode.project.transaction import Change, Reading
from qcode.text.divisions import Division, Kind, divide
from qcode.text.find import Spot
from qcode.text.query import Query
from qcode.text.span import Span, SpanKind
from qcode.text.units import Unit, widened

if TYPE_CHECKING:
    from qcode.project.project import Project

Place = tuple[SourceId, int, int]
_SPANS = {
    Kind.HEADING: (SpanKind.HEADING,),
    Kind.SPEAKER: (SpanKind.SPEAKER, SpanKind.HEADING),
    Kind.QUESTION: (SpanKind.HEADING, SpanKind.BOLD),
}
_AT_ONCE = 500  # rows of one statement, and between two looks whether to stop


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place that would be coded; `hits` of the query lie in it, or `label` is its heading, speaker or question.

    `level` is that of the heading, else 0.
    """

    source: SourceId
    name: str
    start: int
    end: int
    hits: int = 0
    label: str = ""
    level: int = 0

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.source, self.start, self.end


@dataclass(frozen=True, slots=True)
class Label:
    """A heading, speaker or question as it stands in the texts, how often, and over how many characters."""

    words: str
    level: int
    count: int
    sources: int
    characters: int


@dataclass(frozen=True, slots=True)
class Coded:
    """What coding did: passages and codings that are new, and places on which all the codes stood already."""

    passages: int
    codings: int
    already: int


# ---- proposing -------------------------------------------------------------------------------------------------------


def around(
    project: Project, query: Query, unit: Unit, scope: Scope = EVERYWHERE, progress: Progress = quiet
) -> list[Proposal]:
    """Propose the units around all places of a query, source by source. Raises Stopped and Cancelled."""
    proposed: list[Proposal] = []
    for found in finding.find(project, query, scope):
        progress(found.done, found.total, f"Looking in “{found.source.name}”")
        if found.spots:
            turns = _divided(project, found.source, found.text, Kind.SPEAKER) if unit is Unit.TURN else ()
            units = widened(found.text, found.spots, unit, turns)
            hits = _share(found.spots, units)
            source = found.source
            proposed += [Proposal(source.id, source.name, *spot, n) for spot, n in zip(units, hits, strict=True)]
    return proposed


def divided(project: Project, kind: Kind, scope: Scope = EVERYWHERE, progress: Progress = quiet) -> list[Proposal]:
    """Propose all sections, turns or questions there are, source by source. Raises Cancelled."""
    with project.read() as r:
        having = set(r.conn.scalars(select(SpanRow.source_id).where(SpanRow.kind.in_(_SPANS[kind])).distinct()))
        texts = [text for text in finding.listed(r, scope) if text.id in having]
        areas = finding.looked_at(r, texts, scope)
    proposed: list[Proposal] = []
    for done, (source, text) in enumerate(finding.read(project, texts), start=1):
        progress(done, len(texts), f"Looking in “{source.name}”")
        for one in _divided(project, source, text, kind):
            spot = one.start, one.end
            if source.id not in areas or finding.within([spot], areas[source.id]):
                proposed.append(Proposal(source.id, source.name, *spot, label=one.label, level=one.level))
    return proposed


def labels(proposed: Iterable[Proposal]) -> list[Label]:
    """List the headings, speakers or questions of what was proposed, in the order in which they first come."""
    found: dict[str, list[Proposal]] = defaultdict(list)
    for one in proposed:
        found[one.label].append(one)
    return [
        Label(
            words,
            min(one.level for one in there),
            len(there),
            len({one.source for one in there}),
            sum(one.end - one.start for one in there),
        )
        for words, there in found.items()
    ]


def named(proposed: Iterable[Proposal], wanted: Collection[str]) -> list[Proposal]:
    """Keep what stands below these headings, what these speakers say, or these questions.

    Neither case nor the number of blanks counts in what is wanted.
    """
    keys = {_key(words) for words in wanted}
    return [one for one in proposed if _key(one.label) in keys]


def standing(r: Reading | Change, coder: int, codes: Collection[CodeId]) -> frozenset[Place]:
    """Tell where passages of this coder carry all of some codes already."""
    if not codes:
        return frozenset()
    having = select(CodingRow.passage_id).where(CodingRow.code_id.in_(codes)).group_by(CodingRow.passage_id)
    full = having.having(func.count(CodingRow.code_id.distinct()) == len(set(codes)))
    rows = select(PassageRow.source_id, PassageRow.start, PassageRow.end).where(
        PassageRow.coder_id == coder, PassageRow.start.is_not(None), PassageRow.id.in_(full)
    )
    return frozenset((SourceId(source), start, end) for source, start, end in r.conn.execute(rows))


def _divided(project: Project, source: finding.Text, text: str, kind: Kind) -> list[Division]:
    with project.read() as r:
        spans: list[Span] = sources.spans(r, source.id)
    return divide(kind, text, spans)


def _share(spots: Sequence[Spot], units: Sequence[Spot]) -> list[int]:
    """Count the places in each unit; both are in order."""
    counts, at = [0] * len(units), 0
    for start, _ in spots:
        while units[at][1] <= start:
            at += 1
        counts[at] += 1
    return counts


def _key(words: str) -> str:
    return " ".join(words.split()).casefold()


# ---- coding ----------------------------------------------------------------------------------------------------------


def code(tx: Change, places: Iterable[Place], codes: Sequence[CodeId], progress: Progress = quiet) -> Coded:
    """Apply codes to many places; the same span by the same coder stays one passage, whatever stood there before.

    Raises InvalidInput for a place that is not in its text and for a group, NotFound when a source or a code is gone,
    Cancelled: then the change must be given up.
    """
    wanted = tuple(dict.fromkeys(codes))
    passages.refuse_groups(tx, wanted)
    by_source: dict[SourceId, list[Spot]] = defaultdict(list)
    for source, start, end in dict.fromkeys(places):
        by_source[source].append((start, end))
    total = sum(map(len, by_source.values()))
    made_passages = made_codings = already = done = 0
    for source, spots in by_source.items():
        text = sources.text(tx, source)
        for few in _portions(spots):
            progress(done, total, "Coding")
            ids, fresh = _passages(tx, source, text, few)
            codings, standing_ = _codings(tx, source, ids, wanted)
            made_passages, made_codings = made_passages + fresh, made_codings + codings
            already, done = already + standing_, done + len(few)
    progress(total, total, "Coding")
    return Coded(made_passages, made_codings, already)


def _portions(spots: Iterable[Spot]) -> Iterator[list[Spot]]:
    waiting = iter(spots)
    while few := list(islice(waiting, _AT_ONCE)):
        yield few


def _passages(tx: Change, source: SourceId, text: str, spots: Sequence[Spot]) -> tuple[dict[Spot, int], int]:
    """Find or make this coder's passages with these spans; give their ids, and how many are new."""
    wrong = next((spot for spot in spots if not 0 <= spot[0] < spot[1] <= len(text)), None)
    if wrong is not None:
        raise InvalidInput(f"The range {wrong[0]}:{wrong[1]} is not in the text.")
    own = PassageRow.source_id == source, PassageRow.coder_id == tx.coder.id
    low, high = min(spots)[0], max(spots)[0]
    rows = select(PassageRow.start, PassageRow.end, PassageRow.id).where(*own, PassageRow.start.between(low, high))
    there = {(start, end): id_ for start, end, id_ in tx.conn.execute(rows)}
    missing = [spot for spot in spots if spot not in there]
    if missing:
        common = {"source_id": source, "coder_id": tx.coder.id, "created_at": tx.at, "comment": ""}
        tx.conn.execute(
            insert(PassageRow),
            [
                {"guid": new_guid(), "start": start, "end": end, "quote": text[start:end], **common}
                for start, end in missing
            ],
        )
        there = {(start, end): id_ for start, end, id_ in tx.conn.execute(rows)}
    return {spot: there[spot] for spot in spots}, len(missing)


def _codings(tx: Change, source: SourceId, ids: dict[Spot, int], codes: Sequence[CodeId]) -> tuple[int, int]:
    """Put codes on passages where they do not stand; give how many are new, and how many passages had all."""
    rows = select(CodingRow.passage_id, CodingRow.code_id).where(
        CodingRow.passage_id.in_(ids.values()), CodingRow.code_id.in_(codes)
    )
    there = {(passage, code_) for passage, code_ in tx.conn.execute(rows)}
    fresh = [(passage, code_) for passage in ids.values() for code_ in codes if (passage, code_) not in there]
    if fresh:
        common = {"source_id": source, "coder_id": tx.coder.id, "created_at": tx.at, "reason": ""}
        tx.conn.execute(
            insert(CodingRow),
            [{"guid": new_guid(), "passage_id": passage, "code_id": code_, **common} for passage, code_ in fresh],
        )
    touched = {passage for passage, _ in fresh}
    return len(fresh), sum(passage not in touched for passage in ids.values())
