"""What the File menu does: projects are made, opened and closed, and whole things go in and out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QWidget

from qcode.errors import FileLocked, InvalidInput, QcodeError
from qcode.exchange import codebook_csv, passages, starter
from qcode.progress import Progress
from qcode.project import Project, history, info, login_name, open_project
from qcode.readers import file_bytes
from qcode.ui import jobs
from qcode.ui.actions import Actions
from qcode.ui.ask import PROJECTS, TABLES, TABLES_AND_JSON
from qcode.ui.context import Context
from qcode.ui.copies import Copies
from qcode.ui.dialogs.coder import CoderDialog
from qcode.ui.dialogs.new_project import NewProjectDialog
from qcode.ui.exporting import export
from qcode.ui.welcome import EMPTY, IMPORT, Tile, count

T = TypeVar("T")
SAMPLE_NAME = "Sample project.qcode"
TO_READ, AS_COPY = "Open for reading", "Open a copy…"
UPGRADED = "The file was upgraded; earlier steps cannot be undone."


class Filing(QObject):
    """Serve the File menu; all long work runs as a job, and a project that cannot be opened leaves the one before."""

    def __init__(self, context: Context, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self.copies = Copies(context, actions, window, self.open)
        for id_, serve in (
            ("file.new", self.new),
            ("file.open", self.choose_project),
            ("file.sample", self.open_sample),
            ("file.close", self.close),
            ("file.import_codebook", self.import_codebook),
            ("file.export_codebook", self.export_codebook),
            ("file.export_passages", self.export_passages),
        ):
            actions[id_].triggered.connect(lambda _=False, serve=serve: serve())

    # ---- projects ----

    def new(self, key: str | None = None) -> None:
        """Ask for name, folder and codebook, then make the project and open it."""
        csv = None
        if key == IMPORT:
            csv = self._context.ask.open_file("Codebook to begin with", TABLES)
            if csv is None:
                return
        dialog = NewProjectDialog(self._context.ask, self.folder(), tiles(), self._window)
        dialog.choose(tiles()[0].key if key is None else key, csv)

        def accepted() -> None:
            path, codebook = dialog.path, dialog.codebook  # the dialog is gone when the coder's name has been asked for
            self._as_coder(lambda coder: self._make(path, codebook, coder))

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose_project(self) -> None:
        """Ask which project to open."""
        path = self._context.ask.open_file("Open project", PROJECTS)
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a project; one that cannot be written, or is open elsewhere, can be read, under a banner."""
        if self._context.must_wait():
            return
        here = self._context.project
        if here is not None and _same(here.path, path):
            self._context.say(f"{path.name} is open already.")
            return
        elsewhere = (one.project for one in self._context.family if one.project and _same(one.project.path, path))
        if there := next(elsewhere, None):  # in another window: no second lock is needed
            self._adopt(there)
            return
        self._as_coder(lambda coder: self._open(path, coder))

    def open_sample(self) -> None:
        """Open the sample project, made at the first time and kept as it was left after that."""
        path = self.folder() / SAMPLE_NAME
        if path.exists():
            self.open(path)
        else:
            self._as_coder(lambda coder: self._make_sample(path, coder))

    def open_recent(self, path: Path) -> None:
        """Open a project from the list, or offer to take it off when it is gone."""
        if path.exists():
            self.open(path)
        elif self._context.ask.confirm(
            "Project not found", f"There is no project at {path} any more. Take it off the list?", "Take off the list"
        ):
            self._context.settings.forget_recent(path)
            self._context.projectChanged.emit()

    def close(self) -> None:
        """Close the project; everything in it is on disk already."""
        if self._context.must_wait():
            return
        self.remember()
        self._context.adopt(None)

    def remember(self) -> None:
        """Put the open project first among the recent ones, with its count of passages."""
        project = self._context.project
        if project is None:
            return
        try:
            with project.read() as r:
                passages_now = info.counts(r).passages
        except QcodeError as error:  # its file or disk is gone: that must not keep the window from closing it
            self._context.say(str(error))
            return
        self._context.settings.remember_recent(project.path, passages_now, now=datetime.now())

    def change_coder(self) -> None:
        """Ask for another coder's name, for the changes to come."""
        self._ask_coder(self._use_coder)

    def folder(self) -> Path:
        """Where new projects are offered: where the last one was made, at first a folder among the documents."""
        kept = self._context.settings.text("folder")
        if kept and Path(kept).is_dir():
            return Path(kept)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents) / "QCode"

    # ---- in and out ----

    def import_codebook(self) -> None:
        """Bring the codes of a CSV file into the project, all or none."""
        path = self._context.ask.open_file("Import codebook", TABLES)
        project = self._context.project
        if path is None or project is None:
            return

        def work(progress: Progress) -> list[str]:
            loaded = codebook_csv.load(file_bytes(path), path.name)
            with project.change(f"import codebook {path.stem}") as tx:
                merged = codebook_csv.merge(tx, loaded.rows)
            return [f"Imported {count(len(merged.added), 'code')} from {path.name}.", *_left(merged), *loaded.notes]

        self._run("Import codebook", work, self._say_all, self._tell_broken)

    def export_codebook(self) -> None:
        """Write the codebook as CSV."""

        def make(project: Project, path: Path) -> bytes:
            with project.read() as r:
                return codebook_csv.write(r)

        self._export("Export codebook", "codebook.csv", TABLES, make)

    def export_passages(self) -> None:
        """Write the passages as CSV or JSON, as the name ends."""

        def make(project: Project, path: Path) -> bytes:
            with project.read() as r:
                return passages.to_json(r).encode() if path.suffix.lower() == ".json" else passages.to_csv(r)

        self._export("Export passages", "passages.csv", TABLES_AND_JSON, make)

    # ---- how it is done ----

    def _say_all(self, sentences: list[str]) -> None:
        """Say one sentence quietly; more, which name what was left out, must not be missed."""
        if len(sentences) == 1:
            self._context.say(sentences[0])
        else:
            self._context.ask.tell("Import codebook", sentences[0], "\n".join(sentences[1:]))

    def _tell_broken(self, error: QcodeError) -> None:
        """Show which lines are broken; they may be many."""
        self._context.ask.tell("The codebook was not imported", error.message, error.hint)

    def _export(self, title: str, name: str, kinds: str, make: Callable[[Project, Path], bytes]) -> None:
        project = self._context.project
        if project is not None:
            suggested = f"{project.path.stem} {name}"
            whole = partial(make, project)
            export(self._context, title, suggested, kinds, lambda path, _: whole(path), parent=self._window)

    def _open(self, path: Path, coder: str, *, read_only: bool = False) -> None:
        def work(progress: Progress) -> Project:
            return open_project(path, coder=coder, read_only=read_only, progress=progress)

        def failed(error: QcodeError) -> None:
            if isinstance(error, FileLocked) and not read_only:
                self._offer_ways(path, coder, error)
            else:
                self._context.fail(error)

        self._run(f"Open {path.name}", work, self._adopt, failed)

    def _offer_ways(self, path: Path, coder: str, why: FileLocked) -> None:
        """Reading and copying need no lock: whoever has the project open is not disturbed by it."""
        way = self._context.ask.choose("The project is open elsewhere", f"{why}", (TO_READ, AS_COPY))
        if way == TO_READ:
            self._open(path, coder, read_only=True)
        elif way == AS_COPY:
            self.copies.open_copy(path)

    def _make(self, path: Path, codebook: str | Path | None, coder: str) -> None:
        def work(progress: Progress) -> Project:
            _make_folder(path.parent)
            return starter.new_project(path, codebook=codebook, coder=coder)

        self._context.settings.put("folder", str(path.parent))
        self._run("New project", work, self._adopt)

    def _make_sample(self, path: Path, coder: str) -> None:
        def work(progress: Progress) -> Project:
            _make_folder(path.parent)
            made = starter.new_project(path, sample=True)
            made.use_coder(coder)
            return made

        self._run("Make the sample project", work, self._adopt)

    def _adopt(self, project: Project) -> None:
        self.remember()
        self._context.adopt(project)
        self.remember()
        with project.read() as r:
            barred = not project.read_only and history.untouched_since_upgrade(r)
        if barred:
            self._context.say(UPGRADED)

    def _run(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[QcodeError], None] | None = None,
    ) -> None:
        jobs.run(self._context, title, work, done, failed=failed, parent=self._window)

    def _as_coder(self, then: Callable[[str], None]) -> None:
        """Go on with the coder's name, asking for it the first time."""
        known = self._context.settings.coder
        if known:
            then(known)
        else:
            self._ask_coder(then)

    def _ask_coder(self, then: Callable[[str], None]) -> None:
        dialog = CoderDialog(self._context.settings.coder or login_name(), self._window)

        def accepted() -> None:
            self._context.settings.coder = dialog.name
            then(dialog.name)

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _use_coder(self, name: str) -> None:
        project = self._context.project
        if project is None or project.read_only:
            return
        if self._context.must_wait():
            return
        try:
            project.use_coder(name)
        except QcodeError as error:
            self._context.refuse(error)
        for one in self._context.kin():
            one.coderChanged.emit()


def tiles() -> list[Tile]:
    """List what a project can begin with: the codebooks that ship with QCode, one's own, or nothing."""
    shipped = [Tile(one.key, one.name, one.summary) for one in starter.codebooks()]
    own = Tile(IMPORT, "Import a codebook", "From a CSV file, as QCode writes it")
    return [*shipped, own, Tile(EMPTY, "Empty", "Let the codes come from the texts")]


def passages_said(passages_now: int, without_code: int) -> str:
    """Say how much is coded, for the status line."""
    said = count(passages_now, "passage")
    return f"{said}, {without_code:,} without a code" if without_code else said


def _left(merged: codebook_csv.Merged) -> list[str]:
    """Name the codes that were there already."""
    return [f"There already, just the same: {', '.join(merged.already)}."] if merged.already else []


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InvalidInput(
            f"The folder {folder} cannot be made ({problem.strerror}).", "Choose another folder."
        ) from problem


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
