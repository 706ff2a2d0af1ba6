"""Undo and redo as the menu names them: what would be taken back, read from the project's own history."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qcode.progress import Progress
from qcode.project import ChangeSet
from qcode.ui import jobs
from qcode.ui.actions import Actions
from qcode.ui.context import Context


class Undoing(QObject):
    """Serve edit.undo and edit.redo."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._context = context
        self._actions = actions
        # asking the history waits until the screen shows the action itself
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        actions["edit.undo"].triggered.connect(lambda _=False: self.step(redo=False))
        actions["edit.redo"].triggered.connect(lambda _=False: self.step(redo=True))
        for signal in (context.projectChanged, context.coderChanged, actions.keysChanged):
            signal.connect(self.refresh)
        context.changed.connect(lambda _: self._soon.start())
        context.busyChanged.connect(lambda busy: None if busy else self.refresh())

    def step(self, *, redo: bool) -> None:
        """Take a change back, or bring it back; one of thousands of rows in a thread, so that the window goes on."""
        context, project = self._context, self._context.project
        if project is None or not context.writable or project.rows_to_play_back(redo=redo) < jobs.MANY:
            _ = context.redo() if redo else context.undo()
            return

        def work(progress: Progress) -> ChangeSet:
            return project.redo(progress) if redo else project.undo(progress)

        said = "Brought back" if redo else "Undone"
        title = "Redo" if redo else "Undo"
        jobs.run(context, title, work, lambda made: context.say(f"{said}: {made.label}"), parent=self._window)

    def refresh(self) -> None:
        """Name both commands after what they would do now."""
        project = self._context.project
        writable = project is not None and self._context.writable
        undoable = project.undoable() if project is not None and writable else None
        redoable = project.redoable() if project is not None and writable else None
        _name(self._actions["edit.undo"], "Undo", undoable.label if undoable else "")
        _name(self._actions["edit.redo"], "Redo", redoable.label if redoable else "")


def _name(action: QAction, verb: str, label: str) -> None:
    line = " ".join(label.split())
    short = line if len(line) <= 60 else line[:59] + "…"
    key = action.shortcut().toString()
    action.setText(f"&{verb} {short}".strip().replace("&", "&&").replace("&&", "&", 1))
    action.setToolTip(f"{verb} {short}".strip() + (f" ({key})" if key else ""))
    action.setEnabled(bool(label))
