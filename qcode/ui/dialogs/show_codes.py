"""Choose which codings are shown in the text: by code, by group, by coder."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from qcode.project import coders
from qcode.project.codes import Code
from qcode.ui.context import Context
from qcode.ui.models.shelf import shelf_of
from qcode.ui.showing import NO_CODE, showing_of
from qcode.ui.style import label

WHICH = Qt.ItemDataRole.UserRole
CHIP, ROW = 10, 26


class ShowCodes(QDialog):
    """Tick what is shown; the text follows at once. Open it with `open`; it deletes itself."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._showing = showing_of(context)
        self.setWindowTitle("Show codes")
        self.resize(380, 560)
        self.codes = _tree("Codes that are shown")
        self.coders = _tree("Coders whose passages are shown")
        self._fill()
        self.codes.itemChanged.connect(lambda *_: self._follow())
        self.coders.itemChanged.connect(lambda *_: self._follow())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        everything = buttons.addButton("Show all", QDialogButtonBox.ButtonRole.ResetRole)
        everything.setAutoDefault(False)
        everything.clicked.connect(self.show_all)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        buttons.rejected.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(label("CODES", "heading"))
        layout.addWidget(self.codes, 3)
        layout.addWidget(label("CODERS", "heading"))
        layout.addWidget(self.coders, 1)
        layout.addWidget(buttons)
        self.finished.connect(self.deleteLater)

    def show_all(self) -> None:
        """Tick everything."""
        for tree in (self.codes, self.coders):
            tree.blockSignals(True)
            for item in _items(tree):
                item.setCheckState(0, Qt.CheckState.Checked)
            tree.blockSignals(False)
            tree.viewport().update()
        self._showing.show_all()

    def hidden(self) -> tuple[list[int], list[str]]:
        """List the codes and the coders that are not ticked; groups stand for nothing but what they hold."""
        shut = Qt.CheckState.Unchecked
        codes = [item.data(0, WHICH) for item in _items(self.codes) if item.checkState(0) == shut]
        coders_ = [item.data(0, WHICH) for item in _items(self.coders) if item.checkState(0) == shut]
        return [code for code in codes if code is not None], coders_

    def _follow(self) -> None:
        self._showing.hide(*self.hidden())

    def _fill(self) -> None:
        at: dict[int, QTreeWidgetItem] = {}
        for code in shelf_of(self._context).codes:
            above = at.get(code.parent_id) if code.parent_id is not None else None
            at[code.id] = self._add(above or self.codes, code)
        self._row(self.codes, "Passages without a code", NO_CODE, shown=NO_CODE not in self._showing.codes)
        self.codes.expandAll()
        project = self._context.project
        if project is not None:
            with project.read() as r:
                names = [coder.name for coder in coders.listing(r)]
            for name in names:
                self._row(self.coders, name, name, shown=name not in self._showing.coders)

    def _add(self, above: QTreeWidget | QTreeWidgetItem, code: Code) -> QTreeWidgetItem:
        # a group has no codings of its own: it is ticked as what it holds is, and nothing is hidden in its name
        which = code.id if code.is_codable else None
        item = self._row(above, code.name, which, shown=code.id not in self._showing.codes)
        if code.is_codable:
            item.setIcon(0, _chip(self._context.theme.bar(code.color)))
        else:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        return item

    def _row(self, above: QTreeWidget | QTreeWidgetItem, words: str, which: object, *, shown: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words])
        item.setData(0, WHICH, which)
        item.setSizeHint(0, QSize(0, ROW))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
        if isinstance(above, QTreeWidget):
            above.addTopLevelItem(item)
        else:
            above.addChild(item)
        return item


def _tree(name: str) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setHeaderHidden(True)
    tree.setAccessibleName(name)
    return tree


def _items(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    found: list[QTreeWidgetItem] = []
    waiting = [tree.invisibleRootItem()]
    while waiting:
        item = waiting.pop(0)
        below = [child for row in range(item.childCount()) if (child := item.child(row)) is not None]
        found += below
        waiting += below
    return found


def _chip(color: QColor) -> QIcon:
    picture = QPixmap(CHIP, CHIP)
    picture.fill(color)
    return QIcon(picture)
