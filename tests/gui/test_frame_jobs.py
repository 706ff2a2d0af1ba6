"""Long work: the window stays alive, can stop it, and hears how it ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from frame_kit import Answers
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from qcode.errors import InvalidInput
from qcode.progress import Progress
from qcode.ui import jobs, theme
from qcode.ui.context import Context
from qcode.ui.jobs import JobDialog
from qcode.ui.settings import Settings


@pytest.fixture
def context(qapp: object, tmp_path: Path) -> Iterator[Context]:
    made = Context(Settings(tmp_path), theme.load("light"), Answers())
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_work_runs_beside_the_window_and_ends_on_its_thread(context: Context, qtbot: QtBot) -> None:
    seen: list[object] = []

    def work(progress: Progress) -> threading.Thread:
        progress(1, 2, "halfway")
        return threading.current_thread()

    def done(worker: threading.Thread) -> None:
        seen.extend((worker, threading.current_thread(), context.busy))

    job = jobs.run(context, "Counting", work, done)
    assert job is not None
    with qtbot.waitSignal(job.ended):
        assert context.busy
    worker, here, busy = seen
    assert worker is not here
    assert here is threading.main_thread()
    assert busy is False


def test_only_one_long_work_at_a_time(context: Context, qtbot: QtBot) -> None:
    go_on = threading.Event()
    said: list[str] = []
    context.said.connect(said.append)
    first = jobs.run(context, "Waiting", lambda progress: go_on.wait(10))
    assert first is not None
    assert jobs.run(context, "Impatient", lambda progress: None) is None
    assert "wait" in said[0]
    with qtbot.waitSignal(first.ended):
        go_on.set()


def test_a_known_error_is_said_and_can_be_served_otherwise(context: Context, qtbot: QtBot) -> None:
    said: list[str] = []
    caught: list[str] = []
    context.said.connect(said.append)

    def work(progress: Progress) -> None:
        raise InvalidInput("This cannot be used.", "Take another.")

    for failed in (None, lambda error: caught.append(error.message)):
        job = jobs.run(context, "Failing", work, failed=failed)
        assert job is not None
        with qtbot.waitSignal(job.ended):
            pass
    assert said == ["This cannot be used. Take another."]
    assert caught == ["This cannot be used."]
    assert not context.busy


def test_a_bug_in_the_work_comes_out_on_the_windows_thread(context: Context, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise ZeroDivisionError("ours")

    job = jobs.run(context, "Failing", work)
    assert job is not None
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(job.ended):
        pass
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert not context.busy


def test_after_a_while_a_dialog_shows_how_far_it_is_and_can_stop_it(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PATIENCE_MS", 0)
    said: list[str] = []
    context.said.connect(said.append)
    finished: list[object] = []
    shown = threading.Event()

    def work(progress: Progress) -> None:
        for step in range(1_000_000):
            progress(step, 1_000_000, "reading Interview 3")
            shown.wait(0.001)

    job = jobs.run(context, "Import sources", work, finished.append)
    assert job is not None
    dialog: JobDialog = job._dialog
    qtbot.waitUntil(dialog.isVisible)
    qtbot.waitUntil(lambda: dialog.said.text() == "reading Interview 3")
    cancel = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel)
    with qtbot.waitSignal(job.ended):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
        assert dialog.isVisible(), "it stays until the work has stopped"
    assert finished == []
    assert said == ["Cancelled; nothing was changed."]
    assert not context.busy


def test_what_is_quick_never_shows_a_dialog(context: Context, qtbot: QtBot) -> None:
    job = jobs.run(context, "Quick", lambda progress: 1)
    assert job is not None
    dialog = job._dialog
    hidden = True
    with qtbot.waitSignal(job.ended):
        hidden = dialog.isHidden()
    assert hidden


def test_closing_the_dialog_means_cancel(context: Context, qtbot: QtBot) -> None:
    dialog = JobDialog("Working")
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.cancelled):
        dialog.close()
    assert dialog.isVisible()
    dialog.show_progress(1, 2, "late news")
    assert "Stopping" in dialog.said.text()
    dialog.close_for_good()
