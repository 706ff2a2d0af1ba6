"""Count how often codes were applied without keeping the window waiting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from qcode.errors import QcodeError
from qcode.project import ChangeSet, CodeId, Project, codes, info
from qcode.ui.context import Context

QUICK_S = 0.01  # counting that takes longer than this waits until the coder pauses
PAUSE_MS = 200


@dataclass(frozen=True, slots=True)
class Counted:
    """Codings of each code, passages in all and without any, and how long the counting took in seconds."""

    codings: Mapping[CodeId, int]
    uncoded: int
    took: float
    passages: int = 0


class Tally(QObject):
    """Count in a thread after each change; several changes at once are counted once.

    At 200,000 codings counting takes longer than a frame, and an open read would make the next commit wait. So it is
    done beside the window, and there in a pause of the coder; what is known of a change is shown before.
    """

    counted = Signal(object)
    _ready = Signal(int, object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._round = 0
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._begin)
        self._ready.connect(self._take)  # queued, since it comes from the thread
        context.projectChanged.connect(self._project_changed)
        context.changed.connect(self._follow)
        self.destroyed.connect(self._pool.waitForDone)

    def wait(self) -> None:
        """Stand still until no counting is going on: the project is about to be closed."""
        self._timer.stop()
        self._round += 1
        self._pool.waitForDone()

    def refresh(self) -> None:
        """Count soon."""
        self._timer.start()

    def _project_changed(self) -> None:
        self.wait()
        self._timer.setInterval(0)
        if self._context.project is None:
            self.counted.emit(Counted({}, 0, 0.0))
        else:
            self.refresh()

    def _follow(self, changes: ChangeSet) -> None:
        if {"coding", "passage", "code", "source"} & changes.rows.keys():
            self._round += 1  # what is being counted now is old already
            self._timer.start()

    def _begin(self) -> None:
        project = self._context.project
        if project is not None:
            self._pool.start(_Count(project, self._round, self))

    def _take(self, round_: int, counted: Counted) -> None:
        if round_ == self._round and self._context.project is not None:
            self._timer.setInterval(0 if counted.took < QUICK_S else PAUSE_MS)
            self.counted.emit(counted)


def tally_of(context: Context) -> Tally:
    """Give the tally that all parts of one window share."""
    return context.findChild(Tally) or Tally(context, context)


class _Count(QRunnable):
    def __init__(self, project: Project, round_: int, tally: Tally) -> None:
        super().__init__()
        self._project = project
        self._round = round_
        self._tally = tally

    def run(self) -> None:
        began = perf_counter()
        try:
            with self._project.read() as r:
                made = Counted(codes.applied(r), codes.uncoded(r), 0.0, info.counts(r).passages)
        except QcodeError:  # the file went away; the next action of the coder says so
            return
        self._tally._ready.emit(self._round, replace(made, took=perf_counter() - began))
