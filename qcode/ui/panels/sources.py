"""The sources of the project: find one, open it, bring new ones in."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtWidgets import QWidget

from qcode.errors import NotFound
from qcode.project import ChangeSet, SourceId, sources
from qcode.project.sources import Source
from qcode.ui import jobs
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.dialogs.removal import confirm_sources
from qcode.ui.dialogs.source_details import SourceDetails
from qcode.ui.dialogs.variables import VariablesWindow
from qcode.ui.menu import Menu
from qcode.ui.models.shelf import shelf_of
from qcode.ui.models.sources import SourceTree
from qcode.ui.originals import export_original
from qcode.ui.shelving import Shelving
from qcode.ui.widgets.filtered import Filtered, alone
from qcode.ui.widgets.plain import one_line
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.set_filter import SetFilter
from qcode.ui.widgets.source_list import SourceView

EMPTY = "Drop texts here\nor press {key}."
NO_MATCH = "No source of this name."
EMPTY_SET = "No source is in this set yet.\nChoose sources under “All sources”\nand put them into it."
AROUND = frozenset(("folder", "source_set", "source_set_member"))
OF_A_SOURCE = (
    "source.details", "source.edit", "source.replace", "source.revisions", "source.read_again", "source.export",
)  # fmt: skip
ONE_BY_ONE = 20  # sources whose counts are fetched one by one; more, and all are listed anew


class SourcesPanel(QWidget):
    """Show the sources with their counts; Enter or a double-click opens one, files dropped on the window come in."""

    key = "sources"
    title = "Sources"
    area = "left"

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._actions = actions
        self._shelf = shelf_of(context)
        self.setAccessibleName(self.title)
        self.model = SourceTree(self)
        self.list = SourceView(self.model, context)
        self.body = Filtered(self.title, self.list, actions["file.import"], context, narrows="sources")
        self.filter = self.body.filter
        self.sets = SetFilter()
        self.body.add_below_filter(self.sets)
        self.shelving = Shelving(context, actions, self.model, self.list)
        alone(self.body, self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.reload)
        self._recount: set[int] = set()
        self._counts = QTimer(self, singleShot=True, interval=0)
        self._counts.timeout.connect(self._count_anew)
        self._connect()
        self.reload()

    def _connect(self) -> None:
        context, actions = self._context, self._actions
        context.projectChanged.connect(self._project_changed)
        context.changed.connect(self._follow)
        context.sourceFocused.connect(self._choose)
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self._open_first)
        self.model.renamed.connect(self._rename)
        self.sets.changed.connect(self._show_set)
        self.sets.renameAsked.connect(self.shelving.rename_set)
        self.sets.removeAsked.connect(self.shelving.remove_set)
        self.list.opened.connect(self._open)
        self.list.deleteAsked.connect(self.remove_chosen)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.list.addAction(actions["source.rename"])
        for id_, serve in (
            ("source.rename", self._rename_in_place),
            ("source.details", self._show_details),
            ("source.read_again", self._read_again),
            ("source.export", self._export),
            ("source.variables", self._show_variables),
            ("source.remove", self.remove_chosen),
        ):
            actions[id_].triggered.connect(without_checked(serve))

    # ---- showing ----

    def reload(self) -> None:
        """List the sources anew, keeping what is chosen."""
        self.model.load(self._shelf.sources, self._shelf.folders)
        self.sets.load(self._shelf.sets)
        self._settle()

    def _settle(self) -> None:
        """Choose what is read when nothing is chosen any more, after rows came and went."""
        if not self.list.selectionModel().hasSelection():
            self._choose(self._context.source)
        self._show_page()
        self._enable()

    def chosen(self) -> list[Source]:
        """List the chosen sources."""
        return self.shelving.sources()

    def _project_changed(self) -> None:
        self.filter.clear()
        self._recount.clear()
        self.reload()

    def _follow(self, changes: ChangeSet) -> None:
        """Fetch only what a change touched: a coding needs one row, an import the list."""
        if self._context.project is None:
            return
        rows = changes.rows.get("source", frozenset())
        if changes.sources is None or rows is None or AROUND & changes.rows.keys():
            self._soon.start()
            return
        if rows:
            self._update(changes.sources | rows)
            self._settle()
        else:
            self._recount |= changes.sources
            self._counts.start()  # once the text shows what was done

    def _count_anew(self) -> None:
        touched, self._recount = self._recount, set()
        self._update(touched)

    def _update(self, touched: Collection[int]) -> None:
        """Fetch these sources anew; all, when they are many."""
        if self._context.project is None:
            return
        if len(touched) > ONE_BY_ONE:
            self._soon.start()
            return
        fresh: dict[int, Source | None] = {}
        with self._context.project.read() as r:
            for id_ in touched:
                try:
                    fresh[id_] = sources.get(r, SourceId(id_))
                except NotFound:
                    fresh[id_] = None
        self.model.update(fresh)

    def _narrow(self, words: str) -> None:
        self.model.filter(words)
        self._choose(self._context.source)
        self._show_page()
        self._enable()

    def _show_set(self) -> None:
        shown = self.sets.shown
        self.model.keep_only(shown.sources if shown else None)
        self._settle()

    def _show_page(self) -> None:
        otherwise = EMPTY.format(key=self._actions.key("file.import"))
        if len(self.model):
            otherwise = NO_MATCH if self.filter.text() else EMPTY_SET
        self.body.show_rows(some=self.model.rowCount() > 0, otherwise=otherwise)

    def _choose(self, source: SourceId | None) -> None:
        self.list.choose(source)

    def _enable(self) -> None:
        some, writable = bool(self.chosen()), self._context.writable
        for id_ in ("source.rename", "source.remove", "source.move_to"):
            self._actions[id_].setEnabled((some or self.shelving.folder() is not None) and writable)
        self._actions["source.sets"].setEnabled(some and writable)
        self._actions["source.read_again"].setEnabled(some and writable)
        self._actions["source.details"].setEnabled(some and writable)
        self._actions["source.export"].setEnabled(some)

    # ---- opening and changing ----

    def _open(self, index: QModelIndex) -> None:
        source = self.model.source_at(index)
        if source is not None:
            self._context.reveal(source.id)

    def _open_first(self) -> None:
        """Open the only, or first, source that the filter leaves."""
        found = self.model.sources()
        if found and self.filter.text():
            self._context.reveal(found[0].id)

    def _rename_in_place(self) -> None:
        if self.list.currentIndex().isValid():
            self.list.edit(self.list.currentIndex())

    def _rename(self, source: SourceId, name: str) -> None:
        self._context.change(f"rename source {one_line(name)}", lambda tx: sources.rename(tx, source, name))

    def _show_details(self) -> None:
        chosen = self.chosen()
        if chosen:
            SourceDetails(self._context, chosen, self).open()

    def _read_again(self) -> None:
        for source in self.chosen()[:1]:
            from qcode.ui.dialogs.read_again import ReadAgainDialog  # noqa: PLC0415 - no start need wait for it

            ReadAgainDialog(self._context, source, self.window()).open()

    def _show_variables(self) -> None:
        """Show the table of variables, the one that is open already when there is one."""
        window = self.window().findChild(VariablesWindow) or VariablesWindow(
            self._context, self._actions, self.window()
        )
        window.show()
        window.raise_()
        window.activateWindow()

    def _export(self) -> None:
        for source in self.chosen()[:1]:
            export_original(self._context, source, self.window())

    def remove_chosen(self) -> None:
        """Ask, saying what goes with them, and remove the chosen sources as one change."""
        chosen, project = self.chosen(), self._context.project
        if (folder := self.shelving.folder()) is not None:
            self.shelving.remove_folder(folder)
        if not chosen or project is None:
            return
        ids = [source.id for source in chosen]
        with project.read() as r:
            going = sources.removal(r, ids)
        if confirm_sources(self._context.ask, chosen, going):
            what = one_line(chosen[0].name) if len(chosen) == 1 else f"{len(chosen)} sources"
            work, label = lambda tx: sources.remove(tx, ids), f"remove {what}"
            jobs.change(self._context, label, work, rows=going.coded, parent=self.window())

    def _menu(self, at: QPoint) -> None:
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        index = self.list.indexAt(at)
        if index.isValid():
            self._fill(menu, index)
        for id_ in ("file.import", "source.new_folder", "source.sort"):
            menu.addAction(self._actions[id_])
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _fill(self, menu: Menu, index: QModelIndex) -> None:
        """Offer what can be done with what is chosen."""
        is_source = self.model.source_at(index) is not None
        if is_source:
            menu.addAction("Open", lambda: self._open(self.list.currentIndex()))
        menu.addAction(self._actions["source.rename"])
        for id_ in OF_A_SOURCE if is_source else ():
            menu.addAction(self._actions[id_])
        menu.addSeparator()
        menu.addAction("Move up\tAlt+Up", lambda: self.shelving.move_by(-1))
        menu.addAction("Move down\tAlt+Down", lambda: self.shelving.move_by(1))
        for words, fill in (("Move to folder", self.shelving.fill_folders), ("Sets", self.shelving.fill_sets)):
            if is_source or fill == self.shelving.fill_folders:
                inner = Menu(words, menu)
                fill(inner)
                menu.addMenu(inner)
        menu.addSeparator()
        menu.addAction(self._actions["source.remove"])
        menu.addSeparator()
