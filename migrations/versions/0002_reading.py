"""How far each coder has read each source; private to the coder, and no change of the project."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.CheckConstraint('"offset" >= 0', name=op.f("ck_reading_offset")),
        sa.ForeignKeyConstraint(
            ["coder_id"],
            ["coder.id"],
            name=op.f("fk_reading_coder_id_coder"),
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("source_id", "coder_id", name=op.f("uq_reading_source_id_coder_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reading_coder_id"), "reading", ["coder_id"])
