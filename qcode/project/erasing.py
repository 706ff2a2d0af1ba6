"""Erase for good: words that the project keeps of earlier states, so that a name or a withdrawn text is in no byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, or_, select, update

from qcode.model import ChangedRow, ContentRow, RevisionRow, SourceRow, TextRow
from qcode.progress import Progress, quiet
from qcode.project import ledger, mentions
from qcode.text.names import Finder

if TYPE_CHECKING:
    from datetime import datetime

    from qcode.project.project import Project

Holds = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: earlier texts, original files, rows of the history; and the steps that still name somebody.

    Those are the words of the history itself (“import Ann Marsh”), which are sealed.
    """

    texts: int
    files: int
    rows: int
    steps_left: int


def forget(project: Project, finder: Finder, progress: Progress = quiet) -> Erased:
    """Erase what earlier states of the project hold of some names; what it holds now stays as it is.

    Earlier texts with a name, the original files of their sources, and what the history keeps of rows with a name are
    gone afterwards; digests stay, so that `verify` still passes. Steps that held them cannot be undone any more.
    Backups and exports made before are not touched. Raises FileProblem when the file cannot take it.
    """

    def holds(words: str) -> bool:
        return any(hit.sure for hit in finder.find(words))

    with project.outside_history(erasing=True) as conn:
        at = ledger.now()
        texts = _texts(conn, at, holds, progress)
        rows, gone_with = _rows(conn, holds, texts, progress)
        files = _files(conn, at, texts, gone_with)
    project.compact()
    with project.read() as r:
        return Erased(len(texts), files, rows, mentions.in_history(r, finder))


def _texts(conn: Connection, at: datetime, holds: Holds, progress: Progress) -> set[str]:
    """Erase the texts that no source has any more and that name somebody."""
    current = select(SourceRow.text_sha256)
    earlier = select(TextRow.sha256).where(TextRow.sha256.not_in(current), TextRow.text.is_not(None))
    digests = conn.scalars(earlier).all()
    going = set()
    for done, sha256 in enumerate(digests):
        progress(done, len(digests), "Looking through earlier texts")
        words = conn.scalar(select(TextRow.text).where(TextRow.sha256 == sha256))
        if words and holds(words):
            conn.execute(update(TextRow).where(TextRow.sha256 == sha256).values(text=None, erased_at=at))
            going.add(sha256)
    return going


def _files(conn: Connection, at: datetime, texts: set[str], gone_with: set[str]) -> int:
    """Erase the files that sources with an erased text came from; those in `gone_with` if only the history knows them.

    The file of another source that was removed stays: undo can still bring that source back.
    """
    had = select(RevisionRow.source_id).where(RevisionRow.text_sha256.in_(texts))
    of_sources = select(SourceRow.original_sha256).where(SourceRow.id.in_(had))
    of_revisions = select(RevisionRow.original_sha256).where(RevisionRow.source_id.in_(had))
    known = select(SourceRow.original_sha256).union(select(RevisionRow.original_sha256))
    going = or_(
        ContentRow.sha256.in_(of_sources),
        ContentRow.sha256.in_(of_revisions),
        and_(ContentRow.sha256.in_(gone_with), ContentRow.sha256.not_in(known)),
    )
    gone = update(ContentRow).where(going, ContentRow.data.is_not(None)).values(data=None, erased_at=at)
    return conn.execute(gone).rowcount


def _rows(conn: Connection, holds: Holds, texts: set[str], progress: Progress) -> tuple[int, set[str]]:
    """Let the history keep only the digest of rows that name somebody or point at a text that is gone.

    Tells how many those are, and from which files the texts that are gone came.
    """
    files: set[str] = set()
    last, total, erased = 0, conn.scalar(select(ChangedRow.seq).order_by(ChangedRow.seq.desc()).limit(1)) or 0, 0
    portion = select(ChangedRow.seq, ChangedRow.old).order_by(ChangedRow.seq)
    while rows := conn.execute(portion.where(ChangedRow.seq > last).limit(1_000)).all():
        progress(last, total, "Looking through the history")
        for seq, old in rows:
            if old is None:
                continue
            cells: dict[str, Any] = json.loads(old)
            words = "\n".join(cell for cell in cells.values() if isinstance(cell, str))
            points = cells.get("text_sha256") in texts
            if points:
                files.add(cells["original_sha256"])
            if points or holds(words):
                kept = {"old": None, "digest": ledger.image_digest(old)}
                conn.execute(update(ChangedRow).where(ChangedRow.seq == seq).values(**kept))
                erased += 1
        last = rows[-1].seq
    return erased, files
