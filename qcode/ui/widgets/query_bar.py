"""What one looks for, typed in a field with the ways to mean it; what is wrong with it is said below."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from qcode.errors import InvalidInput
from qcode.text.query import Query, parse
from qcode.ui.style import label, set_role
from qcode.ui.widgets.plain import one_line, tip
from qcode.ui.widgets.slim_bar import BarField

PAUSE_MS = 150  # between the last key and the search
HELP = (
    "paper room – both words in one paragraph\n"
    "“paper room” in quotes – one after the other\n"
    "regist*  wom?n – whole words; * any letters, ? one letter\n"
    "list | room – one or the other"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query as it was typed, and how it is meant."""

    words: str = ""
    is_regex: bool = False
    match_case: bool = False
    whole_words: bool = False

    def query(self) -> Query | None:
        """Read it; None when there is nothing to look for. Raises InvalidInput for what is no expression."""
        given = asdict(self)
        return parse(given.pop("words"), **given)

    @property
    def said(self) -> str:
        """Say it in a sentence."""
        return f"“{one_line(self.words, 40)}”"


class QueryBar(QWidget):
    """Type into it; `asked` tells, a moment after the last key, that there is something else to look for.

    `entered` and `left` tell of Enter and Escape, `stepped` of Down. A `narrow` one leaves its `switches` to be put
    elsewhere.
    """

    asked = Signal()
    entered = Signal()
    left = Signal()
    stepped = Signal()

    def __init__(self, name: str, *, narrow: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = _Field(name, self)
        self.field.setPlaceholderText("Words, “a phrase”, part*")
        self.field.setToolTip(tip(HELP))
        self.field.setClearButtonEnabled(True)
        for clear in self.field.findChildren(QToolButton):  # Qt's own, and mute
            clear.setAccessibleName("Clear what is looked for")
        self.match_case = _switch("Aa", "Match case")
        self.whole_words = _switch("“w”", "Whole words")
        self.is_regex = _switch(".*", "Regular expression")
        self.problem = label("", "danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._query: Query | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self.switches = QWidget()  # beside the field; in a narrow place, whoever has room puts them elsewhere
        self._lay_out(narrow=narrow)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.field.entered.connect(lambda _: self._enter())
        self.field.left.connect(self.left)
        for switch in (self.match_case, self.whole_words, self.is_regex):
            switch.toggled.connect(lambda _: self.ask())

    def _lay_out(self, *, narrow: bool) -> None:
        together = QHBoxLayout(self.switches)
        together.setContentsMargins(0, 0, 0, 0)
        together.setSpacing(2)
        for switch in (self.match_case, self.whole_words, self.is_regex):
            together.addWidget(switch)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        if not narrow:
            row.addWidget(self.switches)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.problem)

    @property
    def wanted(self) -> Wanted:
        """What stands there now."""
        return Wanted(
            self.field.text(),
            self.is_regex.isChecked(),
            self.match_case.isChecked(),
            self.whole_words.isChecked(),
        )

    @property
    def query(self) -> Query | None:
        """What was asked for last; None when there is nothing to look for, or it cannot be read."""
        return self._query

    def put(self, wanted: Wanted) -> None:
        """Look for something else at once."""
        for part in (self.field, self.match_case, self.whole_words, self.is_regex):
            part.blockSignals(True)
        self.field.setText(wanted.words)
        self.is_regex.setChecked(wanted.is_regex)
        self.match_case.setChecked(wanted.match_case)
        self.whole_words.setChecked(wanted.whole_words)
        for part in (self.field, self.match_case, self.whole_words, self.is_regex):
            part.blockSignals(False)
        self.ask()

    def ask(self) -> None:
        """Read what stands there, say what is wrong with it, and tell that it is asked for."""
        self._pause.stop()
        try:
            self._query = self.wanted.query()
        except InvalidInput as error:
            self._query = None
            self.say(str(error))
        else:
            self.say("")
        self.asked.emit()

    def say(self, problem: str) -> None:
        """Say what is wrong below the field; "" when nothing is."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.field.setAccessibleDescription(problem)

    def clear(self) -> None:
        """Hold nothing, and tell nobody."""
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._pause.stop()
        self._query = None
        self.say("")

    def _enter(self) -> None:
        if self._pause.isActive():
            self.ask()
        self.entered.emit()


class _Field(BarField):
    def __init__(self, name: str, bar: QueryBar) -> None:
        super().__init__(name)
        self._bar = bar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the list by Down."""
        if event.key() == Qt.Key.Key_Down:
            self._bar.stepped.emit()
        else:
            super().keyPressEvent(event)


def _switch(words: str, name: str) -> QToolButton:
    made = QToolButton()
    set_role(made, "quiet")
    made.setText(words)
    made.setCheckable(True)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setMinimumSize(QSize(28, 28))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
