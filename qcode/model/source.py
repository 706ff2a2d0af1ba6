"""Sources, their folders, and the stretches of their texts that carry meaning."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import AUTOINCREMENT, UNTRACKED, Base, Guid, RowId, Words, check, refers

_TOP = text("parent_id IS NULL")


class FolderRow(Base):
    """A folder that sources are kept in; folders nest."""

    __tablename__ = "folder"
    __table_args__ = (
        UniqueConstraint("parent_id", "name"),
        # NULL is unlike NULL, so two top folders of one name would get past the constraint above.
        Index("uq_folder_top_name", "name", unique=True, sqlite_where=_TOP),
        AUTOINCREMENT,
    )

    id: Mapped[RowId]
    guid: Mapped[Guid]
    parent_id: Mapped[int | None] = mapped_column(refers("folder.id"))
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0, server_default="0")


class SourceRow(Base):
    """A text to be coded. Its words and its original bytes are kept apart, by their digests, and never change."""

    __tablename__ = "source"
    __table_args__ = (check("length >= 0", "length"), check("revision >= 1", "revision"), AUTOINCREMENT)

    id: Mapped[RowId]
    guid: Mapped[Guid]
    folder_id: Mapped[int | None] = mapped_column(refers("folder.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Words]
    cite_as: Mapped[Words]
    kind: Mapped[str] = mapped_column(String(16), default="text", server_default="text")
    original_name: Mapped[Words]
    media_type: Mapped[Words]
    encoding: Mapped[Words]
    language: Mapped[Words]
    direction: Mapped[Words]
    length: Mapped[int]
    original_sha256: Mapped[str] = mapped_column(String(64), ForeignKey("content.sha256"), index=True)
    text_sha256: Mapped[str] = mapped_column(String(64), ForeignKey("text.sha256"), index=True)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    created_by: Mapped[int | None] = mapped_column(refers("coder.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    last_read: Mapped[int] = mapped_column(default=0, server_default="0", info=UNTRACKED)
    position: Mapped[int] = mapped_column(default=0, server_default="0")


class SpanRow(Base):
    """A heading, emphasis, page, speaker ... of a source's text; offsets in code points, half-open."""

    __tablename__ = "source_span"
    __table_args__ = (
        check('0 <= start AND start <= "end"', "span"),
        Index("ix_source_span_place", "source_id", "start"),
        AUTOINCREMENT,
    )

    id: Mapped[RowId]
    source_id: Mapped[int] = mapped_column(refers("source.id"))
    kind: Mapped[str] = mapped_column(String(16))
    start: Mapped[int]
    end: Mapped[int]
    value: Mapped[Words]
