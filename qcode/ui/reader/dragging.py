"""What is carried when words are dragged out of the text, and when codes are dropped on it."""

from __future__ import annotations

import json

from PySide6.QtCore import QByteArray, QMimeData, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap

from qcode.text.breaks import sentence_at
from qcode.ui.reader.scene import Scene
from qcode.ui.theme import Theme

PASSAGE_MIME = "application/x-qcode-passage"
CODES_MIME = "application/x-qcode-codes"
GROUP_MIME = "application/x-qcode-group"  # beside the codes, when one of them cannot be applied to a text
_WIDEST, _PAD = 260, 8


def passage_data(source: int, start: int, end: int, text: str) -> QMimeData:
    """Make what is carried: the stretch for our own windows, its words for everybody else."""
    data = QMimeData()
    told = json.dumps({"source": source, "start": start, "end": end})
    data.setData(PASSAGE_MIME, QByteArray(told.encode()))
    data.setText(text)
    return data


def codes_in(data: QMimeData) -> list[int]:
    """Read which codes are carried; none when it is something else, a group, or not as it should be."""
    if not data.hasFormat(CODES_MIME) or data.hasFormat(GROUP_MIME):
        return []
    try:
        codes = json.loads(bytes(data.data(CODES_MIME).data()))
    except ValueError:
        return []
    is_good = isinstance(codes, list) and all(type(code) is int for code in codes)
    return codes if is_good else []


def drop_goal(scene: Scene, offset: int) -> tuple[int, int] | None:
    """Give what a code that is dropped at an offset is meant for: what is selected there, else the sentence."""
    caret, mark = scene.caret, scene.selected_mark()
    if caret.has_selection() and caret.start <= offset <= caret.end:
        return caret.start, caret.end
    if mark is not None and not scene.bare and mark[3] <= offset <= mark[4]:
        return mark[3], mark[4]
    text = scene.flow.text
    start, end = sentence_at(text, min(offset, max(0, len(text) - 1)))
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    return (start, end) if start < end else None


def passage_picture(text: str, font: QFont, theme: Theme, ratio: float) -> QPixmap:
    """Draw the first words of what is dragged, to hang at the pointer."""
    metrics = QFontMetrics(font)
    words = metrics.elidedText(" ".join(text[:200].split()), Qt.TextElideMode.ElideRight, _WIDEST)
    box = QRect(0, 0, metrics.horizontalAdvance(words) + 2 * _PAD, metrics.height() + _PAD)
    picture = QPixmap(box.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.hint)
    painter = QPainter(picture)
    try:
        painter.setFont(font)
        painter.setPen(theme.accent)
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setPen(theme.text)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine), words)
    finally:
        painter.end()
    return picture
