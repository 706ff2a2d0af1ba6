"""Make a source of a text that was copied elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from qcode.project.importing import ImportReport, import_files
from qcode.project.incoming import Incoming
from qcode.project.sources import free_name
from qcode.readers import ReadingChoices
from qcode.readers.again import has_markdown_marks
from qcode.readers.choices import ReadAs
from qcode.text.canonical import canonical
from qcode.ui import jobs
from qcode.ui.context import Context
from qcode.ui.style import label, set_role
from qcode.ui.widgets.form import add_row
from qcode.ui.widgets.plain import one_line

NAME = "Pasted text"
LONGEST = 60


class PastedDialog(QDialog):
    """Take the clipboard's text, which can be changed here, a name and a title. Open it with `open`; it deletes itself.

    It reads the text without the field's own ideas of it: a no-break space stays one.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle("New source from pasted text")
        self.resize(640, 520)
        words = QGuiApplication.clipboard().text()
        self.text = QPlainTextEdit()
        self.text.setPlainText(words)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("Paste or write the text here.")
        set_role(self.text, "field")
        self.name, self.title, self.cite_as = QLineEdit(self._free(words)), QLineEdit(), QLineEdit()
        self.markdown = QCheckBox("Its marks are Markdown: # is a heading, * is emphasis")
        self.markdown.setChecked(has_markdown_marks(words))
        self.problem = label("", "danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Make source")
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self._form())
        layout.addWidget(self.text, 1)
        layout.addWidget(self.markdown)
        layout.addWidget(buttons)
        self.text.textChanged.connect(self._enable)
        self.name.textChanged.connect(lambda _: self._enable())
        self.finished.connect(self.deleteLater)
        self._enable()
        (self.name if words.strip() else self.text).setFocus()
        self.name.selectAll()

    def save(self) -> None:
        """Make the source and open it; stay, with the reason at the name, when it is refused."""
        project = self._context.project
        if project is None or not self._context.writable:
            self._context.say("This project cannot be written now; what you wrote stays here.")
            return
        pasted = Incoming(
            Path(f"{NAME}.txt"),
            ReadingChoices(read_as=ReadAs.MARKDOWN if self.markdown.isChecked() else ReadAs.PLAIN),
            self.name.text(),
            self.title.text(),
            self.cite_as.text(),
            data=canonical(self.words()).text.encode(),
        )
        jobs.run(
            self._context,
            "Make source",
            lambda progress: import_files(project, [pasted], progress=progress),
            self._made,
            parent=self,
        )

    def _made(self, report: ImportReport) -> None:
        for _, error in report.problems:
            self.problem.setText(str(error))
            self.problem.show()
            self.name.setFocus()
        for source in report.imported:
            self.accept()
            self._context.reveal(source.id)

    def words(self) -> str:
        """Give the text as it will be kept, but for what every text is freed from."""
        return self.text.document().toRawText()

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(8)
        for words, field in (("Name", self.name), ("Title", self.title), ("Cite as", self.cite_as)):
            field.setAccessibleName(words)
            add_row(form, words, field)
            if field is self.name:
                form.addRow(self.problem)
        self.text.setAccessibleName("Text")
        return form

    def _free(self, words: str) -> str:
        """Suggest the first line as a name where it is short enough to be one."""
        first = one_line(next((line for line in words.split("\n") if line.strip()), "").strip("#*_ \t"), LONGEST + 1)
        name = first if first and len(first) <= LONGEST else NAME
        project = self._context.project
        if project is None:
            return name
        with project.read() as r:
            return free_name(r, name)

    def _enable(self) -> None:
        self.ok.setEnabled(bool(self.name.text().strip()) and not self.text.document().isEmpty())
