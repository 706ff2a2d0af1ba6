"""Where the window is put together and started: nothing else makes these objects."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from qcode.ui import theme
from qcode.ui.actions import Actions
from qcode.ui.ask import Asker, DialogAsker
from qcode.ui.context import Context
from qcode.ui.errors import CrashWatch
from qcode.ui.icons import app_icon
from qcode.ui.settings import Settings
from qcode.ui.viewing import ThemeSwitch, wanted_theme
from qcode.ui.window import MainWindow


@dataclass(slots=True)
class Parts:
    """What one running window consists of; keep it as long as the window."""

    context: Context
    actions: Actions
    themes: ThemeSwitch
    window: MainWindow


def application() -> QApplication:
    """Get the one QApplication, made at the first call."""
    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("QCode")
    app.setApplicationDisplayName("QCode")
    app.setDesktopFileName("qcode")
    app.setWindowIcon(app_icon())
    return app


def assemble(app: QApplication, settings: Settings, ask: Asker | None = None) -> Parts:
    """Put a window together, not yet shown; tests pass settings and answers of their own."""
    asker = ask or DialogAsker()
    context = Context(settings, theme.load(wanted_theme(settings.theme)), asker)
    actions = Actions(context, settings)
    themes = ThemeSwitch(context, actions, app)
    window = MainWindow(context, actions)
    if isinstance(asker, DialogAsker):
        asker.parent = window
    return Parts(context, actions, themes, window)


def run(path: Path | None = None) -> int:
    """Open the window, on a project when there is a path, and stay until it is closed; gives the exit code."""
    app = application()
    parts = assemble(app, Settings())
    watch = CrashWatch(parts.window, parts.context.fail)
    watch.install()
    try:
        parts.window.show()
        if path is not None:
            QTimer.singleShot(0, parts.window, lambda: parts.window.filing.open(path))
        gc.freeze()  # what is made by now stays for good; the collector need not look at it in mid-frame
        return app.exec()
    finally:
        watch.remove()
