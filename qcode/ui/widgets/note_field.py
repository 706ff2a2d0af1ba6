"""A text that is edited in place: written after a pause or on leaving, and what cannot be written is said below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from qcode.ui.labels import Elided
from qcode.ui.style import label, set_role

PAUSE_MS = 1_500  # after the last key; a pause for thought is one change, not each of its words
FEWEST, MOST = 2, 9  # lines shown; a field of one line is for one line: Enter writes it

Write = Callable[[str], str]


class NoteField(QWidget):
    """Give it what is kept by `keep`, and `write`: it writes a text and gives "", or the sentence why it was not.

    `left` when the researcher is done here and goes back to the text. An unchanged text is never written.
    """

    left = Signal()

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None, *, lines: int = FEWEST) -> None:
        super().__init__(parent)
        self.lines = lines
        self.write: Write = lambda _: ""
        self._kept = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self.heading = Elided("", "heading")
        self.hint = label("", "hint")
        self.field = _Field(self)
        self.problem = label("", "danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.below = label("", "muted")
        self.below.setWordWrap(True)
        for words in (self.problem, self.below):
            words.setMinimumWidth(1)  # one long word must not make the pane wide
        self.below.hide()
        self._lay_out()
        self.name(title, hint)
        self.field.textChanged.connect(self._typed)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.heading, 1)
        top.addWidget(self.hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(4)
        layout.addLayout(top)
        for part in (self.field, self.problem, self.below):
            layout.addWidget(part)

    def name(self, title: str, hint: str = "") -> None:
        """Call it something else; `hint` is the key that leads here."""
        self.heading.set_whole(title.upper())
        self.field.setAccessibleName(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def say_below(self, words: str) -> None:
        """Say something quiet under the field."""
        self.below.setText(words)
        self.below.setVisible(bool(words))

    def keep(self, text: str) -> None:
        """Show what is kept; words that are just being typed stay, and are written in their turn."""
        typing = self.is_changed()
        if not typing and text != self.text():
            self._set(text)
        self._kept = text if typing else self.text()
        if not typing:
            self._show_problem("")

    def start_over(self, text: str) -> None:
        """Show another text, whatever stood here."""
        self._pause.stop()
        self._set(text)
        self._kept = self.text()
        self._show_problem("")

    def text(self) -> str:
        """Give the words as they were typed; `toPlainText` would turn no-break spaces into others."""
        return self.field.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def is_changed(self) -> bool:
        """Tell whether something is typed here that is not written yet."""
        return self.text() != self._kept

    def commit(self) -> bool:
        """Write what was typed; False when it could not be, which is then said at the field."""
        self._pause.stop()
        text = self.text()
        if text == self._kept:
            return True
        problem = self.write(text)
        if not problem:
            self._kept = text
        self._show_problem(problem)
        return not problem

    def set_writable(self, writable: bool) -> None:
        """Let it be read only, or written."""
        self.field.setReadOnly(not writable)

    def _set(self, text: str) -> None:
        self.field.blockSignals(True)
        self.field.setPlainText(text)
        self.field.blockSignals(False)
        self.field.fit()

    def _typed(self) -> None:
        self.field.fit()
        self._pause.start()

    def _show_problem(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))


class _Field(QPlainTextEdit):
    def __init__(self, note: NoteField) -> None:
        super().__init__()
        self._note = note
        set_role(self, "field")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._soon = QTimer(self, singleShot=True, interval=0)  # a new height amid laying out leaves lines too long
        self._soon.timeout.connect(self.fit)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._soon.start())
        self.fit()

    def fit(self) -> None:
        """Be as high as the words need, within limits."""
        lines = min(MOST, max(self._note.lines, round(self.document().documentLayout().documentSize().height())))
        height = lines * QFontMetrics(self.font()).lineSpacing() + 2 * round(self.document().documentMargin()) + 12
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower lines are more of them."""
        super().resizeEvent(event)
        self._soon.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Ctrl+Enter write and go back to the text."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (enter and (control or self._note.lines == 1)):
            if self._note.commit():
                self._note.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving writes."""
        super().focusOutEvent(event)
        self._note.commit()
