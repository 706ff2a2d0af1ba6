"""The reading and coding view: a source's text with its margin and its overview."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from qcode.text.span import Span
from qcode.ui.reader.aids import AidedView
from qcode.ui.reader.marks import CodeLook, Mark, MarkKey
from qcode.ui.reader.resizing import Edge, stepped
from qcode.ui.theme import Theme


class SourceView(AidedView):
    """Show one source to read and to code. It knows nothing of projects: it is given text, marks and looks.

    Offsets are code points of the text that was shown, half-open. A mark is named by (passage, coding).
    """

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent, theme=theme)
        self._margin.marked.connect(self._mark_clicked)
        self._margin.menuAsked.connect(self._mark_menu)

    # What is shown

    def show(
        self,
        text: str | None = None,
        spans: Sequence[Span] = (),
        marks: Sequence[Mark] = (),
        looks: Mapping[int, CodeLook] | None = None,
    ) -> None:
        """Show a source from its top; without arguments, only make the widget visible, as Qt has it."""
        if text is None:
            super().show()
            return
        self._resizer.cancel()
        self._scene.set_source(text, spans, marks)
        if looks is not None:
            self._scene.set_colors(self._scene.paints.theme, looks)
        self._overview.forget()
        self._margin.forget_names()
        self._arrange()

    def add_marks(self, marks: Iterable[Mark]) -> None:
        """Show more marks; one that is already there is replaced, as when a passage was made longer."""
        changed: list[Mark] = []
        for mark in marks:
            changed += [mark, *self._scene.put(mark)]
        self._marks_changed(changed)

    def remove_marks(self, keys: Iterable[MarkKey]) -> None:
        """Show these marks no longer; unknown ones are passed over."""
        self._marks_changed([mark for key in keys for mark in self._scene.remove(key)])

    def set_looks(self, looks: Mapping[int, CodeLook]) -> None:
        """Show codes under other names and in other colours."""
        self._scene.set_colors(self._scene.paints.theme, looks)
        self._margin.forget_names()
        self._update_all()

    # Selection

    def selection(self) -> tuple[int, int]:
        """Give what is selected; start and end are the same where only the caret stands."""
        return self._scene.caret.start, self._scene.caret.end

    def set_selection(self, start: int, end: int) -> None:
        """Select a stretch, the caret at its end; characters cut in two are taken whole."""
        length = len(self._scene.flow.text)
        self._scene.caret.select(min(max(0, start), length), min(max(0, end), length))

    def selected_text(self) -> str:
        """Give the selected words as they stand in the source."""
        start, end = self.selection()
        return self._scene.flow.text[start:end]

    def select_mark(self, passage_id: int | None, coding_id: int = 0) -> None:
        """Select a mark, or none, and put the caret where it begins; a mark that is not here selects none."""
        mark = None if passage_id is None else self._scene.index.get((passage_id, coding_id))
        if mark is not None:
            self._scene.caret.put(mark[3])
        self._set_selected(None if mark is None else (mark[0], mark[1]))

    def selected_mark(self) -> MarkKey | None:
        """Give the selected mark's passage and coding."""
        return self._scene.selected

    def marks_at(self, offset: int) -> list[Mark]:
        """List the marks over a character, outer ones first."""
        return self._scene.index.at(offset)

    def copy(self) -> None:
        """Put the selected words on the clipboard, plain and, with their reference, as rich text."""
        self._text.copy()

    def nudge(self, edge: Edge, by: int, *, words: bool = False) -> tuple[int, int] | None:
        """Work out the selected mark's stretch with one end moved by so many characters or words; back when negative.

        Gives None when no mark is selected or nothing would be moved. Nothing is changed: that is the owner's.
        """
        mark = self._scene.selected_mark()
        if mark is None:
            return None
        span = stepped(self._scene.flow.text, (mark[3], mark[4]), edge, by, words=words)
        return span if span != (mark[3], mark[4]) else None

    # What the owner knows

    def set_source(self, source: int) -> None:
        """Say which source this is, for those to whom a passage is dragged."""
        self._scene.source = source

    def set_tip(self, tell: Callable[[int, int], str] | None) -> None:
        """Let tips say what is known of a coding: `tell` gives plain text for a passage and a coding (0: no code)."""
        self._scene.tell = tell

    def set_quoting(self, quote: Callable[[int, int], str] | None) -> None:
        """Let copied words say where they come from: `quote` gives HTML for a start and an end."""
        self._scene.quote = quote

    def select_all(self) -> None:
        """Select the whole text."""
        self._scene.caret.select(0, len(self._scene.flow.text))

    def _mark_clicked(self, key: MarkKey | None) -> None:
        self._text.setFocus()
        if key is None:
            self._set_selected(None)
        else:
            self.select_mark(*key)

    def _mark_menu(self, at: QPoint, key: MarkKey) -> None:
        self._mark_clicked(key)
        self.menuRequested.emit(at, self._scene.caret.position)
