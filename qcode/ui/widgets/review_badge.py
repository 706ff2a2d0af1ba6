"""A word in the status line that passages wait for review; it opens the list."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from qcode.project import ChangeSet, reviewing
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.style import set_role
from qcode.ui.widgets.plain import number_of


class ReviewBadge(QToolButton):
    """Stand in the status line while something waits."""

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._action = actions["view.review"]
        set_role(self, "quiet")
        self.clicked.connect(lambda _=False: self._action.setChecked(True))
        context.projectChanged.connect(self.count)
        context.changed.connect(self._follow)
        self.count()

    def _follow(self, changes: ChangeSet) -> None:
        if {"review", "source"} & changes.rows.keys():
            self.count()

    def count(self) -> None:
        """Say how many passages wait; nothing when none does."""
        waiting = 0
        if self._context.project is not None:
            with self._context.project.read() as r:
                waiting = sum(reviewing.count(r).values())
        words = f"▲ {number_of(waiting, 'passage')} to review"
        self.setText(words)
        self.setAccessibleName(words.removeprefix("▲ "))
        self.setToolTip("Show the passages that wait for review")
        self.setVisible(bool(waiting))
