"""A file as it will read: read apart, again whenever a choice is made, and shown from its beginning."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from qcode import readers
from qcode.errors import QcodeError
from qcode.progress import Cancelled
from qcode.project import pseudonyms
from qcode.project.incoming import Incoming, read_apart
from qcode.project.pseudonyms import Place
from qcode.readers import Document, ReadingChoices
from qcode.readers.sandbox import ReadingProcess
from qcode.text.names import Finder
from qcode.ui.context import Context
from qcode.ui.latest import Latest
from qcode.ui.reader import SourceView
from qcode.ui.style import label
from qcode.ui.widgets.plain import number_of, one_line
from qcode.ui.widgets.reading_options import Proposals, ReadingOptions, proposals_for

SHOWN = 20_000  # characters
MOST_NOTES = 6
READING = "Reading…"
TELLING = 40  # characters around a letter by which an encoding is judged
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read: its bytes, its text as it will be, what rules propose, and the names found in it."""

    incoming: Incoming
    data: bytes
    document: Document
    proposals: Proposals
    places: list[Place]


class FilePreview(QWidget):
    """Show one file with the choices for it. `close_down` it before it goes: it holds a process that reads."""

    chosen = Signal(object)  # the Incoming with other choices
    came = Signal(object)  # the Document
    refused = Signal(str)  # why it cannot be read

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._incoming: Incoming | None = None
        self._finder: Finder | None = None
        self.places: list[Place] = []
        self._kept: tuple[Incoming, bytes] | None = None
        self._media_type = ""
        self.document: Document | None = None
        self._process = ReadingProcess()
        self._stop = threading.Event()
        self._worker = Latest(self)
        self._worker.came.connect(self._show)
        self._worker.failed.connect(self._refuse)
        self.options = ReadingOptions()
        self.options.changed.connect(self._choose)
        self.notes = label("", "muted")
        self.notes.setWordWrap(True)
        self.problem = label("", "danger")
        self.problem.setWordWrap(True)
        self.said = label("", "muted")
        look = context.look
        self.view = SourceView(self, theme=look.theme(context.theme))
        self.view.set_reading(replace(look.reading(), points=11.0))
        self.view.set_margin(False)
        held = self.view.sizePolicy()
        held.setRetainSizeWhenHidden(True)
        self.view.setSizePolicy(held)
        self.view.setAccessibleName("How the text will read")
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        for part in (self.options, self.problem, self.notes):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 8, 0, 0)
        lower.addWidget(self.said)
        lower.addWidget(self.view, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self._scroll)
        split.addWidget(below)
        split.setSizes([220, 330])
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    def show_file(self, incoming: Incoming | None, media_type: str, problem: str = "") -> None:
        """Show a file, or nothing; one whose problem no choice can mend is not read."""
        self._incoming, self._media_type = incoming, media_type
        self._clear(problem)
        choices = incoming.choices if incoming is not None else self.options.choices
        self.options.offer(readers.heeded(media_type) if incoming is not None else frozenset(), choices)
        if incoming is None or (problem and not media_type):
            self._stop.set()
            self._worker.cancel()
        else:
            self._read(incoming)

    def veil(self, finder: Finder | None) -> None:
        """Show how the text reads with the names replaced that a finder knows; None shows it as it is."""
        self._finder = finder
        if self._incoming is not None and self.document is not None:
            self._read(self._incoming)

    def close_down(self) -> None:
        """Read no further, and end the process."""
        self._stop.set()
        self._worker.halt()
        self._process.close()

    def _choose(self, choices: ReadingChoices) -> None:
        if self._incoming is not None:
            self._incoming = replace(self._incoming, choices=choices, hits=None)  # the text may be another then
            self.chosen.emit(self._incoming)
            self._read(self._incoming)

    def _read(self, incoming: Incoming) -> None:
        self._stop.set()  # whatever is being read is not wanted any more
        stop = self._stop = threading.Event()
        kept, process, finder = self._kept, self._process, self._finder
        self.said.setText(READING)

        def pulse() -> None:
            if stop.is_set():
                raise Cancelled

        def work() -> Iterator[_Read]:
            data = kept[1] if kept is not None and kept[0].path == incoming.path else incoming.content()
            try:
                document = read_apart(process, data, incoming.path.name, incoming.choices, pulse=pulse)
            except Cancelled:
                return
            places = pseudonyms.places_in(document, finder) if finder is not None else []
            shown = pseudonyms.veiled(document, finder, incoming.hits) if finder is not None else document
            yield _Read(incoming, data, shown, proposals_for(shown), places)

        self._worker.ask(work)

    def _show(self, came: _Read) -> None:
        incoming, data, document = came.incoming, came.data, came.document
        if incoming != self._incoming:
            return
        self._kept, self.document, self.places = (incoming, data), document, came.places
        heeded = readers.heeded(self._media_type) | readers.heeded(document.media_type)
        self.options.show_document(document, came.proposals, heeded, incoming.choices)
        self.problem.hide()
        self._tell(document)
        cut = len(document.text) if len(document.text) <= SHOWN else document.text.rfind("\n", 0, SHOWN)
        cut = cut if cut > 0 else SHOWN
        spans = [replace(span, end=min(span.end, cut)) for span in document.spans if span.start < cut]
        self.view.show(document.text[:cut], spans)
        self.view.setVisible(True)
        length = number_of(len(document.text), "character")
        parts = f", {number_of(len(document.parts), 'source')}" if document.parts else ""
        self.said.setText(f"{length}{parts}; the beginning reads:" if cut < len(document.text) else f"{length}{parts}:")
        if document.encoding_guessed or incoming.choices.encoding:
            self._show_telling(document.text, cut)
        self.came.emit(document)

    def _show_telling(self, text: str, cut: int) -> None:
        """Bring the first letters into sight by which an encoding can be judged."""
        found = _BEYOND_ASCII.search(text)
        if found and found.start() < cut:
            self.view.reveal(found.start(), found.end())
        elif found:
            line = text[text.rfind("\n", 0, found.start()) + 1 : found.end() + TELLING]
            self.said.setText(
                f"{self.said.text()}\nJudge the encoding by: “{one_line(line[-2 * TELLING :], 2 * TELLING)}”"
            )

    def _tell(self, document: Document) -> None:
        notes = list(document.notes)
        if len(notes) > MOST_NOTES:
            notes = [*notes[:MOST_NOTES], f"… and {len(notes) - MOST_NOTES} more, told after the import."]
        self.notes.setText("\n".join(f"• {note}" for note in notes))
        self.notes.setVisible(bool(notes))

    def _refuse(self, error: QcodeError) -> None:
        self._clear(str(error))
        self.refused.emit(str(error))

    def _clear(self, problem: str = "") -> None:
        self.document, self.places = None, []
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.notes.hide()
        self.said.setText("")
        self.view.setVisible(False)
