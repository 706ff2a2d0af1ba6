"""Set the pieces of a text in type: which style each has, how high it will be, and its lines when it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qcode.text.span import Span, SpanKind
from qcode.ui.reader.layouts import PieceLayout, blend_emphases, plain_option
from qcode.ui.reader.pieces import Pieces
from qcode.ui.reader.typography import LineStyle, Typography


class Typesetter:
    """Know a text's pieces with their headings and emphasis, and lay one out when it is asked for."""

    def __init__(self, text: str, spans: Sequence[Span], typography: Typography) -> None:
        self.pieces = Pieces(text)
        self.typography = typography
        self._headings: dict[int, int] = {}
        self._emphases: dict[int, list[tuple[int, int, bool]]] = {}
        for span in spans:
            if span.kind in (SpanKind.HEADING, SpanKind.BOLD, SpanKind.ITALIC):
                self._take(span)

    def estimates(self, width: int) -> list[int]:
        """Guess the height of every piece from its length, in lines of `width` pixels."""
        kind, pieces = self.typography, self.pieces
        body = kind.body
        a_line = max(1.0, width / (body.character * 1.01))
        known: dict[int, int] = {0: kind.blank}  # Most lengths come up again and again.
        heights = []
        for start, end in zip(pieces.starts, pieces.ends, strict=True):
            length = end - start
            height = known.get(length)
            if height is None:
                height = known[length] = -int(-length // a_line) * body.pitch + kind.gap
            heights.append(height)
        for piece, level in self._headings.items():
            heights[piece] = kind.style(level).pitch + kind.style(level).above + kind.gap
        return heights

    def lay_out(self, piece: int, width: int) -> PieceLayout:
        """Break a piece into lines of `width` pixels."""
        pieces = self.pieces
        blank_after = piece + 1 < len(pieces) and pieces.starts[piece + 1] == pieces.ends[piece + 1]
        below = self.typography.below(ends_line=pieces.ends_line(piece), before_blank=blank_after)
        return PieceLayout(
            pieces.string(piece),
            self._style(piece),
            plain_option(self.typography.tab, self.typography.direction),
            width,
            below=0 if pieces.is_blank(piece) else below,
            emphases=blend_emphases(self._emphases.get(piece, ())),
        )

    def _style(self, piece: int) -> LineStyle:
        if not self.pieces.is_blank(piece):
            return self.typography.style(self._headings.get(piece, 0))
        body, blank = self.typography.body, self.typography.blank
        return replace(body, pitch=blank, tint=blank, baseline=min(body.baseline, blank))

    def _take(self, span: Span) -> None:
        starts, ends = self.pieces.starts, self.pieces.ends
        for piece in range(self.pieces.at(span.start), self.pieces.at(max(span.start, span.end - 1)) + 1):
            if span.kind is SpanKind.HEADING:
                self._headings[piece] = int(span.value) if span.value.isdecimal() else 1
                continue
            low, high = max(span.start, starts[piece]), min(span.end, ends[piece])
            if low < high:
                stretch = (low - starts[piece], high - starts[piece], span.kind is SpanKind.BOLD)
                self._emphases.setdefault(piece, []).append(stretch)
