"""Where one is in a source, and how large it is shown."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from qcode.ui.reader.frame import REVEAL_SHARE, ViewFrame
from qcode.ui.reader.typography import Reading
from qcode.ui.theme import Theme

ZOOM_STEP = 1.1
ZOOM_RANGE = (0.5, 4.0)


class PlacedView(ViewFrame):
    """Go to places of the text and tell where one is; offsets are code points."""

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent, theme=theme)
        self._zoom = 1.0
        self._text.scrollAsked.connect(self.scroll_by)
        self._text.zoomAsked.connect(self._zoom_by)

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
        flow.scroll_line_to(start, int(height * REVEAL_SHARE))
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

    def paragraph(self, number: int) -> tuple[int, int]:
        """Give where a paragraph starts and ends; IndexError when there is none of this number."""
        return self._scene.paragraphs.span(number)

    def go_to_paragraph(self, number: int) -> None:
        """Put the caret at the beginning of a paragraph and bring it into sight; the nearest one when there is none."""
        if len(self._scene.paragraphs):
            start, end = self._scene.paragraphs.span(min(max(1, number), len(self._scene.paragraphs)))
            self._scene.caret.put(start)
            self.reveal(start, min(end, start + 1))

    def pages(self) -> list[tuple[str, int]]:
        """List the pages that the source had: what each is called, and where it begins."""
        return self._scene.signs.pages

    def not_data_at(self, offset: int) -> tuple[int, int] | None:
        """Give the stretch that is not data around a place; None where all is data."""
        found = self._scene.signs.not_data
        return next((stretch for stretch in found if stretch[0] <= offset <= stretch[1]), None)

    def go_to(self, offset: int) -> None:
        """Put the caret at a place and bring it into sight."""
        self._scene.caret.put(min(max(0, offset), len(self._scene.flow.text)))
        self.reveal(offset, offset + 1)

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
        self._set_small_fonts()
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

    def _zoom_by(self, steps: int) -> None:
        self.set_zoom(self._zoom * ZOOM_STEP**steps if steps else 1.0)
