"""The command palette: type a few letters of what you want to do, press Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.models.commands import CommandRows, Role
from qcode.ui.style import label
from qcode.ui.widgets.painting import GAP, draw_keycap, draw_words, keycap_width

Index = QModelIndex | QPersistentModelIndex
WIDTH, MOST_ROWS, LEFT = 520, 10, 10
HINT = "Enter runs the command · Esc closes"
NOTHING = "No command that can be given now is called so."


class CommandPalette(QFrame):
    """Ask for a command. It lives until it is closed, and then deletes itself."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Commands")
        self._actions = actions
        self.rows = CommandRows(actions, self)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Type a command")
        self.field.setAccessibleName("Command to run")
        self.list = QListView()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_Delegate(context, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Commands that fit")
        self.list.clicked.connect(self._run)
        self.said = label(HINT, "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 6)
        layout.setSpacing(6)
        for part in (self.field, self.list, self.said):
            layout.addWidget(part)
        self.setFixedWidth(WIDTH)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)
        self._first()

    def popup(self) -> None:
        """Come up at the top of the window, ready to be typed into."""
        window = self.parentWidget()
        self.list.setFixedHeight(MOST_ROWS * self.list.sizeHintForRow(0) + 4)
        self.adjustSize()
        if window is not None:
            self.move(window.mapToGlobal(QPoint(max(0, (window.width() - WIDTH) // 2), 56)))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list from the field, which keeps the keyboard."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._steer(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _steer(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST_ROWS, Qt.Key.Key_PageUp: -MOST_ROWS}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
        elif step := steps.get(key):
            row = self.list.currentIndex().row() + step
            self.list.setCurrentIndex(self.rows.index(max(0, min(self.rows.rowCount() - 1, row))))
        else:
            return False
        return True

    def _typed(self, text: str) -> None:
        self.rows.type(text)
        self.said.setText(HINT if self.rows.rowCount() else NOTHING)
        self._first()

    def _first(self) -> None:
        self.list.setCurrentIndex(self.rows.index(0))

    def _run(self, index: Index) -> None:
        """Close first, so that the command finds the keyboard where it was."""
        id_ = self.rows.id(index)
        if id_:
            QTimer.singleShot(0, self._actions[id_], self._actions[id_].trigger)
            self.close()


class _Delegate(QStyledItemDelegate):
    """Picture, name and key, and below them the menu and what the command does."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Make room for two lines."""
        return QSize(WIDTH - 40, option.fontMetrics.height() * 2 + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one command."""
        painter.save()
        try:
            theme, row = self._context.theme, option.rect
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(row, theme.row if chosen else theme.panel)
            painter.setFont(option.font)
            height = option.fontMetrics.height()
            upper = QRect(row.left(), row.top() + 4, row.width(), height)
            if icon := index.data(Role.ICON):
                place = QRect(row.left() + LEFT, row.center().y() - 8, 16, 16)
                self._context.icons.get(icon, theme.muted).paint(painter, place)
            key = index.data(Role.KEY)
            cap = keycap_width(option.font, key)
            left, right = row.left() + LEFT + 16 + GAP, row.right() - GAP
            painter.setPen(theme.row_text if chosen else theme.text)
            draw_words(painter, left, right - cap - GAP, upper, index.data())
            draw_keycap(painter, right - cap, upper, key, theme)
            painter.setPen(theme.row_text if chosen else theme.muted)
            draw_words(painter, left, right, upper.translated(0, height + 1), index.data(Role.ABOUT))
        finally:
            painter.restore()
