"""Give a passage other ends by dragging one of them; until it is let go, what is shown is only a preview."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QObject, QPointF, Signal

from qcode.text.breaks import next_grapheme, next_word, previous_grapheme, previous_word, snap, word_at
from qcode.ui.reader.marks import Mark
from qcode.ui.reader.movement import next_word_end
from qcode.ui.reader.scene import Scene


class Edge(Enum):
    """An end of a passage."""

    START = auto()
    END = auto()


class Resizer(QObject):
    """Follow one drag of an end of the selected mark's passage; points are in the coordinates of the flow."""

    changed = Signal()
    resized = Signal(int, int, int)

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._edge = Edge.START
        self._by_lines = False
        self._held = QPointF()
        self._marks: list[Mark] = []
        self._span = (0, 0)

    @property
    def is_active(self) -> bool:
        """Tell whether an end is held."""
        return bool(self._marks)

    def begin(self, edge: Edge, *, held: QPointF | None = None, by_lines: bool = False) -> None:
        """Take hold of an end of the selected mark, so far from where it stands that a mere press moves nothing.

        With `by_lines`, points beside the words mean whole lines.
        """
        mark = self._scene.selected_mark()
        if mark is not None:
            self._edge, self._held, self._by_lines = edge, held or QPointF(), by_lines
            self._marks = self._scene.marks_of_passage(mark)
            self._span = mark[3], mark[4]

    def drag(self, point: QPointF, *, words: bool) -> None:
        """Show the passage as it would be if the end were let go at a point."""
        if not self.is_active:
            return
        if self._scene.selected_mark() is None:
            self.cancel()
            return
        start, end = self._marks[0][3:]
        span = moved(self._scene.flow.text, (start, end), self._edge, self._goal(point - self._held), words=words)
        if span != self._span:
            self._span = span
            self._scene.stretch(self._marks, *span)
            self.changed.emit()

    def finish(self) -> None:
        """Ask for the new ends, once; the old ones are shown until the asked-for change is made."""
        span, marks = self._span, self._marks
        self.cancel()
        if marks and span != marks[0][3:]:
            self.resized.emit(marks[0][0], *span)

    def cancel(self) -> None:
        """Leave everything as it was."""
        marks, self._marks = self._marks, []
        if marks and self._span != marks[0][3:]:
            self._scene.stretch(marks, *marks[0][3:])
            self.changed.emit()

    def _goal(self, point: QPointF) -> int:
        """Give the offset meant at a point; by lines, the line where the end is already changes nothing."""
        flow = self._scene.flow
        start, end = self._marks[0][3:]
        if not self._by_lines or 0 <= point.x() <= flow.width:
            return flow.offset_at(point.x(), point.y())
        first, last = flow.line_at(point.y())
        if self._edge is Edge.START:
            return start if first <= start < last else first
        return end if first < end <= last else last


def moved(text: str, span: tuple[int, int], edge: Edge, goal: int, *, words: bool) -> tuple[int, int]:
    """Give a stretch one of whose ends was moved to a goal, by whole characters or words; it never becomes empty."""
    start, end = span
    if edge is Edge.START:
        goal = _word_start(text, goal) if words else goal
        return snap(text, min(goal, previous_grapheme(text, end)), end)
    goal = _word_end(text, goal) if words else goal
    return snap(text, start, max(goal, next_grapheme(text, start)))


def stepped(text: str, span: tuple[int, int], edge: Edge, by: int, *, words: bool) -> tuple[int, int]:
    """Give a stretch one of whose ends was moved by so many characters or words; it never becomes empty."""
    start, end = span
    goal = start if edge is Edge.START else end
    for _ in range(abs(by)):
        if not words:
            goal = next_grapheme(text, goal) if by > 0 else previous_grapheme(text, goal)
        elif edge is Edge.START:
            goal = next_word(text, goal) if by > 0 else previous_word(text, goal)
        else:
            goal = next_word_end(text, goal) if by > 0 else _word_end_before(text, goal)
    return moved(text, span, edge, goal, words=False)


def _word_start(text: str, offset: int) -> int:
    low, high = word_at(text, offset)
    return high if text[low:high].isspace() else low


def _word_end(text: str, offset: int) -> int:
    low, high = word_at(text, offset)
    return low if offset == low or text[low:high].isspace() else high


def _word_end_before(text: str, offset: int) -> int:
    """Give the end of the last word that ends before an offset."""
    start = previous_word(text, offset)
    end = word_at(text, start)[1]
    if end < offset:
        return end
    before = previous_word(text, start)
    return word_at(text, before)[1] if before < start else start
