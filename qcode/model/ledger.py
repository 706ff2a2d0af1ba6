"""The ledger's own tables: what was changed, when, by whom and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import AUTOINCREMENT, Base, Digest, RowId, Words


class ChangeRow(Base):
    """One finished action. Its rows in change_row are those with after < seq <= upto."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_kind_coder", "kind", "coder"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    coder: Mapped[str] = mapped_column(String(36), index=True)  # the coder's guid: it stays when a coder is renamed
    label: Mapped[str]
    kind: Mapped[str] = mapped_column(String(8))
    undoes: Mapped[int | None] = mapped_column(ForeignKey("change.id"), unique=True)
    root: Mapped[int]  # the first of a chain of do, undo, redo
    reason: Mapped[Words]
    after: Mapped[int]
    upto: Mapped[int]
    state: Mapped[Digest]  # of the rows it touched, as it left them
    hash: Mapped[Digest]  # of all this, its rows, and the change before


class ChangedRow(Base):
    """One row that a change touched: for an insert its id, else the row as it was before (JSON).

    When its content is erased, `old` goes and `digest` keeps what the chain needs.
    """

    __tablename__ = "change_row"
    # The row first: an index that began with the table would be chosen over the key for the rows of one change.
    __table_args__ = (Index("ix_change_row_place", "row_id", "tbl"), AUTOINCREMENT)

    seq: Mapped[RowId]
    change_id: Mapped[int]
    tbl: Mapped[str] = mapped_column(String(32))
    row_id: Mapped[int]
    op: Mapped[str] = mapped_column(String(1))
    old: Mapped[str | None]
    digest: Mapped[str | None] = mapped_column(String(64))


class OpenChange(Base):
    """One row: it names the open change to the triggers, lets one writer in, and keeps an unclosed change from
    committing (its deferred key finds no change)."""

    __tablename__ = "open_change"

    one: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("change.id", deferrable=True, initially="DEFERRED"))
