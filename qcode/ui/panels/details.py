"""At the right: what is known of the passage, the code or the source that is worked on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from qcode.errors import NotFound
from qcode.project import ChangeSet, CodeId, PassageId, Project, SourceId, passages, sources, variables
from qcode.project.passages import Passage
from qcode.ui.actions import Actions
from qcode.ui.coding import desk_of
from qcode.ui.context import Context
from qcode.ui.models.shelf import shelf_of
from qcode.ui.widgets.empty import EmptyState
from qcode.ui.widgets.painting import PADDING
from qcode.ui.widgets.passage_details import PassageDetails
from qcode.ui.widgets.plain_details import PlainDetails
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.text_commands import NO_PASSAGE

NOTHING = "Select a passage in the text, a code or a source to see what is known of it."
FOLLOWED = frozenset(
    (
        *("passage", "coding", "code", "source", "text", "coder", "folder"),
        *("variable", "variable_value", "source_set", "source_set_member"),
    )
)


class DetailsPanel(QWidget):
    """Show what came into focus last. A passage stays while the focus goes to a code that stands on it."""

    key = "details"
    title = "Details"
    area = "right"

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__()
        self._context = context
        self._actions = actions
        self._shelf = shelf_of(context)
        self._passage: PassageId | None = context.passage
        self._code: CodeId | None = None  # came into focus after the passage
        self._source: SourceId | None = context.source  # came into focus after both
        self.setAccessibleName(self.title)
        self.setMinimumWidth(260)
        self.passage = PassageDetails(context, actions)
        self.plain = PlainDetails(context, actions)
        self.empty = EmptyState(NOTHING)
        self.pages = QStackedWidget()
        self._areas = [_scrolling(page) for page in (self.passage, self.plain)]
        for page in (self.empty, *self._areas):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self._connect()
        self._dress()

    def _connect(self) -> None:
        context = self._context
        context.projectChanged.connect(self._project_changed)
        context.changed.connect(self._follow)
        context.themeChanged.connect(self._dress)
        context.busyChanged.connect(self._busy_changed)
        context.passageFocused.connect(self._passage_focused)
        context.codeFocused.connect(self._code_focused)
        context.sourceFocused.connect(self._source_focused)
        self.passage.left.connect(self._back_to_text)
        self._actions["code.reason"].triggered.connect(without_checked(self.write_reason))

    def sizeHint(self) -> QSize:
        """Ask for the room of a short line of words."""
        return QSize(300, 500)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was not read while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def write_reason(self) -> None:
        """Open the pane, the cursor where the reason of the selected coding, else of that at the caret, is written."""
        if self._context.passage is None and not desk_of(self._context).select_here():
            self._context.say(NO_PASSAGE.format(key=self._actions.key("code.next_passage")))
            return
        self._passage, self._code, self._source = self._context.passage, None, None
        self._actions["view.details"].setChecked(True)
        self.refresh()
        if self.pages.currentWidget() is self._areas[0]:
            self.passage.write_reason()
            if (field := self.focusWidget()) is not None:
                self._areas[0].ensureWidgetVisible(field)

    def refresh(self) -> None:
        """Show what is in focus now."""
        self._soon.stop()
        project = self._context.project
        if not self.isVisible():
            return
        if project is None or not (
            self._show_passage(project) or self._show_code(project) or self._show_source(project)
        ):
            self.passage.commit()
            self.pages.setCurrentWidget(self.empty)
        self.passage.allow(writable=self._context.writable)

    # ---- what is in focus ----

    def _passage_focused(self, passage: PassageId | None) -> None:
        self._passage, self._code = passage, None
        self._source = self._context.source if passage is None else None
        self._soon.start()

    def _code_focused(self, code: CodeId | None) -> None:
        if code is not None:
            self._code, self._source = code, None
            self._soon.start()

    def _source_focused(self, source: SourceId | None) -> None:
        self._source = source
        self._soon.start()

    def _show_passage(self, project: Project) -> bool:
        found = self._found(project)
        if found is None or (self._source is not None and self._source != found.source_id):
            return False
        if self._code is not None and self._code not in {coding.code_id for coding in found.codings}:
            return False
        fresh = self.passage.passage is None or self.passage.passage.id != found.id
        self.passage.show_passage(project, found)
        self.pages.setCurrentWidget(self._areas[0])
        if fresh:
            self._areas[0].verticalScrollBar().setValue(0)
        return True

    def _found(self, project: Project) -> Passage | None:
        if self._passage is None:
            return None
        try:
            with project.read() as r:
                return passages.get(r, self._passage)
        except NotFound:  # removed under the cursor: what was typed is told of when it cannot be written
            self._passage = None
            self._source = self._context.source
            return None

    def _show_code(self, project: Project) -> bool:
        code = self._shelf.code(self._code)
        if code is None or self._source is not None:
            return False
        self.passage.commit()
        self.plain.show_code(project, code)
        self.pages.setCurrentWidget(self._areas[1])
        return True

    def _show_source(self, project: Project) -> bool:
        wanted = self._source if self._source is not None else self._context.source
        if wanted is None:
            return False
        try:
            with project.read() as r:
                source, values = sources.get(r, wanted), variables.of_source(r, wanted)
        except NotFound:  # removed, perhaps in another window
            return False
        self.passage.commit()
        sets = [one.name for one in self._shelf.sets if source.id in one.sources]
        self.plain.show_source(source, values, sets)
        self.pages.setCurrentWidget(self._areas[1])
        return True

    # ---- following ----

    def _project_changed(self) -> None:
        self.passage.commit()  # into the project it was typed for, which closes after this
        self._passage = self._code = self._source = None
        self.passage.forget()
        self.refresh()

    def _follow(self, changes: ChangeSet) -> None:
        if {"source", "text"} & changes.rows.keys():
            self.passage.forget_texts()
        if FOLLOWED & changes.rows.keys():
            self._soon.start()

    def _busy_changed(self, busy: bool) -> None:
        self.passage.allow(writable=self._context.writable)
        if not busy:
            self.passage.commit()

    def _back_to_text(self) -> None:
        shown = self.passage.passage
        source = shown.source_id if shown is not None else self._context.source
        if source is not None:
            self._context.reveal(source)

    def _dress(self) -> None:
        self.passage.dress()
        self.plain.dress()


def _scrolling(page: QWidget) -> QScrollArea:
    page.setContentsMargins(PADDING, 8, PADDING, 12)
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
