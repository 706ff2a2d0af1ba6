"""Questions to the researcher. Tests answer them through the same small door."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QFileDialog, QInputDialog, QMessageBox, QPushButton, QWidget

PROJECTS = "QCode projects (*.qcode)"
TABLES = "CSV tables (*.csv)"
TABLES_AND_SHEETS = "CSV table (*.csv);;Excel workbook (*.xlsx);;JSON (*.json)"
TABLES_AND_JSON = "CSV table (*.csv);;JSON (*.json)"
ANY_FILE = "All files (*)"


class Asker(Protocol):
    """Ask through it whatever needs an answer before work goes on; None or an empty list means: never mind."""

    def confirm(self, title: str, text: str, yes: str) -> bool:
        """Ask for a yes; `yes` is the verb on the button."""

    def choose(self, title: str, text: str, choices: Sequence[str]) -> str | None:
        """Ask which of some ways to go; `choices` are the words on the buttons."""

    def text(self, title: str, label: str, value: str = "") -> str | None:
        """Ask for one line."""

    def color(self, title: str, value: str) -> str | None:
        """Ask for a colour, "#rrggbb"."""

    def open_files(self, title: str, kinds: str = ANY_FILE) -> list[Path]:
        """Ask for files that exist."""

    def open_file(self, title: str, kinds: str = ANY_FILE) -> Path | None:
        """Ask for one file that exists."""

    def save_file(self, title: str, suggested: Path, kinds: str = ANY_FILE) -> Path | None:
        """Ask where to write; replacing a file was agreed to when a path comes back."""

    def tell(self, title: str, text: str, details: str = "") -> None:
        """Say something that must not be missed."""


class DialogAsker:
    """Ask by dialogs over a window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def confirm(self, title: str, text: str, yes: str) -> bool:
        """Ask for a yes; Cancel is the default, since what is asked about usually cannot be seen from here."""
        box = _box(self.parent, title, text)
        agree = box.addButton(yes.replace("&", "&&"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is agree

    def choose(self, title: str, text: str, choices: Sequence[str]) -> str | None:
        """Ask which of some ways to go."""
        box = _box(self.parent, title, text)
        buttons = {box.addButton(one.replace("&", "&&"), QMessageBox.ButtonRole.AcceptRole): one for one in choices}
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return buttons.get(cast("QPushButton", box.clickedButton()))

    def text(self, title: str, label: str, value: str = "") -> str | None:
        """Ask for one line."""
        dialog = QInputDialog(self.parent)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(value)
        dialog.setMinimumWidth(380)
        return dialog.textValue() if dialog.exec() else None

    def color(self, title: str, value: str) -> str | None:
        """Ask for a colour, "#rrggbb"."""
        chosen = QColorDialog.getColor(QColor(value), self.parent, title)
        return chosen.name() if chosen.isValid() else None

    def open_files(self, title: str, kinds: str = ANY_FILE) -> list[Path]:
        """Ask for files that exist."""
        names: Sequence[str] = QFileDialog.getOpenFileNames(self.parent, title, "", kinds)[0]
        return [Path(name) for name in names]

    def open_file(self, title: str, kinds: str = ANY_FILE) -> Path | None:
        """Ask for one file that exists."""
        name = QFileDialog.getOpenFileName(self.parent, title, "", kinds)[0]
        return Path(name) if name else None

    def save_file(self, title: str, suggested: Path, kinds: str = ANY_FILE) -> Path | None:
        """Ask where to write; the platform's dialog asks before a file is replaced."""
        name = QFileDialog.getSaveFileName(self.parent, title, str(suggested), kinds)[0]
        return Path(name) if name else None

    def tell(self, title: str, text: str, details: str = "") -> None:
        """Say something that must not be missed."""
        box = _box(self.parent, title, text)
        box.setInformativeText(details)
        box.exec()


def _box(parent: QWidget | None, title: str, text: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(text)
    return box
