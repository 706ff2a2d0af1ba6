"""Paint the margin: a bracket for each coding in sight, with the code's name beside it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLine, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QStaticText, QTransform

from qcode.ui.reader.brackets import ROOMY, Bracket, Label, fold, grid_for, make_bracket, place_labels
from qcode.ui.reader.marks import NO_CODE, key_of
from qcode.ui.reader.scene import Scene

LEFT = 12
_RIGHT = 8
_REACH = 5


class BracketInk:
    """Paint brackets, names and where was read to; remember where they stand, for the mouse."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.font = QFont()
        self.spines: list[tuple[QRect, Bracket]] = []
        self.labels: list[tuple[QRect, Bracket]] = []
        self._grid = ROOMY
        self._texts: dict[tuple[str, int, bool], QStaticText] = {}

    def forget_names(self) -> None:
        """Shape the names anew, since they or their font are others now."""
        self._texts.clear()

    def paint(self, painter: QPainter, size: QSize) -> None:
        """Paint what stands beside the text in sight."""
        self.spines, self.labels = [], []
        self._grid = grid_for(size.width())
        line = QFontMetrics(self.font).height() + 3
        words = self._read_to_box(size.width(), line)
        if not self._scene.bare:
            brackets = self._brackets(size.height())
            taken = None if words is None else (words.top(), words.bottom() + 1)
            labels = place_labels(brackets, size.height(), line, grid=self._grid, taken=taken)
            self._paint_brackets(painter, brackets)
            self._paint_leaders(painter, labels, line)
            self._paint_labels(painter, labels, line, size.width())
        if words is not None:
            self._paint_read_to(painter, words)

    def _brackets(self, height: int) -> list[Bracket]:
        scene = self._scene
        marks = scene.marks_in_sight()
        made = []
        for mark in marks:
            top, bottom = scene.flow.line_span(mark[3], mark[4])
            bracket = make_bracket(mark, scene.lanes.of(mark), top, bottom, height)
            if bracket is not None:
                made.append(bracket)
        return fold(made, self._grid.fold)

    def _paint_brackets(self, painter: QPainter, brackets: list[Bracket]) -> None:
        by_code: dict[int, list[QRect]] = {}
        tick = self._grid.tick
        for bracket in brackets:
            x, top, tall = LEFT + self._grid.x(bracket.lane), bracket.top + 1, max(6, bracket.bottom - bracket.top - 1)
            thick = 4 if self.is_selected(bracket) or self._is_goal(bracket) else 2
            rects = by_code.setdefault(bracket.marks[0][2], [])
            rects.append(QRect(x, top, thick, tall))
            if not bracket.open_top:
                rects.append(QRect(x, top, tick, 2))
            if not bracket.open_bottom:
                rects.append(QRect(x, top + tall - 2, tick, 2))
            self.spines.append((QRect(x - _REACH, top - 2, tick + 2 * _REACH, tall + 4), bracket))
        painter.setPen(Qt.PenStyle.NoPen)
        for code, rects in by_code.items():
            painter.setBrush(self._scene.paints.bar(code))
            painter.drawRects(rects)

    def _paint_leaders(self, painter: QPainter, labels: list[Label], line: int) -> None:
        by_code: dict[int, list[QLine]] = {}
        for place, label in enumerate(labels):
            bracket = label.bracket
            x = LEFT + self._grid.x(bracket.lane)
            start, end = x + self._grid.tick, LEFT + label.x - 3
            middle, tick = label.y + line // 2, max(bracket.top + 1, 1)
            if end - start < 8 and abs(middle - tick) <= line:
                continue
            lines = by_code.setdefault(bracket.marks[0][2], [])
            # Beside its own bracket a leader leaves level with the name; else from the bracket's first line.
            leaves = middle if bracket.top <= middle <= bracket.bottom else min(max(tick, bracket.top), bracket.bottom)
            elbow = max(x + 3, LEFT + _clear_of_names(labels, place, leaves - line) - 7)
            begin = start if leaves == tick else x + 3
            lines.append(QLine(begin, leaves, elbow, leaves))
            lines.append(QLine(elbow, leaves, elbow, middle))
            lines.append(QLine(elbow, middle, end, middle))
        for code, lines in by_code.items():
            painter.setPen(QPen(self._scene.paints.leader(code), 1))
            painter.drawLines(lines)

    def _paint_labels(self, painter: QPainter, labels: list[Label], line: int, width: int) -> None:
        theme = self._scene.paints.theme
        bold = QFont(self.font)
        bold.setBold(True)
        for label in labels:
            x, room = LEFT + label.x, width - LEFT - label.x - _RIGHT
            box = QRect(x, label.y, max(0, room), line)
            self.labels.append((box, label.bracket))
            if room < 12:
                continue
            self._paint_goal(painter, label.bracket, box)
            chosen = self.is_selected(label.bracket)
            painter.setFont(bold if chosen else self.font)
            quiet = label.bracket.marks[0][2] == NO_CODE or len(label.bracket.marks) > 1
            painter.setPen(theme.muted if quiet else theme.text)
            painter.drawStaticText(QPoint(x, label.y + 1), self._text(self._name(label.bracket), room, bold=chosen))

    def _name(self, bracket: Bracket) -> str:
        if len(bracket.marks) > 1:
            return QCoreApplication.translate("SourceView", "+{n} more").format(n=len(bracket.marks))
        return self._scene.paints.look(bracket.marks[0][2]).name

    def _text(self, name: str, width: int, *, bold: bool) -> QStaticText:
        made = self._texts.get((name, width, bold))
        if made is None:
            font = QFont(self.font)
            font.setBold(bold)
            one_line = " ".join(name.split("\n"))
            made = QStaticText(QFontMetrics(font).elidedText(one_line, Qt.TextElideMode.ElideRight, width))
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.prepare(QTransform(), font)
            if len(self._texts) > 2_000:
                self._texts.clear()
            self._texts[(name, width, bold)] = made
        return made

    def is_selected(self, bracket: Bracket) -> bool:
        """Tell whether the selected mark is the bracket's, or one of those it stands for."""
        return any(key_of(mark) == self._scene.selected for mark in bracket.marks)

    def _is_goal(self, bracket: Bracket) -> bool:
        return len(bracket.marks) == 1 and key_of(bracket.marks[0]) == self._scene.drop_mark

    def _paint_goal(self, painter: QPainter, bracket: Bracket, box: QRect) -> None:
        """Show that a code let go now would take this one's place."""
        if self._is_goal(bracket):
            theme = self._scene.paints.theme
            painter.setPen(QPen(theme.accent, 1, Qt.PenStyle.DashLine))
            painter.setBrush(theme.selection)
            painter.drawRect(box.adjusted(-4, 0, 2, -1))

    def _read_to_words(self) -> str:
        return QCoreApplication.translate("SourceView", "read to here")

    def _read_to_box(self, width: int, line: int) -> QRect | None:
        """Give where the words stand that say how far was read; None when that line is out of sight."""
        offset = self._scene.read_to
        y = None if offset is None else self._scene.flow.line_after(offset)
        if y is None:
            return None
        wide = QFontMetrics(self.font).horizontalAdvance(self._read_to_words())
        return QRect(width - _RIGHT - wide, y - line // 2, wide, line)

    def _paint_read_to(self, painter: QPainter, box: QRect) -> None:
        theme = self._scene.paints.theme
        painter.fillRect(QRect(1, box.center().y(), max(0, box.left() - 5), 1), theme.accent)
        painter.setFont(self.font)
        painter.setPen(theme.accent)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine), self._read_to_words())


def _clear_of_names(labels: list[Label], place: int, above: int) -> int:
    """Give how far left the names stand that a leader passes on its way down from a height to its own name."""
    left = labels[place].x
    while place > 0 and labels[place - 1].y > above:
        place -= 1
        left = min(left, labels[place].x)
    return left
