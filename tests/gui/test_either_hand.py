"""The sample is coded by either hand alone: first only with keys, then only with the mouse."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from frame_kit import frame
from panels_kit import Study
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from qcode.exchange import starter
from qcode.project import passages
from qcode.ui.reader.dragging import passage_data

Key = Qt.Key
Ctrl, Shift, Alt = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEFT = Qt.MouseButton.LeftButton
SOURCE = "Field note - Lower Merrin"


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path, uncoded: Path) -> Iterator[Study]:
    with open_sample(qtbot, tmp_path, uncoded) as made:
        yield made


@pytest.fixture(scope="module")
def uncoded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts and the codebook of the sample, as they are before anybody codes."""
    path = tmp_path_factory.mktemp("sample") / "sample.qcode"
    with starter.new_project(path, sample=True, coder="Ada") as project, project.change("take all off") as tx:
        passages.remove(tx, [passage.id for passage in passages.listing(tx)])
    return path


@contextmanager
def open_sample(bot: QtBot, folder: Path, sample: Path) -> Iterator[Study]:
    path = Path(shutil.copy(sample, folder / "study.qcode"))
    with frame(bot, folder) as made:
        made.window.resize(1200, 780)
        made.open(path)
        made.activate()
        study = Study(made, path)
        study.open(SOURCE)
        bot.waitUntil(lambda: not study.view.is_busy())
        yield study


def test_ten_passages_without_touching_the_mouse(at_work: Study) -> None:
    keys = [Qt.Key(ord(letter)) for letter in "1234CQVH56"]
    at_work.press(Key.Key_Home, Ctrl)
    chosen = []
    for number, key in enumerate(keys):
        at_work.press(Key.Key_Down, Ctrl | Shift)  # to the end of this paragraph, and of the next
        at_work.press(Key.Key_Right)
        at_work.press(Key.Key_Left, Ctrl)
        for _ in range(1 + number % 2):
            at_work.press(Key.Key_E, Ctrl)
        chosen.append(at_work.view.selected_text())
        at_work.press(key)
        if key == Key.Key_C:
            at_work.bot.keyClicks(at_work.palette().field, "mor")
            at_work.bot.keyClick(at_work.palette().field, Key.Key_Return)
    new = dict(at_work.coded())
    assert set(new) == set(chosen), "each where it was selected, whatever was coded before"
    named = [new[quote] for quote in chosen]
    assert named[:6] == [["Delegated"], ["Moral"], ["Expert"], ["Compulsory"], ["Moral"], ["Moral"]]
    assert named[6:] == [[chosen[6]], [], ["Institutional"], ["Productive"]]
    at_work.press(Key.Key_Right, Alt)
    at_work.press(Key.Key_N)
    at_work.bot.keyClicks(at_work.window.focusWidget(), "twice said")
    at_work.bot.keyClick(at_work.window.focusWidget(), Key.Key_Escape)
    assert at_work.text.hasFocus()
    assert at_work.context.project.undoable().label == "edit reason"


def offered(menu: QWidget | None, words: str) -> QPoint:
    """Where an entry of a menu stands."""
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text().replace("&", "").startswith(words))
    return menu.actionGeometry(action).center()


def ask_menu(at_work: Study, quote: str, words: str) -> None:
    """Click on an entry of the menu that the right button brings up."""
    point = at_work.point(at_work.words.index(quote) + 2)
    reason = QContextMenuEvent.Reason.Mouse
    QCoreApplication.sendEvent(at_work.text, QContextMenuEvent(reason, point, at_work.text.mapToGlobal(point)))
    menu = QApplication.activePopupWidget()
    at_work.bot.mouseClick(menu, LEFT, pos=offered(menu, words))


def carry(target: QWidget, at: QPoint, data: QMimeData) -> None:
    """Drop something, as a drag ends."""
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDragMoveEvent, QDropEvent):
        event = kind(QPointF(at), copy, data, LEFT, none)
        QCoreApplication.sendEvent(target, event)
        assert event.isAccepted()


def test_as_many_without_the_keyboard(at_work: Study) -> None:
    sentences = [
        words.strip()
        for words in at_work.words.split(".")
        if 20 < len(words.strip()) < 90 and "\n" not in words.strip()
    ]
    assert len(sentences) >= 6
    for way, quote in enumerate(sentences[:6]):
        start = at_work.words.index(quote)
        at_work.view.reveal(start, start + len(quote))
        at_work.drag(quote)
        row = at_work.book.tree.visualRect(at_work.book.model.find(at_work.code("Moral").id)).center()
        if way in (0, 5):
            at_work.double_click("Expert")
        elif way == 1:
            ask_menu(at_work, quote, "Apply a code")
            rows = at_work.palette().list
            at_work.bot.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(rows.model().index(0, 0)).center())
        elif way == 2:
            dragged = at_work.book.model.mimeData([at_work.book.model.find(at_work.code("Moral").id)])
            carry(at_work.text, at_work.point(start + 3), dragged)
        elif way == 3:
            words = passage_data(at_work.source(SOURCE), start, start + len(quote), quote)
            carry(at_work.book.tree.viewport(), row, words)
        else:
            ask_menu(at_work, quote, "Highlight")
    new = dict(at_work.coded())
    ways = [["Expert"], ["Expert"], ["Moral"], ["Moral"], [], ["Expert"]]
    assert new == dict(zip(sentences, ways, strict=False)), "the menu's palette offers the code used last first"
