"""Paint the gutter: numbers of paragraphs, who speaks and when, where pages begin, and a dotted line for no data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QLine, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from qcode.text.span import SpanKind
from qcode.ui.reader.pages import Placed
from qcode.ui.reader.scene import Scene
from qcode.ui.reader.signs import Label

_PAD, _GAP = 12, 14  # left of the numbers, and between them and the words
_BETWEEN = 10  # labels and numbers
_SPARE = 4  # letters may lean out of their advance
_WIDEST, _SHARE = 120, 7  # pixels a label may have, and the part of the view that all of them may take
_BAR, _BAR_GAP = 2, 6
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)


class Gutter:
    """Paint what stands left of the lines; `font` is a small one."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._numbers = self._labels = 0
        self.font = QFont()

    def measure(self, width: int) -> int:
        """Work out how wide it must be in a view of that width; the labels yield when the view is narrow."""
        metrics, bold = QFontMetrics(self.font), QFontMetrics(self._bold())
        self._numbers = metrics.horizontalAdvance("0" * max(2, len(str(len(self._scene.paragraphs)))))
        widest = max(map(bold.horizontalAdvance, self._scene.signs.widest), default=-_SPARE) + _SPARE
        self._labels = min(widest, _WIDEST, width // _SHARE)
        return _PAD + (self._labels + _BETWEEN if self._labels else 0) + self._numbers + _GAP

    def paint(self, painter: QPainter, shown: Sequence[Placed], left: int) -> None:
        """Paint the signs of the pieces in sight; the words begin at `left`."""
        painter.setFont(self.font)
        painter.setPen(self._scene.paints.theme.muted)
        self._paint_numbers(painter, shown, left - _GAP)
        self._paint_labels(painter, shown, left - _GAP - self._numbers - _BETWEEN)
        self._paint_page_ticks(painter, shown, left)
        self._paint_not_data(painter, shown, left - _BAR_GAP)

    def label_at(self, point: QPoint, shown: Sequence[Placed], left: int) -> str:
        """Give all words of the label at a point: the gutter may have room for the first few only."""
        right = left - _GAP - self._numbers - _BETWEEN
        found = (label.whole for box, label in self._places(shown, right) if box.contains(point))
        return next(found, "")

    def _paint_numbers(self, painter: QPainter, shown: Sequence[Placed], right: int) -> None:
        flow, paragraphs = self._scene.flow, self._scene.paragraphs
        for placed in shown:
            if flow.pieces.begins_line(placed.piece) and not flow.pieces.is_blank(placed.piece):
                number = paragraphs.number_at(flow.pieces.starts[placed.piece])
                baseline = placed.y + placed.layout.style.above + placed.layout.style.baseline
                box = QRect(0, baseline - 40, right, 40 + painter.fontMetrics().descent())
                painter.drawText(box, _RIGHT, str(number))

    def _paint_labels(self, painter: QPainter, shown: Sequence[Placed], right: int) -> None:
        bold = self._bold()
        for box, label in self._places(shown, right):
            painter.setFont(bold if label.kind is SpanKind.SPEAKER else self.font)
            elided = painter.fontMetrics().elidedText(label.words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, _RIGHT, elided)

    def _bold(self) -> QFont:
        made = QFont(self.font)
        made.setBold(True)
        return made

    def _places(self, shown: Sequence[Placed], right: int) -> Iterator[tuple[QRect, Label]]:
        """Lay the labels beside their lines; one that would cover another stands below it."""
        if not self._labels:
            return
        flow, metrics = self._scene.flow, QFontMetrics(self.font)
        height, free = metrics.height(), -(1 << 20)
        for placed in shown:
            start, layout = flow.pieces.starts[placed.piece], placed.layout
            for label in self._scene.signs.labels(start, flow.pieces.ends[placed.piece]):
                line = layout.line_of(label.offset - start)
                bottom = placed.y + layout.line_top(line) + layout.style.baseline + metrics.descent()
                top = max(bottom - height, free)
                free = top + height
                yield QRect(right - self._labels, top, self._labels, height), label

    def _paint_page_ticks(self, painter: QPainter, shown: Sequence[Placed], left: int) -> None:
        """Draw a fine line between the words where a page begins in the middle of a paragraph."""
        flow = self._scene.flow
        for placed in shown:
            start, layout = flow.pieces.starts[placed.piece], placed.layout
            for label in self._scene.signs.labels(start, flow.pieces.ends[placed.piece]):
                if label.kind is SpanKind.PAGE and label.offset > start:
                    line = layout.line_of(label.offset - start)
                    x = left + round(layout.x_of(label.offset - start)) - 2
                    top = placed.y + layout.line_top(line)
                    painter.fillRect(QRect(x, top, 1, layout.style.tint), self._scene.paints.theme.muted)

    def _paint_not_data(self, painter: QPainter, shown: Sequence[Placed], x: int) -> None:
        lines = [QLine(x, top, x, bottom) for placed in shown for top, bottom in self._marked(placed)]
        if lines:
            pen = QPen(self._scene.paints.theme.muted, _BAR, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLines(lines)

    def _marked(self, placed: Placed) -> Iterator[tuple[int, int]]:
        pieces, layout = self._scene.flow.pieces, placed.layout
        start, end = pieces.starts[placed.piece], pieces.ends[placed.piece]
        for low, high in self._scene.signs.out(start, max(end, start + 1)):
            first, last = layout.line_of(low - start), layout.line_of(max(low, min(high, end) - 1) - start)
            whole = last == layout.line_count - 1 and bool(self._scene.signs.out(end, end + 1))
            bottom = layout.height if whole else layout.line_top(last) + layout.style.tint
            yield placed.y + layout.line_top(first), placed.y + bottom
