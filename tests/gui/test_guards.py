"""The guards in qt_guards.py bite."""

from __future__ import annotations

import threading

import pytest
from PySide6 import QtCore, QtWidgets
from qt_guards import Watch


def test_a_warning_of_qt_is_heard(qt_watch: Watch) -> None:
    QtCore.qWarning("QPainter::begin: Paint device returned engine == 0")
    assert qt_watch.messages == ["QPainter::begin: Paint device returned engine == 0"]
    qt_watch.messages.clear()


def test_a_window_left_open_is_found_and_cleared_away(qt_watch: Watch) -> None:
    window = QtWidgets.QWidget()
    window.show()
    (found,) = qt_watch.left_behind()
    assert found.startswith("window")
    qt_watch.clear_away()
    assert qt_watch.left_behind() == []


@pytest.mark.parametrize("owned", [True, False], ids=["by a parent", "by nobody"])
def test_a_timer_left_running_is_found(qt_watch: Watch, owned: bool) -> None:
    timer = QtCore.QTimer(QtWidgets.QApplication.instance() if owned else None)
    timer.start(60_000)
    (found,) = qt_watch.left_behind()
    assert found.startswith("timer")
    timer.stop()


def test_a_timer_that_went_with_its_window_is_no_fault(qt_watch: Watch) -> None:
    window = QtWidgets.QWidget()
    QtCore.QTimer(window).start(60_000)
    window.deleteLater()
    assert qt_watch.left_behind() == []


def test_threads_of_both_kinds_left_running_are_found(qt_watch: Watch) -> None:
    done = threading.Event()
    thread, loop = threading.Thread(target=done.wait), QtCore.QThread()
    thread.start()
    loop.start()
    assert [name.split()[0] for name in qt_watch.left_behind()] == ["thread", "thread"]
    done.set()
    thread.join()
    loop.quit()
    loop.wait()
