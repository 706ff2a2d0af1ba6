"""Corrected texts with the passages that wait for review, translations, variables, sets and an order of sources."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TOUCHES = ("passage", "source")


def upgrade() -> None:
    op.add_column("source", sa.Column("position", sa.Integer(), server_default="0", nullable=False))
    _let_passages_wait()
    _make_revisions()
    _make_variables()
    _make_sets()


def _let_passages_wait() -> None:
    """A passage that waits for review has no place in its text; it may carry a translation."""
    passage = sa.Table(
        "passage",
        sa.MetaData(),
        _row_id(),
        _guid(),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        _words("comment"),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            '0 <= start AND start < "end" AND (start IS NULL) = ("end" IS NULL)', name=op.f("ck_passage_span")
        ),
        _refers("passage", "coder_id", "coder"),
        _refers("passage", "source_id", "source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("guid", name=op.f("uq_passage_guid")),
        sa.UniqueConstraint("id", "source_id", name=op.f("uq_passage_id_source_id")),
        sa.UniqueConstraint(
            "source_id", "start", "end", "coder_id", name=op.f("uq_passage_source_id_start_end_coder_id")
        ),
        sa.Index(op.f("ix_passage_coder_id"), "coder_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("passage", recreate="always", copy_from=passage) as batch:
        batch.add_column(_words("translation"))
        batch.add_column(_words("translator"))


def _make_revisions() -> None:
    """Keep what a source was before a correction, and which passages wait for a place."""
    op.create_table(
        "source_revision",
        _row_id(),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_source_revision_number")),
        _refers("source_revision", "source_id", "source"),
        _refers("source_revision", "replaced_by", "coder", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["text_sha256"], ["text.sha256"], name=op.f("fk_source_revision_text_sha256_text")),
        sa.ForeignKeyConstraint(
            ["original_sha256"], ["content.sha256"], name=op.f("fk_source_revision_original_sha256_content")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_revision")),
        sa.UniqueConstraint("source_id", "number", name=op.f("uq_source_revision_source_id_number")),
        sqlite_autoincrement=True,
    )
    for column in ("text_sha256", "original_sha256", "replaced_by"):
        op.create_index(op.f(f"ix_source_revision_{column}"), "source_revision", [column])
    op.create_table(
        "review",
        _row_id(),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("guess_start", sa.Integer(), nullable=True),
        sa.Column("guess_end", sa.Integer(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.CheckConstraint('0 <= start AND start < "end"', name=op.f("ck_review_span")),
        sa.CheckConstraint("(guess_start IS NULL) = (guess_end IS NULL)", name=op.f("ck_review_guess")),
        _refers("review", "passage_id", "passage"),
        _refers("review", "source_id", "source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("passage_id", name=op.f("uq_review_passage_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_review_source_id"), "review", ["source_id"])


def _make_variables() -> None:
    op.create_table(
        "variable",
        _row_id(),
        _guid(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), server_default="text", nullable=False),
        _words("description"),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variable")),
        sa.UniqueConstraint("guid", name=op.f("uq_variable_guid")),
        sa.UniqueConstraint("name", name=op.f("uq_variable_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "variable_value",
        _row_id(),
        sa.Column("variable_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _refers("variable_value", "variable_id", "variable"),
        _refers("variable_value", "source_id", "source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variable_value")),
        sa.UniqueConstraint("variable_id", "source_id", name=op.f("uq_variable_value_variable_id_source_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_variable_value_source_id"), "variable_value", ["source_id"])


def _make_sets() -> None:
    op.create_table(
        "source_set",
        _row_id(),
        _guid(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_set")),
        sa.UniqueConstraint("guid", name=op.f("uq_source_set_guid")),
        sa.UniqueConstraint("name", name=op.f("uq_source_set_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "source_set_member",
        _row_id(),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        _refers("source_set_member", "set_id", "source_set"),
        _refers("source_set_member", "source_id", "source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_set_member")),
        sa.UniqueConstraint("set_id", "source_id", name=op.f("uq_source_set_member_set_id_source_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_source_set_member_source_id"), "source_set_member", ["source_id"])


def _row_id() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _guid() -> sa.Column[Any]:
    return sa.Column("guid", sa.String(length=36), nullable=False)


def _words(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _refers(table: str, column: str, target: str, *, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete=ondelete,
        deferrable=True,
        initially="IMMEDIATE",
    )
