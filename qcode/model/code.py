"""Codes: labels with definitions; together, the codebook."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import AUTOINCREMENT, Base, Guid, RowId, Words, refers

_TOP = text("parent_id IS NULL")


class CodeRow(Base):
    """A code, or a group that only holds others (`is_codable` is false)."""

    __tablename__ = "code"
    __table_args__ = (
        UniqueConstraint("parent_id", "name"),
        # NULL is unlike NULL, so two top codes of one name would get past the constraint above.
        Index("uq_code_top_name", "name", unique=True, sqlite_where=_TOP),
        AUTOINCREMENT,
    )

    id: Mapped[RowId]
    guid: Mapped[Guid]
    parent_id: Mapped[int | None] = mapped_column(refers("code.id"))
    name: Mapped[str]
    color: Mapped[str] = mapped_column(String(7))
    is_codable: Mapped[bool]
    position: Mapped[int]
    shortcut: Mapped[Words]
    short_definition: Mapped[Words]
    definition: Mapped[Words]
    when_to_use: Mapped[Words]
    when_not_to_use: Mapped[Words]
    boundary: Mapped[Words]
    example: Mapped[Words]
    near_miss: Mapped[Words]
    origin: Mapped[Words]
    theory_reference: Mapped[Words]
    memo: Mapped[Words]
    created_by: Mapped[int | None] = mapped_column(refers("coder.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    modified_at: Mapped[datetime]
