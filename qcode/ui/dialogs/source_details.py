"""What a source is called, how it is cited, and where it came from."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from qcode.errors import FileProblem, QcodeError
from qcode.project import sources
from qcode.project.sources import Source
from qcode.ui.context import Context
from qcode.ui.style import label
from qcode.ui.widgets.plain import number_of, one_line


class SourceDetails(QDialog):
    """Edit a source's name, title, citation and language as one change. Open it with `open`; it deletes itself."""

    def __init__(self, context: Context, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._source = source
        self.setWindowTitle("Details of the source")
        self.setMinimumWidth(520)
        self.name = QLineEdit(source.name)
        self.title = QLineEdit(source.title)
        self.cite_as = QLineEdit(source.cite_as)
        self.language = QLineEdit(source.language)
        self.language.setPlaceholderText("for example en, de, pt-BR")
        self.problem = label("", "danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self._form())
        layout.addWidget(buttons)
        self.finished.connect(self.deleteLater)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(8)
        fields = (("Name", self.name), ("Title", self.title), ("Cite as", self.cite_as), ("Language", self.language))
        for words, field in fields:
            field.setAccessibleName(words)
            form.addRow(label(words), field)
            if field is self.name:
                form.addRow(self.problem)
        for words, fact in self._facts():
            form.addRow(label(words, "muted"), _fact(fact))
        return form

    def _facts(self) -> list[tuple[str, str]]:
        source = self._source
        coded = f"{number_of(source.codings, 'coding')} on {number_of(source.passages, 'passage')}"
        facts = (
            ("Folder", source.folder),
            ("File", source.original_name),
            ("Encoding", source.encoding),
            ("Length", number_of(source.length, "character")),
            ("Coded", coded),
        )
        return [fact for fact in facts if fact[1]]

    def save(self) -> None:
        """Write what was changed and close; stay open, with the reason at the name, when it is refused."""
        project, source = self._context.project, self._source
        if project is None or not self._context.writable:
            self._context.say("This project cannot be written now; what you wrote stays here.")
            return
        try:
            with project.change(f"edit details of {one_line(source.name)}") as tx:
                sources.rename(tx, source.id, self.name.text())
                sources.edit(
                    tx,
                    source.id,
                    title=self.title.text(),
                    cite_as=self.cite_as.text(),
                    language=self.language.text().strip(),
                )
        except FileProblem as error:
            self._context.fail(error)
        except QcodeError as error:
            self.problem.setText(str(error))
            self.problem.show()
            self.name.setFocus()
        else:
            self.accept()


def _fact(words: str) -> QLabel:
    shown = label(words)
    shown.setWordWrap(True)
    return shown
