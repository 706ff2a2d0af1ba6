"""Find and replace in a text that is edited: one place after the other, or all in one go."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from qcode.text.canonical import clean
from qcode.text.find import Spot, needle, spots
from qcode.ui.style import label, set_role
from qcode.ui.widgets.buttons import quiet
from qcode.ui.widgets.plain import number_of
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.slim_bar import BarField
from qcode.ui.widgets.text_editor import TextEditor

MOST = 100_000  # places replaced in one go
NOTHING = "Nothing found"


class ReplaceBar(QFrame):
    """Enter goes to the next place, Shift+Enter to the one before, Esc closes the bar."""

    def __init__(self, editor: TextEditor) -> None:
        super().__init__()
        self._editor = editor
        set_role(self, "bar")
        self.setAccessibleName("Find and replace")
        self.field, self.by = BarField("Find"), BarField("Replace by")
        self.match_case, self.whole_words = quiet("Aa", "Match case"), quiet("“w”", "Whole words")
        self.next, self.one, self.all = quiet("Next"), quiet("Replace"), quiet("Replace all")
        self.count = label("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(6)
        for switch, name in ((self.match_case, "Match case"), (self.whole_words, "Whole words")):
            switch.setCheckable(True)
            switch.setChecked(True)
            switch.setAccessibleName(name)
        for field, words in ((self.field, "Find"), (self.by, "Replace by")):
            field.setPlaceholderText(words)
            field.setMinimumWidth(140)
            row.addWidget(field, 2)
            field.left.connect(self.leave)
        for part in (self.next, self.match_case, self.whole_words, self.one, self.all, self.count):
            row.addWidget(part)
        self.count.setMinimumWidth(130)
        self.field.entered.connect(lambda shift: self.step(-1 if shift else 1))
        self.by.entered.connect(lambda _: self.replace())
        self.field.textChanged.connect(lambda _: self._say_count())
        self.next.clicked.connect(lambda _=False: self.step(1))
        self.one.clicked.connect(without_checked(self.replace))
        self.all.clicked.connect(without_checked(self.replace_all))
        for switch in (self.match_case, self.whole_words):
            switch.toggled.connect(lambda _: self._say_count())
        self.hide()

    def ask(self) -> None:
        """Come up, with the selected words when there are some."""
        start, end = self._editor.selection()
        words = self._editor.words()[start:end]
        self.show()
        if words.strip() and "\n" not in words:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go away, and give the keyboard back to the text."""
        self.hide()
        self._editor.setFocus()

    def step(self, by: int) -> None:
        """Select the next place, or the one before; behind the last comes the first again."""
        found = self._found()
        if found:
            start, end = self._editor.selection()
            at = bisect_left(found, (end, -1) if by > 0 and start != end else (start, -1))
            self._editor.select(*found[(at if by > 0 else at - 1) % len(found)])

    def replace(self) -> None:
        """Replace the selected place, when it is one, and go to the next."""
        selected = self._editor.selection()
        if selected in self._found():
            self._editor.insertPlainText(self._words())
        self.step(1)

    def replace_all(self) -> None:
        """Replace all places in one step; passages follow them without any guess."""
        found = self._found()
        if found:
            words = self._words()
            self._editor.replace_all([(start, end, words) for start, end in found])
            self.count.setText(f"Replaced {number_of(len(found), 'place')}")
            self.count.setAccessibleName(self.count.text())

    def _words(self) -> str:
        return clean(self.by.text())[0]

    def _found(self) -> list[Spot]:
        pattern = needle(
            self.field.text(), match_case=self.match_case.isChecked(), whole_words=self.whole_words.isChecked()
        )
        found = [] if pattern is None else spots(self._editor.words(), pattern, most=MOST)
        self.count.setText(f"{len(found):,} found" if found else NOTHING if pattern is not None else "")
        self.count.setAccessibleName(self.count.text())
        return found

    def _say_count(self) -> None:
        self._found()
