"""What the lists at the left have in common: a heading with a button, a filter, and rows or why there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QStackedLayout, QVBoxLayout, QWidget

from qcode.ui.context import Context
from qcode.ui.widgets.empty import EmptyState
from qcode.ui.widgets.filter_field import FilterField
from qcode.ui.widgets.heading import Heading
from qcode.ui.widgets.painting import PADDING


class Filtered(QWidget):
    """Put `rows` under a heading and a filter; the button at the heading does what `action` does."""

    def __init__(
        self, title: str, rows: QAbstractItemView, action: QAction | None, context: Context, *, narrows: str
    ) -> None:
        super().__init__()
        self._context = context
        self._rows = rows
        self.heading = Heading(title, action)
        self.filter = FilterField(f"Filter {narrows}", rows)
        self.empty = EmptyState("")
        self._top = top = QVBoxLayout()
        top.setContentsMargins(PADDING, 8, PADDING, 6)
        top.setSpacing(6)
        top.addWidget(self.heading)
        top.addWidget(self.filter)
        self._top = top
        self._pages = QStackedLayout()
        self._pages.addWidget(rows)
        self._pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(self._pages, 1)
        context.themeChanged.connect(self._dress)
        self._dress()

    def put_above(self, part: QWidget) -> None:
        """Put a part between the heading and the filter."""
        self._top.insertWidget(1, part)

    def add_below_filter(self, part: QWidget) -> None:
        """Put one more part below the filter."""
        self._top.addWidget(part, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, *, some: bool, otherwise: str) -> None:
        """Show the rows, or the sentence that says why there are none."""
        self.empty.say(otherwise)
        self._pages.setCurrentWidget(self._rows if some else self.empty)

    def _dress(self) -> None:
        self.heading.dress(self._context.icons)
        self._rows.viewport().update()


def alone(part: QWidget, panel: QWidget) -> None:
    """Fill a panel with one part, to its edges."""
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(part)
