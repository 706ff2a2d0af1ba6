"""Scroll on while something is dragged to the edge of the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

_TURN_MS = 25
_SLOWEST, _FASTEST = 2, 60


class EdgeScroll(QObject):
    """Say how far to scroll, again and again, for as long as the pointer is beyond an edge."""

    turned = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._speed = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN_MS)
        self._timer.timeout.connect(lambda: self.turned.emit(self._speed))

    def follow(self, y: float, height: int, *, zone: int = 0) -> None:
        """Tell where the pointer is; within `zone` pixels of an edge counts as beyond it."""
        beyond = y - zone if y < zone else max(0.0, y - (height - 1 - zone))
        if not beyond:
            self.stop()
            return
        speed = max(_SLOWEST, min(_FASTEST, int(abs(beyond)) // 2))
        self._speed = speed if beyond > 0 else -speed
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Scroll no longer."""
        self._timer.stop()
