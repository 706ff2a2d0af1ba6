"""The commands that look for words, count them and code what was found: which window they open, and on what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.text.query import quoted
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.models.places import Group, Place
from qcode.ui.panels.reading import ReadingArea
from qcode.ui.panels.search import SearchPanel
from qcode.ui.reader import SourceView
from qcode.ui.widgets.query_bar import Wanted
from qcode.ui.widgets.scope_button import ScopeButton
from qcode.ui.widgets.serving import without_checked

LONGEST = 200  # characters of a selection that one may mean to look for


class Analysing(QObject):
    """Serve them for one window. `go_back` gives the keyboard to the text."""

    def __init__(
        self,
        context: Context,
        actions: Actions,
        panel: SearchPanel,
        reading: ReadingArea,
        window: QWidget,
        *,
        go_back: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._context = context
        self._actions = actions
        self._panel = panel
        self._reading = reading
        self._window = window
        self._marked: SourceView | None = None
        serves: dict[str, Callable[[], object]] = {
            "edit.find_all": self.find_all,
            "code.auto": self.auto_code,
            "analyse.words": self.word_list,
            "analyse.context": self.words_in_context,
        }
        for id_, serve in serves.items():
            actions[id_].triggered.connect(without_checked(serve))
        panel.shown.connect(self.show_place)
        panel.cleared.connect(self.unmark)
        panel.left.connect(go_back)
        panel.codeAsked.connect(self.code_found)
        panel.contextAsked.connect(lambda: self.words_in_context(panel.bar.wanted, panel.scope))

    def find_all(self) -> None:
        """Open the search with the selected words, ready to be typed into."""
        view = self._reading.view
        words = view.selected_text() if view is not None else ""
        self._actions["view.focus"].setChecked(False)
        self._actions["view.search"].setChecked(True)
        wanted = words.strip() if len(words) <= LONGEST and "\n" not in words else ""
        self._panel.ask(quoted(wanted, is_regex=self._panel.bar.is_regex.isChecked()))

    def show_place(self, place: Place) -> None:
        """Go to a place, with all places of its source marked."""
        self._go_to(place.group, place.at)

    def _go_to(self, group: Group, at: int) -> None:
        self.unmark()
        start, end = group.spots[at]
        self._context.reveal(group.source, start, end)
        view = self._reading.view
        if view is not None and self._context.source == group.source:
            view.show_hits(group.spots, at)
            view.set_selection(start, end)
            self._marked = view

    def unmark(self) -> None:
        """Mark nothing in the text any more."""
        if self._marked is not None and self._marked in self._reading.findChildren(SourceView):
            self._marked.clear_hits()
        self._marked = None

    def code_found(self) -> None:
        """Ask how what was found is to be coded."""
        self._ask_what(wanted=self._panel.bar.wanted, scope=self._panel.scope)

    def auto_code(self) -> None:
        """Ask what is to be coded in one go."""
        self._ask_what()

    def _ask_what(self, **begun: Any) -> None:
        from qcode.ui.dialogs.auto_code import AutoCode  # noqa: PLC0415 - no start need wait for it

        AutoCode(self._context, self._window, **begun).open()

    def word_list(self) -> None:
        """Show how often each word stands in the sources."""
        from qcode.ui.dialogs.word_list import WordListWindow  # noqa: PLC0415 - no start need wait for it

        listed = WordListWindow(self._context, self._window)
        listed.contextAsked.connect(self.words_in_context)
        listed.show()
        listed.activateWindow()
        listed.count()

    def words_in_context(self, wanted: Wanted | None = None, scope: ScopeButton | None = None) -> None:
        """Show places under each other, word below word."""
        from qcode.ui.dialogs.words_in_context import WordsInContext  # noqa: PLC0415 - no start need wait for it

        shown = WordsInContext(self._context, self._window)
        shown.shown.connect(self._go_to)
        shown.show()
        shown.activateWindow()
        shown.begin(wanted or Wanted(), scope)
