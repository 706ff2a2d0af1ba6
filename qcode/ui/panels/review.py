"""The passages that wait for review after a correction: old words and best guess side by side, and a decision."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import NotFound
from qcode.project import Change, ChangeSet, PassageId, Project, passages, reviewing, revisions, sources
from qcode.project.passages import Passage
from qcode.project.reviewing import Waiting
from qcode.text.anchor import Why
from qcode.text.around import after, before
from qcode.text.differences import Kind, pieces
from qcode.ui.actions import Actions
from qcode.ui.coding import desk_of
from qcode.ui.context import Context
from qcode.ui.labels import Elided
from qcode.ui.models.shelf import shelf_of
from qcode.ui.style import label, set_role
from qcode.ui.widgets.buttons import quiet
from qcode.ui.widgets.chips import Flow
from qcode.ui.widgets.comparison import Comparison
from qcode.ui.widgets.empty import EmptyState
from qcode.ui.widgets.painting import PADDING
from qcode.ui.widgets.plain import listed, number_of, one_line, tip
from qcode.ui.widgets.serving import without_checked

NOTHING = "No passage waits for review.\nWhat a correction leaves in doubt is decided here."
WHY = {
    Why.CHANGED: "Its words changed so much that somebody should look.",
    Why.GONE: "Its words are not in the text any more.",
    Why.AMBIGUOUS: "Its words are there, but it is not sure that these are meant.",
    Why.SAME_PLACE: "Another passage of the same coder stands there now; accepted, the two become one.",
}
NO_GUESS = "There is no guess. Select its words in the text and place it there, or remove it."
REACH = 160  # characters of context around old words and guess
TABLES = frozenset(("review", "passage", "coding", "source", "coder", "code"))


class ReviewPanel(QWidget):
    """List what waits; Enter accepts the guess, P places, Space shows, Delete removes, L leaves it for later."""

    key = "review"
    title = "To review"
    area = "below"

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context, self._actions = context, actions
        self._shelf, self._desk = shelf_of(context), desk_of(context)
        self._waiting: list[Waiting] = []
        self.setAccessibleName(self.title)
        self.heading = Elided(self.title.upper(), "heading")
        self.list = _Waiters(self)
        self.why, self.about = label("", "muted"), Elided("", "muted")
        self.old, self.guess = Comparison(context, "As it was"), Comparison(context, "Best guess")
        self.guess_title = Elided("Best guess", "title")
        self.empty = EmptyState(NOTHING)
        self.accept = _button("Accept", "Enter", "Give the passage the place that was guessed, at the right")
        self.place = _button("Place here", "P", "Give it the words that are selected in the text")
        self.look = _button("Show", "Space", "Bring the guess into sight")
        self.remove = _button("Remove…", "Delete", "Remove the passage with its codes")
        self.later = _button("Later", "L", "Leave it waiting, and go to the next")
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.reload)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.why.setWordWrap(True)
        buttons = Flow()  # in a narrow window they stand in two lines
        buttons.fill([self.accept, self.place, self.look, self.remove, self.later])
        row = QVBoxLayout()
        row.setContentsMargins(PADDING - 4, 0, PADDING, 6)
        row.addWidget(buttons)
        right = QWidget()
        column_ = QVBoxLayout(right)
        column_.setContentsMargins(0, 4, 0, 0)
        column_.setSpacing(3)
        for said in (self.about, self.why):
            said.setContentsMargins(PADDING, 0, PADDING, 0)
            column_.addWidget(said)
        column_.addLayout(self._side_by_side(), 1)
        column_.addLayout(row)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for part in (self.list, right):
            split.addWidget(part)
        self.list.setMinimumWidth(120)
        right.setMinimumWidth(300)  # two buttons beside each other
        split.setSizes([260, 700])
        split.setStretchFactor(1, 1)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.heading.setContentsMargins(PADDING, 6, PADDING, 4)
        layout.addWidget(self.heading)
        layout.addLayout(self._pages, 1)
        self.setMinimumHeight(262)

    def _side_by_side(self) -> QGridLayout:
        boxes = QGridLayout()
        boxes.setContentsMargins(PADDING, 2, PADDING, 4)
        boxes.setHorizontalSpacing(10)
        boxes.setVerticalSpacing(3)
        boxes.addWidget(label("As it was", "title"), 0, 0)
        boxes.addWidget(self.guess_title, 0, 1)
        for column, box in enumerate((self.old, self.guess)):
            boxes.addWidget(box, 1, column)
            boxes.setColumnStretch(column, 1)
        boxes.setRowStretch(1, 1)
        return boxes

    def _connect(self) -> None:
        self._context.projectChanged.connect(self.reload)
        self._context.changed.connect(self._follow)
        self._context.busyChanged.connect(lambda _: self._enable())
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.list.itemActivated.connect(lambda _: self.accept_guess())
        for button, serve in (
            (self.accept, self.accept_guess),
            (self.place, self.place_here),
            (self.look, self.show_guess),
            (self.remove, self.remove_passage),
            (self.later, self.next),
        ):
            button.clicked.connect(without_checked(serve))
        self._actions["code.accept_guess"].triggered.connect(without_checked(self.accept_guess))
        self._actions["code.place_here"].triggered.connect(without_checked(self.place_here))
        self._enable()

    def sizeHint(self) -> QSize:
        """Ask for room for a few lines of both texts."""
        return QSize(700, 250)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was not read while nobody looked."""
        super().showEvent(event)
        self.reload()

    # ---- what is listed ----

    @property
    def current(self) -> Waiting | None:
        """The passage that is looked at."""
        row = self.list.currentRow()
        return self._waiting[row] if 0 <= row < len(self._waiting) else None

    def reload(self) -> None:
        """List what waits anew; the next one is looked at when the one before is decided."""
        project, row, before_ = self._context.project, self.list.currentRow(), self.current
        names: dict[int, str] = {}
        self._waiting = []
        if project is not None:
            with project.read() as r:
                self._waiting = reviewing.listing(r)
                names = {id_: sources.get(r, id_).name for id_ in {one.source for one in self._waiting}}
        self.list.blockSignals(True)
        self.list.clear()
        for one in self._waiting:
            item = QListWidgetItem(f"{one_line(one.quote, 44)}\n{one_line(names[one.source], 40)} · {one.why.value}")
            item.setToolTip(tip(one.quote))
            item.setSizeHint(QSize(200, 2 * self.list.fontMetrics().height() + 14))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.quote}, {names[one.source]}, {WHY[one.why]}")
            self.list.addItem(item)
        ids = [one.passage for one in self._waiting]
        same = ids.index(before_.passage) if before_ is not None and before_.passage in ids else row
        self.list.setCurrentRow(min(max(same, 0), len(ids) - 1))
        self.list.blockSignals(False)
        count = f" · {len(ids):,}" if ids else ""
        self.heading.set_whole(f"{self.title.upper()}{count}")
        self._pages.setCurrentIndex(1 if ids else 0)
        self._show()

    def _follow(self, changes: ChangeSet) -> None:
        if "review" in changes.rows or (self.isVisible() and TABLES & changes.rows.keys()):
            self._soon.start()

    def _show(self) -> None:
        one, project = self.current, self._context.project
        self._enable()
        if one is None or project is None:
            return
        try:
            self._show_words(project, one)
        except NotFound:  # it was decided elsewhere a moment ago; the list follows
            self._soon.start()

    def _show_words(self, project: Project, one: Waiting) -> None:
        with project.read() as r:
            there, source, text = passages.get(r, one.passage), sources.get(r, one.source), sources.text(r, one.source)
            try:
                earlier = revisions.text(r, one.source, one.number)
            except NotFound:  # erased for good: the quote stands alone
                earlier = None
        self.about.set_whole(f"{source.name} · {self._about(there)}")
        self.why.setText(WHY[one.why])
        new = text[slice(*one.guess)] if one.guess else ""
        parts = pieces(one.quote, new) if one.guess else [(Kind.SAME, one.quote)]
        start, end = one.place
        old = [part for part in parts if part[0] is not Kind.NEW]
        beside = ("", "") if earlier is None else (before(earlier, start, REACH), after(earlier, end, REACH))
        self.old.show_pieces(_spaced(beside[0]), old, beside[1])
        if one.guess is None:
            self.guess_title.set_whole("Best guess")
            self.guess.show_pieces(NO_GUESS, [], "")
            return
        self.guess_title.set_whole(f"Best guess, {one.score:.0%} alike" if one.score else "Best guess, in other words")
        fresh = [part for part in parts if part[0] is not Kind.GONE]
        around = _spaced(before(text, one.guess[0], REACH)), after(text, one.guess[1], REACH)
        self.guess.show_pieces(around[0], fresh, around[1])

    def _about(self, passage: Passage) -> str:
        codes = [code.name for one in passage.codings if (code := self._shelf.code(one.code_id)) is not None]
        coded = listed([one_line(name) for name in dict.fromkeys(codes)]) or "without a code"
        return f"{coded} · {passage.coder}" + (f" · “{one_line(passage.comment)}”" if passage.comment else "")

    def _enable(self) -> None:
        one, writable = self.current, self._context.writable
        guess = one is not None and one.guess is not None
        self.accept.setEnabled(guess and writable)
        self.look.setEnabled(guess)
        for button in (self.place, self.remove):
            button.setEnabled(one is not None and writable)
        self.later.setEnabled(len(self._waiting) > 1)
        self._actions["code.accept_guess"].setEnabled(guess and writable)
        self._actions["code.place_here"].setEnabled(one is not None and writable)

    # ---- deciding ----

    def accept_guess(self) -> None:
        """Give the passage the place that was guessed."""
        one = self.current
        if one is None or one.guess is None:
            self._context.say(NO_GUESS if one else "No passage waits for review.")
            return
        passage = one.passage
        self._decide("accept the place of a passage", lambda tx: reviewing.accept(tx, passage), passage)

    def place_here(self) -> None:
        """Give the passage the words that are selected in the text."""
        one, words = self.current, self._desk.find_place()
        if one is None:
            self._context.say("No passage waits for review.")
        elif words is None or words.source != one.source:
            self._context.say("Select in its source the words where this passage belongs.")
            self._context.reveal(one.source, *(one.guess or ()), select=True)
        else:
            passage, start, end = one.passage, words.start, words.end
            self._decide("place a passage", lambda tx: reviewing.place(tx, passage, start, end), passage)

    def show_guess(self) -> None:
        """Bring the guess into sight in the text, selected."""
        one = self.current
        if one is not None and one.guess is not None:
            self._context.reveal(one.source, *one.guess, select=True)

    def remove_passage(self) -> None:
        """Remove the passage, after saying what goes with it."""
        one, project = self.current, self._context.project
        if one is None or project is None:
            return
        with project.read() as r:
            there = passages.get(r, one.passage)
        going = number_of(len(there.codings), "coding")
        reasons = sum(bool(coding.reason) for coding in there.codings)
        with_it = f"With it go {going}" + (f" and {number_of(reasons, 'reason')}" if reasons else "")
        text = f"Remove the passage “{one_line(one.quote)}”?\n\n{with_it}.\n\nYou can undo this."
        if self._context.ask.confirm("Remove passage", text, "Remove"):
            passage = one.passage
            self._decide("remove a passage", lambda tx: passages.remove(tx, [passage]), None)

    def next(self) -> None:
        """Leave this one waiting, and look at the next."""
        if self._waiting:
            self.list.setCurrentRow((self.list.currentRow() + 1) % len(self._waiting))
            self.list.setFocus()

    def _decide(self, words: str, work: Callable[[Change], None], passage: PassageId | None) -> None:
        def done(tx: Change) -> bool:
            work(tx)
            return True

        if self._context.change(words, done):
            left = len(self._waiting) - 1
            self._context.say(
                f"{number_of(left, 'passage')} still to review." if left else "Nothing is left to review."
            )


def _button(words: str, key: str, said: str) -> QToolButton:
    """Make a button that tells its key."""
    made = quiet(words, f"{said} ({key})")
    set_role(made, "")
    made.setText(f"{words} · {key}")
    return made


class _Waiters(QListWidget):
    """The list, in which keys decide."""

    def __init__(self, panel: ReviewPanel) -> None:
        super().__init__()
        self._panel = panel
        self.setAccessibleName("Passages that wait for review")
        self.setUniformItemSizes(True)
        self.setStyleSheet("QListWidget::item { padding-left: 9px; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(150)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that decide, before a command of the window takes them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._serve(event.key()):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide by a key."""
        serve = None if event.modifiers() else self._serve(event.key())
        if serve is not None:
            serve()
        else:
            super().keyPressEvent(event)

    def _serve(self, key: int) -> Callable[[], None] | None:
        panel = self._panel
        served: dict[int, Callable[[], None]] = {
            Qt.Key.Key_P: panel.place_here,
            Qt.Key.Key_Space: panel.show_guess,
            Qt.Key.Key_Delete: panel.remove_passage,
            Qt.Key.Key_L: panel.next,
            Qt.Key.Key_Return: panel.accept_guess,
            Qt.Key.Key_Enter: panel.accept_guess,
        }
        return served.get(key)


def _spaced(words: str) -> str:
    """Part the words before a passage from it, which lost their blank when they were cut."""
    return words if not words or words[-1].isspace() else f"{words} "
