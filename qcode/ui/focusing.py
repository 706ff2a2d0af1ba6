"""The text alone: everything around it goes, and comes back as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from qcode.ui.reader import SourceView

SAID = "Only the text is shown. Press Esc to return."


class FocusMode(QObject):
    """Serve view.focus: hide what is around the text, and show again just what was shown before.

    `within` is what holds the text: there one Esc returns, whatever is selected.
    """

    def __init__(
        self, action: QAction, around: Callable[[], Sequence[QWidget]], say: Callable[[str], None], within: QWidget
    ) -> None:
        super().__init__(action)
        self._action = action
        self._around = around
        self._say = say
        self._hidden: list[QWidget] = []
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), within)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self.leave)
        action.toggled.connect(self._turn)

    @property
    def is_on(self) -> bool:
        """Tell whether the text is alone."""
        return self._action.isChecked()

    def leave(self) -> None:
        """Bring everything back."""
        self._action.setChecked(False)

    def _turn(self, on: bool) -> None:
        self._escape.setEnabled(on)
        if on:
            self._hidden = [part for part in self._around() if not part.isHidden()]
            self._say(SAID)  # seen for a moment by who has the status line elsewhere, and spoken
        for part in self._hidden:
            part.setVisible(not on)
        if not on:
            self._hidden = []
            self._say("")  # how to return is no longer news


class BareText(QObject):
    """Serve view.bare: the text without its codings while the key is held, or until switched off in the menu."""

    def __init__(self, action: QAction, views: Callable[[], Sequence[SourceView]], parent: QObject) -> None:
        super().__init__(parent)
        self._action = action
        self._views = views
        self._held = False
        action.setAutoRepeat(False)
        action.toggled.connect(self._turn)

    def serve(self, view: SourceView) -> None:
        """Let the key work in a view."""
        view.addAction(self._action)
        view.set_bare(self._action.isChecked())
        text = view.focusProxy()
        if text is not None:
            text.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the key goes down and up; letting go of the keyboard counts as up."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self._held = self._held or self._is_key(event)
        elif self._held and (
            kind == QEvent.Type.FocusOut
            or (
                kind == QEvent.Type.KeyRelease
                and isinstance(event, QKeyEvent)
                and not event.isAutoRepeat()
                and self._is_key(event)
            )
        ):
            self._held = False
            self._action.setChecked(False)
        return False

    def _is_key(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        released = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
        bare = QKeySequence(Qt.Key(event.key()))  # its modifiers may have gone up before it
        return any(sequence in (released, bare) for sequence in self._action.shortcuts())

    def _turn(self, on: bool) -> None:
        for view in self._views():
            view.set_bare(on)


def is_escape(event: QKeyEvent) -> bool:
    """Tell whether a key press is a plain Esc."""
    return event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier
