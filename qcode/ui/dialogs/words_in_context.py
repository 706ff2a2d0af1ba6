"""Words in context: each place on a line of its own, the words found below each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import QcodeError
from qcode.exchange.words import places_table
from qcode.progress import Progress
from qcode.project.finding import Found, Line, find, lines
from qcode.ui.ask import TABLES_AND_SHEETS
from qcode.ui.context import Context
from qcode.ui.exporting import Made, export
from qcode.ui.latest import Latest
from qcode.ui.models.lines import BEFORE, WORDS, Lines, Order
from qcode.ui.models.places import Group
from qcode.ui.style import label
from qcode.ui.widgets.buttons import quiet
from qcode.ui.widgets.empty import EmptyState
from qcode.ui.widgets.query_bar import HELP, QueryBar, Wanted
from qcode.ui.widgets.row_table import RowTable
from qcode.ui.widgets.scope_button import ScopeButton
from qcode.ui.widgets.search_state import SearchState

Index = QModelIndex | QPersistentModelIndex
MOST = 20_000  # places that are shown; nobody reads more, and the command line writes all
REACH = 90  # characters on each side
REPORT_EVERY_S = 0.05
NOTHING_YET = f"Type words to see them in their context.\n\n{HELP}"
HINT = "Enter goes to the place"

Bundle = tuple[tuple[Line, ...], bool, int, int]  # the places; there are more; sources so far, of how many


class WordsInContext(QWidget):
    """A window beside the text; `shown` wants a place shown there. It deletes itself."""

    shown = Signal(object, int)  # a Group, and which of its places

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Words in context")
        self.resize(980, 620)
        self._context = context
        self._state = SearchState()
        self.bar = QueryBar("Words in context")
        self.scope = ScopeButton(context)
        self.order = QComboBox()
        self.export = quiet("Export…", "Write the places as CSV, XLSX or JSON")
        self.model = Lines(self)
        self.table = _Table(self.model)
        self.empty = EmptyState(NOTHING_YET)
        self.said = label("", "muted")
        self._latest = Latest(self)
        self._lay_out()
        self._connect()
        self._say()

    def _lay_out(self) -> None:
        self.order.addItems([f"Order: {order}" for order in Order])
        self.order.setAccessibleName("Order of the places")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.scope)
        row.addStretch(1)
        row.addWidget(self.order)
        row.addWidget(self.export)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        below.addWidget(label(HINT, "muted"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 10)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addLayout(row)
        layout.addLayout(self._pages, 1)
        layout.addLayout(below)

    def _connect(self) -> None:
        self.bar.asked.connect(self.look)
        self.bar.left.connect(self.close)
        self.bar.stepped.connect(self.table.setFocus)
        self.scope.chosen.connect(self.look)
        self.order.currentIndexChanged.connect(lambda at: self.model.arrange(list(Order)[at]))
        self.export.clicked.connect(lambda _=False: self.write())
        self.table.chosen.connect(self._go)
        self._latest.came.connect(self._take)
        self._latest.ended.connect(self._end)
        self._latest.failed.connect(self._fail)
        self._context.projectChanged.connect(self._project_changed)

    def begin(self, wanted: Wanted, scope: ScopeButton | None = None) -> None:
        """Look for words at once, where another part of the window looks."""
        if scope is not None:
            self.scope.take(scope)
        self.bar.put(wanted)
        self.bar.field.setFocus()

    # ---- looking ----

    def look(self) -> None:
        """Look for what stands in the field, leaving out what is not data."""
        project, query = self._context.project, self.bar.query
        self._latest.cancel()
        self.model.clear()
        self._state = SearchState()
        if project is not None and query is not None:
            try:
                scope = replace(self.scope.scope(), data_only=True)
            except QcodeError as error:
                self.bar.say(str(error))
            else:
                self._latest.ask(lambda: _bundles(find(project, query, scope)))
        self._say()

    def _take(self, bundle: Bundle) -> None:
        found, self._state.more, self._state.done, self._state.total = bundle
        self.model.add(found)
        self._say()

    def _end(self) -> None:
        if self.model.order is not Order.TEXT:
            self.model.arrange(self.model.order)
        self.table.fit()
        self._say()

    def _fail(self, error: QcodeError) -> None:
        self.bar.say(str(error))
        self._state.stopped = True
        self._say()

    def _say(self) -> None:
        places, state = self.model.rowCount(), self._state
        state.searching = self._latest.busy
        sources = len({line.source for line in self.model.rows})
        self.said.setText(state.said(places, sources) if self.bar.query is not None else "")
        self._pages.setCurrentWidget(self.table if places else self.empty)
        self.empty.say(state.nothing(self.bar, self.scope, NOTHING_YET))
        self.export.setEnabled(bool(places) and not state.searching and not state.stopped)

    def _project_changed(self) -> None:
        self._latest.halt()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Look no further."""
        self._latest.halt()
        super().closeEvent(event)

    # ---- what is done with them ----

    def _go(self, row: int) -> None:
        line = self.model.rows[row]
        there = [one for one in self.model.rows if one.source == line.source]
        spots = sorted({(one.start, one.end) for one in there})
        self.shown.emit(Group(line.source, line.name, tuple(spots)), spots.index((line.start, line.end)))
        if (beside := self.parentWidget()) is not None:
            beside.activateWindow()

    def write(self) -> None:
        """Write the places that are shown, in their order."""
        shown = list(self.model.rows)

        def make(path: Path, _progress: Progress) -> Made:
            said = "\n".join(f"{one.name} {one.before}{one.words}{one.after}" for one in shown)
            return Made(places_table(shown).written_as(path.suffix), said)

        project = self._context.project
        name = project.path.stem if project else ""
        export(self._context, "Export places", f"{name} places.csv", TABLES_AND_SHEETS, make, parent=self)


class _Table(RowTable):
    """The words found in the middle column, as wide as they are; what is around them has the rest."""

    def __init__(self, model: Lines) -> None:
        super().__init__(model, "Places")
        self.setItemDelegate(_Cut(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._words = 90

    def fit(self) -> None:
        """Make the middle as wide as the words found, within reason."""
        model = self.model()
        metrics = QFontMetrics(self.font())
        shown = (model.index(row, WORDS).data() for row in range(min(300, model.rowCount())))
        self._words = min(240, max((metrics.horizontalAdvance(words) for words in shown), default=66) * 11 // 10 + 24)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what is around the words the rest, half each."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        width = self.viewport().width()
        source = min(170, width // 6)
        rest = max(120, width - source - 44 - self._words)
        for column, wide in enumerate((source, 44, rest // 2, self._words, rest - rest // 2)):
            self.setColumnWidth(column, wide)


class _Cut(QStyledItemDelegate):
    """Cut what goes before at its beginning: its end stands beside the words."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Let Qt fill it in, but for the end that is cut."""
        super().initStyleOption(option, index)
        if index.column() == BEFORE:
            option.textElideMode = Qt.TextElideMode.ElideLeft


def _bundles(steps: Iterator[Found]) -> Iterator[Bundle]:
    """Hand on the places a few times a second, with their context, until there are MOST."""
    waiting: list[Line] = []
    room, done, total, told = MOST, 0, 0, 0.0
    for found in steps:
        done, total = found.done, found.total
        waiting += lines(replace(found, spots=found.spots[: max(0, room)]), REACH)
        room -= len(found.spots)
        if room < 0:
            break
        if monotonic() - told >= REPORT_EVERY_S:
            yield tuple(waiting), False, done, total
            waiting, told = [], monotonic()
    yield tuple(waiting), room < 0, done, total
