"""The list of places that a search found: how its rows look, and what keys and mouse do in it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qcode.ui.context import Context
from qcode.ui.models.places import Place, PlacesList, Role
from qcode.ui.models.surroundings import Shown
from qcode.ui.widgets import painting
from qcode.ui.widgets.evidence_list import PITCH, quote_layout, small
from qcode.ui.widgets.painting import GAP, PADDING
from qcode.ui.widgets.rows import paint_ground

Index = QModelIndex | QPersistentModelIndex
AIR = 6
LINES = 2  # of a place with its context; the place itself always begins in them


class PlaceRows(QStyledItemDelegate):
    """Paint where a place is, and below it the words found, bold, in their context.

    The first place of a source says its name and how many there are in it. All rows have one height, so that a hundred
    thousand of them need not be measured.
    """

    def __init__(self, context: Context, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._context = context
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Make room for a small line and some of words."""
        return QSize(200, _small_line(option) + round(QFontMetrics(option.font).height() * PITCH * LINES) + 2 * AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        theme = self._context.theme
        painter.save()
        try:
            paint_ground(painter, option, theme)
            self._paint_place(painter, option, index)
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme.accent, 1))
                painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        finally:
            painter.restore()

    def _paint_place(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self._context.theme, option.rect
        chosen = self._view.selectionModel().isSelected(index)
        shown: Shown = index.data(Role.SHOWN)
        self._paint_where(painter, option, index, shown.paragraph, theme.row_text if chosen else theme.muted)
        painter.setPen(theme.row_text if chosen else theme.text)
        words = quote_layout(shown, option.font, row.width() - 2 * PADDING)
        top = row.top() + AIR + _small_line(option)
        painter.save()
        painter.setClipRect(QRect(row.left(), top, row.width(), row.bottom() - AIR - top + 1))
        words.draw(painter, QPointF(row.left() + PADDING, top))
        painter.restore()

    def _paint_where(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, paragraph: int, color: QColor
    ) -> None:
        """Paint the paragraph; at the first place of a source, its name before and its count at the right."""
        font = small(option.font)
        line = QRect(option.rect.left(), option.rect.top() + AIR, option.rect.width(), _small_line(option))
        left, right = line.left() + PADDING, line.right() - PADDING
        painter.setFont(font)
        painter.setPen(color)
        number, count = f"¶{paragraph:,}", index.data(Role.COUNT)
        if count:
            right = painting.draw_count(painter, line, count, color) - GAP
            font.setBold(True)
            painter.setFont(font)
            room = QFontMetrics(font).horizontalAdvance(number) + GAP
            left = painting.draw_words(painter, left, right - room, line, index.data(Role.SOURCE)) + GAP
            font.setBold(False)
            painter.setFont(font)
        painting.draw_words(painter, left, right, line, number)


class PlacesView(QListView):
    """Show a PlacesList; `jumpAsked` when a place is clicked or Enter is pressed on it."""

    jumpAsked = Signal(object)  # noqa: N815 - a Place
    copyAsked = Signal(object)  # noqa: N815

    def __init__(self, rows: PlacesList, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setModel(rows)
        self.setItemDelegate(PlaceRows(context, self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Places found")
        rows.modelAboutToBeReset.connect(self.scrollToTop)

    def first(self) -> None:
        """Choose the first place, when none is chosen."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._rows.index(0))

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
        """Jump by Enter, and copy the place with the sentence around it."""
        place = self._rows.place(self.currentIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place is not None:
            self.jumpAsked.emit(place)
        elif event.matches(QKeySequence.StandardKey.Copy) and place is not None:
            self.copyAsked.emit(place)
        else:
            super().keyPressEvent(event)


def _small_line(option: QStyleOptionViewItem) -> int:
    return round(QFontMetrics(small(option.font)).height() * PITCH)
