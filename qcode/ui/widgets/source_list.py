"""The list in which the sources are shown."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from qcode.ui.context import Context
from qcode.ui.models.sources import SourceList
from qcode.ui.widgets.rows import SourceRows


class SourceView(QListView):
    """Show a SourceList; a row is opened by a double-click or Enter, and asked to go by Delete."""

    opened = Signal(QModelIndex)
    deleteAsked = Signal()  # noqa: N815

    def __init__(self, model: SourceList, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(SourceRows(context, self))
        self.setAccessibleName("Sources")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(self.opened)

    def sizeHint(self) -> QSize:
        """Ask for some four rows; a splitter gives more or less."""
        return QSize(240, 120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete asks to remove; the rest moves about."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if not editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
        elif not editing and event.key() == Qt.Key.Key_Delete:
            self.deleteAsked.emit()
        else:
            super().keyPressEvent(event)
