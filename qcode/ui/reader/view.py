"""The reading and coding view: a source's text with its margin and its overview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget

from qcode.text.span import Span
from qcode.ui.reader.columns import divide
from qcode.ui.reader.idle import TURN, IdleWork
from qcode.ui.reader.margin import Margin
from qcode.ui.reader.marks import CodeLook, Mark, MarkKey
from qcode.ui.reader.overview import WIDTH, Overview
from qcode.ui.reader.scene import Scene
from qcode.ui.reader.textarea import TextArea
from qcode.ui.reader.typography import Reading
from qcode.ui.theme import Theme, load

ZOOM_STEP = 1.1
ZOOM_RANGE = (0.5, 4.0)
_NUMBER_GAP, _GUTTER_PAD = 14, 12
_REVEAL_SHARE = 0.3
_EDGE = 4
_MANY = 200


class SourceView(QWidget):
    """Show one source to read and to code. It knows nothing of projects: it is given text, marks and looks.

    Offsets are code points of the text that was shown, half-open. A mark is named by (passage, coding).
    """

    selectionChanged = Signal(int, int)  # noqa: N815
    caretMoved = Signal(int)  # noqa: N815
    markSelected = Signal(object)  # noqa: N815
    menuRequested = Signal(QPoint, int)  # noqa: N815
    keyTyped = Signal(str)  # noqa: N815
    zoomChanged = Signal(float)  # noqa: N815
    scrolled = Signal()

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._scene = Scene(theme or load("light"))
        self._text = TextArea(self._scene, self)
        self._margin = Margin(self._scene, self)
        self._overview = Overview(self._scene, self)
        self._idle = IdleWork((self._lay_out_ahead, self._overview.work, self._sweep_lanes), self)
        self._zoom = 1.0
        self._syncing = False
        self.setFocusProxy(self._text)
        self.setAccessibleName(self.tr("Source"))
        self._set_small_fonts()
        self._connect()

    # What is shown

    def show(
        self,
        text: str | None = None,
        spans: Sequence[Span] = (),
        marks: Sequence[Mark] = (),
        looks: Mapping[int, CodeLook] | None = None,
    ) -> None:
        """Show a source from its top; without arguments, only make the widget visible, as Qt has it."""
        if text is None:
            super().show()
            return
        self._scene.set_source(text, spans, marks)
        if looks is not None:
            self._scene.set_colors(self._scene.paints.theme, looks)
        self._overview.forget()
        self._margin.forget_names()
        self._arrange()

    def add_marks(self, marks: Iterable[Mark]) -> None:
        """Show more marks; one that is already there is replaced, as when a passage was made longer."""
        changed: list[Mark] = []
        for mark in marks:
            changed += [mark, *self._scene.put(mark)]
        self._marks_changed(changed)

    def remove_marks(self, keys: Iterable[MarkKey]) -> None:
        """Show these marks no longer; unknown ones are passed over."""
        self._marks_changed([mark for key in keys for mark in self._scene.remove(key)])

    def set_looks(self, looks: Mapping[int, CodeLook]) -> None:
        """Show codes under other names and in other colours."""
        self._scene.set_colors(self._scene.paints.theme, looks)
        self._margin.forget_names()
        self._update_all()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._scene.set_colors(theme, self._scene.looks)
        self._update_all()

    def set_tint_strength(self, strength: float) -> None:
        """Show the tints behind coded words stronger or weaker (0 to 1)."""
        self.set_theme(replace(self._scene.paints.theme, tint_strength=strength, _bars={}, _tints={}))

    def set_bare(self, bare: bool) -> None:
        """Show the text alone, without any sign of coding, or with them again."""
        self._scene.bare = bare
        self._update_all()

    # Selection

    def selection(self) -> tuple[int, int]:
        """Give what is selected; start and end are the same where only the caret stands."""
        return self._scene.caret.start, self._scene.caret.end

    def set_selection(self, start: int, end: int) -> None:
        """Select a stretch, the caret at its end; characters cut in two are taken whole."""
        length = len(self._scene.flow.text)
        self._scene.caret.select(min(max(0, start), length), min(max(0, end), length))

    def selected_text(self) -> str:
        """Give the selected words as they stand in the source."""
        start, end = self.selection()
        return self._scene.flow.text[start:end]

    def expand_selection(self) -> None:
        """Grow the selection: word, sentence, paragraph."""
        self._scene.caret.expand(self._scene.paragraphs)

    def select_mark(self, passage_id: int | None, coding_id: int = 0) -> None:
        """Select a mark, or none, and put the caret where it begins; a mark that is not here selects none."""
        mark = None if passage_id is None else self._scene.index.get((passage_id, coding_id))
        if mark is not None:
            self._scene.caret.put(mark[3])
        self._set_selected(None if mark is None else (mark[0], mark[1]))

    def selected_mark(self) -> MarkKey | None:
        """Give the selected mark's passage and coding."""
        return self._scene.selected

    def marks_at(self, offset: int) -> list[Mark]:
        """List the marks over a character, outer ones first."""
        return self._scene.index.at(offset)

    # Place

    def top(self) -> int:
        """Give the place for `scroll_to`: where the first line in sight begins."""
        return self._scene.flow.top()

    def scroll_to(self, offset: int) -> None:
        """Bring the line of an offset to the top of the window."""
        self._scene.flow.scroll_to(min(max(0, offset), len(self._scene.flow.text)))
        self._moved()

    def reveal(self, start: int, end: int) -> None:
        """Bring a stretch into sight; nothing moves when it is there already."""
        length = len(self._scene.flow.text)
        start, end = min(max(0, start), length), min(max(0, end), length)
        flow, height = self._scene.flow, self._text.height()
        top, bottom = flow.line_span(start, end)
        if top is not None and bottom is not None and top >= 0 and bottom <= height:
            return
        flow.scroll_line_to(start, int(height * _REVEAL_SHARE))
        self._moved()

    def scroll_by(self, pixels: int) -> None:
        """Move the text up by so many pixels, down when negative."""
        if pixels:
            self._scene.flow.scroll_by(pixels)
            self._moved()

    def paragraph_at(self, offset: int) -> int:
        """Give the number of the paragraph at an offset (from 1; 0 before the first)."""
        return self._scene.paragraphs.number_at(offset)

    def paragraph_count(self) -> int:
        """Count the paragraphs."""
        return len(self._scene.paragraphs)

    def go_to_paragraph(self, number: int) -> None:
        """Put the caret at the beginning of a paragraph and bring it into sight; the nearest one when there is none."""
        if len(self._scene.paragraphs):
            start, end = self._scene.paragraphs.span(min(max(1, number), len(self._scene.paragraphs)))
            self._scene.caret.put(start)
            self.reveal(start, min(end, start + 1))

    def zoom(self) -> float:
        """Give how large the text is shown; 1 is as it was made."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show the text larger or smaller; the line at the top stays."""
        zoom = min(ZOOM_RANGE[1], max(ZOOM_RANGE[0], zoom))
        if zoom == self._zoom:
            return
        self._zoom = zoom
        self._scene.set_type(self._scene.reading, zoom)
        self._arrange()
        self.zoomChanged.emit(zoom)

    def set_reading(self, reading: Reading) -> None:
        """Read in another face, size, line height or measure; the line at the top stays."""
        self._scene.set_type(reading, self._zoom)
        self._arrange()

    def zoom_in(self) -> None:
        """Show the text a step larger."""
        self.set_zoom(self._zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show the text a step smaller."""
        self.set_zoom(self._zoom / ZOOM_STEP)

    def zoom_reset(self) -> None:
        """Show the text as large as it was made."""
        self.set_zoom(1.0)

    def caret_rect(self) -> QRect | None:
        """Give where the caret stands in this widget; None when it is out of sight."""
        return self._text.caret_in_widget()

    def copy(self) -> None:
        """Put the selected words on the clipboard."""
        self._text.copy()

    def select_all(self) -> None:
        """Select the whole text."""
        self._scene.caret.select(0, len(self._scene.flow.text))

    def is_busy(self) -> bool:
        """Tell whether work is left for quiet moments: lanes, the overview, text near the window."""
        return not self._idle.is_done()

    def sizeHint(self) -> QSize:
        return QSize(900, 700)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 160)

    # The work behind it

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
        text.scrollAsked.connect(self.scroll_by)
        text.zoomAsked.connect(self._zoom_by)
        text.touched.connect(self._unselect_mark)
        text.escaped.connect(self._unselect_mark)
        text.stepped.connect(self._follow_caret)
        text.painted.connect(self._painted)
        self._margin.marked.connect(self._mark_clicked)
        self._margin.menuAsked.connect(self._mark_menu)
        self._margin.wheeled.connect(text.wheelEvent)
        self._overview.valueChanged.connect(self._bar_moved)

    def _set_small_fonts(self) -> None:
        small = QFont(self.font())
        small.setPointSizeF(max(6.0, small.pointSizeF() * 0.82))
        self._text.ink.number_font = small
        self._margin.forget_names()

    def _gutter(self) -> int:
        digits = "0" * max(2, len(str(len(self._scene.paragraphs))))
        return QFontMetrics(self._text.ink.number_font).horizontalAdvance(digits) + _NUMBER_GAP + _GUTTER_PAD

    def _arrange(self) -> None:
        """Divide the width and break the lines to it; the line being read stays."""
        height, flow = self.height(), self._scene.flow
        columns = divide(self.width() - WIDTH, flow.typography.measure, self._gutter())
        self._text.ink.left, self._text.ink.number_right = columns.left, columns.left - _NUMBER_GAP
        flow.set_window(columns.measure, height)
        self._text.setGeometry(0, 0, columns.margin, height)
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

    def _zoom_by(self, steps: int) -> None:
        self.set_zoom(self._zoom * ZOOM_STEP**steps if steps else 1.0)

    def _follow_caret(self) -> None:
        """Scroll just so far that the caret is in sight."""
        flow, height = self._scene.flow, self._text.height()
        rect = flow.caret_rect(self._scene.caret.position)
        if rect is None:
            flow.scroll_line_to(self._scene.caret.position, int(height * _REVEAL_SHARE))
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

    def _unselect_mark(self) -> None:
        self._set_selected(None)

    def _mark_clicked(self, key: MarkKey | None) -> None:
        self._text.setFocus()
        if key is None:
            self._set_selected(None)
        else:
            self.select_mark(*key)

    def _mark_menu(self, at: QPoint, key: MarkKey) -> None:
        self._mark_clicked(key)
        self.menuRequested.emit(at, self._scene.caret.position)
