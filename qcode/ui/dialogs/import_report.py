"""What became of the files of an import, when not all went smoothly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from qcode.ui.context import Context
from qcode.ui.style import label
from qcode.ui.widgets.notes import Notes
from qcode.ui.widgets.plain import number_of

if TYPE_CHECKING:
    from qcode.project.importing import ImportReport


def headline(report: ImportReport) -> str:
    """Say in one sentence how an import went."""
    done = f"{number_of(len(report.imported), 'source')} imported." if report.imported else "Nothing was imported."
    failed = len(report.problems)
    return f"{done} {number_of(failed, 'file')} could not be imported." if failed else done


class ImportReportDialog(QDialog):
    """List what could not be imported and why, then what is worth knowing about the rest. It deletes itself."""

    def __init__(self, report: ImportReport, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle("Import")
        self.resize(560, 340)
        self.notes = Notes("What became of the files")
        self._fill(report)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        copy = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        copy.setAutoDefault(False)
        close.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(label(headline(report), "title"))
        layout.addWidget(self.notes, 1)
        layout.addWidget(buttons)
        close.setFocus()
        self.finished.connect(self.deleteLater)

    def copy(self) -> None:
        """Put the whole report on the clipboard, to be sent to whoever made the files."""
        QGuiApplication.clipboard().setText(self.notes.toPlainText())

    def _fill(self, report: ImportReport) -> None:
        theme = self._context.theme
        for name, error in report.problems:
            self.notes.add("", label=name, space=12)
            self.notes.add(str(error), color=theme.danger, space=1)
        before = ""
        for name, note in report.notes:
            if name != before:
                self.notes.add("", label=name, space=12)
            self.notes.add(note, color=theme.muted, space=1)
            before = name
        self.notes.moveCursor(QTextCursor.MoveOperation.Start)  # what failed stands first, and is read first
