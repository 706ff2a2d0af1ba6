"""Texts and original bytes: immutable, kept once by their digest, outside the ledger.

Content can be erased for good (an interview withdrawn): the row stays with its digest as a tombstone, its words go.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import Base


class ContentRow(Base):
    """The bytes of a file as it came."""

    __tablename__ = "content"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    erased_at: Mapped[datetime | None]


class TextRow(Base):
    """A canonical text; `length` in code points, the digest over its UTF-8 bytes."""

    __tablename__ = "text"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    length: Mapped[int]
    text: Mapped[str | None]
    erased_at: Mapped[datetime | None]
