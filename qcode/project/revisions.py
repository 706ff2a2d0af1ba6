"""The texts that a source had before it was corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from qcode.errors import NotFound
from qcode.model import CoderRow, RevisionRow, SourceRow
from qcode.project import sources

if TYPE_CHECKING:
    from qcode.model.values import SourceId
    from qcode.project.transaction import Change, Reading


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that a source had until it was corrected, when (UTC) and by whom; `length` in code points."""

    number: int
    length: int
    sha256: str
    replaced_by: str
    replaced_at: datetime


def listing(r: Reading | Change, source: SourceId) -> list[Revision]:
    """List the earlier texts of a source, the oldest first; the one it has now is not among them."""
    columns = select(
        RevisionRow.number, RevisionRow.length, RevisionRow.text_sha256, CoderRow.name, RevisionRow.replaced_at
    ).outerjoin(CoderRow, CoderRow.id == RevisionRow.replaced_by)
    rows = r.conn.execute(columns.where(RevisionRow.source_id == source).order_by(RevisionRow.number))
    return [Revision(number, length, sha256, name or "", at) for number, length, sha256, name, at in rows]


def text(r: Reading | Change, source: SourceId, number: int) -> str:
    """Fetch a text of a source by its number, from 1; the highest is the one it has now.

    Raises NotFound when there is none of this number, or when it was erased for good.
    """
    digest = select(RevisionRow.text_sha256).where(RevisionRow.source_id == source, RevisionRow.number == number)
    sha256 = r.conn.scalar(digest)
    if sha256 is not None:
        return r.texts.get(r.conn, sha256)
    last = r.conn.scalar(select(SourceRow.revision).where(SourceRow.id == source))
    if number == last:
        return sources.text(r, source)
    if last is None:
        raise NotFound("This source is not in the project any more.")
    raise NotFound(f"The source has no revision {number}.", f"It has revisions 1 to {last}." if last > 1 else "")
