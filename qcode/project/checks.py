"""The rules that the database cannot see: a quote equals its text, and a text its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Row, select, true

from qcode.errors import NotFound
from qcode.model import ChangedRow, ContentRow, PassageRow, ReviewRow, RevisionRow, SourceRow, TextRow
from qcode.progress import Progress, quiet
from qcode.project.texts import Texts

_PASSAGES = (
    select(PassageRow.id, PassageRow.start, PassageRow.end, PassageRow.quote, SourceRow.name, SourceRow.text_sha256)
    .join(SourceRow, SourceRow.id == PassageRow.source_id)
    .where(PassageRow.start.is_not(None))
    .order_by(PassageRow.source_id)
)
# One that waits for review has its words in the text in which it had a place.
_WAITING = (
    select(PassageRow.id, ReviewRow.start, ReviewRow.end, PassageRow.quote, SourceRow.name, RevisionRow.text_sha256)
    .join(ReviewRow, ReviewRow.passage_id == PassageRow.id)
    .join(SourceRow, SourceRow.id == PassageRow.source_id)
    .join(RevisionRow, (RevisionRow.source_id == ReviewRow.source_id) & (RevisionRow.number == ReviewRow.number))
    .where(PassageRow.start.is_(None))
    .order_by(PassageRow.source_id, ReviewRow.number)
)
# A passage without a place waits for one, and was at home in a text that is still known.
_LOST = (
    select(PassageRow.id)
    .outerjoin(ReviewRow, ReviewRow.passage_id == PassageRow.id)
    .outerjoin(RevisionRow, (RevisionRow.source_id == PassageRow.source_id) & (RevisionRow.number == ReviewRow.number))
    .where(PassageRow.start.is_(None), RevisionRow.id.is_(None))
)


def misfits(conn: Connection, texts: Texts, after: int) -> list[str]:
    """Tell which passages touched since the ledger row `after` do not say what their text says.

    When a source itself was touched, all its passages are looked at.
    """
    rows = select(ChangedRow.row_id).where(ChangedRow.seq > after)
    passages = rows.where(ChangedRow.tbl == PassageRow.__tablename__)
    sources = rows.where(ChangedRow.tbl == SourceRow.__tablename__)
    which = [PassageRow.id.in_(passages)]
    if conn.execute(sources.limit(1)).first():
        which.append(PassageRow.source_id.in_(sources))
    return [problem for some in which for problem in _all_wrong(conn, texts, some)]


def verify_content(conn: Connection, texts: Texts, progress: Progress = quiet) -> list[str]:
    """Tell every text that is not what its digest says, and every quote that is not what its text says."""
    problems = []
    digests = conn.scalars(select(TextRow.sha256).where(TextRow.erased_at.is_(None))).all()
    for done, sha256 in enumerate(digests):
        progress(done, len(digests), "Checking the texts")
        text, length = conn.execute(select(TextRow.text, TextRow.length).where(TextRow.sha256 == sha256)).one()
        if text is None or hashlib.sha256(text.encode()).hexdigest() != sha256 or len(text) != length:
            problems.append(f"Text {sha256[:12]}…: it is not what was imported.")
    for sha256 in conn.scalars(select(ContentRow.sha256).where(ContentRow.erased_at.is_(None))).all():
        data = conn.scalar(select(ContentRow.data).where(ContentRow.sha256 == sha256))
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            problems.append(f"Original file {sha256[:12]}…: it is not what was imported.")
    problems += [
        f"Source “{name}”: its length is not that of its text."
        for name in conn.scalars(
            select(SourceRow.name)
            .join(TextRow, TextRow.sha256 == SourceRow.text_sha256)
            .where(TextRow.length != SourceRow.length)
        )
    ]
    return problems + list(_all_wrong(conn, texts, true()))


def _all_wrong(conn: Connection, texts: Texts, which: ColumnElement[bool]) -> Iterator[str]:
    for passages in (_PASSAGES, _WAITING):
        yield from _wrong(conn.execute(passages.where(which)).all(), conn, texts)
    for passage in conn.scalars(_LOST.where(which)):
        yield f"Passage {passage}: it neither has a place nor waits for one."


def _wrong(passages: Sequence[Row[int, int, int, str, str, str]], conn: Connection, texts: Texts) -> Iterator[str]:
    for row in passages:
        try:
            text = texts.get(conn, row.text_sha256)
        except NotFound:
            continue  # erased: there is nothing left to compare with
        if row.end > len(text) or text[row.start : row.end] != row.quote:
            place = f"Source “{row.name}”, {row.start}:{row.end}"
            yield f"{place}: the quote of passage {row.id} is not what the text says."
