"""What is shown, shared by the text, its margin and its overview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qcode.text.breaks import Paragraphs
from qcode.text.span import Span
from qcode.ui.reader.caret import Caret
from qcode.ui.reader.flow import Flow
from qcode.ui.reader.index import MarkIndex
from qcode.ui.reader.lanes import Lanes
from qcode.ui.reader.marks import CodeLook, Mark, MarkKey, key_of
from qcode.ui.reader.paints import Paints
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
        self.looks: Mapping[int, CodeLook] = {}
        self.paints = Paints(theme, self.looks)
        self.index = MarkIndex()
        self.lanes = Lanes(self.index, "")
        self.selected: MarkKey | None = None
        self.bare = False

    def set_source(self, text: str, spans: Sequence[Span], marks: Sequence[Mark]) -> None:
        """Show another text with its marks."""
        self.flow.set_text(text, spans)
        self.paragraphs = Paragraphs(text)
        self.caret.reset()
        self.index = MarkIndex(marks)
        self.lanes = Lanes(self.index, text)
        self.selected = None

    def set_colors(self, theme: Theme, looks: Mapping[int, CodeLook]) -> None:
        """Show codes in other colours or under other names."""
        self.looks = looks
        self.paints = Paints(theme, looks)

    def set_type(self, reading: Reading, zoom: float) -> None:
        """Read in another type or size."""
        self.reading = reading
        self.flow.set_typography(Typography(reading, zoom))

    def put(self, mark: Mark) -> list[Mark]:
        """Show one more mark; give back what it replaces: nothing, or the mark that had its key."""
        replaced = self.remove(key_of(mark))
        self.index.add(mark)
        self.flow.drop_displays(mark[3], mark[4])
        return replaced

    def remove(self, key: MarkKey) -> list[Mark]:
        """Show a mark no longer; give it back, or nothing when there is none."""
        mark = self.index.discard(key)
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
