"""Which keys move the caret, and how: one table, the platform's own habits first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from qcode.ui.reader.movement import Move

_Key = QKeySequence.StandardKey
_Ctrl, _Shift, _Alt = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_PLAIN = Qt.KeyboardModifier.NoModifier
_IGNORED = Qt.KeyboardModifier.KeypadModifier

_STANDARD = (
    (_Key.MoveToNextChar, _Key.SelectNextChar, Move.RIGHT),
    (_Key.MoveToPreviousChar, _Key.SelectPreviousChar, Move.LEFT),
    (_Key.MoveToNextLine, _Key.SelectNextLine, Move.DOWN),
    (_Key.MoveToPreviousLine, _Key.SelectPreviousLine, Move.UP),
    (_Key.MoveToPreviousWord, _Key.SelectPreviousWord, Move.WORD_LEFT),
    (_Key.MoveToStartOfLine, _Key.SelectStartOfLine, Move.LINE_START),
    (_Key.MoveToEndOfLine, _Key.SelectEndOfLine, Move.LINE_END),
    (_Key.MoveToStartOfDocument, _Key.SelectStartOfDocument, Move.START),
    (_Key.MoveToEndOfDocument, _Key.SelectEndOfDocument, Move.END),
    (_Key.MoveToPreviousPage, _Key.SelectPreviousPage, Move.PAGE_UP),
    (_Key.MoveToNextPage, _Key.SelectNextPage, Move.PAGE_DOWN),
)
_COMMAS = (Qt.Key.Key_Comma, Qt.Key.Key_Less, Qt.Key.Key_Semicolon)
_STOPS = (Qt.Key.Key_Period, Qt.Key.Key_Greater, Qt.Key.Key_Colon)
_OWN = {
    (Qt.Key.Key_Up.value, _Ctrl | _Shift): Move.PARAGRAPH_UP,
    (Qt.Key.Key_Down.value, _Ctrl | _Shift): Move.PARAGRAPH_DOWN,
    (Qt.Key.Key_Left.value, _Ctrl | _Alt): Move.SENTENCE_LEFT,
    (Qt.Key.Key_Right.value, _Ctrl | _Alt): Move.SENTENCE_RIGHT,
    (Qt.Key.Key_Left.value, _Ctrl | _Alt | _Shift): Move.SENTENCE_LEFT,
    (Qt.Key.Key_Right.value, _Ctrl | _Alt | _Shift): Move.SENTENCE_END,
    # many desktops keep Ctrl+Alt+arrows to themselves; the full stop ends a sentence, and with Shift it is another
    # character on each keyboard
    (Qt.Key.Key_Comma.value, _Ctrl): Move.SENTENCE_LEFT,
    (Qt.Key.Key_Period.value, _Ctrl): Move.SENTENCE_RIGHT,
    **dict.fromkeys(((key.value, _Ctrl | _Shift) for key in _COMMAS), Move.SENTENCE_LEFT),
    **dict.fromkeys(((key.value, _Ctrl | _Shift) for key in _STOPS), Move.SENTENCE_END),
}
# Ctrl+E widens the selection; on X11, Qt would have it go to the end of the line.
_WIDEN = (Qt.Key.Key_E.value, _Ctrl)


@dataclass(frozen=True, slots=True)
class Step:
    """A move, and whether the selection is drawn along."""

    move: Move
    selecting: bool


def step_for(event: QKeyEvent) -> Step | None:
    """Give the step that a key press asks for; None when it asks for something else."""
    modifiers = event.modifiers() & ~_IGNORED
    if (event.key(), modifiers) == _WIDEN:
        return None
    own = _OWN.get((event.key(), modifiers))
    if own is not None:
        return Step(own, bool(modifiers & _Shift))
    if event.matches(_Key.MoveToNextWord):
        return Step(Move.WORD_RIGHT, selecting=False)
    if event.matches(_Key.SelectNextWord):
        return Step(Move.WORD_END, selecting=True)
    for moving, selecting, move in _STANDARD:
        along = event.matches(selecting)
        if along or event.matches(moving):
            return Step(move, along)
    return None


def typed(event: QKeyEvent) -> str:
    """Give the character that was typed without modifiers (Shift aside, where it makes another); "" for other keys."""
    text = event.text()
    modifiers = event.modifiers() & ~_IGNORED
    if len(text) == 1 and text.isprintable() and modifiers in (_PLAIN, _Shift):
        return text
    return ""
