"""The names of a key as an editable table, and the places where they were found, each to be ticked or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication

from qcode.project.pseudonyms import Place
from qcode.text.names import How, Name
from qcode.ui.widgets.plain import tip

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
NAME, REPLACEMENT, FOUND = range(3)
BEFORE, AFTER = 1, 3
HERE = "Write a name here"


class NamesModel(QAbstractTableModel):
    """Names and what stands in their place; the last row is empty, to write the next one into."""

    HEADER = ("Name", "Stands instead", "Found")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[str]] = [["", ""]]
        self._found: Counter[Name] = Counter()

    def names(self) -> list[Name]:
        """Give what was written, without rows that are empty."""
        return [Name(*map(str.strip, row)) for row in self._rows if any(cell.strip() for cell in row)]

    def fill(self, names: Sequence[Name]) -> None:
        """Show other names."""
        self.beginResetModel()
        self._rows = [[one.name, one.replacement] for one in names] + [["", ""]]
        self._found.clear()
        self.endResetModel()

    def count(self, places: Sequence[Place]) -> None:
        """Show how often each was found."""
        self._found = Counter(place.hit.name for place in places)
        self.dataChanged.emit(self.index(0, FOUND), self.index(len(self._rows) - 1, FOUND))

    def remove(self, rows: Sequence[int]) -> None:
        """Take rows out; the empty one stays."""
        self.beginResetModel()
        self._rows = [row for number, row in enumerate(self._rows[:-1]) if number not in rows] + [["", ""]]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.HEADER)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Name the columns."""
        if role == _ROLE.TextAlignmentRole and section == FOUND:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return self.HEADER[section] if role == _ROLE.DisplayRole and orientation == Qt.Orientation.Horizontal else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be written but the counts."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() != FOUND else flags

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Give the words, or how often a name was found."""
        if index.column() == FOUND:
            return self._counted(index.row(), role)
        words = self._rows[index.row()][index.column()]
        match role:
            case _ROLE.ForegroundRole:
                return QGuiApplication.palette().placeholderText() if self._invites(index) else None
            case _ROLE.DisplayRole:
                return HERE if self._invites(index) else words
            case _ROLE.EditRole:
                return words
            case _ROLE.AccessibleTextRole:
                return f"{self.HEADER[index.column()]}: {words or 'empty'}"
        return None

    def _counted(self, row: int, role: int) -> Any:
        if role == _ROLE.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        count = self._found.get(Name(*map(str.strip, self._rows[row])), 0)
        return f"{count:,}" if role == _ROLE.DisplayRole and count else None

    def _invites(self, index: Index) -> bool:
        """Tell whether this is where the next name goes: an empty row alone cannot be seen."""
        return index.column() == NAME and index.row() == len(self._rows) - 1 and not any(self._rows[-1])

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Write a name or its replacement; a new empty row follows when the last one was filled."""
        words = " ".join(str(value).split())
        if role != _ROLE.EditRole or self._rows[index.row()][index.column()] == words:
            return False
        self._rows[index.row()][index.column()] = words
        self.dataChanged.emit(index, index)
        if any(self._rows[-1]):
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
            self._rows.append(["", ""])
            self.endInsertRows()
        return True


class PlacesModel(QAbstractTableModel):
    """The places, a row each: ticked where they are to be replaced, with the words around."""

    HEADER = ("Where", "Before", "Found", "After", "Stands instead", "What it is")

    def __init__(self, bold: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bold = QFont(bold)
        self._bold.setBold(True)
        self._places: list[Place] = []
        self._chosen: list[bool] = []

    def fill(self, places: Sequence[Place]) -> None:
        """Show other places; those that surely are names are ticked."""
        self.beginResetModel()
        self._places = list(places)
        self._chosen = [place.hit.sure for place in places]
        self.endResetModel()

    def chosen(self) -> list[Place]:
        """Give the places that are ticked."""
        return [place for place, chosen in zip(self._places, self._chosen, strict=True) if chosen]

    def choose(self, wanted: Callable[[Place], bool]) -> None:
        """Tick the places that are wanted, and no others."""
        self._chosen = [wanted(place) for place in self._places]
        if self._places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._places) - 1, 0), [_ROLE.CheckStateRole])

    def place(self, row: int) -> Place:
        """Give one place."""
        return self._places[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.HEADER)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Name the columns."""
        return self.HEADER[section] if role == _ROLE.DisplayRole and orientation == Qt.Orientation.Horizontal else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column can be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Give the words around a place so that they line up at the name."""
        place, column = self._places[index.row()], index.column()
        if role == _ROLE.CheckStateRole and column == 0:
            return Qt.CheckState.Checked if self._chosen[index.row()] else Qt.CheckState.Unchecked
        if role == _ROLE.DisplayRole:
            return _cells(place)[column]
        if role == _ROLE.FontRole and column == 2:
            return self._bold
        if role == _ROLE.TextAlignmentRole and column == BEFORE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == _ROLE.ToolTipRole:
            return tip(f"{place.before}{place.hit.found}{place.after}")
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Tick a place, or take the tick off."""
        if role != _ROLE.CheckStateRole:
            return False
        self._chosen[index.row()] = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        return True


def _cells(place: Place) -> tuple[str, ...]:
    hit = place.hit
    how = "" if hit.how is How.NAME else hit.how.value
    doubt = how if hit.sure else f"{how}, if it is one"
    return (place.where, *map(_line, (place.before, hit.found, place.after)), hit.replacement, doubt)


def _line(words: str) -> str:
    return words.replace("\n", " ")
