"""Copies of a project: backups are made and brought back, and what is open elsewhere is copied to be worked on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.errors import QcodeError
from qcode.project import restore
from qcode.ui import jobs
from qcode.ui.actions import Actions
from qcode.ui.ask import PROJECTS
from qcode.ui.context import Context
from qcode.ui.dialogs.new_project import SUFFIX
from qcode.ui.dialogs.restore import RestoreDialog


class Copies(QObject):
    """Serve "Back up" and "Restore a backup"; a copy always gets a new name, and `open_` opens it."""

    def __init__(self, context: Context, actions: Actions, window: QWidget, open_: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._open = open_
        actions["file.backup"].triggered.connect(lambda _=False: self.back_up())
        actions["file.restore"].triggered.connect(lambda _=False: self.ask_for_backup())

    def back_up(self) -> None:
        """Write a checked copy of the project where the researcher wants it."""
        project = self._context.project
        if project is None:
            return
        name = f"{project.path.stem} {datetime.now():%Y-%m-%d}{SUFFIX}"
        path = self._context.ask.save_file("Back up project", project.path.parent / name, PROJECTS)
        if path is not None:
            jobs.run(
                self._context,
                "Back up project",
                lambda progress: project.backup(path, progress),
                lambda made: self._context.say(f"Backed up to {made}."),
                parent=self._window,
            )

    def ask_for_backup(self) -> None:
        """Let a backup of the open project be chosen; without a project, or without backups, any file."""
        project = self._context.project
        kept = []
        if project is not None:
            try:
                kept = project.kept_backups()
            except QcodeError as error:
                self._context.fail(error)
        if project is None or not kept:
            self.choose_file()
            return
        dialog = RestoreDialog(project.path, kept, self._window)
        dialog.chosen.connect(lambda path: self.bring_back(path, project.path))
        dialog.otherAsked.connect(self.choose_file)
        dialog.open()

    def choose_file(self) -> None:
        """Ask which file to bring back."""
        path = self._context.ask.open_file("Choose the backup to restore", PROJECTS)
        if path is not None:
            self.bring_back(path, path)

    def bring_back(self, backup: Path, project: Path) -> None:
        """Ask for a new name beside the project, restore the backup under it, and open that."""
        self._copy("Restore a backup", backup, _free(project.parent, f"{project.stem} restored"))

    def open_copy(self, path: Path) -> None:
        """Ask for a name, copy a project that is open elsewhere as it stands now, and open the copy."""
        self._copy("Open a copy", path, _free(path.parent, f"{path.stem} copy"))

    def _copy(self, title: str, source: Path, suggested: Path) -> None:
        chosen = self._context.ask.save_file(title, suggested, PROJECTS)
        if chosen is None:
            return
        to = chosen if chosen.suffix else chosen.with_suffix(SUFFIX)
        jobs.run(
            self._context,
            title,
            lambda progress: restore(source, to, progress),
            self._open,
            failed=lambda error: self._context.ask.tell(title, error.message, error.hint),
            parent=self._window,
        )


def _free(folder: Path, stem: str) -> Path:
    """Suggest a name that no file has."""
    place, number = folder / f"{stem}{SUFFIX}", 2
    while place.exists():
        place, number = folder / f"{stem} {number}{SUFFIX}", number + 1
    return place
