"""Going from pane to pane by key: sources, codebook, definition, the text, and what is open below and beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from qcode.ui.actions import Actions
from qcode.ui.widgets.serving import without_checked


class PaneWalk(QObject):
    """Serve window.next_pane and window.previous_pane; `panes` are those of the window, the text among them."""

    def __init__(self, actions: Actions, panes: Callable[[], Sequence[QWidget]], parent: QObject) -> None:
        super().__init__(parent)
        self._panes = panes
        actions["window.next_pane"].triggered.connect(without_checked(partial(self.go, 1)))
        actions["window.previous_pane"].triggered.connect(without_checked(partial(self.go, -1)))

    def go(self, by: int) -> None:
        """Give the keyboard to the pane that is so many further on, round and round."""
        seen = [pane for pane in self._panes() if pane.isVisible()]
        focused = QApplication.focusWidget()
        here = next((at for at, pane in enumerate(seen) if focused and pane.isAncestorOf(focused)), None)
        for step in range(1, len(seen) + 1):
            at = (by * step + (here if here is not None else -1 if by > 0 else 0)) % len(seen)
            if (widget := first_in(seen[at])) is not None:
                widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return


def first_in(pane: QWidget) -> QWidget | None:
    """Find where the keyboard goes in a pane: to its list or, where it has none, to the first part that takes it."""
    if pane.focusProxy() is not None:
        return pane
    lists = [view for view in pane.findChildren(QAbstractItemView) if _takes_keys(view)]
    others = [part for part in pane.findChildren(QWidget) if _takes_keys(part)]
    return next(iter([*lists, *others]), None)


def _takes_keys(part: QWidget) -> bool:
    return part.isVisible() and part.isEnabled() and bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
