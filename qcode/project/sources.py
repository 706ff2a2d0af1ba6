"""Sources: the texts to be coded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, delete, func, insert, select
from sqlalchemy import update as update_rows

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.model import (
    CodingRow,
    ContentRow,
    FolderRow,
    PassageRow,
    SetMemberRow,
    SourceRow,
    SpanRow,
    VariableValueRow,
    new_guid,
)
from qcode.model.values import FolderId, SourceId
from qcode.project import fields, folders
from qcode.project.folders import Folder
from qcode.project.removal import Removal
from qcode.project.rows import add_row, numbered, place_of_new, put_in_order
from qcode.project.texts import keep_content, keep_text
from qcode.project.transaction import Change, Reading
from qcode.readers import Document
from qcode.text.natural import Natural, natural
from qcode.text.span import Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy.orm import InstrumentedAttribute


DIRECTIONS = ("", "ltr", "rtl")
Place = tuple[tuple[folders.Place, ...], int, Natural]
_Folders = dict[int | None, Folder]


@dataclass(frozen=True, slots=True)
class Source:
    """A text to be coded; `length` and `last_read` in code points, `folder` a path, `sha256` of the text's UTF-8.

    `place` sorts it among all: by its folder, then as it was put by hand, then by its name.
    """

    id: SourceId
    guid: str
    name: str
    title: str
    cite_as: str
    kind: str
    folder: str
    folder_id: FolderId | None
    place: Place
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


# Made once: they are asked with each coding, and the making takes longer than the asking.
_ONE = select(SourceRow.__table__).where(SourceRow.id == bindparam("source"))
_PASSAGES_IN = select(func.count()).where(PassageRow.source_id == bindparam("source"))
_CODINGS_IN = select(func.count()).where(CodingRow.source_id == bindparam("source"))


# ---- questions -------------------------------------------------------------------------------------------------------


def listing(r: Reading | Change) -> list[Source]:
    """List all sources by folder, then as they were put by hand, else by name ("Interview 2" before "Interview 10")."""
    passages = _tally(r, PassageRow)
    codings = _tally(r, CodingRow)
    known = _folders(r)
    rows = r.conn.execute(select(SourceRow.__table__))
    found = [_source(row, known, passages.get(row.id, 0), codings.get(row.id, 0)) for row in rows]
    return sorted(found, key=lambda source: source.place)


def get(r: Reading | Change, source: SourceId) -> Source:
    """Fetch one source. Raises NotFound when it is gone."""
    row = r.conn.execute(_ONE, {"source": source}).one_or_none()
    if row is None:
        raise NotFound("This source is not in the project any more.")
    known = _folders(r) if row.folder_id is not None else {}
    passages, codings = (r.conn.scalar(count, {"source": source}) or 0 for count in (_PASSAGES_IN, _CODINGS_IN))
    return _source(row, known, passages, codings)


def guids(r: Reading | Change, wanted: Collection[SourceId]) -> dict[SourceId, str]:
    """Tell by which guid each of some sources is known in all files; those that are gone are passed over."""
    return _words(r, SourceRow.guid, wanted)


def names(r: Reading | Change, wanted: Collection[SourceId]) -> dict[SourceId, str]:
    """Tell how some sources are called; those that are gone are passed over."""
    return _words(r, SourceRow.name, wanted)


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


def digests(r: Reading | Change) -> dict[SourceId, str]:
    """Tell which text each source has, by its digest."""
    return _words(r, SourceRow.text_sha256)


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
    taken = select(SourceRow.name).where(SourceRow.name.startswith(name, autoescape=True))
    return numbered(name, set(r.conn.scalars(taken)))


def removal(r: Reading | Change, sources: Sequence[SourceId]) -> Removal:
    """Tell what goes when sources are removed."""
    going = list(sources)
    return Removal(
        sources=len(going),
        passages=r.conn.scalar(select(func.count()).where(PassageRow.source_id.in_(going))) or 0,
        codings=r.conn.scalar(select(func.count()).where(CodingRow.source_id.in_(going))) or 0,
        values=r.conn.scalar(select(func.count()).where(VariableValueRow.source_id.in_(going))) or 0,
    )


def _words(
    r: Reading | Change, column: InstrumentedAttribute[str], wanted: Collection[SourceId] | None = None
) -> dict[SourceId, str]:
    rows = select(SourceRow.id, column)
    if wanted is not None:
        rows = rows.where(SourceRow.id.in_(wanted))
    return {SourceId(id_): words for id_, words in r.conn.execute(rows)}


def _tally(r: Reading | Change, table: type[PassageRow] | type[CodingRow]) -> dict[int, int]:
    tally = select(table.source_id, func.count()).group_by(table.source_id)
    return dict(r.conn.execute(tally).all())


def _folders(r: Reading | Change) -> _Folders:
    return {folder.id: folder for folder in folders.listing(r)}


def _source(row: Row[*tuple[Any, ...]], known: _Folders, passages: int, codings: int) -> Source:
    same = ("guid", "name", "title", "cite_as", "kind", "original_name", "media_type", "encoding", "language")
    folder = known.get(row.folder_id)
    return Source(
        id=SourceId(row.id),
        **{field: getattr(row, field) for field in same},
        direction=row.direction,
        folder=folder.path if folder else "",
        folder_id=folder.id if folder else None,
        place=(folder.place if folder else (), row.position, natural(row.name)),
        length=row.length,
        sha256=row.text_sha256,
        revision=row.revision,
        last_read=row.last_read,
        passages=passages,
        codings=codings,
        created_at=row.created_at,
    )


# ---- actions ---------------------------------------------------------------------------------------------------------


def refuse_changed(
    tx: Change, looked_at: Iterable[tuple[SourceId, str]], hint: str = "Look at it as it is now, and do it again."
) -> None:
    """Raise Conflict when the text of a source is not the one that was looked at, by its digest.

    Offsets found in that one mean something else now. Raises NotFound when the source is gone.
    """
    there = digests(tx)
    changed = next((source for source, sha256 in looked_at if there.get(source) != sha256), None)
    if changed is not None:
        raise Conflict(f"The text of “{get(tx, changed).name}” was changed meanwhile.", hint)


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
    inside = folders.ensure(tx, folder)
    source = add_row(
        tx.conn,
        SourceRow,
        guid=new_guid(),
        folder_id=inside,
        position=place_of_new(tx.conn, SourceRow.position, _inside(inside)),
        name=name,
        title=fields.words(title or document.title, "title"),
        cite_as=fields.words(cite_as, "cite as"),
        original_name=fields.words(original_name, "file name"),
        media_type=document.media_type,
        encoding=document.encoding,
        length=len(document.text),
        original_sha256=keep_content(tx.conn, original),
        text_sha256=keep_text(tx.conn, document.text),
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
    """Change those details that are given: title, cite_as, language, direction ("", "ltr", "rtl"), folder.

    Raises NotFound when the source is gone, InvalidInput for a direction that is none.
    """
    there = get(tx, source)
    if given.get("direction", "") not in DIRECTIONS:
        raise InvalidInput(f"“{given['direction']}” is no direction.", "There is ltr and rtl; empty means by the text.")
    changed: dict[str, Any] = {
        field: fields.words(value, field.replace("_", " "))
        for field, value in given.items()
        if value != getattr(there, field) and field in ("title", "cite_as", "language", "direction")
    }
    if changed:
        tx.conn.execute(update_rows(SourceRow).where(SourceRow.id == source).values(**changed))
    if "folder" in given and given["folder"] != there.folder:
        move(tx, [source], folder=folders.ensure(tx, given["folder"]))


def move(tx: Change, sources: Sequence[SourceId], *, folder: FolderId | None, position: int | None = None) -> None:
    """Put sources into a folder (None: the top level), at a position counted from 1 among those that stay there.

    Without a position each goes where its name belongs, or last in a folder ordered by hand. Raises NotFound.
    """
    there = {source.id: source for source in listing(tx)}
    if any(source not in there for source in sources):
        raise NotFound("This source is not in the project any more.")
    if folder is not None and folder not in _folders(tx):
        raise NotFound("This folder is not in the project any more.")
    coming = [source for source in dict.fromkeys(sources) if there[source].folder_id != folder]
    for source in coming:
        last = place_of_new(tx.conn, SourceRow.position, _inside(folder))
        tx.conn.execute(update_rows(SourceRow).where(SourceRow.id == source).values(folder_id=folder, position=last))
    if position is not None:
        order = [one.id for one in there.values() if one.folder_id == folder and one.id not in sources]
        order[max(0, position - 1) : max(0, position - 1)] = dict.fromkeys(sources)
        put_in_order(tx.conn, SourceRow, order)


def sort_by_name(tx: Change) -> None:
    """Give up every order made by hand: sources and folders stand by their names again."""
    for table in (SourceRow, FolderRow):
        tx.conn.execute(update_rows(table).where(table.position != 0).values(position=0))


def stand_in(tx: Change, source: SourceId, *, old: SourceId) -> None:
    """Let a source take over what was said about another that it replaces: its place, sets, values and language."""
    there = tx.conn.execute(
        select(SourceRow.position, SourceRow.language, SourceRow.direction).where(SourceRow.id == old)
    ).one()
    tx.conn.execute(update_rows(SourceRow).where(SourceRow.id == source).values(**there._mapping))
    for table in (SetMemberRow, VariableValueRow):
        tx.conn.execute(update_rows(table).where(table.source_id == old).values(source_id=source))


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


def _inside(folder: FolderId | None) -> Any:
    return SourceRow.folder_id.is_(None) if folder is None else SourceRow.folder_id == folder
