"""The slim bar at the top: which project this is, and the four things that are always at hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

from qcode.project import info
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.labels import Elided
from qcode.ui.menu import Menu
from qcode.ui.style import set_role
from qcode.ui.widgets.search_field import SearchField

NAME_FIRST = 160  # so wide the project's name stays before the file's gives way
ROOM_FOR_FILE = 860  # pixels; in a narrower window the file's name would only be in the way


class TopBar(QFrame):
    """Show it over an open project; `coder` is the button with the coder's name."""

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        set_role(self, "bar")
        self._context = context
        self._actions = actions
        self.name, self.file = Elided("", "title"), Elided("", "muted")
        self.search = SearchField(actions)
        self.undo = self._button("Undo", "edit.undo")
        self.redo = self._button("Redo", "edit.redo")
        self.export = self._export_button()
        self.coder = QToolButton()
        self.coder.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.coder.setToolTip("Who codes: click to change the name")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 6)
        layout.setSpacing(10)
        layout.addWidget(self.name)
        layout.addWidget(self.file)
        layout.addStretch(1)
        layout.addWidget(self.search, 6)
        layout.addStretch(1)
        for button in (self.undo, self.redo, self.export, self.coder):
            layout.addWidget(button)
        context.projectChanged.connect(self.refresh)
        context.coderChanged.connect(self.refresh)
        context.themeChanged.connect(self._draw)
        self._draw()

    def refresh(self) -> None:
        """Show the open project's name, its file and its coder."""
        project = self._context.project
        if project is None:
            return
        with project.read() as r:
            name = info.project_name(r)
        self.name.set_whole(name or project.path.stem)
        self.name.setMinimumWidth(min(self.name.sizeHint().width(), NAME_FIRST))
        self.file.set_whole(project.path.name)
        self.file.setToolTip(str(project.path))
        coder = project.coder.name
        short = self.coder.fontMetrics().elidedText(coder, Qt.TextElideMode.ElideRight, 150)
        self.coder.setText(short.replace("&", "&&"))
        self.coder.setAccessibleName(f"Coder: {coder}")
        self.coder.setEnabled(not project.read_only)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the search: a long project name may have a quarter, and in a narrow window no file name."""
        super().resizeEvent(event)
        self.name.setMaximumWidth(max(NAME_FIRST, self.width() // 4))
        self.file.setVisible(self.width() >= ROOM_FOR_FILE)

    def _draw(self) -> None:
        icons = self._context.icons
        for button, picture in (
            (self.undo, "undo"),
            (self.redo, "redo"),
            (self.export, "export"),
            (self.coder, "coder"),
        ):
            button.setIcon(icons.get(picture))

    def _button(self, text: str, id_: str) -> QToolButton:
        """Make a button of a command that keeps its short name while the menu says the long one."""
        button = QToolButton()
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setText(text)
        action = self._actions[id_]

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            button.setToolTip(action.toolTip())
            button.setAccessibleName(action.text().replace("&&", "\0").replace("&", "").replace("\0", "&"))

        action.changed.connect(follow)
        button.clicked.connect(lambda _=False: action.trigger())
        follow()
        return button

    def _export_button(self) -> QToolButton:
        button = QToolButton()
        button.setText("Export")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip("Write the codebook or the passages to a file")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = Menu(button)
        menu.addAction(self._actions["file.export_codebook"])
        menu.addAction(self._actions["file.export_passages"])
        button.setMenu(menu)
        return button
