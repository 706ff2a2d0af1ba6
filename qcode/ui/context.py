"""What all parts of the window share: the project, the focus, and the signals between panels."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from qcode.errors import FileLocked, FileReadOnly, QcodeError
from qcode.ui.ask import Asker, DialogAsker
from qcode.ui.errors import present
from qcode.ui.icons import Icons
from qcode.ui.keyring import Keyring
from qcode.ui.look import Look
from qcode.ui.settings import Settings
from qcode.ui.theme import Theme

if TYPE_CHECKING:
    from qcode.project import Change, ChangeSet, CodeId, CodingId, PassageId, Project, SourceId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a source, in code points, half-open; `start` None: where the source was left.

    With `select` its words are selected, too.
    """

    source: SourceId
    start: int | None = None
    end: int | None = None
    select: bool = False


class Context(QObject):
    """Pass it to every panel: through it a panel reads, writes, asks, and hears what the others did."""

    projectChanged = Signal()  # noqa: N815 - Qt's way of naming
    changed = Signal(object)
    stepped = Signal(object)  # a change that was an undo or a redo asked for in this window
    busyChanged = Signal(bool)  # noqa: N815
    themeChanged = Signal()  # noqa: N815
    coderChanged = Signal()  # noqa: N815
    placeChanged = Signal(int, int)  # noqa: N815 - the paragraph that is read, and of how many; the text area says it
    zoomChanged = Signal(int)  # noqa: N815
    lookChanged = Signal()  # noqa: N815 - how texts are shown: type, paper, tints
    readMarked = Signal(object)  # noqa: N815 - the source in which this coder has read on
    readTo = Signal(object)  # noqa: N815 - how much of the source in front was read, in per cent; None: never said
    codeFocused = Signal(object)  # noqa: N815
    passageFocused = Signal(object)  # noqa: N815
    uncodedFocused = Signal()  # noqa: N815 - the passages without a code are asked for
    sourceFocused = Signal(object)  # noqa: N815
    revealRequested = Signal(object)  # noqa: N815
    said = Signal(str)
    _committed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        ask: Asker | None = None,
        parent: QObject | None = None,
        *,
        family: list[Context] | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.theme = theme
        self.icons = Icons(theme)
        self.ask: Asker = ask or DialogAsker()
        self.project: Project | None = None
        self.busy = False
        self.code: CodeId | None = None
        self.passage: PassageId | None = None
        self.coding: CodingId | None = None
        self.source: SourceId | None = None
        self.keyring: Keyring = family[0].keyring if family else Keyring(settings)
        self.family = family if family is not None else []  # one context for each window; they may share a project
        taken: set[int] = {other.number for other in self.family}
        self.number: int = next(number for number in range(1, len(taken) + 2) if number not in taken)
        self.family.append(self)
        self._unsubscribe: Callable[[], None] | None = None
        self._committed.connect(self._publish)  # queued when the commit was made in a worker

    @property
    def writable(self) -> bool:
        """Tell whether an action may write now: a project is open, not read-only, and no long work holds it."""
        return self.project is not None and not self.project.read_only and not self.busy

    def adopt(self, project: Project | None) -> None:
        """Make an opened project the one of the window, leaving the one before; the last to leave closes it."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        before, self.project = self.project, project
        self.code = self.passage = self.coding = self.source = None
        if project is not None:
            self._unsubscribe = project.subscribe(self._hear)
        self.projectChanged.emit()
        if before is not None and not any(other.project is before for other in self.family):
            before.close()

    def kin(self) -> list[Context]:
        """List the contexts of all windows on this project, this one among them."""
        return [other for other in self.family if other is self or (other.project and other.project is self.project)]

    def leave(self) -> None:
        """Say that the window of this context is gone."""
        if self in self.family:
            self.family.remove(self)

    def change(self, label: str, work: Callable[[Change], T], *, reason: str = "") -> T | None:
        """Write through the door: run `work(tx)` as one change; a known error is shown, and None comes back.

        The label is a lower-case verb phrase that reads after "Undo ".
        """
        if not self._may_write() or self.project is None:
            return None
        try:
            with self.project.change(label, reason=reason) as tx:
                made = work(tx)
        except QcodeError as error:
            self.refuse(error)
            return None
        return made

    def refuse(self, error: QcodeError) -> None:
        """Say why an action was not done; a file that cannot be used just now is no reason to interrupt reading."""
        if isinstance(error, FileLocked | FileReadOnly):
            self.say(str(error))
        else:
            self.fail(error)

    def undo(self) -> ChangeSet | None:
        """Take this coder's last change back and say which."""
        return self._step("Undone", lambda project: project.undo())

    def redo(self) -> ChangeSet | None:
        """Bring back what was undone last and say what."""
        return self._step("Brought back", lambda project: project.redo())

    def say(self, text: str) -> None:
        """Say a quiet sentence in the status line."""
        self.said.emit(text)

    def fail(self, error: QcodeError) -> None:
        """Show a known error where it belongs."""
        present(error, ask=self.ask, say=self.say)

    def reveal(
        self, source: SourceId, start: int | None = None, end: int | None = None, *, select: bool = False
    ) -> None:
        """Bring a place of a source into sight, opening its tab; without `start`, where it was left.

        Without `end` the caret goes there, to read on; with `select` the words between are selected.
        """
        self.revealRequested.emit(Target(source, start, end, select))

    def focus_code(self, code: CodeId | None) -> None:
        """Bring a code's definition into sight."""
        self.code = code
        self.codeFocused.emit(code)

    def focus_passage(self, passage: PassageId | None, coding: CodingId | None = None) -> None:
        """Tell everybody which passage is worked on and, where one is meant, which coding on it."""
        self.passage, self.coding = passage, coding
        self.passageFocused.emit(passage)

    def focus_source(self, source: SourceId | None) -> None:
        """Tell everybody which source is read."""
        self.source = source
        self.sourceFocused.emit(source)

    def use_theme(self, theme: Theme) -> None:
        """Repaint all windows in another theme."""
        for one in self.family:
            one.theme = theme
            one.icons = Icons(theme)
        for one in list(self.family):
            one.themeChanged.emit()

    def use_zoom(self, percent: int) -> None:
        """Read larger or smaller, in all sources, now and after the next start."""
        self.settings.zoom = percent
        for one in list(self.family):
            one.zoomChanged.emit(self.settings.zoom)

    def use_look(self, look: Look) -> None:
        """Read in another type, on other paper or under other tints, in all sources, now and after the next start."""
        self.settings.put("look", look.as_text())
        for one in list(self.family):
            one.lookChanged.emit()

    @property
    def look(self) -> Look:
        """How texts are shown."""
        return Look.of_text(self.settings.text("look"))

    def hold(self, busy: bool) -> None:
        """Keep all writing actions back, in all its windows, while long work has the project; jobs.py calls it."""
        for one in self.kin():
            one.busy = busy
            one.busyChanged.emit(busy)

    def must_wait(self) -> bool:
        """Tell whether long work holds the project, and then say so."""
        if self.busy:
            self.say("Please wait until the work in progress is done.")
        return self.busy

    def _may_write(self) -> bool:
        if self.project is None:
            self.say("Open a project first.")
        elif self.project.read_only:
            self.say("This project was opened for reading only; nothing was changed.")
        elif self.busy:
            self.say("Please wait until the work in progress is done; nothing was changed.")
        return self.writable

    def _step(self, done: str, step: Callable[[Project], ChangeSet]) -> ChangeSet | None:
        if not self._may_write() or self.project is None:
            return None
        try:
            made = step(self.project)
        except QcodeError as error:
            self.refuse(error)
            return None
        self.say(f"{done}: {made.label}")
        self.stepped.emit(made)
        return made

    def _hear(self, changes: ChangeSet) -> None:
        if threading.current_thread() is threading.main_thread():
            self._publish(changes)
        else:
            self._committed.emit(changes)

    def _publish(self, changes: ChangeSet) -> None:
        self.changed.emit(changes)
