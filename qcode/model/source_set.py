"""Sets of sources: a source lies in one folder, and in any number of sets."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import AUTOINCREMENT, Base, Guid, RowId, refers


class SourceSetRow(Base):
    """Sources that belong together for a question, whatever folder they lie in."""

    __tablename__ = "source_set"
    __table_args__ = (AUTOINCREMENT,)

    id: Mapped[RowId]
    guid: Mapped[Guid]
    name: Mapped[str] = mapped_column(unique=True)


class SetMemberRow(Base):
    """A source that is in a set."""

    __tablename__ = "source_set_member"
    __table_args__ = (UniqueConstraint("set_id", "source_id"), AUTOINCREMENT)

    id: Mapped[RowId]
    set_id: Mapped[int] = mapped_column(refers("source_set.id"))
    source_id: Mapped[int] = mapped_column(refers("source.id"), index=True)
