"""Put a source on paper, with its highlights and its margin, from the same layouts that the window shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QPagedPaintDevice, QPainter

from qcode.errors import FileProblem
from qcode.progress import Progress, quiet
from qcode.text.span import Span
from qcode.ui.reader.bracketink import BracketInk
from qcode.ui.reader.ink import Ink
from qcode.ui.reader.marks import CodeLook, Mark
from qcode.ui.reader.scene import Scene
from qcode.ui.reader.typography import Reading
from qcode.ui.theme import Theme

PAPER_READING = Reading(points=10.5)
_SMALL, _GAP = 0.72, 16
_MARGIN_SHARE, _LEAST_MARGIN = 0.24, 90
_HEADER = 34


def print_source(  # noqa: PLR0917 - what to print, how it looks, then who waits
    device: QPagedPaintDevice,
    text: str,
    spans: Sequence[Span],
    marks: Sequence[Mark],
    looks: Mapping[int, CodeLook],
    theme: Theme,
    title: str,
    progress: Progress = quiet,
    *,
    reading: Reading = PAPER_READING,
) -> int:
    """Print a source, or write it as PDF, and give the number of pages.

    `progress` counts characters; what it raises to stop ends the printing, and what was written until then is left.
    Raises FileProblem when the device cannot be written to.
    """
    scene = Scene(theme)
    scene.set_type(reading, 1.0)
    scene.set_colors(theme, looks)
    scene.set_source(text, spans, marks)
    painter = QPainter()
    if not painter.begin(device):
        raise FileProblem(QCoreApplication.translate("SourceView", "The pages cannot be written there."))
    try:
        return _Press(device, painter, scene, title).run(progress)
    finally:
        painter.end()


class _Press:
    """Print page after page; all measures are pixels of the screen, which the painter enlarges."""

    def __init__(self, device: QPagedPaintDevice, painter: QPainter, scene: Scene, title: str) -> None:
        self._device, self._painter, self._scene, self._title = device, painter, scene, title
        scale = device.logicalDpiX() / _screen_dpi()
        painter.scale(scale, scale)
        self._wide, self._tall = int(device.width() / scale), int(device.height() / scale)
        margin = max(_LEAST_MARGIN, int(self._wide * _MARGIN_SHARE))
        # In pixels: points would be enlarged a second time by the device.
        self._font = QFont()
        self._font.setPixelSize(max(8, round(scene.flow.typography.body.pitch * _SMALL / 1.56)))
        self._ink, self._brackets = Ink(scene), BracketInk(scene)
        self._ink.gutter.font = self._brackets.font = self._font
        self._ink.left = self._ink.gutter.measure(self._wide)
        measure = max(80, self._wide - self._ink.left - _GAP - margin)
        scene.flow.set_window(min(measure, scene.flow.typography.measure), self._tall)
        self._margin = self._ink.left + scene.flow.width + _GAP

    def run(self, progress: Progress) -> int:
        """Print everything."""
        flow, pages, spot = self._scene.flow, 0, (0, 0)
        length = len(flow.text)
        while pages == 0 or spot[0] < len(flow.pieces):
            if pages and not self._device.newPage():
                raise FileProblem(QCoreApplication.translate("SourceView", "The next page cannot be written."))
            spot, used = flow.place_page(*spot, self._tall - _HEADER)
            pages += 1
            self._print_header(pages)
            self._print_body(used)
            done = flow.pieces.starts[spot[0]] if spot[0] < len(flow.pieces) else length
            progress(done, length, self._title)
        return pages

    def _print_header(self, page: int) -> None:
        painter, theme = self._painter, self._scene.paints.theme
        painter.fillRect(QRect(0, 0, self._wide, self._tall), theme.paper)
        metrics, number = QFontMetrics(self._font), str(page)
        room = self._wide - metrics.horizontalAdvance(number) - 20
        title = metrics.elidedText(" ".join(self._title.split()), Qt.TextElideMode.ElideRight, room)
        painter.setFont(self._font)
        painter.setPen(theme.muted)
        baseline = metrics.ascent()
        painter.drawText(0, baseline, title)
        painter.drawText(self._wide - metrics.horizontalAdvance(number), baseline, number)
        painter.fillRect(QRect(0, metrics.height() + 4, self._wide, 1), theme.line)

    def _print_body(self, used: int) -> None:
        """Paint the lines of this page; what reaches over its ends is cut off there."""
        painter = self._painter
        painter.save()
        painter.translate(0, _HEADER)
        # half a pixel less at either end: the tint of the next line begins just where this one ends, and would show
        painter.setClipRect(QRectF(0, 0.5, self._wide, used - 1.0))
        self._ink.paint(painter, QRect(0, 0, self._margin, used))
        painter.translate(self._margin, 0)
        self._brackets.paint(painter, QSize(self._wide - self._margin, used))
        painter.restore()


def _screen_dpi() -> float:
    """Give the dots an inch for which Qt lays text out when it knows of no device."""
    screen = QGuiApplication.primaryScreen()
    return screen.logicalDotsPerInchX() if screen is not None else 96.0
