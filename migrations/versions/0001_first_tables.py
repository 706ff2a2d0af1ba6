"""The tables that every project begins with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TOP = sa.text("parent_id IS NULL")


def upgrade() -> None:
    _make_ledger()
    _make_contents()
    _make_project()
    _make_folders()
    _make_sources()
    _make_codes()
    _make_passages()


def _make_ledger() -> None:
    """Record finished actions, the rows that each touched, and which action is open."""
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("coder", sa.String(length=36), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("root", sa.Integer(), nullable=False),
        _words("reason"),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["undoes"], ["change.id"], name=op.f("fk_change_undoes_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("undoes", name=op.f("uq_change_undoes")),
    )
    op.create_index(op.f("ix_change_coder"), "change", ["coder"])
    op.create_table(
        "change_row",
        _row_id("seq"),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("tbl", sa.String(length=32), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.String(length=1), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change_row")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_row_place", "change_row", ["row_id", "tbl"])
    op.create_table(
        "open_change",
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["change.id"],
            name=op.f("fk_open_change_change_id_change"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_open_change")),
    )


def _make_contents() -> None:
    """Keep texts and original bytes once each, by their digests."""
    op.create_table(
        "content",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("erased_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_content")),
    )
    op.create_table(
        "text",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_text")),
    )


def _make_project() -> None:
    """Keep who codes, and what the project is called."""
    op.create_table(
        "coder",
        _row_id("id"),
        _guid(),
        sa.Column("name", sa.Text(), nullable=False),
        _words("color"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coder")),
        sa.UniqueConstraint("guid", name=op.f("uq_coder_guid")),
        sa.UniqueConstraint("name", name=op.f("uq_coder_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "project",
        _row_id("id"),
        _guid(),
        _words("name"),
        sa.Column("coder_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _refers("coder_id", "coder.id", "fk_project_coder_id_coder", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("guid", name=op.f("uq_project_guid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_project_coder_id"), "project", ["coder_id"])


def _make_folders() -> None:
    """Keep the folders of sources."""
    op.create_table(
        "folder",
        _row_id("id"),
        _guid(),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        _refers("parent_id", "folder.id", "fk_folder_parent_id_folder"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder")),
        sa.UniqueConstraint("guid", name=op.f("uq_folder_guid")),
        sa.UniqueConstraint("parent_id", "name", name=op.f("uq_folder_parent_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_folder_top_name", "folder", ["name"], unique=True, sqlite_where=_TOP, postgresql_where=_TOP)


def _make_sources() -> None:
    """Keep sources, and the stretches of their texts that carry meaning."""
    op.create_table(
        "source",
        _row_id("id"),
        _guid(),
        sa.Column("folder_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        _words("title"),
        _words("cite_as"),
        sa.Column("kind", sa.String(length=16), server_default="text", nullable=False),
        _words("original_name"),
        _words("media_type"),
        _words("encoding"),
        _words("language"),
        _words("direction"),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_read", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("length >= 0", name=op.f("ck_source_length")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_source_revision")),
        _refers("created_by", "coder.id", "fk_source_created_by_coder", ondelete="SET NULL"),
        _refers("folder_id", "folder.id", "fk_source_folder_id_folder", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["original_sha256"], ["content.sha256"], name=op.f("fk_source_original_sha256_content")
        ),
        sa.ForeignKeyConstraint(["text_sha256"], ["text.sha256"], name=op.f("fk_source_text_sha256_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("guid", name=op.f("uq_source_guid")),
        sa.UniqueConstraint("name", name=op.f("uq_source_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_source_created_by"), "source", ["created_by"])
    op.create_index(op.f("ix_source_folder_id"), "source", ["folder_id"])
    op.create_index(op.f("ix_source_original_sha256"), "source", ["original_sha256"])
    op.create_index(op.f("ix_source_text_sha256"), "source", ["text_sha256"])
    op.create_table(
        "source_span",
        _row_id("id"),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        _words("value"),
        sa.CheckConstraint('0 <= start AND start <= "end"', name=op.f("ck_source_span_span")),
        _refers("source_id", "source.id", "fk_source_span_source_id_source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_span")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_source_span_place", "source_span", ["source_id", "start"])


def _make_codes() -> None:
    """Keep the codebook."""
    op.create_table(
        "code",
        _row_id("id"),
        _guid(),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.String(length=7), nullable=False),
        sa.Column("is_codable", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _words("shortcut"),
        _words("short_definition"),
        _words("definition"),
        _words("when_to_use"),
        _words("when_not_to_use"),
        _words("boundary"),
        _words("example"),
        _words("near_miss"),
        _words("origin"),
        _words("theory_reference"),
        _words("memo"),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("modified_at", sa.DateTime(), nullable=False),
        _refers("created_by", "coder.id", "fk_code_created_by_coder", ondelete="SET NULL"),
        _refers("parent_id", "code.id", "fk_code_parent_id_code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
        sa.UniqueConstraint("guid", name=op.f("uq_code_guid")),
        sa.UniqueConstraint("parent_id", "name", name=op.f("uq_code_parent_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_code_created_by"), "code", ["created_by"])
    op.create_index("uq_code_top_name", "code", ["name"], unique=True, sqlite_where=_TOP, postgresql_where=_TOP)


def _make_passages() -> None:
    """Keep passages, and the codes applied to them."""
    op.create_table(
        "passage",
        _row_id("id"),
        _guid(),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        _words("comment"),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint('0 <= start AND start < "end"', name=op.f("ck_passage_span")),
        _refers("coder_id", "coder.id", "fk_passage_coder_id_coder"),
        _refers("source_id", "source.id", "fk_passage_source_id_source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("guid", name=op.f("uq_passage_guid")),
        sa.UniqueConstraint("id", "source_id", name=op.f("uq_passage_id_source_id")),
        sa.UniqueConstraint(
            "source_id", "start", "end", "coder_id", name=op.f("uq_passage_source_id_start_end_coder_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_passage_coder_id"), "passage", ["coder_id"])
    op.create_table(
        "coding",
        _row_id("id"),
        _guid(),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        _words("reason"),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _refers("code_id", "code.id", "fk_coding_code_id_code"),
        _refers("coder_id", "coder.id", "fk_coding_coder_id_coder"),
        sa.ForeignKeyConstraint(
            ["passage_id", "source_id"],
            ["passage.id", "passage.source_id"],
            name=op.f("fk_coding_passage_id_source_id_passage"),
            ondelete="CASCADE",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
        sa.UniqueConstraint("guid", name=op.f("uq_coding_guid")),
        sa.UniqueConstraint("passage_id", "code_id", "coder_id", name=op.f("uq_coding_passage_id_code_id_coder_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_coding_code_source_coder", "coding", ["code_id", "source_id", "coder_id"])
    op.create_index(op.f("ix_coding_coder_id"), "coding", ["coder_id"])
    op.create_index("ix_coding_source", "coding", ["source_id"])


def _row_id(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _guid() -> sa.Column[str]:
    return sa.Column("guid", sa.String(36), nullable=False)


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _refers(column: str, target: str, name: str, *, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    """Point at another table; checked at once unless an undo defers it."""
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(name), ondelete=ondelete, deferrable=True, initially="IMMEDIATE"
    )
