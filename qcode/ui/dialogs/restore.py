"""Choose which backup of a project to bring back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qcode.project import Backup
from qcode.ui.style import label
from qcode.ui.widgets.moments import local

WHICH = Qt.ItemDataRole.UserRole
KINDS = ("When", "Size", "File")


class RestoreDialog(QDialog):
    """List the backups; `chosen` gives the one to bring back. Open it with `open`; it deletes itself."""

    chosen = Signal(Path)
    otherAsked = Signal()  # noqa: N815 - Qt's way of naming

    def __init__(self, project: Path, backups: Sequence[Backup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Restore a backup")
        self.resize(620, 400)
        self.list = _list(backups)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Restore…")
        self.other = buttons.addButton("Another file…", QDialogButtonBox.ButtonRole.ActionRole)
        self.other.setAutoDefault(False)
        said = label(
            f"The backup comes back under a new name and is opened. Nothing takes the place of {project.name}."
        )
        said.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        for part in (said, self.list, buttons):
            layout.addWidget(part)
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        self.other.clicked.connect(self._ask_for_other)
        self.list.itemActivated.connect(lambda *_: self._choose())
        self.list.itemSelectionChanged.connect(lambda: self.ok.setEnabled(bool(self.list.selectedItems())))
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.list.setFocus()
        self.finished.connect(self.deleteLater)

    def _choose(self) -> None:
        if found := self.list.selectedItems():
            path = found[0].data(0, WHICH)
            self.accept()
            self.chosen.emit(path)

    def _ask_for_other(self) -> None:
        self.reject()
        self.otherAsked.emit()


def size_said(size: int) -> str:
    """Say a size in bytes as files are measured."""
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def _list(backups: Sequence[Backup]) -> QTreeWidget:
    made = QTreeWidget()
    made.setAccessibleName("Backups, the newest first")
    made.setHeaderLabels(KINDS)
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    for one in backups:
        item = QTreeWidgetItem(made, [local(one.at), size_said(one.size), one.path.name])
        item.setData(0, WHICH, one.path)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.header().setMinimumSectionSize(96)  # else the columns stand close like one text
    made.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return made
