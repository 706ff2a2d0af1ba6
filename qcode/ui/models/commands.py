"""The rows of the command palette: which commands fit what was typed, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qcode.ui.actions import Actions, ActionSpec

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row says beside its name."""

    KEY = Qt.ItemDataRole.UserRole
    ABOUT = Qt.ItemDataRole.UserRole + 1
    ICON = Qt.ItemDataRole.UserRole + 2


def fit(name: str, typed: str) -> int | None:
    """Tell how well a name fits what was typed: 0 begins so, 1 a word does, 2 stands in it, 3 letters in order."""
    name, typed = name.casefold(), " ".join(typed.casefold().split())
    if name.startswith(typed):
        return 0
    if any(name[place:].startswith(typed) for place in range(1, len(name)) if name[place - 1] in " -"):
        return 1
    if typed in name:
        return 2
    rest = iter(name)
    return 3 if all(letter in rest for letter in typed.replace(" ", "")) else None


def rank(specs: Sequence[ActionSpec], typed: str) -> list[ActionSpec]:
    """Order the commands that fit, by name before menu and tip; among equals as in the menus."""
    found = []
    for place, spec in enumerate(specs):
        by_name, by_rest = fit(spec.plain, typed), fit(f"{spec.menu} {spec.tip}", typed)
        if by_name is not None or (by_rest is not None and by_rest < 3):
            found.append((by_name if by_name is not None else 4, place, spec))
    return [spec for *_, spec in sorted(found, key=lambda row: row[:2])]


class CommandRows(QAbstractListModel):
    """Show the commands that can be given now."""

    def __init__(self, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._all = [
            spec for spec in actions.specs.values() if spec.id != "help.commands" and actions[spec.id].isEnabled()
        ]
        self._rows = rank(self._all, "")

    def type(self, typed: str) -> None:
        """Rank anew for what stands in the field."""
        self.beginResetModel()
        self._rows = rank(self._all, typed)
        self.endResetModel()

    def id(self, index: Index) -> str:
        """Give the command of a row; "" for no row."""
        return self._rows[index.row()].id if index.isValid() and index.row() < len(self._rows) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the commands."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        if not self.id(index):
            return None
        spec = self._rows[index.row()]
        key = self._actions.key(spec.id)
        about = f"{spec.menu} · {spec.tip}" if spec.tip else spec.menu
        answers = {
            int(Qt.ItemDataRole.DisplayRole): self._name(spec),
            int(Qt.ItemDataRole.AccessibleTextRole): ", ".join(filter(None, (self._name(spec), key, about))),
            int(Role.KEY): key,
            int(Role.ABOUT): about,
            int(Role.ICON): spec.icon,
        }
        return answers.get(int(role))

    def _name(self, spec: ActionSpec) -> str:
        """Say what a command does now: undo and redo name it, switches tell whether they are on."""
        action = self._actions[spec.id]
        words = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")
        return f"{words} (on)" if action.isCheckable() and action.isChecked() else words
