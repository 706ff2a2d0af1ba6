"""Dragging words out of the text, and codes onto it."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from reader_kit import NONE, SHIFT, Desk

from qcode.ui.reader.dragging import CODES_MIME, PASSAGE_MIME, codes_in

TEXT = (
    "A first line to read.\n"
    "The lists came first. Then the offices, one by one, took them up and nobody asked why.\n"
    "\n"
    "A last line 😀 with <b>markup</b>."
)
LEFT = Qt.MouseButton.LeftButton
COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction


@pytest.fixture
def desk(qtbot) -> Desk:
    return Desk(qtbot, TEXT)


class Carried:
    """What left the text: kept, since the drag itself is gone when the mouse is let go."""

    def __init__(self, desk: Desk) -> None:
        self.formats: list[dict[str, object]] = []
        desk.area.run_drag = self.take

    def take(self, drag: QDrag) -> None:
        data = drag.mimeData()
        told = json.loads(data.data(PASSAGE_MIME).data())
        self.formats.append({"told": told, "text": data.text(), "html": data.hasHtml()})
        assert not drag.pixmap().isNull()


def codes(*ids: int) -> QMimeData:
    data = QMimeData()
    data.setData(CODES_MIME, QByteArray(json.dumps(ids).encode()))
    return data


def hover(widget: QWidget, at: QPoint, data: QMimeData) -> bool:
    """Enter and move as a real drag does; tells whether it may be dropped here."""
    enter = QDragEnterEvent(QPointF(at), COPY | MOVE, data, LEFT, NONE)
    QCoreApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    move = QDragMoveEvent(QPointF(at), COPY | MOVE, data, LEFT, NONE)
    QCoreApplication.sendEvent(widget, move)
    return move.isAccepted()


def drop(widget: QWidget, at: QPoint, data: QMimeData) -> QDropEvent:
    hover(widget, at, data)  # Qt drops only where a drag has entered.
    event = QDropEvent(QPointF(at), COPY | MOVE, data, LEFT, NONE)
    QCoreApplication.sendEvent(widget, event)
    return event


def test_pressing_inside_the_selection_and_moving_takes_the_words_along(desk: Desk):
    carried = Carried(desk)
    start, end = desk.find("line 😀 with <b>")
    desk.view.set_source(7)
    desk.view.set_selection(start, end)
    desk.drag(desk.point(start + 2), desk.point(start + 2) + QPoint(60, 40))
    assert carried.formats == [
        {"told": {"source": 7, "start": start, "end": end}, "text": TEXT[start:end], "html": False}
    ]
    assert desk.view.selection() == (start, end)


def test_a_press_inside_the_selection_that_does_not_move_puts_the_caret_there(desk: Desk):
    carried = Carried(desk)
    start, end = desk.find("the offices, one")
    desk.view.set_selection(start, end)
    QTest.mousePress(desk.area, LEFT, NONE, desk.point(start + 4))
    assert desk.view.selection() == (start, end), "not yet: it may become a drag"
    QTest.mouseMove(desk.area, desk.point(start + 4) + QPoint(1, 1))
    QTest.mouseRelease(desk.area, LEFT, NONE, desk.point(start + 4))
    assert desk.view.selection() == (start + 4, start + 4)
    assert carried.formats == []


def test_beside_the_selection_or_with_shift_a_press_selects_as_ever(desk: Desk):
    carried = Carried(desk)
    start, end = desk.find("the offices, one")
    desk.view.set_selection(start, end)
    desk.click(start + 4, SHIFT)
    assert desk.view.selection() == (start, start + 4)
    low, high = desk.find("first line")
    desk.drag(desk.point(low), desk.point(high))
    assert desk.selected == "first line"
    assert carried.formats == []


def test_codes_dropped_inside_the_selection_are_meant_for_it(desk: Desk, qtbot):
    start, end = desk.find("offices, one by one")
    desk.view.set_selection(start, end)
    at = desk.point(start + 3)
    assert hover(desk.area, at, codes(4, 5))
    with qtbot.waitSignal(desk.view.codesDropped) as told:
        event = drop(desk.area, at, codes(4, 5))
    assert told.args == [[4, 5], start, end]
    assert event.dropAction() == COPY, "else the codebook would take the dragged rows away"
    assert desk.view.selection() == (start, end)


def test_elsewhere_they_are_meant_for_the_sentence_which_is_shown_before(desk: Desk, qtbot):
    sentence = desk.find("Then the offices, one by one, took them up and nobody asked why.")
    at = desk.point(desk.find("nobody")[0])
    space = TEXT.index(" nobody")
    assert desk.colors_under(space)[2] == desk.theme.paper.name()
    assert hover(desk.area, at, codes(4))
    assert desk.colors_under(space)[2] == desk.theme.selection.name()
    with qtbot.waitSignal(desk.view.codesDropped) as told:
        drop(desk.area, at, codes(4))
    assert told.args == [[4], *sentence]
    assert desk.colors_under(space)[2] == desk.theme.paper.name()


def test_on_the_selected_passage_they_are_meant_for_it(desk: Desk, qtbot):
    start, end = desk.find("lists came")
    desk.view.add_marks([(1, 10, 2, start, end)])
    desk.view.select_mark(1, 10)
    with qtbot.waitSignal(desk.view.codesDropped) as told:
        drop(desk.area, desk.point(start + 3), codes(4))
    assert told.args == [[4], start, end]


def test_a_drag_that_goes_away_again_leaves_nothing_behind(desk: Desk):
    before = desk.look()
    told: list[object] = []
    desk.view.codesDropped.connect(lambda *of: told.append(of))
    assert hover(desk.area, desk.point(30), codes(4))
    assert desk.look() != before
    QCoreApplication.sendEvent(desk.area, QDragLeaveEvent())
    assert desk.look() == before
    blank = TEXT.index("\n\n") + 1
    drop(desk.area, desk.point(blank), codes())
    assert told == []


@pytest.mark.parametrize("told", [b"", b"nonsense", b"{}", b'["a"]', b"[true]", b"\xff"])
def test_what_is_no_list_of_codes_is_refused(desk: Desk, told: bytes):
    data = QMimeData()
    data.setText("just words")
    data.setData(CODES_MIME, QByteArray(told))
    assert codes_in(data) == []
    assert not hover(desk.area, desk.point(30), data)
    assert not drop(desk.area, desk.point(30), data).isAccepted()


def test_a_code_dropped_on_a_bracket_or_its_name_is_for_that_coding(desk: Desk):
    start, end = desk.find("lists came")
    desk.view.add_marks([(1, 10, 2, start, end), (2, 20, 1, 0, 5)])
    told: list[object] = []
    desk.view.codeDroppedOnMark.connect(lambda *of: told.append(of))
    desk.view.codesDropped.connect(lambda *of: told.append(of))
    before = desk.look()
    for boxes in (desk.margin.brackets, desk.margin.labels):
        desk.look()
        at = next(box for box, bracket in boxes() if bracket.marks[0][0] == 1).center()
        assert hover(desk.margin, at, codes(9))
        assert desk.look() != before, "the bracket shows that it is meant"
        drop(desk.margin, at, codes(9))
        assert desk.look() == before
    assert told == [(9, 1, 10), (9, 1, 10)]
    drop(desk.margin, at, codes(8, 9))
    assert told[2:] == [([8, 9], start, end)]


def test_beside_the_brackets_and_on_a_crowd_nothing_can_be_dropped(desk: Desk):
    desk.view.add_marks([(number, number, 1 + number % 3, 2, 12) for number in range(1, 20)])
    told: list[object] = []
    desk.view.codeDroppedOnMark.connect(lambda *of: told.append(of))
    desk.look()
    crowd = next(box for box, bracket in desk.margin.brackets() if len(bracket.marks) > 1)
    for at in (QPoint(desk.margin.width() // 2, desk.margin.height() - 5), crowd.center()):
        assert not hover(desk.margin, at, codes(9))
        assert not drop(desk.margin, at, codes(9)).isAccepted()
    QCoreApplication.sendEvent(desk.margin, QDragLeaveEvent())
    assert told == []


def test_nothing_can_be_dropped_on_nothing(qtbot):
    desk = Desk(qtbot, "")
    assert not hover(desk.area, QPoint(200, 50), codes(4))
    assert not drop(desk.area, QPoint(200, 50), codes(4)).isAccepted()


def test_codes_held_at_the_lower_edge_scroll_the_text(qtbot):
    text = "\n".join(f"Paragraph {number} of very many." for number in range(400))
    desk = Desk(qtbot, text, size=(700, 300))
    hover(desk.area, QPoint(200, 297), codes(4))
    qtbot.waitUntil(lambda: desk.view.top() > 200)
    QCoreApplication.sendEvent(desk.area, QDragLeaveEvent())
    assert desk.view._scene.drop_span is None
