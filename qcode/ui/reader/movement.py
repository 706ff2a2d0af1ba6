"""Where the caret goes: by character, word, sentence, line, paragraph, page and to the ends."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from qcode.text.breaks import (
    Paragraphs,
    next_grapheme,
    next_sentence,
    next_word,
    previous_grapheme,
    previous_sentence,
    previous_word,
    sentence_at,
    word_at,
)
from qcode.ui.reader.flow import Flow


class Move(Enum):
    """A step of the caret."""

    LEFT = auto()
    RIGHT = auto()
    WORD_LEFT = auto()
    WORD_RIGHT = auto()
    WORD_END = auto()
    SENTENCE_LEFT = auto()
    SENTENCE_RIGHT = auto()
    SENTENCE_END = auto()
    UP = auto()
    DOWN = auto()
    LINE_START = auto()
    LINE_END = auto()
    PARAGRAPH_UP = auto()
    PARAGRAPH_DOWN = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    START = auto()
    END = auto()


_VERTICAL = {Move.UP: -1, Move.DOWN: 1}
# where a paragraph reads leftward, the arrow to the left leads on
_MIRRORED = {Move.WORD_LEFT: Move.WORD_END, Move.WORD_RIGHT: Move.WORD_LEFT, Move.WORD_END: Move.WORD_LEFT}


class Mover:
    """Work out where a move leads; up and down keep to the column in which they began."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._column: float | None = None
        self._simple: dict[Move, Callable[[str, int], int]] = {
            Move.WORD_LEFT: previous_word,
            Move.WORD_RIGHT: next_word,
            Move.WORD_END: next_word_end,
            Move.SENTENCE_LEFT: previous_sentence,
            Move.SENTENCE_RIGHT: next_sentence,
            Move.SENTENCE_END: next_sentence_end,
            Move.PARAGRAPH_UP: paragraph_up,
            Move.PARAGRAPH_DOWN: paragraph_down,
        }

    def forget_column(self) -> None:
        """Begin a new column with the next step up or down, since the caret was put somewhere else."""
        self._column = None

    def target(self, move: Move, offset: int) -> int:
        """Give the offset to which a move leads from `offset`."""
        if move in _VERTICAL:
            return self._line_step(offset, _VERTICAL[move])
        if move in (Move.PAGE_UP, Move.PAGE_DOWN):
            return self._page_step(offset, 1 if move is Move.PAGE_DOWN else -1)
        self.forget_column()
        if move in (Move.LEFT, Move.RIGHT):
            return self._character_step(offset, forward=(move is Move.RIGHT) != self._reads_leftward(offset))
        if move in (Move.LINE_START, Move.LINE_END):
            return self._line_edge(offset, end=move is Move.LINE_END)
        if move in (Move.START, Move.END):
            return 0 if move is Move.START else len(self._flow.text)
        if move in _MIRRORED and self._reads_leftward(offset):
            move = _MIRRORED[move]
        return self._simple[move](self._flow.text, offset)

    def _character_step(self, offset: int, *, forward: bool) -> int:
        step = next_grapheme if forward else previous_grapheme
        return step(self._flow.text, offset)

    def _reads_leftward(self, offset: int) -> bool:
        return self._flow.layout(self._flow.pieces.at(offset)).runs_right_to_left

    def _line_edge(self, offset: int, *, end: bool) -> int:
        piece = self._flow.pieces.at(offset)
        start = self._flow.pieces.starts[piece]
        layout = self._flow.layout(piece)
        line = layout.line_of(offset - start)
        return start + (layout.line_end(line) if end else layout.line_start(line))

    def _column_at(self, offset: int) -> float:
        if self._column is None:
            piece = self._flow.pieces.at(offset)
            self._column = self._flow.layout(piece).x_of(offset - self._flow.pieces.starts[piece])
        return self._column

    def _line_step(self, offset: int, step: int) -> int:
        flow, column = self._flow, self._column_at(offset)
        piece = flow.pieces.at(offset)
        layout = flow.layout(piece)
        line = layout.line_of(offset - flow.pieces.starts[piece]) + step
        while not 0 <= line < layout.line_count:
            piece += step
            if not 0 <= piece < len(flow.pieces):
                return 0 if step < 0 else len(flow.text)
            layout = flow.layout(piece)
            line = layout.line_count - 1 if step < 0 else 0
            if flow.pieces.is_blank(piece):
                line += step  # The caret passes over the space between paragraphs.
        return flow.pieces.starts[piece] + layout.position_at(column, line)

    def _page_step(self, offset: int, step: int) -> int:
        """Scroll by a page less one line, and keep the caret at its height in the window."""
        flow, column = self._flow, self._column_at(offset)
        rect = flow.caret_rect(offset)
        page = max(flow.typography.body.pitch, flow.window_height - flow.typography.body.pitch)
        before = flow.value
        flow.scroll_by(step * page)
        flow.in_sight()
        if flow.value == before:
            return 0 if step < 0 else len(flow.text)
        y = rect.center().y() if rect is not None else flow.window_height // 2
        return flow.offset_at(column, min(max(0, y), flow.window_height))


def next_word_end(text: str, offset: int) -> int:
    """Give the end of the word at or after an offset: a selection grown by words takes no space along at its end."""
    end = word_at(text, offset)[1]
    if end > offset and not text[offset:end].isspace():
        return end
    following = next_word(text, offset)
    return max(word_at(text, following)[1], following)


def next_sentence_end(text: str, offset: int) -> int:
    """Give the end of the sentence at or after an offset, without the space that parts it from the next one."""
    following = offset
    while following < len(text):
        start, following = following, next_sentence(text, following)
        end = start + len(text[start:following].rstrip())
        if end > max(offset, start):
            return end
    return following


def paragraph_up(text: str, offset: int) -> int:
    """Give the start of this line of the text or, there already, of the last one above that is not blank."""
    while offset > 0:
        start = text.rfind("\n", 0, offset) + 1
        if start == offset:
            start = text.rfind("\n", 0, max(0, offset - 1)) + 1
        offset = start
        if not _line(text, start).isspace() and _line(text, start):
            break
    return offset


def paragraph_down(text: str, offset: int) -> int:
    """Give the end of this line of the text or, there already, of the next one below that is not blank."""
    while offset < len(text):
        start = offset + 1 if text[offset] == "\n" else text.rfind("\n", 0, offset) + 1
        line = _line(text, start)
        offset = start + len(line)
        if line and not line.isspace():
            break
    return offset


def expand(text: str, paragraphs: Paragraphs, start: int, end: int) -> tuple[int, int]:
    """Grow a selection to the word, then the sentence, then the paragraph, and there it stays."""
    for low, high in _wider(text, paragraphs, start, end):
        if low <= start and high >= end and (low, high) != (start, end) and low < high:
            return low, high
    return start, end


def _wider(text: str, paragraphs: Paragraphs, start: int, end: int) -> list[tuple[int, int]]:
    last = max(start, end - 1)
    first_number, last_number = max(1, paragraphs.number_at(start)), max(1, paragraphs.number_at(last))
    found = [
        (word_at(text, start)[0], max(end, word_at(text, last)[1])),
        (sentence_at(text, start)[0], max(end, sentence_at(text, last)[1])),
    ]
    if last_number <= len(paragraphs):
        found.append((paragraphs.span(first_number)[0], paragraphs.span(last_number)[1]))
    return found


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : len(text) if end < 0 else end]
