"""What the mouse does to the caret: click, drag with autoscroll, words by double click, paragraphs by triple click."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from qcode.text.breaks import word_at
from qcode.ui.reader.scene import Scene

_SLOP = 6.0


class Grain(Enum):
    """By what a drag selects."""

    CHARACTER = auto()
    WORD = auto()
    PARAGRAPH = auto()


class Pointer:
    """Follow one press of the mouse until it is let go; points are in the coordinates of the flow."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._grain = Grain.CHARACTER
        self._origin = (0, 0)
        self._double_at: tuple[int, QPointF] | None = None
        self._pressed: QPointF | None = None
        self.is_down = False

    @property
    def is_on_selection(self) -> bool:
        """Tell whether the selection is held, not drawn: it was pressed and not moved yet."""
        return self._pressed is not None

    @property
    def is_drawing(self) -> bool:
        """Tell whether a selection is being drawn."""
        return self.is_down and self._pressed is None

    def leaves_with_selection(self, point: QPointF) -> bool:
        """Tell whether the selection that was pressed has now been moved far enough to be taken along."""
        away = QGuiApplication.styleHints().startDragDistance()
        return self._pressed is not None and (point - self._pressed).manhattanLength() >= away

    def press(self, point: QPointF, *, extend: bool, when: int) -> None:
        """Put the caret at a point or, with `extend`, draw the selection to it."""
        self.is_down = True
        offset = self._offset(point)
        if self._is_third(point, when):
            self._begin(Grain.PARAGRAPH, offset)
            return
        if not extend and self._is_selected(point):
            self._pressed = point
            return
        self._grain = Grain.CHARACTER
        self._scene.caret.put(offset, keep_anchor=extend)
        anchor = self._scene.caret.anchor
        self._origin = (anchor, anchor)

    def double_click(self, point: QPointF, *, when: int) -> None:
        """Select the word at a point; the next press there, soon, is the third."""
        self.is_down, self._pressed = True, None
        self._double_at = (when, point)
        self._begin(Grain.WORD, self._offset(point))

    def drag(self, point: QPointF) -> None:
        """Draw the selection to a point, by what the press began with."""
        offset = self._offset(point)
        low, high = self._unit(offset)
        first, last = self._origin
        if offset < first:
            self._scene.caret.select(last, min(low, first))
        else:
            self._scene.caret.select(first, max(high, last))

    def release(self) -> bool:
        """End the press. One that did not move puts the caret into the selection: then True is given."""
        pressed, self._pressed = self._pressed, None
        self.is_down = False
        if pressed is not None:
            self._scene.caret.put(self._offset(pressed))
        return pressed is not None

    def let_go(self) -> None:
        """Forget the press: what was selected is taken elsewhere."""
        self._pressed = None
        self.is_down = False

    def _begin(self, grain: Grain, offset: int) -> None:
        self._grain = grain
        self._origin = self._unit(offset)
        self._scene.caret.select(*self._origin)

    def _unit(self, offset: int) -> tuple[int, int]:
        text = self._scene.flow.text
        if self._grain is Grain.WORD:
            return word_at(text, offset)
        if self._grain is Grain.PARAGRAPH:
            end = text.find("\n", offset)
            return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end
        return offset, offset

    def _is_selected(self, point: QPointF) -> bool:
        caret = self._scene.caret
        under = self._scene.flow.character_at(point.x(), point.y()) if caret.has_selection() else None
        return under is not None and caret.start <= under < caret.end

    def _offset(self, point: QPointF) -> int:
        return self._scene.flow.offset_at(point.x(), point.y())

    def _is_third(self, point: QPointF, when: int) -> bool:
        if self._double_at is None:
            return False
        then, there = self._double_at
        self._double_at = None
        near = (point - there).manhattanLength() < _SLOP
        return near and when - then <= QGuiApplication.styleHints().mouseDoubleClickInterval()
