"""What is shown, shared by the text, its margin and its overview."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qcode.text.breaks import Paragraphs
from qcode.text.span import Span
from qcode.ui.reader.caret import Caret
from qcode.ui.reader.flow import Flow
from qcode.ui.reader.hits import Hits
from qcode.ui.reader.index import MarkIndex, Marks, ShownMarks
from qcode.ui.reader.lanes import Lanes
from qcode.ui.reader.marks import CodeLook, Mark, MarkKey, key_of
from qcode.ui.reader.paints import Paints
from qcode.ui.reader.signs import Signs
from qcode.ui.reader.tips import Tell
from qcode.ui.reader.typography import Reading, Typography

if TYPE_CHECKING:
    from qcode.ui.theme import Theme


class Scene:
    """Hold one source as it is shown: its text laid out, its marks with their lanes, colours, caret and selection."""

    def __init__(self, theme: Theme) -> None:
        self.reading = Reading()
        self.flow = Flow(Typography(self.reading))
        self.caret = Caret(self.flow)
        self.paragraphs = Paragraphs("")
        self.signs = Signs()
        self.looks: Mapping[int, CodeLook] = {}
        self.paints = Paints(theme, self.looks)
        # What is asked for marks: all of them, or those that a filter lets through.
        self.index: Marks = MarkIndex()
        self._everything = MarkIndex()
        self._is_shown: Callable[[Mark], bool] | None = None
        self._strength: float | None = None
        self.lanes = Lanes(self.index, "")
        self.selected: MarkKey | None = None
        self.bare = False
        self.hits = Hits()
        self.read_to: int | None = None
        self.ruler = False
        # What a stretch that is dragged out of the text is said to be of.
        self.source = 0
        self.tell: Tell | None = None
        self.quote: Callable[[int, int], str] | None = None
        # Where codes that are being dragged would go: a stretch of the text, or a mark.
        self.drop_span: tuple[int, int] | None = None
        self.drop_mark: MarkKey | None = None

    def set_source(self, text: str, spans: Sequence[Span], marks: Sequence[Mark]) -> None:
        """Show another text with its marks."""
        self.flow.set_text(text, spans)
        self.paragraphs = Paragraphs(text)
        self.signs = Signs(spans)
        self.caret.reset()
        self.hits, self.read_to, self.selected = Hits(), None, None
        self._everything = MarkIndex(marks)
        self._sift()

    def set_shown(self, is_shown: Callable[[Mark], bool] | None) -> None:
        """Show only marks of which `is_shown` says so, now and when they are put here; None shows all."""
        self._is_shown = is_shown
        self._sift()
        self.flow.drop_displays(0, len(self.flow.text))

    def _sift(self) -> None:
        keep = self._is_shown
        self.index = self._everything if keep is None else ShownMarks(self._everything, keep)
        self.lanes = Lanes(self.index, self.flow.text, self._everything)

    def set_colors(self, theme: Theme, looks: Mapping[int, CodeLook]) -> None:
        """Show codes in other colours or under other names."""
        self.looks = looks
        if self._strength is not None:
            theme = replace(theme, tint_strength=self._strength, _bars={}, _tints={})
        self.paints = Paints(theme, looks)

    def set_strength(self, strength: float) -> None:
        """Show tints stronger or weaker than the theme has them, also in the themes that come after this one."""
        self._strength = strength
        self.set_colors(self.paints.theme, self.looks)

    def set_type(self, reading: Reading, zoom: float) -> None:
        """Read in another type or size."""
        self.reading = reading
        self.flow.set_typography(Typography(reading, zoom))

    def put(self, mark: Mark) -> list[Mark]:
        """Show one more mark; give back what it replaces: nothing, or the mark that had its key."""
        replaced = self.remove(key_of(mark))
        self._everything.add(mark)
        self.flow.drop_displays(mark[3], mark[4])
        return replaced

    def marks_of_passage(self, mark: Mark) -> list[Mark]:
        """List a mark and all others of its passage, also those that a filter hides."""
        beside = self._everything.touching(mark[3], mark[3] + 1)
        return [mark, *(other for other in beside if other[0] == mark[0] and other != mark)]

    def stretch(self, marks: Sequence[Mark], start: int, end: int) -> None:
        """Show marks with other ends, for now or for good, in the lanes they had; those gone meanwhile stay gone."""
        for passage, coding, code, _, _ in marks:
            key = passage, coding
            if key in self._everything:
                lane = self.lanes.known(key)
                self.put((passage, coding, code, start, end))
                self.lanes.keep(key, lane)

    def remove(self, key: MarkKey) -> list[Mark]:
        """Show a mark no longer; give it back, or nothing when there is none."""
        mark = self._everything.discard(key)
        if mark is None:
            return []
        self.lanes.forget(key)
        self.flow.drop_displays(mark[3], mark[4])
        return [mark]

    def selected_mark(self) -> Mark | None:
        """Give the mark that is selected, whole."""
        return None if self.selected is None else self.index.get(self.selected)

    def marks_in_sight(self) -> list[Mark]:
        """List the marks that touch what is in sight, outer ones first."""
        start, end = self.flow.range_in_sight()
        return self.index.touching(start, max(end, start + 1))
