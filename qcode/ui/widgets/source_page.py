"""One open source: loads its text when first seen, and follows what changes in the project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qcode.errors import NotFound, QcodeError
from qcode.exchange.citing import Stretch
from qcode.project import ChangeSet, PassageId, Project, SourceId, passages, sources
from qcode.project.passages import Passage
from qcode.text.positions import PositionMap
from qcode.ui.coding import Place
from qcode.ui.context import Context
from qcode.ui.quoting import in_form
from qcode.ui.reader import CodeLook, Mark, MarkKey, Reading, SourceView
from qcode.ui.reader.marks import key_of
from qcode.ui.showing import showing_of
from qcode.ui.widgets.page_marks import PageMarks


class SourcePage(QWidget):
    """A page behind a tab. It is light until `load` makes its view; `view` is None until then.

    `replaced` when its text was corrected and is shown anew.
    """

    replaced = Signal()

    def __init__(self, context: Context, project: Project, source: SourceId) -> None:
        super().__init__()
        self.source = source
        self.view: SourceView | None = None
        self.text = ""
        self.direction = ""  # which way its lines run; "" as their letters do
        self._context = context
        self._project = project  # its own: when the window changes projects, this one is still to be told the position
        self._showing = showing_of(context)
        self._showing.changed.connect(self._sift)
        self._out_of_sight: set[int] = set()  # passages of coders that are not shown
        self.read_to: int | None = None
        self.changed_at: tuple[int, int] | None = None  # where the last change altered marks, if it did
        self._marks = PageMarks()
        self._position = 0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def load(self, looks: Mapping[int, CodeLook]) -> SourceView:
        """Fetch the text and make the view, at the line last read. Raises NotFound when the source is gone."""
        if self.view is not None:
            return self.view
        with self._project.read() as r:
            there = sources.get(r, self.source)
            self._position, self.direction = there.last_read, there.direction
            self.text = sources.text(r, self.source)
            spans = sources.spans(r, self.source)
            marks = passages.marks(r, self.source)
        look = self._context.look
        view = SourceView(self, theme=look.theme(self._context.theme))
        view.set_reading(self._type())
        view.set_ruler(look.ruler)
        view.set_source(self.source)
        view.set_tip(self._tell)
        view.set_quoting(self._quoted)
        view.set_zoom(self._context.settings.zoom / 100)
        self._marks.fill(marks)
        view.show(self.text, spans, marks, looks)
        self._layout.addWidget(view)
        self.setFocusProxy(view)
        view.scroll_to(self._position)
        view.set_selection(self._position, self._position)
        self.view = view
        self._sift()
        self.show_read_to()
        return view

    def dress(self) -> None:
        """Show the text as the researcher wants it now."""
        if self.view is not None:
            look = self._context.look
            self.view.set_theme(look.theme(self._context.theme))
            self.view.set_reading(self._type())
            self.view.set_ruler(look.ruler)

    def _type(self) -> Reading:
        return replace(self._context.look.reading(), direction=self.direction)

    def show_read_to(self) -> None:
        """Show up to where this coder has read."""
        if self.view is not None:
            self.read_to = self._project.read_to(self.source)
            self.view.set_read_to(self.read_to)

    def stretch(self, start: int, end: int) -> Stretch:
        """Give what is quoted when this stretch is copied: a passage, when one is just there."""
        mark = self.selected()
        there = [mark] if mark is not None and mark[3:5] == (start, end) else self._marks.at(start, end)
        return Stretch(self.source, start, end, PassageId(there[0][0]) if there else None)

    def _quoted(self, start: int, end: int) -> str:
        made = in_form(self._context, [self.stretch(start, end)])
        return made.html if made is not None else ""

    def place(self) -> Place | None:
        """Give what would be coded: the selected words, else the selected passage."""
        if self.view is None:
            return None
        start, end = self.view.selection()
        mark = self.selected()
        if start == end and mark is not None:
            start, end = mark[3], mark[4]
        return self.meant(start, end) if start < end else None

    def meant(self, start: int, end: int) -> Place:
        """Give what is meant by selected words: without outer white space, unless just there a passage lies already."""
        place = Place(self.source, start, end, self.text)
        return place if self._marks.at(start, end) else place.trimmed()

    def selected(self) -> Mark | None:
        """Give the mark that is selected by its bracket or by walking."""
        key = self.view.selected_mark() if self.view is not None else None
        return self._marks.get(key) if key is not None else None

    def shown(self) -> list[Mark]:
        """List the marks that the researcher sees, as one reads."""
        return list(filter(self._is_shown, self._marks))

    def mark(self, key: MarkKey) -> Mark | None:
        """Give a mark of this source by its passage and coding."""
        return self._marks.get(key)

    def select_passage(self, passage: PassageId, coding: int | None = None) -> bool:
        """Select a passage's mark, of one coding or the first; False when it is not of this source."""
        if self.view is None:
            return False
        found = self._marks.of(passage)
        if not found:
            return False
        self.view.select_mark(passage, coding if coding in {mark[1] for mark in found} else found[0][1])
        return True

    def select_at_caret(self) -> bool:
        """Select the innermost passage that the caret stands in; False when it stands in none."""
        if self.view is None:
            return False
        here = self.view.marks_at(self.view.selection()[1])
        if here:
            self.view.select_mark(here[-1][0], here[-1][1])
        return bool(here)

    def neighbour(self, *, forward: bool) -> Mark | None:
        """Give the passage after, or before, the one selected, or the caret; None at the end."""
        if self.view is None:
            return None
        mark = self.selected()
        caret = self.view.selection()[1]
        here = (mark[3], -mark[4], mark[0]) if mark else (caret, 0, 0) if forward else (caret, -(1 << 60), 0)
        return (self._marks.after if forward else self._marks.before)(here, self._is_shown)

    @property
    def has_passages(self) -> bool:
        """Whether there is any passage to walk to."""
        return any(map(self._is_shown, self._marks))

    def remember(self) -> None:
        """Keep the line that is read in the project, so that the next day begins there."""
        if self.view is None or self.view.top() == self._position or self._project.read_only:
            return
        try:
            self._project.remember_position(self.source, self.view.top())
            self._position = self.view.top()
        except QcodeError as error:  # a lost position is no reason to stop closing; the file's own trouble is said
            self._context.say(str(error))

    # ---- what is shown ----

    def _sift(self) -> None:
        """Show only the codings that the researcher wants to see."""
        if self.view is None:
            return
        self._find_coders()
        some = self._showing.codes or self._showing.coders
        self.view.set_shown(self._is_shown if some else None)

    def _find_coders(self) -> None:
        self._out_of_sight = set()
        if self._showing.coders:
            with self._project.read() as r:
                self._out_of_sight.update(passages.of_coders(r, self.source, self._showing.coders))

    def _is_shown(self, mark: Mark) -> bool:
        return mark[2] not in self._showing.codes and mark[0] not in self._out_of_sight

    def _tell(self, passage: int, coding: int) -> str:
        """Say who coded, why, and what was said of the passage: for the tip over it."""
        try:
            with self._project.read() as r:
                found = passages.get(r, PassageId(passage))
        except QcodeError:  # a tip that comes too late has nothing to say
            return ""
        given = next((one for one in found.codings if one.id == coding), None)
        said = f"{given.coder}: {given.reason}" if given and given.reason else given.coder if given else found.coder
        return f"{said}\n{found.comment}".strip()

    # ---- following changes ----

    def follow(self, changes: ChangeSet) -> None:
        """Show what a change did to the marks, touching only those it touched."""
        self.changed_at = None
        if self.view is None or (changes.sources is not None and self.source not in changes.sources):
            return
        if "source" in changes.rows:
            self._turn()
            if self._was_corrected():
                return
        if "source_span" in changes.rows:
            with self._project.read() as r:
                self.view.set_signs(sources.spans(r, self.source))
        if not {"passage", "coding"} & changes.rows.keys():
            return
        touched = self._touched(changes)
        if touched is None:
            with self._project.read() as r:
                fresh = passages.marks(r, self.source)
            old = self._marks.keys()
            self._find_coders()
        else:
            fresh = [mark for passage in touched.values() if passage is not None for mark in self._of(passage)]
            old = {key_of(mark) for passage in touched for mark in self._marks.of(passage)}
            hidden = {id_ for id_, passage in touched.items() if passage and passage.coder in self._showing.coders}
            self._out_of_sight.difference_update(touched.keys() - hidden)
            self._out_of_sight |= hidden
        self._replace(old, fresh)

    def _turn(self) -> None:
        """Let lines run as the source says now."""
        try:
            with self._project.read() as r:
                direction = sources.get(r, self.source).direction
        except NotFound:  # removed: its tab is about to close
            return
        if direction != self.direction and self.view is not None:
            self.direction = direction
            self.view.set_reading(self._type())

    def _was_corrected(self) -> bool:
        """Show the text anew when it is another one now; the line that is read stays where it is."""
        view = self.view
        try:
            with self._project.read() as r:
                fresh = sources.text(r, self.source)
                if view is None or fresh == self.text:
                    return False
                spans, marks = sources.spans(r, self.source), passages.marks(r, self.source)
        except NotFound:  # removed: its tab is about to close
            return False
        positions = PositionMap.between(self.text, fresh)
        top, selected = view.top(), view.selection()
        self.text = fresh
        self._marks.fill(marks)
        view.clear_hits()
        view.select_mark(None)
        view.show(fresh, spans, marks)
        view.scroll_to(positions.start(top))
        view.set_selection(*(positions.start(at) for at in selected))
        self._sift()
        self.show_read_to()
        self.replaced.emit()
        return True

    def _touched(self, changes: ChangeSet) -> dict[int, Passage | None] | None:
        """Fetch the passages that a change touched, None for those that are gone; None: they are too many."""
        if changes.passages is None:
            return None
        with self._project.read() as r:
            there = {passage.id: passage for passage in passages.these(r, map(PassageId, changes.passages))}
        return {id_: there.get(PassageId(id_)) for id_ in changes.passages}

    def _of(self, passage: Passage) -> list[Mark]:
        """List the marks of a passage of this source; one that waits for review has no place to show."""
        if passage.source_id != self.source or passage.start is None or passage.end is None:
            return []
        span = passage.start, passage.end
        return [(passage.id, coding.id, coding.code_id, *span) for coding in passage.codings] or [
            (passage.id, 0, 0, *span)
        ]

    def _replace(self, old: set[MarkKey], fresh: list[Mark]) -> None:
        if self.view is None:
            return
        kept = {key_of(mark): mark for mark in fresh}
        selected = self.view.selected_mark()
        gone = [key for key in old if self._marks.get(key) != kept.get(key)]
        added = [mark for key, mark in kept.items() if self._marks.get(key) != mark]
        was = [mark for mark in map(self._marks.get, gone) if mark is not None]
        self.changed_at = min(((mark[3], mark[4]) for mark in added or was), default=None)
        for key in gone:
            self._marks.drop(key)
        for mark in added:
            self._marks.put(mark)
        self.view.remove_marks(key for key in gone if key not in kept)  # first: a coding may have changed its passage
        self.view.add_marks(added)
        if selected is not None and self._marks.get(selected) is None:
            self.select_passage(PassageId(selected[0]))
