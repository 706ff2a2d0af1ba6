"""Variables: typed fields of sources (age, place, round), and the value that each source has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.model import SourceRow, VariableRow, VariableValueRow, new_guid
from qcode.model.values import SourceId, VariableId
from qcode.project import fields
from qcode.project.removal import Removal
from qcode.project.rows import add_row
from qcode.project.transaction import Change, Reading
from qcode.text.values import Kind, settled

_SHOWN = 5  # values that are named when they do not fit a kind


@dataclass(frozen=True, slots=True)
class Variable:
    """A field that sources have a value for; `position` counts from 1."""

    id: VariableId
    guid: str
    name: str
    kind: Kind
    description: str
    position: int


Cell = tuple[SourceId, VariableId, str]

# ---- questions -------------------------------------------------------------------------------------------------------

_VARIABLES = select(
    VariableRow.id,
    VariableRow.guid,
    VariableRow.name,
    VariableRow.kind,
    VariableRow.description,
    VariableRow.position,
)


def listing(r: Reading | Change) -> list[Variable]:
    """List the variables in their order."""
    return [_variable(row) for row in r.conn.execute(_VARIABLES.order_by(VariableRow.position, VariableRow.id))]


def get(r: Reading | Change, variable: VariableId) -> Variable:
    """Fetch one variable. Raises NotFound when it is gone."""
    row = r.conn.execute(_VARIABLES.where(VariableRow.id == variable)).one_or_none()
    if row is None:
        raise NotFound("This variable is not in the project any more.")
    return _variable(row)


def by_name(r: Reading | Change, name: str) -> Variable:
    """Find a variable by its name. Raises NotFound, and then tells how the variables are called."""
    row = r.conn.execute(_VARIABLES.where(VariableRow.name == name)).one_or_none()
    if row is None:
        known = ", ".join(f"“{variable.name}”" for variable in listing(r)[:_SHOWN])
        hint = f"There is {known}." if known else "Add one first."
        raise NotFound(f"There is no variable called “{name}”.", hint)
    return _variable(row)


def values(r: Reading | Change) -> dict[SourceId, dict[str, str]]:
    """Give all values as a table: by source, then by the variable's name; what has no value is not in it."""
    rows = select(VariableValueRow.source_id, VariableRow.name, VariableValueRow.value).join(
        VariableRow, VariableRow.id == VariableValueRow.variable_id
    )
    found: dict[SourceId, dict[str, str]] = defaultdict(dict)
    for source, name, value in r.conn.execute(rows):
        found[SourceId(source)][name] = value
    return dict(found)


def of_source(r: Reading | Change, source: SourceId) -> dict[str, str]:
    """Give the values of one source by the variable's name, in the order of the variables."""
    rows = select(VariableRow.name, VariableValueRow.value).join(
        VariableRow, VariableRow.id == VariableValueRow.variable_id
    )
    here = rows.where(VariableValueRow.source_id == source).order_by(VariableRow.position, VariableRow.id)
    return dict(r.conn.execute(here).all())


def removal(r: Reading | Change, variable: VariableId) -> Removal:
    """Tell what goes when a variable is removed."""
    going = select(func.count()).select_from(VariableValueRow).where(VariableValueRow.variable_id == variable)
    return Removal(values=r.conn.scalar(going) or 0)


def _variable(row: Row[*tuple[Any, ...]]) -> Variable:
    return Variable(VariableId(row.id), row.guid, row.name, Kind(row.kind), row.description, row.position)


# ---- actions ---------------------------------------------------------------------------------------------------------


def add(tx: Change, name: str, *, kind: str = Kind.TEXT, description: str = "") -> VariableId:
    """Add a variable after the others; no source has a value yet.

    Raises Conflict when the name is taken, InvalidInput for a name or kind that cannot be used.
    """
    _refuse_taken(tx, fields.name(name, "name of the variable"), None)
    last = tx.conn.scalar(select(func.max(VariableRow.position))) or 0
    made = add_row(
        tx.conn,
        VariableRow,
        guid=new_guid(),
        name=name,
        kind=_kind(kind).value,
        description=fields.words(description, "description"),
        position=last + 1,
    )
    return VariableId(made)


def rename(tx: Change, variable: VariableId, name: str) -> None:
    """Give a variable another name. Raises Conflict when it is taken, NotFound when the variable is gone."""
    if get(tx, variable).name != name:
        _refuse_taken(tx, fields.name(name, "name of the variable"), variable)
        tx.conn.execute(update(VariableRow).where(VariableRow.id == variable).values(name=name))


def describe(tx: Change, variable: VariableId, description: str) -> None:
    """Say what a variable means. Raises NotFound when it is gone."""
    if get(tx, variable).description != fields.words(description, "description"):
        tx.conn.execute(update(VariableRow).where(VariableRow.id == variable).values(description=description))


def set_kind(tx: Change, variable: VariableId, kind: str) -> None:
    """Say that the values are of another kind; they take the form in which it is kept.

    Raises Conflict, naming some, when values are there that are none of this kind; NotFound when the variable is gone.
    """
    there, wanted = get(tx, variable), _kind(kind)
    if there.kind is wanted:
        return
    rows = select(VariableValueRow.id, VariableValueRow.value).where(VariableValueRow.variable_id == variable)
    fitting: list[dict[str, Any]] = []
    misfits: Counter[str] = Counter()
    for row, value in tx.conn.execute(rows.order_by(VariableValueRow.id)):
        try:
            kept = settled(value, wanted)
        except InvalidInput:
            misfits[value] += 1
            continue
        fitting += [{"row": row, "value": kept}] if kept != value else []
    if misfits:
        some = ", ".join(f"“{value}”" for value in list(misfits)[:_SHOWN]) + (" …" if len(misfits) > _SHOWN else "")
        problem = f"“{there.name}” cannot be of the kind {wanted.value}: it holds {some}."
        raise Conflict(problem, "Change these values first, or keep the kind.")
    _write(tx, [row for row in fitting if row["value"]])
    _forget(tx, [row["row"] for row in fitting if not row["value"]])  # it held nothing but blanks
    tx.conn.execute(update(VariableRow).where(VariableRow.id == variable).values(kind=wanted.value))


def move(tx: Change, variable: VariableId, position: int) -> None:
    """Put a variable at a position counted from 1. Raises NotFound when it is gone."""
    there = {one.id: one.position for one in listing(tx)}
    if variable not in there:
        raise NotFound("This variable is not in the project any more.")
    order = [one for one in there if one != variable]
    order.insert(max(0, position - 1), variable)
    for place, one in enumerate(order, start=1):
        if there[one] != place:
            tx.conn.execute(update(VariableRow).where(VariableRow.id == one).values(position=place))


def remove(tx: Change, variable: VariableId) -> Removal:
    """Remove a variable with all its values; undo brings them back. Ask `removal` first. Raises NotFound."""
    going = removal(tx, variable)
    if tx.conn.execute(delete(VariableRow).where(VariableRow.id == variable)).rowcount == 0:
        raise NotFound("This variable is not in the project any more.")
    return going


def set_value(tx: Change, source: SourceId, variable: VariableId, value: str) -> None:
    """Give a source its value; "" takes it away. Raises InvalidInput when it is none of the variable's kind."""
    set_values(tx, [(source, variable, value)])


def set_values(tx: Change, cells: Iterable[Cell]) -> int:
    """Give many values at once, the last of several for one place; "" takes one away. Tells how many are new.

    Raises InvalidInput, naming the variable, for a value that is none of its kind, NotFound when a source or variable
    is gone; then nothing is changed.
    """
    known = {variable.id: variable for variable in listing(tx)}
    wanted: dict[tuple[int, int], str] = {}
    for source, variable, value in cells:
        if variable not in known:
            raise NotFound("This variable is not in the project any more.")
        wanted[source, variable] = _fitting(value, known[variable])
    if not {source for source, _ in wanted} <= set(tx.conn.scalars(select(SourceRow.id))):
        raise NotFound("This source is not in the project any more.")
    rows = select(
        VariableValueRow.source_id, VariableValueRow.variable_id, VariableValueRow.id, VariableValueRow.value
    ).where(VariableValueRow.variable_id.in_({variable for _, variable in wanted}))
    there = {(source, variable): (row, value) for source, variable, row, value in tx.conn.execute(rows)}
    changed = {place: value for place, value in wanted.items() if value != there.get(place, (0, ""))[1]}
    fresh = [
        {"source_id": source, "variable_id": variable, "value": value}
        for (source, variable), value in changed.items()
        if (source, variable) not in there
    ]
    _forget(tx, [there[place][0] for place, value in changed.items() if not value])
    kept = [(place, value) for place, value in changed.items() if value and place in there]
    _write(tx, [{"row": there[place][0], "value": value} for place, value in kept])
    if fresh:
        tx.conn.execute(insert(VariableValueRow), fresh)
    return len(changed)


def _write(tx: Change, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        one = update(VariableValueRow).where(VariableValueRow.id == bindparam("row"))
        tx.conn.execute(one.values(value=bindparam("value")), rows)


def _forget(tx: Change, rows: Sequence[int]) -> None:
    if rows:
        one = delete(VariableValueRow).where(VariableValueRow.id == bindparam("row"))
        tx.conn.execute(one, [{"row": row} for row in rows])


def _fitting(value: str, variable: Variable) -> str:
    try:
        return settled(fields.words(value, "value"), variable.kind)
    except InvalidInput as error:
        raise InvalidInput(f"{variable.name}: {error.message}", error.hint) from None


def _kind(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        known = ", ".join(one.value for one in Kind)
        raise InvalidInput(f"“{kind}” is no kind of variable.", f"There is {known}.") from None


def _refuse_taken(tx: Change, name: str, variable: VariableId | None) -> None:
    taken = tx.conn.scalar(select(VariableRow.id).where(VariableRow.name == name))
    if taken is not None and taken != variable:
        raise Conflict(f"There is a variable called “{name}” already.", "Choose another name.")
