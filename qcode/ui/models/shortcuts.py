"""The rows of the editor of keys: each command with its keys and its menu."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qcode.ui.actions import Actions
from qcode.ui.keymap import is_letter, native

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Command", "Keys", "Menu")


class ShortcutRows(QAbstractTableModel):
    """List all commands, those that fit a filter."""

    def __init__(self, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._typed = ""
        self._rows = list(actions.specs.values())
        actions.keysChanged.connect(self.refresh)

    def narrow(self, typed: str) -> None:
        """Show only commands whose name, menu or key holds what was typed."""
        self._typed = typed.casefold().strip()
        self.beginResetModel()
        self._rows = [
            spec
            for spec in self._actions.specs.values()
            if self._typed in f"{spec.plain} {spec.menu} {self.keys(spec.id)}".casefold()
        ]
        self.endResetModel()

    def refresh(self) -> None:
        """Show the keys as they are now."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))

    def id(self, index: Index) -> str:
        """Give the command of a row; "" for no row."""
        return self._rows[index.row()].id if index.isValid() and index.row() < len(self._rows) else ""

    def row(self, id_: str) -> int:
        """Give the row of a command; -1 when it is not shown."""
        return next((row for row, spec in enumerate(self._rows) if spec.id == id_), -1)

    def keys(self, id_: str) -> str:
        """Write the keys of a command; those that are switched off say so."""
        keymap = self._actions.keys
        off = "" if keymap.letters else " (off)"
        return ", ".join(native(key) + (off if is_letter(key) else "") for key in keymap.given(id_))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the commands."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one cell."""
        if not self.id(index):
            return None
        spec = self._rows[index.row()]
        changed = self._actions.keys.is_changed(spec.id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cells = (spec.plain, self.keys(spec.id) + (" · changed" if changed else ""), spec.menu)
            return cells[index.column()]
        return None
