"""A slim bar between the tabs and the text: opened by a key, left by Escape, and the text stays where it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from qcode.ui.context import Context
from qcode.ui.reader import SourceView
from qcode.ui.style import set_role
from qcode.ui.widgets.source_page import SourcePage

_OWN_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BarField(QLineEdit):
    """A field that tells of Enter and Escape, before a command of the window takes them."""

    entered = Signal(bool)  # with Shift
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumHeight(28)

    def event(self, event: QEvent) -> bool:
        """Claim Enter and Escape."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape steer; everything else is typing."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)


class SlimBar(QFrame):
    """What the bars have in common. It is closed until `come_up`."""

    def __init__(self, context: Context, page: Callable[[], SourcePage | None], name: str) -> None:
        super().__init__()
        set_role(self, "bar")
        self.setAccessibleName(name)
        self.context = context
        self._page = page
        self._icons: list[tuple[QToolButton, str]] = []
        self.field = BarField(name)
        self.field.left.connect(self.leave)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 5, 8, 5)
        self.row.setSpacing(6)
        context.themeChanged.connect(self._draw)
        self.hide()

    @property
    def page(self) -> SourcePage | None:
        """The page in front, when its text is there."""
        page = self._page()
        return page if page is not None and page.view is not None else None

    @property
    def view(self) -> SourceView | None:
        """The view in front."""
        return self.page.view if self.page else None

    def come_up(self) -> None:
        """Show the bar; the lines of the text stay where they are on the screen, unless all of it is in sight."""
        if self.isHidden():
            self.show()
            self._move_text(self.sizeHint().height())

    def leave(self) -> None:
        """Go away and give the keyboard back to the text."""
        if self.view is not None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)  # before Qt hands it on, as if Tab had been pressed
        if not self.isHidden():
            self._move_text(-self.height())
            self.hide()

    def _move_text(self, by: int) -> None:
        if self.view is not None:
            self.view.scroll_by(by)

    def button(self, name: str, *, icon: str = "", text: str = "", check: bool = False) -> QToolButton:
        """Make a quiet button for the bar."""
        made = QToolButton()
        set_role(made, "quiet")
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setText(text)
        made.setCheckable(check)
        made.setMinimumSize(28, 28)
        if icon:
            self._icons.append((made, icon))
            made.setIcon(self.context.icons.get(icon))
        return made

    def fill(self, *parts: QWidget) -> None:
        """Put parts side by side, the way out at the right end."""
        for part in parts:
            self.row.addWidget(part)
        self.row.addStretch(1)
        close = self.button("Close (Esc)", icon="close")
        close.clicked.connect(lambda _=False: self.leave())
        self.row.addWidget(close)

    def _draw(self) -> None:
        for button, icon in self._icons:
            button.setIcon(self.context.icons.get(icon))
