"""The list of places that would be coded: each with a box before it, ticked by a click or by Space."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from qcode.ui.context import Context
from qcode.ui.models.proposals import CHECK, ProposalsList
from qcode.ui.widgets.painting import PADDING
from qcode.ui.widgets.places_view import AIR, PlaceRows, PlacesView

Index = QModelIndex | QPersistentModelIndex
BOX = 16


class ProposalsView(PlacesView):
    """Show a ProposalsList."""

    def __init__(self, rows: ProposalsList, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(rows, context, parent)
        self.setItemDelegate(ProposalRows(context, self))
        self.setAccessibleName("Places to code")


class ProposalRows(PlaceRows):
    """Paint a box before each place, and tick it wherever the row is clicked."""

    def _paint_place(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QStyleOptionViewItem(option)
        box.rect = QRect(option.rect.left() + PADDING, option.rect.top() + AIR + 1, BOX, BOX)
        on = index.data(CHECK) == Qt.CheckState.Checked
        box.state |= QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off
        self._view.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, self._view
        )
        beside = QStyleOptionViewItem(option)
        beside.rect = option.rect.adjusted(PADDING + BOX - 4, 0, 0, 0)
        super()._paint_place(painter, beside, index)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tick by a click anywhere in the row."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            if event.button() == Qt.MouseButton.LeftButton and index.data(CHECK) is not None:
                on = index.data(CHECK) == Qt.CheckState.Checked
                return model.setData(index, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked, CHECK)
            return False
        return super().editorEvent(event, model, option, index)
