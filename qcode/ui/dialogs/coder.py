"""Who codes? Asked once, since every coding carries the name."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from qcode.ui.style import label

LONGEST_NAME = 100


class CoderDialog(QDialog):
    """Ask for the coder's name, beginning with the login name; `name` holds the answer."""

    def __init__(self, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Who codes?")
        self.setMinimumWidth(400)
        self.field = QLineEdit(value)
        self.field.setMaxLength(LONGEST_NAME)
        self.field.setAccessibleName("Your name")
        self.field.selectAll()
        why = label("It is kept with each of your codings, so that a team can tell who saw what.", "muted")
        why.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._use = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._use.setText("Use this name")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.field.textChanged.connect(self._check)
        asked = label("Your name", "title")
        asked.setBuddy(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(8)
        for part in (asked, self.field, why):
            layout.addWidget(part)
        layout.addSpacing(6)
        layout.addWidget(buttons)
        self._check()

    @property
    def name(self) -> str:
        """The name that was typed, without blanks around it."""
        return self.field.text().strip()

    def _check(self) -> None:
        self._use.setEnabled(bool(self.name))
