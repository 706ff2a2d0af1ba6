"""Choose once how a quote says where it stands; an example shows what comes of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import InvalidInput
from qcode.exchange.citing import FIELDS, PRESETS, Stretch, example, quoted
from qcode.ui.context import Context
from qcode.ui.menu import Menu
from qcode.ui.quoting import form_of, use_form
from qcode.ui.style import label, set_role

OWN = "A form of your own"
HELP = "What stands in [square brackets] is left out when one of its fields has nothing to say."


class QuoteForm(QDialog):
    """Choose a form for quotes. `sample` is a passage to show it on. Open it with `open`; it deletes itself."""

    def __init__(self, context: Context, sample: Stretch | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sample = sample
        self.setWindowTitle("How quotes are copied")
        self.setMinimumWidth(560)
        self.preset = QComboBox()
        self.preset.addItems([*PRESETS, OWN])
        self.preset.setAccessibleName("Form")
        self.form = QPlainTextEdit()
        set_role(self.form, "field")
        self.form.setTabChangesFocus(True)
        self.form.setAccessibleName("Fields and words of the form")
        self.form.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 20)
        self.fields = self._field_button()
        self.problem = label("", "danger")
        self.problem.setWordWrap(True)
        self.shown = label("")
        self.shown.setWordWrap(True)
        self.shown.setAccessibleName("Example")
        self.known = label("", "muted")
        self.known.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Use this form")
        self._lay_out()
        self.preset.currentTextChanged.connect(self._take_preset)
        self.form.textChanged.connect(self._show)
        self.buttons.accepted.connect(self.keep)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.form.setPlainText(form_of(context.settings))

    def _field_button(self) -> QPushButton:
        button = QPushButton("Insert a field")
        button.setAutoDefault(False)
        menu = Menu(button)
        for name, meaning in FIELDS.items():
            menu.addAction(f"{{{name}}}\t{meaning}", partial(self._insert, name))
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.preset, 1)
        top.addWidget(self.fields)
        heading = label("EXAMPLE", "heading")
        hint = label(HELP, "muted")
        hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(top)
        for part in (self.form, hint, self.problem, heading, self.shown, self.known):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self.buttons)

    def keep(self) -> None:
        """Copy quotes in this form from now on, and close."""
        try:
            use_form(self._context.settings, self.form.toPlainText())
        except InvalidInput as error:
            self.problem.setText(str(error))
            self.form.setFocus()
            return
        self._context.say("Quotes are copied in this form from now on.")
        self.accept()

    def _take_preset(self, name: str) -> None:
        if name in PRESETS and self.form.toPlainText() != PRESETS[name]:
            self.form.setPlainText(PRESETS[name])

    def _insert(self, name: str) -> None:
        self.form.textCursor().insertText(f"{{{name}}}")
        self.form.setFocus()

    def _show(self) -> None:
        """Show what comes of the form, on a passage of the project and on one of which everything is known."""
        form = self.form.toPlainText()
        self.preset.setCurrentText(next((name for name, kept in PRESETS.items() if kept == form), OWN))
        try:
            shown = example(form)
        except InvalidInput as error:
            self.problem.setText(str(error))
            shown = ""
        else:
            self.problem.setText("")
        self.problem.setVisible(bool(self.problem.text()))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(shown))
        own = self._own(form) if shown else ""
        self.shown.setText(own or shown)
        self.known.setText(f"With all fields known:\n{shown}" if own and own != shown else "")

    def _own(self, form: str) -> str:
        project = self._context.project
        if project is None or self._sample is None:
            return ""
        with project.read() as r:
            made = quoted(r, [self._sample], form).plain
        return made if len(made) <= 600 else f"{made[:400]} […] {made[-180:]}"
