"""All values of variables as a table: a row a source, a column a variable, sorted and narrowed as one likes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qcode.project import SourceId, VariableId
from qcode.project.sources import Source
from qcode.project.variables import Cell, Variable
from qcode.text.values import Kind, order
from qcode.ui.widgets.plain import one_line, tip

Index = QModelIndex | QPersistentModelIndex


class VariableTable(QAbstractTableModel):
    """Show it in a table view; its vertical header names the sources. It never writes: `typed` passes values on."""

    typed = Signal(object)  # a list of Cell

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.variables: list[Variable] = []
        self.writable = True
        self._sources: list[Source] = []
        self._values: Mapping[SourceId, Mapping[str, str]] = {}
        self._rows: list[Source] = []
        self._filter = ""
        self._sorted: tuple[VariableId | None, bool] = None, False

    # ---- filling it ----

    def load(
        self, sources: Sequence[Source], variables: Sequence[Variable], values: Mapping[SourceId, Mapping[str, str]]
    ) -> None:
        """Show these sources, in their order, with their values; where only values changed, rows stay in place."""
        same = [one.id for one in sources] == [one.id for one in self._sources] and list(variables) == self.variables
        self._sources, self.variables, self._values = list(sources), list(variables), values
        if not same:
            self._arrange()
            return
        named = {source.id: source for source in sources}
        self._rows = [named[source.id] for source in self._rows]
        if self._rows and self.variables:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.variables) - 1))

    def filter(self, words: str) -> None:
        """Keep the sources whose name, folder or values hold all of the words."""
        self._filter = words.casefold()
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a variable, each kind in its own way; column -1: in the order of the sources."""
        variable = self.variables[column].id if 0 <= column < len(self.variables) else None
        self._sorted = variable, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    # ---- asking it ----

    @property
    def total(self) -> int:
        """How many sources there are, shown or not."""
        return len(self._sources)

    def source(self, row: int) -> Source:
        """Give the source of a row."""
        return self._rows[row]

    def value(self, row: int, column: int) -> str:
        """Give the value at a place; "" when there is none."""
        return self._values.get(self._rows[row].id, {}).get(self.variables[column].name, "")

    def cell(self, row: int, column: int, value: str) -> Cell:
        """Say where a value belongs."""
        return self._rows[row].id, self.variables[column].id, value

    def place(self, source: SourceId, variable: VariableId) -> QModelIndex:
        """Give where the value of a source stands; an invalid index when it is not shown."""
        row = next((row for row, one in enumerate(self._rows) if one.id == source), -1)
        column = next((column for column, one in enumerate(self.variables) if one.id == variable), -1)
        return self.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    # ---- inside ----

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = [source for source in self._sources if self._fits(source)]
        by, falling = self._sorted
        variable = next((one for one in self.variables if one.id == by), None)
        if variable is not None:
            filled = [one for one in self._rows if self._values.get(one.id, {}).get(variable.name)]
            empty = [one for one in self._rows if not self._values.get(one.id, {}).get(variable.name)]
            filled.sort(key=lambda one: order(self._values[one.id][variable.name], variable.kind), reverse=falling)
            self._rows = filled + empty  # who has no value comes last, whichever way
        self.endResetModel()

    def _fits(self, source: Source) -> bool:
        if not self._filter:
            return True
        words = "\n".join((source.name, source.folder, *self._values.get(source.id, {}).values())).casefold()
        return all(word in words for word in self._filter.split())

    # ---- what Qt asks ----

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the sources that are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the variables."""
        return 0 if parent.isValid() else len(self.variables)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every value be edited, where the project can be written."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.writable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one value."""
        if not index.isValid():
            return None
        value, variable = self.value(index.row(), index.column()), self.variables[index.column()]
        answer: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                answer = one_line(value, 400)
            case Qt.ItemDataRole.EditRole:
                answer = value
            case Qt.ItemDataRole.ToolTipRole if len(value) > 30 or "\n" in value:
                answer = tip(value)
            case Qt.ItemDataRole.TextAlignmentRole if variable.kind is Kind.NUMBER:
                answer = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.AccessibleTextRole:
                answer = f"{variable.name} of {self._rows[index.row()].name}: {value or 'empty'}"
        return answer

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass a value typed in place on to who may write; the cell changes when the project has."""
        if role != Qt.ItemDataRole.EditRole or str(value) == self.value(index.row(), index.column()):
            return False
        self.typed.emit([self.cell(index.row(), index.column(), str(value))])
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the variables with their kinds, and the sources."""
        if orientation == Qt.Orientation.Vertical:
            return self._source_header(section, role)
        if not 0 <= section < len(self.variables):
            return None
        variable = self.variables[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{one_line(variable.name, 40)}\n{variable.kind.value}"
            case Qt.ItemDataRole.ToolTipRole:
                return tip("\n".join(filter(None, (variable.name, variable.kind.value, variable.description))))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{variable.name}, {variable.kind.value}"
        return None

    def _source_header(self, row: int, role: int) -> Any:
        if not 0 <= row < len(self._rows):
            return None
        source = self._rows[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(source.name, 34)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip("\n".join(filter(None, (source.name, source.folder))))
        return None
