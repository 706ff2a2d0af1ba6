"""Short texts to be read, with parts in bold, that can be selected and scrolled. Nothing in them is markup."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

LINE_HEIGHT = 120  # per cent; close lines are hard to read in a narrow pane


class Notes(QTextEdit):
    """Add paragraphs to it; each is words as they are, after a bold label where one is given."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)

    def add(self, words: str, *, label: str = "", color: QColor | None = None, space: int = 5) -> None:
        """Add a paragraph with `space` pixels above it; `insertText` takes its words for words."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setTopMargin(0 if self.document().isEmpty() else space)
        if self.document().isEmpty():
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        for part, bold in ((label, True), (words, False)):
            shape = QTextCharFormat()
            shape.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            if color is not None:
                shape.setForeground(color)
            cursor.insertText(f"{part} " if bold and part and words else part, shape)

    def sizeHint(self) -> QSize:
        """Be content with little; it scrolls."""
        return QSize(200, 190)


class WholeNotes(Notes):
    """Notes that are as high as their words, up to `highest` pixels; they stand in a page that scrolls."""

    def __init__(self, name: str, *, highest: int = 16_000, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._highest = highest
        self._fitting = False
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.fit())

    def fit(self) -> None:
        """Take the height of the words, wrapped to the width that is there."""
        if self._fitting:
            return
        self._fitting = True  # another height may bring a scroll bar, and that another width
        height = min(self._highest, math.ceil(self.document().size().height()) + 2)
        fits = height < self._highest
        always, never = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(never if fits else always)
        if height != self.maximumHeight():
            self.setFixedHeight(height)
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.fit()
