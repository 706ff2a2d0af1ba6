"""The outline of the source in front: its headings, its speakers or its pages, to go there and to see where one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QStyleOptionViewItem, QTreeView, QWidget

from qcode.project import Change, ChangeSet, SourceId, spans
from qcode.project.outline import Entry, OutlineBy, outline
from qcode.text.stretches import Stretch
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.latest import Latest
from qcode.ui.menu import Menu
from qcode.ui.models.outline import OutlineTree, Role
from qcode.ui.theme import Theme
from qcode.ui.widgets import painting
from qcode.ui.widgets.filtered import Filtered, alone
from qcode.ui.widgets.painting import GAP, PADDING
from qcode.ui.widgets.plain import one_line
from qcode.ui.widgets.rows import Rows

NAMES = {OutlineBy.HEADINGS: "Headings", OutlineBy.SPEAKERS: "Speakers", OutlineBy.PAGES: "Pages"}
NOTHING_OPEN = "Open a source to see its outline."
NO_OUTLINE = "This source has no headings, speakers or pages."
NO_MATCH = "No line with these words."
MANY = 400  # lines that are all unfolded

Index = QModelIndex | QPersistentModelIndex


class OutlinePanel(QWidget):
    """Show the outline; Enter or a double-click goes to a line's place, and the line that is read is the chosen one."""

    key = "outline"
    title = "Outline"
    area = "right"

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._found: dict[OutlineBy, list[Entry]] = {}
        self._stale = True
        self._paragraph = 0
        self.setAccessibleName(self.title)
        self.setMinimumWidth(180)
        self.model = OutlineTree(self)
        self.tree = _Tree(self.model, context)
        self.by = QComboBox()
        self.by.setMinimumHeight(28)
        self.by.setAccessibleName("What the outline lists")
        self.body = Filtered(self.title, self.tree, None, context, narrows="the outline")
        self.body.put_above(self.by)
        self.filter = self.body.filter
        alone(self.body, self)
        self._worker = Latest(self)
        self._worker.came.connect(self._show)
        self._worker.failed.connect(lambda _: self._show({}))  # the source is gone; another will be in front
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._load)
        self._connect()
        self._show({})

    def _connect(self) -> None:
        context = self._context
        context.projectChanged.connect(self._project_changed)
        context.sourceFocused.connect(lambda _: self._forget())
        context.changed.connect(self._follow)
        context.placeChanged.connect(self._follow_reading)
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(lambda: self._go(self.model.first_match()))
        self.by.currentIndexChanged.connect(lambda _: self._arrange())
        self.tree.opened.connect(self._go)
        self.tree.customContextMenuRequested.connect(self._menu)

    # ---- what is shown ----

    def showEvent(self, event: QShowEvent) -> None:
        """Work the outline out when it is first seen."""
        super().showEvent(event)
        if self._stale:
            self._soon.start()

    def _forget(self) -> None:
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _project_changed(self) -> None:
        self._worker.halt()
        self._show({})
        self._forget()

    def _follow(self, changes: ChangeSet) -> None:
        source = self._context.source
        mine = changes.sources is None or source in changes.sources
        if mine and {"source_span", "source", "text"} & changes.rows.keys():
            self._forget()

    def _load(self) -> None:
        project, source = self._context.project, self._context.source
        self._stale = False
        if project is None or source is None:
            self._worker.cancel()
            self._show({})
            return

        def work() -> Iterator[dict[OutlineBy, list[Entry]]]:
            with project.read() as r:
                found = outline(r, source)
            yield found

        self._worker.ask(work)

    def _show(self, found: dict[OutlineBy, list[Entry]]) -> None:
        before = self.by.currentData()
        self._found = found
        self.by.blockSignals(True)
        self.by.clear()
        for by in found:
            self.by.addItem(NAMES[by], by)
        self.by.setCurrentIndex(max(0, self.by.findData(before)))
        self.by.blockSignals(False)
        self.by.setVisible(len(found) > 1)
        self._arrange()

    def _arrange(self) -> None:
        by = self.by.currentData()
        self.model.load(self._found.get(by, ()))
        self._unfold()
        self._follow_reading(self._paragraph, 0)

    def _narrow(self, words: str) -> None:
        self.model.filter(words)
        self._unfold()

    def _unfold(self) -> None:
        """Open everything where that is not too much to look at; what is looked for always."""
        if self.filter.text() or len(self.model) <= MANY:
            self.tree.expandAll()
        some, open_ = len(self.model) > 0, self._context.source is not None
        otherwise = NO_MATCH if self.filter.text() and self._found else NO_OUTLINE if open_ else NOTHING_OPEN
        self.body.show_rows(some=some, otherwise=otherwise)

    # ---- going about ----

    def _go(self, index: Index) -> None:
        entry, source = self.model.entry(index), self._context.source
        if entry is not None and source is not None:
            self._context.reveal(source, entry.start)

    def _menu(self, at: QPoint) -> None:
        """Offer to go to a line, and to leave what it stands for out of counts or count it again."""
        index = self.tree.indexAt(at)
        entry = self.model.entry(index)
        if entry is None:
            return
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("&Go there", lambda: self._go(index))
        menu.addSeparator()
        for words, how, action in (
            ("Mark as &not data", "not data", spans.mark),
            ("Mark as data &again", "data again", spans.unmark),
        ):
            menu.addAction(words, partial(self._mark, entry, how, action)).setEnabled(self._context.writable)
        menu.popup(self.tree.viewport().mapToGlobal(at))

    def _mark(self, entry: Entry, how: str, action: Callable[[Change, SourceId, Sequence[Stretch]], None]) -> None:
        source = self._context.source
        if source is None:
            return
        asked, named = source, one_line(entry.words, 40)

        def work(tx: Change) -> bool:
            action(tx, asked, [(start, end) for start, end in entry.stretches if start < end])
            return True

        if self._context.change(f"mark {named} as {how}", work):
            self._context.say(f"Marked “{named}” as {how}.")

    def _follow_reading(self, paragraph: int, _count: int) -> None:
        """Choose the line under which one reads, unless the researcher is just looking through the lines."""
        self._paragraph = paragraph
        if self.isVisible() and paragraph and not self.tree.hasFocus() and not self.filter.hasFocus():
            index = self.model.at_paragraph(paragraph)
            if index.isValid():
                self.tree.setCurrentIndex(index)
            else:
                self.tree.clearSelection()


class _Tree(QTreeView):
    """The tree of lines: Enter and a double-click open one."""

    opened = Signal(QModelIndex)

    def __init__(self, model: OutlineTree, context: Context) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Lines(context, self))
        self.setAccessibleName("Outline")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setExpandsOnDoubleClick(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the line; the rest moves about."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _Lines(Rows):
    """The words of a line, and the number of its paragraph at the right."""

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, theme: Theme) -> None:
        """Paint one line."""
        row: QRect = option.rect
        room, number = row.adjusted(0, 0, -PADDING, 0), f"¶{index.data(Role.PARAGRAPH)}"
        painter.setFont(painting.tabular(option.font, 0.9))
        width = painter.fontMetrics().horizontalAdvance(number)
        color = painter.pen().color()
        painter.setPen(theme.muted)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), number)
        painter.setFont(option.font)
        painter.setPen(color)
        painting.draw_words(painter, row.left() + PADDING // 2, room.right() - width - GAP, row, index.data())
