"""A researcher looks for words in the source she reads, walks through what was found, and goes to a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import REGISTER, Study, fill_study, study
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qcode.project import Change, sources
from qcode.readers import Document
from qcode.ui.widgets import find_bar
from qcode.ui.widgets.find_bar import FindBar
from qcode.ui.widgets.go_to_bar import GoToBar

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path, fill=fill_study) as made:
        made.open()
        yield made


def bar_of(at_work: Study) -> FindBar:
    return at_work.reading.find_bar


def type_in(at_work: Study, words: str) -> None:
    at_work.frame.bot.keyClicks(bar_of(at_work).field, words)


def enter(at_work: Study, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    at_work.frame.bot.keyClick(bar_of(at_work).field, Qt.Key.Key_Return, modifiers)


def selected(at_work: Study) -> str:
    start, end = at_work.view.selection()
    return at_work.words[start:end]


def marked(at_work: Study) -> list[tuple[int, int]]:
    """List what is marked in the view."""
    return at_work.view._scene.hits.within(0, len(at_work.words))


def test_all_places_are_marked_and_enter_walks_through_them(at_work: Study) -> None:
    bar = bar_of(at_work)
    assert bar.isHidden()
    at_work.press(Qt.Key.Key_F, CONTROL)
    assert bar.isVisible() and bar.field.hasFocus()
    type_in(at_work, "THE")
    places = [place for place in range(len(REGISTER)) if REGISTER[place : place + 3].lower() == "the"]
    assert marked(at_work) == [(place, place + 3) for place in places]
    count = len(places)
    assert bar.count.text() == f"1 of {count}"
    assert at_work.view.selection() == (places[0], places[0] + 3)
    enter(at_work)
    assert (bar.count.text(), at_work.view.selection()[0]) == (f"2 of {count}", places[1])
    enter(at_work, SHIFT)
    enter(at_work, SHIFT)
    assert (bar.count.text(), at_work.view.selection()[0]) == (f"{count} of {count}", places[-1])
    assert bar.wrapped.text() == "Back at the end"
    enter(at_work)
    assert (bar.count.text(), bar.wrapped.text()) == (f"1 of {count}", "Back at the top")
    assert "Back at the top" in at_work.status
    enter(at_work)
    assert bar.wrapped.text() == ""


def test_escape_returns_to_the_text_with_the_place_selected_ready_to_be_coded(at_work: Study) -> None:
    at_work.press(Qt.Key.Key_F)  # the letter, in the text
    type_in(at_work, "paper room")
    at_work.frame.bot.keyClick(bar_of(at_work).field, Qt.Key.Key_Escape)
    accent = at_work.context.theme.accent.name()
    assert at_work.text.grab().toImage().pixelColor(1, 60).name() != accent, "a frame is for who comes by Tab"
    assert bar_of(at_work).isHidden()
    assert marked(at_work) == []
    assert at_work.text.hasFocus()
    assert selected(at_work) == "paper room"
    at_work.press(Qt.Key.Key_2)
    assert at_work.coded() == [("paper room", ["Moral"])]


def test_f3_walks_on_from_the_caret_also_after_the_bar_was_closed(at_work: Study) -> None:
    at_work.press(Qt.Key.Key_F, CONTROL)
    type_in(at_work, "her")
    places = [place for place in range(len(REGISTER)) if REGISTER[place : place + 3] == "her"]
    at_work.frame.bot.keyClick(bar_of(at_work).field, Qt.Key.Key_F3)
    assert at_work.view.selection()[0] == places[1]
    at_work.frame.bot.keyClick(bar_of(at_work).field, Qt.Key.Key_Escape)
    at_work.view.set_selection(0, 0)
    at_work.press(Qt.Key.Key_F3)
    assert at_work.view.selection()[0] == places[0]
    assert at_work.text.hasFocus(), "one goes on reading"
    at_work.view.set_selection(len(REGISTER), len(REGISTER))
    at_work.press(Qt.Key.Key_F3, SHIFT)
    assert at_work.view.selection()[0] == places[-1]


def test_f3_without_anything_looked_for_asks_for_it(at_work: Study) -> None:
    at_work.press(Qt.Key.Key_F3)
    assert bar_of(at_work).field.hasFocus()


def test_case_and_whole_words_can_be_asked_for(at_work: Study) -> None:
    bar = bar_of(at_work)
    at_work.press(Qt.Key.Key_F, CONTROL)
    type_in(at_work, "the")
    assert bar.count.text() == "1 of 8"
    at_work.frame.bot.mouseClick(bar.match_case, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "1 of 6"
    at_work.frame.bot.mouseClick(bar.match_case, Qt.MouseButton.LeftButton)
    at_work.frame.bot.mouseClick(bar.whole_words, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "1 of 7"


def test_what_is_not_there_is_said_and_the_place_is_kept(at_work: Study) -> None:
    at_work.view.set_selection(10, 10)
    at_work.press(Qt.Key.Key_F, CONTROL)
    type_in(at_work, "%_.*")
    assert bar_of(at_work).count.text() == "Nothing found"
    enter(at_work)
    bar_of(at_work).field.clear()
    assert bar_of(at_work).count.text() == ""
    assert at_work.view.selection() == (10, 10)


def test_selected_words_are_what_one_looks_for(at_work: Study) -> None:
    at_work.drag("register")
    at_work.press(Qt.Key.Key_F, CONTROL)
    assert bar_of(at_work).field.text() == "register"
    assert bar_of(at_work).field.selectedText() == "register", "typing replaces it"
    assert bar_of(at_work).count.text() == "1 of 1"


def fill_long(tx: Change) -> None:
    """Put in a source that is longer than any window."""
    text = "\n\n".join(f"Paragraph {number} of the long report, about the register." for number in range(1, 200))
    long = Document(text=text, spans=(), title="", media_type="text/plain", encoding="utf-8", encoding_guessed=False)
    sources.add(tx, long, name="Long", original=text.encode(), original_name="long.txt")


def test_the_lines_stay_where_they_are_when_the_bar_comes_and_goes(qtbot: QtBot, tmp_path: Path) -> None:
    with study(qtbot, tmp_path, fill=fill_long) as at_work:
        at_work.open("Long")
        at_work.view.go_to_paragraph(100)

        def height() -> int:
            place = at_work.words.index("Paragraph 100 ")
            return at_work.text.mapTo(at_work.window, at_work.point(place)).y()

        before, room = height(), at_work.text.height()
        at_work.press(Qt.Key.Key_F, CONTROL)
        qtbot.waitUntil(lambda: at_work.text.height() < room)
        assert height() == before
        qtbot.keyClick(bar_of(at_work).field, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: at_work.text.height() == room)
        assert height() == before


def test_the_search_goes_along_into_another_source(at_work: Study) -> None:
    at_work.press(Qt.Key.Key_F, CONTROL)
    type_in(at_work, "the")
    at_work.open("Second visit")
    assert at_work.words[slice(*marked(at_work)[0])].lower() == "the"
    assert bar_of(at_work).count.text() == "3 found"
    enter(at_work)
    assert bar_of(at_work).count.text() == "1 of 3"


def test_a_source_that_goes_takes_the_bar_along(at_work: Study) -> None:
    at_work.press(Qt.Key.Key_F, CONTROL)
    type_in(at_work, "the")
    gone = [at_work.source(name) for name in ("Register", "Second visit")]
    at_work.context.change("remove sources", lambda tx: sources.remove(tx, gone))
    assert bar_of(at_work).isHidden()
    assert not at_work.actions["edit.find"].isEnabled()


def test_a_long_text_is_searched_in_a_thread_and_enter_waits_for_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_bar, "AT_ONCE", 10)
    with study(qtbot, tmp_path, fill=fill_study) as at_work:
        at_work.open()
        at_work.press(Qt.Key.Key_F, CONTROL)
        type_in(at_work, "the")
        enter(at_work)
        qtbot.waitUntil(lambda: bar_of(at_work).count.text().startswith("2 of "))


def fill_empty(tx: Change) -> None:
    blank = Document(text=" \n", spans=(), title="", media_type="text/plain", encoding="utf-8", encoding_guessed=False)
    sources.add(tx, blank, name="Empty", original=b" ", original_name="empty.txt")


# ---- go to paragraph ----


def go_bar(at_work: Study) -> GoToBar:
    return at_work.reading.go_to_bar


def test_one_goes_to_a_paragraph_by_its_number(at_work: Study) -> None:
    at_work.press(Qt.Key.Key_G, CONTROL)
    bar = go_bar(at_work)
    assert (bar.field.text(), bar.range.text()) == ("1", "of 3")
    at_work.frame.bot.keyClicks(bar.field, "3")
    at_work.frame.bot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.isHidden()
    assert at_work.view.selection()[0] == REGISTER.index("Nobody told")
    assert at_work.text.hasFocus()


@pytest.mark.parametrize(
    ("typed", "why"),
    [("0", "There is no paragraph 0"), ("4", "this source has 3"), ("x", "Type a number from 1 to 3"), (" ", "Type")],
)
def test_a_number_that_is_not_there_is_refused_beside_the_field(at_work: Study, typed: str, why: str) -> None:
    at_work.press(Qt.Key.Key_G, CONTROL)
    bar = go_bar(at_work)
    at_work.frame.bot.keyClicks(bar.field, typed)
    at_work.frame.bot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.isVisible()
    assert why in bar.problem.text()
    at_work.frame.bot.keyClicks(bar.field, "2")
    assert bar.problem.text() == ""
    at_work.frame.bot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden() and at_work.text.hasFocus()
    assert at_work.view.selection() == (0, 0)


def test_a_source_without_paragraphs_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    with study(qtbot, tmp_path, fill=fill_empty) as at_work:
        at_work.open("Empty")
        at_work.press(Qt.Key.Key_G, CONTROL)
        assert go_bar(at_work).isHidden()
        assert "no paragraphs" in at_work.status
