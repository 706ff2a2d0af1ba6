"""The rules that the database cannot see: a quote equals its text, and a text its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, Executable, Row, bindparam, select

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
# Made once, since every change asks them: what was touched by the ledger's rows behind one.
_ALL = _PASSAGES, _WAITING, _LOST
_TOUCHED = select(ChangedRow.row_id).where(ChangedRow.seq > bindparam("after"))
_TOUCHED_PASSAGES = _TOUCHED.where(ChangedRow.tbl == PassageRow.__tablename__)
_TOUCHED_SOURCES = _TOUCHED.where(ChangedRow.tbl == SourceRow.__tablename__)
_ANY_SOURCE = _TOUCHED_SOURCES.limit(1)
_OF_PASSAGES = tuple(rows.where(PassageRow.id.in_(_TOUCHED_PASSAGES)) for rows in _ALL)
_OF_SOURCES = tuple(rows.where(PassageRow.source_id.in_(_TOUCHED_SOURCES)) for rows in _ALL)


def misfits(conn: Connection, texts: Texts, after: int) -> list[str]:
    """Tell which passages touched since the ledger row `after` do not say what their text says.

    When a source itself was touched, all its passages are looked at.
    """
    since = {"after": after}
    found = list(_all_wrong(conn, texts, _OF_PASSAGES, since))
    if conn.execute(_ANY_SOURCE, since).first():
        found += _all_wrong(conn, texts, _OF_SOURCES, since)
    return found


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
    return problems + list(_all_wrong(conn, texts, _ALL))


def _all_wrong(
    conn: Connection, texts: Texts, rows: Sequence[Executable], values: Mapping[str, int] | None = None
) -> Iterator[str]:
    placed, waiting, lost = rows
    for passages in (placed, waiting):
        yield from _wrong(conn.execute(passages, values).all(), conn, texts)
    for passage in conn.scalars(lost, values):
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
