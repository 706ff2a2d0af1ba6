"""What a correction would do to the passages, before it is made."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from qcode.project.correcting import Followed, Plan
from qcode.text.anchor import Fate
from qcode.text.differences import Kind, pieces
from qcode.ui.context import Context
from qcode.ui.style import label
from qcode.ui.widgets.comparison import Comparison, Entry
from qcode.ui.widgets.plain import number_of

NONE = "No passage lies in this text."
ALL_SAME = "Every passage stands on the very words it stood on."
SIZE, NARROW = (680, 480), 480  # with a list, and as wide as words alone need
TITLES = {Fate.REVIEW: "Waits for review", Fate.MOVED: "Moved", Fate.KEPT: "Follows, with its words mended"}


class CorrectionPreview(QDialog):
    """Show how many passages follow, move or wait, and those whose words change; accepted, the correction is made."""

    def __init__(self, context: Context, planned: Plan, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Correct “{name}”")
        self.summary = label(_summary(planned), "title")
        self.words = Comparison(context, "Passages whose words change")
        entries = _entries(planned)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Correct")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Back to the text")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        said = label(_said(planned, entries), "muted")
        for part in (self.summary, said):
            part.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.summary)
        layout.addWidget(said)
        layout.addWidget(self.words, 1)
        if not entries:
            layout.addStretch(1)  # the sentences keep together in a tall dialog, too
        layout.addWidget(buttons)
        self.words.show_entries(entries)
        self.words.setVisible(bool(entries))
        self.resize(*(SIZE if entries else (NARROW, layout.totalHeightForWidth(NARROW))))
        self.finished.connect(self.deleteLater)
        self.ok.setDefault(True)
        self.ok.setFocus()


def _summary(planned: Plan) -> str:
    if not planned.passages:
        return NONE
    counts = {fate: len(planned.those(fate)) for fate in Fate}
    parts = [f"{counts[Fate.KEPT]:,} kept", f"{counts[Fate.MOVED]:,} moved", f"{counts[Fate.REVIEW]:,} for review"]
    return f"Of {number_of(len(planned.passages), 'passage')}: {', '.join(parts)}."


def _said(planned: Plan, entries: list[Entry]) -> str:
    notes = [*planned.notes]
    if planned.those(Fate.REVIEW):
        notes.append("What waits keeps its codes, and is decided under “To review”. Nothing is dropped.")
    if planned.passages and not entries:
        notes.append(ALL_SAME)
    return " ".join([*notes, "The earlier text is kept, and one undo brings all of it back."])


def _entries(planned: Plan) -> list[Entry]:
    return [
        _entry(one, planned.text)
        for fate in (Fate.REVIEW, Fate.MOVED, Fate.KEPT)
        for one in planned.those(fate)
        if fate is not Fate.KEPT or one.outcome.place is None or planned.text[slice(*one.outcome.place)] != one.quote
    ]


def _entry(one: Followed, text: str) -> Entry:
    title, place = TITLES[one.outcome.fate], one.outcome.place or one.outcome.guess
    if one.outcome.why is not None:
        title = f"{title}: {one.outcome.why.value}" + (", best guess" if place else "")
    parts = pieces(one.quote, text[slice(*place)]) if place else [(Kind.GONE, one.quote)]
    return Entry(title, "", tuple(parts), "")
