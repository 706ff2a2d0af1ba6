"""Which QCode this is, and what it stands on."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qcode.ui.errors import program_version
from qcode.ui.icons import app_icon
from qcode.ui.style import label


class AboutDialog(QDialog):
    """Show version, licence and foundations; the words can be selected, for a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About QCode")
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(72, 72))
        picture.setAccessibleName("QCode's picture: a bracket beside lines of text")
        name = label(f"QCode {program_version()}", "title")
        words = label(
            "Read closely. Code what you see. Show how you know.\n\n"
            "Free software under the MIT licence. Nothing leaves this computer.\n\n"
            f"Python {platform.python_version()}, Qt {qVersion()} (LGPL), SQLite and SQLAlchemy."
        )
        words.setWordWrap(True)
        words.setMinimumWidth(340)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout()
        for part in (name, words):
            column.addWidget(part)
        column.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(18)
        across.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.addLayout(across)
        layout.addSpacing(10)
        layout.addWidget(buttons)
