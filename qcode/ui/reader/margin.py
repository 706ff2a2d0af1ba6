"""The margin: a bracket for each coding in sight, with the code's name beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLine, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QStaticText,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from qcode.ui.reader.brackets import TICK, Bracket, Label, fold, make_bracket, place_labels
from qcode.ui.reader.marks import NO_CODE, MarkKey, key_of
from qcode.ui.reader.scene import Scene
from qcode.ui.reader.tips import marks_tip

_LEFT = 12
_RIGHT = 8
_REACH = 5


class Margin(QWidget):
    """Show brackets and names; a click on one asks to select its mark."""

    marked = Signal(object)
    wheeled = Signal(QWheelEvent)
    menuAsked = Signal(QPoint, object)  # noqa: N815

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._spines: list[tuple[QRect, Bracket]] = []
        self._labels: list[tuple[QRect, Bracket]] = []
        self._texts: dict[tuple[str, int, bool], QStaticText] = {}
        self.setAccessibleName(self.tr("Codes in the margin"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)

    def forget_names(self) -> None:
        """Shape the names anew, since they or their font are others now."""
        self._texts.clear()
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            theme = self._scene.paints.theme
            painter.fillRect(event.rect(), theme.paper)
            painter.fillRect(QRect(0, 0, 1, self.height()), theme.line)
            self._spines, self._labels = [], []
            if self._scene.bare:
                return
            brackets = self._brackets()
            line = QFontMetrics(self.font()).height() + 3
            labels = place_labels(brackets, self.height(), line)
            self._paint_brackets(painter, brackets)
            self._paint_leaders(painter, labels, line)
            self._paint_labels(painter, labels, line)
        finally:
            painter.end()

    def _brackets(self) -> list[Bracket]:
        scene, height = self._scene, self.height()
        marks = scene.marks_in_sight()
        made = []
        for mark in marks:
            top, bottom = scene.flow.line_span(mark[3], mark[4])
            bracket = make_bracket(mark, scene.lanes.of(mark), top, bottom, height)
            if bracket is not None:
                made.append(bracket)
        return fold(made)

    def _paint_brackets(self, painter: QPainter, brackets: list[Bracket]) -> None:
        by_code: dict[int, list[QRect]] = {}
        for bracket in brackets:
            x, top, tall = _LEFT + bracket.x, bracket.top + 1, max(6, bracket.bottom - bracket.top - 1)
            thick = 4 if self._is_selected(bracket) else 2
            rects = by_code.setdefault(bracket.marks[0][2], [])
            rects.append(QRect(x, top, thick, tall))
            if not bracket.open_top:
                rects.append(QRect(x, top, TICK, 2))
            if not bracket.open_bottom:
                rects.append(QRect(x, top + tall - 2, TICK, 2))
            self._spines.append((QRect(x - _REACH, top - 2, TICK + 2 * _REACH, tall + 4), bracket))
        painter.setPen(Qt.PenStyle.NoPen)
        for code, rects in by_code.items():
            painter.setBrush(self._scene.paints.bar(code))
            painter.drawRects(rects)

    def _paint_leaders(self, painter: QPainter, labels: list[Label], line: int) -> None:
        by_code: dict[int, list[QLine]] = {}
        for label in labels:
            bracket = label.bracket
            start, end = _LEFT + bracket.x + TICK, _LEFT + label.x - 3
            middle, tick = label.y + line // 2, max(bracket.top + 1, 1)
            if end - start < 8 and abs(middle - tick) <= line:
                continue
            lines = by_code.setdefault(bracket.marks[0][2], [])
            elbow = end - 4
            # Beside its own bracket a leader leaves level with the name; else from the bracket's first line.
            leaves = middle if bracket.top <= middle <= bracket.bottom else min(max(tick, bracket.top), bracket.bottom)
            begin = start if leaves == tick else _LEFT + bracket.x + 3
            lines.append(QLine(begin, leaves, elbow, leaves))
            lines.append(QLine(elbow, leaves, elbow, middle))
            lines.append(QLine(elbow, middle, end, middle))
        for code, lines in by_code.items():
            painter.setPen(QPen(self._scene.paints.leader(code), 1))
            painter.drawLines(lines)

    def _paint_labels(self, painter: QPainter, labels: list[Label], line: int) -> None:
        theme = self._scene.paints.theme
        bold = QFont(self.font())
        bold.setBold(True)
        for label in labels:
            x, width = _LEFT + label.x, self.width() - _LEFT - label.x - _RIGHT
            box = QRect(x, label.y, max(0, width), line)
            self._labels.append((box, label.bracket))
            if width < 12:
                continue
            chosen = self._is_selected(label.bracket)
            painter.setFont(bold if chosen else self.font())
            quiet = label.bracket.marks[0][2] == NO_CODE or len(label.bracket.marks) > 1
            painter.setPen(theme.muted if quiet else theme.text)
            painter.drawStaticText(QPoint(x, label.y + 1), self._text(self._name(label.bracket), width, bold=chosen))

    def _name(self, bracket: Bracket) -> str:
        if len(bracket.marks) > 1:
            return self.tr("+{n} more").format(n=len(bracket.marks))
        return self._scene.paints.look(bracket.marks[0][2]).name

    def _text(self, name: str, width: int, *, bold: bool) -> QStaticText:
        made = self._texts.get((name, width, bold))
        if made is None:
            font = QFont(self.font())
            font.setBold(bold)
            one_line = " ".join(name.split("\n"))
            made = QStaticText(QFontMetrics(font).elidedText(one_line, Qt.TextElideMode.ElideRight, width))
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.prepare(QTransform(), font)
            if len(self._texts) > 2_000:
                self._texts.clear()
            self._texts[(name, width, bold)] = made
        return made

    def _is_selected(self, bracket: Bracket) -> bool:
        return any(key_of(mark) == self._scene.selected for mark in bracket.marks)

    def labels(self) -> list[tuple[QRect, Bracket]]:
        """List the boxes of the labels painted last, and whose they are."""
        return list(self._labels)

    def brackets(self) -> list[tuple[QRect, Bracket]]:
        """List where a click takes a bracket painted last."""
        return list(self._spines)

    # Mouse

    def bracket_at(self, point: QPointF) -> Bracket | None:
        """Give the bracket or label under a point, as painted last; the nearest spine where brackets are close."""
        spot = point.toPoint()
        for box, bracket in self._labels:
            if box.contains(spot):
                return bracket
        near = [
            (abs(box.center().x() - spot.x()), place)
            for place, (box, _) in enumerate(self._spines)
            if box.contains(spot)
        ]
        return self._spines[min(near)[1]][1] if near else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        bracket = self.bracket_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            self.marked.emit(None if bracket is None else self._next_of(bracket))
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        bracket = self.bracket_at(QPointF(event.pos()))
        if bracket is not None:
            self.menuAsked.emit(event.globalPos(), key_of(bracket.marks[0]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.bracket_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.wheeled.emit(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._texts.clear()
        return super().event(event)

    def tip_at(self, point: QPointF) -> str:
        """Give what a tip says at a point: the codes of the bracket or label there."""
        bracket = self.bracket_at(point)
        return "" if bracket is None else marks_tip(self._scene.paints, bracket.marks)

    def _next_of(self, bracket: Bracket) -> MarkKey:
        """Where one bracket stands for many marks, each click takes the next."""
        keys = [key_of(mark) for mark in bracket.marks]
        if self._scene.selected in keys:
            return keys[(keys.index(self._scene.selected) + 1) % len(keys)]
        return keys[0]
