"""Variables: typed fields of sources, and the value that each source has."""

from __future__ import annotations

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import AUTOINCREMENT, Base, Guid, RowId, Words, refers


class VariableRow(Base):
    """A field that sources have a value for: age, place, round."""

    __tablename__ = "variable"
    __table_args__ = (AUTOINCREMENT,)

    id: Mapped[RowId]
    guid: Mapped[Guid]
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(16), default="text", server_default="text")
    description: Mapped[Words]
    position: Mapped[int] = mapped_column(default=0, server_default="0")


class VariableValueRow(Base):
    """The value of a variable for one source, as text; there is no row where there is no value."""

    __tablename__ = "variable_value"
    __table_args__ = (UniqueConstraint("variable_id", "source_id"), AUTOINCREMENT)

    id: Mapped[RowId]
    variable_id: Mapped[int] = mapped_column(refers("variable.id"))
    source_id: Mapped[int] = mapped_column(refers("source.id"), index=True)
    value: Mapped[str]
