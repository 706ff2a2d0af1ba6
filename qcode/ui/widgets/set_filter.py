"""Which set of sources is shown; out of sight while there are no sets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from qcode.project import SourceSetId
from qcode.project.source_sets import SourceSet
from qcode.ui.menu import Menu
from qcode.ui.style import set_role
from qcode.ui.widgets.plain import caption, one_line

ALL = "All sources"


class SetFilter(QToolButton):
    """Choose a set in a menu; `changed` when another is shown, the others when the one that is shown is to change."""

    changed = Signal()
    renameAsked = Signal(object)  # noqa: N815 - the set
    removeAsked = Signal(object)  # noqa: N815

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sets: Sequence[SourceSet] = ()
        self._shown: SourceSetId | None = None
        set_role(self, "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)  # a long name must not keep the pane wide
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMenu(Menu(self))
        self.menu().aboutToShow.connect(self._fill)
        self.load(())

    @property
    def shown(self) -> SourceSet | None:
        """The set that is shown; None: all sources."""
        return next((one for one in self._sets if one.id == self._shown), None)

    def load(self, sets: Sequence[SourceSet]) -> None:
        """Offer these sets; one that is gone is shown no longer."""
        before = self.shown
        self._sets = list(sets)
        self.setVisible(bool(self._sets))
        self._say()
        if self.shown != before:
            self.changed.emit()

    def show_set(self, source_set: SourceSetId | None) -> None:
        """Show a set; None: all sources."""
        if source_set != self._shown:
            self._shown = source_set
            self._say()
            self.changed.emit()

    def _say(self) -> None:
        shown = self.shown
        self._shown = shown.id if shown else None
        words = f"Set: {one_line(shown.name, 28)}" if shown else ALL
        self.setText(f"{caption(words)} ▾")
        self.setAccessibleName(words)
        self.setToolTip("Show all sources, or those of a set")

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for words, id_ in ((ALL, None), *((one_line(one.name), one.id) for one in self._sets)):
            action = menu.addAction(caption(words), partial(self.show_set, id_))
            action.setCheckable(True)
            action.setChecked(id_ == self._shown)
        if (shown := self.shown) is not None:
            menu.addSeparator()
            menu.addAction("Rename this set…", partial(self.renameAsked.emit, shown))
            menu.addAction("Remove this set…", partial(self.removeAsked.emit, shown))
