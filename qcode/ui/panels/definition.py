"""The code in focus: what it means, where it ends and when it applies, in sight while one codes."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qcode.project import ChangeSet, CodeId
from qcode.project.codes import Code
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.models.shelf import shelf_of
from qcode.ui.widgets.notes import Notes
from qcode.ui.widgets.painting import PADDING

NOTHING = "Choose a code in the codebook, or a coded passage in the text, to see what the code means."
UNDEFINED = "This code has no definition yet. Press {key} to write one."
BOUNDS = (
    ("boundary", "Boundary"),
    ("when_to_use", "When"),
    ("when_not_to_use", "Not when"),
)  # the first in sight always
LEAST = 38  # pixels: two lines, and it scrolls; more would take rows of the codebook from small screens
MORE = (("definition", "In full"), ("example", "Example"), ("near_miss", "Near miss"))


class DefinitionPanel(QWidget):
    """Show name, definition, boundary, when to use it and when not, of `context.code`."""

    key = "definition"
    title = "Definition"
    area = "left"

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._actions = actions
        self._shelf = shelf_of(context)
        self._code: Code | None = None
        self.setAccessibleName(self.title)
        self.notes = Notes("Definition of the code in focus")
        self.notes.setMinimumHeight(LEAST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, 12, PADDING - 6, 8)
        layout.addWidget(self.notes)
        context.codeFocused.connect(self.show_code)
        context.projectChanged.connect(lambda: self.show_code(None))
        context.changed.connect(self._follow)
        context.themeChanged.connect(self._write)
        self.show_code(context.code)

    def show_code(self, code: CodeId | None) -> None:
        """Show a code's definition; None: how to come by one."""
        before, self._code = self._code, self._shelf.code(code)
        if self._code is None or self._code != before:
            self._write()

    def _follow(self, changes: ChangeSet) -> None:
        if "code" in changes.rows and self._context.code is not None:
            self.show_code(self._context.code)

    def _write(self) -> None:
        theme, code = self._context.theme, self._code
        palette = self.notes.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.panel)
        self.notes.setPalette(palette)
        self.notes.clear()
        if code is None:
            self.notes.add(NOTHING, color=theme.muted)
            return
        self.notes.add("", label=code.name, color=theme.text)
        meaning = code.short_definition or code.definition
        if meaning:
            self.notes.add(meaning, color=theme.text)
        else:
            self.notes.add(UNDEFINED.format(key=self._actions.key("code.edit")), color=theme.muted)
        for field, words in BOUNDS + MORE:  # what bounds a code decides more passages than a long definition
            said = getattr(code, field)
            if said and said != meaning:
                self.notes.add(said, label=words, color=theme.muted)
        self.notes.moveCursor(self.notes.textCursor().MoveOperation.Start)
