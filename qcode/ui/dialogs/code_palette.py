"""The palette that comes up at the caret: type a few letters of a code, press Enter."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPen
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

from qcode.project import CodeId, split_path
from qcode.project.codes import Code
from qcode.ui.context import Context
from qcode.ui.keymap import letters_work
from qcode.ui.labels import Elided
from qcode.ui.models.palette import ALREADY, PaletteRows, Role
from qcode.ui.reader.typography import Typography
from qcode.ui.widgets import painting
from qcode.ui.widgets.painting import GAP
from qcode.ui.widgets.plain import listed, one_line

Index = QModelIndex | QPersistentModelIndex
WIDTH, MOST_ROWS = 520, 8
BOX, BOX_ROOM = 16, 36  # the box that ticks a row, and the room at its right end where a click is for the box
HINT = "Enter applies · Ctrl+Enter ticks several · Esc closes"


class _Rows(QListView):
    """Tell a click on the box of a row, or with Ctrl, from one that takes the row."""

    taken = Signal(QModelIndex)
    tickAsked = Signal(QModelIndex)  # noqa: N815

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Hear where the mouse was let go."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        on_box = point.x() > self.visualRect(index).right() - BOX_ROOM
        several = on_box or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if several and index.data(Role.CODE) is not None:
            self.tickAsked.emit(index)
        else:
            self.taken.emit(index)


class CodePalette(QFrame):
    """Ask for codes without leaving the text. `chosen` brings the codes and the name of one to be made, or "".

    The codes that are `there`, on the passage already, come after others that fit as well, and say so.
    It lives until it is closed, and then deletes itself.
    """

    chosen = Signal(object, str)

    def __init__(
        self,
        codes: Sequence[Code],
        context: Context,
        *,
        recent: Sequence[CodeId] = (),
        used: Mapping[CodeId, int] | None = None,
        there: Collection[CodeId] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Apply a code")
        self._context = context
        self.rows = PaletteRows(codes, recent, used or {}, self, there=there)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Type a code")
        self.field.setAccessibleName("Code to apply")
        self.list = _Rows()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_PaletteDelegate(context, self))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Codes that fit")
        self.list.taken.connect(lambda index: self._finish(index, sought=True))
        self.list.tickAsked.connect(self._tick)
        self.hint = Elided(HINT, "muted")
        self._moved = False  # Up or Down was pressed: Space now ticks instead of typing
        self._lay_out()
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)
        self._first()
        self.list.selectionModel().currentChanged.connect(lambda *_: self._say_what())

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 6)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self.hint)
        self.setFixedWidth(WIDTH)

    def popup(self, at: QPoint, *, line: int | None = None) -> None:
        """Come up below a point of the screen, wholly on that screen, ready to be typed into.

        Where there is no room below, it stands `line` pixels higher, above what the point stands below; without a
        number that is a line of the text that is read.
        """
        self._fit()
        screen = (QGuiApplication.screenAt(at) or self.screen()).availableGeometry()
        line = self._line_of_text() if line is None else line
        lowest = screen.bottom() + 1 - self.height()
        top, above = at.y(), at.y() - line - self.height()
        if top > lowest:
            top = above if above >= screen.top() else lowest
        left = min(at.x(), screen.right() + 1 - self.width())
        self.move(max(screen.left(), left), max(screen.top(), top))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _line_of_text(self) -> int:
        context = self._context
        return Typography(context.look.reading(), context.settings.zoom / 100).body.pitch + 2 * GAP

    def _fit(self) -> None:
        """Keep the height while one types, so that rows do not jump under the eye."""
        count = max(2, min(MOST_ROWS, self.rows.rowCount() + 1))
        self.list.setFixedHeight(count * self.list.sizeHintForRow(0) + 4 if self.rows.rowCount() else 60)
        self.adjustSize()

    def _typed(self, text: str) -> None:
        self.rows.type(text)
        self._moved = False
        self._first()

    def _first(self) -> None:
        self.list.setCurrentIndex(self.rows.index(0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list from the field, which keeps the keyboard."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._steer(event)
        return super().eventFilter(watched, event)

    def _steer(self, event: QKeyEvent) -> bool:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        current = self.list.currentIndex()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST_ROWS, Qt.Key.Key_PageUp: -MOST_ROWS}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if control:
                self._tick(current)
            else:
                self._finish(current, sought=bool(self.field.text()))
        elif key == Qt.Key.Key_Space and (self._moved or not self.field.text()):
            self._moved = True
            self._tick(current)
        elif step := steps.get(Qt.Key(key)):
            self._moved = True
            last = self.rows.rowCount() - 1
            self.list.setCurrentIndex(self.rows.index(max(0, min(last, current.row() + step))))
        else:
            return False
        return True

    def _tick(self, index: QModelIndex) -> None:
        self.rows.tick(index)
        self._say_what()

    def _say_what(self) -> None:
        """Say what Enter takes: what is ticked may be out of sight by now."""
        if not self.rows.ticked():
            self.hint.set_whole(HINT)
            return
        codes, new = self._wanted(self.list.currentIndex(), sought=bool(self.field.text()))
        names = [one_line(code.name) for code in codes] + ([f"new “{one_line(new)}”"] if new else [])
        self.hint.set_whole(f"Enter applies {listed(names)}")

    def _wanted(self, current: QModelIndex, *, sought: bool) -> tuple[list[Code], str]:
        """Give what is ticked; a row too that was sought out, or when nothing is ticked."""
        codes, new = self.rows.ticked(), ""
        if not codes or sought:
            code, new = self.rows.code(current), self.rows.new_name(current)
            if code is not None and code not in codes:
                codes.append(code)
        return codes, new

    def _finish(self, current: QModelIndex, *, sought: bool) -> None:
        codes, new = self._wanted(current, sought=sought)
        if codes or new:
            self.close()
            self.chosen.emit(codes, new)


class _PaletteDelegate(QStyledItemDelegate):
    """Tick, chip, name, key, and below them where the code stands and what it means."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._icons = context.icons
        self._shows_keys = letters_work(context.settings)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Make room for two lines."""
        return QSize(WIDTH - 40, option.fontMetrics.height() * 2 + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one code, or the row that makes one."""
        painter.save()
        try:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(option.rect, self._theme.row if chosen else self._theme.panel)
            painter.setFont(option.font)
            painter.setPen(self._theme.row_text if chosen else self._theme.text)
            code: Code | None = index.data(Role.CODE)
            if code is None:
                self._paint_new(painter, option.rect, index.data())
            else:
                ticked, there = bool(index.data(Role.TICKED)), bool(index.data(Role.THERE))
                self._paint_code(painter, option.rect, code, ticked=ticked, there=there)
        finally:
            painter.restore()

    def _paint_new(self, painter: QPainter, row: QRect, words: str) -> None:
        left = row.left() + 8
        self._icons.get("plus", self._theme.muted).paint(painter, QRect(left - 1, row.center().y() - 6, 13, 13))
        painting.draw_words(painter, left + painting.CHIP + GAP, row.right() - GAP, row, words)

    def _paint_box(self, painter: QPainter, row: QRect, *, ticked: bool) -> None:
        box = QRect(row.right() - BOX_ROOM + (BOX_ROOM - BOX) // 2, row.center().y() - BOX // 2, BOX, BOX)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.accent if ticked else self._theme.muted, 1))
        painter.setBrush(self._theme.accent if ticked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.restore()
        if ticked:
            self._icons.get("check", self._theme.panel).paint(painter, box.adjusted(2, 2, -2, -2))

    def _paint_code(self, painter: QPainter, row: QRect, code: Code, *, ticked: bool, there: bool) -> None:
        height = painter.fontMetrics().height()
        upper = QRect(row.left(), row.top() + 4, row.width(), height)
        lower = upper.translated(0, height + 1)
        left = painting.draw_chip(painter, upper.left() + 8, upper, self._theme.bar(code.color)) + GAP
        right = row.right() - BOX_ROOM
        self._paint_box(painter, row, ticked=ticked)
        bold = QFont(painter.font())
        bold.setBold(ticked)
        painter.setFont(bold)
        key = code.shortcut if self._shows_keys else ""
        cap = painting.keycap_width(painter.font(), key) + GAP if key else 0
        end = painting.draw_words(painter, left, right - cap, upper, code.name)
        painting.draw_keycap(painter, end + GAP, upper, key, self._theme)
        above = " › ".join(split_path(code.path)[:-1])
        painter.setPen(self._theme.muted)
        about = " · ".join(filter(None, (ALREADY if there else "", above, code.short_definition)))
        painting.draw_words(painter, left, right, lower, " ".join(about.split()))
