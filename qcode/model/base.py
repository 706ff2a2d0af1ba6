"""What all tables share: the metadata, the naming of constraints, integer keys and references."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, MetaData, String, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.schema import CreateIndex

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    """The root of all tables; rows are read and written with Core statements, never with a Session.

    Undo rewrites rows below any object that would mirror them, so no object may.
    """

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {str: Text(), datetime: DateTime()}


# AUTOINCREMENT, or SQLite would give the id of a deleted row to a stranger, and undo would then mean another row.
AUTOINCREMENT: dict[str, Any] = {"sqlite_autoincrement": True}

# Columns that are written outside changes (a place in a text, say) and have no history.
UNTRACKED = {"untracked": True}

RowId = Annotated[int, mapped_column(primary_key=True)]
Guid = Annotated[str, mapped_column(String(36), unique=True)]
Digest = Annotated[str, mapped_column(String(64))]
Words = Annotated[str, mapped_column(Text, default="", server_default="")]


@compiles(CreateIndex, "postgresql")
def _same_condition(index: CreateIndex, compiler: Any, **kw: Any) -> str:
    """Take over for PostgreSQL what an index says for SQLite: said there, it would load both dialects at each start."""
    options = index.element.dialect_options
    options["postgresql"]["where"] = options["sqlite"]["where"]
    return str(compiler.visit_create_index(index, **kw))


def refers(target: str, *, ondelete: str = "CASCADE") -> ForeignKey:
    """Point at another table; checked at once unless an undo defers it, and never RESTRICT."""
    return ForeignKey(target, ondelete=ondelete, deferrable=True, initially="IMMEDIATE")


def check(sql: str, name: str) -> CheckConstraint:
    """State a rule that the database itself keeps."""
    return CheckConstraint(sql, name=name)


def new_guid() -> str:
    """Make an identity that stays the same in every program and file."""
    return str(uuid.uuid4())
