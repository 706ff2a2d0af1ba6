"""Code many places in one go: first propose them, so that they can be looked at, then code those that were kept.

Places come from a query (the words, their sentence, paragraph or turn), or from what a text is divided into: sections
below headings, turns of speakers, questions with their answers. Offsets are code points, half-open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
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
MOST = 50_000  # places that are proposed: nobody looks through more, and they must all be held
_AT_ONCE = 500  # rows of one statement, and between two looks whether to stop


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place that would be coded; `hits` of the query lie in it, or `label` is its heading, speaker or question.

    `level` is that of the heading, else 0; `sha256` tells in which text it was found.
    """

    source: SourceId
    name: str
    start: int
    end: int
    sha256: str
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
    """Propose the units around all places of a query, source by source.

    Raises InvalidInput when there are more than MOST, Stopped and Cancelled.
    """
    proposed: list[Proposal] = []
    for found in finding.find(project, query, scope):
        progress(found.done, found.total, f"Looking in “{found.source.name}”")
        if found.spots:
            turns = _divided(project, found.source, found.text, Kind.SPEAKER) if unit is Unit.TURN else ()
            units = widened(found.text, found.spots, unit, turns)
            hits = _share(found.spots, units)
            source = found.source
            proposed += [
                Proposal(source.id, source.name, *spot, source.sha256, n) for spot, n in zip(units, hits, strict=True)
            ]
            if len(proposed) > MOST:
                raise InvalidInput(f"These are more than {MOST:,} places.", "Look for something rarer, or elsewhere.")
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
                found = Proposal(source.id, source.name, *spot, source.sha256, label=one.label, level=one.level)
                proposed.append(found)
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


def code(tx: Change, proposed: Iterable[Proposal], codes: Sequence[CodeId], progress: Progress = quiet) -> Coded:
    """Apply codes to many places; the same span by the same coder stays one passage, whatever stood there before.

    Raises Conflict when a text was changed since, InvalidInput for a group, NotFound when a source or a code is gone,
    Cancelled: then the change must be given up.
    """
    wanted = tuple(dict.fromkeys(codes))
    passages.refuse_groups(tx, wanted)
    kept = list(proposed)
    sources.refuse_changed(tx, {(one.source, one.sha256) for one in kept})
    asked = sorted({one.place for one in kept})
    coded = Coded(0, 0, 0)
    for done in range(0, len(asked), _AT_ONCE):
        progress(done, len(asked), "Coding")
        few = asked[done : done + _AT_ONCE]
        ids, fresh = _passages(tx, few)
        codings, already = _codings(tx, ids, wanted)
        coded = Coded(coded.passages + fresh, coded.codings + codings, coded.already + already)
    progress(len(asked), len(asked), "Coding")
    return coded


def _passages(tx: Change, places: Sequence[Place]) -> tuple[dict[Place, int], int]:
    """Find or make this coder's passages with these spans; give their ids, and how many are new."""
    there = _own(tx, places)
    missing = [place for place in places if place not in there]
    common = {"coder_id": tx.coder.id, "created_at": tx.at, "comment": ""}
    rows = []
    for source, few in groupby(missing, key=lambda place: place[0]):
        text = sources.text(tx, source)
        for _, start, end in few:
            if not 0 <= start < end <= len(text):
                raise InvalidInput(f"The range {start}:{end} is not in the text.")
            place = {"source_id": source, "start": start, "end": end, "quote": text[start:end]}
            rows.append({"guid": new_guid(), **place, **common})
    if rows:
        tx.conn.execute(insert(PassageRow), rows)
        there |= _own(tx, missing)
    return there, len(rows)


def _own(tx: Change, places: Sequence[Place]) -> dict[Place, int]:
    """Find the passages that this coder has there."""
    rows = select(PassageRow.source_id, PassageRow.start, PassageRow.end, PassageRow.id).where(
        PassageRow.coder_id == tx.coder.id,
        PassageRow.source_id.in_({source for source, _, _ in places}),
        PassageRow.start.in_({start for _, start, _ in places}),  # the index finds them by these two
    )
    wanted = set(places)
    found = (((SourceId(source), start, end), id_) for source, start, end, id_ in tx.conn.execute(rows))
    return {place: id_ for place, id_ in found if place in wanted}


def _codings(tx: Change, ids: dict[Place, int], codes: Sequence[CodeId]) -> tuple[int, int]:
    """Put codes on passages where they do not stand; give how many are new, and how many passages had all."""
    rows = select(CodingRow.passage_id, CodingRow.code_id).where(
        CodingRow.passage_id.in_(ids.values()), CodingRow.code_id.in_(codes)
    )
    there = {(passage, code_) for passage, code_ in tx.conn.execute(rows)}
    common = {"coder_id": tx.coder.id, "created_at": tx.at, "reason": ""}
    fresh = [
        {"guid": new_guid(), "passage_id": passage, "source_id": place[0], "code_id": code_, **common}
        for place, passage in ids.items()
        for code_ in codes
        if (passage, code_) not in there
    ]
    if fresh:
        tx.conn.execute(insert(CodingRow), fresh)
    return len(fresh), len(ids) - len({row["passage_id"] for row in fresh})
