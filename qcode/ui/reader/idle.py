"""Work that can wait: done bit by bit when nothing else is to be done, a few milliseconds at a time."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

# What one turn of the event loop may take; the steps themselves are short.
TURN = 0.003


class IdleWork(QObject):
    """Run steps, each until it says that nothing is left of it, the first ones first."""

    def __init__(self, steps: tuple[Callable[[], bool], ...], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._left: list[Callable[[], bool]] = []
        # A QTimer, not a QBasicTimer: that one would be let go after its object, and its number given back twice.
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        """Look again at what there is to do."""
        self._left = list(self._steps)
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Do nothing more until the next start."""
        self._left = []
        self._timer.stop()

    def is_done(self) -> bool:
        """Tell whether nothing is left to do."""
        return not self._left

    def _turn(self) -> None:
        until = perf_counter() + TURN
        while self._left and perf_counter() < until:
            if not self._left[0]():
                self._left.pop(0)
        if not self._left:
            self._timer.stop()
