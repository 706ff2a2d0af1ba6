"""Show without a screen what QCode does: a project, its exports, and pictures of the window in both themes."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QSize,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from qcode.errors import FileProblem, InvalidInput
from qcode.exchange import codebook_csv, passages, starter
from qcode.exchange.files import write_file
from qcode.exchange.quotes import place_of
from qcode.project import CodeId, Project, codes, open_project, sources
from qcode.project import passages as marks
from qcode.ui.app import Parts, application, assemble
from qcode.ui.settings import Settings
from qcode.ui.theme import NAMES

SETTLE_MS = 250
SIZE = QSize(1440, 900)
PROJECT = "sample.qcode"
SOURCE = "Reading notes - Gaining power"
QUOTE = "a body that was told to do so little"
CODE = "Authority > Delegated"
REASON = "Extent limited. The task was handed to it, and a small one; by what right it does so much is the puzzle."


def render_demo(directory: Path) -> list[Path]:
    """Make the sample project in a folder, code a passage, export, and draw the window; gives what was written.

    A project that is there from before is kept: somebody may have worked on it. Exports and pictures are made anew.
    Raises InvalidInput when the folder cannot be made, and FileProblem when the project cannot be opened or written.
    """
    _make_folder(directory)
    path = directory / PROJECT
    with tempfile.TemporaryDirectory() as aside:
        with _project(path) as project:
            with project.read() as r:
                codebook = write_file(directory / "codebook.csv", codebook_csv.write(r))
                evidence = write_file(directory / "passages.csv", passages.to_csv(r))
            # a window remembers in its project where one has read to; the pictures must not move that place
            copy = project.backup(Path(aside) / PROJECT)
        return [path, codebook, evidence, *_pictures(copy, directory)]


def _make_folder(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InvalidInput(f"The folder “{directory}” cannot be made ({problem.strerror}).") from problem


def _project(path: Path) -> Project:
    if path.exists():
        return open_project(path)
    project = starter.new_project(path, sample=True)
    try:
        _code_one_more(project)
    except BaseException:
        project.close()
        raise
    return project


def _code_one_more(project: Project) -> None:
    """Code as a researcher would: the words that carry the idea, and why."""
    with project.read() as r:
        source = sources.by_name(r, SOURCE)
        start, end = place_of(sources.text(r, source.id), QUOTE, None, where=SOURCE)
        code = codes.by_path(r, CODE)
    with project.change(f"apply {code.name}") as tx:
        marks.apply(tx, source.id, start, end, [code.id], reason=REASON)


def _pictures(path: Path, directory: Path) -> list[Path]:
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    with _quiet_platform(), tempfile.TemporaryDirectory() as folder, _window(app, Path(folder)) as parts:
        _open(parts, path)
        made = [_draw(parts, directory / f"main-{name}.png", name) for name in NAMES]
        with _all_panes(parts):
            made += [_draw(parts, directory / f"main-panes-{name}.png", name) for name in NAMES]
        parts.window.filing.close()
        return [*made, *(_draw(parts, directory / f"welcome-{name}.png", name) for name in NAMES)]


@contextmanager
def _quiet_platform() -> Iterator[None]:
    """Keep to itself what the off-screen platform says of every window: that it has no borders to size."""

    def hear(kind: QtMsgType, where: QMessageLogContext, message: str) -> None:
        if not message.startswith("This plugin does not support"):
            sys.stderr.write(f"{message}\n")

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


@contextmanager
def _window(app: QApplication, folder: Path) -> Iterator[Parts]:
    settings = Settings(folder)
    parts = assemble(app, settings)
    try:
        parts.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        parts.window.resize(SIZE)
        parts.window.show()
        yield parts
    finally:
        parts.window.close()
        for part in (parts.window, parts.context):
            part.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _open(parts: Parts, path: Path) -> None:
    """Open the project at its most coded source, where passages overlap, with a code in focus."""
    parts.context.adopt(open_project(path))
    project = parts.context.project
    if project is None:
        raise AssertionError("a project that was just adopted is open")
    with project.read() as r:
        source = max(sources.listing(r), key=lambda one: one.codings, default=None)
        coded = [] if source is None else marks.marks(r, source.id)
    if source is None:
        return
    parts.context.reveal(source.id, *_overlap(coded))
    if coded:
        parts.context.focus_code(next((CodeId(code) for _, _, code, *_ in coded if code), None))


def _overlap(coded: Sequence[tuple[int, int, int, int, int]]) -> tuple[int, int]:
    """Find two passages that share words; else the first; else the beginning."""
    spans = [(start, end) for *_, start, end in coded]
    pairs = pairwise(spans)
    return next((one for one, other in pairs if other[0] < one[1] and other != one), spans[0] if spans else (0, 0))


@contextmanager
def _all_panes(parts: Parts) -> Iterator[None]:
    """Open the panes that are closed until asked for, on the passage shown, and close them again."""
    panes = [parts.actions[id_] for id_ in ("view.details", "view.evidence")]
    parts.actions["code.next_passage"].trigger()
    for pane in panes:
        pane.setChecked(True)
    yield
    for pane in panes:
        pane.setChecked(False)


def _draw(parts: Parts, file: Path, theme: str) -> Path:
    parts.themes.use(theme)
    _settle()
    if not parts.window.grab().save(str(file)):
        raise FileProblem(f"“{file}” cannot be written.", "Choose another folder, or free some space.")
    return file


def _settle() -> None:
    """Let the window finish what it does when idle, such as counting."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()
