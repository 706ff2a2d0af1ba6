"""How each error of the tree is shown; whatever is not in the tree becomes a report that the researcher can read."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from qcode.errors import (
    FileDamaged,
    FileFull,
    FileLocked,
    FileProblem,
    FileReadOnly,
    FileTooNew,
    NotAProject,
    QcodeError,
)
from qcode.ui.ask import Asker

TITLES: tuple[tuple[type[FileProblem], str], ...] = (
    (FileLocked, "The project is open elsewhere"),
    (FileReadOnly, "The project cannot be written"),
    (FileFull, "There is no space left"),
    (NotAProject, "This is not a QCode project"),
    (FileTooNew, "The project needs a newer QCode"),
    (FileDamaged, "The project is damaged"),
    (FileProblem, "The project cannot be used"),
)


def present(error: QcodeError, *, ask: Asker, say: Callable[[str], None]) -> None:
    """Show a known error: trouble with the file in a dialog, all else as a quiet sentence in the status line."""
    if isinstance(error, FileProblem):
        title = next(title for kind, title in TITLES if isinstance(error, kind))
        ask.tell(title, error.message, error.hint)
    else:
        say(str(error))


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Write down a bug so that it can be found: versions and traceback, nothing that was not shown."""
    heads = (
        f"QCode {program_version()}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
    )
    return "\n".join(heads) + "\n\n" + "".join(traceback.format_exception(kind, error, trace))


def program_version() -> str:
    """Say which QCode this is."""
    try:
        return version("qcode")
    except PackageNotFoundError:
        return "(not installed)"


class CrashWatch(QObject):
    """Catch what nobody caught, in any thread, and show it once; the work so far is on disk already."""

    caught = Signal(object, str)

    def __init__(self, window: QWidget | None = None, known: Callable[[QcodeError], None] | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._known = known
        self._dialog: CrashDialog | None = None
        self._before = sys.excepthook, threading.excepthook
        self.caught.connect(self._show)  # queued when it comes from another thread

    def install(self) -> None:
        """Take the place of Python's own hooks, which would only print."""
        sys.excepthook = self._hear
        threading.excepthook = self._hear_thread

    def remove(self) -> None:
        """Put the hooks of before back."""
        sys.excepthook, threading.excepthook = self._before

    def show_report(self, text: str) -> None:
        """Open the report; while one is open, later ones are added to it."""
        if self._dialog is None:
            self._dialog = CrashDialog(text, self._window)
            self._dialog.finished.connect(self._closed)
            self._dialog.open()
        else:
            self._dialog.add(text)

    def _hear(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        text = report(kind, error, trace)
        sys.stderr.write(text)
        self.caught.emit(error, text)

    def _show(self, error: BaseException, text: str) -> None:
        if isinstance(error, QcodeError) and self._known is not None:
            self._known(error)  # a disk that goes away can fail anything, also what nobody waits for
        else:
            self.show_report(text)

    def _hear_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._hear(args.exc_type, args.exc_value, args.exc_traceback)

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


class CrashDialog(QDialog):
    """Show a bug of ours: readable, to be copied, never sent by itself."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong in QCode")
        self.resize(720, 440)
        said = QLabel(
            "This is a fault of QCode, not yours. Each finished action is already saved in your project.\n"
            "You can go on working. If you report the fault, copy the text below; read it first, "
            "it stays on this computer until you send it."
        )
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        self.details = QPlainTextEdit(text)
        self.details.setReadOnly(True)
        self.details.setAccessibleName("Report of the fault")
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy report", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (said, self.details, buttons):
            layout.addWidget(part)

    def add(self, text: str) -> None:
        """Add a later fault to the report."""
        self.details.appendPlainText("\n" + text)

    def copy(self) -> None:
        """Put the whole report on the clipboard."""
        QGuiApplication.clipboard().setText(self.details.toPlainText())
