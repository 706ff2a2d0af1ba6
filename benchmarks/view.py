"""Measure the reading view: main-thread CPU milliseconds of each action up to its painted frame.

`run(report)` adds a row for every workload and action; the goals are in the design notes. Each frame is painted in
full: the text, the margin and the overview.
"""

from __future__ import annotations

import gc
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import thread_time

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.report import Report
from qcode.ui.reader import CodeLook, Mark, SourceView
from qcode.ui.theme import load


@dataclass(frozen=True, slots=True)
class Workload:
    """A text of `size` characters with `codings` marks over it."""

    name: str
    size: int
    codings: int
    one_paragraph: bool = False


WORKLOADS = (
    Workload("100 KB/500", 100_000, 500),
    Workload("1 MB/5,000", 1_000_000, 5_000),
    Workload("1 MB/20,000", 1_000_000, 20_000),
    Workload("5 MB/20,000", 5_000_000, 20_000),
    Workload("10 MB/50,000", 10_000_000, 50_000),
    Workload("one paragraph 1 MB", 1_000_000, 5_000, one_paragraph=True),
)
_WORDS = """
    we they office border people paper list count trust rule ask give know carry walk letter answer because through
    between before never often perhaps family register agency meeting contract question evening language neighbour
    the a of to and in that it for on was with as by at from or not is were had who which when there négociation façade
"""
_STRANGE = ("😀", "👩‍👩‍👧", "مرحبا بالعالم", "שלום עולם", "e\u0301tude", "\ttab", "𝒳𝒴")
_COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7b4fb5", "#5b5b5b")


def run(report: Report, corpus: Path | None = None) -> None:
    """Measure every action at every workload; needs no display.

    The workloads are our own ones; a `corpus` has none of this shape and is not looked at.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    host = QWidget()
    host.resize(1100, 900)
    host.show()
    QCoreApplication.processEvents()
    _close(_open(host, _text(Workload("", 5_000, 20)), []))
    gc.collect()
    gc.freeze()  # As the program does once it has started.
    for workload in WORKLOADS:
        for action, samples in _measure(host, workload):
            report.add(workload.name, action, samples)
    host.close()
    del app


def _measure(host: QWidget, workload: Workload) -> Iterator[tuple[str, list[float]]]:
    text = _text(workload)
    marks = _marks(workload, len(text))
    yield "open", [_open_once(host, text, marks) for _ in range(7)]
    view = _open(host, text, marks)
    _settle(view)
    chance = random.Random(9)
    yield "scroll", [_frame(view, lambda: _scroll(view)) for _ in range(200)]
    yield "jump", [_frame(view, lambda: view.scroll_to(chance.randrange(len(text)))) for _ in range(100)]
    yield "apply", [_apply(view, number, chance.randrange(len(text) - 300)) for number in range(60)]
    yield from _by_hand(view, text)
    yield "resize", [_frame(view, partial(view.resize, 1100 - step % 7 * 31, 900)) for step in range(1, 41)]
    _close(view)
    yield "start", [_start(workload) for _ in range(3)]


def _by_hand(view: SourceView, text: str) -> Iterator[tuple[str, list[float]]]:
    """Measure what a hand waits for: a key, a dragged end, another filter, the hits of a find."""
    view.scroll_to(len(text) // 2)
    view.repaint()
    _settle(view)
    area, (start, end) = view.focusProxy(), (view.top(), view.top() + 120)
    assert area is not None
    view.set_selection(start, start)
    yield "key", [_frame(view, partial(_press, area)) for _ in range(100)]
    view.add_marks([(20_000_000, 20_000_000, 1, start, end)])
    view.select_mark(20_000_000, 20_000_000)
    spans = [(20_000_000, 20_000_000, 1, start, end + 7 * step) for step in range(60)]
    yield "stretch", [_frame(view, partial(view.add_marks, [span])) for span in spans]
    yield "filter", [_frame(view, partial(view.set_shown, _without(step % 8))) for step in range(24)]
    view.set_shown(None)
    hits = [(at, at + 3) for at in range(0, len(text) - 3, 80)]
    yield "hits", [_frame(view, partial(view.show_hits, hits, len(hits) // 2 + step)) for step in range(40)]
    view.clear_hits()


def _press(area: QWidget) -> None:
    QCoreApplication.sendEvent(area, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier))


def _without(code: int) -> Callable[[Mark], bool]:
    return lambda mark: mark[2] != code


def _start(workload: Workload) -> float:
    """Time a fresh process from nothing to the first frame of a source."""
    asked = f"from benchmarks.view import start; start({workload.name!r})"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    return float(told.stdout)


def start(name: str) -> None:
    """Print the CPU milliseconds from the start of this process to the first frame; making the work is left out."""
    begun = thread_time()
    workload = next(one for one in WORKLOADS if one.name == name)
    text = _text(workload)
    marks = _marks(workload, len(text))
    made = thread_time()
    app = QApplication([])
    host = QWidget()
    host.resize(1100, 900)
    host.show()
    view = _open(host, text, marks)
    print((begun + thread_time() - made) * 1_000)
    _close(view)
    host.close()
    del app


def _open_once(host: QWidget, text: str, marks: list[Mark]) -> float:
    begun = thread_time()
    view = _open(host, text, marks)
    taken = (thread_time() - begun) * 1_000
    _close(view)
    return taken


def _open(host: QWidget, text: str, marks: list[Mark]) -> SourceView:
    """Open a source in a window that is there already, as a new tab does, up to its first painted frame."""
    view = SourceView(host, theme=load("light"))
    view.resize(host.size())
    view.show()
    looks = {number: CodeLook(f"Code number {number}", color) for number, color in enumerate(_COLORS, 1)}
    view.show(text, (), marks, looks)
    view.repaint()
    return view


def _close(view: SourceView) -> None:
    view.hide()
    view.deleteLater()
    QCoreApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)


def _scroll(view: SourceView) -> None:
    """Turn the wheel by a notch, as the reader does."""
    view.scroll_by(78)


def _apply(view: SourceView, number: int, start: int) -> float:
    """Apply a code in sight, or take it away: the shown codings change and the frame is painted."""
    view.reveal(start, start + 200)
    view.repaint()
    _settle(view)
    mark = (10_000_000 + number, 10_000_000 + number, number % len(_COLORS) + 1, start, start + 200)
    taken = _painted(view, partial(view.add_marks, [mark]))
    if number % 2:
        _settle(view)
        taken = _painted(view, partial(view.remove_marks, [mark[:2]]))
    return taken


def _frame(view: SourceView, act: Callable[[], object]) -> float:
    """Time an action with its frame; let the idle work run after it, as it would between two turns of the wheel."""
    taken = _painted(view, act)
    QCoreApplication.processEvents()
    return taken


def _painted(view: SourceView, act: Callable[[], object]) -> float:
    begun = thread_time()
    act()
    view.repaint()
    return (thread_time() - begun) * 1_000


def _settle(view: SourceView) -> None:
    """Let everything that waits for a quiet moment be done."""
    QCoreApplication.processEvents()
    while view.is_busy():
        QCoreApplication.processEvents()


def _text(workload: Workload) -> str:
    chance = random.Random(1)
    words_known = _WORDS.split()
    paragraphs, size = [], 0
    while size < workload.size:
        sentences, strange = [], chance.random() < 0.02
        for _ in range(chance.randint(2, 16)):
            words = chance.choices(words_known, k=chance.randint(5, 25))
            if strange and chance.random() < 0.4:
                words.insert(chance.randrange(len(words)), chance.choice(_STRANGE))
            sentences.append(" ".join(words).capitalize() + chance.choice((".", ".", "?", ";")))
        paragraphs.append(" ".join(sentences))
        size += len(paragraphs[-1]) + 1
    return (" " if workload.one_paragraph else "\n").join(paragraphs)[: workload.size]


def _marks(workload: Workload, length: int) -> list[Mark]:
    chance = random.Random(2)
    marks = []
    for number in range(1, workload.codings + 1):
        kind = chance.random()
        low, high = (15, 300) if kind < 0.80 else (300, 1_500) if kind < 0.99 else (1_500, 8_000)
        start = chance.randrange(length - 20)
        end = min(length, start + chance.randint(low, high))
        marks.append((number, number, chance.randint(1, len(_COLORS)), start, end))
    return sorted(marks, key=lambda mark: (mark[3], -mark[4]))
