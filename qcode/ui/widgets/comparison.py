"""Words as they were and as they are, told apart by more than colour. Nothing in them is markup."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from qcode.text.differences import Difference, Kind, Piece
from qcode.ui.context import Context
from qcode.ui.theme import blend
from qcode.ui.widgets.notes import LINE_HEIGHT, Notes

MOST = 300  # changes shown; who wants to see more corrects in smaller steps
AIR = 9  # pixels between two changes


class Comparison(Notes):
    """Show changes: words that went are struck out, words that came are bold and underlined."""

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._context = context
        self.document().setDocumentMargin(8)
        self._shown: list[tuple[str, list[Piece], str, str]] = []
        context.themeChanged.connect(self._draw)

    def show_pieces(self, before: str, pieces: Iterable[Piece], after: str) -> None:
        """Show one stretch with what stands around it."""
        self._shown = [(before, list(pieces), after, "")]
        self._draw()

    def show_differences(self, found: list[Difference], places: list[str]) -> None:
        """Show changes one below the other, each under where it stands."""
        pairs = zip(found[:MOST], places, strict=False)
        self._shown = [(one.before, list(one.pieces), one.after, place) for one, place in pairs]
        if len(found) > MOST:
            self._shown.append(("", [], f"And {len(found) - MOST:,} changes more.", ""))
        self._draw()

    def _draw(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for n, (before, pieces, after, place) in enumerate(self._shown):
            self._begin(cursor, first=n == 0)
            if place:
                cursor.insertText(f"{place}\n", self._shape(None, heading=True))
            cursor.insertText(before, self._shape(None))
            for kind, words in pieces:
                cursor.insertText(words, self._shape(kind))
            cursor.insertText(after, self._shape(None))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _begin(self, cursor: QTextCursor, *, first: bool) -> None:
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setTopMargin(0 if first else AIR)
        if first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)

    def _shape(self, kind: Kind | None, *, heading: bool = False) -> QTextCharFormat:
        theme = self._context.theme
        shape = QTextCharFormat()
        shape.setForeground(theme.text if kind is Kind.SAME else theme.muted)
        if heading:
            shape.setFontWeight(QFont.Weight.DemiBold)
        elif kind is Kind.GONE:
            shape.setFontStrikeOut(True)
            shape.setForeground(theme.danger)
        elif kind is Kind.NEW:
            shape.setFontUnderline(True)
            shape.setFontWeight(QFont.Weight.DemiBold)
            shape.setForeground(theme.text)
            shape.setBackground(blend(theme.field, theme.accent, 0.16))
        return shape
