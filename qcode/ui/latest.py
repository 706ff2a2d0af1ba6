"""Work that follows what one types: a thread does it, and what was asked last is all that counts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from qcode.errors import QcodeError

Work = Callable[[], Iterator[Any]]


class Latest(QObject):
    """Ask it as often as you like: it drops what it is doing at the next step and does what was asked last.

    What the work yields arrives by `came`, on the window's thread; `ended` tells that all has come, `failed` brings a
    known error. Any other error is raised on the window's thread, so that it is reported.
    """

    came = Signal(object)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: _Worker | None = None
        self._next: Work | None = None

    @property
    def busy(self) -> bool:
        """Tell whether something is still to come of what was asked last."""
        return self._next is not None or (self._thread is not None and not self._thread.stop.is_set())

    def ask(self, work: Work) -> None:
        """Do this work, and no longer what was asked before. It must not touch any widget."""
        self._next = work
        if self._thread is None:
            self._begin()
        else:
            self._thread.stop.set()

    def cancel(self) -> None:
        """Let nothing more come; returns at once."""
        self._next = None
        if self._thread is not None:
            self._thread.stop.set()

    def halt(self) -> None:
        """Stop, and stand still for the rest of one step until nothing works any more: the file is to be closed."""
        self.cancel()
        if self._thread is not None:
            self._thread.wait()

    def _begin(self) -> None:
        if self._next is None:
            return
        self._thread, self._next = _Worker(self._next, self), None
        self._thread.brought.connect(self._hand_on)
        self._thread.finished.connect(self._over)
        self._thread.start()

    def _hand_on(self, worker: QObject, thing: object) -> None:
        if worker is self._thread and not self._thread.stop.is_set():
            self.came.emit(thing)

    def _over(self) -> None:
        worker, self._thread = self._thread, None
        if worker is None:
            return
        worker.deleteLater()
        wanted = not worker.stop.is_set()
        if self._next is not None:
            self._begin()
        elif wanted and isinstance(worker.error, QcodeError):
            self.failed.emit(worker.error)
        elif worker.error is not None and not isinstance(worker.error, QcodeError):
            raise worker.error
        elif wanted:
            self.ended.emit()


class _Worker(QThread):
    brought = Signal(object, object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.stop = threading.Event()
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            for thing in self._work():
                if self.stop.is_set():
                    return
                self.brought.emit(self, thing)
        except Exception as error:  # noqa: BLE001 - it is told or raised again on the window's thread
            self.error = error
