"""What passages say in another language, and who translated them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from qcode.errors import NotFound
from qcode.model import PassageRow
from qcode.model.values import PassageId
from qcode.project import fields
from qcode.project.passages import FEW
from qcode.project.transaction import Change, Reading


def of_passages(r: Reading | Change, passages: Iterable[PassageId]) -> dict[PassageId, tuple[str, str]]:
    """Give the translation and its translator of those of some passages that have one."""
    wanted = set(passages)
    rows = select(PassageRow.id, PassageRow.translation, PassageRow.translator).where(PassageRow.translation != "")
    if len(wanted) <= FEW:
        rows = rows.where(PassageRow.id.in_(wanted))
    return {PassageId(row.id): (row.translation, row.translator) for row in r.conn.execute(rows) if row.id in wanted}


def write(tx: Change, passage: PassageId, translation: str) -> None:
    """Keep what a passage says in another language; "" takes it away. Raises NotFound when the passage is gone."""
    _set(tx, passage, translation=translation)


def name_translator(tx: Change, passage: PassageId, translator: str) -> None:
    """Keep who translated a passage. Raises NotFound when the passage is gone."""
    _set(tx, passage, translator=translator)


def _set(tx: Change, passage: PassageId, **given: str) -> None:
    values = {field: fields.words(value, field) for field, value in given.items()}
    if tx.conn.execute(update(PassageRow).where(PassageRow.id == passage).values(**values)).rowcount == 0:
        raise NotFound("This passage is not in the project any more.")
