"""Where to look: all sources, the one that is read, a folder, a set, or the passages of a code."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from qcode.project import CodeId, FolderId, Reading, SourceId, codes, finding, folders, source_sets
from qcode.project.codes import Code
from qcode.project.finding import EVERYWHERE, Scope
from qcode.ui.context import Context
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.menu import Menu
from qcode.ui.models.shelf import shelf_of
from qcode.ui.style import set_role
from qcode.ui.widgets.plain import caption, one_line, tip

ALL = "all sources"
LONGEST = 34  # letters of a name on the button


class ScopeButton(QToolButton):
    """Show where one looks and let it be chosen; `chosen` tells of another place.

    What is chosen is looked up anew by `scope` each time, so that a folder or set means what is in it now.
    """

    chosen = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shelf = shelf_of(context)
        self._find: Callable[[Reading], Scope] = _everywhere
        self._of_code = False
        self.said = ALL
        set_role(self, "quiet")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._menu = Menu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self._say(ALL)
        context.projectChanged.connect(self.reset)

    def scope(self) -> Scope:
        """Tell where to look now. Raises NotFound when what was chosen is gone."""
        project = self._context.project
        if project is None:
            return EVERYWHERE
        with project.read() as r:
            return self._find(r)

    @property
    def is_of_code(self) -> bool:
        """Whether only what carries a code is looked at, so that coding changes what is found."""
        return self._of_code

    def reset(self) -> None:
        """Look everywhere again, and tell nobody."""
        self._find, self._of_code = _everywhere, False
        self._say(ALL)

    def take(self, other: ScopeButton) -> None:
        """Look where another one looks, and tell nobody."""
        self._find, self._of_code = other._find, other._of_code
        self._say(other.said)

    def choose_source(self, source: SourceId, name: str) -> None:
        """Look in one source."""
        self._choose(f"“{one_line(name, LONGEST)}”", lambda _: Scope(frozenset([source])))

    def choose_code(self, code: Code) -> None:
        """Look only in what carries a code, or one of a group."""
        self._choose(f"passages of “{one_line(code.name, LONGEST)}”", lambda r: _inside(r, code.id), of_code=True)

    def _choose(self, said: str, find: Callable[[Reading], Scope], *, of_code: bool = False) -> None:
        self._find, self._of_code = find, of_code
        self._say(said)
        self.chosen.emit()

    def _say(self, said: str) -> None:
        self.said = said
        self.setText(caption(f"In {said} ▾"))
        self.setAccessibleName(f"Look in {said}")
        self.setToolTip(tip("Choose where to look"))

    def _fill(self) -> None:
        """Offer what there is now."""
        menu = self._menu
        menu.clear()
        menu.addAction("All sources", lambda: self._choose(ALL, _everywhere))
        here = next((one for one in self._shelf.sources if one.id == self._context.source), None)
        if here is not None:
            words = caption(f"This source: {one_line(here.name, LONGEST)}")
            menu.addAction(words, lambda: self.choose_source(here.id, here.name))
        menu.addAction("Passages of a code…", self._ask_for_code)
        groups = [code for code in self._shelf.codes if not code.is_codable]
        if groups:
            inside = Menu("Passages of a group", menu)
            menu.addMenu(inside)
            for group in groups:
                inside.addAction(caption(one_line(group.path)), _bound(self.choose_code, group))
        project = self._context.project
        if project is None:
            return
        with project.read() as r:
            known, sets = folders.listing(r), source_sets.listing(r)
        if known:
            menu.addSeparator()
        for folder in known:
            said = f"folder “{one_line(folder.path, LONGEST)}”"
            find = _of_folder(folder.id)
            words = caption(f"Folder: {one_line(folder.path, LONGEST)}")
            menu.addAction(words, _bound(self._choose, said, find))
        if sets:
            menu.addSeparator()
        for one in sets:
            said = f"set “{one_line(one.name, LONGEST)}”"
            find = _of_set(one.name)
            words = caption(f"Set: {one_line(one.name, LONGEST)}")
            menu.addAction(words, _bound(self._choose, said, find))

    def _ask_for_code(self) -> None:
        palette = CodePalette(self._shelf.codes, self._context, used=self._shelf.used, parent=self.window())
        palette.chosen.connect(lambda chosen, _new: self.choose_code(chosen[0]) if chosen else None)
        palette.popup(self.mapToGlobal(QPoint(0, self.height())), line=self.height())


def _everywhere(_: Reading) -> Scope:
    return EVERYWHERE


def _inside(r: Reading, code: CodeId) -> Scope:
    return Scope(codes=codes.standing_for(r, code))


def _of_folder(folder: FolderId) -> Callable[[Reading], Scope]:
    return lambda r: Scope(finding.in_folder(r, folder))


def _of_set(name: str) -> Callable[[Reading], Scope]:
    return lambda r: Scope(source_sets.by_name(r, name).sources)


def _bound(serve: Callable[..., None], *given: object) -> Callable[[], None]:
    """Make a slot that cannot be given anything else."""
    return lambda: serve(*given)
