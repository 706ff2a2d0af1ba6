"""What a researcher waits for in the window: its start, a project, a source, a coding, a page, each painted.

Starts, and the memory with a source open, are those of fresh processes, on the wall clock and with compiled modules, as
an installed program has them from its second start on; the rest is the CPU time of the window's thread, where waiting
for the disk does not count. Needs no display.
"""

from __future__ import annotations

import gc
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter, thread_time
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from benchmarks.report import Report
from benchmarks.workload import KEPT, project_for
from qcode.project import Project, codes, open_project, search, sources
from qcode.ui.app import Parts, application, assemble
from qcode.ui.panels.evidence import EvidencePanel
from qcode.ui.panels.search import SearchPanel
from qcode.ui.reader import SourceView
from qcode.ui.settings import Settings

WORKLOADS = ("S", "M", "L", "BIG")
STARTS = 5
_START = """
import sys, time
began = time.perf_counter()
import gc, pathlib, resource
import qcode.__main__
gc.disable()  # as the program does while it loads
from qcode.project import open_project, sources
from qcode.ui.app import application, assemble
from qcode.ui.settings import Settings
gc.enable()
app = application()
parts = assemble(app, Settings(pathlib.Path(sys.argv[1])))
parts.window.resize(1440, 900)
parts.window.show()
parts.window.repaint()
shown = time.perf_counter()
parts.context.adopt(open_project(sys.argv[2]))
app.processEvents()
parts.window.repaint()
opened = time.perf_counter()
with parts.context.project.read() as r:
    first = sources.listing(r)[0]
parts.context.reveal(first.id)
app.processEvents()
status = pathlib.Path("/proc/self/status")  # what else asks for the most memory counts that of the parent, too
if status.exists():
    peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
print(shown - began, opened - shown, peak, flush=True)
parts.window.close()  # a project that is not closed is looked through when it is opened the next time
"""


def run(report: Report, corpus: Path | None = None) -> None:
    """Measure all workloads, or a given corpus alone."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    workloads = [(corpus.stem, corpus)] if corpus else [(name, None) for name in WORKLOADS]
    for name, file in workloads:
        made = project_for(name, file)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.qcode"
            shutil.copy(made, path)
            _starts(report, name, path, Path(folder))
            _window(report, name, path, Path(folder), app)


def _starts(report: Report, workload: str, path: Path, folder: Path) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    surroundings["PYTHONPYCACHEPREFIX"] = str(KEPT / "compiled")
    told: list[list[float]] = []
    for turn in range(STARTS + 1):
        program = [sys.executable, "-c", _START, str(folder / f"start-{turn}"), str(path)]
        answer = subprocess.run(program, capture_output=True, check=True, text=True, env=surroundings).stdout.split()
        told.append([float(figure) for figure in answer])
    starts, opened, memory = zip(*told[1:], strict=True)  # the first one compiles the modules
    report.add(workload, "start to window", [seconds * 1_000 for seconds in starts])
    report.add(workload, "open the project", [seconds * 1_000 for seconds in opened])
    report.add(workload, "memory with a source open", list(memory), unit="MB")


def _window(report: Report, workload: str, path: Path, folder: Path, app: QApplication) -> None:
    parts = assemble(app, Settings(folder / "settings"))
    parts.window.resize(1440, 900)
    parts.window.show()
    parts.context.adopt(open_project(path))
    _settle(parts)
    gc.freeze()  # as the program does once its window stands
    try:
        _read_and_code(report, workload, parts)
    finally:
        parts.window.filing.close()
        parts.window.close()
        parts.window.deleteLater()
        parts.context.deleteLater()
        QCoreApplication.processEvents()


def _read_and_code(report: Report, workload: str, parts: Parts) -> None:
    project = parts.context.project
    if project is None:
        raise AssertionError("a project that was just adopted is open")
    with project.read() as r:
        listed = sources.listing(r)
        code = next(one.id for one in codes.codebook(r) if one.is_codable)
    with project.change("give a code a key") as tx:
        codes.update(tx, code, shortcut="1")
    chance = random.Random(5)
    chosen = chance.sample(listed, min(len(listed), 12))
    report.add(workload, "open a source", [_painted(parts, lambda s=one: parts.context.reveal(s.id)) for one in chosen])
    page = parts.window.reading.page
    if page is None or page.view is None:
        raise AssertionError("a source that was revealed is shown")
    view = page.view
    report.add(workload, "scroll a page", [_painted(parts, lambda: view.scroll_by(700)) for _ in range(60)])

    applied, walked = [], []
    for _ in range(40):
        start = view.top() + chance.randrange(200)
        view.set_selection(start, start + 60)
        _settle(parts)
        applied.append(_painted(parts, partial(_press, view, Qt.Key.Key_1, "1")))
        walked.append(_painted(parts, partial(_press, view, Qt.Key.Key_J, "j")))
    report.add(workload, "apply a coding", applied)
    report.add(workload, "walk to the next passage", walked)
    undone = []
    while (last := project.undoable()) is not None and last.label.startswith("apply "):
        undone.append(_painted(parts, parts.context.undo))
    report.add(workload, "undo it", undone)
    _find(report, workload, parts, project)


def _find(report: Report, workload: str, parts: Parts, project: Project) -> None:
    """Show the passages of common codes in their pane, and search everything for a word (on the wall clock)."""
    with project.read() as r:
        often = codes.applied(r)
        words = sources.text(r, sources.listing(r)[0].id).split()
    common = sorted(often, key=lambda code: -often[code])[:10]
    parts.actions["view.evidence"].setChecked(True)
    _settle(parts)
    pane = cast(EvidencePanel, parts.window.panels["evidence"])
    shown = []
    for code in common:
        began = thread_time()
        parts.context.focus_code(code)
        while pane.rows.subject.code is None or pane.rows.subject.code.id != code:  # a moment after the code changed
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        _settle(parts)
        shown.append((thread_time() - began) * 1_000)
    report.add(workload, "first passages of a code", shown)
    first, whole = [], []
    for word in words[:6]:
        began, heard = perf_counter(), 0.0
        for step in search.everything(project, word):
            heard = heard or (perf_counter() - began if step.hits else 0.0)
        first.append(heard * 1_000)
        whole.append((perf_counter() - began) * 1_000)
    _find_all(report, workload, parts, words[:6])
    report.add(workload, "search: first hits", first)
    report.add(workload, "search: all", whole)


def _find_all(report: Report, workload: str, parts: Parts, words: Sequence[str]) -> None:
    """Type words into the search in sources: until the first places are painted, and until all are there."""
    parts.actions["edit.find_all"].trigger()
    panel = cast(SearchPanel, parts.window.panels["search"])
    _settle(parts)
    first, whole = [], []
    # The loop below sleeps, as a window does: turning all the time it would hold up the search.
    tick = QTimer(interval=5)
    tick.start()
    for word in words:
        panel.bar.field.setText(word)
        began, heard, going = perf_counter(), 0.0, True
        panel.bar.ask()
        while going:
            going = panel.busy
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if panel.rows.places and not heard:
                panel.list.viewport().repaint()
                heard = perf_counter() - began
        first.append(heard * 1_000)
        whole.append((perf_counter() - began) * 1_000)
    tick.stop()
    parts.actions["view.search"].setChecked(False)
    report.add(workload, "find in all sources: first painted", first)
    report.add(workload, "find in all sources: all", whole)


def _press(view: SourceView, key: Qt.Key, letter: str) -> None:
    area = view.focusProxy() or view
    QCoreApplication.sendEvent(area, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter))


def _painted(parts: Parts, act: Callable[[], object]) -> float:
    """Time an action until the text is painted; what waits for a quiet moment comes after it and does not count."""
    began = thread_time()
    act()
    QCoreApplication.sendPostedEvents()
    if parts.window.reading.view is not None:
        parts.window.reading.view.repaint()
    taken = (thread_time() - began) * 1_000
    _settle(parts)
    return taken


def _settle(parts: Parts) -> None:
    for _ in range(4):
        QCoreApplication.processEvents()
    parts.window.repaint()
