"""What is said before something goes: what goes with it, and that it can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.project.codes import Code
from qcode.project.folders import Folder
from qcode.project.removal import Removal
from qcode.project.sources import Source
from qcode.project.variables import Variable
from qcode.ui.ask import Asker
from qcode.ui.widgets.plain import listed, number_of, one_line

UNDO = "You can undo this."
KEEP, TAKE_ALONG = "Keep the sources", "Remove the sources too"


def confirm_code(ask: Asker, code: Code, going: Removal) -> bool:
    """Ask whether a code, and what goes with it, should go."""
    kind = "code" if code.is_codable else "group"
    below = going.codes - 1
    with_it = [number_of(below, "code") + " below it"] if below else []
    with_it += [number_of(going.codings, "coding")] if going.codings else []
    with_it += [number_of(going.passages, "passage") + " left without a code"] if going.passages else []
    gone = f"With it {_go(with_it, below, going)}" if with_it else "It was never applied."
    return ask.confirm(f"Delete {kind}", f"Delete the {kind} “{one_line(code.name)}”?\n\n{gone}\n\n{UNDO}", "Delete")


def _go(parts: list[str], below: int, going: Removal) -> str:
    alone = len(parts) == 1 and below + going.codings + going.passages == 1
    return f"{'goes' if alone else 'go'} {listed(parts)}."


def confirm_sources(ask: Asker, sources: Sequence[Source], going: Removal) -> bool:
    """Ask whether sources, with their passages and codings, should leave the project."""
    what = f"“{one_line(sources[0].name)}”" if len(sources) == 1 else number_of(len(sources), "source")
    with_it = [number_of(going.passages, "passage")] if going.passages else []
    with_it += [number_of(going.codings, "coding")] if going.codings else []
    with_it += [number_of(going.values, "value") + " of variables"] if going.values else []
    gone = f"With it go {listed(with_it)}." if with_it else "Nothing in it has been coded."
    title = "Remove source" if len(sources) == 1 else "Remove sources"
    return ask.confirm(title, f"Remove {what} from the project?\n\n{gone}\n\n{UNDO}", "Remove")


def folder_way(ask: Asker, folder: Folder, going: Removal) -> bool | None:
    """Ask what becomes of the sources in a folder: False keeps them, True removes them; None removes nothing."""
    inside = [number_of(going.folders - 1, "folder")] if going.folders > 1 else []
    inside += [number_of(going.sources, "source")] if going.sources else []
    question = f"Remove the folder “{one_line(folder.name)}”?"
    held = f"In it {'is' if len(inside) == 1 and going.sources + going.folders == 2 else 'are'} {listed(inside)}."
    if not going.sources:
        text = f"{question}\n\n{held if inside else 'It is empty.'}\n\n{UNDO}"
        return False if ask.confirm("Remove folder", text, "Remove") else None
    with_them = [number_of(going.passages, "passage")] if going.passages else []
    with_them += [number_of(going.codings, "coding")] if going.codings else []
    with_them += [number_of(going.values, "value") + " of variables"] if going.values else []
    they, them = ("it is", "it") if going.sources == 1 else ("they are", "them")
    goes = "goes" if len(with_them) == 1 and going.passages + going.codings + going.values == 1 else "go"
    gone = f" When {they} removed too, {listed(with_them)} {goes} with {them}." if with_them else ""
    way = ask.choose("Remove folder", f"{question}\n\n{held}{gone}\n\n{UNDO}", (KEEP, TAKE_ALONG))
    return None if way is None else way == TAKE_ALONG


def confirm_variable(ask: Asker, variable: Variable, going: Removal) -> bool:
    """Ask whether a variable should go, with all its values."""
    gone = f"With it {'goes' if going.values == 1 else 'go'} {number_of(going.values, 'value')}."
    text = (
        f"Remove the variable “{one_line(variable.name)}”?\n\n{gone if going.values else 'It has no values.'}\n\n{UNDO}"
    )
    return ask.confirm("Remove variable", text, "Remove")
