"""How the rows of the lists of sources and codes are painted and renamed in place."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qcode.project.codes import Code
from qcode.ui.context import Context
from qcode.ui.models import codebook, sources
from qcode.ui.theme import Theme
from qcode.ui.widgets import painting
from qcode.ui.widgets.heading import small_capitals
from qcode.ui.widgets.painting import GAP, PADDING

Index = QModelIndex | QPersistentModelIndex
ICON = 16


class Rows(QStyledItemDelegate):
    """Paint a row in the theme's colours and rename it in place."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Make all rows of one height, easy to hit."""
        return QSize(120, painting.row_height(option.fontMetrics))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Rename in a plain line that lies on the row."""
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setAccessibleName(f"Name of {index.data()}")
        return editor

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground of a row, then what stands on it."""
        theme = self.context.theme
        painter.save()
        try:
            painter.setFont(option.font)
            paint_ground(painter, option, theme)
            painter.setPen(theme.row_text if _chosen(option) else theme.text)
            self.paint_row(painter, option, index, theme)
        finally:
            painter.restore()

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, theme: Theme) -> None:
        """Paint what stands in a row."""
        raise NotImplementedError


class SourceRows(Rows):
    """Icon, name, and how many codings at the right; a folder's name as a small heading."""

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, theme: Theme) -> None:
        """Paint one source, or the name of a folder."""
        row: QRect = option.rect
        left = row.left() + (0 if index.parent().isValid() else PADDING - row.left())
        if index.data(sources.Role.SOURCE) is None:
            left = row.left() + 2
            painter.setFont(small_capitals(option.font))
            painter.setPen(theme.muted)
            painting.draw_words(painter, left, row.right() - PADDING, row, index.data())
            return
        icon = QRect(left, row.center().y() - ICON // 2 + 1, ICON, ICON)
        self.context.icons.get("source", theme.muted).paint(painter, icon)
        right = painting.draw_count(painter, row, index.data(sources.Role.COUNT), theme.muted)
        painting.draw_words(painter, left + ICON + GAP - 2, right - GAP, row, index.data())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Lay the editor on the name, so that icon and count stay in sight."""
        inside = index.parent().isValid() or index.data(sources.Role.SOURCE) is None
        name = 0 if index.data(sources.Role.SOURCE) is None else ICON + GAP - 2
        left = option.rect.left() + 2 if inside else PADDING
        editor.setGeometry(option.rect.adjusted(left - option.rect.left() + name - 5, 1, -PADDING - 30, -1))


class CodeRows(Rows):
    """Colour chip, name, key and count; groups are bold and have no chip."""

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, theme: Theme) -> None:
        """Paint one code, a group, or the last row."""
        row: QRect = option.rect
        code: Code | None = index.data(codebook.Role.CODE)
        count: int = index.data(codebook.Role.COUNT)
        if code is None:
            self._paint_uncoded(painter, row, count, index.data(), theme)
            return
        bold = QFont(option.font)
        bold.setBold(not code.is_codable)
        painter.setFont(bold)
        right = painting.draw_count(painter, row, count, theme.muted)
        left = row.left()
        if code.is_codable:
            left = painting.draw_chip(painter, left, row, theme.bar(code.color)) + GAP
        key: str = index.data(codebook.Role.KEY)
        room = painting.keycap_width(painter.font(), key) + GAP if key else 0
        end = painting.draw_words(painter, left, right - GAP - room, row, code.name)
        painting.draw_keycap(painter, min(end + GAP, right - room), row, key, theme)

    def _paint_uncoded(self, painter: QPainter, row: QRect, count: int, words: str, theme: Theme) -> None:
        painter.setPen(theme.muted)
        right = painting.draw_count(painter, row, count, theme.muted)
        left = PADDING
        self.context.icons.get("uncoded", theme.muted).paint(painter, QRect(left, row.center().y() - 5, 12, 12))
        painting.draw_words(painter, left + 12 + 6, right - GAP, row, words)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Lay the editor on the name, so that chip and count stay in sight."""
        code: Code | None = index.data(codebook.Role.CODE)
        before = painting.CHIP + GAP - 4 if code is not None and code.is_codable else -4
        editor.setGeometry(option.rect.adjusted(before, 1, -PADDING - 34, -1))


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Paint the chosen row, and a quiet frame round the row that has the keyboard."""
    if _chosen(option):
        painter.fillRect(option.rect, theme.row)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, theme.hint)


def _chosen(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)
