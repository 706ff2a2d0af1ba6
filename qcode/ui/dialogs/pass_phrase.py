"""Ask for the pass phrase of a key file, or for a new one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from qcode.errors import QcodeError
from qcode.exchange import key_file
from qcode.text.names import Name
from qcode.ui.style import label


class PassPhraseDialog(QDialog):
    """Open a key file with its pass phrase; `names` holds who is who, None when the `way_out` was taken instead."""

    def __init__(self, place: Path, parent: QWidget | None = None, *, way_out: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("Pass phrase")
        self.setMinimumWidth(440)
        self.names: list[Name] | None = None
        self._place = place
        self.field = _secret("Pass phrase")
        self.problem = _problem()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self._open)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(QDialogButtonBox.StandardButton.Open).setDefault(True)
        if way_out:
            self.way_out = self.buttons.addButton(way_out, QDialogButtonBox.ButtonRole.ActionRole)
            self.way_out.setAutoDefault(False)
            self.way_out.clicked.connect(lambda _=False: self.accept())
        _fill(
            self,
            f"Pass phrase of {place.name}",
            self.field,
            _shown(self.field),
            _said(f"The key tells who is who in this project. It lies in {place.parent}."),
            self.problem,
            self.buttons,
        )

    def _open(self) -> None:
        try:
            self.names = key_file.load(self._place, self.field.text())
        except QcodeError as error:
            self.problem.setText(str(error))
            self.problem.show()
            self.field.selectAll()
            self.field.setFocus()
        else:
            self.accept()


class NewPassPhraseDialog(QDialog):
    """Ask for a new pass phrase, typed twice; `phrase` holds it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New pass phrase")
        self.setMinimumWidth(440)
        self.field, self.again = _secret("Pass phrase"), _secret("The same again")
        self.problem = _problem()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self._check)
        self.buttons.rejected.connect(self.reject)
        _fill(
            self,
            "A pass phrase for the key",
            self.field,
            label("The same again"),
            self.again,
            _shown(self.field, self.again),
            _said("A few words that you remember are best. Without them nobody can read the key, not even you."),
            self.problem,
            self.buttons,
        )

    @property
    def phrase(self) -> str:
        """What was typed."""
        return self.field.text()

    def _check(self) -> None:
        wrong = ""
        if len(self.phrase) < key_file.SHORTEST:
            wrong = f"It needs at least {key_file.SHORTEST} letters."
        elif self.phrase != self.again.text():
            wrong = "The two are not the same."
        if wrong:
            self.problem.setText(wrong)
            self.problem.show()
        else:
            self.accept()


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


def _shown(*fields: QLineEdit) -> QCheckBox:
    """Let one see what one types, where nobody looks over one's shoulder."""
    box = QCheckBox("Show it")

    def switch(on: bool) -> None:
        for field in fields:
            field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    box.toggled.connect(switch)
    return box


def _problem() -> QLabel:
    shown = label("", "danger")
    shown.setWordWrap(True)
    shown.hide()
    return shown


def _said(words: str) -> QLabel:
    shown = label(words, "muted")
    shown.setWordWrap(True)
    return shown


def _fill(dialog: QDialog, title: str, field: QLineEdit, *parts: QWidget) -> None:
    asked = label(title, "title")
    asked.setBuddy(field)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(20, 18, 20, 16)
    layout.setSpacing(8)
    for part in (asked, field, *parts):
        layout.addWidget(part)
