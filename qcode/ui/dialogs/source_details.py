"""What a source is called, how it is cited, and where it came from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import FileProblem, InvalidInput, QcodeError
from qcode.project import sources
from qcode.project.sources import Source
from qcode.text.languages import NAMES, name_of, tag_of
from qcode.ui.context import Context
from qcode.ui.style import label
from qcode.ui.widgets.form import add_row
from qcode.ui.widgets.plain import number_of, one_line

DIRECTIONS = {"": "As its letters run", "ltr": "Left to right", "rtl": "Right to left"}
AS_THEY_ARE = "As they are"


class SourceDetails(QDialog):
    """Edit what is known of a source, or the language and direction of several, as one change.

    Open it with `open`; it deletes itself.
    """

    def __init__(self, context: Context, chosen: Sequence[Source], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._chosen = list(chosen)
        self._source = chosen[0]
        self._many = len(chosen) > 1
        self.setWindowTitle(f"Details of {len(chosen)} sources" if self._many else "Details of the source")
        self.setMinimumWidth(520)
        self.name = QLineEdit(self._source.name)
        self.title = QLineEdit(self._source.title)
        self.cite_as = QLineEdit(self._source.cite_as)
        self.language = self._language_box()
        self.direction = self._direction_box()
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

    def _language_box(self) -> QComboBox:
        """Offer the languages by name; what is typed may be a name or a tag."""
        box = QComboBox()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # or Qt would measure every name, and load a font for each of their scripts to do so
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        box.addItems(["", *NAMES.values()])
        field = QLineEdit()
        field.setPlaceholderText(AS_THEY_ARE if self._many else "A language, or its tag such as pt-BR")
        box.setLineEdit(field)
        completer = QCompleter(list(NAMES.values()), box)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        box.setCompleter(completer)
        box.setCurrentText(name_of(self._same("language")))
        return box

    def _direction_box(self) -> QComboBox:
        box = QComboBox()
        if self._many and len({source.direction for source in self._chosen}) > 1:
            box.addItem(AS_THEY_ARE, None)
        for direction, words in DIRECTIONS.items():
            box.addItem(words, direction)
        box.setCurrentIndex(max(0, box.findData(self._source.direction)) if box.itemData(0) is not None else 0)
        return box

    def _same(self, field: str) -> str:
        """Give what all chosen sources say; "" when they differ."""
        said = {getattr(source, field) for source in self._chosen}
        return str(said.pop()) if len(said) == 1 else ""

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(8)
        own = (("Name", self.name), ("Title", self.title), ("Cite as", self.cite_as))
        shared = (("Language", self.language), ("Direction", self.direction))
        for words, field in (*(() if self._many else own), *shared):
            field.setAccessibleName(words)
            field.setMinimumHeight(28)
            add_row(form, words, field)
            if field is (self.language if self._many else self.name):
                form.addRow(self.problem)
        for words, fact in () if self._many else self._facts():
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
        """Write what was changed and close; stay open, with the reason, when it is refused."""
        project = self._context.project
        if project is None or not self._context.writable:
            self._context.say("This project cannot be written now; what you wrote stays here.")
            return
        what = f"{len(self._chosen)} sources" if self._many else one_line(self._source.name)
        try:
            given = self._shared()
            with project.change(f"edit details of {what}") as tx:
                if not self._many:
                    sources.rename(tx, self._source.id, self.name.text())
                    given |= {"title": self.title.text(), "cite_as": self.cite_as.text()}
                for source in self._chosen:
                    sources.edit(tx, source.id, **given)
        except FileProblem as error:
            self._context.fail(error)
        except QcodeError as error:
            self.problem.setText(str(error))
            self.problem.show()
            (self.language if self._many else self.name).setFocus()
        else:
            self.accept()

    def _shared(self) -> dict[str, str]:
        """Give language and direction where they were said; raises InvalidInput when the language is none."""
        given: dict[str, str] = {}
        words = self.language.currentText().strip()
        if words != name_of(self._same("language")):
            given["language"] = tag_of(words)
            if words and not given["language"]:
                raise InvalidInput(f"“{words}” is no language.", "Choose one, or write its tag, such as pt-BR.")
        if self.direction.currentData() is not None:
            given["direction"] = self.direction.currentData()
        return given


def _fact(words: str) -> QLabel:
    shown = label(words)
    shown.setWordWrap(True)
    return shown
