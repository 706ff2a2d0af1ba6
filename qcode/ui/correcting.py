"""Correct texts from the window: compare in the background, show what becomes of the passages, and do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.errors import QcodeError
from qcode.progress import Progress
from qcode.project import Project, correcting, sources
from qcode.project.correcting import NewFile, Plan
from qcode.project.rereading import read_newer
from qcode.project.sources import Source
from qcode.text.positions import Edit
from qcode.ui import jobs
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.dialogs.correction_preview import CorrectionPreview
from qcode.ui.dialogs.edit_source import EditSource
from qcode.ui.dialogs.revisions import Revisions
from qcode.ui.panels.reading import ReadingArea
from qcode.ui.widgets.plain import one_line
from qcode.ui.widgets.serving import without_checked

Known = Sequence[tuple[str, Sequence[Edit]]]
Failed = Callable[[QcodeError], None]


class Correcting(QObject):
    """Serve the commands that correct the chosen source, else the one in front, or show its earlier texts."""

    def __init__(
        self,
        context: Context,
        actions: Actions,
        reading: ReadingArea,
        window: QWidget,
        chosen: Callable[[], list[Source]],
    ) -> None:
        super().__init__(window)
        self._context, self._actions, self._reading, self._window = context, actions, reading, window
        self._chosen = chosen
        for id_, serve in (
            ("source.edit", self.edit),
            ("source.replace", self.replace),
            ("source.revisions", self.show_revisions),
        ):
            actions[id_].triggered.connect(without_checked(serve))
        for signal in (context.sourceFocused, context.busyChanged):
            signal.connect(lambda _: self._enable())
        context.projectChanged.connect(self._enable)
        self._enable()

    def edit(self) -> None:
        """Open the text of the source in front to be edited, at the words that are read."""
        source, view = self._source(), self._reading.view
        if source is None:
            return
        at = view.selection()[0] if view is not None else source.last_read
        EditSource(self._context, source, self._reading.page.text if self._reading.page else "", at, self).open()

    def replace(self) -> None:
        """Ask for a newer file, and put its text in the place of that of the source in front."""
        source = self._source()
        path = self._context.ask.open_file(f"Newer file for {one_line(source.name)}") if source else None
        if source is None or path is None:
            return
        self.read(path, lambda text, file: self.propose(source, text, file=file, parent=self._window), self._window)

    def show_revisions(self) -> None:
        """Show the earlier texts of the source in front."""
        source = self._source()
        if source is not None:
            Revisions(self._context, source, self).open()

    # ---- what the dialogs ask for ----

    @property
    def window(self) -> QWidget:
        """The window over which the dialogs stand."""
        return self._window

    def read(
        self, path: Path, done: Callable[[str, NewFile], None], parent: QWidget, failed: Failed | None = None
    ) -> None:
        """Read a newer file in the background, and hand on its text and what its reader found.

        `failed` is told what went wrong, here and below; else the line at the foot of the window says it.
        """

        def work(progress: Progress) -> tuple[str, NewFile]:
            document, file = read_newer(path, progress=progress)
            return document.text, file

        jobs.run(
            self._context,
            "Read the newer file",
            work,
            lambda made: done(*made),
            failed=failed or self._failed,
            parent=parent,
        )

    def propose(
        self,
        source: Source,
        text: str,
        *,
        known: Known = (),
        file: NewFile | None = None,
        parent: QWidget,
        done: Callable[[], object] = lambda: None,
        failed: Failed | None = None,
    ) -> None:
        """Compare a text with that of a source, show what becomes of the passages, and correct it when that is agreed.

        `known` are edits of which nothing must be guessed; `done` is called after the correction.
        """
        project, fail = self._context.project, failed or self._failed
        if project is None:
            return

        def work(progress: Progress) -> Plan:
            with project.read() as r:
                return correcting.plan(r, source.id, text, known=known, file=file, progress=progress)

        def show(planned: Plan) -> None:
            if planned.changes_nothing:
                self._context.say("The text is the same; there is nothing to correct.")
                done()
                return
            preview = CorrectionPreview(self._context, planned, one_line(source.name), parent)
            preview.accepted.connect(lambda: self._carry_out(project, source, planned, done, fail))
            preview.open()

        jobs.run(self._context, "Compare the texts", work, show, failed=fail, parent=parent)

    def _carry_out(
        self, project: Project, source: Source, planned: Plan, done: Callable[[], object], failed: Failed
    ) -> None:
        def work(_: Progress) -> None:
            with project.change(f"correct “{source.name}”") as tx:
                correcting.carry_out(tx, planned)

        def finish(_: None) -> None:
            done()
            self._context.say(f"Corrected “{one_line(source.name)}”: {correcting.told(planned)}")

        jobs.run(self._context, "Correct the text", work, finish, failed=failed, parent=self._window)

    def _failed(self, error: QcodeError) -> None:
        self._context.fail(error)

    # ---- inside ----

    def _source(self) -> Source | None:
        """Bring the source that is meant to the front, since it is its text that is worked on, and give it."""
        chosen, project = self._chosen(), self._context.project
        if len(chosen) == 1 and chosen[0].id != self._context.source:
            self._context.reveal(chosen[0].id)
        source = self._context.source
        if project is None or source is None:
            self._context.say("Open a source first.")
            return None
        with project.read() as r:
            return sources.get(r, source)

    def _enable(self) -> None:
        some = self._context.source is not None
        for id_ in ("source.edit", "source.replace"):
            self._actions[id_].setEnabled(some and self._context.writable)
        self._actions["source.revisions"].setEnabled(some)
