"""Choose in which encoding a file is to be read, judging by lines of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import FormatProblem
from qcode.readers.again import USUAL, telling_lines
from qcode.ui.style import label

CODEC = Qt.ItemDataRole.UserRole


class EncodingDialog(QDialog):
    """List the usual encodings beside the lines that tell them apart. Open it with `open`; it deletes itself."""

    def __init__(self, data: bytes, name: str, now: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data, self._name, self._now = data, name, now
        self.setWindowTitle("Read with another encoding")
        self.resize(820, 440)
        self.list = _list(now)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName("How the file reads in this encoding")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Read again")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        said = label(f"Choose the encoding in which the letters of {name} look right.")
        said.setWordWrap(True)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.list, 2)
        middle.addWidget(self.preview, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(said)
        layout.addLayout(middle, 1)
        layout.addWidget(buttons)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.list.itemActivated.connect(lambda *_: self.ok.click())
        self.finished.connect(self.deleteLater)
        self._show()
        self.list.setFocus()

    @property
    def codec(self) -> str:
        """Python's name of the chosen encoding."""
        item = self.list.currentItem()
        return str(item.data(CODEC)) if item else ""

    def choose(self, codec: str) -> None:
        """Choose an encoding by Python's name for it."""
        rows = (row for row in range(self.list.count()) if self.list.item(row).data(CODEC) == codec)
        self.list.setCurrentRow(next(rows, -1))

    def _show(self) -> None:
        codec = self.codec
        fits = False
        if codec:
            try:
                shown = telling_lines(self._data, self._name, codec)
                fits = True
            except FormatProblem as error:
                shown = error.message
            self.preview.setPlainText(shown)
        self.preview.setEnabled(fits)
        self.ok.setEnabled(fits and codec != self._now)


def _list(now: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName("Encodings")
    made.setUniformItemSizes(True)
    for codec, name in USUAL:
        item = QListWidgetItem(f"{name} (now)" if codec == now else name, made)
        item.setData(CODEC, codec)
        item.setSizeHint(QSize(0, 26))
        if codec == now:
            made.setCurrentItem(item)
    return made
