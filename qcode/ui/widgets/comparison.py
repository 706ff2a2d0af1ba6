"""Words as they were and as they are, told apart by more than colour. Nothing in them is markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from qcode.text.differences import Difference, Kind, Piece
from qcode.ui.context import Context
from qcode.ui.theme import blend
from qcode.ui.widgets.notes import LINE_HEIGHT, Notes

MOST = 300  # changes shown; who wants to see more corrects in smaller steps
AIR = 9  # pixels between two changes
LINE_END = "\u2028"  # within a paragraph, so that a title stands close to its words


@dataclass(frozen=True, slots=True)
class Entry:
    """One stretch with what changed in it, under a line that says which it is."""

    title: str
    before: str
    pieces: tuple[Piece, ...]
    after: str


class Comparison(Notes):
    """Show changes: words that went are struck out, words that came are bold and underlined."""

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._context = context
        self.document().setDocumentMargin(8)
        self._shown: list[Entry] = []
        context.themeChanged.connect(self._draw)

    def show_pieces(self, before: str, pieces: Iterable[Piece], after: str) -> None:
        """Show one stretch with what stands around it."""
        self.show_entries([Entry("", before, tuple(pieces), after)])

    def show_differences(self, found: list[Difference], place: Callable[[Difference], str]) -> None:
        """Show changes one below the other, each under where it stands."""
        self.show_entries(
            [Entry(place(one), one.before, one.pieces, one.after) for one in found[: MOST + 1]], len(found)
        )

    def show_entries(self, entries: list[Entry], number: int | None = None) -> None:
        """Show stretches one below the other; of more than can be read, the first, and how many there are."""
        more = (len(entries) if number is None else number) - MOST
        self._shown = entries[:MOST]
        if more > 0:
            self._shown.append(Entry("", "", (), f"And {more:,} more."))
        self._draw()

    def _draw(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for n, entry in enumerate(self._shown):
            self._begin(cursor, first=n == 0)
            if entry.title:
                cursor.insertText(f"{entry.title}{LINE_END}", self._shape(None, heading=True))
            cursor.insertText(entry.before, self._shape(None))
            for kind, words in entry.pieces:
                cursor.insertText(words if kind is Kind.SAME else _seen(words), self._shape(kind))
            cursor.insertText(entry.after, self._shape(None))
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


def _seen(words: str) -> str:
    """Let the end of a line be seen where it is what went or came."""
    return words.replace("\n", "↵\n").removesuffix("\n")
