"""Headings, speakers or questions to be ticked, with how often each comes."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QVBoxLayout, QWidget

from qcode.project.autocode import Label
from qcode.ui.widgets.filter_field import FilterField
from qcode.ui.widgets.plain import one_line, tip

WORDS = Qt.ItemDataRole.UserRole
ROW = QSize(0, 26)


class LabelList(QWidget):
    """Tick some of them; `changed` tells that others are ticked now."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = QStandardItemModel(0, 2, self)
        self._filtered = QSortFilterProxyModel(self)
        self._filtered.setSourceModel(self.model)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.tree = QTreeView()
        self.tree.setModel(self._filtered)
        self.tree.setAccessibleName("What to code by")
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setTabKeyNavigation(False)
        self.filter = FilterField("Filter", self.tree)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 10, 0)
        layout.setSpacing(6)
        layout.addWidget(self.filter)
        layout.addWidget(self.tree)
        self.filter.textChanged.connect(self._filtered.setFilterFixedString)
        self.tree.clicked.connect(self._toggle)

    def fill(self, labels: Iterable[Label]) -> None:
        """Offer others, none ticked."""
        before, self.model = self.model, QStandardItemModel(0, 2, self)
        self.model.setHorizontalHeaderLabels(["Name", "Times"])
        known = list(labels)
        top = min((one.level for one in known), default=0)
        for one in known:
            name = QStandardItem("    " * (one.level - top) + one_line(one.words, 120))
            name.setData(one.words, WORDS)
            name.setCheckable(True)
            name.setSizeHint(ROW)
            name.setToolTip(tip(one.words))
            times = QStandardItem(f"{one.count:,}")
            times.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.model.appendRow([name, times])
        self.model.itemChanged.connect(lambda _: self.changed.emit())
        self._filtered.setSourceModel(self.model)
        before.deleteLater()
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def chosen(self) -> list[str]:
        """List what is ticked, whether the filter shows it or not."""
        items = (self.model.item(row) for row in range(self.model.rowCount()))
        return [item.data(WORDS) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _toggle(self, index: QModelIndex) -> None:
        """Tick by a click beside the box, too."""
        name = self._filtered.index(index.row(), 0)
        if index.column() != 0:
            on = name.data(Qt.ItemDataRole.CheckStateRole)
            other = Qt.CheckState.Unchecked if on == Qt.CheckState.Checked else Qt.CheckState.Checked
            self._filtered.setData(name, other, Qt.ItemDataRole.CheckStateRole)
