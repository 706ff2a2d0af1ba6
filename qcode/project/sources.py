"""Sources: the texts to be coded, and the folders they are kept in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, delete, func, insert, literal, select
from sqlalchemy import update as update_rows

from qcode.errors import Conflict, NotFound
from qcode.model import CodingRow, ContentRow, FolderRow, PassageRow, SourceRow, SpanRow, TextRow, new_guid
from qcode.model.values import SourceId, join_path, split_path
from qcode.project import fields
from qcode.project.removal import Removal
from qcode.project.rows import add_row
from qcode.project.transaction import Change, Reading
from qcode.readers import Document
from qcode.text.span import Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Source:
    """A text to be coded; `length` and `last_read` in code points, `folder` a path, `sha256` of the text's UTF-8."""

    id: SourceId
    guid: str
    name: str
    title: str
    cite_as: str
    kind: str
    folder: str
    original_name: str
    media_type: str
    encoding: str
    language: str
    direction: str
    length: int
    sha256: str
    revision: int
    last_read: int
    passages: int
    codings: int
    created_at: datetime


# ---- questions -------------------------------------------------------------------------------------------------------


def listing(r: Reading | Change) -> list[Source]:
    """List all sources by folder, then by name as a person would sort them ("Interview 2" before "Interview 10")."""
    passages = _tally(r, PassageRow)
    codings = _tally(r, CodingRow)
    folders = _folder_paths(r)
    rows = r.conn.execute(select(SourceRow.__table__))
    found = [_source(row, folders, passages.get(row.id, 0), codings.get(row.id, 0)) for row in rows]
    return sorted(found, key=lambda source: (natural(source.folder), natural(source.name)))


def get(r: Reading | Change, source: SourceId) -> Source:
    """Fetch one source. Raises NotFound when it is gone."""
    row = r.conn.execute(select(SourceRow.__table__).where(SourceRow.id == source)).one_or_none()
    if row is None:
        raise NotFound("This source is not in the project any more.")
    return _source(row, _folder_paths(r), _count(r, PassageRow, source), _count(r, CodingRow, source))


def by_name(r: Reading | Change, name: str) -> Source:
    """Find a source by its name. Raises NotFound, and then tells how the sources are called."""
    found = r.conn.scalar(select(SourceRow.id).where(SourceRow.name == name))
    if found is None:
        names = r.conn.scalars(select(SourceRow.name).order_by(SourceRow.name).limit(6)).all()
        known = ", ".join(f"“{known}”" for known in names[:5]) + (" …" if len(names) > 5 else "")
        raise NotFound(f"There is no source called “{name}”.", f"There is {known}." if names else "Import one first.")
    return get(r, SourceId(found))


def text(r: Reading | Change, source: SourceId) -> str:
    """Fetch the canonical text. Raises NotFound when the source is gone or its text was erased."""
    sha256 = r.conn.scalar(select(SourceRow.text_sha256).where(SourceRow.id == source))
    if sha256 is None:
        raise NotFound("This source is not in the project any more.")
    return r.texts.get(r.conn, sha256)


def original(r: Reading | Change, source: SourceId) -> bytes:
    """Fetch the bytes of the file that a source came from. Raises NotFound when they are not there any more."""
    kept = select(ContentRow.data).join(SourceRow, SourceRow.original_sha256 == ContentRow.sha256)
    data = r.conn.scalar(kept.where(SourceRow.id == source))
    if data is None:
        raise NotFound("The file of this source is not in the project any more.", "Import it once more.")
    return bytes(data)


def spans(r: Reading | Change, source: SourceId) -> list[Span]:
    """Fetch headings, emphasis and the like, in the order of the text."""
    rows = select(SpanRow.start, SpanRow.end, SpanRow.kind, SpanRow.value).where(SpanRow.source_id == source)
    return [
        Span(start, end, SpanKind(kind), value)
        for start, end, kind, value in r.conn.execute(rows.order_by(SpanRow.start, SpanRow.end.desc(), SpanRow.id))
    ]


def made_from(r: Reading | Change, data: bytes) -> list[str]:
    """Name the sources that came from a file of exactly these bytes, the oldest first."""
    digest = hashlib.sha256(data).hexdigest()
    rows = select(SourceRow.name).where(SourceRow.original_sha256 == digest).order_by(SourceRow.id)
    return list(r.conn.scalars(rows))


def free_name(r: Reading | Change, name: str) -> str:
    """Make a name that no source has: "Report", else "Report 2", "Report 3" ..."""
    taken = set(r.conn.scalars(select(SourceRow.name).where(SourceRow.name.startswith(name, autoescape=True))))
    if name not in taken:
        return name
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"


def removal(r: Reading | Change, sources: Sequence[SourceId]) -> Removal:
    """Tell what goes when sources are removed."""
    going = list(sources)
    return Removal(
        sources=len(going),
        passages=r.conn.scalar(select(func.count()).where(PassageRow.source_id.in_(going))) or 0,
        codings=r.conn.scalar(select(func.count()).where(CodingRow.source_id.in_(going))) or 0,
    )


def natural(name: str) -> list[tuple[int, int, str]]:
    """Make a key by which names sort as a person would sort them."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _tally(r: Reading | Change, table: type[PassageRow] | type[CodingRow]) -> dict[int, int]:
    tally = select(table.source_id, func.count()).group_by(table.source_id)
    return dict(r.conn.execute(tally).all())


def _count(r: Reading | Change, table: type[PassageRow] | type[CodingRow], source: int) -> int:
    return r.conn.scalar(select(func.count()).where(table.source_id == source)) or 0


def _folder_paths(r: Reading | Change) -> dict[int | None, str]:
    rows = {row.id: row for row in r.conn.execute(select(FolderRow.id, FolderRow.parent_id, FolderRow.name))}

    def names(folder: int) -> list[str]:
        row = rows[folder]
        return [*(names(row.parent_id) if row.parent_id is not None else []), row.name]

    return {None: ""} | {folder: join_path(names(folder)) for folder in rows}


def _source(row: Row[*tuple[Any, ...]], folders: dict[int | None, str], passages: int, codings: int) -> Source:
    same = ("guid", "name", "title", "cite_as", "kind", "original_name", "media_type", "encoding", "language")
    return Source(
        id=SourceId(row.id),
        **{field: getattr(row, field) for field in same},
        direction=row.direction,
        folder=folders[row.folder_id],
        length=row.length,
        sha256=row.text_sha256,
        revision=row.revision,
        last_read=row.last_read,
        passages=passages,
        codings=codings,
        created_at=row.created_at,
    )


# ---- actions ---------------------------------------------------------------------------------------------------------


def add(
    tx: Change,
    document: Document,
    *,
    name: str,
    original: bytes,
    original_name: str,
    folder: str = "",
    title: str = "",
    cite_as: str = "",
) -> SourceId:
    """Bring a text into the project, with the bytes it came from; the folder is made when it is not there.

    Raises Conflict when the name is taken, InvalidInput for a name that cannot be used.
    """
    _refuse_taken(tx, fields.name(name, "name of the source"), None)
    source = add_row(
        tx.conn,
        SourceRow,
        guid=new_guid(),
        folder_id=_folder(tx, folder),
        name=name,
        title=fields.words(title or document.title, "title"),
        cite_as=fields.words(cite_as, "cite as"),
        original_name=fields.words(original_name, "file name"),
        media_type=document.media_type,
        encoding=document.encoding,
        length=len(document.text),
        original_sha256=_keep_content(tx, original),
        text_sha256=_keep_text(tx, document.text),
        created_by=tx.coder.id,
        created_at=tx.at,
    )
    if document.spans:
        rows = [
            {"source_id": source, "kind": span.kind.value, "start": span.start, "end": span.end, "value": span.value}
            for span in document.spans
        ]
        tx.conn.execute(insert(SpanRow), rows)
    return SourceId(source)


def rename(tx: Change, source: SourceId, name: str) -> None:
    """Give a source another name. Raises Conflict when it is taken, NotFound when the source is gone."""
    if get(tx, source).name != name:
        _refuse_taken(tx, fields.name(name, "name of the source"), source)
        tx.conn.execute(update_rows(SourceRow).where(SourceRow.id == source).values(name=name))


def edit(tx: Change, source: SourceId, **given: str) -> None:
    """Change those details that are given: title, cite_as, language, direction, folder. Raises NotFound."""
    there = get(tx, source)
    changed: dict[str, Any] = {
        field: fields.words(value, field.replace("_", " "))
        for field, value in given.items()
        if value != getattr(there, field) and field in ("title", "cite_as", "language", "direction")
    }
    if "folder" in given and given["folder"] != there.folder:
        changed["folder_id"] = _folder(tx, given["folder"])
    if changed:
        tx.conn.execute(update_rows(SourceRow).where(SourceRow.id == source).values(**changed))


def remove(tx: Change, sources: Iterable[SourceId]) -> Removal:
    """Remove sources with their passages and codings; undo brings all back. Ask `removal` first."""
    going = list(sources)
    told = removal(tx, going)
    if tx.conn.execute(delete(SourceRow).where(SourceRow.id.in_(going))).rowcount == 0:
        raise NotFound("This source is not in the project any more.")
    return told


def _refuse_taken(tx: Change, name: str, source: SourceId | None) -> None:
    taken = tx.conn.scalar(select(SourceRow.id).where(SourceRow.name == name))
    if taken is not None and taken != source:
        raise Conflict(f"There is a source called “{name}” already.", "Rename one of the two.")


def _folder(tx: Change, path: str) -> int | None:
    """Find the folder at a path; make what is missing of it."""
    parent: int | None = None
    for name in split_path(path) if path else ():
        here = FolderRow.parent_id.is_(None) if parent is None else FolderRow.parent_id == parent
        found = tx.conn.scalar(select(FolderRow.id).where(here, FolderRow.name == name))
        parent = found or add_row(
            tx.conn, FolderRow, guid=new_guid(), parent_id=parent, name=fields.name(name, "name of the folder")
        )
    return parent


def _keep_text(tx: Change, words: str) -> str:
    sha256 = hashlib.sha256(words.encode()).hexdigest()
    if tx.conn.scalar(select(literal(1)).where(TextRow.sha256 == sha256)) is None:
        tx.conn.execute(insert(TextRow).values(sha256=sha256, length=len(words), text=words))
    return sha256


def _keep_content(tx: Change, data: bytes) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    if tx.conn.scalar(select(literal(1)).where(ContentRow.sha256 == sha256)) is None:
        tx.conn.execute(insert(ContentRow).values(sha256=sha256, size=len(data), data=data))
    return sha256
