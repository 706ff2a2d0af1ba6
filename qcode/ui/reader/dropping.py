"""A widget on which codes can be dropped."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from qcode.ui.reader.dragging import codes_in


class DropArea(QWidget):
    """Take codes that are dragged here; who inherits says what they would be meant for, and does it."""

    def aim(self, point: QPointF | None) -> bool:
        """Show what codes let go at a point would be meant for, and tell whether for anything; None: for nothing."""
        raise NotImplementedError

    def take(self, codes: list[int]) -> None:
        """Do what was last aimed at."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if codes_in(event.mimeData()):
            _accept(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self.aim(event.position()):
            _accept(event)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        codes = codes_in(event.mimeData())
        if codes and self.aim(event.position()):
            _accept(event)
            self.take(codes)
        else:
            event.ignore()
        self.aim(None)


def _accept(event: QDropEvent) -> None:
    """Take what is dragged without taking it away from where it came: a list would remove the rows it gave."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
