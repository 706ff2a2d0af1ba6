"""A passage with everything on it: its words, its codes and why, a comment, and what happened to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from qcode.errors import NotFound, QcodeError
from qcode.exchange.citing import Stretch
from qcode.project import Change, CodingId, PassageId, Project, codes, history, passages, sources, translations
from qcode.project.codes import Code
from qcode.project.history import Entry
from qcode.project.passages import Coding, Passage
from qcode.ui.actions import Actions
from qcode.ui.coding import Place, desk_of
from qcode.ui.context import Context
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.labels import Elided
from qcode.ui.models.palette import codes_on
from qcode.ui.models.shelf import shelf_of
from qcode.ui.models.surroundings import Surroundings
from qcode.ui.quoting import copy_quotes
from qcode.ui.style import label, set_role
from qcode.ui.widgets.chips import AddChip, Chip, Flow
from qcode.ui.widgets.moments import local, told
from qcode.ui.widgets.note_field import NoteField
from qcode.ui.widgets.plain import listed, number_of, one_line
from qcode.ui.widgets.quote_box import QuoteBox

GONE = "It is not in the project any more; what you typed is on the clipboard."
NOT_NOW = "Not written yet."
STEPS = 30  # of the trail shown
AIR = 5  # pixels between them


class PassageDetails(QWidget):
    """Show one passage and let it be edited in place; `left` when the researcher goes back to the text."""

    left = Signal()

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._actions = actions
        self._desk = desk_of(context)
        self._shelf = shelf_of(context)
        self._project: Project | None = None
        self.passage: Passage | None = None
        self._text = ""
        self._around = Surroundings()
        self._chips: dict[CodingId, Chip] = {}
        self.reasons: dict[CodingId, NoteField] = {}
        self.place = label("", "muted")
        self.copy = self._copy_button()
        self.quote = QuoteBox(context)
        self.chips = Flow()
        self.add = AddChip(context, "code", "Choose another code for this passage", lambda: actions.key("code.apply"))
        self.add.clicked.connect(lambda _=False: self._open_palette())
        self.chips.fill([self.add])
        self.comment = NoteField("Comment")
        self.comment.left.connect(self.left)
        self.translation = NoteField("Translation")
        self.translator = NoteField("Translated by", lines=1)
        for field in (self.translation, self.translator):
            field.left.connect(self.left)
        self.translate = AddChip(
            context, "translation", "Keep what the passage says in another language; it is copied and exported along"
        )
        self.translate.clicked.connect(lambda _=False: self._show_translation(write=True))
        self.about = Elided("", "muted")
        self.made = Elided("", "muted")
        self.trail = _Trail()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fetch_trail)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(_heading("Passage"))
        top.addStretch(1)
        top.addWidget(self.place)
        top.addWidget(self.copy)
        self._whys = QVBoxLayout()
        self._whys.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.quote)
        layout.addWidget(self.chips)
        layout.addSpacing(4)
        layout.addLayout(self._whys)
        for part in (self.comment, self.translation, self.translator):
            layout.addWidget(part)
        layout.addWidget(self.translate, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(4)
        layout.addWidget(_heading("Where and who"))
        layout.addWidget(self.about)
        layout.addWidget(self.made)
        layout.addSpacing(4)
        layout.addWidget(_heading("Trail"))
        layout.addWidget(self.trail)
        layout.addStretch(1)

    def _copy_button(self) -> QToolButton:
        button = QToolButton()
        set_role(button, "quiet")
        button.setFixedSize(26, 26)
        button.setIconSize(QSize(14, 14))
        button.setAccessibleName("Copy with reference")
        button.setToolTip("Copy the quote with where it stands, and its translation")
        button.clicked.connect(lambda _=False: self._copy())
        return button

    # ---- showing ----

    def show_passage(self, project: Project, passage: Passage) -> None:
        """Show a passage; words being typed on the one before are written first."""
        if self.passage is None or passage.id != self.passage.id or project is not self._project:
            self.commit()
        fresh = self.passage is None or passage.id != self.passage.id or project is not self._project
        self._project, self.passage = project, passage
        color = ""
        if passage.codings:
            first = next((one for one in passage.codings if one.id == self._context.coding), passage.codings[0])
            code = self._shelf.code(first.code_id)
            color = code.color if code else ""
        self.quote.show_quote(passage.quote, color)
        self._show_codes(passage, fresh=fresh)
        (self.comment.start_over if fresh else self.comment.keep)(passage.comment)
        self.comment.write = partial(
            self._write, "edit comment", lambda tx, text: passages.set_comment(tx, passage.id, text)
        )
        self._show_translated(passage, fresh=fresh)
        self._show_place(project, passage)
        if fresh:
            self.trail.show_entries([])
        self._later.start()

    def _fields(self) -> tuple[NoteField, ...]:
        return (*self.reasons.values(), self.comment, self.translation, self.translator)

    def _show_translated(self, passage: Passage, *, fresh: bool) -> None:
        """Show the translation with its translator; where there is none, a button that opens the fields."""
        for field, words, does, keep in (
            (self.translation, passage.translation, "edit translation", translations.write),
            (self.translator, passage.translator, "name translator", translations.name_translator),
        ):
            (field.start_over if fresh else field.keep)(words)
            field.write = partial(self._write, does, _about(passage.id, keep))
        two = self.translation, self.translator
        writing = not fresh and any(field.field.hasFocus() or field.is_changed() for field in two)
        self._show_translation(shown=bool(passage.translation or passage.translator) or writing)

    def _show_translation(self, *, shown: bool = True, write: bool = False) -> None:
        for field in (self.translation, self.translator):
            field.setVisible(shown)
        self.translate.setVisible(not shown)
        if write:
            self.translation.field.setFocus()

    def mark_current(self) -> None:
        """Show which of the codings is meant, and which field the key leads to."""
        key = self._actions.key("code.reason")
        meant = self._meant()
        for coding, chip in self._chips.items():
            chip.is_current = coding == meant and len(self._chips) > 1
            chip.update()
        for coding, field in self.reasons.items():
            field.name(self._why(coding), key if coding == meant else "")
        self.comment.name("Comment", key if meant is None else "")

    def commit(self) -> None:
        """Write whatever is being typed here."""
        for field in self._fields():
            field.commit()

    def forget(self) -> None:
        """Let go of a passage whose project is being closed."""
        self._later.stop()
        self._project = self.passage = None
        self.forget_texts()

    def forget_texts(self) -> None:
        """Number paragraphs anew: a source came, went or was corrected."""
        self._around.forget()

    def write_reason(self) -> None:
        """Put the cursor where the reason of the coding that is meant is written; without a code, the comment."""
        meant = self._meant()
        field = self.comment if meant is None else self.reasons[meant]
        field.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.field.moveCursor(field.field.textCursor().MoveOperation.End)

    def allow(self, *, writable: bool) -> None:
        """Let fields and buttons write, or not."""
        for field in self._fields():
            field.set_writable(writable)
        self.add.setEnabled(writable)
        self.translate.setEnabled(writable)
        for chip in self._chips.values():
            chip.cross.setEnabled(writable)

    def dress(self) -> None:
        """Take on the colours of a theme."""
        self.copy.setIcon(self._context.icons.get("copy"))
        self.quote.dress()
        for chip in self._chips.values():
            chip.cross.setIcon(self._context.icons.get("close"))
            chip.update()

    def _meant(self) -> CodingId | None:
        asked = self._context.coding
        return asked if asked in self.reasons else next(iter(self.reasons), None)

    def _why(self, coding: CodingId) -> str:
        """Head the reason of a coding; of several, each says its code."""
        if len(self.reasons) < 2 or self.passage is None:
            return "Why this code"
        one = next((one for one in self.passage.codings if one.id == coding), None)
        code = self._shelf.code(one.code_id) if one else None
        return f"Why {code.name}" if code else "Why this code"

    def _show_codes(self, passage: Passage, *, fresh: bool) -> None:
        """Have a chip and a field for each coding; a field in which somebody types is left alone."""
        there, focused = {coding.id for coding in passage.codings}, QApplication.focusWidget()
        for gone in [coding for coding in self.reasons if coding not in there or fresh]:
            field = self.reasons.pop(gone)
            field.commit()
            if focused is not None and field.isAncestorOf(focused) and not fresh:
                self.left.emit()
            self._whys.removeWidget(field)
            field.hide()
            field.deleteLater()
        for coding in passage.codings:
            if coding.id not in self.reasons:
                self.reasons[coding.id] = self._reason_field(coding)
            self.reasons[coding.id].keep(coding.reason)
        self._chips = {coding.id: self._chip(passage, coding) for coding in passage.codings}
        self.chips.fill([*self._chips.values(), self.add])
        self._order_tabs()
        self.mark_current()

    def _order_tabs(self) -> None:
        """Let Tab go down the pane as the eye does, though chips and fields come and go."""
        chips = [part for chip in self._chips.values() for part in (chip, chip.cross)]
        whys = [field.field for field in self.reasons.values()]
        notes = [self.comment.field, self.translation.field, self.translator.field, self.translate]
        for before, after in pairwise([self.copy, self.quote.words, *chips, self.add, *whys, *notes]):
            QWidget.setTabOrder(before, after)

    def _reason_field(self, coding: Coding) -> NoteField:
        field = NoteField("Why this code")
        field.start_over(coding.reason)
        field.left.connect(self.left)
        field.write = partial(self._write, "edit reason", lambda tx, text: passages.set_reason(tx, coding.id, text))
        field.say_below(f"{one_line(coding.coder)} · {local(coding.created_at)}")
        self._whys.addWidget(field)
        return field

    def _chip(self, passage: Passage, coding: Coding) -> Chip:
        """Make the chip of a coding, or keep the one that is there: it may have the keyboard."""
        code = self._shelf.code(coding.code_id)
        there = self._chips.get(coding.id)
        if there is not None and there.code == code:
            return there
        chip = Chip(self._context, code, partial(self._desk.uncode, passage.id, coding.id, code))
        chip.chosen.connect(lambda: self._choose(passage, coding))
        return chip

    def _choose(self, passage: Passage, coding: Coding) -> None:
        self._context.focus_passage(passage.id, coding.id)
        self._context.focus_code(coding.code_id)

    def _show_place(self, project: Project, passage: Passage) -> None:
        with project.read() as r:
            source = sources.get(r, passage.source_id)
            self._text = sources.text(r, passage.source_id)
        where = "waits for review"
        if passage.start is not None:
            where = f"¶{self._around.number_at(project, passage.source_id, passage.start):,}"
        self.place.setText(f"{where} · {number_of(len(passage.quote), 'character')}")
        self.about.set_whole(source.name)
        self.made.set_whole(f"{one_line(passage.coder)} · {local(passage.created_at)}")

    def _fetch_trail(self) -> None:
        """Ask the ledger after everything else was shown."""
        if self._project is None or self.passage is None or self._context.project is not self._project:
            return
        with self._project.read() as r:
            self.trail.show_entries(history.trail(r, self.passage.id))

    # ---- doing ----

    def _copy(self) -> None:
        passage = self.passage
        if passage is not None:
            self.commit()
            copy_quotes(self._context, [Stretch(passage.source_id, passage.start, passage.end, passage.id)])

    def _open_palette(self) -> None:
        passage = self.passage
        if passage is None:
            return
        palette = CodePalette(
            list(self._shelf.codes),
            self._context,
            recent=self._desk.recent,
            used=self._shelf.used,
            there=codes_on(self._context, passage.source_id, passage.start, passage.end),
            parent=self.window(),
        )
        palette.chosen.connect(lambda chosen, new: self._apply(passage, chosen, new))
        palette.popup(self.add.mapToGlobal(QPoint(0, self.add.height() + 4)), line=self.add.height() + 8)

    def _apply(self, passage: Passage, chosen: list[Code], new: str) -> None:
        if passage.start is not None and passage.end is not None:
            place = Place(passage.source_id, passage.start, passage.end, self._text)
            self._desk.apply(chosen, place=place, new=new)
            return

        def work(tx: Change) -> None:
            passages.apply_again(
                tx, passage.id, [*(code.id for code in chosen), *([codes.add(tx, new)] if new else [])]
            )

        self._context.change(f"apply {listed([one_line(code.name) for code in chosen] or [one_line(new)])}", work)

    def _write(self, label_: str, work: Callable[[Change, str], None], text: str) -> str:
        """Write one field as one change; gives the sentence why not, or ""."""
        failed: list[QcodeError] = []

        def guarded(tx: Change) -> bool:
            try:
                work(tx, text)
            except QcodeError as error:
                failed.append(error)
                raise
            return True

        if self._project is not None and self._project is not self._context.project:
            return self._write_late(label_, guarded)
        if self._context.change(label_, guarded):
            return ""
        if failed and isinstance(failed[0], NotFound):
            QGuiApplication.clipboard().setText(text)
            self._context.say(GONE)
            return GONE
        return str(failed[0]) if failed else NOT_NOW

    def _write_late(self, label_: str, work: Callable[[Change], bool]) -> str:
        """Write into the project that is just being left."""
        if self._project is None or self._project.read_only:
            return NOT_NOW
        try:
            with self._project.change(label_) as tx:
                work(tx)
        except QcodeError as error:
            self._context.refuse(error)
            return str(error)
        return ""


def _about(passage: PassageId, keep: Callable[[Change, PassageId, str], None]) -> Callable[[Change, str], None]:
    return lambda tx, text: keep(tx, passage, text)


class _Trail(QWidget):
    """What happened, newest first, with a little air between one thing and the next: each may take several lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Trail")
        self._lines: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(AIR)

    def show_entries(self, entries: list[Entry]) -> None:
        """Tell these changes."""
        told_ = [f"{told(entry)} · {local(entry.at)}" for entry in entries[:STEPS]]
        more = len(entries) - len(told_)
        told_ += [f"and {more:,} before"] if more > 0 else []
        while len(self._lines) < len(told_):
            self._add_line()
        for line, words in zip(self._lines, told_, strict=False):
            line.setText(words)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(told_))

    def text(self) -> str:
        """Give what is told, a line each."""
        return "\n".join(line.text() for line in self._lines if not line.isHidden())

    def _add_line(self) -> None:
        line = label("", "muted")
        line.setWordWrap(True)
        line.setMinimumWidth(1)  # one long word must not make the pane wide
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lines.append(line)
        self._column.addWidget(line)


def _heading(words: str) -> QLabel:
    made = label(words.upper(), "heading")
    made.setAccessibleName(words)
    return made
