"""The list of places that a search found: how its rows look, and what keys and mouse do in it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from qcode.ui.context import Context
from qcode.ui.models.places import Place, PlacesList, Role
from qcode.ui.models.surroundings import Shown
from qcode.ui.widgets import painting
from qcode.ui.widgets.evidence_list import PITCH, quote_layout, small
from qcode.ui.widgets.heading import small_capitals
from qcode.ui.widgets.painting import GAP, PADDING
from qcode.ui.widgets.rows import paint_ground

Index = QModelIndex | QPersistentModelIndex
AIR = 6
LINES = 3  # of a place with its context; the place itself always stands among them
NUMBER = 40  # pixels for the number of the paragraph


class PlaceRows(QStyledItemDelegate):
    """Paint the name of a source, or a paragraph's number with the words found in their context, bold."""

    def __init__(self, context: Context, view: QTreeView) -> None:
        super().__init__(view)
        self._context = context
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give each place the same height, so that thousands need not be measured."""
        metrics = QFontMetrics(option.font)
        if index.data(Role.COUNT) is not None:
            return QSize(200, painting.row_height(metrics))
        return QSize(200, round(metrics.height() * PITCH * LINES) + 2 * AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        theme = self._context.theme
        painter.save()
        try:
            paint_ground(painter, option, theme)
            if index.data(Role.COUNT) is not None:
                self._paint_heading(painter, option, index)
            else:
                self._paint_place(painter, option, index)
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme.accent, 1))
                painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        finally:
            painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QRect = option.rect
        painter.setFont(small_capitals(option.font))
        painter.setPen(self._context.theme.muted)
        right = painting.draw_count(painter, row, index.data(Role.COUNT), self._context.theme.muted)
        painting.draw_words(painter, row.left() + PADDING, right - GAP, row, index.data())

    def _paint_place(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self._context.theme, option.rect
        chosen = self._view.selectionModel().isSelected(index)
        shown: Shown = index.data(Role.SHOWN)
        painter.setFont(small(option.font))
        painter.setPen(theme.row_text if chosen else theme.muted)
        baseline = row.top() + AIR + QFontMetrics(option.font).ascent()
        painter.drawText(QPointF(row.left() + PADDING, baseline), f"¶{shown.paragraph:,}")
        painter.setPen(theme.row_text if chosen else theme.text)
        left = PADDING + NUMBER
        words = quote_layout(shown, option.font, row.width() - left - PADDING)
        painter.save()
        painter.setClipRect(row.adjusted(0, AIR, 0, -AIR))
        words.draw(painter, QPointF(row.left() + left, row.top() + AIR))
        painter.restore()


class PlacesView(QTreeView):
    """Show a PlacesList; `jumpAsked` when a place is clicked or Enter is pressed on it."""

    jumpAsked = Signal(object)  # noqa: N815 - a Place

    def __init__(self, rows: PlacesList, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setModel(rows)
        self.setItemDelegate(PlaceRows(context, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(
            QAbstractItemView.ScrollMode.ScrollPerItem
        )  # no need to measure what is out of sight
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Places found")
        rows.modelAboutToBeReset.connect(self.scrollToTop)

    def first(self) -> None:
        """Choose the first place, when none is."""
        if self._rows.place(self.currentIndex()) is None and self._rows.rowCount() > 1:
            self.setCurrentIndex(self._rows.index(1))

    def doItemsLayout(self) -> None:  # noqa: N802
        """Lay out what is there: Qt would fetch another page with each layout, wanted or not."""
        self._rows.held = True
        try:
            super().doItemsLayout()
        finally:
            self._rows.held = False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Jump by a click."""
        super().mouseReleaseEvent(event)
        place: Place | None = self._rows.place(self.indexAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self.jumpAsked.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Jump by Enter."""
        place = self._rows.place(self.currentIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place is not None:
            self.jumpAsked.emit(place)
        else:
            super().keyPressEvent(event)
