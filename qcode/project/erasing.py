"""Erase for good: words that the project keeps of earlier states, so that a name or a withdrawn text is in no byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, bindparam, or_, select, update

from qcode.model import ChangedRow, ContentRow, RevisionRow, SourceRow, TextRow
from qcode.progress import Progress, quiet
from qcode.project import ledger, mentions
from qcode.project.doubtful import Image, Seen, taken_for_names, words_of
from qcode.text.names import Finder

if TYPE_CHECKING:
    from datetime import datetime

    from qcode.project.project import Project


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
    gone afterwards; digests stay, so that `verify` still passes. Steps that held them cannot be undone any more. A
    word that may be another counts as a name when it was replaced as one anywhere. Backups and exports made before are
    not touched. Raises FileProblem when the file cannot take it.
    """
    with project.outside_history(erasing=True) as conn:
        texts = dict(_earlier_texts(conn, finder, progress))
        images = list(_images(conn, finder, texts, progress))
        taken = taken_for_names(conn, finder, images, texts, progress)
        going = {sha256 for sha256, seen in texts.items() if seen.names(taken)}
        gone = [image for image in images if image.seen.names(taken) or image.text in going]
        at = ledger.now()
        _erase_texts(conn, at, going)
        _erase_images(conn, gone)
        files = _erase_files(conn, at, going, [image for image in gone if image.text in going])
    project.compact()
    with project.read() as r:
        return Erased(len(going), files, len(gone), mentions.in_history(r, finder, taken))


def _earlier_texts(conn: Connection, finder: Finder, progress: Progress) -> Iterator[tuple[str, Seen]]:
    """Give the texts that no source has any more and that name somebody, or may do so, by their digests."""
    current = select(SourceRow.text_sha256)
    earlier = select(TextRow.sha256).where(TextRow.sha256.not_in(current), TextRow.text.is_not(None))
    digests = conn.scalars(earlier).all()
    for done, sha256 in enumerate(digests):
        progress(done, len(digests), "Looking through earlier texts")
        words = conn.scalar(select(TextRow.text).where(TextRow.sha256 == sha256))
        if words and (seen := Seen.of(finder, words)):
            yield sha256, seen


def _images(conn: Connection, finder: Finder, texts: Iterable[str], progress: Progress) -> Iterator[Image]:
    """Give what the history keeps of rows that name somebody or point at one of the texts."""
    last, total = 0, conn.scalar(select(ChangedRow.seq).order_by(ChangedRow.seq.desc()).limit(1)) or 0
    portion = select(ChangedRow.__table__).where(ChangedRow.old.is_not(None)).order_by(ChangedRow.seq)
    while rows := conn.execute(portion.where(ChangedRow.seq > last).limit(1_000)).all():
        progress(last, total, "Looking through the history")
        for row in rows:
            cells: dict[str, Any] = json.loads(row.old)
            image = Image(
                row.seq, row.change_id, row.tbl, row.row_id, row.op, ledger.image_digest(row.old),
                Seen.of(finder, words_of(cells)),
                cells.get("text_sha256", ""), cells.get("original_sha256", ""), cells.get("source_id", 0),
            )  # fmt: skip
            if image.seen or image.text in texts:
                yield image
        last = rows[-1].seq


def _erase_texts(conn: Connection, at: datetime, going: Iterable[str]) -> None:
    for sha256 in going:
        conn.execute(update(TextRow).where(TextRow.sha256 == sha256).values(text=None, erased_at=at))


def _erase_images(conn: Connection, gone: Iterable[Image]) -> None:
    """Let the history keep only the digests."""
    rows = [{"row": image.seq, "kept": image.digest} for image in gone]
    if rows:
        values: dict[str, Any] = {"old": None, "digest": bindparam("kept")}
        conn.execute(update(ChangedRow).where(ChangedRow.seq == bindparam("row")).values(**values), rows)


def _erase_files(conn: Connection, at: datetime, texts: set[str], pointing: Iterable[Image]) -> int:
    """Erase the files that sources with an erased text came from, and those that only `pointing` images know.

    The file of another source that was removed stays: undo can still bring that source back. A revision whose text was
    edited pointed at the one before.
    """
    images = list(pointing)
    edited = {image.source for image in images if (image.table, image.op) == (RevisionRow.__tablename__, "U")}
    had = or_(RevisionRow.text_sha256.in_(texts), RevisionRow.source_id.in_(edited))
    whose = select(RevisionRow.source_id).where(had)
    of_sources = select(SourceRow.original_sha256).where(SourceRow.id.in_(whose))
    of_revisions = select(RevisionRow.original_sha256).where(RevisionRow.source_id.in_(whose))
    known = select(SourceRow.original_sha256).union(select(RevisionRow.original_sha256))
    going = or_(
        ContentRow.sha256.in_(of_sources),
        ContentRow.sha256.in_(of_revisions),
        and_(ContentRow.sha256.in_({image.file for image in images}), ContentRow.sha256.not_in(known)),
    )
    gone = update(ContentRow).where(going, ContentRow.data.is_not(None)).values(data=None, erased_at=at)
    return conn.execute(gone).rowcount
