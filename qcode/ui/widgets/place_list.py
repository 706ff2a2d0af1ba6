"""Places where names were found, lined up at the name, each to be ticked or not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qcode.ui.models.names import AFTER, BEFORE, PlacesModel
from qcode.ui.style import label
from qcode.ui.widgets.plain import number_of


class PlaceList(QWidget):
    """The list with what ticks many at once, and a count below it."""

    def __init__(self) -> None:
        super().__init__()
        self.places = PlacesModel(self.font(), self)
        self.list = plain_table(self.places, "Places where names were found")
        self.counted = label("", "muted")
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (BEFORE, AFTER):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 160)
        self.list.setItemDelegateForColumn(BEFORE, _CutAtTheLeft(self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.setSpacing(8)
        layout.addWidget(self.list, 1)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        choose = self.places.choose
        return in_a_row(
            label("Tick"),
            plain_button("S&ure ones", "Tick what surely is a name", lambda: choose(lambda one: one.hit.sure)),
            plain_button("&All", "Tick every place", lambda: choose(lambda _: True)),
            plain_button("&None", "Take all ticks off", lambda: choose(lambda _: False)),
            None,
            self.counted,
        )

    def count(self) -> int:
        """Say below the list how many are ticked and how many need a look; gives how many are ticked."""
        there, chosen = self.places.rowCount(), len(self.places.chosen())
        unsure = sum(1 for row in range(there) if not self.places.place(row).hit.sure)
        doubt = f" {unsure:,} may mean something else; look at them." if unsure else ""
        told = f"{chosen:,} of {number_of(there, 'place')} ticked.{doubt}"
        self.counted.setText(told if there else "No place was found yet.")
        return chosen


class _CutAtTheLeft(QStyledItemDelegate):
    """Cut the words before a name where they begin: what stands next to the name matters."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


def plain_table(model: QAbstractItemModel, name: str) -> QTableView:
    """Make a table without a grid whose rows are chosen as a whole."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(26)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return view


def plain_button(words: str, why: str, serve: Callable[[], object]) -> QPushButton:
    """Make a button that Enter elsewhere in its dialog does not press."""
    made = QPushButton(words)
    made.setToolTip(why)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _=False: serve())
    return made


def in_a_row(*parts: QWidget | None) -> QHBoxLayout:
    """Put widgets in a row; None is the gap that grows."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return row
