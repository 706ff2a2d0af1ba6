"""The middle of the window: the open sources, each behind a tab, read and coded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from qcode.errors import QcodeError
from qcode.project import ChangeSet, CodeId, CodingId, PassageId, Project, SourceId, codes, sources
from qcode.project.codes import Code
from qcode.ui.actions import Actions
from qcode.ui.coding import Done, Place, desk_of
from qcode.ui.context import Context, Target
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.reader import CodeLook, MarkKey, SourceView
from qcode.ui.reader.textarea import TextArea
from qcode.ui.settings import ZOOM_STEPS
from qcode.ui.widgets.empty import EmptyState
from qcode.ui.widgets.plain import caption, one_line
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.source_page import SourcePage
from qcode.ui.widgets.source_tabs import SourceTabs, TabStrip

NOTHING_OPEN = "Choose a source at the left to read and code it."
NO_SOURCES = "Nothing to read yet.\nDrop texts here or press {key} to bring some in."
NO_PASSAGE = "Select a passage first: click its bracket, or walk to it with {key}."
IN_TEXT = (
    *("edit.copy", "edit.select_all", "code.apply", "code.last", "code.highlight", "code.in_vivo", "code.remove"),
    *("code.next_passage", "code.previous_passage"),
)
RECENT_IN_MENU = 6


class ReadingArea(QWidget):
    """Show open sources; serve all commands and keys that belong to the text."""

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._actions = actions
        self._desk = desk_of(context)
        self._project: Project | None = None
        self._codes: dict[int, Code] = {}
        self.setAccessibleName("Reading")
        self.tabs = SourceTabs(context)
        self._strip = TabStrip(self.tabs, context)
        self.pages = QStackedWidget()
        self.empty = EmptyState(NOTHING_OPEN, "source")
        self._enter = QAction(self)
        self._enter.setShortcuts([QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter)])
        self._enter.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strip)
        layout.addWidget(self.pages, 1)
        self._desk.find_place = self.place
        self._connect()
        self._dress()
        self._project_changed()

    def _connect(self) -> None:
        context, actions = self._context, self._actions
        context.projectChanged.connect(self._project_changed)
        context.changed.connect(self._follow)
        context.themeChanged.connect(self._dress)
        context.zoomChanged.connect(self._zoom)
        context.revealRequested.connect(self._reveal)
        context.passageFocused.connect(self._show_passage)
        self._desk.done.connect(self._select_done)
        self.tabs.chosen.connect(self._switch)
        self.tabs.closeAsked.connect(self.close_source)
        self.tabs.tabMoved.connect(lambda *_: self._remember_tabs())
        self._enter.triggered.connect(without_checked(self.open_palette))
        serves: dict[str, Callable[[], object]] = {
            "code.apply": self.open_palette,
            "code.last": self._desk.last,
            "code.highlight": self._desk.highlight,
            "code.in_vivo": self._desk.in_vivo,
            "code.remove": self.remove_selected,
            "code.next_passage": lambda: self.walk(forward=True),
            "code.previous_passage": lambda: self.walk(forward=False),
            "edit.copy": self.copy,
            "edit.select_all": self.select_all,
            "window.next_tab": self.tabs.next,
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
            self._remember_tabs()

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
            self._context.fail(error)
            return False
        self._insert(self._project, source, name)
        return True

    def _insert(self, project: Project, source: SourceId, name: str) -> None:
        self.pages.addWidget(SourcePage(self._context, self._desk, project, source))
        self.tabs.add(source, name)

    def _drop(self, page: SourcePage) -> None:
        self.tabs.remove(page.source)
        self.pages.removeWidget(page)
        page.deleteLater()
        self._switch(self.tabs.current())

    def _page_of(self, source: SourceId | None) -> SourcePage | None:
        return next((page for page in self._all() if page.source == source), None)

    def _all(self) -> list[SourcePage]:
        widgets = (self.pages.widget(place) for place in range(self.pages.count()))
        return [page for page in widgets if isinstance(page, SourcePage)]

    def _switch(self, source: SourceId | None) -> None:
        """Show the page of the tab that was chosen; its text is loaded now, when it is first seen."""
        before, page = self.page, self._page_of(source)
        if before is not None and before is not page:
            before.remember()
        if page is None:
            self._show_empty()
        elif not self._load(page):
            return
        self._strip.setVisible(page is not None)
        self._context.focus_source(source)
        self._tell_top()
        self._remember_tabs()

    def _load(self, page: SourcePage) -> bool:
        try:
            fresh = page.view is None
            view = page.load(self._looks())
        except QcodeError as error:
            self._context.fail(error)
            self._drop(page)
            return False
        if fresh:
            self._serve(view)
        self.pages.setCurrentWidget(page)
        return True

    def _serve(self, view: SourceView) -> None:
        """Give a view its keys and hear what it says."""
        for id_ in IN_TEXT:
            view.addAction(self._actions[id_])
        view.addAction(self._enter)
        view.keyTyped.connect(self.type_key)
        view.markSelected.connect(self._mark_selected)
        view.menuRequested.connect(self._menu)
        view.zoomChanged.connect(self._zoomed_in_view)
        view.caretMoved.connect(self._tell_place)
        view.scrolled.connect(self._tell_top)

    def _show_empty(self) -> None:
        self.pages.setCurrentWidget(self.empty)
        none = False
        if self._project is not None:
            with self._project.read() as r:
                none = not sources.listing(r)
        self.empty.say(NO_SOURCES.format(key=self._actions.key("file.import")) if none else NOTHING_OPEN)

    # ---- the project comes, goes and changes ----

    def _project_changed(self) -> None:
        if self._context.project is self._project:
            return
        for page in self._all():
            page.remember()
        self._project = None  # so that closing tabs is not taken for the researcher's wish
        self.tabs.clear()
        for page in self._all():
            self.pages.removeWidget(page)
            page.deleteLater()
        self._project = self._context.project
        self._read_codes()
        self._restore_tabs()

    def _restore_tabs(self) -> None:
        project = self._project
        if project is None:
            self._switch(None)
            return
        guids, front = self._context.settings.open_sources(project.path)
        with project.read() as r:
            known = {source.guid: source for source in sources.listing(r)}
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
            guids = {source: sources.get(r, source).guid for source in self.tabs.sources()}
        front = self.tabs.current()
        self._context.settings.remember_sources(project.path, list(guids.values()), guids[front] if front else "")

    def _follow(self, changes: ChangeSet) -> None:
        if self._project is None:
            return
        if {"source", "text"} & changes.rows.keys():
            self._follow_sources(self._project)
        if "code" in changes.rows:
            self._read_codes()
            self._refresh_looks()
        for page in self._all():
            page.follow(changes)

    def _follow_sources(self, project: Project) -> None:
        """Rename tabs, and close those whose source is gone."""
        with project.read() as r:
            names = {source.id: source.name for source in sources.listing(r)}
        for page in self._all():
            if page.source in names:
                self.tabs.rename(page.source, names[page.source])
            else:
                self._context.say(f"“{one_line(self.tabs.name(page.source))}” is not in the project any more.")
                self._drop(page)
        if self.page is None:
            self._show_empty()

    def _read_codes(self) -> None:
        self._codes = {}
        if self._project is not None:
            with self._project.read() as r:
                self._codes = {code.id: code for code in codes.codebook(r)}

    def _looks(self) -> dict[int, CodeLook]:
        return {id_: CodeLook(code.name, code.color, _tip(code)) for id_, code in self._codes.items()}

    def _refresh_looks(self) -> None:
        looks = self._looks()
        for page in self._all():
            if page.view is not None:
                page.view.set_looks(looks)

    # ---- moving about ----

    def _reveal(self, target: Target) -> None:
        page = self.open_source(target.source)
        if page is None or page.view is None:
            return
        if target.start is not None:
            page.view.reveal(target.start, target.end if target.end is not None else target.start)
        page.view.setFocus()

    def _show_passage(self, passage: PassageId | None) -> None:
        page = self.page
        if page is not None and passage is not None:
            selected = page.selected()
            if selected is None or selected[0] != passage:
                page.select_passage(passage)

    def walk(self, *, forward: bool) -> None:
        """Go to the next passage, or the one before, and select it."""
        page = self.page
        if page is None or page.view is None:
            return
        mark = page.neighbour(forward=forward)
        if mark is None:
            self._context.say("This is the last passage." if forward else "This is the first passage.")
            return
        page.view.select_mark(mark[0], mark[1])
        page.view.reveal(mark[3], mark[4])

    def _mark_selected(self, key: MarkKey | None) -> None:
        page = self.page
        mark = page.selected() if page else None
        self._context.focus_passage(PassageId(key[0]) if key else None)
        if mark is not None and mark[2]:
            self._context.focus_code(CodeId(mark[2]))

    def _tell_top(self) -> None:
        view = self.view
        if view is None:
            self._context.placeChanged.emit(0, 0)
        else:
            self._tell_place(view.top())

    def _tell_place(self, offset: int) -> None:
        if self.view is not None:
            self._context.placeChanged.emit(self.view.paragraph_at(offset), self.view.paragraph_count())

    def copy(self) -> None:
        """Put the selected words on the clipboard."""
        if self.view is not None:
            self.view.copy()

    def select_all(self) -> None:
        """Select the whole source."""
        if self.view is not None:
            self.view.select_all()

    # ---- coding ----

    def type_key(self, key: str) -> None:
        """Apply the code that has this key to what is selected."""
        code = next((code for code in self._codes.values() if code.shortcut == key), None)
        if code is not None:
            self._desk.apply([code])
        else:
            self._context.say(f"No code has the key {key}.")

    def open_palette(self) -> None:
        """Choose codes for what is selected by typing a few letters."""
        view, place = self.view, self._desk.place()
        if view is None or place is None or self._project is None:
            return
        with self._project.read() as r:
            used = codes.applied(r)
        palette = CodePalette(
            list(self._codes.values()), self._context, recent=self._desk.recent, used=used, parent=self
        )
        palette.chosen.connect(lambda chosen, new: self._desk.apply(chosen, place=place, new=new))
        palette.popup(view.mapToGlobal(self._caret_point(view)))

    def _caret_point(self, view: SourceView) -> QPoint:
        text = view.focusProxy()
        rect = text.caret_in_widget() if isinstance(text, TextArea) else None
        return QPoint(view.width() // 4, view.height() // 3) if rect is None else rect.bottomLeft() + QPoint(0, 6)

    def _select_done(self, done: Done) -> None:
        """Select what was just coded, and go on reading behind it."""
        page, place = self.page, self.place()
        if page is None or page.view is None:
            return
        page.select_passage(done.passage, done.codings[-1] if done.codings else None)
        if place is not None:
            page.view.set_selection(place.end, place.end)

    def remove_selected(self) -> None:
        """Take the selected code off its passage; a passage without a code goes as a whole."""
        page = self.page
        mark = page.selected() if page else None
        if mark is None:
            self._context.say(NO_PASSAGE.format(key=self._actions.key("code.next_passage")))
        elif mark[1]:
            self._desk.uncode(PassageId(mark[0]), CodingId(mark[1]), self._codes.get(mark[2]))
        else:
            self._desk.remove_passage(PassageId(mark[0]))

    def _menu(self, at: QPoint, _offset: int) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id_ in ("code.apply", "code.in_vivo", "code.highlight"):
            menu.addAction(self._actions[id_])
        recent = [code for id_ in self._desk.recent[:RECENT_IN_MENU] if (code := self._codes.get(id_))]
        if recent:
            menu.addSeparator()
        for code in recent:
            menu.addAction(f"Apply {caption(one_line(code.name))}", partial(self._desk.apply, [code]))
        menu.addSeparator()
        for id_ in ("code.remove", "edit.copy", "edit.select_all"):
            menu.addAction(self._actions[id_])
        menu.popup(at)

    # ---- how it looks ----

    def _dress(self) -> None:
        self.empty.dress(self._context.theme)
        self.tabs.dress(self._context.icons)
        for page in self._all():
            if page.view is not None:
                page.view.set_theme(self._context.theme)

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
