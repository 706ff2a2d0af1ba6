"""Labels that behave at any width."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from qcode.ui.style import set_role
from qcode.ui.widgets.plain import tip

LEAST, ENOUGH = 40, 80  # pixels: a few letters, and enough of them to know a name by


class Elided(QLabel):
    """A line that gives way: cut with an ellipsis instead of making the window wide. A tip then has the whole.

    A tip that is set on it, or on the part it stands in, stays.
    """

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._whole = self._tip = ""
        self._tails: tuple[str, ...] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if role:
            set_role(self, role)
        self.set_whole(text)

    def set_whole(self, text: str, *tails: str) -> None:
        """Show another text; a tail follows it uncut, as a count after a long name: the first that leaves it room."""
        self._whole, self._tails = " ".join(text.split()), tails or ("",)
        self.setAccessibleName(self._whole + self._tails[0])
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole text."""
        metrics = QFontMetrics(self.font())
        return QSize(
            metrics.horizontalAdvance(self._whole + self._tails[0]) + 2,
            max(metrics.height(), super().sizeHint().height()),
        )

    def minimumSizeHint(self) -> QSize:
        """Be content with a few letters."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics, room = QFontMetrics(self.font()), max(self.contentsRect().width(), 0)
        least = min(metrics.horizontalAdvance(self._whole), ENOUGH)
        rests = [(tail, room - metrics.horizontalAdvance(tail)) for tail in self._tails]
        tail, rest = next((one for one in rests if one[1] >= least), rests[-1])
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideMiddle, max(rest, min(room, LEAST)))
        self.setText(shown + tail)
        self._explain("" if (shown, tail) == (self._whole, self._tails[0]) else tip(self._whole + self._tails[0]))

    def _explain(self, wanted: str) -> None:
        above = self.parentWidget()
        if self.toolTip() in ("", self._tip) and not (above and above.toolTip()):
            self._tip = wanted
            self.setToolTip(wanted)
