"""The codebook: choose a code, apply it, and shape the list itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from qcode.errors import QcodeError
from qcode.project import ChangeSet, CodeId, SourceId, codes, passages, sources
from qcode.project.codes import Code
from qcode.project.passages import Passage
from qcode.ui import jobs
from qcode.ui.actions import Actions
from qcode.ui.coding import Place, desk_of
from qcode.ui.context import Context
from qcode.ui.dialogs.code_editor import CodeEditor
from qcode.ui.dialogs.removal import confirm_code
from qcode.ui.menu import Menu
from qcode.ui.models.codebook import CodebookTree
from qcode.ui.models.shelf import shelf_of
from qcode.ui.models.tally import Counted, tally_of
from qcode.ui.widgets.code_tree import CodeTree
from qcode.ui.widgets.filtered import Filtered, alone
from qcode.ui.widgets.passage_drops import Dragged
from qcode.ui.widgets.plain import caption, one_line
from qcode.ui.widgets.serving import without_checked

EMPTY = "No codes yet. Press + for a first one,\nor V on words in the text."
NO_MATCH = "No code of this name."
OF_A_CODE = ("code.edit", "code.rename", "code.color", "code.delete")


class CodebookPanel(QWidget):
    """Show the codebook with counts; a double-click applies a code to what is selected in the text."""

    key = "codebook"
    title = "Codebook"
    area = "left"

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._actions = actions
        self._shelf = shelf_of(context)
        self._desk = desk_of(context)
        self.setAccessibleName(self.title)
        self.model = CodebookTree(self)
        self.tree = CodeTree(self.model, context)
        self.body = Filtered(self.title, self.tree, actions["code.new"], context, narrows="codes")
        self.filter = self.body.filter
        self.tally = tally_of(context)
        alone(self.body, self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.reload)
        self._connect()
        self._show_keys()
        self.reload()
        self.tally.refresh()

    def _connect(self) -> None:
        context, actions = self._context, self._actions
        context.projectChanged.connect(self._project_changed)
        context.changed.connect(self._follow)
        context.codeFocused.connect(self.tree.choose)
        self._desk.counted.connect(self.model.bump)
        self.tally.counted.connect(self._show_counts)
        self.filter.textChanged.connect(self._narrow)
        actions.keysChanged.connect(self._show_keys)
        self.model.renamed.connect(self._rename)
        self.model.moved.connect(self.move_code)
        self.tree.selectionModel().currentChanged.connect(self._focus)
        self.tree.clicked.connect(self._clicked)
        self.tree.applyAsked.connect(self._apply)
        self.tree.passageDropped.connect(self._take_passage)
        self.tree.deleteAsked.connect(self.delete_chosen)
        self.tree.moveAsked.connect(self._move_by)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.tree.addAction(actions["code.rename"])
        for id_, serve in (
            ("code.new", self.new_code),
            ("code.new_group", self.new_group),
            ("code.edit", self.edit_chosen),
            ("code.rename", self._rename_in_place),
            ("code.color", self._ask_color),
            ("code.delete", self.delete_chosen),
        ):
            actions[id_].triggered.connect(without_checked(serve))

    # ---- showing ----

    def _show_keys(self) -> None:
        self.model.show_keys(self._actions.keys.letters)

    def reload(self) -> None:
        """Read the codebook anew, keeping what is chosen and open."""
        self.model.load(self._shelf.codes)
        self._show_page()
        self._enable()

    def chosen(self) -> Code | None:
        """Give the chosen code or group."""
        return self.model.code(self.tree.currentIndex())

    def _project_changed(self) -> None:
        self.filter.clear()
        self.reload()

    def _follow(self, changes: ChangeSet) -> None:
        if {"code", "coder"} & changes.rows.keys():
            self._soon.start()

    def _show_counts(self, counted: Counted) -> None:
        self._shelf.used = counted.codings
        self.model.set_counts(counted.codings, counted.uncoded)

    def _narrow(self, words: str) -> None:
        self.model.filter(words)
        if not self.tree.currentIndex().isValid():
            self.tree.choose(self._context.code)
        self._show_page()

    def _show_page(self) -> None:
        self.body.show_rows(some=self.model.rowCount() > 0, otherwise=NO_MATCH if self.model.codes() else EMPTY)

    def _focus(self, current: QModelIndex) -> None:
        code = self.model.code(current)
        if code is not None and code.id != self._context.code:
            self._context.focus_code(code.id)
        elif self.model.is_uncoded(current):
            self._context.uncodedFocused.emit()
        self._enable()

    def _enable(self) -> None:
        some = self.chosen() is not None and self._context.writable
        for id_ in OF_A_CODE:
            self._actions[id_].setEnabled(some)

    # ---- coding with it ----

    def _clicked(self, index: QModelIndex) -> None:
        if self.model.is_uncoded(index):
            self.next_uncoded()

    def _apply(self, index: QModelIndex) -> None:
        code = self.model.code(index)
        if code is None:
            self.next_uncoded()
        elif code.is_codable:
            self._desk.apply([code])
        else:
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _take_passage(self, index: QModelIndex, words: Dragged) -> None:
        """Apply the code on which words from a text were dropped."""
        code, project = self.model.code(index), self._context.project
        if code is None or project is None:
            return
        try:
            with project.read() as r:
                text = sources.text(r, SourceId(words.source))
                there = passages.at(r, SourceId(words.source), words.start, words.end, coder=project.coder.name)
        except QcodeError as error:
            self._context.fail(error)
            return
        place = Place(SourceId(words.source), words.start, words.end, text)
        if 0 <= place.start < place.end <= len(text):
            self._desk.apply([code], place=(place if there else place.trimmed()).snapped())
        else:
            self._context.say("These words are not in the source any more.")

    def next_uncoded(self) -> None:
        """Go to the next passage without a code, after the one that is selected, and round again."""
        project = self._context.project
        if project is None:
            return
        with project.read() as r:
            target = self._behind(passages.listing(r, source=self._context.source, without_code=True))
            if target is None:
                found = passages.listing(r, without_code=True)
                later = (one for one in found if one.source_id > (self._context.source or 0))
                target = next(later, found[0] if found else None)
        if target is None:
            self._context.say("Every passage has a code.")
            return
        self._context.reveal(target.source_id, target.start, target.end)
        self._context.focus_passage(target.id)

    def _behind(self, found: list[Passage]) -> Passage | None:
        """Give the passage behind the one that is selected, of those without a code in the source that is read."""
        here = next((place for place, one in enumerate(found) if one.id == self._context.passage), -1)
        of_source = self._context.source is not None and here + 1 < len(found)
        return found[here + 1] if of_source else None

    # ---- shaping it ----

    def new_code(self) -> None:
        """Make a code in the chosen group, or beside the chosen code, on a page with all its fields."""
        chosen = self.chosen()
        above = None if chosen is None else chosen.parent_id if chosen.is_codable else chosen.id
        CodeEditor(self._context, parent_code=above, parent=self.window()).open()

    def new_group(self) -> None:
        """Make a group at the top level."""
        CodeEditor(self._context, group=True, parent=self.window()).open()

    def edit_chosen(self) -> None:
        """Edit all fields of the chosen code."""
        if (code := self.chosen()) is not None:
            CodeEditor(self._context, code, parent=self.window()).open()

    def delete_chosen(self) -> None:
        """Ask, saying what goes with it, and delete the chosen code or group."""
        code, project = self.chosen(), self._context.project
        if code is None or project is None or not self._context.writable:
            return
        with project.read() as r:
            going = codes.removal(r, code.id)
        if confirm_code(self._context.ask, code, going):
            label, work = f"delete {one_line(code.name)}", lambda tx: codes.remove(tx, code.id)
            jobs.change(self._context, label, work, rows=going.coded, parent=self.window())

    def move_code(self, code: CodeId, parent: CodeId | None, position: int | None) -> None:
        """Put a code below another parent, or at another place among its siblings (from 1; None: last)."""
        moved = self.model.get(code)
        name = one_line(moved.name) if moved else "code"
        self._context.change(f"move {name}", lambda tx: codes.move(tx, code, parent=parent, position=position))

    def _move_by(self, steps: int) -> None:
        """Move the chosen code up or down among its siblings."""
        code = self.chosen()
        if code is None:
            return
        ids = [sibling.id for sibling in self.model.siblings(code)]
        place = ids.index(code.id) + steps
        if 0 <= place < len(ids):
            self.move_code(code.id, code.parent_id, place + 1)

    def _rename_in_place(self) -> None:
        if self.chosen() is not None:
            self.tree.edit(self.tree.currentIndex())

    def _rename(self, code: CodeId, name: str) -> None:
        before = self.model.get(code)
        self._context.change(
            f"rename code {one_line(before.name if before else name)}", lambda tx: codes.update(tx, code, name=name)
        )

    def _ask_color(self) -> None:
        code = self.chosen()
        color = self._context.ask.color("Colour of the code", code.color) if code else None
        if code is not None and color is not None:
            self._context.change(f"colour {one_line(code.name)}", lambda tx: codes.update(tx, code.id, color=color))

    def _ask_key(self, code: Code) -> None:
        key = self._context.ask.text(
            "Key of the code", "Key that applies it while reading, empty for none:", code.shortcut
        )
        if key is not None and key.strip() != code.shortcut:
            self._context.change(
                f"give {one_line(code.name)} a key", lambda tx: codes.update(tx, code.id, shortcut=key.strip())
            )

    def _menu(self, at: QPoint) -> None:
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        code = self.model.code(self.tree.indexAt(at))
        if code is not None:
            self._fill(menu, code)
        menu.addAction(self._actions["code.new"])
        menu.addAction(self._actions["code.new_group"])
        menu.popup(self.tree.viewport().mapToGlobal(at))

    def _fill(self, menu: QMenu, code: Code) -> None:
        if code.is_codable:
            menu.addAction(f"Apply {caption(one_line(code.name))}", lambda: self._desk.apply([code]))
            menu.addSeparator()
        for id_ in ("code.rename", "code.edit", "code.color"):
            menu.addAction(self._actions[id_])
        if code.is_codable:
            menu.addAction("Key…", lambda: self._ask_key(code))
        menu.addSeparator()
        menu.addAction("Move up\tAlt+Up", lambda: self._move_by(-1))
        menu.addAction("Move down\tAlt+Down", lambda: self._move_by(1))
        targets = Menu("Move into", menu)
        menu.addMenu(targets)
        self._fill_targets(targets, code)
        menu.addSeparator()
        menu.addAction(self._actions["code.delete"])
        menu.addSeparator()

    def _fill_targets(self, menu: QMenu, code: Code) -> None:
        """Offer every place the code can go to, so that dragging is never the only way."""
        top = menu.addAction("Top level", lambda: self.move_code(code.id, None, None))
        top.setEnabled(code.parent_id is not None)
        below = {code.id}
        for other in self.model.codes():
            if other.parent_id in below:
                below.add(other.id)
            elif not other.is_codable and other.id not in (code.id, code.parent_id):
                menu.addAction(caption(other.path), partial(self.move_code, code.id, other.id, None))
