"""Find words in the open source: all places are marked, and one walks from one to the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel

from qcode.text.find import Spot, needle, spots
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.latest import Latest
from qcode.ui.reader import SourceView
from qcode.ui.style import label, set_role
from qcode.ui.widgets.plain import one_line
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.slim_bar import SlimBar
from qcode.ui.widgets.source_page import SourcePage

AT_ONCE = 300_000  # characters that are searched between two keys; a longer text is searched in a thread
MOST = 20_000  # places that are marked; nobody walks through more
LONGEST_SELECTION = 200  # characters; more is a passage, not something to look for
NOTHING = "Nothing found"


class FindBar(SlimBar):
    """Serve the commands of finding for whatever page is in front."""

    def __init__(self, context: Context, actions: Actions, page: Callable[[], SourcePage | None]) -> None:
        super().__init__(context, page, "Find in the source")
        self._actions = actions
        self._places: list[Spot] = []
        self._current = -1
        self._anchor = 0  # from where one looks while typing: the place that was read when the bar came up
        self._looking = False
        self._go = True
        self._owed = 0  # steps asked for while the search was still on
        self._searched: SourceView | None = None
        self._latest = Latest(self)
        self._latest.came.connect(self._take)
        self.count, self.wrapped = label(""), label("", "muted")
        self.match_case = self.button("Match case", text="Aa", check=True)
        self.whole_words = self.button("Whole words", text="“w”", check=True)
        self._previous = self.button("Previous place", icon="up")
        self._next = self.button("Next place", icon="down")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.field.setPlaceholderText("Find in this source")
        self.field.setClearButtonEnabled(True)
        for clear in self.field.findChildren(type(self._next)):  # Qt's own, and mute
            clear.setAccessibleName("Clear what is looked for")
        self.field.setMinimumWidth(160)
        self.field.setMaximumWidth(340)
        self.count.setMinimumSize(QSize(90, 0))
        self.wrapped.setSizePolicy(self.wrapped.sizePolicy().Policy.Ignored, self.wrapped.sizePolicy().Policy.Preferred)
        self.fill(self.field, self._previous, self._next, self.match_case, self.whole_words, self.count, self.wrapped)
        self.row.setStretchFactor(self.field, 3)
        self.row.setStretchFactor(self.wrapped, 2)

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _: self.look())
        self.field.entered.connect(lambda shift: self.step(-1 if shift else 1))
        self._previous.clicked.connect(lambda _=False: self.step(-1))
        self._next.clicked.connect(lambda _=False: self.step(1))
        for switch in (self.match_case, self.whole_words):
            switch.toggled.connect(lambda _: self.look())
        serves: dict[str, Callable[[], object]] = {
            "edit.find": self.ask,
            "edit.find_next": lambda: self.walk(1),
            "edit.find_previous": lambda: self.walk(-1),
        }
        for id_, serve in serves.items():
            self._actions[id_].triggered.connect(without_checked(serve))
        self.context.sourceFocused.connect(lambda _: self.follow())
        self.context.projectChanged.connect(self._latest.halt)

    def ask(self) -> None:
        """Come up ready to be typed into, with the selected words when there are some."""
        view = self.view
        if view is None:
            self.context.say("Open a source first.")
            return
        start, end = view.selection()
        words = view.selected_text()
        if self.isHidden():
            self._anchor = start
        self.come_up()
        if 0 < end - start <= LONGEST_SELECTION and "\n" not in words and words.strip():
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.look()

    def look_for(self, words: str, at: int) -> None:
        """Mark all places of words that were found elsewhere; the one at an offset becomes the current one."""
        if self.view is None:
            return
        self.come_up()
        self._anchor = at
        self.field.blockSignals(True)  # one search, from the new place
        self.field.setText(words)
        self.field.blockSignals(False)
        self.look()

    def leave(self) -> None:
        """Go away; the place that was found stays selected, to be coded."""
        self._latest.cancel()
        self._forget()
        super().leave()

    def follow(self) -> None:
        """Look in another source when one comes to the front; nothing is found where there is none."""
        for id_ in ("edit.find", "edit.find_next", "edit.find_previous"):
            self._actions[id_].setEnabled(self.view is not None)
        if self.isHidden() or self.view is self._searched:
            return
        if self.view is None:
            self.leave()
            return
        self._anchor = self.view.selection()[0]
        self.look(go=False)

    def look(self, *, go: bool = True) -> None:
        """Look for what stands in the field; with `go`, show the first place from where one was reading."""
        page, view = self.page, self.view
        if page is None or view is None or self.isHidden():
            return
        self._forget()
        self._searched, self._owed, self._go, self._looking = view, 0, go, False
        text = page.text
        pattern = needle(
            self.field.text(), match_case=self.match_case.isChecked(), whole_words=self.whole_words.isChecked()
        )
        if pattern is None:
            self._latest.cancel()
            self._say("")
        elif len(text) <= AT_ONCE:
            self._latest.cancel()
            self._take(spots(text, pattern, most=MOST))
        else:
            self._say("Searching…")
            self._looking = True
            self._latest.ask(lambda: iter([spots(text, pattern, most=MOST)]))

    def walk(self, by: int) -> None:
        """Go to the next place, or the one before, also when the bar was closed."""
        if self.view is None:
            self.context.say("Open a source first.")
        elif not self.field.text():
            self.ask()
        elif self.isHidden():
            self._anchor = self.view.selection()[0]
            self.come_up()
            self.look(go=False)
            self.step(by)
        else:
            self.step(by)

    def step(self, by: int) -> None:
        """Go so many places on, or back; behind the last comes the first again, and that is said."""
        if self._looking:
            self._owed += by
            return
        view = self.view
        if view is None or not self._places:
            return
        wanted = self._from_caret(view, by)
        count = len(self._places)
        self._show(wanted % count)
        if not 0 <= wanted < count:
            self._tell_wrapped("Back at the top" if by > 0 else "Back at the end")

    def _from_caret(self, view: SourceView, by: int) -> int:
        """Tell which place comes next: after the current one, or after the caret when that was moved since."""
        selected = view.selection()
        if 0 <= self._current < len(self._places) and self._places[self._current][0] == selected[0]:
            return self._current + by
        place = bisect_left(self._places, (selected[0], -1))
        return place + by - 1 if by > 0 else place + by

    def _take(self, places: list[Spot]) -> None:
        view = self.view
        if view is None or view is not self._searched or self.isHidden():
            return
        self._places, self._looking = places, False
        if not places:
            self._say(NOTHING, role="danger")
            return
        first = bisect_left(places, (self._anchor, -1)) % len(places)
        if self._go:
            self._show(first)
        else:
            self._current = -1
            view.show_hits(places, -1)
            self._say(self._of_all(""))
        owed, self._owed = self._owed, 0
        if owed:
            self.step(owed)

    def _show(self, place: int) -> None:
        view = self.view
        if view is None:
            return
        self._current = place
        start, end = self._places[place]
        view.show_hits(self._places, place)
        view.set_selection(start, end)
        view.reveal(start, end)
        self.wrapped.clear()
        self._say(self._of_all(f"{place + 1:,} of "))

    def _of_all(self, which: str) -> str:
        count = len(self._places)
        return f"{which}{count:,}{'+' if count == MOST else ''}" + ("" if which else " found")

    def _forget(self) -> None:
        self._places, self._current = [], -1
        self.wrapped.clear()
        if self._searched is not None and self._is_there(self._searched):
            self._searched.clear_hits()
        self._searched = None

    def _is_there(self, view: SourceView) -> bool:
        """Tell whether a view was not closed meanwhile."""
        area = self.parentWidget()
        return area is not None and view in area.findChildren(SourceView)

    def _tell_wrapped(self, words: str) -> None:
        self.wrapped.setText(words)
        self.context.say(f"{words}: “{one_line(self.field.text(), 30)}”, {self.count.text()}.")

    def _say(self, words: str, role: str = "muted") -> None:
        self.count.setText(words)
        self.count.setAccessibleName(words)
        _dress(self.count, role)


def _dress(said: QLabel, role: str) -> None:
    if said.property("role") != role:
        set_role(said, role)
