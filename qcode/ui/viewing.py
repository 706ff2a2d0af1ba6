"""What the View menu does: panes shown or hidden, light or dark, larger or smaller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from qcode.ui import style, theme
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.settings import THEMES, ZOOM_STEPS


class Panes(QObject):
    """Show and hide the panes around the text, and bring them back as they were left."""

    def __init__(
        self, context: Context, actions: Actions, columns: Sequence[QSplitter], panes: Mapping[str, QWidget]
    ) -> None:
        super().__init__(columns[0])
        self._settings = context.settings
        self._columns = columns
        self._panes = panes
        for key, pane in panes.items():
            action = actions[f"view.{key}"]
            action.setChecked(self._left_open(key))
            pane.setVisible(self._left_open(key))
            action.toggled.connect(lambda on, key=key: self.show(key, on))
        self._show_columns()

    def show(self, key: str, on: bool) -> None:
        """Show or hide one pane, and remember it."""
        self._panes[key].setVisible(on)
        self._show_columns()
        settings = self._settings
        if self._opens_when_asked(key):
            settings.shown_panes = settings.shown_panes | {key} if on else settings.shown_panes - {key}
        else:
            settings.hidden_panes = settings.hidden_panes - {key} if on else settings.hidden_panes | {key}

    def _opens_when_asked(self, key: str) -> bool:
        return getattr(self._panes[key], "area", "left") != "left"

    def _left_open(self, key: str) -> bool:
        settings = self._settings
        return key in settings.shown_panes if self._opens_when_asked(key) else key not in settings.hidden_panes

    def _show_columns(self) -> None:
        """A column whose panes are all hidden takes no room."""
        for column in self._columns:
            column.setVisible(any(not pane.isHidden() for pane in self._panes.values() if pane.parent() is column))


class ThemeSwitch(QObject):
    """Dress the program light or dark: as the system is, also when that changes, or as the researcher chose."""

    used = Signal()

    def __init__(self, context: Context, actions: Actions, app: QApplication) -> None:
        super().__init__(context)
        self._context = context
        self._actions = actions
        self._app = app
        for name in THEMES:
            action = actions[f"view.theme_{name}"]
            action.setChecked(name == context.settings.theme)
            action.triggered.connect(lambda _=False, name=name: self.choose(name))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        context.themeChanged.connect(self._redress)
        self.use(wanted_theme(context.settings.theme))

    def choose(self, name: str) -> None:
        """Take one of THEMES, now and after the next start."""
        self._context.settings.theme = name
        self.use(wanted_theme(name))

    def use(self, name: str) -> None:
        """Dress everything in a theme of this name."""
        if self._context.theme.name != name:
            self._context.use_theme(theme.load(name))
        style.dress(self._app, self._context.theme)
        self._redress()

    def _redress(self) -> None:
        """Follow a theme that was chosen, here or in another window."""
        self._actions[f"view.theme_{self._context.settings.theme}"].setChecked(True)
        for id_, spec in self._actions.specs.items():
            self._actions[id_].setIcon(self._context.icons.get(spec.icon))

    def _system_changed(self) -> None:
        if self._context.settings.theme == "system":
            self.use(wanted_theme("system"))


class Zoom(QObject):
    """Read in larger or smaller letters, step by step."""

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__(context)
        self._context = context
        actions["view.zoom_in"].triggered.connect(lambda _=False: self.step(1))
        actions["view.zoom_out"].triggered.connect(lambda _=False: self.step(-1))
        actions["view.zoom_reset"].triggered.connect(lambda _=False: context.use_zoom(100))

    def step(self, by: int) -> None:
        """Go `by` steps up or down; at the ends, stay."""
        at = ZOOM_STEPS.index(self._context.settings.zoom) + by
        self._context.use_zoom(ZOOM_STEPS[min(max(at, 0), len(ZOOM_STEPS) - 1)])


def wanted_theme(choice: str) -> str:
    """Say which theme a choice of THEMES means now."""
    if choice != "system":
        return choice
    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"
