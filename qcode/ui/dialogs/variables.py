"""The variables of the sources in a window of their own, like a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from qcode.errors import InvalidInput, QcodeError
from qcode.exchange import variables as exchange
from qcode.exchange.files import read_file
from qcode.progress import Progress
from qcode.project import ChangeSet, variables
from qcode.project.variables import Cell
from qcode.text.values import settled
from qcode.ui import exporting, jobs
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.dialogs.removal import confirm_variable
from qcode.ui.dialogs.variable_form import VariableForm
from qcode.ui.menu import Menu
from qcode.ui.models.shelf import shelf_of
from qcode.ui.models.variables import VariableTable
from qcode.ui.style import label, set_role
from qcode.ui.widgets.empty import EmptyState
from qcode.ui.widgets.filter_field import FilterField
from qcode.ui.widgets.plain import caption, number_of, one_line
from qcode.ui.widgets.value_grid import ValueGrid

NO_VARIABLES = "No variables yet. Add one, or import a table\nwhose first column names the sources."
NO_SOURCES = "No source holds these words."
KINDS = "CSV table (*.csv);;Excel workbook (*.xlsx);;JSON (*.json)"
TABLES = "Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)"
FOLLOWED = frozenset(("variable", "variable_value", "source", "folder"))
AT_ONCE = 5_000  # values that are written in the blink of an eye; more are written beside the window
MENTIONED = 12  # rows that match nothing, named in the report


class VariablesWindow(QDialog):
    """Show and edit all values. Open it with `show`: it does not block the window, and deletes itself."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._shelf = shelf_of(context)
        self.setWindowTitle("Variables")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(940, 560)
        self.model = VariableTable(self)
        self.grid = ValueGrid(self.model)
        self.filter = FilterField("Filter by source or value", self.grid)
        self.empty = EmptyState(NO_VARIABLES)
        self.add = self._button("New variable…", self.new_variable)
        self.bring_in = self._button("Import…", self.ask_for_table)
        self.export = self._button("Export…", self.export_table)
        self.said = label("", "muted")
        self.said.setWordWrap(True)
        self._sorted = -1, False
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.reload)
        self._connect()
        self.reload()
        self.grid.setFocus()

    def _button(self, words: str, serve: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: serve())
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.filter, 1)
        for button in (self.add, self.bring_in, self.export):
            top.addWidget(button)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.grid)
        self._pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 10)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addLayout(self._pages, 1)
        layout.addWidget(self.said)

    def _connect(self) -> None:
        context = self._context
        context.changed.connect(self._follow)
        context.projectChanged.connect(self.close)
        context.busyChanged.connect(self._enable)  # a lambda would outlive the window
        self.filter.textChanged.connect(self._narrow)
        self.model.typed.connect(lambda cells: self.write(cells, self._typed(cells)))
        self.grid.filled.connect(self.write)
        self.grid.said.connect(self.say)
        self.grid.customContextMenuRequested.connect(self._cell_menu)
        columns = self.grid.horizontalHeader()
        columns.customContextMenuRequested.connect(self._column_menu)
        columns.sectionClicked.connect(self._sort_next)
        for id_ in ("edit.undo", "edit.redo"):  # their keys are wanted in this window, too
            self.addAction(self._actions[id_])
        edit = QAction("Edit variable…", self, shortcut=QKeySequence("Shift+F2"))
        edit.triggered.connect(lambda _=False: self.edit_variable(self.grid.currentIndex().column()))
        self.addAction(edit)

    # ---- showing ----

    def reload(self) -> None:
        """Read all anew, keeping the cell that is worked on."""
        project = self._context.project
        if project is None:
            return
        current = self.grid.currentIndex()
        here = self.model.cell(current.row(), current.column(), "") if current.isValid() else None
        with project.read() as r:
            known, values = variables.listing(r), variables.values(r)
        columns = len(self.model.variables)
        self.model.load(self._shelf.sources, known, values)
        if here is not None and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.place(here[0], here[1]))
        if len(known) != columns:
            self.grid.resizeColumnsToContents()
        self._show_page()

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say something below the table."""
        set_role(self.said, "danger" if wrong else "muted")
        self.said.setText(words)

    def _show_page(self) -> None:
        some = bool(self.model.variables) and self.model.rowCount() > 0
        self.empty.say(NO_SOURCES if self.model.variables and self.filter.text() else NO_VARIABLES)
        self._pages.setCurrentWidget(self.grid if some else self.empty)
        self.setWindowTitle(f"Variables · {number_of(self.model.total, 'source')}")
        self._enable()

    def _enable(self, _busy: bool = False) -> None:
        writable = self._context.writable
        for button in (self.add, self.bring_in):
            button.setEnabled(writable)
        self.model.writable = writable
        self.export.setEnabled(bool(self.model.variables))

    def _follow(self, changes: ChangeSet) -> None:
        if FOLLOWED & changes.rows.keys():
            self._soon.start()

    def _narrow(self, words: str) -> None:
        self.model.filter(words)
        self._show_page()

    def sort(self, column: int, *, falling: bool = False) -> None:
        """Put the rows in the order of a variable; column -1: of the sources."""
        self._sorted = column, falling
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self.grid.horizontalHeader().setSortIndicator(column, order)
        self.model.sort(column, order)

    def _sort_next(self, column: int) -> None:
        """Rising first, then falling, then in the order of the sources again."""
        if self._sorted == (column, False):
            self.sort(column, falling=True)
        else:
            self.sort(-1 if self._sorted == (column, True) else column)

    # ---- writing ----

    def write(self, cells: Sequence[Cell], label_: str, note: str = "") -> None:
        """Give values as one change; nothing is written when one does not fit, and which is said below."""
        if not self._context.writable:
            self.say("This project cannot be written now; nothing was changed.", wrong=True)
            return
        kinds = {variable.id: variable for variable in self.model.variables}
        for _, variable, value in cells:
            try:
                settled(value, kinds[variable].kind)
            except InvalidInput as error:
                self.say(f"{kinds[variable].name}: {error}", wrong=True)
                return
        self.say(note)
        if len(cells) <= AT_ONCE:
            self._context.change(label_, lambda tx: variables.set_values(tx, cells))
            return
        project = self._context.project

        def work(progress: Progress) -> None:
            if project is not None:
                progress(0, 1, f"{number_of(len(cells), 'value')}")
                with project.change(label_) as tx:
                    variables.set_values(tx, cells)
                    progress(1, 1, "")  # the last moment to cancel

        jobs.run(self._context, "Fill in values", work, parent=self)

    def _typed(self, cells: Sequence[Cell]) -> str:
        names = {variable.id: variable.name for variable in self.model.variables}
        return f"set {one_line(names[cells[0][1]])}"

    # ---- variables ----

    def new_variable(self) -> None:
        """Ask for a name and a kind, and add a variable."""
        VariableForm(self._context, parent=self).open()

    def edit_variable(self, column: int) -> None:
        """Let name, kind and meaning of a variable be changed."""
        if 0 <= column < len(self.model.variables):
            VariableForm(self._context, self.model.variables[column], parent=self).open()

    def remove_variable(self, column: int) -> None:
        """Ask, saying what goes with it, and remove a variable."""
        variable, project = self.model.variables[column], self._context.project
        if project is None or not self._context.writable:
            return
        with project.read() as r:
            going = variables.removal(r, variable.id)
        if confirm_variable(self._context.ask, variable, going):
            self._context.change(
                f"remove variable {one_line(variable.name)}", lambda tx: variables.remove(tx, variable.id)
            )

    def move_variable(self, column: int, steps: int) -> None:
        """Put a variable further left or right."""
        place = column + steps
        if 0 <= place < len(self.model.variables):
            variable = self.model.variables[column]
            self._context.change(
                f"move variable {one_line(variable.name)}", lambda tx: variables.move(tx, variable.id, place + 1)
            )

    def _column_menu(self, at: QPoint) -> None:
        header = self.grid.horizontalHeader()
        column = header.logicalIndexAt(at)
        if 0 <= column < len(self.model.variables):
            menu = self._menu()
            self._fill(menu, column)
            menu.popup(header.mapToGlobal(at))

    def _cell_menu(self, at: QPoint) -> None:
        column = self.grid.currentIndex().column()
        menu = self._menu()
        menu.addAction("Copy\tCtrl+C", self.grid.copy)
        menu.addAction("Copy with names", partial(self.grid.copy, with_names=True))
        paste = menu.addAction("Paste\tCtrl+V", self.grid.paste)
        empty = menu.addAction("Empty\tDelete", partial(self.grid.empty, "empty"))
        for action in (paste, empty):
            action.setEnabled(self._context.writable)
        menu.addSeparator()
        if 0 <= column < len(self.model.variables):
            self._fill(menu, column)
        menu.popup(self.grid.viewport().mapToGlobal(at))

    def _menu(self) -> Menu:
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _fill(self, menu: Menu, column: int) -> None:
        """Offer what can be done with a variable."""
        name, writable = caption(one_line(self.model.variables[column].name, 30)), self._context.writable
        menu.addAction(f"Sort by {name}, rising", partial(self.sort, column))
        menu.addAction(f"Sort by {name}, falling", partial(self.sort, column, falling=True))
        menu.addAction("Sort as the sources stand", partial(self.sort, -1))
        menu.addSeparator()
        for words, serve, possible in (
            (f"Edit {name}…\tShift+F2", partial(self.edit_variable, column), True),
            ("Move left", partial(self.move_variable, column, -1), column > 0),
            ("Move right", partial(self.move_variable, column, 1), column + 1 < len(self.model.variables)),
            (f"Remove {name}…", partial(self.remove_variable, column), True),
        ):
            menu.addAction(words, serve).setEnabled(writable and possible)

    # ---- in and out ----

    def ask_for_table(self) -> None:
        """Ask for a CSV or XLSX file, and take its values over."""
        path = self._context.ask.open_file("Import variables", TABLES)
        if path is not None:
            self.import_table(path)

    def import_table(self, path: Path) -> None:
        """Take over the values of a file as one change, or nothing; what matches no source is told."""
        project, known = self._context.project, [variable.name for variable in self.model.variables]
        if project is None:
            return

        def work(progress: Progress) -> tuple[exchange.Merged, tuple[str, ...]]:
            loaded = exchange.load(read_file(path), path.name, known)
            progress(0, 1, path.name)
            with project.change(f"import variables from {one_line(path.name)}") as tx:
                return exchange.merge(tx, loaded), loaded.notes

        jobs.run(self._context, "Import variables", work, self._imported, failed=self._refused, parent=self)

    def _imported(self, done: tuple[exchange.Merged, tuple[str, ...]]) -> None:
        merged, notes = done
        head = f"{number_of(merged.sources, 'row')} taken over, {number_of(merged.values, 'value')} changed."
        if merged.made:
            head += f" New: {', '.join(one_line(name, 30) for name in merged.made)}."
        self.say(head)
        if merged.nowhere:
            left = [f"Line {line}: {one_line(name)}" for line, name in merged.nowhere[:MENTIONED]]
            more = len(merged.nowhere) - len(left)
            left += [f"and {more:,} more"] if more > 0 else []
            what = f"{number_of(len(merged.nowhere), 'row')} named no source of this project and left out:"
            self._context.ask.tell("Import variables", head, "\n".join([what, *left, *notes]))

    def _refused(self, error: QcodeError) -> None:
        self._context.ask.tell("The variables were not imported", error.message, error.hint)

    def export_table(self) -> None:
        """Write all values to a file."""
        project = self._context.project
        if project is None:
            return

        def make(path: Path, _progress: Progress) -> exporting.Made:
            with project.read() as r:
                table = exchange.table(r)
            words = "\n".join(str(cell) for row in table.rows for cell in row)
            return exporting.Made(table.written_as(path.suffix), words)

        exporting.export(
            self._context, "Export variables", f"{project.path.stem} variables.csv", KINDS, make, parent=self
        )
