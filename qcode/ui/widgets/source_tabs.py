"""The tabs of the open sources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QToolButton, QWidget

from qcode.project import SourceId
from qcode.ui.context import Context
from qcode.ui.icons import Icons
from qcode.ui.style import set_role
from qcode.ui.widgets.plain import caption, one_line, tip

LONGEST = 40  # characters of a name on a tab
NARROWEST = 150  # pixels; when there are more tabs than fit, they are scrolled instead of losing their names


class SourceTabs(QTabBar):
    """A tab a source, closed by its button, moved by dragging."""

    chosen = Signal(object)  # the source of the tab in front; None when none is left
    closeAsked = Signal(object)  # noqa: N815

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._icons = context.icons
        self.is_held = False
        self.setAccessibleName("Open sources")
        self.setExpanding(False)
        self.setMovable(True)
        self.setDocumentMode(True)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.currentChanged.connect(self._changed)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Add several tabs without any of them coming to the front on the way."""
        self.is_held = True
        try:
            yield
        finally:
            self.is_held = False

    def add(self, source: SourceId, name: str) -> None:
        """Add a tab at the end."""
        before = self.is_held
        self.is_held = True  # the first tab of all comes to the front by itself, before it knows its source
        place = self.addTab("")
        self.setTabData(place, source)
        self.is_held = before
        button = QToolButton()
        set_role(button, "quiet")
        button.setFixedSize(24, 24)
        button.setIconSize(QSize(10, 10))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+W is its key
        button.clicked.connect(lambda _=False: self.closeAsked.emit(source))
        self.setTabButton(place, QTabBar.ButtonPosition.RightSide, button)
        self._dress_button(button)
        self.rename(source, name)

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802
        """Keep a name readable, and that of the tab in front whole."""
        wanted = self.tabSizeHint(index)
        return wanted if index == self.currentIndex() else QSize(min(wanted.width(), NARROWEST), wanted.height())

    def remove(self, source: SourceId) -> None:
        """Take a tab away."""
        if (place := self._place(source)) >= 0:
            self.removeTab(place)

    def clear(self) -> None:
        """Take all tabs away without a word."""
        with self.held():
            while self.count():
                self.removeTab(0)

    def rename(self, source: SourceId, name: str) -> None:
        """Show another name; an ampersand in it is an ampersand."""
        place = self._place(source)
        if place >= 0:
            self.setTabText(place, caption(one_line(name, LONGEST)))
            self.setTabToolTip(place, tip(name))
            self.tabButton(place, QTabBar.ButtonPosition.RightSide).setAccessibleName(f"Close {name}")

    def name(self, source: SourceId) -> str:
        """Give the name on a tab."""
        return self.tabText(self._place(source)).replace("&&", "&")

    def choose(self, source: SourceId) -> None:
        """Bring a tab to the front."""
        place = self._place(source)
        if place == self.currentIndex():
            self._changed(place)
        else:
            self.setCurrentIndex(place)

    def current(self) -> SourceId | None:
        """Give the source in front."""
        return self.tabData(self.currentIndex()) if self.count() else None

    def sources(self) -> list[SourceId]:
        """List the open sources, from left to right."""
        return [self.tabData(place) for place in range(self.count())]

    def next(self, by: int = 1) -> None:
        """Bring the tab that stands `by` places on to the front; after the last one comes the first."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def dress(self, icons: Icons) -> None:
        """Take on the colours of a theme."""
        self._icons = icons
        for place in range(self.count()):
            self._dress_button(self.tabButton(place, QTabBar.ButtonPosition.RightSide))

    def _dress_button(self, button: object) -> None:
        if isinstance(button, QToolButton):
            button.setIcon(self._icons.get("close"))

    def _changed(self, _place: int) -> None:
        if not self.is_held:
            self.chosen.emit(self.current())

    def _place(self, source: SourceId) -> int:
        return next((place for place in range(self.count()) if self.tabData(place) == source), -1)


class TabStrip(QWidget):
    """The strip the tabs stand on; its line runs along the whole width, under the tab in front it is open."""

    def __init__(self, tabs: QTabBar, context: Context) -> None:
        super().__init__()
        self._context = context
        layout = QHBoxLayout(self)
        layout.setContentsMargins(9, 2, 0, 0)
        layout.addWidget(tabs)
        layout.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line; the tabs lie over both."""
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), self._context.theme.panel)
            painter.fillRect(0, self.height() - 1, self.width(), 1, self._context.theme.line)
        finally:
            painter.end()
