"""Passages: highlighted stretches of sources."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import AUTOINCREMENT, Base, Guid, RowId, Words, check, refers


class PassageRow(Base):
    """A stretch of a source by one coder; offsets in code points, half-open; `quote` equals the text there.

    While a passage waits for review (its text was corrected and its words were not found again) it has no place:
    `start` and `end` are NULL, and `quote` holds its words as they were.
    """

    __tablename__ = "passage"
    __table_args__ = (
        UniqueConstraint("source_id", "start", "end", "coder_id"),
        UniqueConstraint("id", "source_id"),  # what the composite key of a coding points at
        check('0 <= start AND start < "end" AND (start IS NULL) = ("end" IS NULL)', "span"),
        AUTOINCREMENT,
    )

    id: Mapped[RowId]
    guid: Mapped[Guid]
    source_id: Mapped[int] = mapped_column(refers("source.id"))
    # Typed as whoever asks sees them: questions about places leave out the passages that have none.
    start: Mapped[int] = mapped_column(nullable=True)
    end: Mapped[int] = mapped_column(nullable=True)
    quote: Mapped[str]
    coder_id: Mapped[int] = mapped_column(refers("coder.id"), index=True)
    comment: Mapped[Words]
    created_at: Mapped[datetime]
    translation: Mapped[Words]
    translator: Mapped[Words]
