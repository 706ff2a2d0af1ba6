"""Where names stand in a project beside its texts: titles, comments, reasons, definitions, speakers, values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import InstrumentedAttribute

from qcode.model import (
    Base,
    ChangeRow,
    CodeRow,
    CodingRow,
    FolderRow,
    PassageRow,
    ReviewRow,
    RevisionRow,
    SourceRow,
    SourceSetRow,
    SpanRow,
    TextRow,
    VariableRow,
    VariableValueRow,
)
from qcode.project.doubtful import bare
from qcode.project.rows import numbered
from qcode.project.transaction import Change, Reading
from qcode.text.names import Finder, Hit

_CODE = ("name", "short_definition", "definition", "when_to_use", "when_not_to_use", "boundary", "example")
# What may hold a name, table by table, and what a person calls it.
_FIELDS: Final[tuple[tuple[type[Base], str, str], ...]] = (
    (SourceRow, "name", "the name of a source"),
    (SourceRow, "title", "the title of a source"),
    (SourceRow, "cite_as", "how a source is cited"),
    (SourceRow, "original_name", "the file name of a source"),
    (FolderRow, "name", "the name of a folder"),
    (SourceSetRow, "name", "the name of a set"),
    (SpanRow, "value", "a speaker, comment or page of a source"),
    (VariableRow, "name", "the name of a variable"),
    (VariableRow, "description", "what a variable means"),
    (VariableValueRow, "value", "a value of a variable"),
    (PassageRow, "quote", "the words of a passage to review"),
    (PassageRow, "comment", "a comment on a passage"),
    (PassageRow, "translation", "the translation of a passage"),
    (PassageRow, "translator", "the translator of a passage"),
    (CodingRow, "reason", "the reason for a coding"),
    *((CodeRow, field, f"the {field.replace('_', ' ')} of a code") for field in _CODE),
    (CodeRow, "near_miss", "the near miss of a code"),
    (CodeRow, "memo", "the memo of a code"),
    (CodeRow, "theory_reference", "the theory reference of a code"),
)
# The words of a passage are those of a text, but of one that waits in a text that was erased they are all that is left.
_ALONE: Final = PassageRow.start.is_(None) & PassageRow.id.in_(
    select(ReviewRow.passage_id)
    .join(RevisionRow, (RevisionRow.source_id == ReviewRow.source_id) & (RevisionRow.number == ReviewRow.number))
    .join(TextRow, TextRow.sha256 == RevisionRow.text_sha256)
    .where(TextRow.text.is_(None))
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A field that names somebody: in words where it is, what it says, and the hits in it.

    `table`, `field` and `row` say which it is, for `replace`.
    """

    where: str
    words: str
    hits: tuple[Hit, ...]
    table: str
    field: str
    row: int


def find(r: Reading | Change, finder: Finder) -> list[Mention]:
    """List the fields of the project that name somebody; the texts of the sources are not among them."""
    return [
        Mention(where, words, tuple(hits), table.__tablename__, field, row)
        for table, field, where in _FIELDS
        for row, words in r.conn.execute(select(_id(table), _column(table, field)).where(_is_said(table, field)))
        if (hits := finder.find(words))
    ]


def replace(tx: Change, mentions: Iterable[Mention], chosen: Sequence[Hit] | None = None) -> int:
    """Put the replacements into the fields; with `chosen`, only for those hits. Tells how many fields it changed.

    A name that would be taken beside others of its kind gets a number. A field that was changed since is passed over.
    """
    done = 0
    tables = {table.__tablename__: table for table, _, _ in _FIELDS}
    for mention in mentions:
        table = tables[mention.table]
        column = _column(table, mention.field)
        hits = [hit for hit in mention.hits if chosen is None or hit in chosen]
        now = tx.conn.scalar(select(column).where(_id(table) == mention.row, _is_said(table, mention.field)))
        if not hits or now != mention.words:
            continue
        words = replaced(mention.words, hits)
        if mention.field == "name":
            words = numbered(words, _beside(tx, table, mention.row))
        tx.conn.execute(update(table).where(_id(table) == mention.row).values({mention.field: words}))
        done += 1
    return done


def _beside(tx: Change, table: type[Base], row: int) -> set[str]:
    """Give the names that the others have beside which this one must be told apart: all, or those below its parent."""
    names = select(_column(table, "name")).where(_id(table) != row)
    if "parent_id" in table.__table__.columns:
        parent = _column(table, "parent_id")
        above = tx.conn.scalar(select(parent).where(_id(table) == row))
        names = names.where(parent.is_(None) if above is None else parent == above)
    return set(tx.conn.scalars(names))


def in_history(r: Reading | Change, finder: Finder, taken: Collection[str] = ()) -> int:
    """Count the steps of the history whose words name somebody; they are sealed and cannot be altered.

    `taken` are doubtful words that were taken for names.
    """
    said = r.conn.execute(select(ChangeRow.label, ChangeRow.reason))
    return sum(
        1 for label, reason in said if any(hit.sure or bare(hit) in taken for hit in finder.find(f"{label}\n{reason}"))
    )


def replaced(words: str, hits: Sequence[Hit]) -> str:
    """Write words anew with the replacements of some hits, which do not overlap."""
    return "".join(_pieces(words, sorted(hits, key=lambda hit: hit.start)))


def _pieces(words: str, hits: Sequence[Hit]) -> Iterator[str]:
    past = 0
    for hit in hits:
        yield words[past : hit.start]
        yield hit.replacement
        past = hit.end
    yield words[past:]


def _is_said(table: type[Base], field: str) -> ColumnElement[bool]:
    """State that a field says something of its own."""
    said: ColumnElement[bool] = _column(table, field) != ""
    return said & _ALONE if (table, field) == (PassageRow, "quote") else said


def _id(table: type[Base]) -> InstrumentedAttribute[int]:
    return _column(table, "id")


def _column(table: type[Base], field: str) -> InstrumentedAttribute[Any]:
    column: InstrumentedAttribute[Any] = getattr(table, field)
    return column
