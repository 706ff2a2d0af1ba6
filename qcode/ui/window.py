"""The main window: puts the parts together, and does nothing that a part can do."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qcode.project import info
from qcode.ui.actions import Actions
from qcode.ui.analysing import Analysing
from qcode.ui.bringing import Bringing
from qcode.ui.context import Context
from qcode.ui.correcting import Correcting
from qcode.ui.dialogs.about import AboutDialog
from qcode.ui.dialogs.command_palette import CommandPalette
from qcode.ui.dialogs.new_project import SUFFIX
from qcode.ui.dialogs.reading_look import ReadingLook
from qcode.ui.dialogs.shortcuts import ShortcutsDialog
from qcode.ui.dialogs.show_codes import ShowCodes
from qcode.ui.filing import Filing, tiles
from qcode.ui.focusing import FocusMode, is_escape
from qcode.ui.menus import Menus
from qcode.ui.panels import panel_types
from qcode.ui.panels.reading import ReadingArea
from qcode.ui.panels.search import SearchPanel
from qcode.ui.panels.sources import SourcesPanel
from qcode.ui.printing import Printing
from qcode.ui.searching import Searching
from qcode.ui.statusline import StatusLine
from qcode.ui.style import label
from qcode.ui.topbar import TopBar
from qcode.ui.undoing import Undoing
from qcode.ui.viewing import Panes, Zoom
from qcode.ui.walking import PaneWalk
from qcode.ui.welcome import WelcomePage
from qcode.ui.widgets.review_badge import ReviewBadge

LEFT_WIDTH = 260
RIGHT_WIDTH = 300
BELOW_HEIGHT = 170
PANE_HEIGHTS = (234, 312, 60)  # four sources in two folders, a codebook of nine rows, some lines of a definition
PANE_SHARES = (0, 0, 1)  # of the height that is left
READ_ONLY = "Opened for reading only: the project cannot be written here, or it is open elsewhere. Nothing is changed."


class MainWindow(QMainWindow):
    """One window on one project, or the welcome page."""

    closed = Signal()

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self.context = context
        self.actions_table = actions
        self.setAcceptDrops(True)
        self.setMinimumSize(720, 480)
        self.resize(1280, 820)
        context.projectChanged.connect(self._enable)  # before the panels, which then see to their own commands
        context.busyChanged.connect(actions.hold)
        self.filing = Filing(context, actions, self)
        self.bringing = Bringing(context, actions, self)
        self.undoing = Undoing(context, actions, self)
        self.zoom = Zoom(context, actions)
        self.menus = Menus(self.menuBar(), context, actions, self.filing)
        self.top = TopBar(context, actions)
        self.banner = label(READ_ONLY, "banner")
        self.banner.setWordWrap(True)
        self.welcome = WelcomePage(context, actions, tiles())
        self.panels = {kind.key: kind(context, actions) for kind in panel_types()}
        self.reading = ReadingArea(context, actions)
        self.column, self.work = self._column(), QSplitter(Qt.Orientation.Horizontal)
        self.side = self._side()
        self.middle = self._middle()
        self.panes = Panes(context, actions, (self.column, self.side), self.panels)
        self.pages = QStackedWidget()
        self.setStatusBar(StatusLine(context))
        self.statusBar().addPermanentWidget(ReviewBadge(context, actions))
        self.printing = Printing(context, actions, self.reading, self)
        self.focus = FocusMode(actions["view.focus"], self._around, context.say, self.reading.pages)
        self._assemble()
        look_for = self.reading.find_bar.look_for
        self.searching = Searching(context, actions, self.top.search, self, look_for=look_for, go_back=self.read_on)
        found = cast(SearchPanel, self.panels["search"])
        self.analysing = Analysing(context, actions, found, self.reading, self, go_back=self.read_on)
        self.correcting = Correcting(
            context, actions, self.reading, self, cast(SourcesPanel, self.panels["sources"]).chosen
        )
        self.walk = PaneWalk(actions, self._panes_in_turn, self)
        self._connect()
        self._restore()
        self._show_project()
        self._enable()

    def _column(self) -> QSplitter:
        column = QSplitter(Qt.Orientation.Vertical)
        column.setChildrenCollapsible(False)
        column.setHandleWidth(1)
        for panel in self._of("left"):
            column.addWidget(panel)
        column.setSizes(list(PANE_HEIGHTS))
        for at, share in enumerate(PANE_SHARES):
            column.setStretchFactor(at, share)
        return column

    def _side(self) -> QSplitter:
        side = QSplitter(Qt.Orientation.Vertical)
        side.setChildrenCollapsible(False)
        side.setHandleWidth(1)
        for at, panel in enumerate(self._of("right")):
            side.addWidget(panel)
            side.setStretchFactor(at, 1)
        side.setSizes([1, 1])
        return side

    def _of(self, area: str) -> list[QWidget]:
        """List the panels that belong to one side of the text."""
        return [panel for panel in self.panels.values() if getattr(panel, "area", "") == area]

    def _middle(self) -> QSplitter:
        middle = QSplitter(Qt.Orientation.Vertical)
        for part in (self.reading, *self._of("below")):
            middle.addWidget(part)
        middle.setHandleWidth(1)
        middle.setChildrenCollapsible(False)
        middle.setStretchFactor(0, 1)
        middle.setSizes([660, BELOW_HEIGHT])
        return middle

    def _assemble(self) -> None:
        self.work.setHandleWidth(1)
        self.work.setChildrenCollapsible(False)
        for part in (self.column, self.middle, self.side):
            self.work.addWidget(part)
        self.work.setStretchFactor(1, 1)
        self.work.setSizes([LEFT_WIDTH, 900, RIGHT_WIDTH, RIGHT_WIDTH])
        self.column.setMinimumWidth(180)
        self.pages.setObjectName("pages")
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.work)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.banner)
        layout.addWidget(self.pages, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        actions, context = self.actions_table, self.context
        context.projectChanged.connect(self._show_project)
        self.welcome.recentChosen.connect(self.filing.open_recent)
        self.welcome.tileChosen.connect(self.filing.new)
        self.top.coder.clicked.connect(lambda _=False: self.filing.change_coder())
        actions["view.reading"].triggered.connect(lambda _=False: ReadingLook(context, self).show())
        actions["view.show_codes"].triggered.connect(lambda _=False: ShowCodes(context, self).open())
        actions["source.pseudonyms"].triggered.connect(lambda _=False: self._open_pseudonyms())
        # with the menu bar hidden, keys work only for what the window itself has
        here = Qt.ShortcutContext.WindowShortcut
        self.addActions([actions[id_] for id_ in actions if actions[id_].shortcutContext() == here])
        actions["help.shortcuts"].triggered.connect(lambda _=False: ShortcutsDialog(actions, self, context).open())
        actions["help.commands"].triggered.connect(lambda _=False: CommandPalette(context, actions, self).popup())
        actions["help.about"].triggered.connect(lambda _=False: AboutDialog(self).open())

    def _open_pseudonyms(self) -> None:
        from qcode.ui.dialogs.pseudonyms import PseudonymsDialog  # noqa: PLC0415 - ciphers are not for every start

        PseudonymsDialog(self.context, self).open()

    def _panes_in_turn(self) -> list[QWidget]:
        """List what the keyboard goes through: what is left of the text, the text, below it, and at its right."""
        return [*self._of("left"), self.reading.page or self.reading, *self._of("below"), *self._of("right")]

    def _around(self) -> list[QWidget]:
        """List what goes when the text is to be alone."""
        sides = [self.column, self.side, *self._of("below")]
        return [self.menuBar(), self.top, self.banner, *sides, *self.reading.around(), self.statusBar()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """When nobody else wanted the Esc, leave the text alone no longer, or go back to the text."""
        if is_escape(event) and self.focus.is_on:
            self.focus.leave()
        elif is_escape(event) and self.context.project is not None:
            self.read_on()
        else:
            super().keyPressEvent(event)

    def _splitters(self) -> dict[str, QSplitter]:
        return {"work": self.work, "column": self.column, "middle": self.middle}

    def _restore(self) -> None:
        """Stand where this window was left; one that is new divides its room as the first one does."""
        settings, own = self.context.settings, self._own
        self.restoreGeometry(settings.state(f"{own}/geometry"))
        for name, splitter in self._splitters().items():
            kept = settings.state(f"{own}/{name}")
            splitter.restoreState(settings.state(f"window/{name}") if kept.isEmpty() else kept)

    def _remember(self) -> None:
        self.focus.leave()
        settings, own = self.context.settings, self._own
        settings.put_state(f"{own}/geometry", self.saveGeometry())
        for name, splitter in self._splitters().items():
            settings.put_state(f"{own}/{name}", splitter.saveState())

    @property
    def _own(self) -> str:
        """Where the settings keep what is this window's: a second one stands on a screen of its own."""
        return "window" if self.context.number == 1 else f"window-{self.context.number}"

    def _enable(self) -> None:
        self.actions_table.enable_for(project=self.context.project is not None, writable=self.context.writable)
        self.undoing.refresh()

    def _show_project(self) -> None:
        project = self.context.project
        self.focus.leave()
        self.top.setVisible(project is not None)
        self.banner.setVisible(project is not None and project.read_only)
        self.pages.setCurrentWidget(self.welcome if project is None else self.work)
        if project is None:
            self.welcome.refresh()
            self.setWindowTitle("QCode")
            return
        with project.read() as r:
            name = info.project_name(r) or project.path.stem
        if self.reading.view is not None:
            self.reading.view.setFocus()
        self.setWindowTitle(f"{name.replace('[*]', '[*][*]')} – QCode")

    def read_on(self) -> None:
        """Give the keyboard back to the text."""
        (self.reading.view or self.reading).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing open: what was typed is written, the project closed, the window remembered."""
        if self.context.busy:
            self.context.say("Please wait until the work in progress is done, or cancel it.")
            event.ignore()
            return
        if not self._close_dialogs():
            event.ignore()
            return
        if (field := self.focusWidget()) is not None:
            field.clearFocus()
        self._remember()
        self.filing.close()
        event.accept()
        self.closed.emit()

    def _close_dialogs(self) -> bool:
        """Cancel the dialogs over the window; False when one stays, so that what is in it is not lost."""
        for dialog in reversed(self.findChildren(QDialog)):  # the innermost first
            if dialog.isVisible():
                dialog.reject()
                if dialog.isVisible():
                    return False
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped project; bring dropped texts into the open one."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take(paths)

    def take(self, paths: list[Path]) -> None:
        """Do what is meant by files that were dropped."""
        projects = [path for path in paths if path.suffix.lower() == SUFFIX]
        texts = [path for path in paths if path not in projects]
        if projects:
            self.filing.open(projects[0])
        if texts and not projects:
            self.bringing.take(texts)
