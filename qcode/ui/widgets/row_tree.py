"""What the trees at the left have in common: how they behave, and rows that reach from edge to edge."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from qcode.ui.context import Context
from qcode.ui.widgets.painting import draw_triangle
from qcode.ui.widgets.rows import paint_ground

Index = QModelIndex | QPersistentModelIndex


class RowTree(QTreeView):
    """Show a model as rows that a delegate paints; opening, renaming and moving are left to whoever knows them."""

    def __init__(self, model: QAbstractItemModel, name: str, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setModel(model)
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Paint the ground over the whole width, so that a chosen row reaches from edge to edge."""
        ground = QStyleOptionViewItem(option)
        ground.rect = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        if self.selectionModel().isSelected(index):
            painter.fillRect(ground.rect, self._context.theme.row)
        else:
            paint_ground(painter, ground, self._context.theme)
        super().drawRow(painter, option, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:  # noqa: N802
        """Paint a small triangle beside what holds others; lines between them would only be noise."""
        if self.model().rowCount(index):
            draw_triangle(painter, rect, self._context.theme.text, opened=self.isExpanded(index))
