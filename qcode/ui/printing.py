"""Put the source in front on paper or into a PDF, with the codings that are shown, on white."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QObject
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter
from PySide6.QtWidgets import QDialog, QWidget

from qcode.progress import Progress
from qcode.project import sources
from qcode.ui import jobs
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.exporting import Made, export
from qcode.ui.panels.reading import ReadingArea
from qcode.ui.reader.printing import PAPER_READING, print_source
from qcode.ui.theme import load
from qcode.ui.widgets.plain import number_of
from qcode.ui.widgets.serving import without_checked

PDF = "PDF (*.pdf)"
MARGINS = QMarginsF(18, 16, 18, 16)  # millimetres, so that a page can be held and bound
NOTHING_OPEN = "Open a source first."
Press = Callable[[QPagedPaintDevice, Progress], int]


class Printing(QObject):
    """Serve file.print and file.export_pdf."""

    def __init__(self, context: Context, actions: Actions, reading: ReadingArea, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._reading = reading
        self._window = window
        actions["file.print"].triggered.connect(without_checked(self.print))
        actions["file.export_pdf"].triggered.connect(without_checked(self.export))

    def print(self) -> None:
        """Ask for a printer and print."""
        press = self._press()
        if press is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - few starts end in printing

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageMargins(MARGINS, QPageLayout.Unit.Millimeter)
        dialog = QPrintDialog(printer, self._window)
        dialog.accepted.connect(lambda: self._run("Print", lambda progress: press(printer, progress), "Printed"))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def export(self) -> None:
        """Ask for a name and write a PDF; nothing appears there before it is whole."""
        press, page = self._press(), self._reading.page
        if press is None or page is None:
            return
        words = f"{self._title()}\n{page.text}"
        name = self._title().replace("/", "-").replace("\\", "-")

        def make(path: Path, progress: Progress) -> Made:
            made, pages = _pdf(press, progress, path.stem)
            return Made(made, words=words, said=f"Written to {path}: {number_of(pages, 'page')}.")

        export(self._context, "Export source as PDF", f"{name}.pdf", PDF, make, parent=self._window)

    def _run(self, title: str, work: Callable[[Progress], int], done: str) -> None:
        jobs.run(
            self._context,
            title,
            work,
            lambda pages: self._context.say(f"{done}: {number_of(pages, 'page')}."),
            parent=self._window,
        )

    def _press(self) -> Press | None:
        """Take hold of what is to be printed: the work is done beside the window, which may change meanwhile."""
        page, project = self._reading.page, self._context.project
        if page is None or project is None or page.view is None:
            self._context.say(NOTHING_OPEN)
            return None
        with project.read() as r:
            spans = sources.spans(r, page.source)
        text, marks, looks, title, paper = page.text, page.shown(), self._reading.looks(), self._title(), load("light")
        type_ = replace(PAPER_READING, direction=page.direction)
        return lambda device, progress: print_source(
            device, text, spans, marks, looks, paper, title, progress, reading=type_
        )

    def _title(self) -> str:
        page, project = self._reading.page, self._context.project
        if page is None or project is None:
            return ""
        with project.read() as r:
            source = sources.get(r, page.source)
        return source.title or source.name


def _pdf(press: Press, progress: Progress, title: str) -> tuple[bytes, int]:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(MARGINS, QPageLayout.Unit.Millimeter)
    writer.setTitle(title)
    writer.setCreator("QCode")
    pages = press(writer, progress)
    del writer  # the last bytes are written when it goes
    return bytes(held.data().data()), pages
