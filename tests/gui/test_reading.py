"""Sources are read behind tabs: opened, left, found again at the line last read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from frame_kit import frame
from panels_kit import NOTE, REGISTER, Study, fill_study, study
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QMenu, QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from qcode.project import Change, codes, sources
from qcode.readers import read

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LONG = "\n\n".join(f"Paragraph {number} of a long report on very little." for number in range(1, 401)) + "\n"


def fill_with_report(tx: Change) -> None:
    fill_study(tx)
    data = LONG.encode()
    sources.add(tx, read(data, "Report.txt"), name="Report", original=data, original_name="Report.txt")


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path, fill=fill_with_report) as made:
        yield made


def test_a_new_project_shows_its_first_source_and_loads_no_other(at_work: Study) -> None:
    assert at_work.words == REGISTER
    assert at_work.reading.tabs.count() == 1


def test_tabs_open_switch_and_close(at_work: Study) -> None:
    at_work.open("Second visit")
    assert at_work.words == NOTE
    at_work.press(Key.Key_Tab, CONTROL)
    assert at_work.words == REGISTER
    at_work.press(Key.Key_Backtab, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert at_work.words == NOTE
    at_work.press(Key.Key_PageUp, CONTROL)
    assert at_work.words == REGISTER
    at_work.press(Key.Key_W, CONTROL)
    assert at_work.words == NOTE
    assert at_work.text.hasFocus(), "one reads on without reaching for the mouse"
    button = at_work.reading.tabs.tabButton(0, at_work.reading.tabs.ButtonPosition.RightSide)
    assert isinstance(button, QToolButton)
    assert button.accessibleName() == "Close Second visit"
    at_work.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert at_work.reading.page is None
    assert at_work.reading.empty.isVisible()
    assert "Double-click a source" in at_work.reading.empty.words.text()
    assert at_work.source_names() == ["Register", "Report", "Second visit"], "closing a tab removes nothing"


def test_a_tab_that_was_not_looked_at_has_no_text_in_memory(qtbot: QtBot, tmp_path: Path) -> None:
    with study(qtbot, tmp_path) as today:
        today.open("Second visit")
        path = today.path
    with frame(qtbot, tmp_path) as window:
        window.open(path)
        tomorrow = Study(window, path)
        assert [tomorrow.reading.tabs.name(one) for one in tomorrow.reading.tabs.sources()] == [
            "Register",
            "Second visit",
        ]
        assert tomorrow.words == NOTE, "the one in front is in front again"
        unseen = tomorrow.reading._page_of(tomorrow.source("Register"))
        assert unseen.view is None
        assert unseen.text == ""


def test_a_source_opens_at_the_line_last_read(qtbot: QtBot, tmp_path: Path) -> None:
    place = LONG.index("Paragraph 200 ")
    with study(qtbot, tmp_path, fill=fill_with_report) as today:
        today.open("Report")
        today.view.scroll_to(place)
        path = today.path
    with frame(qtbot, tmp_path) as window:
        window.open(path)
        tomorrow = Study(window, path)
        assert tomorrow.words == LONG
        assert tomorrow.view.top() == place
        tomorrow.open("Register")
        tomorrow.open("Report")
        assert tomorrow.view.top() == place, "neither does a switch of tabs move it"


def test_the_place_is_told_to_the_status_line(at_work: Study) -> None:
    at_work.open("Report")
    at_work.press(Key.Key_End, CONTROL)
    assert at_work.window.statusBar().place.text() == "Paragraph 400 of 400"


def test_a_place_is_revealed_in_its_source(at_work: Study) -> None:
    start = LONG.index("Paragraph 300 ")
    at_work.context.reveal(at_work.source("Report"), start, start + 13)
    assert at_work.words == LONG
    top, bottom = at_work.view._scene.flow.line_span(start, start + 13)
    assert 0 <= top < bottom <= at_work.view.height()


def test_marks_follow_a_change_made_elsewhere(at_work: Study) -> None:
    at_work.apply("moved twice", "Moral", "Expert")
    page = at_work.reading.page
    assert len(page._marks) == 2
    at_work.context.undo()
    assert len(page._marks) == 0
    at_work.context.redo()
    assert len(page._marks) == 2
    assert {mark[2] for mark in at_work.view.marks_at(REGISTER.index("twice"))} == {
        at_work.code("Moral").id,
        at_work.code("Expert").id,
    }


def test_a_coding_fetches_the_marks_of_its_passage_alone(at_work: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work.apply("The clinic", "Moral")
    monkeypatch.setattr("qcode.project.passages.marks", lambda *_: pytest.fail("all marks were fetched"))
    at_work.drag("moved twice")
    at_work.press(Key.Key_3)
    at_work.press(Key.Key_1)
    at_work.press(Key.Key_Delete)
    at_work.undo()
    assert len(at_work.reading.page._marks) == 3


def test_deleting_a_code_takes_its_marks_from_the_text(at_work: Study) -> None:
    at_work.apply("moved twice", "Moral", "Expert")
    moral = at_work.code("Moral").id
    at_work.context.change("delete Moral", lambda tx: codes.remove(tx, moral))
    (mark,) = at_work.view.marks_at(REGISTER.index("twice"))
    assert mark[2] == at_work.code("Expert").id


def test_a_bracket_that_is_clicked_selects_its_passage(at_work: Study) -> None:
    at_work.apply("moved twice", "Moral")
    (mark,) = at_work.reading.page._marks
    at_work.view._margin.marked.emit((mark[0], mark[1]))
    assert at_work.reading.place().quote == "moved twice"
    assert at_work.context.passage == mark[0]
    assert at_work.context.code == mark[2]


def test_the_wheel_and_the_menu_zoom_all_sources_alike(at_work: Study) -> None:
    at_work.open("Second visit")
    at_work.open("Register")
    at_work.trigger("view.zoom_in")
    assert at_work.view.zoom() == pytest.approx(1.1)
    at_work.view.zoom_in()
    assert at_work.context.settings.zoom == 120
    at_work.open("Second visit")
    assert at_work.view.zoom() == pytest.approx(1.2)
    at_work.press(Key.Key_0, CONTROL)
    assert at_work.view.zoom() == 1


def test_the_theme_reaches_the_paper(at_work: Study) -> None:
    at_work.trigger("view.theme_dark")
    corner = at_work.text.grab().toImage().pixelColor(2, at_work.text.height() - 3)
    assert corner == at_work.context.theme.paper


def test_the_menu_of_the_text_offers_the_codes_used_last(at_work: Study) -> None:
    at_work.drag("moved twice")
    at_work.press(Key.Key_2)
    at_work.reading.commands.open_menu(QPoint(40, 40), 0)
    (menu,) = (menu for menu in at_work.reading.findChildren(QMenu) if menu.isVisible())
    assert "Apply Moral" in [action.text() for action in menu.actions()]
    menu.close()


def test_letters_typed_in_a_filter_are_letters(at_work: Study) -> None:
    at_work.drag("moved twice")
    at_work.book.filter.setFocus()
    at_work.bot.keyClicks(at_work.book.filter, "chv3")
    assert at_work.book.filter.text() == "chv3"
    assert at_work.coded() == []


def test_another_project_leaves_nothing_of_the_first_behind(at_work: Study, qtbot: QtBot, tmp_path: Path) -> None:
    at_work.open("Second visit")
    at_work.trigger("file.close")
    assert at_work.reading.tabs.count() == 0
    assert at_work.reading.page is None
    assert at_work.book.model.codes() == []
    assert at_work.list.model.sources() == []
    at_work.frame.open(at_work.path)
    assert at_work.words == NOTE


def test_every_control_can_be_named_aloud(at_work: Study) -> None:
    parts = (at_work.list, at_work.book, at_work.definition, at_work.reading)
    kinds = (QAbstractButton, QAbstractItemView, QLineEdit, QTabBar)
    controls = [one for part in parts for kind in kinds for one in part.findChildren(kind) if not one.isHidden()]
    assert len(controls) >= 8
    assert [one for one in controls if not (one.accessibleName() or one.property("text"))] == []
