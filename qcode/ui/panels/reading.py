"""The middle of the window: the open sources, each behind a tab, read and coded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qcode.errors import QcodeError
from qcode.project import ChangeSet, CodeId, CodingId, PassageId, Project, SourceId, sources
from qcode.project.codes import Code
from qcode.ui.actions import Actions
from qcode.ui.coding import Done, Place, desk_of
from qcode.ui.context import Context, Target
from qcode.ui.focusing import BareText
from qcode.ui.models.shelf import shelf_of
from qcode.ui.reader import CodeLook, MarkKey, SourceView
from qcode.ui.settings import ZOOM_STEPS
from qcode.ui.widgets.empty import EmptyState
from qcode.ui.widgets.find_bar import FindBar
from qcode.ui.widgets.go_to_bar import GoToBar
from qcode.ui.widgets.not_data import NotData
from qcode.ui.widgets.plain import one_line
from qcode.ui.widgets.read_to import ReadTo
from qcode.ui.widgets.reshaping import Reshaping
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.source_page import SourcePage
from qcode.ui.widgets.source_tabs import SourceTabs, TabStrip
from qcode.ui.widgets.text_commands import TextCommands, caret_in

NOTHING_OPEN = "Double-click a source at the left, or press Enter on it,\nto read and code it."
NO_SOURCES = "Nothing to read yet.\nDrop texts here or press {key} to bring some in."


class ReadingArea(QWidget):
    """Show open sources; serve all commands and keys that belong to the text."""

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._actions = actions
        self._desk = desk_of(context)
        self._project: Project | None = None
        self._shelf = shelf_of(context)
        self.setAccessibleName("Reading")
        self.tabs = SourceTabs(context)
        self._strip = TabStrip(self.tabs, context)
        self.pages = QStackedWidget()
        self.empty = EmptyState(NOTHING_OPEN, "source")
        self.commands = TextCommands(context, actions, self, lambda: self.page)
        self.reshaping = Reshaping(context, actions, self, lambda: self.page)
        self.read_to = ReadTo(context, actions, self._all, self)
        self.not_data = NotData(context, actions, self, lambda: self.page)
        self.bare = BareText(actions["view.bare"], self._views, self)
        self.pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strip)
        self.find_bar = FindBar(context, actions, lambda: self.page)
        self.go_to_bar = GoToBar(context, actions, lambda: self.page)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.go_to_bar)
        layout.addWidget(self.pages, 1)
        self._later = QTimer(self, singleShot=True, interval=0)  # once the text is shown
        self._later.timeout.connect(self._remember_tabs)
        self._desk.find_place = self.place
        self._desk.select_here = lambda: self.page is not None and self.page.select_at_caret()
        self._connect()
        self._dress()
        self._project_changed()

    def _connect(self) -> None:
        context, actions = self._context, self._actions
        context.projectChanged.connect(self._project_changed)
        context.changed.connect(self._follow)
        context.themeChanged.connect(self._dress)
        context.zoomChanged.connect(self._zoom)
        context.lookChanged.connect(self._dress)
        context.revealRequested.connect(self._reveal)
        context.passageFocused.connect(self._show_passage)
        context.stepped.connect(self._show_step)
        self._desk.done.connect(self._select_done)
        self.tabs.chosen.connect(self._switch)
        self.tabs.closeAsked.connect(self.close_source)
        self.tabs.tabMoved.connect(lambda *_: self._later.start())
        serves: dict[str, Callable[[], object]] = {
            "window.next_tab": self.tabs.next,
            "window.previous_tab": lambda: self.tabs.next(-1),
            "window.close_tab": self.close_current,
        }
        for id_, serve in serves.items():
            actions[id_].triggered.connect(without_checked(serve))

    # ---- asking it ----

    @property
    def page(self) -> SourcePage | None:
        """The page in front."""
        page = self.pages.currentWidget()
        return page if isinstance(page, SourcePage) else None

    @property
    def view(self) -> SourceView | None:
        """The view of the source in front."""
        return self.page.view if self.page else None

    def place(self) -> Place | None:
        """Give what would be coded: the selected words, else the selected passage."""
        return self.page.place() if self.page else None

    def around(self) -> list[QWidget]:
        """List what stands around the text here, for who wants the text alone."""
        return [self._strip]

    # ---- opening and closing ----

    def open_source(self, source: SourceId) -> SourcePage | None:
        """Bring a source to the front, in a new tab when it has none; None when it is not in the project any more."""
        if self._page_of(source) is None and not self._add_tab(source):
            return None
        self.tabs.choose(source)
        return self.page

    def close_source(self, source: SourceId) -> None:
        """Close a tab; the source stays in the project, and the line read is remembered."""
        page = self._page_of(source)
        if page is not None:
            page.remember()
            self._drop(page)
            self._later.start()

    def close_current(self) -> None:
        """Close the tab in front."""
        if self.page is not None:
            self.close_source(self.page.source)

    def _add_tab(self, source: SourceId) -> bool:
        if self._project is None:
            return False
        try:
            with self._project.read() as r:
                name = sources.get(r, source).name
        except QcodeError as error:
            self._context.refuse(error)
            return False
        self._insert(self._project, source, name)
        return True

    def _insert(self, project: Project, source: SourceId, name: str) -> None:
        page = SourcePage(self._context, project, source)
        page.replaced.connect(lambda: self._text_replaced(page))
        self.pages.addWidget(page)
        self.tabs.add(source, name)

    def _drop(self, *pages: SourcePage) -> None:
        """Take tabs away, all of them before the next comes to the front: it might be one of those that go."""
        keyboard = self.window().focusWidget()
        read_on = keyboard is not None and any(page.isAncestorOf(keyboard) for page in pages)
        with self.tabs.held():
            for page in pages:
                self.tabs.remove(page.source)
                self.pages.removeWidget(page)
                page.deleteLater()
        self._switch(self.tabs.current())
        if read_on and self.view is not None:
            self.view.setFocus()  # Qt would go to whatever comes next in the window

    def _page_of(self, source: SourceId | None) -> SourcePage | None:
        return next((page for page in self._all() if page.source == source), None)

    def _all(self) -> list[SourcePage]:
        widgets = (self.pages.widget(place) for place in range(self.pages.count()))
        return [page for page in widgets if isinstance(page, SourcePage)]

    def _views(self) -> list[SourceView]:
        return [page.view for page in self._all() if page.view is not None]

    def _switch(self, source: SourceId | None) -> None:
        """Show the page of the tab that was chosen; its text is loaded now, when it is first seen."""
        before, page = self.page, self._page_of(source)
        if before is not None and before is not page:
            before.remember()
        if page is None:
            self._show_empty()
        elif not self._load(page):
            return
        self._strip.setVisible(page is not None and not self._actions["view.focus"].isChecked())
        self._context.focus_source(source)
        self._tell_where()
        self._later.start()

    def _load(self, page: SourcePage) -> bool:
        try:
            fresh = page.view is None
            view = page.load(self.looks())
        except QcodeError as error:
            self._context.refuse(error)
            self._drop(page)
            return False
        if fresh:
            self._serve(view)
        self.pages.setCurrentWidget(page)
        return True

    def _serve(self, view: SourceView) -> None:
        """Give a view its commands and hear what it says."""
        self.commands.serve(view)
        self.reshaping.serve(view)
        self.bare.serve(view)
        view.markSelected.connect(self._mark_selected)
        view.zoomChanged.connect(self._zoomed_in_view)
        view.caretMoved.connect(self._tell_place)
        view.scrolled.connect(self._tell_where)

    def _text_replaced(self, page: SourcePage) -> None:
        """Look again for what was looked for, and tell where one is now."""
        if page is self.page:
            self.find_bar.look(go=False)
            self._tell_where()

    def _show_empty(self) -> None:
        self.pages.setCurrentWidget(self.empty)
        none = self._project is not None and not self._shelf.sources
        self.empty.say(NO_SOURCES.format(key=self._actions.key("file.import")) if none else NOTHING_OPEN)

    # ---- the project comes, goes and changes ----

    def _project_changed(self) -> None:
        if self._context.project is self._project:
            return
        if self._later.isActive():
            self._later.stop()
            self._remember_tabs()
        for page in self._all():
            page.remember()
        self._project = None  # so that closing tabs is not taken for the researcher's wish
        self.tabs.clear()
        for page in self._all():
            self.pages.removeWidget(page)
            page.deleteLater()
        self._project = self._context.project
        self._restore_tabs()

    def _restore_tabs(self) -> None:
        project = self._project
        if project is None:
            self._switch(None)
            return
        guids, front = self._context.settings.open_sources(project.path, self._context.number)
        known = {source.guid: source for source in self._shelf.sources}
        opened = [known[guid] for guid in guids if guid in known] or list(known.values())[:1]
        with self.tabs.held():
            for source in opened:
                self._insert(project, source.id, source.name)
        first = known.get(front) or (opened[0] if opened else None)
        if first is not None and first in opened:
            self.tabs.choose(first.id)
        self._switch(self.tabs.current())

    def _remember_tabs(self) -> None:
        project = self._project
        if project is None or self.tabs.is_held:
            return
        with project.read() as r:
            guids = sources.guids(r, self.tabs.sources())
        opened = [guids[source] for source in self.tabs.sources() if source in guids]
        front = guids.get(self.tabs.current() or SourceId(0), "")
        self._context.settings.remember_sources(project.path, opened, front, self._context.number)

    def _follow(self, changes: ChangeSet) -> None:
        if self._project is None:
            return
        if {"source", "text"} & changes.rows.keys():
            self._follow_sources()
        if "code" in changes.rows:
            self._refresh_looks()
        for page in self._all():
            page.follow(changes)

    def _show_step(self, step: ChangeSet) -> None:
        """Bring what was undone or brought back into sight, when it is in the source that is read."""
        page = self.page
        if page is None or page.view is None or step.sources is None or page.source not in step.sources:
            return
        if page.changed_at is not None:
            page.view.reveal(*page.changed_at)

    def _follow_sources(self) -> None:
        """Rename tabs, and close those whose source is gone."""
        if self._project is None:
            return
        with self._project.read() as r:
            names = sources.names(r, self.tabs.sources())
        gone = [page for page in self._all() if page.source not in names]
        for page in self._all():
            if page not in gone:
                self.tabs.rename(page.source, names[page.source])
        if gone:
            self._context.say(f"“{one_line(self.tabs.name(gone[0].source))}” is not in the project any more.")
            self._drop(*gone)
        if self.page is None:
            self._show_empty()

    def looks(self) -> dict[int, CodeLook]:
        """Give how each code is shown."""
        return {code.id: CodeLook(code.name, code.color, _tip(code)) for code in self._shelf.codes}

    def _refresh_looks(self) -> None:
        looks = self.looks()
        for page in self._all():
            if page.view is not None:
                page.view.set_looks(looks)

    # ---- moving about ----

    def _reveal(self, target: Target) -> None:
        page = self.open_source(target.source)
        if page is None or page.view is None:
            return
        if target.start is not None and target.end is not None:
            if target.select:
                page.view.set_selection(target.start, target.end)
            page.view.reveal(target.start, target.end)
        elif target.start is not None:
            page.view.go_to(target.start)
        page.view.setFocus()

    def _show_passage(self, passage: PassageId | None) -> None:
        page = self.page
        if page is not None and passage is not None:
            selected = page.selected()
            coding = self._context.coding
            if selected is None or selected[0] != passage or coding not in (None, selected[1]):
                page.select_passage(passage, self._context.coding)

    def _mark_selected(self, key: MarkKey | None) -> None:
        page = self.page
        mark = page.selected() if page else None
        coding = CodingId(key[1]) if key and key[1] else None
        self._context.focus_passage(PassageId(key[0]) if key else None, coding)
        if mark is not None and mark[2]:
            self._context.focus_code(CodeId(mark[2]))

    def _tell_where(self) -> None:
        """Tell where one reads: at the caret while it is in sight, else at the first line in sight."""
        view = self.view
        if view is None:
            self._context.placeChanged.emit(0, 0)
        else:
            self._tell_place(view.top() if caret_in(view) is None else view.selection()[1])

    def _tell_place(self, offset: int) -> None:
        if self.view is not None:
            self._context.placeChanged.emit(self.view.paragraph_at(offset), self.view.paragraph_count())

    # ---- coding ----

    def _select_done(self, done: Done) -> None:
        """Select what was just coded, and go on reading behind it."""
        page, place = self.page, self.place()
        if page is None or page.view is None:
            return
        page.select_passage(done.passage, done.codings[-1] if done.codings else None)
        if place is not None:
            page.view.set_selection(place.end, place.end)

    # ---- how it looks ----

    def _dress(self) -> None:
        self.empty.dress(self._context.theme)
        self.tabs.dress(self._context.icons)
        for page in self._all():
            page.dress()

    def _zoom(self, percent: int) -> None:
        for page in self._all():
            if page.view is not None:
                page.view.set_zoom(percent / 100)

    def _zoomed_in_view(self, zoom: float) -> None:
        """The wheel asked a view for another size: take the next step that way, in all views."""
        now = self._context.settings.zoom
        if abs(zoom * 100 - now) < 0.5:
            return
        step = ZOOM_STEPS.index(now) + (1 if zoom * 100 > now else -1)
        self._context.use_zoom(ZOOM_STEPS[min(max(step, 0), len(ZOOM_STEPS) - 1)])


def _tip(code: Code) -> str:
    return "\n".join(part for part in (code.path, code.short_definition or code.definition) if part)
