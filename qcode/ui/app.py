"""Where the window is put together and started: nothing else makes these objects."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
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
    windows: Windows


class Windows(QObject):
    """All windows of the program: more can be opened on a project, and each closes for itself."""

    def __init__(self, app: QApplication, settings: Settings, ask: Asker) -> None:
        super().__init__()
        self._app = app
        self._settings = settings
        self._ask = ask
        self._family: list[Context] = []
        self._sharing = False
        self.all: list[Parts] = []

    def make(self) -> Parts:
        """Put a window together, not yet shown."""
        first = self.all[0] if self.all else None
        ask = DialogAsker() if isinstance(self._ask, DialogAsker) else self._ask  # its dialogs stand over its window
        wanted = theme.load(wanted_theme(self._settings.theme))
        context = Context(self._settings, wanted, ask, family=self._family)
        actions = Actions(context, self._settings)
        window = MainWindow(context, actions)
        themes = ThemeSwitch(context, actions, self._app)  # last: a style sheet dresses each part anew as it is put in
        if isinstance(ask, DialogAsker):
            ask.parent = window
        parts = Parts(context, actions, themes, window, self)
        self.all.append(parts)
        window.closed.connect(lambda: self._closed(parts, keep=first is None))
        actions["window.new"].triggered.connect(lambda _=False: self.open_another(parts))
        actions["file.quit"].triggered.connect(lambda _=False: self.quit())
        actions.keysChanged.connect(lambda: self._share_keys(parts))
        return parts

    def open_another(self, beside: Parts) -> Parts | None:
        """Open a further window on the project of one, at the source that is read there."""
        project, source = beside.context.project, beside.context.source
        if project is None or beside.context.busy:
            beside.context.say("Please wait until the work in progress is done.")
            return None
        parts = self.make()
        parts.context.adopt(project)
        parts.window.show()
        if source is not None:
            parts.context.reveal(source)
        return parts

    def quit(self) -> None:
        """Close all windows; one that is busy stays, and says so."""
        for parts in list(self.all):
            parts.window.close()

    def _share_keys(self, changed: Parts) -> None:
        """Let the other windows take up the keys that were changed in one; their own signals go no further."""
        if self._sharing:
            return
        self._sharing = True
        try:
            for other in self.all:
                if other is not changed:
                    other.actions.keys.load()
                    other.actions.rekey()
        finally:
            self._sharing = False

    def _closed(self, parts: Parts, *, keep: bool) -> None:
        """Forget a window; the first one is kept by who made it, and may be shown again."""
        if keep:
            return
        self.all.remove(parts)
        parts.context.leave()
        for part in (parts.window, parts.context):
            part.deleteLater()


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
    return Windows(app, settings, ask or DialogAsker()).make()


def run(path: Path | None = None) -> int:
    """Open the window, on a project when there is a path, and stay until it is closed; gives the exit code."""
    app = application()
    parts = assemble(app, Settings())
    watch = CrashWatch(parts.window, parts.context.refuse)
    watch.install()
    try:
        parts.window.show()
        if path is not None:
            QTimer.singleShot(0, parts.window, lambda: parts.window.filing.open(path))
        gc.freeze()  # what is made by now stays for good; the collector need not look at it in mid-frame
        return app.exec()
    finally:
        watch.remove()
