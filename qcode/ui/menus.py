"""The menu bar, made from the table of commands."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QMenuBar

from qcode.ui.actions import MENUS, Actions
from qcode.ui.context import Context
from qcode.ui.filing import Filing
from qcode.ui.menu import Menu


class Menus:
    """Fill a menu bar; File gets the recent projects, which come and go."""

    def __init__(self, bar: QMenuBar, context: Context, actions: Actions, filing: Filing) -> None:
        self._context = context
        self._filing = filing
        self.recent = Menu("Open r&ecent", bar)
        self.recent.aboutToShow.connect(self._fill_recent)
        self.menus = {name: _fill(Menu(f"&{name}", bar), actions, name) for name in MENUS}
        for menu in self.menus.values():
            bar.addMenu(menu)
        resize = _fill(Menu("Re&size passage", bar), actions, "Resize")
        self.menus["Code"].insertMenu(actions["code.next_passage"], resize)
        self.menus["File"].insertMenu(actions["file.sample"], self.recent)
        self.menus["File"].aboutToShow.connect(self._enable_recent)

    def _enable_recent(self) -> None:
        self.recent.setEnabled(bool(self._context.settings.recent()))

    def _fill_recent(self) -> None:
        self.recent.clear()
        for entry in self._context.settings.recent():
            action = self.recent.addAction(entry.path.name.replace("&", "&&"))
            action.setStatusTip(str(entry.path))
            action.setEnabled(entry.path.exists())
            action.triggered.connect(lambda _=False, path=entry.path: self._filing.open_recent(path))


def _fill(menu: QMenu, actions: Actions, name: str) -> QMenu:
    for spec in actions.menu(name):
        if spec.gap:
            menu.addSeparator()
        menu.addAction(actions[spec.id])
    return menu
