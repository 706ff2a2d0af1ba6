"""An index that finds the codings of a passage: to remove one, SQLite went through all codings of its source."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.drop_index(op.f("ix_coding_source"), "coding")
    op.create_index(op.f("ix_coding_source_passage"), "coding", ["source_id", "passage_id"])
