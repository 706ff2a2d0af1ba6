"""Search in sources, at the right of the text: all places of words, in their context, source by source."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from qcode.errors import QcodeError
from qcode.project import ChangeSet
from qcode.project.finding import Found, find
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.labels import Elided
from qcode.ui.latest import Latest
from qcode.ui.models.places import Group, PlacesList
from qcode.ui.quoting import copy_around
from qcode.ui.widgets.buttons import quiet
from qcode.ui.widgets.empty import EmptyState
from qcode.ui.widgets.heading import Heading
from qcode.ui.widgets.painting import PADDING
from qcode.ui.widgets.places_view import PlacesView
from qcode.ui.widgets.query_bar import HELP, QueryBar
from qcode.ui.widgets.scope_button import ScopeButton
from qcode.ui.widgets.search_state import SearchState

NOTHING_YET = f"Type words to find them in all sources.\n\n{HELP}"
REPORT_EVERY_S = 0.05
MOST = 50_000  # places that are listed; a single letter stands in millions
AGAIN_MS = 400  # after a change: a search for each of several would only be thrown away
TOUCHING = frozenset(("source", "text", "source_span", "folder"))

Bundle = tuple[tuple[Group, ...], int, int, bool]  # what was found, sources so far, of how many; there is more


class SearchPanel(QWidget):
    """Look as one types; Enter or a click leads to the place. `shown` tells which place, for who marks it there."""

    key = "search"
    title = "Search in sources"
    area = "right"

    shown = Signal(object)
    codeAsked = Signal()  # noqa: N815
    contextAsked = Signal()  # noqa: N815
    left = Signal()
    cleared = Signal()

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._state = SearchState()
        self._stale = False  # the project changed while nobody looked
        self.setAccessibleName(self.title)
        self.setMinimumWidth(260)
        self.bar = QueryBar("Search in sources", narrow=True)
        self.scope = ScopeButton(context)
        self.rows = PlacesList(self)
        self.list = PlacesView(self.rows, context)
        self.said = Elided("", "muted")
        self.empty = EmptyState(NOTHING_YET)
        self.code = quiet("Code these…", "Code all places found, or what is around them, in one go")
        self.in_context = quiet("In context…", "Show the places on lines of their own, word below word")
        self._latest = Latest(self)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.search)
        self._lay_out()
        self._connect(actions)
        self._say()

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(PADDING, 10, PADDING, 6)
        top.setSpacing(6)
        top.addWidget(Heading(self.title))
        top.addWidget(self.bar)
        meant = QHBoxLayout()
        meant.setSpacing(4)
        meant.addWidget(self.scope)
        meant.addStretch(1)
        meant.addWidget(self.bar.switches)
        top.addLayout(meant)
        top.addWidget(self.said)
        below = QHBoxLayout()
        below.setContentsMargins(PADDING, 4, PADDING - 4, 6)
        below.setSpacing(2)
        below.addStretch(1)
        below.addWidget(self.in_context)
        below.addWidget(self.code)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(self._pages, 1)
        layout.addLayout(below)

    def _connect(self, actions: Actions) -> None:
        context = self._context
        context.projectChanged.connect(self._project_changed)
        context.changed.connect(self._follow)
        context.themeChanged.connect(self.list.viewport().update)
        context.busyChanged.connect(lambda _: self._say())
        self.bar.asked.connect(self.search)
        self.bar.entered.connect(self._enter)
        self.bar.stepped.connect(self._into_list)
        self.bar.left.connect(self.left)
        self.scope.chosen.connect(self.search)
        self.list.jumpAsked.connect(self.shown)
        self.list.copyAsked.connect(lambda place: copy_around(context, place.source, place.start, place.end))
        self.code.clicked.connect(lambda _=False: self.codeAsked.emit())
        self.in_context.clicked.connect(lambda _=False: self.contextAsked.emit())
        self._latest.came.connect(self._take)
        self._latest.ended.connect(self._say)
        self._latest.failed.connect(self._fail)

    def sizeHint(self) -> QSize:
        """Ask for the room of a few words on each side of a place."""
        return QSize(330, 500)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again when the project changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self.search()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no further while nobody looks, and mark nothing in the text any more."""
        super().hideEvent(event)
        if event.spontaneous():  # the whole window went for a moment
            return
        self._stale = self._stale or self._latest.busy
        self._latest.cancel()
        self.cleared.emit()

    # ---- searching ----

    @property
    def busy(self) -> bool:
        """Tell whether a search goes on."""
        return self._latest.busy

    def search(self) -> None:
        """Look for what stands in the field."""
        self._again.stop()
        self._stale = not self.isVisible()
        project, query = self._context.project, self.bar.query
        self._latest.cancel()
        self.cleared.emit()
        self.rows.begin(project)
        self._state = SearchState()
        if project is not None and query is not None and not self._stale:
            try:
                scope = self.scope.scope()
            except QcodeError as error:
                self.bar.say(str(error))
            else:
                self._latest.ask(lambda: bundles(find(project, query, scope)))
        self._say()

    def _take(self, bundle: Bundle) -> None:
        groups, self._state.done, self._state.total, self._state.more = bundle
        self.rows.add(groups)
        self._say()

    def _fail(self, error: QcodeError) -> None:
        """Say that it was stopped; what was found until then stays, and is not taken for all."""
        self.bar.say(str(error))
        self._state.stopped = True
        self._say()

    def _say(self) -> None:
        places, state = self.rows.places, self._state
        state.searching = self._latest.busy
        self.said.set_whole(state.said(places, self.rows.sources) if self.bar.query is not None else "")
        self._pages.setCurrentWidget(self.list if places else self.empty)
        self.empty.say(state.nothing(self.bar, self.scope, NOTHING_YET))
        self.code.setEnabled(bool(places) and state.whole and self._context.writable)
        self.in_context.setEnabled(bool(places))

    def _project_changed(self) -> None:
        """Let go of the project before it is closed."""
        self._latest.halt()
        self._again.stop()
        self.bar.clear()
        self.search()

    def _follow(self, changes: ChangeSet) -> None:
        touching = TOUCHING | ({"coding", "passage"} if self.scope.is_of_code else set())
        if self.bar.query is not None and touching & changes.rows.keys():
            self._stale = True
            if self.isVisible():
                self._again.start()

    # ---- going there ----

    def ask(self, words: str = "") -> None:
        """Come up ready to be typed into; with words, look for these."""
        if words:
            self.bar.field.setText(words)
        self.bar.field.selectAll()
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _enter(self) -> None:
        """Go to the first place, or to the one that is chosen."""
        self.list.first()
        place = self.rows.place(self.list.currentIndex())
        if place is not None:
            self.shown.emit(place)

    def _into_list(self) -> None:
        if self.rows.places:
            self.list.first()
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)


def bundles(steps: Iterator[Found]) -> Iterator[Bundle]:
    """Hand on the first places at once, and the rest a few times a second, until there are MOST.

    The texts themselves are let go.
    """
    waiting: list[Group] = []
    told, any_yet, places = monotonic(), False, 0
    done = total = 0
    for found in steps:
        done, total = found.done, found.total
        if found.spots:
            waiting.append(Group(found.source.id, found.source.name, found.spots[: MOST - places]))
            places += len(found.spots)
        if places > MOST:
            break
        if (waiting and not any_yet) or monotonic() - told >= REPORT_EVERY_S:
            yield tuple(waiting), done, total, False
            any_yet = any_yet or bool(waiting)
            waiting, told = [], monotonic()
    yield tuple(waiting), done, total, places > MOST
