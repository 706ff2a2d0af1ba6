"""Long work: a thread does it, a dialog shows how far it is and can cancel it, the window hears of the end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from qcode.errors import QcodeError
from qcode.progress import Cancelled, Progress
from qcode.project import Change
from qcode.ui.context import Context

T = TypeVar("T")
PATIENCE_MS = 500  # what is done by then never shows a dialog
REPORT_EVERY_S = 0.05
MANY = 2_000  # rows of a change that takes so long that the window would stand still


def run(
    context: Context,
    title: str,
    work: Callable[[Progress], T],
    done: Callable[[T], None] | None = None,
    *,
    failed: Callable[[QcodeError], None] | None = None,
    parent: QWidget | None = None,
) -> Job | None:
    """Do `work(progress)` in a thread and hand what it returns to `done` on the window's thread.

    Meanwhile the window writes nothing, and no second job starts (None comes back). A known error goes to `failed`,
    by default to where such errors are shown; any other is raised on the window's thread, so that it is reported.
    """
    if context.must_wait():
        return None
    job = Job(context, Task(title, work, done, failed or context.fail), parent)
    job.start()
    return job


def change(
    context: Context, label: str, work: Callable[[Change], object], *, rows: int, parent: QWidget | None = None
) -> None:
    """Write as `Context.change` does; a change of MANY rows in a thread, so that the window goes on."""
    project = context.project
    if project is None or not context.writable or rows < MANY:
        context.change(label, work)
        return

    def write(progress: Progress) -> None:
        progress(0, 2, label)
        with project.change(label) as tx:
            work(tx)
            progress(1, 2, label)  # who cancels meanwhile has nothing changed

    run(context, f"{label[:1].upper()}{label[1:]}", write, failed=context.refuse, parent=parent)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done in a thread, and who hears of its end."""

    title: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[QcodeError], None]


class Job(QObject):
    """One piece of long work; made by `run`. `ended` comes last, however it went."""

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, context: Context, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(context)
        self._context = context
        self._task = task
        self._thread = _Thread(task.work, self.progressed, self)
        self._dialog = JobDialog(task.title, parent)
        self._dialog.cancelled.connect(self.cancel)
        self.progressed.connect(self._dialog.show_progress)
        self._thread.finished.connect(self._finish)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._dialog.show)

    def start(self) -> None:
        """Begin; returns at once."""
        self._context.hold(True)
        self._patience.start()
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; what it began is taken back there."""
        self._thread.stop.set()

    def wait(self) -> None:
        """Stand still until the thread is over; for the end of the program."""
        self._thread.wait()

    def _finish(self) -> None:
        self._patience.stop()
        self._dialog.close_for_good()
        self._context.hold(False)
        try:
            self._hand_over()
        finally:
            self.ended.emit()
            self.deleteLater()

    def _hand_over(self) -> None:
        error = self._thread.error
        if error is None:
            if self._task.done is not None:
                self._task.done(self._thread.made)
        elif isinstance(error, Cancelled):
            self._context.say("Cancelled; nothing was changed.")
        elif isinstance(error, QcodeError):
            self._task.failed(error)
        else:
            raise error


class _Thread(QThread):
    def __init__(self, work: Callable[[Progress], Any], progressed: Any, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._progressed = progressed
        self._told = 0.0
        self._label = ""
        self.stop = threading.Event()
        self.made: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.made = self._work(self._tell)
        except BaseException as error:  # noqa: BLE001 - it is raised again on the window's thread
            self.error = error

    def _tell(self, done: int, total: int, label: str = "") -> None:
        if self.stop.is_set():
            raise Cancelled
        now = monotonic()
        if now - self._told >= REPORT_EVERY_S or label != self._label or done >= total:
            self._told, self._label = now, label
            self._progressed.emit(done, total, label)


class JobDialog(QDialog):
    """Show how far long work is. Not a QProgressDialog, which would run events inside of setValue."""

    cancelled = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(420)
        self.said = QLabel(title)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, 0)  # until the first report nobody knows how much it is
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        for part in (self.said, self.bar, self._buttons):
            layout.addWidget(part)

    def show_progress(self, done: int, total: int, label: str) -> None:
        """Move the bar; a total beyond an int is scaled."""
        self.bar.setRange(0, 1000 if total > 0 else 0)
        self.bar.setValue(min(1000, done * 1000 // total) if total > 0 else 0)
        if label and not self._asked():
            self.said.setText(label)

    def reject(self) -> None:
        """Cancel the work; the dialog stays until the work has stopped."""
        self._buttons.setEnabled(False)
        self.said.setText("Stopping, and taking back what was begun…")
        self.cancelled.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing means Cancel."""
        event.ignore()
        if not self._asked():
            self.reject()

    def close_for_good(self) -> None:
        """Go away; the work is over."""
        self.hide()
        self.deleteLater()

    def _asked(self) -> bool:
        return not self._buttons.isEnabled()
