"""Edit the text of a source, with a tool bar of its own; what becomes of its passages is shown before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QToolButton, QVBoxLayout

from qcode.project.correcting import NewFile
from qcode.project.sources import Source
from qcode.text.differences import Difference, differences
from qcode.ui.context import Context
from qcode.ui.latest import Latest
from qcode.ui.style import label, set_role
from qcode.ui.widgets.comparison import Comparison
from qcode.ui.widgets.plain import number_of, one_line, tip
from qcode.ui.widgets.replace_bar import ReplaceBar
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qcode.errors import QcodeError
    from qcode.ui.correcting import Correcting

NONE = "No passage lies in this text."
SOME = "In this text {lie}. Passages follow your corrections when you are done; what is in doubt is for you to decide."
LEAVE = "Leave without correcting “{name}”?\n\nWhat you changed here is lost."
SAME = "Nothing was changed yet."


class EditSource(QDialog):
    """A window over the window, for the text alone. Open it with `open`; it deletes itself."""

    def __init__(self, context: Context, source: Source, text: str, at: int, correcting: Correcting) -> None:
        super().__init__(correcting.window)
        self._context, self._source, self._old, self._correcting = context, source, text, correcting
        self._file: tuple[NewFile, str] | None = None
        self.setWindowTitle(f"Edit “{one_line(source.name)}”")
        self.resize(correcting.window.size() * 0.9)
        self.editor = TextEditor(text, context.look.reading(), context.settings.zoom / 100)
        self.replace_bar = ReplaceBar(self.editor)
        self.changes = Comparison(context, "What was changed")
        self.pages = QStackedWidget()
        self.said = label(self._about(), "muted")
        self.find_button = self._button("Find and replace", "Ctrl+H", self.replace_bar.ask)
        self.newer = self._button("Put in a newer file…", "", self.ask_for_file)
        self.compare = self._button("Compare", "Ctrl+D", lambda: None)
        self.cancel, self.done_ = QPushButton("Cancel"), QPushButton("Done…")
        self._latest = Latest(self)
        self._latest.came.connect(self._show_changes)
        self._lay_out()
        self._connect()
        self.editor.select(at, at)
        self.editor.setFocus()

    def _lay_out(self) -> None:
        bar = QFrame()
        set_role(bar, "bar")
        bar.setAccessibleName("Edit source")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 7, 12, 7)
        row.setSpacing(6)
        title = label(one_line(self._source.name), "title")
        title.setContentsMargins(0, 0, 14, 0)
        for part in (title, self.find_button, self.newer, self.compare):
            row.addWidget(part)
        row.addStretch(1)
        for button in (self.cancel, self.done_):
            row.addWidget(button)
        self.pages.addWidget(self.editor)
        self.pages.addWidget(self.changes)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 8)
        self.said.setWordWrap(True)
        foot.addWidget(self.said, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for whole in (bar, self.replace_bar):
            layout.addWidget(whole)
        layout.addWidget(self.pages, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.compare.setCheckable(True)
        self.compare.toggled.connect(self.show_changes)
        self.done_.setDefault(True)
        for button in (self.cancel, self.done_):
            button.setAutoDefault(False)
        self.done_.setToolTip(tip("Show what becomes of the passages (Ctrl+Return)"))
        self.cancel.clicked.connect(without_checked(self.reject))
        self.done_.clicked.connect(without_checked(self.finish))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.finish)
        self.finished.connect(lambda _: self._latest.halt())
        self.finished.connect(self.deleteLater)

    # ---- what the tool bar does ----

    def ask_for_file(self) -> None:
        """Ask for a newer file and put its text in; it can be edited on."""
        path: Path | None = self._context.ask.open_file(f"Newer file for {one_line(self._source.name)}")
        if path is None:
            return

        def put(text: str, file: NewFile) -> None:
            self._file = file, text
            self.compare.setChecked(False)
            self.editor.put_in(text)
            self._say(f"The text of {one_line(path.name)} is put in; Ctrl+Z takes it back. {self._about()}")

        self._correcting.read(path, put, self, self._fail)

    def show_changes(self, on: bool) -> None:
        """Show what was changed so far in place of the text, or the text again."""
        self.pages.setCurrentWidget(self.changes if on else self.editor)
        self.replace_bar.hide()
        if not on:
            self._latest.cancel()
            self._say(self._about())
            self.editor.setFocus()
            return
        old, new = self._old, self.editor.words()
        self._say("Comparing…")

        def work() -> Iterator[list[Difference]]:
            yield differences(old, new)

        self._latest.ask(work)

    def _show_changes(self, found: list[Difference]) -> None:
        self._say(f"{number_of(len(found), 'change')}. Struck out: as it was." if found else SAME)
        self.changes.show_differences(found, lambda _: "")

    def finish(self) -> None:
        """Show what becomes of the passages and, when that is agreed, correct the text."""
        text = self.editor.words()
        known = [(one.before, one.edits) for one in self.editor.replaced()]
        file = self._file[0].edited(self._file[1], text) if self._file and self.editor.was_put_in else None
        self._say(self._about())
        self._correcting.propose(
            self._source, text, known=known, file=file, parent=self, done=self.accept, failed=self._fail
        )

    def reject(self) -> None:
        """Leave; what was changed is lost, and that is asked about."""
        name = one_line(self._source.name)
        if self.editor.words() == self._old or self._context.ask.confirm(
            "Edit source", LEAVE.format(name=name), "Leave"
        ):
            super().reject()

    # ---- inside ----

    def _say(self, words: str, *, wrong: bool = False) -> None:
        set_role(self.said, "danger" if wrong else "muted")
        self.said.setText(words)

    def _fail(self, error: QcodeError) -> None:
        """Say what went wrong where it is seen: this window covers the foot of the other."""
        self._say(str(error), wrong=True)

    def _about(self) -> str:
        number = self._source.passages
        lie = f"{'lies' if number == 1 else 'lie'} {number_of(number, 'passage')}"
        return SOME.format(lie=lie) if number else NONE

    def _button(self, words: str, key: str, serve: object) -> QToolButton:
        made = QToolButton()
        made.setText(words)
        made.setAccessibleName(words.rstrip("…"))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if key:
            made.setToolTip(tip(f"{words} ({key})"))
            QShortcut(QKeySequence(key), self).activated.connect(made.click)
        if callable(serve):
            made.clicked.connect(without_checked(serve))
        return made
