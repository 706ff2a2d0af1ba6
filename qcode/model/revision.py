"""What a source was before its text was corrected, and the passages that wait to be given a place in the new text."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcode.model.base import AUTOINCREMENT, Base, RowId, check, refers


class RevisionRow(Base):
    """A text that a source had until a correction; the source itself points at the newest."""

    __tablename__ = "source_revision"
    __table_args__ = (UniqueConstraint("source_id", "number"), check("number >= 1", "number"), AUTOINCREMENT)

    id: Mapped[RowId]
    source_id: Mapped[int] = mapped_column(refers("source.id"))
    number: Mapped[int]
    text_sha256: Mapped[str] = mapped_column(String(64), ForeignKey("text.sha256"), index=True)
    original_sha256: Mapped[str] = mapped_column(String(64), ForeignKey("content.sha256"), index=True)
    length: Mapped[int]
    replaced_by: Mapped[int | None] = mapped_column(refers("coder.id", ondelete="SET NULL"), index=True)
    replaced_at: Mapped[datetime]


class ReviewRow(Base):
    """A passage whose words were not found again for certain: where it stood, and the best guess where it belongs.

    `number` names the revision in which it had the place `start` to `end`; the guess, with a score from 0 to 1, is a
    place in the text as it stands. Offsets in code points, half-open.
    """

    __tablename__ = "review"
    __table_args__ = (
        check('0 <= start AND start < "end"', "span"),
        check("(guess_start IS NULL) = (guess_end IS NULL)", "guess"),
        AUTOINCREMENT,
    )

    id: Mapped[RowId]
    passage_id: Mapped[int] = mapped_column(refers("passage.id"), unique=True)
    source_id: Mapped[int] = mapped_column(refers("source.id"), index=True)
    number: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    why: Mapped[str] = mapped_column(String(16))
    guess_start: Mapped[int | None]
    guess_end: Mapped[int | None]
    score: Mapped[float | None]
