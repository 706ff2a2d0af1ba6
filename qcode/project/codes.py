"""The codebook: codes, groups and their definitions."""

from __future__ import annotations

import difflib
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select
from sqlalchemy import update as update_rows

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.model import CodeRow, CoderRow, CodingRow, PassageRow, new_guid
from qcode.model.shades import next_color
from qcode.model.values import CodeId, join_path, parse_color, split_path
from qcode.project import coders, fields
from qcode.project.removal import Removal
from qcode.project.rows import add_row, nothing_written
from qcode.project.transaction import Change, Reading

CodeColumns = Row[*tuple[Any, ...]]

TEXT_FIELDS = (
    "short_definition",
    "definition",
    "when_to_use",
    "when_not_to_use",
    "boundary",
    "example",
    "near_miss",
    "origin",
    "theory_reference",
    "memo",
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code, or a group when `is_codable` is false. `level` is 1 at the top, `position` counts from 1."""

    id: CodeId
    guid: str
    parent_id: CodeId | None
    name: str
    path: str
    level: int
    position: int
    color: str
    is_codable: bool
    shortcut: str
    short_definition: str
    definition: str
    when_to_use: str
    when_not_to_use: str
    boundary: str
    example: str
    near_miss: str
    origin: str
    theory_reference: str
    memo: str
    created_by: str
    created_at: datetime
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class CodeCounts:
    """How often a code was applied itself, without the codes below it."""

    passages: int
    codings: int
    sources: int
    coders: int


# ---- questions -------------------------------------------------------------------------------------------------------


def codebook(r: Reading | Change) -> list[Code]:
    """List all codes, parents before children, siblings in their order."""
    below: dict[int | None, list[CodeColumns]] = defaultdict(list)
    columns = select(*CodeRow.__table__.columns, CoderRow.name.label("maker"))
    joined = columns.outerjoin(CoderRow, CoderRow.id == CodeRow.created_by)
    for row in r.conn.execute(joined.order_by(CodeRow.position, CodeRow.id)):
        below[row.parent_id].append(row)
    found: list[Code] = []
    waiting = _numbered(below[None], ())
    while waiting:  # no recursion: how deep codes nest is the researcher's choice
        position, row, above = waiting.pop()
        found.append(_code(row, (*above, row.name), position))
        waiting += _numbered(below[row.id], (*above, row.name))
    return found


def _numbered(rows: list[CodeColumns], above: tuple[str, ...]) -> list[tuple[int, CodeColumns, tuple[str, ...]]]:
    """Give siblings their positions from 1, the last first, as a stack wants them."""
    return [(position, row, above) for position, row in enumerate(rows, start=1)][::-1]


def _code(row: CodeColumns, path: tuple[str, ...], position: int) -> Code:
    return Code(
        id=CodeId(row.id),
        guid=row.guid,
        parent_id=CodeId(row.parent_id) if row.parent_id is not None else None,
        name=row.name,
        path=join_path(path),
        level=len(path),
        position=position,
        color=row.color,
        is_codable=bool(row.is_codable),
        shortcut=row.shortcut,
        **{field: getattr(row, field) for field in TEXT_FIELDS},
        created_by=row.maker or "",
        created_at=row.created_at,
        modified_at=row.modified_at,
    )


def get(r: Reading | Change, code: CodeId) -> Code:
    """Fetch one code. Raises NotFound when it is gone."""
    for found in codebook(r):
        if found.id == code:
            return found
    raise NotFound("This code is not in the codebook any more.")


def standing_for(r: Reading | Change, code: CodeId) -> frozenset[CodeId]:
    """Tell which codes a code stands for: itself and, when it is a group, all in it. Raises NotFound."""
    inside = {code}
    if not get(r, code).is_codable:
        for other in codebook(r):  # parents come before children
            if other.parent_id in inside:
                inside.add(other.id)
    return frozenset(inside)


def by_path(r: Reading | Change, path: str) -> Code:
    """Find a code by its path, "Authority > Expert". Raises NotFound, and then names what comes near."""
    wanted = join_path(split_path(path))
    all_codes = codebook(r)
    for code in all_codes:
        if code.path == wanted:
            return code
    near = difflib.get_close_matches(path, [code.path for code in all_codes], n=3, cutoff=0.5)
    near += [code.path for code in all_codes if code.name.casefold() == path.casefold() and code.path not in near]
    hint = f"Did you mean {' or '.join(f'“{name}”' for name in near)}?" if near else "List the codes with qcode codes."
    raise NotFound(f"There is no code “{path}”.", hint)


def counts(r: Reading | Change) -> dict[CodeId, CodeCounts]:
    """Count for each code how often it was applied; codes never applied are left out."""
    tally = select(
        CodingRow.code_id,
        func.count(),
        func.count(func.distinct(CodingRow.source_id)),
        func.count(func.distinct(CodingRow.coder_id)),
    ).group_by(CodingRow.code_id)
    # A passage has a code twice only when two coders gave it; counting these few beats counting distinct passages.
    by_several = select(CodingRow.code_id, (func.count() - 1).label("more"))
    by_several = by_several.group_by(CodingRow.passage_id, CodingRow.code_id).having(func.count() > 1)
    repeated: dict[int, int] = defaultdict(int)
    for code, more in r.conn.execute(by_several):
        repeated[code] += more
    return {
        CodeId(code): CodeCounts(codings - repeated[code], codings, in_sources, by_coders)
        for code, codings, in_sources, by_coders in r.conn.execute(tally)
    }


def applied(r: Reading | Change) -> dict[CodeId, int]:
    """Count the codings of each code only: the quick count that lists show."""
    tally = select(CodingRow.code_id, func.count()).group_by(CodingRow.code_id)
    return {CodeId(code): number for code, number in r.conn.execute(tally)}


def uncoded(r: Reading | Change) -> int:
    """Count the passages that carry no code."""
    bare = ~select(CodingRow.id).where(CodingRow.passage_id == PassageRow.id).exists()
    return r.conn.scalar(select(func.count()).select_from(PassageRow).where(bare)) or 0


def removal(r: Reading | Change, code: CodeId) -> Removal:
    """Tell what goes when a code is removed: codes below it, codings, and passages left with nothing to stay for."""
    codes = _with_below(r, code)
    codings = select(func.count()).select_from(CodingRow).where(CodingRow.code_id.in_(codes))
    bare = _left_bare(codes)
    return Removal(
        codes=len(codes),
        codings=r.conn.scalar(codings) or 0,
        passages=r.conn.scalar(select(func.count()).select_from(bare.subquery())) or 0,
    )


def _left_bare(codes: list[int]) -> Any:
    """Select the passages whose only codings are of these codes, and that have nothing written to stay for."""
    gone = select(CodingRow.passage_id).where(CodingRow.code_id.in_(codes))
    kept = select(CodingRow.id).where(CodingRow.passage_id == PassageRow.id, CodingRow.code_id.not_in(codes)).exists()
    return select(PassageRow.id).where(PassageRow.id.in_(gone), ~kept, nothing_written())


def _with_below(r: Reading | Change, code: CodeId) -> list[int]:
    below: dict[int | None, list[int]] = defaultdict(list)
    known = set()
    for row_id, parent in r.conn.execute(select(CodeRow.id, CodeRow.parent_id)):
        below[parent].append(row_id)
        known.add(row_id)
    if code not in known:
        raise NotFound("This code is not in the codebook any more.")
    found: list[int] = [code]
    for one in found:
        found += below[one]
    return found


# ---- actions ---------------------------------------------------------------------------------------------------------


def add(
    tx: Change,
    name: str,
    *,
    parent: CodeId | None = None,
    color: str | None = None,
    is_codable: bool = True,
    shortcut: str = "",
    guid: str | None = None,
    created_by: str | None = None,
    created_at: datetime | None = None,
    modified_at: datetime | None = None,
    **texts: str,
) -> CodeId:
    """Add a code (or, with is_codable=False, a group) at the end of its parent.

    Raises InvalidInput for a field that cannot be used, Conflict for a name, key or guid that is taken, NotFound when
    the parent is gone.
    """
    if parent is not None:
        _with_below(tx, parent)
    values = _checked(tx, {"name": name, "is_codable": is_codable, "shortcut": shortcut, **texts}, None, parent)
    last = tx.conn.scalar(select(func.max(CodeRow.position)).where(_children(parent))) or 0
    values |= {
        "guid": _free_guid(tx, guid),
        "parent_id": parent,
        "color": parse_color(color) if color else _next_color(tx),
        "position": last + 1,
        "created_by": _maker(tx, created_by),
        "created_at": created_at or tx.at,
        "modified_at": modified_at or created_at or tx.at,
    }
    return CodeId(add_row(tx.conn, CodeRow, **values))


def update(tx: Change, code: CodeId, **given: Any) -> None:
    """Change those fields of a code that are given: name, color, is_codable, shortcut, and the text fields.

    Raises InvalidInput, Conflict or NotFound as `add` does; Conflict too when a code in use should become a group.
    """
    row = _row(tx, code)
    values = _checked(tx, given, code, row.parent_id)
    if "color" in given:
        values["color"] = parse_color(given["color"])
    if values.get("is_codable") is False and row.is_codable:
        used = tx.conn.scalar(select(func.count()).select_from(CodingRow).where(CodingRow.code_id == code))
        if used:
            raise Conflict(f"“{row.name}” is applied {used:,} times.", "A group is not applied to text: uncode first.")
    changed = {field: value for field, value in values.items() if getattr(row, field) != value}
    if changed:
        tx.conn.execute(update_rows(CodeRow).where(CodeRow.id == code).values(**changed, modified_at=tx.at))


def move(tx: Change, code: CodeId, *, parent: CodeId | None, position: int | None = None) -> None:
    """Put a code below another parent (None: the top), at a position counted from 1, by default the last.

    Raises Conflict when a sibling has its name, or when it would come to lie below itself.
    """
    row = _row(tx, code)
    if parent is not None and parent in _with_below(tx, code):
        raise Conflict(f"“{row.name}” cannot be moved below itself.")
    if parent != row.parent_id:
        if parent is not None:
            _row(tx, parent)
        _refuse_taken_name(tx, row.name, code, parent)
        tx.conn.execute(update_rows(CodeRow).where(CodeRow.id == code).values(parent_id=parent, modified_at=tx.at))
    siblings = tx.conn.scalars(
        select(CodeRow.id).where(_children(parent), CodeRow.id != code).order_by(CodeRow.position, CodeRow.id)
    ).all()
    order = list(siblings)
    order.insert(len(order) if position is None else max(0, position - 1), code)
    there = dict(tx.conn.execute(select(CodeRow.id, CodeRow.position).where(_children(parent))).all())
    for place, one in enumerate(order, start=1):
        if there[one] != place:
            tx.conn.execute(update_rows(CodeRow).where(CodeRow.id == one).values(position=place))


def remove(tx: Change, code: CodeId) -> Removal:
    """Remove a code with all codes below it, their codings, and the passages for which nothing is left to stay for.

    Ask `removal` first and tell the researcher. Raises NotFound when it is gone already.
    """
    going = removal(tx, code)
    codes = _with_below(tx, code)
    tx.conn.execute(delete(PassageRow).where(PassageRow.id.in_(_left_bare(codes))))
    tx.conn.execute(delete(CodeRow).where(CodeRow.id == code))
    return going


def _row(tx: Change, code: CodeId) -> CodeColumns:
    row = tx.conn.execute(select(CodeRow.__table__).where(CodeRow.id == code)).one_or_none()
    if row is None:
        raise NotFound("This code is not in the codebook any more.")
    return row


def _children(parent: int | None) -> Any:
    return CodeRow.parent_id.is_(None) if parent is None else CodeRow.parent_id == parent


def _checked(tx: Change, given: Mapping[str, Any], code: CodeId | None, parent: int | None) -> dict[str, Any]:
    """Accept the fields of a code, except its colour."""
    unknown = given.keys() - {"name", "color", "is_codable", "shortcut", *TEXT_FIELDS}
    if unknown:
        raise InvalidInput(f"A code has no field “{sorted(unknown)[0]}”.")
    values: dict[str, Any] = {
        field: fields.words(given[field], field.replace("_", " ")) for field in TEXT_FIELDS if field in given
    }
    if "name" in given:
        values["name"] = fields.name(given["name"], "name of the code")
        _refuse_taken_name(tx, values["name"], code, parent)
    if "is_codable" in given:
        values["is_codable"] = bool(given["is_codable"])
    if "shortcut" in given:
        values["shortcut"] = _free_key(tx, given["shortcut"], code)
    return values


def _refuse_taken_name(tx: Change, name: str, code: CodeId | None, parent: int | None) -> None:
    taken = tx.conn.scalar(select(CodeRow.id).where(_children(parent), CodeRow.name == name))
    if taken is not None and taken != code:
        raise Conflict(f"There is a code called “{name}” here already.", "Choose another name.")


def _free_key(tx: Change, key: str, code: CodeId | None) -> str:
    if not key:
        return ""
    if len(key) != 1 or not key.isprintable() or key.isspace():
        raise InvalidInput(f"“{key}” cannot be the key of a code.", "Choose one letter or digit.")
    holder = tx.conn.execute(select(CodeRow.id, CodeRow.name).where(CodeRow.shortcut == key)).first()
    if holder is not None and holder.id != code:
        raise Conflict(f"The key {key} belongs to “{holder.name}”.", "Choose another key, or take it from there first.")
    return key


def _free_guid(tx: Change, guid: str | None) -> str:
    if guid is None:
        return new_guid()
    try:
        uuid.UUID(guid)
    except ValueError:
        raise InvalidInput(f"“{guid}” is not a guid.", "Leave the cell empty to have one made.") from None
    if tx.conn.scalar(select(CodeRow.id).where(CodeRow.guid == guid)) is not None:
        raise Conflict(f"A code with the guid {guid} is in the codebook already.")
    return guid


def _next_color(tx: Change) -> str:
    """Choose the default colour that looks least like those in use."""
    return next_color(dict(tx.conn.execute(select(CodeRow.color, func.count()).group_by(CodeRow.color)).all()))


def _maker(tx: Change, name: str | None) -> int:
    if name is None or name == tx.coder.name:
        return tx.coder.id
    known = coders.find(tx, coders.proper_name(name))
    return (known or coders.add(tx, coders.stranger(name, guid=new_guid()))).id
