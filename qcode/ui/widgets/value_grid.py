"""A table that is filled in like a spreadsheet: typed over, copied, pasted and emptied by blocks."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qcode.exchange.pasting import block_of, text_of
from qcode.project.variables import Cell
from qcode.text.values import Kind
from qcode.ui.models.variables import VariableTable
from qcode.ui.widgets.plain import number_of

Index = QModelIndex | QPersistentModelIndex
HINTS = {Kind.DATE: "2026-01-31", Kind.NUMBER: "12 or 3.5"}
WIDEST_NAME, WIDEST_COLUMN = 260, 280


class ValueGrid(QTableView):
    """Show a VariableTable. `filled` passes on values of many cells with a phrase that says how they came."""

    filled = Signal(object, str, str)  # a list of Cell, "paste 12 values", and what is to be said when it is done
    said = Signal(str)

    def __init__(self, model: VariableTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = model
        self.setModel(model)
        self.setItemDelegate(_Editing(model, self))
        self.setAccessibleName("Values of the sources")
        self.setAlternatingRowColors(False)
        self.setSortingEnabled(False)
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        names, columns = self.verticalHeader(), self.horizontalHeader()
        names.setMaximumWidth(WIDEST_NAME)
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names.setDefaultSectionSize(max(26, self.fontMetrics().height() + 9))
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setAccessibleName("Sources")
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setDefaultSectionSize(130)
        columns.setMaximumSectionSize(WIDEST_COLUMN)
        columns.setResizeContentsPrecision(60)  # rows that are measured; all would take a second
        columns.setSectionsClickable(True)
        for header in (names, columns):
            header.setHighlightSections(False)
        columns.setSortIndicatorShown(True)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        columns.setAccessibleName("Variables")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, cut, paste and empty blocks; Enter goes down as in a spreadsheet."""
        standard = QKeySequence.StandardKey
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # the editor is done with it, and closes in its own time
        elif event.matches(standard.Copy):
            self.copy()
        elif event.matches(standard.Cut):
            self.copy()
            self.empty("cut")
        elif event.matches(standard.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.empty("empty")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
            if below.isValid():
                self.setCurrentIndex(below)
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:  # noqa: N802 - Qt's own name
        """After Enter go on with the cell below."""
        super().closeEditor(editor, hint)
        below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
        if hint == QStyledItemDelegate.EndEditHint.SubmitModelCache and below.isValid():
            self.setCurrentIndex(below)

    def _block(self) -> tuple[range, range]:
        """Give the rows and columns around all that is chosen."""
        chosen = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        rows = [index.row() for index in chosen if index.isValid()]
        columns = [index.column() for index in chosen if index.isValid()]
        if not rows:
            return range(0), range(0)
        return range(min(rows), max(rows) + 1), range(min(columns), max(columns) + 1)

    def copy(self, *, with_names: bool = False) -> None:
        """Put what is chosen on the clipboard, for a spreadsheet, perhaps with the names of sources and variables."""
        rows, columns = self._block()
        if not rows:
            return
        block = [[self._table.value(row, column) for column in columns] for row in rows]
        if with_names:
            head = ["source", *(self._table.variables[column].name for column in columns)]
            block = [head, *([self._table.source(row).name, *cells] for row, cells in zip(rows, block, strict=True))]
        QGuiApplication.clipboard().setText(text_of(block))
        self.said.emit(f"Copied {number_of(len(rows) * len(columns), 'cell')}.")

    def empty(self, how: str) -> None:
        """Take the chosen values away."""
        chosen = [index for index in self.selectionModel().selectedIndexes() if index.data(Qt.ItemDataRole.EditRole)]
        if chosen:
            cells = [self._table.cell(index.row(), index.column(), "") for index in chosen]
            self.filled.emit(cells, f"{how} {number_of(len(cells), 'value')}", "")

    def paste(self) -> None:
        """Put a block from a spreadsheet in, from the first chosen cell on; one cell fills all that is chosen."""
        block = block_of(QGuiApplication.clipboard().text())
        rows, columns = self._block()
        if not rows or not block:
            return
        note = ""
        if len(block) == len(block[0]) == 1:
            cells = [self._table.cell(row, column, block[0][0]) for row in rows for column in columns]
        else:
            cells = self._placed(block, rows[0], columns[0])
            lost = len(block) * len(block[0]) - len(cells)
            left = (
                f"{number_of(lost, 'cell')} had no room below or beside, and {'was' if lost == 1 else 'were'} left out."
            )
            note = left if lost else ""
        self.filled.emit(cells, f"paste {number_of(len(cells), 'value')}", note)

    def _placed(self, block: list[list[str]], top: int, left: int) -> list[Cell]:
        high = min(len(block), self._table.rowCount() - top)
        wide = min(len(block[0]), self._table.columnCount() - left)
        flag = QItemSelectionModel.SelectionFlag
        corners = self._table.index(top, left), self._table.index(top + high - 1, left + wide - 1)
        self.selectionModel().select(QItemSelection(*corners), flag.ClearAndSelect)
        return [self._table.cell(top + y, left + x, block[y][x]) for y in range(high) for x in range(wide)]


class _Editing(QStyledItemDelegate):
    """Type a value in a line that lies on its cell; yes and no are chosen."""

    def __init__(self, table: VariableTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the line, or the choice."""
        variable = self._table.variables[index.column()]
        editor: QComboBox | QLineEdit
        if variable.kind is Kind.YES_NO:
            editor = QComboBox(parent)
            editor.addItems(["", "yes", "no"])
            editor.setEditable(False)
        else:
            editor = QLineEdit(parent)
            editor.setFrame(False)
            editor.setPlaceholderText(HINTS.get(variable.kind, ""))
        editor.setAccessibleName(f"{variable.name} of {self._table.source(index.row()).name}")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what is there."""
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentText(value)
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
