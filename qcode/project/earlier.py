"""The earlier texts in which passages that wait for review had their place, and replacing words in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from qcode.errors import Conflict
from qcode.model import PassageRow, ReviewRow, RevisionRow, SourceRow
from qcode.model.values import SourceId
from qcode.project.texts import keep_text
from qcode.text import canonical
from qcode.text.positions import Edit, PositionMap
from qcode.text.stretches import Stretch

if TYPE_CHECKING:
    from qcode.project.transaction import Change, Reading


@dataclass(frozen=True, slots=True)
class Home:
    """An earlier text, by the number of its revision and its digest, and where those stood in it that wait now.

    Places in code points, half-open; `name` is that of the source.
    """

    source: SourceId
    name: str
    number: int
    sha256: str
    places: tuple[Stretch, ...]

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a stretch of the text shares a character with a passage that waits."""
        return any(start < place[1] and place[0] < end for place in self.places)


def homes(r: Reading | Change) -> list[Home]:
    """List the earlier texts in which passages wait, by source, then from the oldest on; some may be erased."""
    columns = select(SourceRow.id, SourceRow.name, RevisionRow.number, RevisionRow.text_sha256)
    rows = (
        columns.add_columns(ReviewRow.start, ReviewRow.end)
        .join(RevisionRow, RevisionRow.source_id == SourceRow.id)
        .join(ReviewRow, (ReviewRow.source_id == RevisionRow.source_id) & (ReviewRow.number == RevisionRow.number))
        .order_by(SourceRow.id, RevisionRow.number, ReviewRow.start)
    )
    places: dict[tuple[int, str, int, str], list[Stretch]] = defaultdict(list)
    for *home, start, end in r.conn.execute(rows):
        places[tuple(home)].append((start, end))
    return [
        Home(SourceId(source), name, number, sha256, tuple(there))
        for (source, name, number, sha256), there in places.items()
    ]


def replace(tx: Change, source: SourceId, number: int, sha256: str, edits: Sequence[Edit]) -> None:
    """Make known edits in an earlier text; the passages that wait in it have their words from the edited one.

    Raises Conflict when it is not the text of that digest any more.
    """
    here = RevisionRow.source_id == source, RevisionRow.number == number
    if tx.conn.scalar(select(RevisionRow.text_sha256).where(*here)) != sha256:
        raise Conflict("An earlier text was changed or taken away meanwhile.", "Look for the names once more.")
    clean = [(start, end, canonical.clean(words)[0]) for start, end, words in edits]
    positions = PositionMap.told(tx.texts.get(tx.conn, sha256), clean)
    new = {"text_sha256": keep_text(tx.conn, positions.new), "length": len(positions.new)}
    tx.conn.execute(update(RevisionRow).where(*here).values(**new))
    _move_waiting(tx, source, number, positions)


def _move_waiting(tx: Change, source: SourceId, number: int, positions: PositionMap) -> None:
    """Let the passages that wait in an earlier text follow known edits; others stay as they are."""
    waiting = select(ReviewRow.passage_id, PassageRow.quote, ReviewRow.start, ReviewRow.end)
    waiting = waiting.join(PassageRow, PassageRow.id == ReviewRow.passage_id)
    moved, said = [], []
    for passage, quote, *place in tx.conn.execute(
        waiting.where(ReviewRow.source_id == source, ReviewRow.number == number)
    ):
        there = [positions.start(place[0]), positions.end(place[1])]
        if there != place:
            moved.append({"passage": passage, "a": there[0], "b": there[1]})
        if (words := positions.new[slice(*there)]) != quote:
            said.append({"passage": passage, "words": words})
    if moved:
        stands: dict[str, Any] = {"start": bindparam("a"), "end": bindparam("b")}
        tx.conn.execute(update(ReviewRow).where(ReviewRow.passage_id == bindparam("passage")).values(**stands), moved)
    if said:
        says: dict[str, Any] = {"quote": bindparam("words")}
        tx.conn.execute(update(PassageRow).where(PassageRow.id == bindparam("passage")).values(**says), said)
