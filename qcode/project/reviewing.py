"""The passages that wait for a place, since their text was corrected and it is not sure where they belong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qcode.errors import InvalidInput, NotFound
from qcode.model import PassageRow, ReviewRow
from qcode.model.values import PassageId, SourceId
from qcode.project import passages
from qcode.text.anchor import Why

if TYPE_CHECKING:
    from qcode.project.transaction import Change, Reading
    from qcode.text.positions import Place


@dataclass(frozen=True, slots=True)
class Waiting:
    """A passage that waits: where it stood in revision `number` of its source, why it waits, and the best guess.

    Places in code points, half-open; the score goes up to 1.
    """

    passage: PassageId
    guid: str
    source: SourceId
    quote: str
    number: int
    place: Place
    why: Why
    guess: Place | None
    score: float | None


_WAITING = select(
    ReviewRow.passage_id,
    PassageRow.guid,
    ReviewRow.source_id,
    PassageRow.quote,
    ReviewRow.number,
    ReviewRow.start,
    ReviewRow.end,
    ReviewRow.why,
    ReviewRow.guess_start,
    ReviewRow.guess_end,
    ReviewRow.score,
).join(PassageRow, PassageRow.id == ReviewRow.passage_id)


def listing(r: Reading | Change, source: SourceId | None = None) -> list[Waiting]:
    """List the passages that wait, by source, then in the order in which they stood."""
    rows = _WAITING.order_by(ReviewRow.source_id, ReviewRow.start, ReviewRow.end.desc(), ReviewRow.id)
    found = r.conn.execute(rows if source is None else rows.where(ReviewRow.source_id == source))
    return [_waiting(*row) for row in found]


def count(r: Reading | Change) -> dict[SourceId, int]:
    """Count the passages that wait, by source."""
    rows = select(ReviewRow.source_id, func.count()).group_by(ReviewRow.source_id)
    return {SourceId(source): waiting for source, waiting in r.conn.execute(rows)}


def get(r: Reading | Change, passage: PassageId) -> Waiting:
    """Fetch one passage that waits. Raises NotFound when it does not (any more)."""
    row = r.conn.execute(_WAITING.where(ReviewRow.passage_id == passage)).one_or_none()
    if row is None:
        raise NotFound("This passage does not wait for review any more.")
    return _waiting(*row)


def accept(tx: Change, passage: PassageId) -> None:
    """Give a passage the place that was guessed. Raises NotFound, or InvalidInput when there is no guess."""
    guess = get(tx, passage).guess
    if guess is None:
        raise InvalidInput(
            "There is no guess where this passage belongs.", "Select its words in the text, and place it."
        )
    passages.resize(tx, passage, *guess)


def place(tx: Change, passage: PassageId, start: int, end: int) -> None:
    """Give a passage a place of one's own choice; where its coder has a passage already, the two become one.

    Raises NotFound when it does not wait, InvalidInput for a range that is empty or not in the text.
    """
    get(tx, passage)
    passages.resize(tx, passage, start, end)


def _waiting(  # noqa: PLR0917 - the columns of _WAITING, in their order
    passage: int, guid: str, source: int, quote: str, number: int, start: int, end: int, why: str,
    guess_start: int | None, guess_end: int | None, score: float | None,
) -> Waiting:  # fmt: skip
    guess = None if guess_start is None or guess_end is None else (guess_start, guess_end)
    return Waiting(PassageId(passage), guid, SourceId(source), quote, number, (start, end), Why(why), guess, score)
