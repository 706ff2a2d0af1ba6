"""The list that drops down from the search field: what was found, in two lines each, with the words themselves bold."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qcode.project.search import Excerpt, Hit, Kind
from qcode.ui.context import Context
from qcode.ui.models.search import Role, SearchRows, where
from qcode.ui.models.shelf import shelf_of
from qcode.ui.style import label, set_role
from qcode.ui.textpos import TextPositions
from qcode.ui.widgets.heading import small_capitals
from qcode.ui.widgets.painting import CHIP, GAP, draw_chip, draw_words

Index = QModelIndex | QPersistentModelIndex
WIDEST, NARROWEST, HIGHEST = 640, 420, 460
LEFT = 12
_ICONS = {
    Kind.SOURCE: "source",
    Kind.PASSAGE: "highlight",
    Kind.COMMENT: "edit",
    Kind.TRANSLATION: "edit",
    Kind.REASON: "edit",
    Kind.TEXT: "search",
}


class SearchDrop(QFrame):
    """Lie over the window, below the field; the keyboard stays in the field."""

    def __init__(self, context: Context, rows: SearchRows, window: QWidget) -> None:
        super().__init__(window)
        set_role(self, "card")
        self.setAutoFillBackground(True)
        self.setAccessibleName("What was found")
        self.rows = rows
        self._window = window
        self.list = QListView()
        self.list.setModel(rows)
        self.list.setItemDelegate(SearchDelegate(context, self.list))
        self.list.setStyleSheet("QListView { background: transparent; }")  # the card's own paper
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("What was found")
        self.said = label("", "muted")
        self.said.setContentsMargins(LEFT, 4, LEFT, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 2)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(self.said)
        self.hide()

    def place(self, field: QWidget) -> None:
        """Stand below the field, as high as what is found needs, and never beyond the window."""
        window = self._window
        corner = field.mapTo(window, QPoint(0, field.height() + 4))
        width = min(max(NARROWEST, min(WIDEST, field.width() + 80)), window.width() - 16)
        left = min(max(8, corner.x() + (field.width() - width) // 2), window.width() - width - 8)
        rows = self.rows.rowCount()
        wanted = sum(self.list.sizeHintForRow(row) for row in range(min(rows, 40))) + 4
        self.list.setVisible(rows > 0)
        room = max(80, window.height() - corner.y() - 60)
        self.list.setFixedHeight(min(wanted, HIGHEST, room))
        self.setFixedWidth(width)
        self.move(left, corner.y())
        self.adjustSize()

    def step(self, by: int) -> None:
        """Choose the next hit, or the one before."""
        row = self.list.currentIndex().row()
        wanted = self.rows.next_hit(row, 1 if by > 0 else -1)
        for _ in range(abs(by) - 1):
            wanted = self.rows.next_hit(wanted, 1 if by > 0 else -1)
        if wanted >= 0:
            self.list.setCurrentIndex(self.rows.index(wanted))
            if self.rows.next_hit(wanted, -1) == wanted:
                self.list.scrollToTop()  # so that the first heading is seen, too

    def current(self) -> Hit | None:
        """Give the hit that is chosen."""
        return self.rows.hit(self.list.currentIndex())


class SearchDelegate(QStyledItemDelegate):
    """Paint a heading, or a hit."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._shelf = shelf_of(context)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Make room for two lines, or for one above a group."""
        height = option.fontMetrics.height()
        hit: Hit | None = index.data(Role.HIT)
        if hit is None:
            return QSize(100, height + 12)
        return QSize(100, height * 2 + 10 if where(hit) else max(28, height + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row in the colours of the theme."""
        painter.save()
        try:
            painter.setFont(option.font)
            hit: Hit | None = index.data(Role.HIT)
            if hit is None:
                self._paint_heading(painter, option.rect, index.data(Role.HEADING))
            else:
                self._paint_hit(painter, option, hit)
        finally:
            painter.restore()

    def _paint_heading(self, painter: QPainter, row: QRect, words: str) -> None:
        painter.setPen(self._context.theme.muted)
        painter.setFont(small_capitals(painter.font()))
        draw_words(painter, row.left() + LEFT, row.right() - GAP, row.adjusted(0, 5, 0, 0), words.upper())

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit) -> None:
        theme, row = self._context.theme, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(row, theme.row)
        height = option.fontMetrics.height()
        upper = QRect(row.left(), row.top() + 5, row.width(), height)
        self._paint_sign(painter, upper, hit)
        left, right = row.left() + LEFT + 16 + GAP, row.right() - GAP
        painter.setPen(theme.row_text if chosen else theme.text)
        draw_excerpt(painter, QRect(left, upper.top(), right - left, height), hit.line, option.font)
        if where(hit):
            painter.setPen(theme.row_text if chosen else theme.muted)
            small = QFont(option.font)
            small.setPointSizeF(option.font.pointSizeF() * 0.92)
            below = QRect(left, upper.bottom() + 1, right - left, height)
            draw_excerpt(painter, below, Excerpt(where(hit), hit.below.spots), small)

    def _paint_sign(self, painter: QPainter, line: QRect, hit: Hit) -> None:
        """Paint what kind of thing it is: the colour of a code, or a small picture."""
        code = self._shelf.code(hit.code)
        if code is not None:
            draw_chip(painter, line.left() + LEFT + (16 - CHIP) // 2, line, self._context.theme.bar(code.color))
        elif hit.kind in _ICONS:
            icon = self._context.icons.get(_ICONS[hit.kind], self._context.theme.muted)
            icon.paint(painter, QRect(line.left() + LEFT, line.center().y() - 7, 16, 16))


def draw_excerpt(painter: QPainter, box: QRect, line: Excerpt, font: QFont) -> None:
    """Paint one line in which the places that were looked for are bold, whichever way its script runs."""
    painter.setFont(font)
    words = painter.fontMetrics().elidedText(line.words, Qt.TextElideMode.ElideRight, int(box.width() * 0.97))
    layout = QTextLayout(words, font)
    layout.setFormats([bold for start, end in line.spots if (bold := _bold(line.words, start, end)) is not None])
    layout.beginLayout()
    laid = layout.createLine()
    laid.setLineWidth(1 << 20)
    layout.endLayout()
    # a line of a script that runs from the right would stand at the right end of that width
    origin = QPointF(box.left() - laid.naturalTextRect().left(), box.top())
    painter.save()
    painter.setClipRect(box)
    layout.draw(painter, origin)
    painter.restore()


def _bold(words: str, start: int, end: int) -> QTextLayout.FormatRange | None:
    """Make a range of bold letters; Qt counts UTF-16 units."""
    made = QTextLayout.FormatRange()
    units = TextPositions(words)
    made.start = units.to_utf16(start)
    made.length = units.to_utf16(end) - made.start
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    made.format = bold
    return made if made.length else None
