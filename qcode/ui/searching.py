"""Search everything: what is typed in the top bar is looked for while one types, and Enter leads to the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from qcode.errors import QcodeError
from qcode.exchange.citing import Stretch
from qcode.project.search import Hit, Kind, Step, everything
from qcode.text.find import needle
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.latest import Latest
from qcode.ui.models.search import SearchRows
from qcode.ui.quoting import copy_around, copy_quotes
from qcode.ui.widgets.plain import number_of, one_line
from qcode.ui.widgets.search_drop import SearchDrop
from qcode.ui.widgets.search_field import SearchField
from qcode.ui.widgets.serving import without_checked

PAUSE_MS = 120  # between the last key and the search: most words are typed in one go
REPORT_EVERY_S = 0.04
HELP = "↑ ↓ choose · Enter opens · Ctrl+Shift+C copies · Esc returns to the text"


class Searching(QObject):
    """Serve edit.search between the field, the list below it, and the project.

    `look_for` marks words in the source in front; `go_back` gives the keyboard to the text.
    """

    def __init__(
        self,
        context: Context,
        actions: Actions,
        field: SearchField,
        window: QWidget,
        *,
        look_for: Callable[[str, int], None],
        go_back: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._look_for = look_for
        self._go_back = go_back
        self.field = field
        self.rows = SearchRows(self)
        self.drop = SearchDrop(context, self.rows, window)
        self._opens_first = False  # Enter was pressed before anything was found
        self._searched = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.latest = Latest(self)
        self.latest.came.connect(self._add)
        self.latest.ended.connect(self._end)
        self.latest.failed.connect(self._fail)
        self._focus_mode = actions["view.focus"]
        self._connect(actions)

    def _connect(self, actions: Actions) -> None:
        field, context = self.field, self._context
        actions["edit.search"].triggered.connect(without_checked(self.ask))
        field.textChanged.connect(lambda _: self._typed())
        field.entered.connect(lambda _shift: self._enter())
        field.left.connect(self.leave)
        field.stepped.connect(self._step)
        field.dropped.connect(self.fold)
        field.came.connect(self._unfold)
        field.copyAsked.connect(self._copy)
        self.drop.list.clicked.connect(lambda index: self._open(self.rows.hit(index)))
        context.projectChanged.connect(self._forget)
        context.changed.connect(lambda _: self._grow_old())
        self._window.installEventFilter(self)

    def ask(self) -> None:
        """Go into the field; what was looked for last is offered to be replaced or looked at again."""
        if not self.field.isVisible():
            self._focus_mode.setChecked(False)  # the field is among what was hidden around the text
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._unfold()

    def leave(self) -> None:
        """Fold the list and go back to the text."""
        self.fold()
        self._go_back()

    def fold(self) -> None:
        """Hide what was found, and look no further."""
        self.drop.hide()
        self._pause.stop()
        self._opens_first = False
        if self.latest.busy:
            self.latest.cancel()
            self._searched = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the list below the field when the window is resized."""
        if watched is self._window and event.type() == QEvent.Type.Resize and not self.drop.isHidden():
            self.drop.place(self.field)
        return super().eventFilter(watched, event)

    # ---- searching ----

    def _typed(self) -> None:
        self.latest.cancel()
        self._opens_first = False
        if needle(self.field.text()) is None:
            self._pause.stop()
            self._searched = ""
            self.rows.clear()
            self.drop.hide()
        else:
            self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        project, words = self._context.project, self.field.text()
        if project is None or not self.field.hasFocus():
            return
        self._searched = words
        self.rows.clear()
        self._say("Searching…")
        self.latest.ask(lambda: in_bundles(everything(project, words)))

    def _add(self, steps: Sequence[Step]) -> None:
        nothing_yet = not self.rows.rowCount()
        self.rows.add(steps)
        if nothing_yet and self.rows.rowCount():
            self.drop.step(1)
            if self._opens_first:
                self._open(self.drop.current())
                return
        self._say(f"Searching… {self.rows.done:,} of {number_of(self.rows.total, 'text')}")

    def _end(self) -> None:
        self._opens_first = False
        self._say(HELP if self.rows.rowCount() else f"Nothing found for “{one_line(self._searched, 40)}”.")

    def _fail(self, error: QcodeError) -> None:
        self._say(str(error))

    def _say(self, words: str) -> None:
        self.drop.said.setText(words)
        self.field.setAccessibleDescription(words)
        self._show_drop()

    def _show_drop(self) -> None:
        if self.field.hasFocus():
            self.drop.place(self.field)
            self.drop.show()
            self.drop.raise_()

    def _unfold(self) -> None:
        """Show again what was found; look anew when the project has changed since."""
        if needle(self.field.text()) is None:
            return
        if self._searched == self.field.text():
            self._show_drop()
        else:
            self._search()

    def _grow_old(self) -> None:
        """What was found before a change may lead nowhere; look again when one comes back."""
        if not self.field.hasFocus():
            self._searched = ""

    def _forget(self) -> None:
        """Let go of the project before it is closed."""
        self.latest.halt()
        self.field.clear()
        self.rows.clear()
        self.drop.hide()

    # ---- going there ----

    def _step(self, by: int) -> None:
        if self.drop.isHidden():
            self._unfold()
        else:
            self.drop.step(by)

    def _enter(self) -> None:
        if self._pause.isActive() or (self.latest.busy and not self.rows.rowCount()):
            if self._pause.isActive():
                self._search()
            self._opens_first = True
        elif self.drop.isHidden():
            self._unfold()
        else:
            self._open(self.drop.current())

    def _copy(self) -> None:
        """Copy the passage, or the sentence in a text, that is chosen in the list."""
        hit = self.drop.current()
        if self.drop.isHidden() or hit is None or hit.source is None:
            return
        if hit.passage is not None:
            copy_quotes(self._context, [Stretch(hit.source, hit.start, hit.end, hit.passage)])
        elif hit.start is not None and hit.end is not None:
            copy_around(self._context, hit.source, hit.start, hit.end)

    def _open(self, hit: Hit | None) -> None:
        if hit is None:
            return
        words = self.field.text()
        self.fold()
        lead_to(self._context, hit)
        if hit.source is None:
            self._go_back()
        elif hit.kind is Kind.TEXT and hit.start is not None and self._context.source == hit.source:
            self._look_for(words, hit.start)


def lead_to(context: Context, hit: Hit) -> None:
    """Bring what was found into sight, wherever it is shown."""
    if hit.source is not None:
        context.reveal(hit.source, hit.start, hit.end)
    if hit.passage is not None and context.source == hit.source:
        context.focus_passage(hit.passage)
    if hit.code is not None:
        context.focus_code(hit.code)


def in_bundles(steps: Iterator[Step]) -> Iterator[tuple[Step, ...]]:
    """Hand on at once what brings something to show, and the rest a few times a second: the window has more to do."""
    waiting: list[Step] = []
    told = monotonic()
    for step in steps:
        waiting.append(step)
        if step.hits or monotonic() - told >= REPORT_EVERY_S:
            yield tuple(waiting)
            waiting, told = [], monotonic()
    if waiting:
        yield tuple(waiting)
