"""The caret and the selection that hangs on it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from qcode.text.breaks import Paragraphs, snap
from qcode.ui.reader.flow import Flow
from qcode.ui.reader.movement import Move, Mover, expand


class Caret(QObject):
    """Hold where the caret is and what is selected, always between whole characters, and tell when it changes."""

    selectionChanged = Signal(int, int)  # noqa: N815
    moved = Signal(int)

    def __init__(self, flow: Flow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._mover = Mover(flow)
        self.anchor = 0
        self.position = 0

    @property
    def start(self) -> int:
        """Give where the selection begins."""
        return min(self.anchor, self.position)

    @property
    def end(self) -> int:
        """Give where the selection ends; the same as its start when nothing is selected."""
        return max(self.anchor, self.position)

    def has_selection(self) -> bool:
        """Tell whether anything is selected."""
        return self.anchor != self.position

    def put(self, position: int, *, keep_anchor: bool = False) -> None:
        """Put the caret somewhere, or draw the selection to there."""
        self.select(self.anchor if keep_anchor else position, position)

    def select(self, anchor: int, position: int) -> None:
        """Select from one offset to another, the caret at the second; characters cut in two are taken whole."""
        self._mover.forget_column()
        self._set(anchor, position)

    def move(self, move: Move, *, keep_anchor: bool) -> None:
        """Take a step; without `keep_anchor`, a step to the side first leaves the selection at that side."""
        position = self._mover.target(move, self.position)
        if not keep_anchor and self.has_selection() and move in (Move.LEFT, Move.RIGHT):
            position = self.start if (position < self.position) else self.end
        self._set(self.anchor if keep_anchor else position, position)

    def expand(self, paragraphs: Paragraphs) -> None:
        """Grow the selection: word, sentence, paragraph."""
        self.select(*expand(self._flow.text, paragraphs, self.start, self.end))

    def reset(self) -> None:
        """Stand at the beginning of another text, without telling anybody."""
        self.anchor = self.position = 0
        self._mover.forget_column()

    def _set(self, anchor: int, position: int) -> None:
        low, high = snap(self._flow.text, anchor, position)
        anchor, position = (low, high) if anchor <= position else (high, low)
        if (anchor, position) == (self.anchor, self.position):
            return
        stretch, had_moved = (self.start, self.end), position != self.position
        self.anchor, self.position = anchor, position
        if (self.start, self.end) != stretch:
            self.selectionChanged.emit(self.start, self.end)
        if had_moved:
            self.moved.emit(position)
