"""The passages of the code in focus, below the text: read side by side, jumped to, recoded, taken along."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from qcode.exchange import evidence
from qcode.exchange.citing import Stretch
from qcode.progress import Progress
from qcode.project import Change, ChangeSet, CodeId, codes, passages
from qcode.project.codes import Code
from qcode.project.evidence import Line
from qcode.ui.actions import Actions
from qcode.ui.ask import TABLES
from qcode.ui.coding import desk_of
from qcode.ui.context import Context
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.exporting import export
from qcode.ui.labels import Elided
from qcode.ui.menu import Menu
from qcode.ui.models.evidence import EvidenceList, Grouping, Subject, subject_of
from qcode.ui.models.shelf import shelf_of
from qcode.ui.quoting import copy_quotes
from qcode.ui.widgets.buttons import quiet
from qcode.ui.widgets.empty import EmptyState
from qcode.ui.widgets.evidence_list import EvidenceView
from qcode.ui.widgets.painting import PADDING
from qcode.ui.widgets.plain import caption, listed, number_of, one_line, tip
from qcode.ui.widgets.serving import without_checked

NOTHING = "Choose a code in the codebook to read its passages side by side."
NEVER = "{name} has not been applied yet."
WAITS_STILL = "This passage waits for review: after a correction it was not sure where it belongs."
ALL_CODED = "Every passage has a code."
SOON_MS = 40  # walking from passage to passage changes the code in focus with every step
WORDS = {Grouping.SOURCE: "source", Grouping.CODE: "code"}


class EvidencePanel(QWidget):
    """Show where the code in focus was applied (for a group: all codes below it), or what has no code yet."""

    key = "evidence"
    title = "Passages of a code"
    area = "below"

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._actions = actions
        self._shelf = shelf_of(context)
        self._desk = desk_of(context)
        self._asked: CodeId | None = context.code
        self._uncoded = False
        self._stale = True  # it is not read while nobody looks
        self._jumping = False
        self.setAccessibleName(self.title)
        self.rows = EvidenceList(self._shelf, self)
        self.list = EvidenceView(self.rows, context)
        self.heading = Elided("", "heading")
        self.group = quiet("Group: source ▾", "Put them in the order of sources or of codes")
        self.copy = quiet("Copy", "Copy the chosen passages, or all, with their references")
        self.export = quiet("Export…", "Write the chosen passages, or all, as CSV")
        self.empty = EmptyState(NOTHING)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._refresh)
        self._heard: list[ChangeSet] = []
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._catch_up)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(PADDING, 4, PADDING - 4, 4)
        top.setSpacing(2)
        top.addWidget(self.heading, 1)
        for button in (self.group, self.copy, self.export):
            top.addWidget(button)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(self._pages, 1)
        self.setMinimumHeight(90)

    def _connect(self) -> None:
        context = self._context
        context.projectChanged.connect(self._project_changed)
        context.changed.connect(self._follow)
        context.themeChanged.connect(self.list.viewport().update)
        context.codeFocused.connect(self._focused)
        context.uncodedFocused.connect(self.show_uncoded)
        self.list.jumpAsked.connect(self.jump)
        self.list.copyAsked.connect(self.copy_chosen)
        self.list.uncodeAsked.connect(self.uncode_chosen)
        self.list.customContextMenuRequested.connect(self.open_menu)
        self.rows.rowsInserted.connect(self._say_what)
        self.copy.clicked.connect(without_checked(self.copy_chosen))
        self.export.clicked.connect(without_checked(self.export_chosen))
        menu = Menu(self.group)
        for grouping in Grouping:
            menu.addAction(f"By {WORDS[grouping]}", partial(self.group_by, grouping))
        self.group.setMenu(menu)
        self.group.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    # ---- what is listed ----

    def sizeHint(self) -> QSize:
        """Ask for two or three passages' room."""
        return QSize(600, 170)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was not read while nobody looked."""
        super().showEvent(event)
        self._refresh()

    def show_uncoded(self) -> None:
        """List the passages without a code."""
        self._uncoded = True
        self._want()

    def group_by(self, grouping: Grouping) -> None:
        """Put the passages in another order."""
        self.group.setText(f"Group: {WORDS[grouping]} ▾")
        self.group.setAccessibleName(f"Group: {WORDS[grouping]}")
        self.rows.grouping = grouping
        self._want()
        self._refresh()

    def _focused(self, code: CodeId | None) -> None:
        if not self._jumping and (code != self._asked or self._uncoded) and code is not None:
            self._asked, self._uncoded = code, False
            self._want()

    def _want(self) -> None:
        self._stale = True
        self._soon.start()

    def _project_changed(self) -> None:
        self._asked, self._uncoded = None, False
        self._soon.stop()
        self._heard.clear()
        self._stale = True
        self.rows.show(None, Subject(), self.rows.grouping)  # nothing of the old project is asked any more
        self._say_what()
        self._refresh()

    def _refresh(self) -> None:
        if not self._stale or not self.isVisible():
            return
        self._stale = False
        self.rows.show(self._context.project, self._subject(), self.rows.grouping)
        self._say_what()

    def _subject(self) -> Subject:
        if self._uncoded:
            return Subject(uncoded=True)
        return subject_of(self._shelf.code(self._asked), self._shelf.codes)

    def _follow(self, changes: ChangeSet) -> None:
        if {"coding", "passage", "code", "source", "text", "folder"} & changes.rows.keys():
            self._heard.append(changes)
            self._later.start()  # once the text shows what was done

    def _catch_up(self) -> None:
        heard, self._heard = self._heard, []
        for changes in heard:
            self._take_over(changes)

    def _take_over(self, changes: ChangeSet) -> None:
        fresh, shown = self._subject(), self.rows.subject
        same = (fresh.codes, fresh.uncoded, fresh.code is None) == (shown.codes, shown.uncoded, shown.code is None)
        if {"source", "text", "folder"} & changes.rows.keys():
            self.rows.forget_sources()
        if not self.isVisible() or self._stale or not same:
            self._want()
            return
        self.rows.subject = fresh  # perhaps under another name
        self.rows.follow(changes)
        self.list.viewport().update()
        self._say_what()

    def _say_what(self) -> None:
        subject, total = self.rows.subject, self.rows.total
        self.heading.setToolTip("")
        places = f"in {number_of(self.rows.sources, 'source')}"
        if subject.uncoded:
            self.heading.set_whole("PASSAGES WITHOUT A CODE", f" · {total:,} {places}", f" · {total:,}")
            self.empty.say(ALL_CODED)
        elif subject.code is not None:
            applied = f" · applied {number_of(total, 'time')} {places}"
            self.heading.set_whole(subject.code.name.upper(), applied, f" · {total:,} {places}", f" · {total:,}")
            self.empty.say(NEVER.format(name=one_line(subject.code.name)))
        else:
            self.heading.set_whole(self.title.upper())
            self.empty.say(NOTHING)
        if subject.code is not None:
            self.heading.setToolTip(tip(subject.code.path))
        self._pages.setCurrentWidget(self.list if total else self.empty)
        for button in (self.copy, self.export):
            button.setEnabled(bool(total))

    # ---- what is done with them ----

    def jump(self, line: Line) -> None:
        """Go to a passage in its source and select it there; the list stays what it is."""
        self._jumping = True
        try:
            if line.start is not None and line.end is not None:
                self._context.reveal(line.source, line.start, line.end)
            else:
                self._actions["view.review"].setChecked(True)
                self._context.say(WAITS_STILL)
            self._context.focus_passage(line.passage, line.coding)
        finally:
            self._jumping = False

    def chosen(self) -> list[Line]:
        """Give the chosen passages; all, when none is chosen."""
        self._catch_up()
        found = self.list.chosen()
        if not found:
            self.rows.fetch_all()
        return found or self.rows.lines()

    def copy_chosen(self) -> None:
        """Put passages on the clipboard, each with where it stands."""
        chosen = [Stretch(one.source, one.start, one.end, one.passage) for one in self.chosen()]
        copy_quotes(self._context, chosen, self.window())

    def export_chosen(self) -> None:
        """Write passages as CSV."""
        project, found = self._context.project, self.chosen()
        if project is None or not found:
            return
        words = "".join(letter if letter.isalnum() or letter in " -" else "_" for letter in self.rows.subject.name)

        def make(_path: Path, _progress: Progress) -> bytes:
            with project.read() as r:
                return evidence.to_csv(r, found)

        suggested = f"{project.path.stem} {words[:60]}.csv"
        export(self._context, "Export passages", suggested, TABLES, make, parent=self.window())

    def uncode_chosen(self) -> None:
        """Take the code off the chosen passages; those without a code go as a whole."""
        found = self.list.chosen()
        if not found:
            self._context.say("Choose passages in the list first.")
            return
        codings = [line.coding for line in found if line.coding is not None]
        names = {code.name for line in found if (code := self._shelf.code(line.code)) is not None}
        what = one_line(names.pop()) if len(names) == 1 else number_of(len(codings), "coding")

        def work(tx: Change) -> None:
            if codings:
                passages.uncode(tx, codings)
            else:
                passages.remove(tx, [line.passage for line in found])

        self._context.change(f"remove {what} from {_number(found)}" if codings else f"remove {_number(found)}", work)

    def recode_chosen(self) -> None:
        """Ask for another code, and give it to the chosen passages instead of this one."""
        self._ask_for_code(self.recode)

    def code_chosen(self) -> None:
        """Ask for codes, and apply them to the chosen passages as well."""
        self._ask_for_code(self.code)

    def _ask_for_code(self, then: Callable[[list[Line], list[Code], str], None]) -> None:
        found = self.list.chosen()
        if not found:
            self._context.say("Choose passages in the list first.")
            return
        here = self.rows.subject.code
        offered = [code for code in self._shelf.codes if here is None or code.id != here.id]
        palette = CodePalette(
            offered, self._context, recent=self._desk.recent, used=self._shelf.used, parent=self.window()
        )
        palette.chosen.connect(lambda chosen, new: then(found, chosen, new))
        palette.popup(self.list.viewport().mapToGlobal(QPoint(self.list.width() // 4, 0)), line=0)

    def code(self, found: list[Line], chosen: list[Code], new: str = "") -> None:
        """Apply codes to several passages as one change; `new` names one to be made."""
        names = listed([one_line(code.name) for code in chosen] or [one_line(new)])
        if not chosen and not new:
            return

        def work(tx: Change) -> None:
            wanted = [code.id for code in chosen] or [codes.add(tx, new)]
            for passage in dict.fromkeys(line.passage for line in found):
                passages.apply_again(tx, passage, wanted)

        self._context.change(f"apply {names} to {_number(found)}", work)

    def recode(self, found: list[Line], chosen: list[Code], new: str = "") -> None:
        """Give passages another code as one change; of several named, the first. `new` names one to be made."""
        name = chosen[0].name if chosen else new
        if not name:
            return

        def work(tx: Change) -> None:
            code = chosen[0].id if chosen else codes.add(tx, new)
            codings = [line.coding for line in found if line.coding is not None]
            if codings:
                passages.recode(tx, codings, code)
            for line in found:
                if line.coding is None:
                    passages.apply_again(tx, line.passage, [code])

        self._context.change(f"change {_number(found)} to {one_line(name)}", work)

    def open_menu(self, at: QPoint) -> None:
        """Offer what can be done with the chosen passages."""
        found = self.list.chosen()
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(found) == 1:
            menu.addAction("Go to passage\tEnter", partial(self.jump, found[0]))
            menu.addSeparator()
        whole = bool(found) and all(line.coding is None for line in found)
        for words, serve in (
            ("Apply a code…" if whole else "Apply another code…", self.code_chosen),
            *([] if whole else [("Change code…", self.recode_chosen)]),
            ("Remove passage\tDelete" if whole else "Remove coding\tDelete", self.uncode_chosen),
        ):
            menu.addAction(caption(words), serve).setEnabled(bool(found) and self._context.writable)
        menu.addSeparator()
        menu.addAction("Copy with references\tCtrl+C", self.copy_chosen)
        menu.addAction("Export…", self.export_chosen)
        menu.addAction("Select all\tCtrl+A", self.list.selectAll)
        menu.popup(self.list.viewport().mapToGlobal(at))


def _number(found: list[Line]) -> str:
    return number_of(len({line.passage for line in found}), "passage")
