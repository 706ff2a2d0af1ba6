"""Every command of the window, once: its words, its menu, its key and its picture, in one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from qcode.ui.keymap import Keymap, is_typed, native
from qcode.ui.settings import Settings

MENUS = ("File", "Edit", "View", "Code", "Source", "Analyse", "Window", "Help")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command. `text` may hold one & before its mnemonic; `in_text`: its key works only where a source is read.

    Of other commands too a letter or digit works only there. `in_list`: its key works only in the widget that adds the
    action to itself. `gap`: a line stands before it in its menu. `check`: it is switched on and off; a name joins a
    group of which one is on. `shortcut`: the keys it comes with; the researcher may give it others.
    """

    id: str
    text: str
    menu: str
    shortcut: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    in_text: bool = False
    in_list: bool = False
    gap: bool = False
    check: str = ""

    @property
    def plain(self) -> str:
        """The text without its mnemonic and dots, for tips, the cheat sheet and accessible names."""
        return self.text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


def _spec(id_: str, text: str, *shortcut: str, icon: str = "", tip: str = "", **switches: bool | str) -> ActionSpec:
    menu = id_.partition(".")[0].capitalize()
    return ActionSpec(id_, text, menu, shortcut, icon, tip, **switches)  # type: ignore[arg-type]


def _resizing() -> Iterator[ActionSpec]:
    """The keys that move the ends of a passage: what the handles of its bracket do with the mouse."""
    for which, mods in (("end", "Alt+"), ("start", "Alt+Shift+")):
        for way, by, key in (
            ("later", "a character", "Right"),
            ("earlier", "a character", "Left"),
            ("later", "a word", "Down"),
            ("earlier", "a word", "Up"),
        ):
            id_ = f"resize.{which}_{by.removeprefix('a ')}_{way}"
            words = f"{which.capitalize()} {by} {way}"
            yield ActionSpec(id_, words, "Resize", (mods + key,), tip=f"Move the {which} {by} {way}", in_text=True)


SPECS: tuple[ActionSpec, ...] = (
    _spec("file.new", "&New project…", "Ctrl+N", icon="plus", tip="Make a project file, empty or with a codebook"),
    _spec("file.open", "&Open project…", "Ctrl+O", icon="folder", tip="Open a project file"),
    _spec("file.sample", "Open the &sample project", icon="book", tip="Try everything on a small, invented study"),
    _spec("file.close", "&Close project", icon="close", tip="Close the project; everything in it is saved"),
    _spec("file.import", "&Import sources…", "Ctrl+I", icon="import", gap=True, tip="Bring texts into the project"),
    _spec(
        "file.paste", "Ne&w source from pasted text…", "Ctrl+Shift+V", tip="Make a source of what was copied elsewhere"
    ),
    _spec("file.import_codebook", "Import co&debook…", tip="Bring in codes from a CSV file"),
    _spec("file.export_codebook", "Export code&book…", "Ctrl+Shift+E", icon="export", tip="Write all codes as CSV"),
    _spec("file.export_passages", "Export &passages…", icon="export", tip="Write all passages as CSV or JSON"),
    _spec(
        "file.export_pdf", "Export source as PD&F…", icon="export", tip="Write the open source with its margin as PDF"
    ),
    _spec("file.print", "P&rint…", "Ctrl+P", gap=True, tip="Print the open source with its highlights and margin"),
    _spec("file.backup", "Back &up…", icon="backup", gap=True, tip="Write a checked copy of the project"),
    _spec("file.restore", "Res&tore a backup…", tip="Bring a backup back under a new name, and open it"),
    _spec("file.quit", "&Quit", "Ctrl+Q", gap=True, tip="Leave QCode; everything is saved"),
    _spec("edit.undo", "&Undo", "Ctrl+Z", icon="undo", tip="Take your last action back"),
    _spec("edit.redo", "&Redo", "Ctrl+Shift+Z", "Ctrl+Y", icon="redo", tip="Bring back what was undone"),
    _spec("edit.copy", "&Copy", "Ctrl+C", icon="copy", gap=True, in_text=True, tip="Copy the selected words"),
    _spec("edit.copy_reference", "Copy &with reference", "Ctrl+Shift+C", in_text=True, tip="Copy with where it stands"),
    _spec("edit.quote_form", "How &quotes are copied…", tip="Choose how a quote says where it stands"),
    _spec("edit.select_all", "Select &all", "Ctrl+A", in_text=True, tip="Select the whole source"),
    _spec("edit.search", "Search &everything…", "Ctrl+K", icon="search", gap=True, tip="Find words in the project"),
    _spec("edit.find", "&Find in the source…", "Ctrl+F", "F", icon="search", tip="Find words in the open source"),
    _spec("edit.find_all", "F&ind in all sources…", "Ctrl+Shift+F", icon="search", tip="Find words in all sources"),
    _spec("edit.find_next", "Find &next", "F3", tip="Go to the next place that was found"),
    _spec("edit.find_previous", "Find pre&vious", "Shift+F3", tip="Go to the place that was found before"),
    _spec("edit.go_to_paragraph", "&Go to paragraph…", "Ctrl+G", tip="Go to a paragraph by its number"),
    _spec("edit.go_to_page", "Go to &page…", "Ctrl+Shift+G", tip="Go to a page that the source had as a file"),
    _spec("view.sources", "&Sources", "Ctrl+1", check="alone", tip="Show or hide the list of sources"),
    _spec("view.codebook", "&Codebook", "Ctrl+2", check="alone", tip="Show or hide the codebook"),
    _spec("view.definition", "D&efinition", "Ctrl+3", check="alone", tip="Show or hide the code in focus"),
    _spec("view.outline", "O&utline", "Ctrl+4", check="alone", gap=True, tip="Show or hide headings and speakers"),
    _spec("view.details", "De&tails", "F4", check="alone", tip="Show or hide what is known of the selection"),
    _spec("view.evidence", "&Passages of a code", "F8", check="alone", tip="Show or hide where a code was applied"),
    _spec("view.review", "To re&view", "F9", check="alone", tip="Show or hide what waits for review"),
    _spec("view.search", "Searc&h in sources", check="alone", tip="Show or hide the search in all sources"),
    _spec("view.zoom_in", "Zoom &in", "Ctrl++", "Ctrl+=", icon="zoom-in", gap=True, tip="Read in larger letters"),
    _spec("view.zoom_out", "Zoom &out", "Ctrl+-", icon="zoom-out", tip="Read in smaller letters"),
    _spec("view.zoom_reset", "&Normal size", "Ctrl+0", tip="Read in letters of the usual size"),
    _spec("view.reading", "&Reading…", icon="book", tip="Font, line height, paper, strength of the tints, ruler"),
    _spec("view.show_codes", "Sho&w codes…", icon="tag", tip="Choose whose codings, and of which codes, are shown"),
    _spec(
        "view.bare", "&Bare text", "B", in_text=True, check="alone", tip="The text without codings; hold B for a moment"
    ),
    _spec("view.focus", "&Focus on the text", "F11", check="alone", tip="The text alone; Esc returns"),
    _spec("view.theme_system", "Theme of the s&ystem", check="theme", gap=True, tip="Light or dark as the system is"),
    _spec("view.theme_light", "&Light theme", check="theme", tip="Dark letters on light paper"),
    _spec("view.theme_dark", "&Dark theme", check="theme", tip="Light letters on dark paper"),
    _spec("code.apply", "&Apply a code…", "C", icon="tag", in_text=True, tip="Choose a code by typing a few letters"),
    _spec("code.last", "Appl&y the last code again", "Q", in_text=True, tip="Apply the code used last"),
    _spec("code.highlight", "&Highlight without a code", "H", icon="highlight", in_text=True, tip="Keep it for later"),
    _spec("code.in_vivo", "In-&vivo code", "V", icon="quote", in_text=True, tip="Make a code of the selected words"),
    _spec("code.change", "&Change code…", "X", in_text=True, tip="Give the selected coding another code"),
    _spec("code.remove", "Re&move coding", "Delete", in_text=True, tip="Take the code off the selected passage"),
    _spec("code.reason", "&Write the reason", "N", icon="edit", in_text=True, tip="Say why the code was given"),
    _spec("code.auto", "A&uto-code…", "Ctrl+Shift+A", tip="Code many places in one go: of words, headings, speakers"),
    _spec("code.next_passage", "Ne&xt passage", "J", "Ctrl+Down", icon="down", in_text=True, gap=True),
    _spec("code.previous_passage", "&Previous passage", "K", "Ctrl+Up", icon="up", in_text=True),
    _spec("code.other", "O&ther code of the passage", "O", in_text=True, tip="Select the passage here, then its codes"),
    _spec(
        "code.accept_guess", "Accept the gu&ess in review", "Ctrl+Shift+Y", gap=True, tip="Where it was guessed to be"
    ),
    _spec("code.place_here", "P&lace what waits here", "Ctrl+Shift+H", tip="Give what waits the selected words"),
    _spec("code.new", "&New code…", "Ctrl+Shift+N", icon="plus", gap=True, tip="Add a code to the codebook"),
    _spec("code.new_group", "New &group…", icon="group", tip="Add a group that holds codes"),
    _spec("code.edit", "Ed&it code…", "Ctrl+D", icon="edit", tip="Write the definition and the other fields"),
    _spec("code.rename", "&Rename code…", "F2", in_list=True, tip="Give the code another name"),
    _spec("code.color", "C&olour…", icon="swatch", tip="Give the code another colour"),
    _spec("code.delete", "&Delete code…", icon="trash", tip="Delete the code and what was coded with it"),
    _spec("source.rename", "&Rename source…", "F2", in_list=True, tip="Give the source or folder another name"),
    _spec("source.details", "&Details…", icon="info", tip="Title, how to cite it, and where it came from"),
    _spec("source.read_to", "Read to &here", "Ctrl+Shift+R", tip="Mark up to where you have read; again forgets it"),
    _spec("source.edit", "Edit te&xt…", "Ctrl+Shift+X", icon="edit", gap=True, tip="Correct the text; passages follow"),
    _spec("source.replace", "Replace b&y a newer file…", tip="Put a newer text in its place; passages follow"),
    _spec("source.revisions", "Ear&lier texts…", tip="What the text was before it was corrected"),
    _spec("source.not_data", "Mark as &not data", "Ctrl+Shift+D", gap=True, tip="Leave what is selected out of counts"),
    _spec("source.data", "Mark as data &again", tip="Count what is selected again"),
    _spec("source.speakers", "Spea&kers…", tip="Say which names before a colon are speakers"),
    _spec("source.parts", "&What is not data…", tip="Leave out a speaker's turns, notes or whole sections at one go"),
    _spec("source.new_folder", "New &folder…", icon="folder", gap=True, tip="Make a folder for the chosen sources"),
    _spec("source.move_to", "Mo&ve to a folder…", tip="Put the chosen sources or the folder into another folder"),
    _spec("source.sets", "Put into a &set…", tip="Put the chosen sources into a set, or take them out of it"),
    _spec("source.sort", "Sort &by name", tip="Let all sources and folders stand by their names again"),
    _spec(
        "source.read_again", "Read the file a&gain…", gap=True, tip="In another encoding, as Markdown, with speakers"
    ),
    _spec("source.variables", "Var&iables…", "Ctrl+Shift+T", tip="What is known of each source, in a table"),
    _spec("source.pseudonyms", "&Pseudonyms…", tip="Put other names in the place of people's names"),
    _spec("source.export", "&Export original file…", icon="export", tip="Write the file it was made from"),
    _spec("source.remove", "Re&move source…", icon="trash", gap=True, tip="Take the source out of the project"),
    _spec("analyse.words", "Word &list…", "Ctrl+Shift+L", tip="How often each word stands in the sources"),
    _spec("analyse.context", "Words in &context…", "Ctrl+Shift+K", tip="Places of words, each on a line of its own"),
    _spec("window.next_tab", "&Next source", "Ctrl+Tab", "Ctrl+PgDown", tip="Go to the next open source"),
    _spec(
        "window.previous_tab",
        "&Previous source",
        "Ctrl+Shift+Tab",
        "Ctrl+PgUp",
        tip="Go to the open source before this one",
    ),
    _spec(
        "window.next_pane", "Next p&ane", "F6", gap=True, tip="Give the keyboard to the next pane: lists, text, details"
    ),
    _spec("window.previous_pane", "Pre&vious pane", "Shift+F6", tip="Give the keyboard to the pane before this one"),
    _spec("window.new", "New &window", "Ctrl+Shift+W", tip="A second window on this project, for a second screen"),
    _spec("window.close_tab", "&Close source", "Ctrl+W", tip="Close the tab; the source stays in the project"),
    *_resizing(),
    _spec("help.commands", "&Commands…", "Ctrl+Shift+P", icon="search", tip="Run any command by its name"),
    _spec("help.shortcuts", "&Keyboard shortcuts", "?", "F1", icon="keyboard", tip="All keys on one page"),
    _spec("help.about", "&About QCode", icon="info", tip="Which version this is"),
)


class Actions(QObject):
    """Hold the QAction of each command: panels connect what they serve and enable it while it can be done.

    `keys` knows which keys the commands have; with settings, those that the researcher gave them.
    """

    keysChanged = Signal()  # noqa: N815 - Qt's way of naming

    def __init__(self, parent: QObject | None = None, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self._groups: dict[str, QActionGroup] = {}
        self._held: list[str] = []
        self.specs = {spec.id: spec for spec in SPECS}
        self._actions = {spec.id: self._make(spec) for spec in SPECS}
        self._typed = {spec.id: self._make_typed(spec) for spec in SPECS if not (spec.in_text or spec.in_list)}
        self.keys = Keymap(self.specs, settings)
        self._give_keys()

    def __getitem__(self, id_: str) -> QAction:
        return self._actions[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def menu(self, name: str) -> list[ActionSpec]:
        """List the commands of one of MENUS in order."""
        return [spec for spec in SPECS if spec.menu == name]

    def key(self, id_: str) -> str:
        """Say the first key of a command as this platform writes it, for a hint beside a button; "" when none."""
        return native(next(iter(self.keys.keys(id_)), ""))

    def typed(self) -> list[QAction]:
        """List what a text adds to itself so that the letters of commands of the whole window work there."""
        return list(self._typed.values())

    def rekey(self) -> None:
        """Let menus, tips and hints follow when keys were changed."""
        self._give_keys()
        self.keysChanged.emit()

    def enable_for(self, *, project: bool, writable: bool) -> None:
        """Switch all commands on or off for a project that was opened or closed; panels then see to their own."""
        for id_, action in self._actions.items():
            action.setEnabled(id_ in WITHOUT_PROJECT or (project and (writable or not self.writes(id_))))

    def hold(self, hold: bool) -> None:
        """Keep the writing commands back while long work runs, and give back those that were on before."""
        if hold:
            self._held = [id_ for id_ in self._actions if self.writes(id_) and self._actions[id_].isEnabled()]
        for id_ in self._held:
            self._actions[id_].setEnabled(not hold)

    def writes(self, id_: str) -> bool:
        """Tell whether a command changes the project."""
        menu = self.specs[id_].menu
        return id_ in _WRITING or (menu in ("Code", "Source", "Resize") and id_ not in _READING)

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.id)
        local = spec.in_text or spec.in_list
        context = Qt.ShortcutContext
        action.setShortcutContext(context.WidgetWithChildrenShortcut if local else context.WindowShortcut)
        action.setStatusTip(spec.tip or spec.plain)
        action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
        if spec.check:
            action.setCheckable(True)
        if spec.check not in ("", "alone"):
            self._groups.setdefault(spec.check, QActionGroup(self)).addAction(action)
        return action

    def _make_typed(self, spec: ActionSpec) -> QAction:
        """Make what stands in for a command of the whole window where one reads: its letter works there alone."""
        action = QAction(self)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _=False: self._actions[spec.id].trigger())
        return action

    def _give_keys(self) -> None:
        for id_, action in self._actions.items():
            keys, stand_in = self.keys.keys(id_), self._typed.get(id_)
            elsewhere = [key for key in keys if stand_in is not None and is_typed(key)]
            action.setShortcuts([QKeySequence(key) for key in keys if key not in elsewhere])
            if stand_in is not None:
                stand_in.setShortcuts([QKeySequence(key) for key in elsewhere])
            tip, key = action.statusTip(), self.key(id_)
            action.setToolTip(f"{tip} ({key})" if key else tip)


WITHOUT_PROJECT = frozenset(
    ("file.new", "file.open", "file.sample", "file.quit", "view.theme_system", "view.theme_light", "view.theme_dark")
) | {"file.restore", "help.commands", "help.shortcuts", "help.about"}
_WRITING = frozenset(("file.import", "file.paste", "file.import_codebook", "edit.undo", "edit.redo"))
_READING = frozenset(
    ("code.next_passage", "code.previous_passage", "code.other", "source.details", "source.read_to", "source.export")
) | {"source.variables", "source.revisions"}
_ROLES = {"file.quit": QAction.MenuRole.QuitRole, "help.about": QAction.MenuRole.AboutRole}
