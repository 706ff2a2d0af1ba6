"""How far each coder has read."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import AUTOINCREMENT, Base, RowId, check, refers


class ReadingRow(Base):
    """The place up to which a coder has read a source: theirs alone, and no change of the project.

    The source is named by its id without a reference: when its removal is undone, the place is still known. Ids are
    never given twice.
    """

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("source_id", "coder_id"), check('"offset" >= 0', "offset"), AUTOINCREMENT)

    id: Mapped[RowId]
    source_id: Mapped[int]
    coder_id: Mapped[int] = mapped_column(refers("coder.id"), index=True)
    offset: Mapped[int]
