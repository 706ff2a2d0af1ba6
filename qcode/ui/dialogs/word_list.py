"""How often each word stands in the sources: sorted, narrowed, without the words that say little, and exported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import QcodeError
from qcode.exchange.words import as_names, word_table
from qcode.progress import Progress
from qcode.project import words
from qcode.project.words import WordList
from qcode.text.query import quoted
from qcode.text.stopwords import LANGUAGES, all_of, likely
from qcode.ui import jobs
from qcode.ui.ask import TABLES_AND_SHEETS
from qcode.ui.context import Context
from qcode.ui.exporting import Made, export
from qcode.ui.menu import Menu
from qcode.ui.models.words import Words
from qcode.ui.style import label
from qcode.ui.widgets.buttons import quiet
from qcode.ui.widgets.empty import EmptyState
from qcode.ui.widgets.filter_field import FilterField
from qcode.ui.widgets.plain import listed, number_of
from qcode.ui.widgets.query_bar import Wanted
from qcode.ui.widgets.row_table import RowTable
from qcode.ui.widgets.scope_button import ScopeButton

NOT_COUNTED = "The words were not counted."
NO_WORDS = "There are no words here."
HINT = "Enter shows a word in its context"


class WordListWindow(QWidget):
    """A window beside the text; `contextAsked` wants a word shown in context. It deletes itself."""

    contextAsked = Signal(object, object)  # noqa: N815 - Wanted, ScopeButton

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Word list")
        self.resize(560, 640)
        self._context = context
        self._languages: set[str] | None = None  # None: as the words say themselves
        self.model = Words(self)
        self.table = _table(self.model)
        self.filter = FilterField("Filter words", self.table)
        self.scope = ScopeButton(context)
        self.stop = quiet("", "Leave out words that say little: the, and, of …")
        self.export = quiet("Export…", "Write the words that are shown as CSV, XLSX or JSON")
        self.again = quiet("Count", "Count the words")
        self.said = label("", "muted")
        self.empty = EmptyState("")
        self._ticks: dict[str, QAction] = {}
        self._lay_out()
        self._connect()
        self._say()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        for part in (self.scope, self.stop):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self.again)
        top.addWidget(self.export)
        self._fill_stop_words()
        self._pages = QStackedLayout()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        below.addWidget(label(HINT, "muted"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 10)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.filter)
        layout.addLayout(self._pages, 1)
        layout.addLayout(below)

    def _fill_stop_words(self) -> None:
        menu = Menu(self.stop)
        for code, name in LANGUAGES.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.triggered.connect(lambda on, code=code: self._leave_out(code, on=on))
            self._ticks[code] = action
        self.stop.setMenu(menu)
        self.stop.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.scope.chosen.connect(self.count)
        self.again.clicked.connect(lambda _=False: self.count())
        self.export.clicked.connect(lambda _=False: self.write())
        self.table.chosen.connect(self._ask_for_context)
        self._context.projectChanged.connect(self.close)

    # ---- counting ----

    def count(self) -> None:
        """Count the words where one looks; Cancel leaves the list empty."""
        project = self._context.project
        if project is None:
            return
        self._show(WordList((), 0, 0))
        try:
            scope = self.scope.scope()
        except QcodeError as error:
            self.empty.say(str(error))
            return

        def work(progress: Progress) -> WordList:
            return words.listing(project, scope, progress)

        jobs.run(self._context, "Count the words", work, self._show, parent=self)

    def _show(self, counted: WordList) -> None:
        if self._languages is None and counted.words:
            found = likely({one.word: one.count for one in counted.words})
            self._languages = {found} if found else set()
        self.model.fill(counted)
        self._apply_stop_words()
        if counted.words and not self.filter.hasFocus():
            self.table.setFocus()
            self.table.selectRow(0)

    def _leave_out(self, language: str, *, on: bool) -> None:
        known = self._languages or set()
        self._languages = known | {language} if on else known - {language}
        self._apply_stop_words()

    def _apply_stop_words(self) -> None:
        chosen = self._languages or set()
        self.model.leave_out(all_of(chosen))
        for code, action in self._ticks.items():
            action.setChecked(code in chosen)
        names = [name for code, name in LANGUAGES.items() if code in chosen]
        self.stop.setText(f"Without {listed(names)} stop words ▾" if names else "With all words ▾")
        self.stop.setAccessibleName(self.stop.text().removesuffix(" ▾"))
        self._say()

    def _narrow(self, typed: str) -> None:
        self.model.narrow(typed)
        self._say()

    def _say(self) -> None:
        counted, shown = self.model.counted, self.model.rowCount()
        any_yet = bool(counted.sources)
        self.said.setText(
            f"{number_of(shown, 'word')} of {len(counted.words):,} different; {counted.total:,} in all, in "
            f"{number_of(counted.sources, 'source')}"
            if any_yet
            else ""
        )
        self._pages.setCurrentWidget(self.table if shown else self.empty)
        self.empty.say("No word fits." if counted.words else NO_WORDS if any_yet else NOT_COUNTED)
        self.again.setVisible(not any_yet)
        self.export.setEnabled(bool(shown))

    # ---- what is done with them ----

    def _ask_for_context(self, row: int) -> None:
        wanted = Wanted(quoted(self.model.rows[row].word), whole_words=True)
        self.contextAsked.emit(wanted, self.scope)

    def write(self) -> None:
        """Write the words that are shown, in their order."""
        shown, total = list(self.model.rows), self.model.counted.total

        def make(path: Path, _progress: Progress) -> Made:
            return Made(word_table(shown, total).written_as(path.suffix), as_names(shown))

        project = self._context.project
        name = project.path.stem if project else ""
        export(self._context, "Export words", f"{name} words.csv", TABLES_AND_SHEETS, make, parent=self)


def _table(model: Words) -> RowTable:
    made = RowTable(model, "Words")
    made.setSortingEnabled(True)
    made.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    header = made.horizontalHeader()
    header.setSortIndicatorShown(False)  # it would lie on the words, which tell it themselves
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return made
