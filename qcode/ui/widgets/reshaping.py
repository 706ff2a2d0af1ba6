"""Change what is coded already: move the ends of a passage, give a coding another code, take what is dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.project import CodeId, CodingId, PassageId
from qcode.project.codes import Code
from qcode.text.breaks import snap
from qcode.ui.actions import Actions
from qcode.ui.coding import Place, desk_of
from qcode.ui.context import Context
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.models.shelf import shelf_of
from qcode.ui.reader import Edge, Mark, SourceView
from qcode.ui.widgets.plain import one_line
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.source_page import SourcePage

NO_PASSAGE = "Select a passage first: click its bracket, or walk to it with {key}."
NO_CODING = "This passage has no code yet. Press {key} to give it one."
GONE = "This code is not in the codebook any more."


class Reshaping(QObject):
    """Serve the commands and drops that change a passage, for whatever page is in front."""

    def __init__(
        self, context: Context, actions: Actions, area: QWidget, page: Callable[[], SourcePage | None]
    ) -> None:
        super().__init__(area)
        self._context = context
        self._actions = actions
        self._area = area
        self._page = page
        self._desk = desk_of(context)
        self._shelf = shelf_of(context)
        self.ids = [spec.id for spec in actions.menu("Resize")]
        for id_ in self.ids:
            edge, unit, way = id_.removeprefix("resize.").split("_")
            move = partial(self.move, Edge[edge.upper()], 1 if way == "later" else -1, words=unit == "word")
            actions[id_].triggered.connect(without_checked(move))
        actions["code.change"].triggered.connect(without_checked(self.open_palette))

    def serve(self, view: SourceView) -> None:
        """Give a view the keys, and hear what is dropped on it or drawn by its handles."""
        for id_ in (*self.ids, "code.change"):
            view.addAction(self._actions[id_])
        view.resizeRequested.connect(self.resize)
        view.codesDropped.connect(self.drop_on_text)
        view.codeDroppedOnMark.connect(self.drop_on_mark)

    # ---- the ends ----

    def move(self, edge: Edge, by: int, *, words: bool) -> None:
        """Move the start or the end of the selected passage by one step."""
        page, mark = self._page(), self._mark()
        if page is None or page.view is None or mark is None:
            return
        span = page.view.nudge(edge, by, words=words)
        if span is not None:
            self.resize(mark[0], *span)
        elif (edge is Edge.START) == (by > 0):
            self._context.say("A passage holds at least one character. Delete removes it.")
        start, end = span or mark[3:]
        at = start if edge is Edge.START else end
        page.view.reveal(max(0, at - 1), at)

    def resize(self, passage: int, start: int, end: int) -> None:
        """Give a passage other ends, in whole characters, and keep it selected."""
        page = self._page()
        if page is None:
            return
        start, end = snap(page.text, max(0, start), min(end, len(page.text)))
        coding = page.selected()
        if self._desk.resize(PassageId(passage), start, end):
            page.select_passage(PassageId(passage), coding[1] if coding else None)

    # ---- the code ----

    def open_palette(self) -> None:
        """Choose another code for the selected coding, else for that at the caret, by typing a few letters."""
        if self._desk.find_place() is None:
            self._desk.select_here()
        page, mark = self._page(), self._mark()
        if page is None or page.view is None or mark is None:
            return
        if not mark[1]:
            self._context.say(NO_CODING.format(key=self._actions.key("code.apply")))
            return
        palette = CodePalette(
            [code for code in self._shelf.codes if code.id != mark[2]],
            self._context,
            recent=self._desk.recent,
            used=self._shelf.used,
            there={CodeId(other[2]) for other in page.view.marks_at(mark[3]) if other[0] == mark[0] and other[2]},
            parent=self._area,
        )
        palette.setAccessibleName("Change the code")
        palette.chosen.connect(lambda chosen, new: self.change(mark, chosen, new))
        rect = page.view.caret_rect()
        palette.popup(page.view.mapToGlobal(rect.bottomLeft() if rect else page.view.rect().center()))

    def change(self, mark: Mark, chosen: Sequence[Code], new: str = "") -> None:
        """Let a coding say another code, and keep it selected."""
        left = self._desk.recode([CodingId(mark[1])], chosen, new=new)
        page = self._page()
        if left and page is not None:
            page.select_passage(PassageId(mark[0]), left[0])

    # ---- what is dropped ----

    def drop_on_text(self, codes: Sequence[int], start: int, end: int) -> None:
        """Apply codes that were dropped on the text to the stretch they were dropped on."""
        page, chosen = self._page(), self._codes(codes)
        if page is None or not chosen:
            return
        if start >= end:
            self._context.say("There are no words where the code was dropped.")
            return
        self._desk.apply(chosen, place=page.meant(start, end).snapped())

    def drop_on_mark(self, code: int, passage: int, coding: int) -> None:
        """Change the code of the coding whose bracket a code was dropped on; a bare passage gets it."""
        page, chosen = self._page(), self._codes([code])
        mark = page.mark((passage, coding)) if page else None
        if page is None or mark is None or not chosen:
            return
        if mark[2] == code:
            self._context.say(f"{one_line(chosen[0].name)} is on this passage already.")
        elif mark[1]:
            self.change(mark, chosen)
        else:
            self._desk.apply(chosen, place=Place(page.source, mark[3], mark[4], page.text))

    def _codes(self, ids: Sequence[int]) -> list[Code]:
        """Give the codes that are dropped; a group or a code that is gone is said."""
        found = [code for id_ in ids if (code := self._shelf.code(CodeId(id_)))]
        usable = [code for code in found if code.is_codable]
        if not found:
            self._context.say(GONE)
        elif not usable:
            name = one_line(found[0].name)
            self._context.say(f"“{name}” is a group and is not applied to text. Choose a code below it.")
        return usable

    def _mark(self) -> Mark | None:
        page = self._page()
        mark = page.selected() if page else None
        if mark is None:
            self._context.say(NO_PASSAGE.format(key=self._actions.key("code.next_passage")))
        return mark
