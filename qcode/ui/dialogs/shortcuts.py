"""The cheat sheet: every key of the window on one page, made from the table of commands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qcode.ui.actions import MENUS, Actions, ActionSpec
from qcode.ui.context import Context
from qcode.ui.dialogs.shortcut_editor import ShortcutEditor
from qcode.ui.keymap import native
from qcode.ui.style import label

IN_TEXT = "Keys in the text"
# what no command stands for: the keys that the text itself answers to
TEXT_KEYS = (
    ("Apply the code that has this key", ("1 … 9",)),
    ("Select by character", ("Shift+←", "Shift+→")),
    ("Select by word", ("Ctrl+Shift+←", "Ctrl+Shift+→")),
    ("Select by line", ("Shift+↑", "Shift+↓")),
    ("Select by sentence", ("Ctrl+Shift+,", "Ctrl+Shift+.")),
    ("Select by paragraph", ("Ctrl+Shift+↑", "Ctrl+Shift+↓")),
    ("Widen to word, sentence, paragraph", ("Ctrl+E",)),
    ("Go by sentence", ("Ctrl+,", "Ctrl+.")),
)


class ShortcutsDialog(QDialog):
    """Show all keys, by menu, those that work only in the text first; with a context they can be changed from here."""

    def __init__(self, actions: Actions, parent: QWidget | None = None, context: Context | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(860, 620)
        self._actions = actions
        self.sheet = QScrollArea()
        self.sheet.setWidgetResizable(True)
        self.sheet.setFrameShape(QFrame.Shape.NoFrame)
        self.sheet.setAccessibleName("Keyboard shortcuts")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        if context is not None:
            self.changing = buttons.addButton("Change keys…", QDialogButtonBox.ButtonRole.ActionRole)
            self.changing.clicked.connect(lambda _=False: ShortcutEditor(context, actions, self).open())
        layout = QVBoxLayout(self)
        layout.addWidget(self.sheet)
        layout.addWidget(buttons)
        actions.keysChanged.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(20, 14, 20, 14)
        columns.setSpacing(36)
        for part in _columns(self._actions):
            column = QVBoxLayout()
            for title, rows in part:
                column.addWidget(_section(title, rows))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.sheet.setWidget(page)


Rows = list[tuple[str, tuple[str, ...]]]


def sections(actions: Actions) -> list[tuple[str, Rows]]:
    """List what has a key now: first what works in the text, then menu by menu."""
    keymap, specs = actions.keys, actions.specs.values()

    def rows(chosen: Iterable[ActionSpec]) -> Rows:
        return [(spec.plain, _native(keys)) for spec in chosen if (keys := keymap.keys(spec.id))]

    of_text = TEXT_KEYS if keymap.letters else TEXT_KEYS[1:]
    made = [(IN_TEXT, [*rows(spec for spec in specs if spec.in_text), *of_text])]
    for menu in MENUS:
        in_menu = rows(spec for spec in actions.menu(menu) if not spec.in_text)
        if in_menu:
            made.append((menu, in_menu))
    return made


def _columns(actions: Actions) -> tuple[list[tuple[str, Rows]], list[tuple[str, Rows]]]:
    """Cut the sections where the two columns come out about even."""
    all_ = sections(actions)
    total = sum(len(rows) + 2 for _, rows in all_)
    height, cut = 0, 0
    while cut < len(all_) and height < total / 2:
        height += len(all_[cut][1]) + 2
        cut += 1
    return all_[:cut], all_[cut:]


def _section(title: str, rows: Rows) -> QWidget:
    section = QWidget()
    section.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    grid = QGridLayout(section)
    grid.setContentsMargins(0, 0, 0, 14)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(5)
    grid.addWidget(label(title, "title"), 0, 0, 1, 2)
    for row, (text, keys) in enumerate(rows, 1):
        caps = QHBoxLayout()
        caps.setSpacing(4)
        for key in keys:
            caps.addWidget(label(key, "hint"))
        grid.addWidget(label(text), row, 0)
        grid.addLayout(caps, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    grid.setColumnStretch(0, 1)
    return section


def _native(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(native(key) for key in keys[:2])
