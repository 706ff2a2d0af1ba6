"""Quiet buttons of words, such as stand around lists."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from qcode.ui.style import set_role
from qcode.ui.widgets.plain import caption, tip


def quiet(words: str, said: str = "") -> QToolButton:
    """Make one; `said` tells in a tip what it does. Its accessible name is its words without dots and arrows."""
    made = QToolButton()
    set_role(made, "quiet")
    made.setText(caption(words))
    made.setToolTip(tip(said))
    made.setAccessibleName(words.rstrip("…▾ "))
    made.setAccessibleDescription(said)
    made.setMinimumHeight(26)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
