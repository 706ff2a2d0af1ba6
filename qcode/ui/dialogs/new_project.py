"""A new project: where its file lies and which codes it begins with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qcode.ui.ask import PROJECTS, TABLES, Asker
from qcode.ui.style import label
from qcode.ui.welcome import EMPTY, IMPORT, Tile

SUFFIX = ".qcode"


class NewProjectDialog(QDialog):
    """Ask for a name, a folder and a codebook; wrong answers are said under the fields, before anything is made."""

    def __init__(self, ask: Asker, folder: Path, tiles: Sequence[Tile], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New project")
        self.setMinimumWidth(520)
        self._ask = ask
        self._csv: Path | None = None
        self.field = QLineEdit(_free_name(folder))
        self.field.setAccessibleName("Name of the project")
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName("Folder")
        self.codebooks = QComboBox()
        self.codebooks.setAccessibleName("Codebook to begin with")
        for tile in tiles:
            self.codebooks.addItem(tile.name + ("…" if tile.key == IMPORT else ""), tile.key)
        self.about = label("", "muted")
        self.about.setWordWrap(True)
        self.problem = label("", "danger")
        self.problem.setWordWrap(True)
        self._summaries = {tile.key: tile.summary for tile in tiles}
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Create project")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        self.field.textChanged.connect(self._check)
        self.folder.textChanged.connect(self._check)
        self.codebooks.activated.connect(self._codebook_chosen)
        self.field.selectAll()
        self._show_codebook()
        self._check()

    @property
    def path(self) -> Path:
        """Where the project is to be made."""
        name = self.field.text().strip()
        return Path(self.folder.text().strip()).expanduser() / (name.removesuffix(SUFFIX) + SUFFIX)

    @property
    def codebook(self) -> str | Path | None:
        """What to begin with: a starter's key, a CSV file, or nothing."""
        key = str(self.codebooks.currentData())
        return self._csv if key == IMPORT else key or None

    def choose(self, key: str, csv: Path | None = None) -> None:
        """Begin with one of the codebooks chosen; a file for IMPORT."""
        self._csv = csv
        if key == IMPORT and csv is None:
            key = EMPTY
        self.codebooks.setCurrentIndex(max(0, self.codebooks.findData(key)))
        self._show_codebook()
        self._check()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        browse = QPushButton("Choose…")
        browse.setAutoDefault(False)
        browse.setAccessibleName("Choose where the project lies")
        browse.clicked.connect(self._browse)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(browse)
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(14)
        for row, text in enumerate(("Name", "Folder", "Codebook")):
            grid.addWidget(label(text), row, 0)
        grid.addWidget(self.field, 0, 1)
        grid.addLayout(where, 1, 1)
        grid.addWidget(self.codebooks, 2, 1)
        grid.addWidget(self.about, 3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addWidget(buttons)

    def _browse(self) -> None:
        chosen = self._ask.save_file("New project", self.path, PROJECTS)
        if chosen is not None:
            self.folder.setText(str(chosen.parent))
            self.field.setText(chosen.name.removesuffix(SUFFIX))

    def _codebook_chosen(self) -> None:
        if self.codebooks.currentData() == IMPORT:
            self.choose(IMPORT, self._ask.open_file("Codebook to begin with", TABLES))
        self._show_codebook()

    def _show_codebook(self) -> None:
        key = str(self.codebooks.currentData())
        self.about.setText(str(self._csv) if key == IMPORT else self._summaries.get(key, ""))

    def _check(self) -> None:
        self.problem.setText(self._wrong())
        self.problem.setVisible(bool(self.problem.text()))
        self.ok.setEnabled(not self.problem.text() and bool(self.field.text().strip()))

    def _wrong(self) -> str:
        name, folder = self.field.text().strip(), Path(self.folder.text().strip()).expanduser()
        if any(letter in name for letter in '/\\:*?"<>|'):
            return 'A file name cannot hold any of these: / \\ : * ? " < > |'
        if folder.exists() and not folder.is_dir():
            return "This is a file, not a folder."
        if name and self.path.exists():
            return f"There is a “{self.path.name}” already. Choose another name."
        return ""


def _free_name(folder: Path) -> str:
    names = ("My project", *(f"My project {number}" for number in range(2, 1000)))
    return next((name for name in names if not (folder / (name + SUFFIX)).exists()), "")
