"""What can be done to the text that is read: keys, palette, menu, and walking from passage to passage."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from qcode.project import CodingId, PassageId
from qcode.ui.actions import Actions
from qcode.ui.coding import desk_of
from qcode.ui.context import Context
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.dialogs.quote_form import QuoteForm
from qcode.ui.menu import Menu
from qcode.ui.models.palette import codes_on
from qcode.ui.models.shelf import shelf_of
from qcode.ui.quoting import copy_quotes
from qcode.ui.reader import SourceView
from qcode.ui.reader.textarea import TextArea
from qcode.ui.widgets.plain import caption, one_line
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.source_page import SourcePage

NO_PASSAGE = "Select a passage first: click its bracket, or walk to it with {key}."
IN_TEXT = (
    *(
        "edit.copy",
        "edit.copy_reference",
        "edit.select_all",
        "code.apply",
        "code.last",
        "code.highlight",
        "code.in_vivo",
        "code.remove",
    ),
    *("code.next_passage", "code.previous_passage", "code.other", "code.reason"),
)
RECENT_IN_MENU = 6


class TextCommands(QObject):
    """Serve the commands of the text for whatever page is in front."""

    def __init__(
        self,
        context: Context,
        actions: Actions,
        area: QWidget,
        page: Callable[[], SourcePage | None],
    ) -> None:
        super().__init__(area)
        self._context = context
        self._actions = actions
        self._area = area
        self._desk = desk_of(context)
        self._page = page
        self._shelf = shelf_of(context)
        self._enter = QAction(self)
        self._enter.setShortcuts([QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter)])
        self._enter.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._enter.triggered.connect(without_checked(self.code_here))
        serves: dict[str, Callable[[], object]] = {
            "code.apply": self.open_palette,
            "code.last": self._desk.last,
            "code.highlight": self._desk.highlight,
            "code.in_vivo": self._desk.in_vivo,
            "code.remove": self.remove_selected,
            "code.next_passage": partial(self.walk, forward=True),
            "code.previous_passage": partial(self.walk, forward=False),
            "code.other": self.choose_other,
            "edit.copy": self.copy,
            "edit.copy_reference": self.copy_reference,
            "edit.quote_form": self.choose_form,
            "edit.select_all": self.select_all,
        }
        for id_, serve in serves.items():
            actions[id_].triggered.connect(without_checked(serve))

    @property
    def view(self) -> SourceView | None:
        """The view of the source in front."""
        page = self._page()
        return page.view if page else None

    def serve(self, view: SourceView) -> None:
        """Give a view its keys: they work while it has the keyboard, so that letters in a filter are letters."""
        for id_ in IN_TEXT:
            view.addAction(self._actions[id_])
        view.addActions([self._enter, *self._actions.typed()])
        view.keyTyped.connect(self.type_key)
        view.menuRequested.connect(self.open_menu)

    def type_key(self, key: str) -> None:
        """Apply the code that has this key to what is selected; nothing happens while letters are switched off."""
        if not self._actions.keys.letters:
            return
        code = next((code for code in self._shelf.codes if code.shortcut == key), None)
        if code is not None:
            self._desk.apply([code])
        else:
            self._context.say(f"No code has the key {key}.")

    def open_palette(self) -> None:
        """Choose codes for what is selected by typing a few letters."""
        view, place = self.view, self._desk.place()
        if view is None or place is None:
            return
        palette = CodePalette(
            list(self._shelf.codes),
            self._context,
            recent=self._desk.recent,
            used=self._shelf.used,
            there=codes_on(self._context, place.source, place.start, place.end),
            parent=self._area,
        )
        palette.chosen.connect(lambda chosen, new: self._desk.apply(chosen, place=place, new=new))
        palette.popup(view.mapToGlobal(_below_caret(view)))

    def code_here(self) -> None:
        """Choose another code for the selection or, where nothing is selected, for the passage the caret stands in."""
        page = self._page()
        if page is not None and page.place() is None:
            page.select_at_caret()
        self.open_palette()

    def choose_other(self) -> None:
        """Select the passage that the caret stands in; of a selected passage, another coding."""
        page = self._page()
        if page is None or page.view is None:
            return
        mark = page.selected()
        if mark is None:
            if not page.select_at_caret():
                self._context.say(NO_PASSAGE.format(key=self._actions.key("code.next_passage")))
            return
        beside = [other for other in page.view.marks_at(mark[3]) if other[0] == mark[0]]
        if len(beside) < 2:
            self._context.say("This passage has no other code.")
            return
        other = beside[(beside.index(mark) + 1) % len(beside)]
        page.view.select_mark(other[0], other[1])

    def copy(self) -> None:
        """Put the selected words, or those of the selected passage, on the clipboard."""
        if self.view is not None and self._desk.place() is not None:
            self.view.copy()

    def copy_reference(self) -> None:
        """Put the selected words, or the selected passage, on the clipboard with where they stand."""
        page, place = self._page(), self._desk.place()
        if page is not None and place is not None:
            copy_quotes(self._context, [page.stretch(place.start, place.end)])

    def choose_form(self) -> None:
        """Let it be chosen how quotes say where they stand, shown on what is selected."""
        page = self._page()
        place = page.place() if page is not None else None
        sample = page.stretch(place.start, place.end) if page is not None and place is not None else None
        QuoteForm(self._context, sample, self._area.window()).open()

    def select_all(self) -> None:
        """Select the whole source."""
        if self.view is not None:
            self.view.select_all()

    def walk(self, *, forward: bool) -> None:
        """Go to the next passage, or the one before, and select it."""
        page = self._page()
        if page is None or page.view is None:
            return
        mark = page.neighbour(forward=forward)
        if mark is None:
            last = "This is the last passage." if forward else "This is the first passage."
            self._context.say(last if page.has_passages else "No passage is shown in this source.")
            return
        page.view.select_mark(mark[0], mark[1])
        page.view.reveal(mark[3], mark[4])

    def remove_selected(self) -> None:
        """Take the selected code off its passage; a passage without a code goes as a whole."""
        page = self._page()
        mark = page.selected() if page else None
        if page is None or page.view is None or mark is None:
            self._context.say(NO_PASSAGE.format(key=self._actions.key("code.next_passage")))
            return
        page.view.reveal(mark[3], mark[4])  # one sees what goes, also when one has read on since
        if mark[1]:
            self._desk.uncode(PassageId(mark[0]), CodingId(mark[1]), self._shelf.code(mark[2]))
        else:
            self._desk.remove_passage(PassageId(mark[0]))

    def open_menu(self, at: QPoint, offset: int) -> None:
        """Offer what can be done with the selected words or, where none are, with the passage at an offset."""
        page = self._page()
        if page is not None and page.view is not None:
            (start, end), mark = page.view.selection(), page.selected()
            if start == end and (mark is None or not mark[3] <= offset <= mark[4]):
                page.view.select_mark(None)
                page.select_at_caret()
        menu = Menu(self._area)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id_ in ("code.apply", "code.in_vivo", "code.highlight"):
            menu.addAction(self._actions[id_])
        recent = [code for id_ in self._desk.recent[:RECENT_IN_MENU] if (code := self._shelf.code(id_))]
        if recent:
            menu.addSeparator()
        for code in recent:
            menu.addAction(f"Apply {caption(one_line(code.name))}", partial(self._desk.apply, [code]))
        for ids in (
            ("code.reason", "code.change", "code.remove"),
            ("edit.copy", "edit.copy_reference", "edit.select_all"),
            ("source.not_data", "source.data"),
        ):
            menu.addSeparator()
            menu.addActions([self._actions[id_] for id_ in ids])
        menu.popup(at)


def caret_in(view: SourceView) -> QRect | None:
    """Give where the caret stands in a view; None when it is out of sight."""
    text = view.focusProxy()
    return text.caret_in_widget() if isinstance(text, TextArea) else None


def _below_caret(view: SourceView) -> QPoint:
    rect = caret_in(view)
    return QPoint(view.width() // 4, view.height() // 3) if rect is None else rect.bottomLeft() + QPoint(0, 6)
