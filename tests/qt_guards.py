"""Fail a test of the window when Qt complains, or when a window, a timer or a thread outlives it."""

from __future__ import annotations

import gc
import re
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6 import QtCore, QtWidgets
from pytestqt.qtbot import QtBot

# What Qt says without a fault of ours; each with the reason why it may be said.
HARMLESS = (
    r"This plugin does not support (raise\(\)|propagateSizeHints\(\)|grabbing the keyboard)",  # off screen
    r"This plugin does not support setting window (opacity|masks)",
    r"QStandardPaths: XDG_RUNTIME_DIR not set",  # a machine without a login session
)
THREAD_PATIENCE_MS = 5_000


class Watch:
    """Keep what Qt says, and the timers and threads that the program starts, while a test runs."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self._started: list[weakref.ref[QtCore.QObject]] = []
        self._kept: list[QtWidgets.QWidget] = []
        self._widgets = set(map(_address, _windows()))
        self._threads = set(threading.enumerate())

    def hear(self, kind: QtCore.QtMsgType, _where: QtCore.QMessageLogContext, message: str | None) -> None:
        """Take a message as Qt's handler."""
        quiet = (QtCore.QtMsgType.QtDebugMsg, QtCore.QtMsgType.QtInfoMsg)
        if kind not in quiet and not any(re.search(pattern, message or "") for pattern in HARMLESS):
            self.messages.append(message or "")

    def noting(self, start: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap a `start` method so that whatever is started is known here."""

        def started(this: QtCore.QObject, *args: Any) -> Any:
            self._started.append(weakref.ref(this))
            return start(this, *args)

        return started

    def keeping(self, add: Callable[..., None]) -> Callable[..., None]:
        """Wrap `qtbot.addWidget`, which holds a window weakly: the collector could take it away in mid-paint."""

        def added(bot: QtBot, widget: QtWidgets.QWidget, **options: Any) -> None:
            self._kept.append(widget)
            add(bot, widget, **options)

        return added

    def left_behind(self) -> list[str]:
        """Name what is still there; a second look after collecting what merely awaits it."""
        self._kept.clear()
        if self._survivors():
            gc.collect()
            _delete_what_is_due()
        return self._survivors()

    def _survivors(self) -> list[str]:
        pool = QtCore.QThreadPool.globalInstance()
        alive = self._alive()
        names = [f"window {window!r}" for window in _windows() if _address(window) not in self._widgets]
        names += [f"timer {one!r}" for one in alive if isinstance(one, QtCore.QTimer) and one.isActive()]
        names += [f"thread {one!r}" for one in alive if isinstance(one, QtCore.QThread) and one.isRunning()]
        names += [f"thread {one!r}" for one in threading.enumerate() if self._is_ours(one)]
        if not pool.waitForDone(THREAD_PATIENCE_MS):
            names.append(f"{pool.activeThreadCount()} jobs in the thread pool")
        return names

    def _alive(self) -> list[QtCore.QObject]:
        return [thing for known in self._started if (thing := known()) is not None and shiboken6.isValid(thing)]

    def _is_ours(self, thread: threading.Thread) -> bool:
        # a dummy is Python's note of a thread that Qt made, and stays after that thread has ended
        return thread not in self._threads and not isinstance(thread, threading._DummyThread)

    def clear_away(self) -> None:
        """Remove what is left, so that the next test does not pay for this one."""
        for window in _windows():
            if _address(window) not in self._widgets and window.parent() is None:
                window.hide()
                window.deleteLater()
        for thing in self._alive():
            if isinstance(thing, QtCore.QTimer):
                thing.stop()
        _delete_what_is_due()


def _windows() -> Iterable[QtWidgets.QWidget]:
    return QtWidgets.QApplication.topLevelWidgets() if QtWidgets.QApplication.instance() else []


def _address(widget: QtWidgets.QWidget) -> int:
    return int(shiboken6.getCppPointer(widget)[0])


def _delete_what_is_due() -> None:
    QtCore.QCoreApplication.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete)


def _opens_windows(request: pytest.FixtureRequest) -> bool:
    inside = request.path.relative_to(request.config.rootpath).parts
    return "gui" in inside or "qapp" in request.fixturenames


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    # the guard below hears Qt from the first fixture to the last; pytest-qt would stop before the window is closed
    config.option.qt_log = False


@pytest.fixture(autouse=True)
def qt_watch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch | None]:
    """Watch over a test that opens windows; a test that provokes a warning on purpose clears `qt_watch.messages`."""
    if not _opens_windows(request):
        yield None
        return
    request.getfixturevalue("qapp")
    watch = Watch()
    previous = QtCore.qInstallMessageHandler(watch.hear)
    monkeypatch.setattr(QtCore.QTimer, "start", watch.noting(QtCore.QTimer.start))
    monkeypatch.setattr(QtCore.QThread, "start", watch.noting(QtCore.QThread.start))
    monkeypatch.setattr(QtBot, "addWidget", watch.keeping(QtBot.addWidget))
    yield watch
    _delete_what_is_due()
    left = watch.left_behind()
    watch.clear_away()
    QtCore.qInstallMessageHandler(previous)
    assert not watch.messages, "Qt complained:\n" + "\n".join(watch.messages)
    assert not left, "left behind:\n" + "\n".join(left)
