"""The cheat sheet: every key of the window on one page, made from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
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

from qcode.ui.actions import MENUS, Actions
from qcode.ui.style import label

IN_TEXT = "Keys in the text"
# what no command stands for: the keys that the text itself answers to
TEXT_KEYS = (
    ("Apply the code that has this key", ("1 … 9",)),
    ("Select by character", ("Shift+←", "Shift+→")),
    ("Select by word", ("Ctrl+Shift+←", "Ctrl+Shift+→")),
    ("Select by line", ("Shift+↑", "Shift+↓")),
)


class ShortcutsDialog(QDialog):
    """Show all keys, by menu, those that work only in the text first."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(860, 620)
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(20, 14, 20, 14)
        columns.setSpacing(36)
        for sections in _columns(actions):
            column = QVBoxLayout()
            for title, rows in sections:
                column.addWidget(_section(title, rows))
            column.addStretch(1)
            columns.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName("Keyboard shortcuts")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll)
        layout.addWidget(buttons)


Rows = list[tuple[str, tuple[str, ...]]]


def sections(actions: Actions) -> list[tuple[str, Rows]]:
    """List what has a key: first what works in the text, then menu by menu."""
    specs = actions.specs.values()
    in_text: Rows = [(spec.plain, _native(spec.shortcut)) for spec in specs if spec.in_text and spec.shortcut]
    made = [(IN_TEXT, [*in_text, *TEXT_KEYS])]
    for menu in MENUS:
        rows: Rows = [(s.plain, _native(s.shortcut)) for s in actions.menu(menu) if s.shortcut and not s.in_text]
        if rows:
            made.append((menu, rows))
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


def _native(shortcut: tuple[str, ...]) -> tuple[str, ...]:
    native = QKeySequence.SequenceFormat.NativeText
    return tuple(QKeySequence(key).toString(native) for key in shortcut[:2])
