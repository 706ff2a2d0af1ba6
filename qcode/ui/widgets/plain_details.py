"""What is known of a code or of a source, to be read, with a button to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from qcode.project import Project, evidence
from qcode.project.codes import Code
from qcode.project.sources import Source
from qcode.text.languages import name_of
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.labels import Elided
from qcode.ui.models.evidence import subject_of
from qcode.ui.models.shelf import shelf_of
from qcode.ui.style import label, set_role
from qcode.ui.widgets.moments import local
from qcode.ui.widgets.notes import WholeNotes
from qcode.ui.widgets.plain import number_of, one_line

FIELDS = (
    ("short_definition", "In short"),
    ("definition", "Definition"),
    ("when_to_use", "When"),
    ("when_not_to_use", "Not when"),
    ("boundary", "Boundary"),
    ("example", "Example"),
    ("near_miss", "Near miss"),
    ("origin", "Origin"),
    ("theory_reference", "Theory reference"),
    ("memo", "Memo"),
)


class PlainDetails(QWidget):
    """Show what is known of a code or of a source."""

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._shelf = shelf_of(context)
        self.heading = label("", "heading")
        self.name = Elided("", "title")
        self.counts = label("", "muted")
        self.counts.setWordWrap(True)
        self.notes = WholeNotes("Details")
        self.edit = self._button(actions, "code.edit", "Edit…")
        self.passages = self._button(actions, "view.evidence", "Passages")
        self._source_button = self._button(actions, "source.details", "Edit…")
        self._shown: list[tuple[str, str]] = []
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.edit, self._source_button, self.passages):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 3, 0, 0)
        layout.setSpacing(8)
        for part in (self.heading, self.name, self.counts, self.notes):
            layout.addWidget(part)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def _button(self, actions: Actions, id_: str, words: str) -> QToolButton:
        action = actions[id_]
        button = QToolButton()
        button.setText(words)
        button.setMinimumHeight(26)
        set_role(button, "")
        button.setAccessibleName(actions.specs[id_].plain)
        button.setToolTip(action.toolTip())
        button.setEnabled(action.isEnabled())
        button.clicked.connect(lambda _=False: action.trigger())
        action.enabledChanged.connect(button.setEnabled)
        return button

    def show_code(self, project: Project, code: Code) -> None:
        """Show a code or a group with its counts and its fields."""
        subject = subject_of(code, self._shelf.codes)
        with project.read() as r:
            found = evidence.portions(r, subject.codes)
        total, places = sum(one.count for one in found), len({one.source for one in found})
        self.heading.setText("CODE" if code.is_codable else "GROUP")
        self.name.set_whole(code.name)
        self.counts.setText(f"applied {number_of(total, 'time')} in {number_of(places, 'source')}")
        made = f"{one_line(code.created_by)} · {local(code.created_at)}" if code.created_by else local(code.created_at)
        fields = [(words, getattr(code, field)) for field, words in FIELDS]
        self._show([("In", _above(code)), *fields, ("Key", code.shortcut), ("Made", made)])
        self._offer(code=True)

    def show_source(self, source: Source, values: Mapping[str, str], sets: Sequence[str]) -> None:
        """Show a source: title, how to cite it, where it came from, its counts, its variables and the sets it is in."""
        self.heading.setText("SOURCE")
        self.name.set_whole(source.name)
        self.counts.setText(f"{number_of(source.passages, 'passage')}, {number_of(source.codings, 'coding')}")
        came = f"{source.original_name} · {local(source.created_at)}" if source.original_name else ""
        self._show(
            [
                ("Title", source.title),
                ("Cite as", source.cite_as),
                ("Language", name_of(source.language)),
                ("Folder", source.folder),
                ("Sets", ", ".join(sets)),
                ("Length", number_of(source.length, "character")),
                ("Came from", came),
                *values.items(),
            ]
        )
        self._offer(code=False)

    def dress(self) -> None:
        """Take on the colours of a theme."""
        palette = self.notes.palette()
        palette.setColor(QPalette.ColorRole.Base, self._context.theme.panel)
        self.notes.setPalette(palette)
        self._show(self._shown)

    def _show(self, fields: list[tuple[str, str]]) -> None:
        theme = self._context.theme
        self._shown = fields
        self.notes.clear()
        for words, said in fields:
            if said:
                self.notes.add(said, label=words, color=theme.text, space=7)

    def _offer(self, *, code: bool) -> None:
        self.edit.setVisible(code)
        self.passages.setVisible(code)
        self._source_button.setVisible(not code)


def _above(code: Code) -> str:
    """Name the groups a code lies in."""
    return code.path.removesuffix(code.name).removesuffix(" > ")
