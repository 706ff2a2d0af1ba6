"""Selecting words with the mouse and the keyboard, in a real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from reader_kit import CTRL, NONE, SHIFT, Desk

from qcode.ui.reader.keys import step_for

TEXT = (
    "A first line to read.\n"
    "The lists came first. Then the offices, one by one, took them up and nobody asked why.\n"
    "\n"
    "Café 👩\u200d👩\u200d👧 and 😀 end.\n"
    "A last line."
)
Key = Qt.Key


@pytest.fixture
def desk(qtbot) -> Desk:
    return Desk(qtbot, TEXT)


def test_dragging_selects_exactly_the_words_under_the_mouse(desk: Desk, qtbot):
    start, end = desk.find("the offices, one by one")
    with qtbot.waitSignal(desk.view.selectionChanged):
        desk.drag(desk.point(start), desk.point(end))
    assert desk.view.selection() == (start, end)
    assert desk.view.selected_text() == "the offices, one by one"


def test_dragging_backwards_selects_the_same_and_leaves_the_caret_at_its_start(desk: Desk):
    start, end = desk.find("lists came")
    desk.drag(desk.point(end), desk.point(start))
    assert desk.view.selection() == (start, end)
    assert desk.caret == start


def test_a_click_puts_the_caret_and_shift_click_draws_the_selection_to_there(desk: Desk):
    start, end = desk.find("took them up")
    desk.click(start)
    assert desk.view.selection() == (start, start)
    desk.click(end, SHIFT)
    assert desk.selected == "took them up"


def test_a_double_click_takes_the_word_and_a_third_the_paragraph(desk: Desk):
    at = desk.point(desk.find("ffices")[0])
    desk.send(QEvent.Type.MouseButtonPress, at, 1_000)
    desk.send(QEvent.Type.MouseButtonRelease, at, 1_010)
    desk.send(QEvent.Type.MouseButtonDblClick, at, 1_100)
    assert desk.selected == "offices"
    desk.send(QEvent.Type.MouseButtonRelease, at, 1_110)
    desk.send(QEvent.Type.MouseButtonPress, at, 1_200)
    assert desk.selected == TEXT.split("\n")[1]
    desk.send(QEvent.Type.MouseButtonRelease, at, 1_210)
    desk.send(QEvent.Type.MouseButtonPress, at, 9_000)
    desk.send(QEvent.Type.MouseButtonRelease, at, 9_010)
    assert desk.selected == ""


def test_a_drag_begun_by_a_double_click_goes_on_by_words(desk: Desk):
    first, last = desk.point(desk.find("ists")[0]), desk.point(desk.find("rst. Then")[0])
    desk.send(QEvent.Type.MouseButtonDblClick, first, 1_000)
    desk.send(QEvent.Type.MouseMove, last, 1_050)
    assert desk.selected == "lists came first"
    desk.send(QEvent.Type.MouseButtonRelease, last, 1_100)


def test_dragging_below_the_window_scrolls_and_goes_on_selecting(qtbot):
    desk = Desk(qtbot, "\n".join(f"Paragraph {number} of very many." for number in range(400)), size=(700, 300))
    QTest.mousePress(desk.area, Qt.MouseButton.LeftButton, NONE, desk.point(0))
    QTest.mouseMove(desk.area, QPoint(200, 290))
    before = desk.view.selection()
    QTest.mouseMove(desk.area, QPoint(200, 380))
    qtbot.waitUntil(lambda: desk.view.top() > 200)
    QTest.mouseRelease(desk.area, Qt.MouseButton.LeftButton, NONE, QPoint(200, 380))
    assert desk.view.selection()[1] > before[1]
    assert desk.view.selection()[0] == 0


def test_arrows_move_by_what_a_reader_sees_as_a_character(desk: Desk):
    start = desk.find("👩")[0]
    desk.view.set_selection(start, start)
    desk.key(Key.Key_Right, SHIFT)
    assert desk.selected == "👩\u200d👩\u200d👧"
    desk.key(Key.Key_Right, SHIFT, times=6)
    assert desk.selected == "👩\u200d👩\u200d👧 and 😀"
    desk.key(Key.Key_Left, SHIFT)
    assert desk.selected == "👩\u200d👩\u200d👧 and "


def test_an_arrow_without_shift_leaves_the_selection_at_its_side(desk: Desk):
    start, end = desk.find("lists")
    desk.view.set_selection(start, end)
    desk.key(Key.Key_Left)
    assert desk.view.selection() == (start, start)
    desk.view.set_selection(start, end)
    desk.key(Key.Key_Right)
    assert desk.view.selection() == (end, end)


def test_control_moves_by_words_and_selects_whole_ones(desk: Desk):
    start = desk.find("Then")[0]
    desk.view.set_selection(start, start)
    desk.key(Key.Key_Right, CTRL)
    assert desk.caret == desk.find("the offices")[0]
    desk.key(Key.Key_Right, CTRL | SHIFT, times=2)
    assert desk.selected == "the offices"
    desk.key(Key.Key_Left, CTRL)
    assert TEXT[desk.caret :].startswith("offices")


ALT = Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize(
    ("right", "left", "grow", "held"),
    [
        (Key.Key_Right, Key.Key_Left, Key.Key_Right, CTRL | ALT),
        (Key.Key_Period, Key.Key_Comma, Key.Key_Greater, CTRL),
        (Key.Key_Period, Key.Key_Comma, Key.Key_Colon, CTRL),
    ],
    ids=["arrows", "English keyboard", "German keyboard"],
)
def test_sentences_are_walked_and_selected_without_the_space_behind(desk: Desk, right, left, grow, held):
    start, end = desk.find("The lists came first.")
    desk.view.set_selection(start, start)
    desk.key(grow, held | SHIFT)
    assert desk.view.selection() == (start, end)
    desk.key(grow, held | SHIFT)
    assert desk.selected.endswith("nobody asked why.")
    desk.view.set_selection(start, start)
    desk.key(right, held)
    assert TEXT[desk.caret :].startswith("Then the offices")
    desk.key(left, held)
    assert desk.caret == start


def test_home_and_end_go_to_the_ends_of_the_line_and_with_control_of_the_text(desk: Desk):
    start, end = desk.find("A first line to read.")
    desk.click(start + 5)
    desk.key(Key.Key_End)
    assert desk.caret == end
    desk.key(Key.Key_Home, SHIFT)
    assert desk.view.selection() == (start, end)
    desk.key(Key.Key_End, CTRL)
    assert desk.caret == len(TEXT)
    desk.key(Key.Key_Home, CTRL | SHIFT)
    assert desk.view.selection() == (0, len(TEXT))


def test_up_and_down_keep_the_column_and_pass_over_blank_lines(desk: Desk):
    desk.click(TEXT.index("Café") + 3)
    column = desk.point(desk.caret).x()
    desk.key(Key.Key_Up)
    assert TEXT[desk.caret - 1] != "\n"
    desk.key(Key.Key_Down)
    assert abs(desk.point(desk.caret).x() - column) <= 2
    desk.key(Key.Key_Down)
    assert desk.caret >= desk.find("A last line")[0]
    desk.key(Key.Key_Down)
    assert desk.caret == len(TEXT)


def test_control_shift_up_and_down_select_by_paragraphs(desk: Desk):
    start, end = desk.find(TEXT.split("\n")[1])
    desk.view.set_selection(start, start)
    desk.key(Key.Key_Down, CTRL | SHIFT)
    assert desk.view.selection() == (start, end)
    desk.key(Key.Key_Down, CTRL | SHIFT)
    assert desk.selected.endswith("end.")
    desk.view.set_selection(end, end)
    desk.key(Key.Key_Up, CTRL | SHIFT)
    assert desk.view.selection() == (start, end)


def test_control_e_grows_the_selection_from_the_word_to_the_text(desk: Desk):
    desk.click(desk.find("ffices")[0])
    grown = []
    for _ in range(4):
        desk.key(Key.Key_E, CTRL)
        grown.append(desk.selected)
    paragraph = TEXT.split("\n")[1]
    assert grown == ["offices", paragraph[paragraph.index("Then") :], paragraph, paragraph], "a source is not grown to"


def test_a_paragraph_that_is_read_from_the_right_is_pointed_at_letter_by_letter(qtbot):
    text = "המורה כתבה את השמות על הלוח, ואחר כך מחקה אותם. " * 5
    desk = Desk(qtbot, text, size=(520, 400))
    assert desk.flow.layout(0).line_count > 2, "the spaces at which lines are broken count for nothing"
    missed = []
    for offset in range(0, len(text) - 1, 3):
        desk.click(offset)
        missed += [offset] if desk.caret != offset else []
    assert missed == []


def test_control_e_widens_also_where_the_platform_would_go_to_the_end_of_the_line():
    class OnX11(QKeyEvent):
        def matches(self, key: QKeySequence.StandardKey) -> bool:
            return key == QKeySequence.StandardKey.MoveToEndOfLine

    assert step_for(OnX11(QEvent.Type.KeyPress, Key.Key_E, CTRL, "")) is None
    assert step_for(OnX11(QEvent.Type.KeyPress, Key.Key_End, NONE, "")) is not None


def test_page_keys_turn_pages_and_come_back(qtbot):
    text = "\n".join(f"Paragraph {number} of very many." for number in range(400))
    desk = Desk(qtbot, text, size=(700, 300))
    desk.click(3)
    desk.key(Key.Key_PageDown, times=3)
    assert desk.caret > 300
    assert desk.flow.caret_rect(desk.caret) is not None
    desk.key(Key.Key_PageUp, times=4)
    assert desk.view.top() == 0
    desk.key(Key.Key_PageUp)
    assert desk.caret == 0
    desk.key(Key.Key_PageDown, SHIFT)
    assert desk.view.selection()[0] == 0
    assert desk.selected.count("\n") > 4


def test_the_keyboard_brings_the_caret_into_sight(qtbot):
    desk = Desk(qtbot, "\n".join(f"Paragraph {number} of very many." for number in range(400)), size=(700, 300))
    desk.key(Key.Key_End, CTRL)
    rect = desk.view.caret_rect()
    assert rect is not None
    assert 0 <= rect.top() < rect.bottom() <= desk.view.height()


def test_copy_takes_the_text_itself_and_select_all_takes_everything(desk: Desk):
    desk.key(Key.Key_A, CTRL)
    assert desk.view.selection() == (0, len(TEXT))
    desk.key(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == TEXT
    desk.key(Key.Key_Escape)
    assert desk.selected == ""


def test_a_plain_key_that_the_view_does_not_use_is_told(desk: Desk, qtbot):
    told: list[str] = []
    desk.view.keyTyped.connect(told.append)
    desk.key("3")
    desk.key("x")
    desk.key("3", CTRL)
    desk.key(Key.Key_Left)
    desk.key(Key.Key_F5)
    assert told == ["3", "x"]


def test_a_range_that_cuts_a_character_takes_it_whole(desk: Desk):
    start = desk.find("👩")[0]
    desk.view.set_selection(start + 1, start + 2)
    assert desk.selected == "👩\u200d👩\u200d👧"
    desk.view.set_selection(-5, 10_000)
    assert desk.view.selection() == (0, len(TEXT))


def test_in_text_read_from_the_right_the_left_arrow_goes_on(qtbot):
    desk = Desk(qtbot, "هذا نص عربي قصير")
    desk.key(Key.Key_Home, CTRL)
    desk.key(Key.Key_Left)
    assert desk.caret == 1
    desk.key(Key.Key_Right)
    assert desk.caret == 0
    assert desk.point(0).x() > desk.point(len(desk.text)).x()


def test_the_menu_is_asked_for_with_the_place_it_is_about(desk: Desk):
    asked: list[tuple[QPoint, int]] = []
    desk.view.menuRequested.connect(lambda at, offset: asked.append((at, offset)))
    start, end = desk.find("offices")
    desk.view.set_selection(start, end)
    menu_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QCoreApplication.sendEvent(desk.area, menu_key)
    inside, outside = desk.point(start + 2), desk.point(0)
    for point in (inside, outside):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, desk.area.mapToGlobal(point))
        QCoreApplication.sendEvent(desk.area, event)
    assert [offset for _, offset in asked] == [end, start + 2, 0]
    assert desk.view.selection() == (0, 0)


def test_nothing_to_read_is_nothing_to_fear(qtbot):
    desk = Desk(qtbot, "")
    for key in (Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_End, Key.Key_PageDown, Key.Key_PageUp):
        desk.key(key, SHIFT)
    desk.key(Key.Key_E, CTRL)
    desk.key(Key.Key_A, CTRL)
    QTest.mouseClick(desk.area, Qt.MouseButton.LeftButton, NONE, QPoint(300, 200))
    QTest.mouseDClick(desk.area, Qt.MouseButton.LeftButton, NONE, QPoint(300, 200))
    desk.view.reveal(0, 0)
    desk.view.scroll_to(5)
    desk.view.go_to_paragraph(3)
    assert desk.view.selection() == (0, 0)
    assert desk.view.top() == 0


def test_in_a_paragraph_that_reads_leftward_the_arrows_go_where_they_point(qtbot):
    desk = Desk(qtbot, "שלום עולם גדול\nAnd on.")
    desk.click(0)
    desk.key(Key.Key_Left)
    assert desk.caret == 1
    desk.key(Key.Key_Right)
    desk.key(Key.Key_Left, CTRL | SHIFT)
    assert desk.selected == "שלום"
    desk.key(Key.Key_Left, CTRL | SHIFT)
    assert desk.selected == "שלום עולם"
    desk.key(Key.Key_Right, CTRL | SHIFT)
    desk.key(Key.Key_Right, CTRL)
    assert desk.caret == 0
