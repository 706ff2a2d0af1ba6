"""The project itself: one row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import AUTOINCREMENT, Base, Guid, RowId, Words, refers


class ProjectRow(Base):
    """What the file is called, and who codes in it now."""

    __tablename__ = "project"
    __table_args__ = (AUTOINCREMENT,)

    id: Mapped[RowId]
    guid: Mapped[Guid]
    name: Mapped[Words]
    coder_id: Mapped[int | None] = mapped_column(refers("coder.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
