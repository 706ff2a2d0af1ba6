"""A fault of ours is shown once, readable, with the work intact; known errors go where they belong."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from frame_kit import Answers
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from qcode.errors import Conflict, FileDamaged, FileFull, FileProblem, FileTooNew, InvalidInput, NotAProject, QcodeError
from qcode.ui.errors import CrashDialog, CrashWatch, present


@pytest.fixture
def watch(qapp: object) -> Iterator[CrashWatch]:
    made = CrashWatch()
    made.install()
    yield made
    made.remove()


@pytest.mark.parametrize("kind", [FileProblem, FileFull, NotAProject, FileTooNew, FileDamaged])
def test_trouble_with_the_file_is_a_dialog_with_what_to_do(kind: type[FileProblem]) -> None:
    answers, said = Answers(), list[str]()
    present(kind("What happened.", "What to do."), ask=answers, say=said.append)
    assert [(text, details) for _, text, details in answers.told] == [("What happened.", "What to do.")]
    assert said == []


@pytest.mark.parametrize("kind", [InvalidInput, Conflict])
def test_other_known_errors_are_a_sentence(kind: type[InvalidInput]) -> None:
    answers, said = Answers(), list[str]()
    present(kind("No.", "Do this."), ask=answers, say=said.append)
    assert (answers.told, said) == ([], ["No. Do this."])


def test_a_fault_is_shown_with_a_report_to_copy(
    watch: CrashWatch, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    _fail(sys.excepthook)
    dialog = watch._dialog
    assert dialog is not None
    assert dialog.isVisible()
    text = dialog.details.toPlainText()
    assert "ZeroDivisionError: ours" in text
    assert "QCode" in text
    assert "Qt 6" in text
    dialog.copy()
    assert QGuiApplication.clipboard().text() == text
    assert "ZeroDivisionError" in capsys.readouterr().err
    _fail(sys.excepthook)
    assert watch._dialog is dialog, "one dialog, however many faults"
    assert dialog.details.toPlainText().count("ZeroDivisionError: ours") == 2
    dialog.reject()
    assert watch._dialog is None


def test_a_fault_in_another_thread_is_shown_by_the_window(watch: CrashWatch, qtbot: QtBot) -> None:
    def work() -> None:
        raise ZeroDivisionError("over there")

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: watch._dialog is not None)
    assert isinstance(watch._dialog, CrashDialog)
    assert "over there" in watch._dialog.details.toPlainText()
    watch._dialog.reject()


def test_trouble_with_the_file_that_nobody_waited_for_is_no_fault(
    qapp: object, capsys: pytest.CaptureFixture[str]
) -> None:
    known: list[QcodeError] = []
    made = CrashWatch(known=known.append)
    error = FileFull("No space left.")
    made._hear(FileFull, error, None)
    assert known == [error]
    assert made._dialog is None
    capsys.readouterr()


def test_the_hooks_of_before_come_back(qapp: object) -> None:
    before = sys.excepthook, threading.excepthook
    made = CrashWatch()
    made.install()
    assert sys.excepthook != before[0]
    made.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_ctrl_c_is_not_a_fault(watch: CrashWatch, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[type[BaseException]] = []
    monkeypatch.setattr(watch, "_before", (lambda kind, *_: passed.append(kind), None))
    watch._hear(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert passed == [KeyboardInterrupt]
    assert watch._dialog is None
    monkeypatch.undo()


def _fail(hook: object) -> None:
    try:
        raise ZeroDivisionError("ours")
    except ZeroDivisionError as error:
        hook(type(error), error, error.__traceback__)  # type: ignore[operator]
