"""Giving passages other ends, with the mouse and by keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from reader_kit import CTRL, NONE, Desk

from qcode.text.breaks import snap
from qcode.ui.reader import Edge
from qcode.ui.reader.resizing import moved, stepped

LONG = "one word after the other goes down the page " * 9
TEXT = f"A heading\n{LONG.strip()}\nThe last 👩\u200d👩\u200d👧 paragraph is short and plain."
LEFT_BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot) -> Desk:
    made = Desk(qtbot, TEXT)
    start, end = made.find("paragraph is")
    made.view.add_marks([(1, 10, 2, start, end), (1, 11, 3, start, end), (2, 20, 1, start, end)])
    made.view.select_mark(1, 10)
    made.look()
    return made


@pytest.fixture
def asked(desk: Desk) -> list[tuple[int, int, int]]:
    told: list[tuple[int, int, int]] = []
    desk.view.resizeRequested.connect(lambda *of: told.append(of))
    return told


def grip(desk: Desk, edge: Edge) -> QPoint:
    """Where an end is taken hold of."""
    return dict(desk.area.ink._handles())[edge].center()


def test_the_selected_passage_has_knobs_at_its_ends_and_others_have_none(desk: Desk):
    accent = desk.theme.accent.name()
    knobs = dict(desk.area.ink._handles())
    picture = desk.look()
    assert picture.pixelColor(knobs[Edge.START].center().x() + 1, knobs[Edge.START].top()).name() == accent
    assert picture.pixelColor(knobs[Edge.END].center().x() + 1, knobs[Edge.END].bottom() + 2).name() == accent
    QTest.mouseMove(desk.area, grip(desk, Edge.END))
    assert desk.area.cursor().shape() == Qt.CursorShape.SizeHorCursor
    desk.view.select_mark(None)
    assert not desk.area.ink._handles()
    QTest.mouseMove(desk.area, desk.point(3))
    assert desk.area.cursor().shape() == Qt.CursorShape.IBeamCursor


@pytest.mark.parametrize("edge", list(Edge))
def test_the_whole_knob_is_taken_hold_of_also_where_it_stands_out_of_the_line(desk: Desk, asked, edge: Edge):
    at = dict(desk.area.ink._handles())[edge]
    out = QPoint(at.center().x(), at.top() - 4 if edge is Edge.START else at.bottom() + 6)
    for beside in (-4, 0, 4):
        assert desk.area.ink.handle_at(out + QPoint(beside, 0)) is not None
    QTest.mousePress(desk.area, LEFT_BUTTON, NONE, out)
    assert desk.view.selected_mark() == (1, 10), "it is held, not a place in the text"
    QTest.mouseRelease(desk.area, LEFT_BUTTON, NONE, out)
    assert desk.view.selected_mark() == (1, 10)
    assert asked == [], "a mere press moves nothing"


def test_the_words_beside_a_selected_passage_can_be_selected(desk: Desk):
    end = desk.find("paragraph is")[1]
    wished = desk.find("short")
    assert wished[0] == end + 1, "the next word begins a space behind the end"
    desk.drag(desk.point(wished[0]), desk.point(wished[1]))
    assert desk.selected == "short"
    assert desk.view.selected_mark() is None


def test_an_end_dragged_in_the_text_is_previewed_and_asked_for_once(desk: Desk, asked):
    start, end = desk.find("paragraph is")
    wished = desk.find("short")[1]
    QTest.mousePress(desk.area, LEFT_BUTTON, NONE, grip(desk, Edge.END))
    QTest.mouseMove(desk.area, desk.point(wished - 2))
    QTest.mouseMove(desk.area, desk.point(wished))
    assert desk.colors_under(TEXT.index(" short"))[0] == desk.theme.tint("#14a0b0").name()
    assert {mark[4] for mark in desk.view.marks_at(start) if mark[0] == 1} == {wished}
    assert asked == []
    QTest.mouseRelease(desk.area, LEFT_BUTTON, NONE, desk.point(wished))
    assert asked == [(1, start, wished)]
    assert {mark[4] for mark in desk.view.marks_at(start)} == {end}, "the owner says when it is done"
    assert desk.view.selected_mark() == (1, 10)


def test_the_upper_end_goes_back_by_words_with_control_and_by_whole_characters_without(desk: Desk, asked):
    family = desk.find("👩\u200d👩\u200d👧")
    _, end = desk.find("paragraph is")
    last = desk.find("last")[0]
    for goal, modifier in ((last + 2, CTRL), (family[0], NONE)):
        QTest.mousePress(desk.area, LEFT_BUTTON, NONE, grip(desk, Edge.START))
        move(desk, desk.point(goal), modifier)
        QTest.mouseRelease(desk.area, LEFT_BUTTON, modifier, desk.point(goal))
    assert asked == [(1, last, end), (1, family[0], end)]


def move(desk: Desk, to: QPoint, modifier: Qt.KeyboardModifier) -> None:
    """Move with a key held, which QTest cannot."""
    where = QPointF(to)
    place = desk.area.mapToGlobal(where)
    event = QMouseEvent(QEvent.Type.MouseMove, where, place, Qt.MouseButton.NoButton, LEFT_BUTTON, modifier)
    QCoreApplication.sendEvent(desk.area, event)


def test_held_a_little_beside_its_end_a_passage_does_not_jump(desk: Desk, asked):
    for edge, aside in ((Edge.START, QPoint(-7, -9)), (Edge.END, QPoint(7, 9))):
        held = grip(desk, edge) + aside
        QTest.mousePress(desk.area, LEFT_BUTTON, NONE, held)
        QTest.mouseMove(desk.area, held + QPoint(1, 0))
        QTest.mouseRelease(desk.area, LEFT_BUTTON, NONE, held + QPoint(1, 0))
    assert asked == []


def test_an_end_never_passes_the_other_one(desk: Desk, asked):
    start, _ = desk.find("paragraph is")
    QTest.mousePress(desk.area, LEFT_BUTTON, NONE, grip(desk, Edge.END))
    QTest.mouseMove(desk.area, desk.point(3))
    QTest.mouseRelease(desk.area, LEFT_BUTTON, NONE, desk.point(3))
    assert asked == [(1, start, start + 1)]


def test_escape_leaves_everything_as_it_was(desk: Desk, asked):
    before = desk.look()
    QTest.mousePress(desk.area, LEFT_BUTTON, NONE, grip(desk, Edge.END))
    QTest.mouseMove(desk.area, desk.point(len(TEXT) - 3))
    assert desk.look() != before
    desk.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(desk.area, LEFT_BUTTON, NONE, desk.point(len(TEXT) - 3))
    assert asked == []
    assert desk.view.selected_mark() == (1, 10)
    assert desk.look() == before


def test_a_drag_that_ends_outside_or_where_it_began_asks_for_nothing(desk: Desk, asked):
    before = desk.look()
    for goal in (QPoint(100, -500), QPoint(5_000, 100), grip(desk, Edge.END)):
        QTest.mousePress(desk.area, LEFT_BUTTON, NONE, grip(desk, Edge.END))
        QTest.mouseMove(desk.area, desk.point(len(TEXT) - 3))
        QTest.mouseMove(desk.area, goal)
        QTest.mouseRelease(desk.area, LEFT_BUTTON, NONE, goal)
    assert asked == []
    assert desk.look() == before


def test_a_bracket_is_dragged_by_its_ends_line_by_line(desk: Desk, asked):
    start = TEXT.index("\n") + 1 + 80
    desk.view.add_marks([(7, 70, 1, start, start + 90)])
    desk.view.select_mark(7, 70)
    desk.look()
    box = next(box for box, bracket in desk.margin.brackets() if bracket.marks[0][0] == 7)
    upper, lower = QPoint(box.center().x(), box.top() + 3), QPoint(box.center().x(), box.bottom() - 3)
    QTest.mouseMove(desk.margin, upper)
    assert desk.margin.cursor().shape() == Qt.CursorShape.SizeVerCursor
    pitch = desk.flow.typography.body.pitch
    first, _ = desk.flow.line_at(desk.flow.caret_rect(start).center().y() - pitch)
    _, last = desk.flow.line_at(desk.flow.caret_rect(start + 90).center().y() + pitch)
    for held, step in ((upper, -pitch), (lower, pitch)):
        QTest.mousePress(desk.margin, LEFT_BUTTON, NONE, held)
        QTest.mouseMove(desk.margin, held + QPoint(0, step))
        QTest.mouseRelease(desk.margin, LEFT_BUTTON, NONE, held + QPoint(0, step))
    assert asked == [(7, first, start + 90), (7, start, last)]


def test_a_bracket_end_held_and_let_go_changes_nothing_and_into_the_text_it_is_exact(desk: Desk, asked):
    start, _ = desk.find("paragraph is")
    desk.view.select_mark(2, 20)
    desk.look()
    box = next(box for box, bracket in desk.margin.brackets() if bracket.marks[0][0] == 2)
    lower = QPoint(box.center().x(), box.bottom() - 3)
    QTest.mousePress(desk.margin, LEFT_BUTTON, NONE, lower)
    QTest.mouseMove(desk.margin, lower + QPoint(3, 1))
    QTest.mouseRelease(desk.margin, LEFT_BUTTON, NONE, lower)
    assert asked == []
    wished = desk.find("short")[1]
    there = desk.margin.mapFrom(desk.view, desk.area.mapTo(desk.view, desk.point(wished)))
    QTest.mousePress(desk.margin, LEFT_BUTTON, NONE, lower)
    QTest.mouseMove(desk.margin, there)
    QTest.mouseRelease(desk.margin, LEFT_BUTTON, NONE, there)
    assert asked == [(2, start, wished)]


def test_dragged_to_the_edge_the_text_scrolls_along(qtbot):
    text = "\n".join(f"Paragraph {number} of very many." for number in range(400))
    desk = Desk(qtbot, text, [(1, 10, 1, 0, 30)], size=(700, 300))
    asked: list[tuple[int, int, int]] = []
    desk.view.resizeRequested.connect(lambda *of: asked.append(of))
    desk.view.select_mark(1, 10)
    desk.look()
    QTest.mousePress(desk.area, LEFT_BUTTON, NONE, grip(desk, Edge.END))
    QTest.mouseMove(desk.area, QPoint(200, 295))
    qtbot.waitUntil(lambda: desk.view.top() > 200)
    QTest.mouseMove(desk.area, QPoint(200, 150))
    QTest.mouseRelease(desk.area, LEFT_BUTTON, NONE, QPoint(200, 150))
    assert len(asked) == 1
    assert asked[0][2] > 200


def test_a_code_that_goes_while_its_end_is_held_is_let_go(desk: Desk, asked):
    QTest.mousePress(desk.area, LEFT_BUTTON, NONE, grip(desk, Edge.END))
    QTest.mouseMove(desk.area, desk.point(len(TEXT) - 3))
    desk.view.remove_marks([(1, 10)])
    QTest.mouseMove(desk.area, desk.point(len(TEXT) - 5))
    QTest.mouseRelease(desk.area, LEFT_BUTTON, NONE, desk.point(len(TEXT) - 5))
    assert asked == []
    start, end = desk.find("paragraph is")
    assert {(mark[1], mark[4]) for mark in desk.view.marks_at(start)} == {(11, end), (20, end)}


def test_ends_are_moved_by_keys_through_characters_and_words(desk: Desk):
    start, end = desk.find("paragraph is")
    assert desk.view.nudge(Edge.END, 1) == (start, end + 1)
    assert desk.view.nudge(Edge.END, 1, words=True) == (start, desk.find("is short")[1])
    assert desk.view.nudge(Edge.END, -1, words=True) == (start, desk.find("paragraph")[1])
    assert desk.view.nudge(Edge.START, -2) == (desk.find("👩")[0], end)
    assert desk.view.nudge(Edge.START, 1, words=True) == (desk.find("is short")[0], end)
    assert desk.view.nudge(Edge.START, 10**3) == (end - 1, end)
    desk.view.select_mark(None)
    assert desk.view.nudge(Edge.END, 1) is None


words = st.text(alphabet=st.sampled_from("ab é\u0301👩\u200d\n.ש😀"), min_size=1, max_size=30)


@given(words, st.data())
def test_whatever_is_dragged_or_nudged_is_never_empty_nor_cuts_a_character(text: str, data):
    low = data.draw(st.integers(0, len(text) - 1))
    span = snap(text, low, data.draw(st.integers(low + 1, len(text))))
    edge, by_words = data.draw(st.sampled_from(list(Edge))), data.draw(st.booleans())
    goal, by = data.draw(st.integers(0, len(text))), data.draw(st.integers(-3, 3))
    for got in (moved(text, span, edge, goal, words=by_words), stepped(text, span, edge, by, words=by_words)):
        assert 0 <= got[0] < got[1] <= len(text)
        assert snap(text, *got) == got
        other = 1 if edge is Edge.START else 0
        assert got[other] == span[other]
