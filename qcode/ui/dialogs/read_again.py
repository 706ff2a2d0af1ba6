"""Read the file of a source again with other choices."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from qcode.errors import QcodeError
from qcode.project import sources
from qcode.project.incoming import Incoming
from qcode.project.rereading import MARKDOWN, Reread, read_again
from qcode.project.sources import Source
from qcode.readers import ReadingChoices
from qcode.readers.choices import ReadAs
from qcode.ui import jobs
from qcode.ui.context import Context
from qcode.ui.style import label
from qcode.ui.widgets.file_preview import FilePreview
from qcode.ui.widgets.plain import number_of

CODED = "This source has {passages}. They follow the new text as after a correction; what is in doubt waits for review."


class ReadAgainDialog(QDialog):
    """Show the choices for a source's file and how it would read. Open it with `open`; it deletes itself."""

    def __init__(self, context: Context, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._source = context, source
        self.setWindowTitle("Read the file again")
        self.resize(680, 640)
        self.preview = FilePreview(context)
        self.problem = label("", "danger")
        self.problem.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Read again")
        self.ok.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        for part in (self.preview, self.problem, buttons):
            layout.addWidget(part, 1 if part is self.preview else 0)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        self.preview.came.connect(lambda _: self.ok.setEnabled(True))
        self.preview.refused.connect(lambda _: self.ok.setEnabled(False))
        self.preview.chosen.connect(lambda _: self.ok.setEnabled(False))
        context.projectChanged.connect(self.reject)
        self.finished.connect(self._close_down)
        self.about = label(CODED.format(passages=number_of(source.passages, "passage")), "muted")
        self.about.setWordWrap(True)
        self.about.setVisible(bool(source.passages))
        layout.insertWidget(1, self.about)
        self._tell("")
        self._begin()

    def save(self) -> None:
        """Put the fresh reading in the place of the source."""
        project, source, choices = self._context.project, self._source, self.preview.options.choices
        if project is None:
            return

        def done(made: Reread) -> None:
            self.accept()
            self._context.say(f"“{made.source.name}” was read again. {made.told}".strip())
            self._context.reveal(made.source.id)

        jobs.run(
            self._context,
            "Read again",
            lambda progress: read_again(project, source.id, choices, progress=progress),
            done,
            failed=lambda error: self._tell(str(error)),
            parent=self,
        )

    def _begin(self) -> None:
        project, source = self._context.project, self._source
        if project is None:
            return
        try:
            with project.read() as r:
                data = sources.original(r, source.id)
        except QcodeError as error:
            self._tell(str(error))
            return
        read_as = ReadAs.MARKDOWN if source.media_type == MARKDOWN else ReadAs.FOUND
        choices = ReadingChoices(encoding=source.encoding, read_as=read_as)
        path = Path(source.original_name or f"{source.name}.txt")
        self.preview.show_file(Incoming(path, choices, data=data), source.media_type)

    def _tell(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _close_down(self) -> None:
        self.preview.close_down()
        self.deleteLater()
