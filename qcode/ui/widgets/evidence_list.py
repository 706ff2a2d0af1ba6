"""The list of passages of a code: how its rows look, and what keys and mouse do in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from qcode.project.codes import Code
from qcode.project.evidence import Line
from qcode.ui.context import Context
from qcode.ui.models.evidence import EvidenceList, Grouping, Role
from qcode.ui.models.surroundings import Shown
from qcode.ui.theme import Theme
from qcode.ui.widgets import painting
from qcode.ui.widgets.heading import small_capitals
from qcode.ui.widgets.painting import GAP, PADDING
from qcode.ui.widgets.rows import paint_ground

Index = QModelIndex | QPersistentModelIndex
AIR = 7  # above and below the words of a row
FEW = 40  # rows up to which the list scrolls by pixels; more rows are not all measured, and scroll one by one
LOWEST = 20  # pixels; no row is less high
MOST_HEIGHTS = 20_000  # rows whose heights are remembered: each page that comes lays out all rows anew
PITCH = 1.15  # of the height of letters, from line to line
NARROW = 640  # pixels; a list that is less wide has no column for other codes
SMALL = 0.87  # the size of what stands beside a quote


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the parts of a row stand, from its left edge; in a narrow list, other codes stand below the quote."""

    place: int
    quote: int
    also: int
    end: int

    @staticmethod
    def of(width: int) -> Columns:
        """Divide a width: the quote has most of it."""
        place = min(156, max(84, round(width * 0.17)))
        quote, end = PADDING + place + GAP, width - PADDING
        return Columns(PADDING, quote, quote if width < NARROW else end - min(170, round(width * 0.17)), end)

    @property
    def stacked(self) -> bool:
        """Tell whether what stands beside the quote in a wide list stands below it."""
        return self.also == self.quote

    @property
    def measure(self) -> int:
        """Give the width of the quote."""
        return (self.end if self.stacked else self.also - GAP) - self.quote


class EvidenceRows(QStyledItemDelegate):
    """Paint where a quote stands, the quote in its context, and what other codes it has."""

    def __init__(self, context: Context, view: QTreeView, rows: EvidenceList) -> None:
        super().__init__(view)
        self._context = context
        self._view = view
        self._list = rows
        self._heights: dict[tuple[Columns, Shown, str, bool, float], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give each row the height of its quote, wrapped and whole."""
        font = option.font
        if index.data(Role.LINE) is None:
            return QSize(200, painting.row_height(QFontMetrics(font)))
        columns = Columns.of(self._view.viewport().width())
        shown: Shown = index.data(Role.SHOWN)
        beside = self._beside(index)
        key = columns, shown, beside, self._says_code(), font.pointSizeF()
        if key not in self._heights:
            if len(self._heights) > MOST_HEIGHTS:
                self._heights.clear()
            quote = _height(quote_layout(shown, font, columns.measure))
            also = _height(_wrapped(beside, small(font), columns.end - columns.also))
            also += QFontMetrics(font).height() if self._says_code() else 0
            self._heights[key] = math.ceil(quote + also if columns.stacked else max(quote, also)) + 2 * AIR
        return QSize(200, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        theme = self._context.theme
        painter.save()
        try:
            paint_ground(painter, option, theme)
            if index.data(Role.LINE) is None:
                self._paint_heading(painter, option, index, theme)
            else:
                self._paint_line(painter, option, index, theme)
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme.accent, 1))
                painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        finally:
            painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, theme: Theme) -> None:
        row: QRect = option.rect
        code: Code | None = index.data(Role.CODE)
        painter.setFont(small_capitals(option.font))
        painter.setPen(theme.muted)
        left = row.left() + PADDING
        if code is not None:
            left = painting.draw_chip(painter, left, row, theme.bar(code.color)) + GAP
        right = painting.draw_count(painter, row, index.data(Role.COUNT), theme.muted)
        painting.draw_words(painter, left, right - GAP, row, index.data())

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, theme: Theme) -> None:
        row: QRect = option.rect
        columns = Columns.of(self._view.viewport().width())
        shown: Shown = index.data(Role.SHOWN)
        chosen = self._view.selectionModel().isSelected(index)
        top = row.top() + AIR
        self._paint_place(painter, option, index, columns, theme)
        painter.setPen(theme.row_text if chosen else theme.text)
        quote = quote_layout(shown, option.font, columns.measure)
        quote.draw(painter, QPointF(row.left() + columns.quote, top))
        top += math.ceil(_height(quote)) if columns.stacked else 0
        if self._says_code():
            line = QRect(row.left() + columns.also, top, columns.end - columns.also, 0)
            top += self._paint_code(painter, option, index, line)
        painter.setPen(theme.row_text if chosen else theme.muted)
        beside = _wrapped(self._beside(index), small(option.font), columns.end - columns.also)
        beside.draw(painter, QPointF(row.left() + columns.also, top))

    def _paint_place(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, columns: Columns, theme: Theme
    ) -> None:
        """Paint source and paragraph; a long name gives way, the number does not."""
        row: QRect = option.rect
        shown: Shown = index.data(Role.SHOWN)
        font = small(option.font)
        metrics = QFontMetrics(font)
        number = f" ¶{shown.paragraph}" if shown.paragraph else ""
        room = columns.quote - columns.place - GAP
        name = metrics.elidedText(
            index.data(Role.SOURCE), Qt.TextElideMode.ElideRight, room - metrics.horizontalAdvance(number)
        )
        painter.setFont(font)
        first = index.data(Role.FIRST) or self._list.grouping is Grouping.CODE
        chosen = self._view.selectionModel().isSelected(index)
        painter.setPen(theme.row_text if chosen else theme.text if first else theme.muted)
        baseline = row.top() + AIR + QFontMetrics(option.font).ascent()
        painter.drawText(QPoint(row.left() + columns.place, baseline), name + number)

    def _paint_code(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, line: QRect) -> int:
        """Paint which code a line is about, at the top of a box; gives its height."""
        theme, code = self._context.theme, index.data(Role.CODE)
        line.setHeight(QFontMetrics(option.font).height())
        if code is not None:
            painter.setFont(small(option.font))
            painter.setPen(theme.row_text if self._view.selectionModel().isSelected(index) else theme.text)
            left = painting.draw_chip(painter, line.left(), line, theme.bar(code.color)) + 6
            painting.draw_words(painter, left, line.right() + 1, line, code.name)
        return line.height()

    def _says_code(self) -> bool:
        return self._list.many_codes and self._list.grouping is Grouping.SOURCE

    def _beside(self, index: Index) -> str:
        line: Line = index.data(Role.LINE)
        others: list[str] = index.data(Role.OTHERS)
        told = ["waits for review"] if line.start is None else []
        told += [f"also: {', '.join(others)}"] if others else []
        return " · ".join(told)


class EvidenceView(QTreeView):
    """Show an EvidenceList; `jumpAsked` when a passage is clicked or Enter is pressed on it."""

    jumpAsked = Signal(object)  # noqa: N815 - a Line
    copyAsked = Signal()  # noqa: N815
    uncodeAsked = Signal()  # noqa: N815

    def __init__(self, rows: EvidenceList, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setModel(rows)
        self.setItemDelegate(EvidenceRows(context, self, rows))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("Passages")
        rows.modelAboutToBeReset.connect(self._begin_anew)
        rows.modelReset.connect(self._choose_scrolling)
        self._choose_scrolling()

    def chosen(self) -> list[Line]:
        """List the chosen lines in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        found = (self._rows.line(self._rows.index(row)) for row in rows)
        return [line for line in found if line is not None]

    def selectAll(self) -> None:  # noqa: N802
        """Choose all passages, those not fetched yet included."""
        self._rows.fetch_all()
        super().selectAll()

    def doItemsLayout(self) -> None:  # noqa: N802
        """Lay out what is there: Qt would fetch another page with each layout, wanted or not."""
        self._rows.held = True
        try:
            super().doItemsLayout()
        finally:
            self._rows.held = False

    def visualRect(self, index: Index) -> QRect:  # noqa: N802
        """Give where a row is. Of the last one Qt asks it to know whether more are wanted; to answer that, it would
        measure all rows above it. Of those that are chosen it asks in order to choose as far as another.
        """
        by_row = self.verticalScrollMode() is QAbstractItemView.ScrollMode.ScrollPerItem
        below = self.verticalScrollBar().value() + self.viewport().height() // LOWEST
        last = by_row and index.row() == self._rows.rowCount() - 1 and index.row() > below
        if last and index != self.currentIndex() and not self.selectionModel().isSelected(index):
            return QRect()
        return super().visualRect(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Jump by a plain click; with Ctrl or Shift, only choose."""
        super().mouseReleaseEvent(event)
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        line = self._rows.line(self.indexAt(event.position().toPoint()))
        if plain and line is not None and len(self.chosen()) == 1:
            self.jumpAsked.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Jump, copy and take off by keys."""
        line = self._rows.line(self.currentIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None:
            self.jumpAsked.emit(line)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copyAsked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.uncodeAsked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew; the row at the top stays there."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            top = QPersistentModelIndex(self.indexAt(QPoint(0, 0)))
            self.doItemsLayout()
            if top.isValid() and event.oldSize().isValid():
                self.scrollTo(self._rows.index(top.row()), QAbstractItemView.ScrollHint.PositionAtTop)

    def _begin_anew(self) -> None:
        """Go to the top, and measure no row before it is known how many there are."""
        self.scrollToTop()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)

    def _choose_scrolling(self) -> None:
        mode = QAbstractItemView.ScrollMode
        self.setVerticalScrollMode(mode.ScrollPerPixel if self._rows.total <= FEW else mode.ScrollPerItem)


def small(font: QFont) -> QFont:
    """Make the font of what stands beside a quote."""
    return painting.tabular(font, SMALL)


def quote_layout(shown: Shown, font: QFont, width: int) -> QTextLayout:
    """Break a quote with its context into lines; the quote itself is bold."""
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    start, length = _units(shown.before), _units(shown.quote)
    span = QTextLayout.FormatRange()
    span.start, span.length, span.format = start, length, bold
    return _wrapped(f"{shown.before}{shown.quote}{shown.after}", font, width, [span])


def _wrapped(words: str, font: QFont, width: int, formats: list[QTextLayout.FormatRange] | None = None) -> QTextLayout:
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(formats or [])
    layout.beginLayout()
    height = 0.0
    while words and (line := layout.createLine()).isValid():
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, height))
        height += line.height() * PITCH
    layout.endLayout()
    return layout


def _height(layout: QTextLayout) -> float:
    return sum(layout.lineAt(number).height() * PITCH for number in range(layout.lineCount()))


def _units(words: str) -> int:
    """Count as Qt counts, in UTF-16: QTextLayout's places are not code points."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2
