"""Code many places in one go: see them first, take off those that do not fit, and code the rest as one change."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import QcodeError
from qcode.progress import Cancelled, Progress
from qcode.project import CodeId, autocode, codes
from qcode.project.autocode import Coded, Proposal
from qcode.project.codes import Code
from qcode.text.divisions import Kind
from qcode.text.units import Unit
from qcode.ui import jobs
from qcode.ui.coding import desk_of
from qcode.ui.context import Context
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.latest import Latest
from qcode.ui.models.proposals import ProposalsList
from qcode.ui.models.shelf import shelf_of
from qcode.ui.style import label
from qcode.ui.widgets.buttons import quiet
from qcode.ui.widgets.chips import Chip, Flow
from qcode.ui.widgets.empty import EmptyState
from qcode.ui.widgets.label_list import LabelList
from qcode.ui.widgets.place_list import in_a_row
from qcode.ui.widgets.plain import listed, number_of, one_line
from qcode.ui.widgets.proposals_view import ProposalsView
from qcode.ui.widgets.query_bar import QueryBar, Wanted
from qcode.ui.widgets.scope_button import ScopeButton

WORDS = "The places of words"
KINDS = {
    Kind.HEADING: "Sections, by their heading",
    Kind.SPEAKER: "Turns, by their speaker",
    Kind.QUESTION: "Answers, by their question",
}
UNITS = {
    Unit.EXACT: "the words themselves",
    Unit.SENTENCE: "the sentence around them",
    Unit.PARAGRAPH: "the paragraph around them",
    Unit.TURN: "the speaker’s turn around them",
}
NONE_YET = {
    None: "Type words to see what would be coded.",
    Kind.HEADING: "Tick headings to see what would be coded.",
    Kind.SPEAKER: "Tick speakers to see what would be coded.",
    Kind.QUESTION: "Tick questions to see what would be coded.",
}
NONE_THERE = {
    Kind.HEADING: "No headings are known.",
    Kind.SPEAKER: "No speakers are known.",
    Kind.QUESTION: "No questions are known: headings that ask, or bold words at the beginning of a line.",
}
Found = tuple[int, list[Proposal] | QcodeError]


class AutoCode(QDialog):
    """Choose what, how much around it, and with which codes. Open it with `open`; it deletes itself."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        wanted: Wanted | None = None,
        scope: ScopeButton | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._shelf = shelf_of(context)
        self._desk = desk_of(context)
        self._codes: list[Code] = []
        self._new = ""  # the name of a code that is to be made
        self._turn = 0  # what was asked last
        self._divided: list[Proposal] = []
        self.setWindowTitle("Auto-code")
        self.resize(820, 680)
        self.what = _choice("What to code", [WORDS, *KINDS.values()])
        self.unit = _choice("How much to code", list(UNITS.values()))
        self.bar = QueryBar("Words to look for")
        self.scope = ScopeButton(context)
        self.labels = LabelList()
        self.rows = ProposalsList(self)
        self.list = ProposalsView(self.rows, context)
        self.empty = EmptyState("")
        self.chips = Flow()
        self.add_code = quiet("Choose a code…", "Choose with which codes")
        self.said = label("", "muted")
        self.all, self.none = quiet("Tick all"), quiet("Tick none")
        self._latest = Latest(self)
        self._lay_out()
        self._connect()
        if scope is not None:
            self.scope.take(scope)
        if wanted is not None:
            self.bar.put(wanted)
        (self.bar.field if wanted is None else self.add_code).setFocus()
        self._show_kind()
        self._show_codes()

    # ---- how it looks ----

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok: QPushButton = buttons.addButton("Code", QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        buttons.accepted.connect(self.code)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(in_a_row(label("Code"), self.what, self.unit, self.scope, None))
        layout.addWidget(self.bar)
        layout.addWidget(self._middle(), 1)
        layout.addLayout(in_a_row(self.said, None, self.all, self.none))
        with_ = in_a_row(label("with"), self.add_code, self.chips)
        with_.setStretch(2, 1)
        layout.addLayout(with_)
        layout.addWidget(buttons)

    def _middle(self) -> QWidget:
        shown = QWidget()
        self._pages = QStackedLayout(shown)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.list)
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setChildrenCollapsible(False)
        middle.setHandleWidth(1)
        for part in (self.labels, shown):
            middle.addWidget(part)
        middle.setStretchFactor(1, 1)
        middle.setSizes([300, 480])
        return middle

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(lambda _: self._show_kind())
        self.unit.currentIndexChanged.connect(lambda _: self.look())
        self.bar.asked.connect(self.look)
        self.bar.left.connect(self.reject)
        self.bar.stepped.connect(self.list.setFocus)
        self.scope.chosen.connect(self.look)
        self.labels.changed.connect(self._show_named)
        self.rows.ticked.connect(self._say)
        self.all.clicked.connect(lambda _=False: self.rows.tick_all(on=True))
        self.none.clicked.connect(lambda _=False: self.rows.tick_all(on=False))
        self.add_code.clicked.connect(lambda _=False: self.ask_for_code())
        self._latest.came.connect(self._take)
        self._latest.ended.connect(self._say)
        self._context.themeChanged.connect(self.list.viewport().update)
        self._context.projectChanged.connect(self.reject)
        self.finished.connect(lambda _: self._leave())

    def sizeHint(self) -> QSize:
        """Ask for room to read in."""
        return QSize(820, 680)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter in the field only search: coding is what the button is for."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.ok.hasFocus():
            event.accept()
        else:
            super().keyPressEvent(event)

    # ---- what would be coded ----

    @property
    def kind(self) -> Kind | None:
        """By what the texts are divided; None for places of words."""
        at = self.what.currentIndex()
        return list(KINDS)[at - 1] if at else None

    def _show_kind(self) -> None:
        for part in (self.bar, self.unit):
            part.setVisible(self.kind is None)
        self.labels.setVisible(self.kind is not None)
        self.look()

    def look(self) -> None:
        """Look for what is asked, in a thread; what was asked before is given up."""
        self._turn += 1
        self._divided = []
        self.labels.fill([])
        self.rows.fill(self._context.project, [])
        project, kind, query = self._context.project, self.kind, self.bar.query
        self._latest.cancel()
        if project is None or (kind is None and query is None):
            return self._say()
        try:
            scope = self.scope.scope()
        except QcodeError as error:
            return self._refuse(error)
        unit = list(UNITS)[self.unit.currentIndex()]
        if kind is not None:
            self._ask(lambda progress: autocode.divided(project, kind, scope, progress))
        elif query is not None:
            self._ask(lambda progress: autocode.around(project, query, unit, scope, progress))
        return self._say()

    def _ask(self, work: Callable[[Progress], list[Proposal]]) -> None:
        turn = self._turn

        def go_on(done: int, total: int, label: str = "") -> None:
            if self._turn != turn:
                raise Cancelled

        def steps() -> Iterator[Found]:
            try:
                yield turn, work(go_on)
            except Cancelled:
                return
            except QcodeError as error:
                yield turn, error

        self._latest.ask(steps)

    def _take(self, found: Found) -> None:
        turn, proposed = found
        if turn != self._turn:
            return
        if isinstance(proposed, QcodeError):
            self._refuse(proposed)
        elif self.kind is None:
            self._propose(proposed)
        else:
            self._divided = proposed
            self.labels.fill(autocode.labels(proposed))
            self._say()

    def _refuse(self, error: QcodeError) -> None:
        self._latest.cancel()
        self.bar.say(str(error))
        self._say()

    def _show_named(self) -> None:
        self._propose(autocode.named(self._divided, self.labels.chosen()))

    def _propose(self, proposed: list[Proposal]) -> None:
        self.rows.fill(self._context.project, proposed, self._standing())

    def _standing(self) -> frozenset[autocode.Place]:
        """Tell where all the codes stand already; with a new one among them, nowhere."""
        project = self._context.project
        if project is None or self._new:
            return frozenset()
        with project.read() as r:
            return autocode.standing(r, project.coder.id, [code.id for code in self._codes])

    def _say(self) -> None:
        kept, places = self.rows.kept(), self.rows.places
        already = self.rows.already()
        words = number_of(len(kept), "passage")
        if len(kept) < places:
            words += f" of {places:,}"
        words += f" in {number_of(len({one.source for one in kept}), 'source')}"
        if already:
            words += f"; {already:,} {'is' if already == 1 else 'are'} coded so already"
        choose = "" if self._codes or self._new else " Choose with which code."
        self.said.setText(f"{words}.{choose}" if places else "")
        self._pages.setCurrentWidget(self.list if places else self.empty)
        if not places:
            self.empty.say(self._nothing())
        fresh = len(kept) - already
        self.ok.setText(f"Code {number_of(fresh, 'passage')}" if places else "Code")
        self.ok.setEnabled(fresh > 0 and bool(self._codes or self._new) and self._context.writable)
        for button in (self.all, self.none):
            button.setEnabled(bool(places))

    def _nothing(self) -> str:
        if self._latest.busy:
            return "Searching…"
        kind = self.kind
        if kind is None and self.bar.query is not None and not self.bar.problem.text():
            return f"Nothing found for {self.bar.wanted.said} in {self.scope.said}."
        if kind is not None and not self._divided:
            return NONE_THERE[kind]
        return NONE_YET[kind]

    # ---- with which codes ----

    def ask_for_code(self) -> None:
        """Ask for codes; one that does not exist yet is made when the coding is done."""
        palette = CodePalette(
            self._shelf.codes, self._context, recent=self._desk.recent, used=self._shelf.used, parent=self
        )
        palette.chosen.connect(self.choose)
        palette.popup(self.add_code.mapToGlobal(QPoint(0, -220)))

    def choose(self, chosen: list[Code], new: str = "") -> None:
        """Code with these as well; `new` names one to be made."""
        self._codes += [code for code in chosen if code not in self._codes]
        self._new = new or self._new
        self._show_codes()
        self.rows.mark_standing(self._standing())

    def _show_codes(self) -> None:
        chips: list[QWidget] = [
            Chip(self._context, code, lambda code=code: self._drop(code))  # type: ignore[misc]
            for code in self._codes
        ]
        if self._new:
            chip = Chip(self._context, None, self._drop_new)
            chip.name.set_whole(f"{self._new} (new)")
            chips.append(chip)
        self.chips.fill(chips)

    def _drop(self, code: Code) -> None:
        self._codes.remove(code)
        self._show_codes()
        self.rows.mark_standing(self._standing())

    def _drop_new(self) -> None:
        self._new = ""
        self._show_codes()
        self.rows.mark_standing(self._standing())

    # ---- coding ----

    def code(self) -> None:
        """Code what is ticked, as one change; Cancel leaves nothing behind."""
        project, kept = self._context.project, self.rows.kept()
        if project is None or not kept or not (self._codes or self._new):
            return
        known, new = [code.id for code in self._codes], self._new
        names = listed([one_line(code.name) for code in self._codes] + ([one_line(new)] if new else []))

        def work(progress: Progress) -> tuple[Coded, list[CodeId]]:
            with project.change(f"auto-code {names}") as tx:
                wanted = [*known, *([codes.add(tx, new)] if new else [])]
                return autocode.code(tx, kept, wanted, progress), wanted

        def done(made: tuple[Coded, list[CodeId]]) -> None:
            coded, wanted = made
            self._desk.recent = [*wanted, *(code for code in self._desk.recent if code not in wanted)]
            said = f"Applied {names} to {number_of(len(kept) - coded.already, 'passage')}."
            if coded.already:
                said += f" {number_of(coded.already, 'passage was', 'passages were')} coded so already."
            self._context.say(said)
            self.accept()

        jobs.run(self._context, "Auto-code", work, done, failed=self._refuse, parent=self)

    def _leave(self) -> None:
        self._turn += 1
        self._latest.halt()
        self.deleteLater()


def _choice(name: str, words: list[str]) -> QComboBox:
    made = QComboBox()
    made.addItems(words)
    made.setAccessibleName(name)
    made.setMinimumHeight(28)
    return made
