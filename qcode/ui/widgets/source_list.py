"""The tree in which the sources are shown."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from qcode.ui.context import Context
from qcode.ui.models.sources import SourceTree
from qcode.ui.widgets.row_tree import RowTree
from qcode.ui.widgets.rows import SourceRows


class SourceView(RowTree):
    """Show a SourceTree: which folders are shut, and what is chosen, outlive a reload of the model.

    A source is opened by a double-click or Enter; what is chosen is asked to go by Delete, to move by Alt+arrows.
    """

    opened = Signal(QModelIndex)
    deleteAsked = Signal()  # noqa: N815
    moveAsked = Signal(int)  # noqa: N815 - by how many rows

    def __init__(self, model: SourceTree, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(model, "Sources", context, parent)
        self._tree = model
        self._shut: set[int] = set()
        self._chosen: list[int] = []
        self._current = 0
        self.setItemDelegate(SourceRows(context, self))
        self.setIndentation(16)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.doubleClicked.connect(self._open)
        self.collapsed.connect(lambda index: self._keep_shut(index, shut=True))
        self.expanded.connect(lambda index: self._keep_shut(index, shut=False))
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self._restore()

    def choose(self, source: object) -> None:
        """Make a source the current row, opening the folders above it."""
        index = self._tree.find(source)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _open(self, index: QModelIndex) -> None:
        """Open a source; a folder is opened or shut."""
        if self._tree.folder_at(index) is not None:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.opened.emit(index)

    def _keep_shut(self, index: QModelIndex, *, shut: bool) -> None:
        folder = self._tree.folder_at(index)
        if folder is not None and not self._tree.is_narrowed:
            (self._shut.add if shut else self._shut.discard)(folder.id)

    def _remember(self) -> None:
        self._chosen = [self._tree.key(row) for row in self.selectionModel().selectedIndexes()]
        self._current = self._tree.key(self.currentIndex())

    def _restore(self) -> None:
        """Bring back what was open and chosen; what a filter leaves is shown whatever was shut."""
        narrowed = self._tree.is_narrowed
        for folder in self._tree.folders():
            index = self._tree.find_folder(folder.id)
            if index.isValid() and (narrowed or folder.id not in self._shut):
                self.expand(index)
        flag = QItemSelectionModel.SelectionFlag
        for row in map(self._tree.row_of, self._chosen):
            if row.isValid():
                self.selectionModel().select(row, flag.Select)
        current = self._tree.row_of(self._current)
        if current.isValid():
            self.setAutoScroll(False)  # it would open a folder that was shut
            self.selectionModel().setCurrentIndex(current, flag.NoUpdate)
            self.setAutoScroll(True)

    def sizeHint(self) -> QSize:
        """Ask for some four rows; a splitter gives more or less."""
        return QSize(240, 120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete asks to remove, Alt with an arrow moves; the rest moves about."""
        key, arrows = event.key(), {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Delete:
            self.deleteAsked.emit()
        elif key in arrows and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moveAsked.emit(arrows[Qt.Key(key)])
        else:
            super().keyPressEvent(event)
