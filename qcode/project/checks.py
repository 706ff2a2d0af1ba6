"""The rules that the database cannot see: a quote equals its text, and a text its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Row, select

from qcode.errors import NotFound
from qcode.model import ChangedRow, ContentRow, PassageRow, SourceRow, TextRow
from qcode.progress import Progress, quiet
from qcode.project.texts import Texts

_PASSAGES = (
    select(PassageRow.id, PassageRow.start, PassageRow.end, PassageRow.quote, SourceRow.name, SourceRow.text_sha256)
    .join(SourceRow, SourceRow.id == PassageRow.source_id)
    .where(PassageRow.start.is_not(None))  # one that waits for review has no place to check
    .order_by(PassageRow.source_id)
)


def misfits(conn: Connection, texts: Texts, after: int) -> list[str]:
    """Tell which passages touched since the ledger row `after` do not say what their text says.

    When a source itself was touched, all its passages are looked at.
    """
    rows = select(ChangedRow.row_id).where(ChangedRow.seq > after)
    passages = rows.where(ChangedRow.tbl == PassageRow.__tablename__)
    sources = rows.where(ChangedRow.tbl == SourceRow.__tablename__)
    found = list(_wrong(conn.execute(_PASSAGES.where(PassageRow.id.in_(passages))).all(), conn, texts))
    if conn.execute(sources.limit(1)).first():
        found += _wrong(conn.execute(_PASSAGES.where(PassageRow.source_id.in_(sources))).all(), conn, texts)
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
    return problems + list(_wrong(conn.execute(_PASSAGES).all(), conn, texts))


def _wrong(passages: Sequence[Row[int, int, int, str, str, str]], conn: Connection, texts: Texts) -> Iterator[str]:
    for row in passages:
        try:
            text = texts.get(conn, row.text_sha256)
        except NotFound:
            continue  # erased: there is nothing left to compare with
        if row.end > len(text) or text[row.start : row.end] != row.quote:
            place = f"Source “{row.name}”, {row.start}:{row.end}"
            yield f"{place}: the quote of passage {row.id} is not what the text says."
