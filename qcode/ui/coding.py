"""The actions of coding, each one change with a name to undo it by; panels only say what to do on what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from qcode.errors import InvalidInput
from qcode.project import Change, CodeId, CodingId, PassageId, SourceId, codes, passages
from qcode.project.codes import Code
from qcode.project.passages import Applied
from qcode.text.breaks import snap
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.models.shelf import shelf_of
from qcode.ui.widgets.plain import listed, one_line

IN_VIVO = "In vivo"
NOTHING_SELECTED = "Select words in the text first."
RECENT = 12
LONGEST_IN_VIVO = 120  # characters; more is a passage, not a name


@dataclass(frozen=True, slots=True)
class Place:
    """What a coding would lie on: a stretch of a source (code points, half-open), and the text it is taken from."""

    source: SourceId
    start: int
    end: int
    text: str

    @property
    def quote(self) -> str:
        """The words themselves."""
        return self.text[self.start : self.end]

    def trimmed(self) -> Place:
        """Leave out the white space at both ends, which a drag takes along unseen; nothing but white space stays."""
        words = self.quote.strip()
        if not words:
            return self
        start = self.start + len(self.quote) - len(self.quote.lstrip())
        return Place(self.source, start, start + len(words), self.text)

    def snapped(self) -> Place:
        """Grow to whole characters as a reader sees them, so that no accent or emoji is cut in two."""
        start, end = snap(self.text, self.start, self.end)
        return Place(self.source, start, end, self.text)


@dataclass(frozen=True, slots=True)
class Done:
    """What an action made: the passage, new codings on it, and the codes that came with them."""

    passage: PassageId
    codings: tuple[CodingId, ...] = ()
    codes: tuple[CodeId, ...] = ()


class Desk(QObject):
    """Code through it, from any panel: it knows the place that is selected in the text and the codes used last.

    The reading area sets `find_place` and `select_here`; `done` tells it what was made, so that this can be selected.
    """

    done = Signal(object)
    counted = Signal(object, int)  # a code, and by how many its codings grew: known before all are counted anew

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._shelf = shelf_of(context)
        self.find_place: Callable[[], Place | None] = lambda: None
        self.select_here: Callable[[], bool] = lambda: False  # the passage that the caret stands in
        self.recent: list[CodeId] = []
        context.projectChanged.connect(self.recent.clear)

    def place(self) -> Place | None:
        """Give what is selected in the text; when nothing is, say so and give None."""
        place = self.find_place()
        if place is None or place.start >= place.end:
            self._context.say(NOTHING_SELECTED)
            return None
        whole = place.snapped()
        if whole != place:
            self._context.say("The selection was widened to whole characters.")
        return whole

    def apply(self, chosen: Sequence[Code], *, place: Place | None = None, new: str = "") -> Done | None:
        """Apply codes to the selection as one change; `new` names a code to be made for it at the top level."""
        place = place or self.place()
        if place is None or not (chosen or new):
            return None
        names = [code.name for code in chosen] + ([new] if new else [])
        label = f"{'add and ' if new else ''}apply {_short(names)}"

        def find(tx: Change) -> list[CodeId]:
            return [code.id for code in chosen] + ([codes.add(tx, new)] if new else [])

        return self._code(label, place, find, names)

    def in_vivo(self) -> Done | None:
        """Make a code of the selected words themselves, in the group "In vivo", and apply it, all as one change."""
        place = self.place()
        if place is None:
            return None
        name = one_line(place.quote, LONGEST_IN_VIVO)
        if not name:
            self._context.say("The selection holds no words to name a code by.")
            return None
        return self._code(f"code in vivo {one_line(name)}", place, lambda tx: [_in_vivo_code(tx, name)], [name])

    def last(self) -> Done | None:
        """Apply the code used last once more."""
        place = self.place()
        if place is None:
            return None
        last = next((code for id_ in self.recent if (code := self._shelf.code(id_))), None)
        if last is None:
            self._context.say("No code has been applied yet.")
            return None
        return self.apply([last], place=place)

    def highlight(self) -> Done | None:
        """Keep the selection as a passage without a code, to be coded later."""
        place = self.place()
        if place is None:
            return None

        def work(tx: Change) -> PassageId:
            return passages.highlight(tx, place.source, place.start, place.end)

        made = self._context.change("highlight", work)
        if made is None:
            return None
        done = Done(made)
        self.done.emit(done)
        return done

    def uncode(self, passage: PassageId, coding: CodingId, code: Code | None) -> None:
        """Take one code off a passage; the passage goes with its last code unless it has a comment."""

        def work(tx: Change) -> bool:
            passages.uncode(tx, [coding])
            return True

        label = f"remove {one_line(code.name)}" if code else "remove coding"
        if self._context.change(label, work) and code is not None:
            self.counted.emit(code.id, -1)

    def resize(self, passage: PassageId, start: int, end: int) -> bool:
        """Move the ends of a passage; True when they moved."""

        def work(tx: Change) -> bool:
            passages.resize(tx, passage, start, end)
            return True

        return bool(self._context.change("move the ends of a passage", work))

    def recode(self, codings: Sequence[CodingId], chosen: Sequence[Code], *, new: str = "") -> tuple[CodingId, ...]:
        """Give codings another code, keeping their reasons; gives those that say it now, none when it was refused.

        Of several codes the first takes the place of the old one, and the others come beside it. `new` names a code to
        be made for it at the top level.
        """
        if not (chosen or new):
            return ()
        names = [code.name for code in chosen] + ([new] if new else [])

        def work(tx: Change) -> tuple[CodingId, ...]:
            wanted = [code.id for code in chosen] + ([codes.add(tx, new)] if new else [])
            left = passages.recode(tx, codings, wanted[0])
            if wanted[1:]:
                for passage in passages.of_codings(tx, left):
                    passages.apply_again(tx, passage.id, wanted[1:])
            return left

        return self._context.change(f"{'add and ' if new else ''}change to {_short(names)}", work) or ()

    def remove_passage(self, passage: PassageId) -> None:
        """Remove a passage with all that is on it."""

        def work(tx: Change) -> None:
            passages.remove(tx, [passage])

        self._context.change("remove passage", work)

    # ---- inside ----

    def _code(self, label: str, place: Place, find: Callable[[Change], list[CodeId]], names: list[str]) -> Done | None:
        """Apply what `find` gives inside of the change, and tell everybody what came of it."""

        def work(tx: Change) -> tuple[list[CodeId], Applied]:
            wanted = find(tx)
            applied = passages.apply(tx, place.source, place.start, place.end, wanted)
            return wanted, applied

        made = self._context.change(label, work)
        if made is None:
            return None
        wanted, applied = made
        self.recent = [*wanted, *(code for code in self.recent if code not in wanted)][:RECENT]
        fresh = tuple(code for code in wanted if code not in applied.already)
        if not fresh:
            self._context.say(f"{listed(names)} {'is' if len(names) == 1 else 'are'} on this passage already.")
        for code in fresh:
            self.counted.emit(code, 1)
        done = Done(applied.passage_id, applied.codings, fresh)
        self.done.emit(done)
        return done


def usable_key(context: Context, key: str) -> str:
    """Accept a key for a code. Raises InvalidInput for one that is a command's in the text, and names the command."""
    actions = context.findChild(Actions)
    holder = actions.keys.letter_commands().get(key.casefold()) if key and actions else None
    if holder is not None:
        raise InvalidInput(f"The key {key} belongs to the command “{holder}” in the text.", "Choose another key.")
    return key


def desk_of(context: Context) -> Desk:
    """Give the desk that all panels of one window share."""
    return context.findChild(Desk) or Desk(context)


def _in_vivo_code(tx: Change, name: str) -> CodeId:
    """Find or make the code for words in the group for such codes, which is made when it is missing."""
    book = codes.codebook(tx)
    top = next((code for code in book if code.parent_id is None and code.name == IN_VIVO), None)
    group = top.id if top else codes.add(tx, IN_VIVO, is_codable=False)
    there = next((code for code in book if code.parent_id == group and code.name == name), None)
    return there.id if there else codes.add(tx, name, parent=group)


def _short(names: list[str]) -> str:
    return listed([one_line(name) for name in names]) if len(names) <= 3 else f"{len(names)} codes"
