"""Indexes that undo needs: what stands on a passage, and the last change of a kind by a coder.

To remove a passage, SQLite went through all codings of its source, since the index on the source alone was preferred.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.drop_index(op.f("ix_coding_source"), "coding")
    op.create_index(op.f("ix_coding_source_passage"), "coding", ["source_id", "passage_id"])
    op.create_index(op.f("ix_change_kind_coder"), "change", ["kind", "coder"])
