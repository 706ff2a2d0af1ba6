"""The parts of the reading view and how they hang together: where they stand, and who tells whom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QWidget

from qcode.ui.reader.columns import divide
from qcode.ui.reader.idle import TURN, IdleWork
from qcode.ui.reader.margin import Margin
from qcode.ui.reader.marks import Mark, MarkKey
from qcode.ui.reader.overview import WIDTH, Overview
from qcode.ui.reader.resizing import Resizer
from qcode.ui.reader.scene import Scene
from qcode.ui.reader.textarea import TextArea
from qcode.ui.theme import Theme, load

REVEAL_SHARE = 0.3
_EDGE = 4
_MANY = 200


class ViewFrame(QWidget):
    """Hold the text, its margin and its overview side by side, and keep the three in step."""

    selectionChanged = Signal(int, int)  # noqa: N815
    caretMoved = Signal(int)  # noqa: N815
    markSelected = Signal(object)  # noqa: N815
    menuRequested = Signal(QPoint, int)  # noqa: N815
    keyTyped = Signal(str)  # noqa: N815
    zoomChanged = Signal(float)  # noqa: N815
    scrolled = Signal()
    resizeRequested = Signal(int, int, int)  # noqa: N815 - passage, start, end
    codesDropped = Signal(object, int, int)  # noqa: N815 - code ids, start, end
    codeDroppedOnMark = Signal(int, int, int)  # noqa: N815 - code, passage, coding

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._scene = Scene(theme or load("light"))
        self._resizer = Resizer(self._scene, self)
        self._text = TextArea(self._scene, self._resizer, self)
        self._margin = Margin(self._scene, self._resizer, self)
        self._overview = Overview(self._scene, self)
        self._idle = IdleWork((self._lay_out_ahead, self._overview.work, self._sweep_lanes), self)
        self._syncing = False
        self._has_margin = True
        self.setFocusProxy(self._text)
        self.setAccessibleName(self.tr("Source"))
        self._set_small_fonts()
        self._connect()

    def is_busy(self) -> bool:
        """Tell whether work is left for quiet moments: lanes, the overview, text near the window."""
        return not self._idle.is_done()

    def sizeHint(self) -> QSize:
        return QSize(900, 700)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.ApplicationFontChange):
            self._set_small_fonts()
            self._arrange()
        super().changeEvent(event)

    def _connect(self) -> None:
        caret, text = self._scene.caret, self._text
        caret.selectionChanged.connect(self.selectionChanged)
        caret.moved.connect(self.caretMoved)
        caret.selectionChanged.connect(text.show_caret)
        caret.moved.connect(text.show_caret)
        text.keyTyped.connect(self.keyTyped)
        text.menuRequested.connect(self.menuRequested)
        text.touched.connect(self._unselect_mark)
        text.escaped.connect(self._unselect_mark)
        text.stepped.connect(self._follow_caret)
        text.painted.connect(self._painted)
        text.released.connect(self._end_let_go)
        text.codesDropped.connect(self.codesDropped)
        self._resizer.changed.connect(self._update_all)
        self._resizer.resized.connect(self.resizeRequested)
        self._margin.scrollAsked.connect(text.scrollAsked)
        self._margin.released.connect(self._end_let_go)
        self._margin.codesDropped.connect(self.codesDropped)
        self._margin.codeDropped.connect(self.codeDroppedOnMark)
        self._margin.wheeled.connect(text.wheelEvent)
        self._overview.valueChanged.connect(self._bar_moved)

    def _set_small_fonts(self) -> None:
        small = QFont(self.font())
        small.setPointSizeF(max(6.0, small.pointSizeF() * 0.82) * self._scene.flow.typography.beside)
        self._text.ink.gutter.font = small
        self._margin.set_font()

    def _arrange(self) -> None:
        """Divide the width and break the lines to it; the line being read stays."""
        height, flow = self.height(), self._scene.flow
        gutter = self._text.ink.gutter.measure(self.width())
        columns = divide(self.width() - WIDTH, flow.typography.measure, gutter, margin=self._has_margin)
        self._text.ink.left = columns.left
        flow.set_window(columns.measure, height)
        self._text.setGeometry(0, 0, columns.margin, height)
        self._margin.from_text = columns.margin - columns.left
        self._margin.setGeometry(columns.margin, 0, columns.margin_width, height)
        self._overview.setGeometry(self.width() - WIDTH, 0, WIDTH, height)
        self._update_all()

    def _update_all(self) -> None:
        self._text.update()
        self._margin.update()
        self._overview.update()

    def _moved(self) -> None:
        self._sync_bar()
        self._update_all()
        self.scrolled.emit()

    def _painted(self) -> None:
        # Painting measured what was only estimated: let the bar know, and use the quiet time that follows.
        self._sync_bar()
        self._idle.start()

    def _sync_bar(self) -> None:
        flow, bar = self._scene.flow, self._overview
        self._syncing = True
        bar.setRange(0, flow.maximum)
        bar.setPageStep(max(1, flow.window_height))
        bar.setSingleStep(flow.typography.body.pitch)
        bar.setValue(flow.value)
        self._syncing = False

    def _bar_moved(self, value: int) -> None:
        if not self._syncing:
            # What the bar believes to be the end is the end, even if the heights have been corrected since.
            at_end = value >= self._overview.maximum()
            self._scene.flow.scroll_to_value(self._scene.flow.maximum if at_end else value)
            self._update_all()
            self.scrolled.emit()

    def _follow_caret(self) -> None:
        """Scroll just so far that the caret is in sight."""
        flow, height = self._scene.flow, self._text.height()
        rect = flow.caret_rect(self._scene.caret.position)
        if rect is None:
            flow.scroll_line_to(self._scene.caret.position, int(height * REVEAL_SHARE))
        elif rect.top() < _EDGE:
            flow.scroll_by(rect.top() - _EDGE)
        elif rect.bottom() > height - _EDGE:
            flow.scroll_by(rect.bottom() - height + _EDGE)
        self._moved()

    def _lay_out_ahead(self) -> bool:
        more = self._scene.flow.lay_out_ahead()
        self._sync_bar()
        return more

    def _sweep_lanes(self) -> bool:
        return self._scene.lanes.sweep(TURN)

    def _marks_changed(self, marks: Sequence[Mark]) -> None:
        if len(marks) > _MANY:
            self._overview.forget()
        else:
            for mark in marks:
                self._overview.refresh(mark[3], mark[4])
        self._update_all()
        if self._scene.selected is not None and self._scene.selected_mark() is None:
            self._set_selected(None)

    def _set_selected(self, key: MarkKey | None) -> None:
        if key != self._scene.selected:
            self._scene.selected = key
            self._text.update()
            self._margin.update()
            self.markSelected.emit(key)

    def _end_let_go(self, at: QPoint) -> None:
        """Outside of this view nothing was meant."""
        if self.rect().contains(self.mapFromGlobal(at)):
            self._resizer.finish()
        else:
            self._resizer.cancel()

    def _unselect_mark(self) -> None:
        self._set_selected(None)
