"""A field in which the text of a source is corrected.

It is a QPlainTextEdit, which the reading view is not: a test proves that every canonical text comes back from it as it
went in, character for character, when its raw text is asked for and not the one meant for the clipboard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFont, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from qcode.text.positions import Edit
from qcode.ui.reader.typography import Reading
from qcode.ui.style import set_role
from qcode.ui.textpos import TextPositions

MEASURE = 760  # pixels
_BLOCK_END = "\u2029"  # as Qt writes the end of a paragraph; no canonical text holds it


@dataclass(frozen=True, slots=True)
class Replaced:
    """Edits that were made in one go, the text they were made in, and how many steps could be undone afterwards."""

    before: str
    edits: tuple[Edit, ...]
    steps: int


class TextEditor(QPlainTextEdit):
    """Edit a text in the letters in which it is read; places are code points.

    It remembers what was replaced in one go, while that was not undone.
    """

    def __init__(
        self, text: str, reading: Reading | None = None, zoom: float = 1.0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._replaced: list[Replaced] = []
        self._put: int | None = None  # how many steps could be undone when another text was put in
        self.setAccessibleName("Text")
        self.setTabChangesFocus(True)
        reading, font = reading or Reading(), QFont(self.font())
        font.setFamilies(list(reading.families))
        font.setPointSizeF(reading.points * zoom)
        self.setFont(font)
        set_role(self, "field")  # after the font: dressed before, a widget takes no other one
        self.document().setDocumentMargin(14)
        self.setPlainText(text)
        self.document().undoCommandAdded.connect(self._forget_undone)

    def words(self) -> str:
        """Give the text as it stands."""
        return self.document().toRawText().replace(_BLOCK_END, "\n")

    def replaced(self) -> list[Replaced]:
        """List what was replaced in one go and still is, the first first."""
        now = self.document().availableUndoSteps()
        return [one for one in self._replaced if one.steps <= now]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to be read, in the middle of a wide window."""
        side = max(0, (self.width() - MEASURE) // 2)
        self.setViewportMargins(side, 0, side, 0)
        super().resizeEvent(event)

    @property
    def was_put_in(self) -> bool:
        """Tell whether the text goes back to another that was put in, and that was not undone."""
        return self._put is not None and self._put <= self.document().availableUndoSteps()

    def select(self, start: int, end: int) -> None:
        """Select a stretch and bring it into sight."""
        positions = TextPositions(self.words())
        cursor = self.textCursor()
        cursor.setPosition(positions.to_utf16(start))
        cursor.setPosition(positions.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def selection(self) -> tuple[int, int]:
        """Give what is selected."""
        positions, cursor = TextPositions(self.words()), self.textCursor()
        return positions.to_code_point(cursor.selectionStart()), positions.to_code_point(cursor.selectionEnd())

    def replace_all(self, edits: Sequence[Edit]) -> None:
        """Make edits of the text as it stands in one step, which one undo takes back."""
        before = self.words()
        positions = TextPositions(before)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for start, end, words in sorted(edits, reverse=True):
            cursor.setPosition(positions.to_utf16(start))
            cursor.setPosition(positions.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(words)
        cursor.endEditBlock()
        self._replaced.append(Replaced(before, tuple(edits), self.document().availableUndoSteps()))

    def put_in(self, text: str) -> None:
        """Put another text in the place of all of this one, in one step."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._replaced.clear()
        self._put = self.document().availableUndoSteps()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _forget_undone(self) -> None:
        """Something was typed after an undo: what was undone does not come back any more."""
        now = self.document().availableUndoSteps()
        self._replaced = [one for one in self._replaced if one.steps < now]
        if self._put is not None and self._put >= now:
            self._put = None
