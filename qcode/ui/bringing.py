"""How texts come into the project: from files, by a preview of how they will read, or from the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.project.candidates import files_in
from qcode.ui import jobs
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.dialogs.import_report import ImportReportDialog, headline
from qcode.ui.widgets.serving import without_checked

if TYPE_CHECKING:
    from qcode.project.importing import ImportReport

# Kinds of files that can be read, and all files: what a file is is told by its content, not by its name.
TEXTS = (
    "Texts (*.txt *.text *.md *.markdown *.docx *.docm *.odt *.rtf *.pdf *.epub *.html *.htm *.xhtml *.srt *.vtt "
    "*.csv *.tsv *.xlsx);;All files (*)"
)
OPEN_FIRST = "Open a project first; then drop the texts onto it."
NO_FILES = "There are no files in this folder."


class Bringing(QObject):
    """Serve the commands that bring texts in, and take files that were dropped."""

    def __init__(self, context: Context, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        actions["file.import"].triggered.connect(without_checked(self.ask_for_files))
        actions["file.paste"].triggered.connect(without_checked(self.paste))

    def ask_for_files(self) -> None:
        """Ask which files to bring in."""
        paths = self._context.ask.open_files("Import sources", TEXTS)
        if paths:
            self.take(paths)

    def paste(self) -> None:
        """Make a source of what was copied elsewhere."""
        from qcode.ui.dialogs.pasted import PastedDialog  # noqa: PLC0415 - no start need wait for it

        PastedDialog(self._context, self._window).open()

    def take(self, paths: Sequence[Path]) -> None:
        """Show files, and those in folders, before they are imported."""
        if not self._context.writable:
            self._context.say(OPEN_FIRST)
            return
        if any(path.is_dir() for path in paths):  # it may hold thousands, and lie far away
            jobs.run(self._context, "Look for files", lambda _: files_in(paths), self._show, parent=self._window)
        else:
            self._show(list(paths))

    def _show(self, found: list[Path]) -> None:
        if not found:
            self._context.say(NO_FILES)
            return
        from qcode.ui.dialogs.importing import ImportDialog  # noqa: PLC0415 - no start need wait for it

        dialog = ImportDialog(self._context, found, self._window)
        dialog.imported.connect(lambda report: self._tell(report, dialog.seen))
        dialog.open()

    def _tell(self, report: ImportReport, seen: set[tuple[str, str]]) -> None:
        """Say how it went, and show what was not to be seen before."""
        self._context.say(headline(report))
        news = replace(report, notes=tuple(note for note in report.notes if note not in seen))
        if news.problems or news.notes:
            ImportReportDialog(news, self._context, self._window).open()
        if report.imported:
            self._context.reveal(report.imported[0].id)
