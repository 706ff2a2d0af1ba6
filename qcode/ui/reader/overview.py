"""The strip at the right: the codings of the whole source by colour, and the scroll bar at once."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from qcode.ui.reader.scene import Scene

WIDTH = 16
_CELL = 3
_COLUMNS = 3
_HIT_WIDTH = 5
_LEAST_HANDLE = 28
_CELLS_A_STEP = 4
_CELLS_AT_ONCE = 24


class Overview(QScrollBar):
    """Show where in the source there are codings and which part is in sight; a click jumps, the handle drags.

    The strip is cut into cells of a few pixels; each shows the commonest codes of its stretch of text. Cells are
    worked out when there is time, so that opening a source never waits for them.
    """

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._scene = scene
        self._cells: list[tuple[int, ...]] = []
        self._known = 0
        # The cells as they were drawn, and the colours they were drawn in: a new coding changes a few of them only.
        self._picture: QPixmap | None = None
        self._drawn_with = scene.paints
        self._hits: list[QRect] = []
        self._grip: float | None = None
        self.setAccessibleName(self.tr("Overview and scroll bar"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 100)

    # What each cell shows

    def forget(self) -> None:
        """Work out all cells anew, when there is time; until then the old ones are shown."""
        self._known = 0
        if not len(self._scene.hits):
            self._hits = []

    def refresh(self, start: int, end: int) -> None:
        """Work out anew only the cells that show something of [start, end); later, when they are many."""
        count, flow = self._count(), self._scene.flow
        if self._known < count or len(self._cells) != count:
            return
        first, last = int(flow.share_of(start) * count) - 1, int(flow.share_of(end) * count) + 1
        if last - first > _CELLS_AT_ONCE:
            self.forget()
            return
        changed = range(max(0, first), min(count, last + 1))
        for cell in changed:
            self._cells[cell] = self._codes(*self._stretch(cell))
        if self._picture is not None:
            self._draw(self._picture, changed)
        self.update()

    def work(self) -> bool:
        """Work out some more cells; tell whether there are any left."""
        count = self._count()
        if len(self._cells) != count:
            self._cells = [()] * count
            self._known = 0
        if self._known >= count:
            return False
        for cell in range(self._known, min(count, self._known + _CELLS_A_STEP)):
            self._cells[cell] = self._codes(*self._stretch(cell))
        self._known = min(count, self._known + _CELLS_A_STEP)
        if self._known == count:
            self._redraw()
        return self._known < count

    def note_hits(self) -> None:
        """Show where the hits of a find are."""
        count, flow = self.height(), self._scene.flow
        rows = sorted({int(flow.share_of(start) * count) for start in self._scene.hits.spread()})
        self._hits = [QRect(1, row - 1, _HIT_WIDTH, 2) for row in rows]
        self.update()

    def codes_at(self, y: int) -> tuple[int, ...]:
        """Tell which codes the strip shows at a height."""
        cell = y // _CELL
        return self._cells[cell] if 0 <= cell < len(self._cells) else ()

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def _count(self) -> int:
        return max(1, self.height() // _CELL)

    def _stretch(self, cell: int) -> tuple[int, int]:
        count, flow = self._count(), self._scene.flow
        start = flow.offset_at_share(cell / count)
        end = len(flow.text) if cell + 1 == count else flow.offset_at_share((cell + 1) / count)
        return start, max(end, start + 1)

    def _codes(self, start: int, end: int) -> tuple[int, ...]:
        """Choose the commonest codes, side by side as their brackets are, so that each keeps to its column."""
        marks = self._scene.index.touching(start, end)
        lanes: dict[int, int] = {}
        for mark in marks:
            lanes.setdefault(mark[2], self._scene.lanes.of(mark))
        if len(lanes) <= _COLUMNS:
            return tuple(sorted(lanes, key=lanes.__getitem__))
        common = Counter(mark[2] for mark in marks).most_common(_COLUMNS)
        return tuple(sorted((code for code, _ in common), key=lanes.__getitem__))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            theme = self._scene.paints.theme
            painter.fillRect(event.rect(), theme.paper)
            painter.fillRect(QRect(0, 0, 1, self.height()), theme.line)
            self._paint_handle(painter)
            if not self._scene.bare:
                self._paint_cells(painter)
            self._paint_signs(painter)
        finally:
            painter.end()

    def _paint_handle(self, painter: QPainter) -> None:
        handle = self._handle()
        if handle.isEmpty():
            return
        color = QColor(self._scene.paints.theme.muted)
        color.setAlpha(80 if self._grip is not None else 48)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(handle).adjusted(2, 1, -1, -1), 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_cells(self, painter: QPainter) -> None:
        if self._picture is None or self._drawn_with is not self._scene.paints:
            ratio = self.devicePixelRatioF()
            self._picture = QPixmap(QSize(self.width(), max(1, len(self._cells)) * _CELL) * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            self._drawn_with = self._scene.paints
            self._draw(self._picture, range(len(self._cells)))
        painter.drawPixmap(0, 0, self._picture)

    def _draw(self, picture: QPixmap, cells: range) -> None:
        painter = QPainter(picture)
        try:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            stretch = QRect(0, cells.start * _CELL, self.width(), len(cells) * _CELL)
            painter.fillRect(stretch, Qt.GlobalColor.transparent)
            painter.setPen(Qt.PenStyle.NoPen)
            for code, rects in self._cell_rects(cells):
                painter.setBrush(self._scene.paints.bar(code))
                painter.drawRects(rects)
        finally:
            painter.end()

    def _paint_signs(self, painter: QPainter) -> None:
        scene = self._scene
        painter.setPen(Qt.PenStyle.NoPen)
        if self._hits:
            painter.setBrush(scene.paints.hit_sign)
            painter.drawRects(self._hits)
        if scene.read_to is not None:
            y = round(scene.flow.share_of(scene.read_to) * self.height())
            painter.fillRect(QRect(1, min(y, self.height() - 1), self.width(), 1), scene.paints.theme.accent)

    def _cell_rects(self, cells: range) -> list[tuple[int, list[QRect]]]:
        by_code: dict[int, list[QRect]] = {}
        left, wide = 4, self.width() - 7
        for cell in cells:
            codes = self._cells[cell]
            for column, code in enumerate(codes):
                x0, x1 = left + wide * column // len(codes), left + wide * (column + 1) // len(codes)
                by_code.setdefault(code, []).append(QRect(x0, cell * _CELL, x1 - x0, _CELL))
        return list(by_code.items())

    def _handle(self) -> QRect:
        if self.maximum() <= 0:
            return QRect()
        whole = self.maximum() + self.pageStep()
        tall = max(_LEAST_HANDLE, self.height() * self.pageStep() // whole)
        top = (self.height() - tall) * self.value() // self.maximum()
        return QRect(0, top, self.width(), tall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._known = 0
        super().resizeEvent(event)
        self.note_hits()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        y = event.position().y()
        if not self._handle().contains(event.position().toPoint()):
            # Bring what is drawn here to the middle of the window.
            whole = self.maximum() + self.pageStep()
            self.setValue(round(y / max(1, self.height()) * whole - self.pageStep() / 2))
        self._grip = y - self._handle().top()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.update()

    def _go(self, point: QPointF) -> None:
        room = self.height() - self._handle().height()
        if room > 0 and self._grip is not None:
            self.setValue(round((point.y() - self._grip) / room * self.maximum()))
