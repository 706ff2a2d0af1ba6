"""What can be chosen about how a file is read; only what makes a difference to it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QVBoxLayout, QWidget

from qcode.readers import Document, ReadingChoices
from qcode.readers.again import USUAL
from qcode.readers.choices import AS_USUAL, ReadAs
from qcode.text import headings
from qcode.ui.widgets.form import add_row
from qcode.ui.widgets.plain import caption, one_line
from qcode.ui.widgets.speaker_list import ROW, Named, SpeakerList, proposed
from qcode.ui.widgets.survey_columns import SurveyColumns

# A box is ticked for the first of the two values.
SWITCHES: tuple[tuple[str, str, bool], ...] = (
    ("article_only", "The article alone, without menus and the like", True),
    ("keep_heads", "Leave out running heads and page numbers", False),
    ("keep_hyphens", "Join words that are divided at the end of a line", False),
    ("keep_pages_apart", "Join sentences that a page or a column breaks", False),
    ("join_broken", "Join paragraphs that are broken in mid-sentence", True),
    ("mark_headings", "Short lines that stand alone are headings", True),
    ("leave_out_comments", "Keep comments beside the words they belong to", False),
    ("mark_speakers", "Names before a colon are speakers", True),
)
WHEN_READ = ("mark_headings", "mark_speakers")  # whether there are any is known when the file has been read
READ_AS = ((ReadAs.FOUND, "What it is taken for"), (ReadAs.PLAIN, "Plain text"), (ReadAs.MARKDOWN, "Markdown"))
SHOWN = 5  # speakers in sight
LABELS = 68  # pixels, so that the fields stand below those of the name


@dataclass(frozen=True, slots=True)
class Proposals:
    """What rules find in a text: who seems to speak, and whether lines seem to be headings."""

    names: Sequence[Named]
    has_headings: bool


def proposals_for(document: Document) -> Proposals:
    """Work out what to propose; in a long text that takes a moment, so not in a slot."""
    return Proposals(proposed(document.text), bool(headings.propose(document.text, document.spans)))


class ReadingOptions(QWidget):
    """Show and change the choices for one file; `changed` gives them whenever the researcher makes one."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.choices = AS_USUAL
        self.read_as, self.encoding = QComboBox(), QComboBox()
        for choice, words in READ_AS:
            self.read_as.addItem(words, choice)
        self.switches = {field: QCheckBox(words) for field, words, _ in SWITCHES}
        self.speakers = SpeakerList()
        self.survey = SurveyColumns()
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        for words, box in (("Read as", self.read_as), ("Encoding", self.encoding)):
            box.setMinimumHeight(28)
            box.setAccessibleName(words)
            add_row(self._form, words, box, width=LABELS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._form)
        for switch in self.switches.values():
            layout.addWidget(switch)
        layout.addWidget(self.speakers)
        layout.addWidget(self.survey)
        self._connect()
        self.offer(frozenset(), AS_USUAL)

    def _connect(self) -> None:
        self.read_as.activated.connect(lambda _: self._choose(read_as=ReadAs(self.read_as.currentData())))
        self.encoding.activated.connect(lambda _: self._choose(encoding=self.encoding.currentData()))
        for field, _, ticked in SWITCHES:
            self.switches[field].clicked.connect(
                lambda on, field=field, ticked=ticked: self._choose(**{field: bool(on) is ticked})
            )
        self.speakers.changed.connect(self._choose_speakers)
        self.survey.changed.connect(lambda survey: self._choose(survey=survey))

    def offer(self, heeded: frozenset[str], choices: ReadingChoices) -> None:
        """Show the choices that such a file heeds, before it has been read."""
        self._set(heeded, choices)
        for field in WHEN_READ:
            self.switches[field].hide()
        self.speakers.hide()
        self.survey.hide()

    def show_document(
        self, document: Document, proposals: Proposals, heeded: frozenset[str], choices: ReadingChoices
    ) -> None:
        """Show them with what only reading could tell: the encoding, who seems to speak, the columns of a survey.

        Nothing is hidden on the way that is shown again: the keyboard stays where it is.
        """
        self._set(heeded, choices)
        how = "Guessed" if document.encoding_guessed else "Found"
        if document.encoding:
            self._offer_encodings(f"{how}: {document.encoding}" if not self.choices.encoding else "Found by itself")
        self._offer_speakers(proposals.names if "mark_speakers" in heeded else ())
        some = "mark_headings" in heeded and (choices.mark_headings or proposals.has_headings)
        self.switches["mark_headings"].setVisible(some)
        self.survey.setVisible(document.survey is not None)
        if document.survey is not None:
            self.survey.show_survey(document.survey, self.choices.survey)

    def _set(self, heeded: frozenset[str], choices: ReadingChoices) -> None:
        self.choices = choices
        self._form.setRowVisible(self.read_as, "read_as" in heeded)
        self._form.setRowVisible(self.encoding, "encoding" in heeded)
        self.read_as.setCurrentIndex(self.read_as.findData(choices.read_as))
        self._offer_encodings("Found by itself")
        for field, _, ticked in SWITCHES:
            if field not in WHEN_READ:
                self.switches[field].setVisible(field in heeded)
            self.switches[field].setChecked(getattr(choices, field) is ticked)

    def _offer_encodings(self, found: str) -> None:
        self.encoding.clear()
        self.encoding.addItem(found, "")
        for codec, name in USUAL:
            self.encoding.addItem(name, codec)
        if self.choices.encoding and self.encoding.findData(self.choices.encoding) < 0:
            self.encoding.addItem(self.choices.encoding, self.choices.encoding)
        self.encoding.setCurrentIndex(max(0, self.encoding.findData(self.choices.encoding)))

    def _offer_speakers(self, found: Sequence[Named]) -> None:
        switch = self.switches["mark_speakers"]
        names = [one.name for one in found]
        self.speakers.show_names(found, self.choices.speakers or names)
        switch.setVisible(bool(found))
        listed = ", ".join(one_line(name, 24) for name in names[:3]) + (" …" if len(names) > 3 else "")
        words = next(words for field, words, _ in SWITCHES if field == "mark_speakers")
        switch.setText(caption(f"{words}: {listed}"))
        self.speakers.setVisible(bool(found) and self.choices.mark_speakers)
        self.speakers.setFixedHeight(min(SHOWN, len(found)) * ROW.height() + 4)

    def _choose_speakers(self) -> None:
        ticked = self.speakers.ticked()
        if ticked:
            self._choose(speakers=() if len(ticked) == self.speakers.names.rowCount() else ticked)
        else:
            self._choose(mark_speakers=False, speakers=())

    def _choose(self, **given: Any) -> None:
        self.choices = replace(self.choices, **given)
        self.changed.emit(self.choices)
