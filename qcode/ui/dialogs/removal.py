"""What is said before something goes: what goes with it, and that it can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.project.codes import Code
from qcode.project.removal import Removal
from qcode.project.sources import Source
from qcode.ui.ask import Asker
from qcode.ui.widgets.plain import listed, number_of, one_line

UNDO = "You can undo this."


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
    gone = f"With it go {listed(with_it)}." if with_it else "Nothing in it has been coded."
    title = "Remove source" if len(sources) == 1 else "Remove sources"
    return ask.confirm(title, f"Remove {what} from the project?\n\n{gone}\n\n{UNDO}", "Remove")
