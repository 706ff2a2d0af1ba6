"""The tree in which the codebook is shown."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from qcode.ui.context import Context
from qcode.ui.models.codebook import CodebookTree
from qcode.ui.widgets.passage_drops import dragged
from qcode.ui.widgets.row_tree import RowTree
from qcode.ui.widgets.rows import CodeRows


class CodeTree(RowTree):
    """Show a CodebookTree: expansion and the chosen code outlive a reload of the model."""

    deleteAsked = Signal()  # noqa: N815
    moveAsked = Signal(int)  # noqa: N815 - by how many rows among its siblings
    passageDropped = Signal(QModelIndex, object)  # noqa: N815 - the row, and what was Dragged onto it
    applyAsked = Signal(QModelIndex)  # noqa: N815 - the index that was double-clicked, or had Enter pressed on it

    def __init__(self, model: CodebookTree, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(model, "Codebook", context, parent)
        self._closed: set[int] = set()
        self._current: int | None = None
        self._awaited: object = None  # a code made a moment ago: the model lists it with its next reload
        self._book = model
        self.setItemDelegate(CodeRows(context, self))
        self.setIndentation(18)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.collapsed.connect(lambda index: self._closed.add(index.internalId()))
        self.expanded.connect(lambda index: self._closed.discard(index.internalId()))
        self.doubleClicked.connect(self.applyAsked)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self._restore()

    def choose(self, code: object) -> None:
        """Make a code the current row, opening the groups above it; one that is not listed yet, as soon as it is."""
        index = self._book.find(code)
        self._awaited = None if index.isValid() else code
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _remember(self) -> None:
        current = self.currentIndex()
        self._current = current.internalId() if current.isValid() else None

    def _restore(self) -> None:
        for code in self._book.codes():
            index = self._book.find(code.id)
            if index.isValid() and code.id not in self._closed and self._book.rowCount(index):
                self.expand(index)
        awaited = self._book.find(self._awaited)
        if awaited.isValid():
            self.choose(self._awaited)
        elif self._current is not None:
            self.setCurrentIndex(self._book.find(self._current))

    def sizeHint(self) -> QSize:
        """Ask for some eleven rows, a small codebook; a splitter gives more or less."""
        return QSize(240, 300)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Enter do what they do in a text; the rest moves about."""
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleteAsked.emit()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moveAsked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.applyAsked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    # ---- words dropped on a code ----

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take words from a text, and codes of this tree."""
        if dragged(event.mimeData()) is not None:
            event.acceptProposedAction()
        elif event.source() is self:
            super().dragEnterEvent(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where words may be let go: on a code, not on a group or between rows."""
        if dragged(event.mimeData()) is None:
            if event.source() is self:
                super().dragMoveEvent(event)
            else:
                event.ignore()
            return
        super().dragMoveEvent(event)  # it scrolls near the edges
        code = self._book.code(self.indexAt(event.position().toPoint()))
        if code is not None and code.is_codable:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass on which code words were dropped on; codes are moved by the model."""
        words = dragged(event.mimeData())
        if words is None:
            super().dropEvent(event)
            return
        index = self.indexAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.passageDropped.emit(index, words)
