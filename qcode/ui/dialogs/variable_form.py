"""What a variable is called, of which kind its values are, and what it means."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from qcode.errors import FileProblem, QcodeError
from qcode.project import Change, variables
from qcode.project.variables import Variable
from qcode.text.values import Kind
from qcode.ui.context import Context
from qcode.ui.style import label
from qcode.ui.widgets.form import add_row
from qcode.ui.widgets.plain import one_line


class VariableForm(QDialog):
    """Make a variable, or edit one, as one change. Open it with `open`; it deletes itself."""

    def __init__(self, context: Context, variable: Variable | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._variable = variable
        self.setWindowTitle("Edit variable" if variable else "New variable")
        self.setMinimumWidth(420)
        self.name = QLineEdit(variable.name if variable else "")
        self.kind = QComboBox()
        self.kind.addItems([kind.value for kind in Kind])
        self.kind.setCurrentText(variable.kind.value if variable else Kind.TEXT.value)
        self.description = QLineEdit(variable.description if variable else "")
        self.description.setPlaceholderText("What it means, and how it was found out")
        self.problem = label("", "danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Save).setText("Save" if variable else "Add")
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setSpacing(8)
        for words, field in (("Name", self.name), ("Kind", self.kind), ("Description", self.description)):
            field.setAccessibleName(words)
            add_row(form, words, field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.finished.connect(self.deleteLater)

    def save(self) -> None:
        """Write it and close; stay open, with the reason, when it is refused."""
        project, there = self._context.project, self._variable
        if project is None or not self._context.writable:
            self._context.say("This project cannot be written now; what you wrote stays here.")
            return
        name = self.name.text()
        label_ = f"edit variable {one_line(there.name)}" if there else f"add variable {one_line(name)}"
        try:
            with project.change(label_) as tx:
                self._write(tx, name)
        except FileProblem as error:
            self._context.fail(error)
        except QcodeError as error:
            self.problem.setText(str(error))
            self.problem.show()
            self.name.setFocus()
        else:
            self.accept()

    def _write(self, tx: Change, name: str) -> None:
        kind, description = self.kind.currentText(), self.description.text()
        if self._variable is None:
            variables.add(tx, name, kind=kind, description=description)
            return
        variables.rename(tx, self._variable.id, name)
        variables.set_kind(tx, self._variable.id, kind)
        variables.describe(tx, self._variable.id, description)
