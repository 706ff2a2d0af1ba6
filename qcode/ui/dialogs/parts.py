"""Choose which parts of a source are not data: a speaker's turns, notes and references, whole sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from qcode.project import Change, Project, SourceId, sources, spans
from qcode.project.spans import Part, PartKind
from qcode.ui.context import Context
from qcode.ui.style import label
from qcode.ui.widgets.plain import number_of, one_line, tip

GROUPS = ((PartKind.SPEAKER, "Speakers"), (PartKind.AROUND, "Notes and references"), (PartKind.SECTION, "Sections"))
SAID = (
    "What is ticked is shown in grey with a dotted line, and left out of shares, counts of words and agreement. "
    "It can still be read and coded."
)
NONE = "This source has no speakers, notes or headings. Select words in the text to mark them as not data."
PART = Qt.ItemDataRole.UserRole
ROW = QSize(0, 26)


@dataclass(frozen=True, slots=True)
class Counted:
    """A part and how many words it has."""

    part: Part
    words: int


def counted(project: Project, source: SourceId) -> list[Counted]:
    """Find the parts of a source and count their words; in a long text that takes a moment."""
    with project.read() as r:
        found, text = spans.parts(r, source), sources.text(r, source)
    return [Counted(one, sum(len(text[start:end].split()) for start, end in one.stretches)) for one in found]


class PartsDialog(QDialog):
    """Tick what is not data; all ticks are one change. Open it with `open`; it deletes itself."""

    def __init__(
        self, context: Context, source: SourceId, found: Sequence[Counted], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._source = context, source
        self.setWindowTitle("What is not data")
        self.resize(560, 460)
        self.model = QStandardItemModel(0, 2, self)
        self.model.setHorizontalHeaderLabels(["Part", "Words"])
        self.tree = QTreeView()
        self.tree.setAccessibleName("Parts of the source")
        self._parts = [one.part for one in found]
        self._fill(found)
        self.model.itemChanged.connect(self._follow)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Mark")
        self.ok.setEnabled(bool(self._parts))
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        said = label(SAID if self._parts else NONE, "muted")
        said.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        for part in (said, self.tree, buttons):
            layout.addWidget(part)
        self._dress_tree()
        self.tree.setVisible(bool(self._parts))
        self.finished.connect(self.deleteLater)

    def save(self) -> None:
        """Mark what is ticked, and take as data again what is not ticked any more."""
        ticked = self.ticked()

        def work(tx: Change) -> bool:
            spans.choose(tx, self._source, self._parts, ticked)
            return True

        if self._context.change("choose what is not data", work):
            self.accept()

    def ticked(self) -> list[Part]:
        """List the parts that are ticked."""
        return [item.data(PART) for item in self._items() if item.checkState() == Qt.CheckState.Checked]

    def tick(self, name: str, *, on: bool = True) -> None:
        """Tick a part by its name, or take the tick away."""
        item = next(item for item in self._items() if item.data(PART).name == name)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _fill(self, found: Sequence[Counted]) -> None:
        for kind, title in GROUPS:
            of_kind = [one for one in found if one.part.kind is kind]
            if of_kind:
                group = QStandardItem(title)
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                group.setSizeHint(ROW)
                self.model.appendRow(group)
                self._add(group, of_kind)

    def _add(self, group: QStandardItem, found: Sequence[Counted]) -> None:
        """Put sections under the heading that they belong to."""
        above: list[tuple[int, QStandardItem]] = []
        for one in found:
            part, words = one.part, one.words
            item = QStandardItem(one_line(part.name, 90))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if part.not_data else Qt.CheckState.Unchecked)
            item.setSizeHint(ROW)
            item.setData(part, PART)
            item.setToolTip(tip(part.name))
            count = QStandardItem(f"{words:,}")
            count.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            count.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            turns = number_of(len(part.stretches), "turn") if part.kind is PartKind.SPEAKER else ""
            said = ", ".join(filter(None, (part.name, turns, number_of(words, "word"))))
            item.setData(said, Qt.ItemDataRole.AccessibleTextRole)
            while above and above[-1][0] >= part.level:
                above.pop()
            (above[-1][1] if above else group).appendRow([item, count])
            if part.kind is PartKind.SECTION:
                above.append((part.level, item))

    def _follow(self, item: QStandardItem) -> None:
        """What stands below a section goes with it."""
        for row in range(item.rowCount()):
            item.child(row).setCheckState(item.checkState())

    def _items(self) -> Iterator[QStandardItem]:
        waiting = [self.model.item(row) for row in range(self.model.rowCount())]
        while waiting:
            item = waiting.pop(0)
            waiting[:0] = [item.child(row) for row in range(item.rowCount())]
            if item.data(PART) is not None:
                yield item

    def _dress_tree(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setUniformRowHeights(True)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.expandAll()
        first = self.model.index(0, 0)
        if first.isValid():
            tree.setCurrentIndex(self.model.index(0, 0, first))
        tree.setFocus()
