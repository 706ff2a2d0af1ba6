"""What a screen reader is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from reader_kit import CTRL, NONE, SHIFT, Desk

from qcode.ui.reader.peer import AccessiblePeer

TEXT = "A first line.\nThen 😀 a second line of words."


@pytest.fixture
def listening(monkeypatch) -> Iterator[None]:
    """As if a screen reader were running."""
    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    yield


def test_nothing_is_made_for_nobody(qtbot):
    desk = Desk(qtbot, TEXT)
    assert desk.area.peer is None
    assert desk.view.findChild(AccessiblePeer) is None


def test_every_part_has_a_name(qtbot):
    desk = Desk(qtbot, TEXT)
    assert all(part.accessibleName() for part in (desk.view, desk.area, desk.margin, desk.overview))


def test_the_peer_holds_the_paragraph_the_caret_and_the_selection(qtbot, listening):
    desk = Desk(qtbot, TEXT)
    peer = desk.area.peer
    assert isinstance(peer, AccessiblePeer)
    assert peer.hasFocus()
    assert desk.area.hasFocus()
    QTest.keyClick(peer, Qt.Key.Key_Down)
    assert peer.toPlainText() == TEXT.split("\n")[1]
    QTest.keyClick(peer, Qt.Key.Key_Home)
    QTest.keyClick(peer, Qt.Key.Key_Right, SHIFT)
    for _ in range(5):
        QTest.keyClick(peer, Qt.Key.Key_Right, SHIFT)
    assert desk.selected == "Then 😀"
    assert (peer.textCursor().anchor(), peer.textCursor().position()) == (0, 7)
    assert peer.textCursor().selectedText() == desk.selected


def test_keys_reach_the_view_through_the_peer(qtbot, listening):
    desk = Desk(qtbot, TEXT)
    with qtbot.waitSignal(desk.view.keyTyped) as told:
        QTest.keyClick(desk.area.peer, "3")
    assert told.args == ["3"]
    QTest.keyClick(desk.area.peer, Qt.Key.Key_A, CTRL)
    assert desk.selected == TEXT


def test_it_says_where_a_code_begins_and_ends(qtbot, listening, monkeypatch):
    said: list[str] = []
    real = QAccessible.updateAccessibility

    def hear(event) -> None:
        if hasattr(event, "message"):
            said.append(event.message())
        real(event)

    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    desk = Desk(qtbot, TEXT, [(1, 1, 1, 2, 7), (2, 2, 2, 4, 7)])
    peer = desk.area.peer
    for _ in range(8):
        QTest.keyClick(peer, Qt.Key.Key_Right, NONE)
    assert said == ["Delegated begins", "Moral begins", "Delegated ends, Moral ends"]
