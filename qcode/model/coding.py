"""Codings: one code applied to one passage by one coder."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import AUTOINCREMENT, Base, Guid, RowId, Words, refers


class CodingRow(Base):
    """A code on a passage, with the reason; the source stands here too, so that counts need no join."""

    __tablename__ = "coding"
    __table_args__ = (
        UniqueConstraint("passage_id", "code_id", "coder_id"),
        ForeignKeyConstraint(
            ["passage_id", "source_id"],
            ["passage.id", "passage.source_id"],
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        Index("ix_coding_code_source_coder", "code_id", "source_id", "coder_id"),
        # Both columns of the reference above, or SQLite looks through all codings of a source when a passage goes.
        Index("ix_coding_source_passage", "source_id", "passage_id"),
        AUTOINCREMENT,
    )

    id: Mapped[RowId]
    guid: Mapped[Guid]
    passage_id: Mapped[int]
    source_id: Mapped[int]
    code_id: Mapped[int] = mapped_column(refers("code.id"))
    coder_id: Mapped[int] = mapped_column(refers("coder.id"), index=True)
    reason: Mapped[Words]
    created_at: Mapped[datetime]
