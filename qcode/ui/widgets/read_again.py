"""Read sources again that came in wrongly: in another encoding, or as Markdown."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from qcode.errors import QcodeError
from qcode.project import sources
from qcode.project.importing import ImportReport
from qcode.project.rereading import Doubt, Reread, read_again
from qcode.readers import ReadAs, ReadingChoices
from qcode.ui import jobs
from qcode.ui.context import Context
from qcode.ui.dialogs.encoding import EncodingDialog
from qcode.ui.labels import Elided
from qcode.ui.widgets.plain import one_line


class ReadAgain(QWidget):
    """Offer it for the sources of an import that are in doubt; `told` gives a name, a sentence, and if it is a refusal.

    Where nothing is in doubt it is not shown.
    """

    told = Signal(str, str, bool)

    def __init__(self, report: ImportReport, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._doubts = list(report.doubts)
        self._names = {source.id: source.name for source in report.imported}
        self.which = QComboBox()
        self.which.setAccessibleName("Source to read again")
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for doubt in self._doubts:
            self.which.addItem(one_line(self._names[doubt.source]))
        self.encoding = QPushButton("Read with another encoding…")
        self.markdown = QPushButton("Read as Markdown")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.which, 1)
        if len(self._doubts) == 1:
            self.which.hide()
            layout.addWidget(Elided(self.which.itemText(0)), 1)
        for button, serve in ((self.encoding, self._ask_for_encoding), (self.markdown, self._as_markdown)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, serve=serve: serve())
            layout.addWidget(button)
        self.encoding.setVisible(any(doubt.encoding for doubt in self._doubts))
        self.markdown.setVisible(any(doubt.markdown for doubt in self._doubts))
        self.which.currentIndexChanged.connect(lambda _: self._enable())
        self.setVisible(bool(self._doubts))
        self._enable()

    @property
    def _doubt(self) -> Doubt | None:
        at = self.which.currentIndex()
        return self._doubts[at] if 0 <= at < len(self._doubts) else None

    def _enable(self) -> None:
        doubt = self._doubt
        self.encoding.setEnabled(doubt is not None and doubt.encoding)
        self.markdown.setEnabled(doubt is not None and doubt.markdown)

    def _ask_for_encoding(self) -> None:
        project, doubt = self._context.project, self._doubt
        if project is None or doubt is None:
            return
        try:
            with project.read() as r:
                source, data = sources.get(r, doubt.source), sources.original(r, doubt.source)
        except QcodeError as error:
            self._refused(error)
            return
        dialog = EncodingDialog(data, source.original_name, source.encoding, self)
        dialog.accepted.connect(lambda: self._read(encoding=dialog.codec))
        dialog.open()

    def _as_markdown(self) -> None:
        self._read(as_markdown=True)

    def _read(self, *, encoding: str | None = None, as_markdown: bool = False) -> None:
        project, doubt, at = self._context.project, self._doubt, self.which.currentIndex()
        if project is None or doubt is None:
            return

        read_as = ReadAs.MARKDOWN if as_markdown else ReadAs.FOUND
        choices = ReadingChoices(encoding=encoding or "", read_as=read_as)

        def done(made: Reread) -> None:
            # an encoding can be chosen again; Markdown that was read has no marks left
            self._doubts[at] = replace(doubt, source=made.source.id, markdown=doubt.markdown and not as_markdown)
            self._enable()
            how = f"in {made.source.encoding}" if encoding else "as Markdown"
            self.told.emit(made.source.name, " ".join((f"Read again {how}.", *made.notes)), False)
            self._context.reveal(made.source.id)

        jobs.run(
            self._context,
            "Read again",
            lambda progress: read_again(project, doubt.source, choices, progress=progress),
            done,
            failed=self._refused,
            parent=self.window(),
        )

    def _refused(self, error: QcodeError) -> None:
        self.told.emit(self.which.currentText(), str(error), True)
