"""Which codings are shown in the texts: those of all codes and coders, or fewer while one looks at a few."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from qcode.ui.context import Context
from qcode.ui.widgets.plain import number_of

NO_CODE = 0  # stands for passages without a code


class Showing(QObject):
    """Hide codes and coders through it, and hear of it; nothing is hidden in a project that was just opened."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.codes: frozenset[int] = frozenset()
        self.coders: frozenset[str] = frozenset()
        context.projectChanged.connect(self.show_all)

    def hide(self, codes: Iterable[int], coders: Iterable[str] = ()) -> None:
        """Hide just these codes (NO_CODE: passages without one) and the passages of these coders, by name."""
        wanted = frozenset(codes), frozenset(coders)
        if wanted != (self.codes, self.coders):
            self.codes, self.coders = wanted
            self.changed.emit()

    def show_all(self) -> None:
        """Hide nothing."""
        self.hide(())

    def words(self) -> str:
        """Say what is hidden, for the status line; "" when nothing is."""
        parts = []
        if hidden := len(self.codes - {NO_CODE}):
            parts.append(number_of(hidden, "code"))
        if NO_CODE in self.codes:
            parts.append("passages without a code")
        if self.coders:
            parts.append(number_of(len(self.coders), "coder"))
        return f"{', '.join(parts)} hidden" if parts else ""


def showing_of(context: Context) -> Showing:
    """Give what is shown in the texts of one window."""
    return context.findChild(Showing) or Showing(context)
