"""Correct the text of a source, and let its passages follow: none is dropped, none moves onto other words unnoticed.

What would become of the passages is planned without writing anything, so that it can be shown first. Where a passage
belongs is decided in `qcode.text.anchor`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.model import PassageRow, ReadingRow, ReviewRow, RevisionRow, SourceRow, SpanRow
from qcode.model.values import PassageId, SourceId
from qcode.progress import Progress, quiet
from qcode.project import revisions, sources
from qcode.project.rows import add_row
from qcode.project.texts import keep_content, keep_text
from qcode.text import canonical
from qcode.text.anchor import Fate, Outcome, Why, outcomes, outcomes_through
from qcode.text.positions import Edit, Place, PositionMap
from qcode.text.span import Span, SpanKind

if TYPE_CHECKING:
    from qcode.project.transaction import Change, Reading

_BY_PLACE = frozenset((SpanKind.HEADING, SpanKind.PAGE, SpanKind.SPEAKER, SpanKind.TIME))  # whatever the words
LEAST = 1 / 3  # of any other stretch must be left: else it goes with its words
_AT_ONCE = 500  # passages between two looks at whether somebody cancelled


@dataclass(frozen=True, slots=True)
class Followed:
    """What becomes of a passage: `place` where it stood in revision `number`, and its outcome."""

    passage: PassageId
    guid: str
    coder: int
    quote: str
    number: int
    place: Place
    waited: bool
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class NewFile:
    """The file that a newer text came from, with what its reader found in it."""

    data: bytes
    name: str
    media_type: str
    encoding: str
    spans: tuple[Span, ...] = ()

    def edited(self, before: str, after: str) -> NewFile:
        """Let what its reader found follow, when its text was edited on before it came into the project."""
        if before == after:
            return self
        positions = PositionMap.between(before, after)
        moved = ((span, positions.stretch(span.start, span.end)) for span in self.spans)
        spans = tuple(replace(span, start=at[0], end=at[1]) for span, at in moved if at is not None)
        return replace(self, spans=spans)


@dataclass(frozen=True, slots=True)
class Plan:
    """A correction as it would turn out: the text, what had to be left out of it, and what becomes of each passage."""

    source: SourceId
    revision: int
    sha256: str
    text: str
    notes: tuple[str, ...]
    passages: tuple[Followed, ...]
    positions: PositionMap
    file: NewFile | None = None

    def those(self, fate: Fate) -> list[Followed]:
        """List the passages of one fate, in the order of the old text."""
        return [one for one in self.passages if one.outcome.fate is fate]

    @property
    def changes_nothing(self) -> bool:
        """Tell whether the text is the one that is there already."""
        return self.positions.old == self.text


# ---- questions -------------------------------------------------------------------------------------------------------


def plan(
    r: Reading | Change,
    source: SourceId,
    text: str,
    *,
    known: Sequence[tuple[str, Sequence[Edit]]] = (),
    file: NewFile | None = None,
    progress: Progress = quiet,
) -> Plan:
    """Find out what a new text would do to the passages of a source, without writing anything.

    `known` are edits of which nothing must be guessed, such as “replace all”, in turn, each with the text that it was
    made in; what was changed before, between and after them is found out by comparing. Raises NotFound when the
    source is gone, InvalidInput when nothing is left of its text; Cancelled.
    """
    made = canonical.canonical(text)
    old = sources.text(r, source)
    if old.strip() and not made.text.strip():
        raise InvalidInput("The new text is empty.", "Remove the source if it is not needed any more.")
    progress(0, 0, "Comparing the texts")
    steps, there = [], old
    for before, edits in known:
        told = PositionMap.told(before, edits)
        steps += [PositionMap.between(there, before), told]
        there = told.new
    planned = _planned(r, source, [*steps, PositionMap.between(there, made.text)], progress)
    return replace(planned, notes=made.notes, file=file)


def plan_edits(r: Reading | Change, source: SourceId, edits: Sequence[Edit], *, progress: Progress = quiet) -> Plan:
    """Find out what known edits would do to the passages of a source; they follow exactly, and nothing is guessed.

    An edit is a stretch of the text as it is (code points) and what replaces it. A passage of which an edit replaces a
    part takes in all that replaces it. Raises InvalidInput when edits overlap or lie outside; NotFound; Cancelled.
    """
    old = sources.text(r, source)
    clean = [(start, end, canonical.clean(words)[0]) for start, end, words in edits]
    return _planned(r, source, [PositionMap.told(old, clean)], progress)


def _planned(r: Reading | Change, source: SourceId, steps: Sequence[PositionMap], progress: Progress) -> Plan:
    positions = reduce(PositionMap.then, steps)
    row = r.conn.execute(select(SourceRow.revision, SourceRow.text_sha256).where(SourceRow.id == source)).one()
    found = [*_standing(r, source, row.revision, steps, progress), *_waiting(r, source, positions)]
    passages = tuple(sorted(_apart(found), key=lambda one: (one.place[0], -one.place[1], one.passage)))
    return Plan(source, row.revision, row.text_sha256, positions.new, (), passages, positions)


_COLUMNS = PassageRow.id, PassageRow.guid, PassageRow.coder_id, PassageRow.quote


def _standing(
    r: Reading | Change, source: SourceId, number: int, steps: Sequence[PositionMap], progress: Progress
) -> Iterator[Followed]:
    columns = select(*_COLUMNS, PassageRow.start, PassageRow.end)
    here = PassageRow.source_id == source, PassageRow.start.is_not(None)
    rows = r.conn.execute(columns.where(*here).order_by(PassageRow.id)).all()
    places = [(row.start, row.end) for row in rows]
    # One correction is followed passage by passage, so that it can be cancelled; several in a row all at once.
    found = outcomes(steps[0], places) if len(steps) == 1 else outcomes_through(steps, places)
    for done, (row, outcome) in enumerate(zip(rows, found, strict=True)):
        if done % _AT_ONCE == 0:
            progress(done, len(rows), "Following the passages")
        yield Followed(
            PassageId(row.id), row.guid, row.coder_id, row.quote, number, (row.start, row.end), False, outcome
        )


def _waiting(r: Reading | Change, source: SourceId, positions: PositionMap) -> Iterator[Followed]:
    """Look anew for passages that wait, each from the text in which it had its place: its words may be back."""
    columns = select(*_COLUMNS, ReviewRow.number, ReviewRow.start, ReviewRow.end, ReviewRow.why)
    rows = columns.join(ReviewRow, ReviewRow.passage_id == PassageRow.id).where(PassageRow.source_id == source)
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in r.conn.execute(rows.order_by(PassageRow.id)):
        groups[row.number].append(row)
    for number, group in groups.items():
        places = [(row.start, row.end) for row in group]
        try:
            since = PositionMap.between(revisions.text(r, source, number), positions.new)
            found = list(outcomes(since, places))
        except NotFound:  # that text was erased for good: nothing is known of these places any more
            found = [Outcome(Fate.REVIEW, why=Why(row.why)) for row in group]
        for row, place, outcome in zip(group, places, found, strict=True):
            yield Followed(PassageId(row.id), row.guid, row.coder_id, row.quote, number, place, True, outcome)


def _apart(found: Iterable[Followed]) -> Iterator[Followed]:
    """Let no two passages of a coder come to stand on the same place unasked: all but one wait.

    The one that stays is the one whose words are unchanged, else the oldest.
    """
    taken: set[tuple[int, Place]] = set()
    for one in sorted(found, key=lambda one: (one.waited, not _unchanged(one), one.passage)):
        place = one.outcome.place
        if place is None or (one.coder, place) not in taken:
            if place is not None:
                taken.add((one.coder, place))
            yield one
        else:
            doubt = Outcome(Fate.REVIEW, why=Why.SAME_PLACE, guess=place, score=1.0)
            yield replace(one, outcome=doubt)


def _unchanged(one: Followed) -> bool:
    place = one.outcome.place
    return place is not None and place[1] - place[0] == len(one.quote)


def told(planned: Plan) -> str:
    """Say in a sentence what becomes of the passages."""
    review = len(planned.those(Fate.REVIEW))
    moved = len(planned.those(Fate.MOVED))
    follow = len(planned.passages) - review
    parts = [f"{follow:,} {'passage follows' if follow == 1 else 'passages follow'} the text"]
    parts += [f"{moved:,} of them to another place"] if moved else []
    parts += [f"{review:,} {'waits' if review == 1 else 'wait'} for review"] if review else []
    return ", ".join(parts[:-1]) + (", and " if len(parts) > 1 else "") + parts[-1] + "."


# ---- actions ---------------------------------------------------------------------------------------------------------


def correct(tx: Change, source: SourceId, text: str, *, file: NewFile | None = None) -> Plan:
    """Give a source another text and let its passages follow. Raises NotFound, InvalidInput."""
    planned = plan(tx, source, text, file=file)
    carry_out(tx, planned)
    return planned


def apply_edits(tx: Change, source: SourceId, edits: Sequence[Edit]) -> Plan:
    """Make known edits in the text of a source; see `plan_edits`. Raises NotFound, InvalidInput."""
    planned = plan_edits(tx, source, edits)
    carry_out(tx, planned)
    return planned


def carry_out(tx: Change, planned: Plan) -> None:
    """Do what was planned. Where the text stays the same, nothing is done.

    Raises Conflict when the source or its passages are not as they were when the plan was made.
    """
    if planned.changes_nothing:
        return
    there = tx.conn.execute(select(SourceRow.__table__).where(SourceRow.id == planned.source)).one_or_none()
    if there is None:
        raise NotFound("This source is not in the project any more.")
    if (there.revision, there.text_sha256) != (planned.revision, planned.sha256):
        raise Conflict("The text was corrected meanwhile.", "Look at it as it is now, and correct it again.")
    add_row(
        tx.conn, RevisionRow, source_id=planned.source, number=there.revision, text_sha256=there.text_sha256,
        original_sha256=there.original_sha256, length=there.length, replaced_by=tx.coder.id, replaced_at=tx.at,
    )  # fmt: skip
    values: dict[str, Any] = {
        "text_sha256": keep_text(tx.conn, planned.text),
        "length": len(planned.text),
        "revision": there.revision + 1,
        "last_read": planned.positions.start(there.last_read),
    }
    if planned.file:
        values |= {
            "original_sha256": keep_content(tx.conn, planned.file.data),
            "original_name": planned.file.name,
            "media_type": planned.file.media_type,
            "encoding": planned.file.encoding,
        }
    tx.conn.execute(update(SourceRow).where(SourceRow.id == planned.source).values(**values))
    _move_passages(tx, planned)
    _move_spans(tx, planned)
    follow_readings(tx, planned.source, planned.positions)


def follow_undone(tx: Change, before: Mapping[SourceId, str]) -> None:
    """Let reading places, which the history does not know, follow a correction that was taken or brought back.

    `before` tells the digest of each source's text until then.
    """
    for source, sha256 in sources.digests(tx).items():
        if before.get(source, sha256) != sha256:
            positions = PositionMap.between(tx.texts.get(tx.conn, before[source]), tx.texts.get(tx.conn, sha256))
            last = tx.conn.scalar(select(SourceRow.last_read).where(SourceRow.id == source)) or 0
            tx.conn.execute(update(SourceRow).where(SourceRow.id == source).values(last_read=positions.start(last)))
            follow_readings(tx, source, positions)


def follow_readings(tx: Change, source: SourceId, positions: PositionMap) -> None:
    """Let the places up to which coders have read follow the text; they are no part of the history."""
    rows = tx.conn.execute(select(ReadingRow.id, ReadingRow.offset).where(ReadingRow.source_id == source)).all()
    for id_, offset in rows:
        place = positions.end(min(offset, len(positions.old)))
        tx.conn.execute(update(ReadingRow).where(ReadingRow.id == id_).values(offset=place))


def hand_over_readings(tx: Change, source: SourceId, positions: PositionMap, *, to: SourceId) -> None:
    """Let another source take over how far one was read; what is known of that one stays, since it may come back."""
    last = tx.conn.scalar(select(SourceRow.last_read).where(SourceRow.id == source)) or 0
    tx.conn.execute(update(SourceRow).where(SourceRow.id == to).values(last_read=positions.start(last)))
    rows = tx.conn.execute(select(ReadingRow.coder_id, ReadingRow.offset).where(ReadingRow.source_id == source)).all()
    if rows:
        values = [{"source_id": to, "coder_id": coder, "offset": offset} for coder, offset in rows]
        tx.conn.execute(insert(ReadingRow), values)
        follow_readings(tx, to, positions)


def _move_passages(tx: Change, planned: Plan) -> None:
    there = {id_ for (id_,) in tx.conn.execute(select(PassageRow.id).where(PassageRow.source_id == planned.source))}
    if there != {one.passage for one in planned.passages}:
        raise Conflict("Passages were made or removed meanwhile.", "Look at the text again, and correct it then.")
    tx.conn.execute(delete(ReviewRow).where(ReviewRow.source_id == planned.source))
    waiting = [one for one in planned.passages if one.outcome.place is None]
    if waiting:
        tx.conn.execute(insert(ReviewRow), [_review(planned.source, one) for one in waiting])
    _put(tx, [(one.passage, None, one.quote) for one in waiting if not one.waited])
    moving = {one.passage: one for one in planned.passages if one.outcome.place and _is_touched(one, planned)}
    _put(tx, _in_turn(moving, planned.text))


def _review(source: SourceId, one: Followed) -> dict[str, Any]:
    guess = one.outcome.guess or (None, None)
    return {
        "passage_id": one.passage, "source_id": source, "number": one.number, "start": one.place[0],
        "end": one.place[1], "why": one.outcome.why, "guess_start": guess[0], "guess_end": guess[1],
        "score": one.outcome.score if one.outcome.guess else None,
    }  # fmt: skip


def _is_touched(one: Followed, planned: Plan) -> bool:
    place = one.outcome.place
    return one.waited or place != one.place or (place is not None and planned.text[slice(*place)] != one.quote)


_Step = tuple[PassageId, Place | None, str]


def _put(tx: Change, steps: Iterable[_Step]) -> None:
    rows = [
        {"passage": passage, "a": place and place[0], "b": place and place[1], "words": quote}
        for passage, place, quote in steps
    ]
    if rows:
        values: dict[str, Any] = {"start": bindparam("a"), "end": bindparam("b"), "quote": bindparam("words")}
        one = update(PassageRow).where(PassageRow.id == bindparam("passage")).values(**values)
        tx.conn.execute(one, rows)


def _in_turn(moving: Mapping[PassageId, Followed], text: str) -> Iterator[_Step]:
    """Order the moves so that none meets a passage of the same coder that still stands where it goes."""
    standing = {(one.coder, one.place): one.passage for one in moving.values() if not one.waited}
    done: set[PassageId] = set()
    for first in moving:
        chain = [first] if first not in done else []
        while chain:
            one = moving[chain[-1]]
            ahead = standing.get((one.coder, one.outcome.place)) if one.outcome.place else None
            if ahead is None or ahead in done or ahead == one.passage:
                break
            if ahead == first:  # they go in a circle: the first steps aside
                yield first, None, moving[first].quote
                break
            chain.append(ahead)
        for passage in reversed(chain):
            done.add(passage)
            place = moving[passage].outcome.place
            if place:
                yield passage, place, text[slice(*place)]


def _move_spans(tx: Change, planned: Plan) -> None:
    """Let headings, pages, speakers follow; those whose words are gone go. What a newer file says anew counts."""
    said_anew = {span.kind.value for span in planned.file.spans} if planned.file else set()
    rows = tx.conn.execute(select(SpanRow.__table__).where(SpanRow.source_id == planned.source)).all()
    going, moved = [], []
    for row in rows:
        place = planned.positions.stretch(row.start, row.end, least=0 if row.kind in _BY_PLACE else LEAST)
        if row.kind in said_anew:
            place = None
        if place is None:
            going.append({"span": row.id})
        elif place != (row.start, row.end):
            moved.append({"span": row.id, "a": place[0], "b": place[1]})
    here = SpanRow.id == bindparam("span")
    if going:
        tx.conn.execute(delete(SpanRow).where(here), going)
    if moved:
        values: dict[str, Any] = {"start": bindparam("a"), "end": bindparam("b")}
        tx.conn.execute(update(SpanRow).where(here).values(**values), moved)
    if planned.file and planned.file.spans:
        tx.conn.execute(insert(SpanRow), [
            {"source_id": planned.source, "kind": span.kind.value, "start": span.start, "end": span.end,
             "value": span.value}
            for span in planned.file.spans
        ])  # fmt: skip
