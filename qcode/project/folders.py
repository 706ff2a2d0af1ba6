"""Folders: where sources are kept. They nest, and stand in an order made by hand or by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.model import CodingRow, FolderRow, PassageRow, SourceRow, VariableValueRow, new_guid
from qcode.model.values import FolderId, join_path, split_path
from qcode.project import fields
from qcode.project.removal import Removal
from qcode.project.rows import add_row, place_of_new, put_in_order
from qcode.project.transaction import Change, Reading
from qcode.text.natural import Natural, natural

DEEPEST = 50  # folders in one another, the outermost counted; no one meets it by accident
Place = tuple[int, Natural]  # a position of 0 stands for "by name"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder; `path` joins the names from the top, `place` sorts it, `sources` counts those directly in it."""

    id: FolderId
    guid: str
    parent_id: FolderId | None
    name: str
    path: str
    place: tuple[Place, ...]
    sources: int


# ---- questions -------------------------------------------------------------------------------------------------------


def listing(r: Reading | Change) -> list[Folder]:
    """List all folders, parents before children, in their order."""
    rows = {row.id: row for row in r.conn.execute(select(FolderRow.__table__))}
    counts = select(SourceRow.folder_id, func.count()).where(SourceRow.folder_id.is_not(None))
    inside = dict(r.conn.execute(counts.group_by(SourceRow.folder_id)).all())
    parents = {row.id: row.parent_id for row in rows.values()}
    found = []
    for row in rows.values():
        above = [rows[one] for one in _chain(parents, row.id)]
        path = join_path([one.name for one in above])
        place = tuple((one.position, natural(one.name)) for one in above)
        found.append(Folder(FolderId(row.id), row.guid, row.parent_id, row.name, path, place, inside.get(row.id, 0)))
    return sorted(found, key=lambda folder: folder.place)


def by_path(r: Reading | Change, path: str) -> Folder:
    """Find a folder by its path ("First round > Town"). Raises NotFound, and then tells what there is."""
    folders = listing(r)
    found = next((folder for folder in folders if folder.path == path), None)
    if found is None:
        known = ", ".join(f"“{folder.path}”" for folder in folders[:5]) + (" …" if len(folders) > 5 else "")
        raise NotFound(f"There is no folder “{path}”.", f"There is {known}." if known else "Make one first.")
    return found


def removal(r: Reading | Change, folder: FolderId) -> Removal:
    """Tell what goes when a folder is removed with all that is in it. Raises NotFound when it is gone."""
    inside = with_below(r, folder)
    going = select(SourceRow.id).where(SourceRow.folder_id.in_(inside))

    def count(table: type[PassageRow | CodingRow | VariableValueRow]) -> int:
        return r.conn.scalar(select(func.count()).select_from(table).where(table.source_id.in_(going))) or 0

    return Removal(
        folders=len(inside),
        sources=r.conn.scalar(select(func.count()).select_from(going.subquery())) or 0,
        passages=count(PassageRow),
        codings=count(CodingRow),
        values=count(VariableValueRow),
    )


def with_below(r: Reading | Change, folder: FolderId) -> list[int]:
    """Tell which folders are meant by one: itself and all in it. Raises NotFound when it is gone."""
    below: dict[int | None, list[int]] = defaultdict(list)
    known = set()
    for row, parent in r.conn.execute(select(FolderRow.id, FolderRow.parent_id)):
        below[parent].append(row)
        known.add(row)
    if folder not in known:
        raise NotFound("This folder is not in the project any more.")
    found: list[int] = [folder]
    for one in found:
        found += below[one]
    return found


# ---- actions ---------------------------------------------------------------------------------------------------------


def add(tx: Change, name: str, *, parent: FolderId | None = None) -> FolderId:
    """Make a folder, at the top or in another.

    Raises Conflict when the name is taken there, InvalidInput for a name that cannot be used or a folder that would
    lie too deep, NotFound.
    """
    if parent is not None:
        with_below(tx, parent)
        _refuse_too_deep(tx, parent)
    _refuse_taken(tx, fields.name(name, "name of the folder"), None, parent)
    position = place_of_new(tx.conn, FolderRow.position, children(parent))
    made = add_row(tx.conn, FolderRow, guid=new_guid(), parent_id=parent, name=name, position=position)
    return FolderId(made)


def ensure(tx: Change, path: str) -> FolderId | None:
    """Find the folder at a path, and make what is missing of it; an empty path is the top level (None)."""
    parent: FolderId | None = None
    for name in split_path(path) if path else ():
        found = tx.conn.scalar(select(FolderRow.id).where(children(parent), FolderRow.name == name))
        parent = FolderId(found) if found is not None else add(tx, name, parent=parent)
    return parent


def rename(tx: Change, folder: FolderId, name: str) -> None:
    """Give a folder another name. Raises Conflict when it is taken beside it, NotFound when the folder is gone."""
    row = _row(tx, folder)
    if row.name != name:
        _refuse_taken(tx, fields.name(name, "name of the folder"), folder, row.parent_id)
        tx.conn.execute(update(FolderRow).where(FolderRow.id == folder).values(name=name))


def move(tx: Change, folder: FolderId, *, parent: FolderId | None, position: int | None = None) -> None:
    """Put a folder into another (None: the top), at a position from 1; without one, where its name belongs.

    Raises Conflict when the name is taken there, or when it would come to lie in itself; InvalidInput when it, or one
    in it, would lie too deep; NotFound.
    """
    row = _row(tx, folder)
    if parent is not None and parent in with_below(tx, folder):
        raise Conflict(f"“{row.name}” cannot be moved into itself.")
    if parent != row.parent_id:
        if parent is not None:
            _row(tx, parent)
            _refuse_too_deep(tx, parent, folder)
        _refuse_taken(tx, row.name, folder, parent)
        there = place_of_new(tx.conn, FolderRow.position, children(parent))
        tx.conn.execute(update(FolderRow).where(FolderRow.id == folder).values(parent_id=parent, position=there))
    if position is not None:
        siblings = [one.id for one in listing(tx) if one.parent_id == parent and one.id != folder]
        siblings.insert(max(0, position - 1), folder)
        put_in_order(tx.conn, FolderRow, siblings)


def remove(tx: Change, folder: FolderId, *, with_sources: bool) -> Removal:
    """Remove a folder and those in it; the sources go along, or are kept where the folder stood.

    Ask `removal` first. Raises NotFound when it is gone.
    """
    row, told = _row(tx, folder), removal(tx, folder)
    inside = SourceRow.folder_id.in_(with_below(tx, folder))
    if with_sources:
        tx.conn.execute(delete(SourceRow).where(inside))
    elif told.sources:
        beside = SourceRow.folder_id.is_(None) if row.parent_id is None else SourceRow.folder_id == row.parent_id
        last = place_of_new(tx.conn, SourceRow.position, beside)
        tx.conn.execute(update(SourceRow).where(inside).values(folder_id=row.parent_id, position=last))
    tx.conn.execute(delete(FolderRow).where(FolderRow.id == folder))
    return told if with_sources else Removal(folders=told.folders)


def children(parent: FolderId | None) -> Any:
    """State that a row of the table lies directly in a folder, or at the top."""
    return FolderRow.parent_id.is_(None) if parent is None else FolderRow.parent_id == parent


def _row(tx: Change, folder: FolderId) -> Any:
    row = tx.conn.execute(select(FolderRow.__table__).where(FolderRow.id == folder)).one_or_none()
    if row is None:
        raise NotFound("This folder is not in the project any more.")
    return row


def _refuse_too_deep(tx: Change, parent: FolderId, moved: FolderId | None = None) -> None:
    """Refuse to put a new folder, or one with all that is in it, where the innermost would lie too deep."""
    parents = dict(tx.conn.execute(select(FolderRow.id, FolderRow.parent_id)).all())
    height = 1
    if moved is not None:
        deepest = max(len(_chain(parents, one)) for one in with_below(tx, moved))
        height = deepest - len(_chain(parents, parents[moved]))
    if len(_chain(parents, parent)) + height > DEEPEST:
        raise InvalidInput(f"Folders nest {DEEPEST} deep at most.", "Choose a folder that does not lie as deep.")


def _chain(parents: Mapping[int, int | None], folder: int | None) -> list[int]:
    """List the folders that lead to one, from the outermost to itself; none for the top."""
    found = []
    while folder is not None:
        found.append(folder)
        folder = parents[folder]
    return found[::-1]


def _refuse_taken(tx: Change, name: str, folder: FolderId | None, parent: FolderId | None) -> None:
    taken = tx.conn.scalar(select(FolderRow.id).where(children(parent), FolderRow.name == name))
    if taken is not None and taken != folder:
        raise Conflict(f"There is a folder called “{name}” here already.", "Choose another name.")
