"""Keeping the place: scrolling, resizing, zooming, coming back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from reader_kit import CTRL, NONE, SHIFT, Desk

from qcode.ui.reader import Reading

TEXT = "\n".join(
    f"Paragraph {number}, which has some words: " + "more and more of them, " * (number % 9) for number in range(300)
)


@pytest.fixture
def desk(qtbot) -> Desk:
    return Desk(qtbot, TEXT)


def turn(desk: Desk, widget, notches: int, modifiers=NONE) -> None:
    where = QPointF(widget.rect().center())
    event = QWheelEvent(
        where,
        widget.mapToGlobal(where),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    desk.look()


def test_the_place_can_be_left_and_found_again(desk: Desk, qtbot):
    at = TEXT.index("Paragraph 150,")
    desk.view.scroll_to(at)
    desk.look()
    assert desk.view.top() == at
    again = Desk(qtbot, TEXT)
    again.view.scroll_to(desk.view.top())
    again.look()
    assert again.view.top() == at
    assert again.flow.caret_rect(at).top() < 40


def test_a_view_that_is_not_shown_yet_opens_at_its_place(desk: Desk):
    desk.view.hide()
    at = TEXT.index("Paragraph 200,")
    desk.view.show(TEXT)
    desk.view.scroll_to(at)
    desk.view.resize(500, 400)
    desk.view.show()
    desk.look()
    assert desk.view.top() == at
    assert desk.flow.caret_rect(at).top() < 40


def test_resizing_keeps_the_line_that_is_read(desk: Desk):
    at = TEXT.index("Paragraph 150,") + 60
    desk.view.scroll_to(at)
    desk.look()
    for width in (860, 700, 640, 520, 610, 730, 900):
        desk.view.resize(width, 600)
        desk.look()
        assert 0 <= desk.flow.caret_rect(at).top() < 40
    assert desk.view.top() == at


def test_numbers_and_names_beside_the_text_grow_with_it_but_less(desk: Desk):
    def points() -> tuple[float, float]:
        return desk.view._text.ink.gutter.font.pointSizeF(), desk.view._margin.ink.font.pointSizeF()

    number, name = points()
    desk.view.set_zoom(2)
    assert points() == (pytest.approx(number * 2**0.5, rel=0.05), pytest.approx(name * 2**0.5, rel=0.05))
    desk.view.set_zoom(0.6)
    assert points() == (pytest.approx(number), pytest.approx(name)), "never smaller than they can be read"


def test_zooming_keeps_the_line_and_goes_by_wheel_and_keys(desk: Desk, qtbot):
    at = TEXT.index("Paragraph 150,")
    desk.view.scroll_to(at)
    before = desk.flow.typography.body.pitch
    with qtbot.waitSignal(desk.view.zoomChanged):
        turn(desk, desk.area, 1, CTRL)
    assert desk.flow.typography.body.pitch > before
    assert 0 <= desk.flow.caret_rect(at).top() < 40
    desk.key(Qt.Key.Key_Minus, CTRL)
    assert desk.view.zoom() == pytest.approx(1.0)
    desk.key(Qt.Key.Key_Plus, CTRL, times=3)
    desk.key(Qt.Key.Key_0, CTRL)
    assert desk.view.zoom() == 1.0
    assert desk.flow.typography.body.pitch == before
    desk.view.set_zoom(99)
    assert desk.view.zoom() == 4.0


def test_the_wheel_scrolls_the_text_also_over_the_margin(desk: Desk):
    turn(desk, desk.area, -2)
    first = desk.view.top()
    assert first > 0
    turn(desk, desk.margin, -2)
    assert desk.view.top() > first
    turn(desk, desk.area, 9)
    assert desk.view.top() == 0
    turn(desk, desk.area, 9)
    assert desk.flow.value == 0


def test_the_space_bar_turns_pages_and_leaves_the_selection(desk: Desk):
    desk.view.set_selection(0, 9)
    desk.key(Qt.Key.Key_Space)
    desk.look()
    first = desk.view.top()
    assert first > 0
    assert desk.view.selection() == (0, 9)
    desk.key(Qt.Key.Key_Space, SHIFT)
    desk.look()
    assert desk.view.top() == 0


def test_reading_in_another_face_size_and_measure_keeps_the_line(desk: Desk):
    at = TEXT.index("Paragraph 150,")
    desk.view.scroll_to(at)
    desk.look()
    pitch, measure = desk.flow.typography.body.pitch, desk.flow.width
    desk.view.set_reading(Reading(points=15.0, line_height=1.9, longest_line=40))
    desk.look()
    assert desk.flow.typography.body.pitch > pitch
    assert desk.flow.width < measure
    assert 0 <= desk.flow.caret_rect(at).top() < 40


def test_a_fine_wheel_adds_up(desk: Desk):
    for _ in range(240):
        where = QPointF(20, 20)
        event = QWheelEvent(
            where,
            where,
            QPoint(),
            QPoint(0, -1),
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(desk.area, event)
    assert desk.flow.value == 2 * 3 * desk.flow.typography.body.pitch


def test_the_bar_reaches_both_ends_exactly(desk: Desk):
    desk.overview.setValue(desk.overview.maximum())
    desk.look()
    last = desk.flow.caret_rect(len(TEXT))
    assert last is not None
    assert desk.view.height() - 100 < last.bottom() < desk.view.height()
    assert desk.overview.value() == desk.overview.maximum()
    desk.overview.setValue(0)
    desk.look()
    assert desk.view.top() == desk.flow.value == 0


def test_dragging_the_handle_goes_through_the_text(desk: Desk):
    desk.look()
    QTest.mousePress(desk.overview, Qt.MouseButton.LeftButton, NONE, QPoint(8, 5))
    QTest.mouseMove(desk.overview, QPoint(8, 300))
    QTest.mouseRelease(desk.overview, Qt.MouseButton.LeftButton, NONE, QPoint(8, 300))
    desk.look()
    assert 0.3 < desk.view.top() / len(TEXT) < 0.7


def test_revealing_what_is_in_sight_moves_nothing(desk: Desk):
    at = TEXT.index("Paragraph 150,")
    desk.view.reveal(at, at + 20)
    desk.look()
    place = desk.flow.value
    rect = desk.flow.caret_rect(at)
    assert rect is not None
    desk.view.reveal(at, at + 30)
    assert desk.flow.value == place
    desk.view.reveal(0, 5)
    assert desk.view.top() == 0


def test_going_to_a_paragraph_by_its_number(desk: Desk):
    desk.view.go_to_paragraph(121)
    assert TEXT[desk.caret :].startswith("Paragraph 120,")
    assert desk.view.paragraph_at(desk.caret) == 121
    desk.view.go_to_paragraph(10_000)
    assert desk.view.paragraph_at(desk.caret) == desk.view.paragraph_count() == 300


def test_one_endless_paragraph_is_laid_out_in_parts_and_scrolls_on(qtbot):
    text = "word after word " * 4_000
    desk = Desk(qtbot, text)
    assert len(desk.flow.pieces) > 10
    assert max(len(desk.flow.pieces.string(piece)) for piece in range(len(desk.flow.pieces))) <= 8_192
    desk.view.scroll_to(40_000)
    desk.look()
    start, end = desk.flow.range_in_sight()
    assert start <= 40_000 < end
    picture = desk.look()
    paper = desk.theme.paper.name()
    gutter = {picture.pixelColor(x, y).name() for x in range(desk.left - 10) for y in range(0, 600, 2)}
    assert gutter == {paper}


def test_a_long_text_lays_out_only_what_is_near(qtbot):
    desk = Desk(qtbot, "A paragraph with a handful of words in it, and a few more.\n" * 20_000)
    desk.settle()
    laid_out = sum(piece in desk.flow._shelf for piece in range(len(desk.flow.pieces)))
    assert 10 < laid_out < 100


def test_a_narrow_and_a_wide_window_keep_a_readable_measure(desk: Desk):
    for width in (420, 1024, 1920, 3000):
        desk.view.resize(width, 700)
        desk.look()
        assert 200 <= desk.flow.width <= desk.flow.typography.measure
        assert desk.margin.geometry().right() <= desk.overview.x()
        assert desk.left + desk.flow.width <= desk.margin.x()
