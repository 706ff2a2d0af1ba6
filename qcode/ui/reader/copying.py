"""What is put on the clipboard: the words as they stand, and for word processors also where they come from."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from functools import cache
from html import escape

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication

_OPEN = '<p dir="auto" style="white-space: pre-wrap">'
_RICH = 300_000
# Tells our own data on the clipboard from everybody else's, which is not ours to replace.
_OURS = "application/x-qcode-copied"


def copied(text: str, quote: Callable[[], str] | None = None) -> QMimeData:
    """Make the words as plain text and as HTML; as HTML `quote` writes them with where they stand: plain stays plain.

    A whole book is copied plain: nobody quotes it, and everybody would wait.
    """
    data = QMimeData()
    data.setText(text)
    if len(text) <= _RICH:
        words = escape(text).replace("\n", f"</p>{_OPEN}").replace(f"{_OPEN}</p>", "")
        data.setHtml((quote() if quote is not None else "") or f"<blockquote>{_OPEN}{words}</p></blockquote>")
    return data


def put_on_clipboard(data: QMimeData) -> None:
    """Hand something richer than plain text to the clipboard, and take care that the program can end after it."""
    _release_at_the_end()
    data.setData(_OURS, QByteArray(b"1"))
    QGuiApplication.clipboard().setMimeData(data)


@cache
def _release_at_the_end() -> None:
    """PySide6 6.12 crashes on its way out while data made in Python is on the clipboard; plain text does no harm."""
    application = QCoreApplication.instance()
    if application is not None:
        application.aboutToQuit.connect(_leave_plain_text)
    atexit.register(_leave_plain_text)


def _leave_plain_text() -> None:
    if QGuiApplication.instance() is None:
        return
    data = QGuiApplication.clipboard().mimeData()
    if data is not None and data.hasFormat(_OURS):
        QGuiApplication.clipboard().setText(data.text())
