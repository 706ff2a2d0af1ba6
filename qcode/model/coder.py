"""The people who code."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import AUTOINCREMENT, Base, Guid, RowId, Words


class CoderRow(Base):
    """A person who codes, asked for a name once."""

    __tablename__ = "coder"
    __table_args__ = (AUTOINCREMENT,)

    id: Mapped[RowId]
    guid: Mapped[Guid]
    name: Mapped[str] = mapped_column(unique=True)
    color: Mapped[Words]
