"""A researcher reads, selects words, codes them, changes her mind, and finds everything again the next day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from frame_kit import frame
from panels_kit import Study, study
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcode.errors import FileReadOnly, QcodeError
from qcode.project import codes, sources
from qcode.ui.coding import NOTHING_SELECTED
from qcode.ui.dialogs.code_palette import BOX_ROOM
from qcode.ui.models.palette import rank

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
ALWAYS_RIGHT = "hers have always been right"


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        made.open()
        yield made


def test_select_by_dragging_press_3_see_it_undo_it_bring_it_back(at_work: Study) -> None:
    expert = at_work.code("Expert")
    at_work.drag(ALWAYS_RIGHT)
    assert not at_work.tinted(ALWAYS_RIGHT, expert.color)
    at_work.press(Key.Key_3)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert"])]
    assert at_work.tinted(ALWAYS_RIGHT, expert.color)
    assert at_work.bracketed(expert.color)
    assert at_work.count("Expert") == 1, "known at once, before all are counted"
    assert at_work.count("Authority") == 1, "a group shows the sum"
    at_work.until_count("Expert", 1)
    at_work.bot.waitUntil(lambda: at_work.list.model.sources()[0].codings == 1)
    at_work.bot.waitUntil(lambda: at_work.actions["edit.undo"].text() == "&Undo apply Expert")
    at_work.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert at_work.coded() == []
    assert not at_work.tinted(ALWAYS_RIGHT, expert.color)
    assert not at_work.bracketed(expert.color)
    at_work.until_count("Expert", 0)

    at_work.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert"])]
    assert at_work.tinted(ALWAYS_RIGHT, expert.color)
    at_work.until_count("Expert", 1)


def test_the_next_day_the_coding_is_there_and_can_still_be_undone(qtbot: QtBot, tmp_path: Path) -> None:
    with study(qtbot, tmp_path) as today:
        today.open()
        today.drag(ALWAYS_RIGHT)
        today.press(Key.Key_3)
        path, color = today.path, today.code("Expert").color
    with frame(qtbot, tmp_path) as window:
        window.open(path)
        tomorrow = Study(window, path)
        assert tomorrow.reading.tabs.name(tomorrow.source("Register")) == "Register", "the tab is open again"
        assert tomorrow.tinted(ALWAYS_RIGHT, color)
        tomorrow.until_count("Expert", 1)
        tomorrow.undo()
        assert tomorrow.coded() == []
        tomorrow.redo()
        assert tomorrow.coded() == [(ALWAYS_RIGHT, ["Expert"])]


def test_a_second_key_puts_a_second_code_on_the_same_passage(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_3)
    at_work.press(Key.Key_1)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert", "Delegated"])]
    at_work.press(Key.Key_1)
    assert at_work.status == "Delegated is on this passage already."
    assert at_work.frame.context.project.undoable().label == "apply Delegated"


def test_words_are_selected_and_coded_without_the_mouse(at_work: Study) -> None:
    at_work.press(Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(3):
        at_work.press(Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    at_work.press(Key.Key_4)
    quote, names = at_work.coded()[0]
    assert quote.startswith("The clinic moved")
    assert names == ["Compulsory"]


def test_a_key_without_a_selection_says_so_and_changes_nothing(at_work: Study) -> None:
    before = at_work.context.project.undoable()
    for key in (Key.Key_3, Key.Key_Q, Key.Key_H, Key.Key_V, Key.Key_C, Key.Key_Return):
        at_work.context.say("")
        at_work.press(key)
        assert at_work.status == NOTHING_SELECTED
    at_work.press(Key.Key_9)
    assert at_work.status == "No code has the key 9."
    assert at_work.context.project.undoable() == before


def test_the_last_code_is_applied_again_with_q(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_3)
    at_work.drag("Nobody told the families")
    at_work.press(Key.Key_Q)
    assert at_work.coded()[1] == ("Nobody told the families", ["Expert"])


def test_a_highlight_waits_for_its_code(at_work: Study) -> None:
    at_work.drag("Nobody told the families")
    at_work.press(Key.Key_H)
    assert at_work.coded() == [("Nobody told the families", [])]
    at_work.until_uncoded(1)
    at_work.press(Key.Key_2)
    assert at_work.coded() == [("Nobody told the families", ["Moral"])]
    at_work.until_uncoded(0)


def test_an_in_vivo_code_takes_its_name_from_the_words(at_work: Study) -> None:
    at_work.choose("Moral")
    at_work.drag("the paper room")
    at_work.press(Key.Key_V)
    assert at_work.coded() == [("the paper room", ["the paper room"])]
    assert "In vivo > the paper room" in at_work.code_names()
    made = at_work.code("the paper room").id
    at_work.bot.waitUntil(lambda: at_work.book.model.find(made).isValid())
    assert at_work.book.chosen().id == made
    assert at_work.context.code == made, "it stays in focus when the codebook lists it"
    at_work.undo()
    assert at_work.coded() == []
    assert "In vivo" not in at_work.code_names(), "code, group and coding were one change"


def test_the_same_words_are_the_same_in_vivo_code(at_work: Study) -> None:
    at_work.drag("register")
    at_work.press(Key.Key_V)
    at_work.press(Key.Key_Escape)  # else the mouse would take hold of the ends of the passage
    at_work.drag("register")
    at_work.press(Key.Key_V)
    assert at_work.status == "register is on this passage already."
    assert at_work.code_names().count("In vivo > register") == 1


def test_delete_takes_the_code_off_and_the_passage_with_the_last_one(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_3)
    at_work.press(Key.Key_1)
    at_work.press(Key.Key_Delete)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert"])]
    at_work.press(Key.Key_Delete)
    assert at_work.coded() == []
    assert at_work.context.project.undoable().label == "remove Expert"
    at_work.press(Key.Key_Delete)
    assert at_work.status.startswith("Select a passage first")


def test_delete_removes_a_passage_without_a_code(at_work: Study) -> None:
    at_work.drag("the paper room")
    at_work.press(Key.Key_H)
    at_work.press(Key.Key_Delete)
    assert at_work.coded() == []


def test_j_and_k_walk_through_the_passages(at_work: Study) -> None:
    at_work.press(Key.Key_J)
    assert at_work.status == "No passage is shown in this source."
    for quote, name in (("moved twice", "Delegated"), (ALWAYS_RIGHT, "Expert"), ("the paper room", "Moral")):
        at_work.apply(quote, name)
    seen = []
    at_work.press(Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(3):
        at_work.press(Key.Key_J)
        seen.append(at_work.definition.notes.toPlainText().splitlines()[0])
    assert seen == ["Delegated", "Expert", "Moral"]
    at_work.press(Key.Key_J)
    assert at_work.status == "This is the last passage."
    at_work.press(Key.Key_K)
    place = at_work.reading.place()
    assert place is not None
    assert place.quote == ALWAYS_RIGHT


def test_a_double_click_on_a_code_applies_it_to_the_selection(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.double_click("Moral")
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Moral"])]
    assert at_work.reading.place().quote == ALWAYS_RIGHT


def test_the_palette_finds_a_code_by_a_few_letters(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_C)
    palette = at_work.palette()
    at_work.bot.keyClicks(palette.field, "comp")
    at_work.bot.keyClick(palette.field, Key.Key_Return)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Compulsory"])]


def test_the_palette_puts_the_likeliest_code_first(at_work: Study) -> None:
    at_work.context.change("add", lambda tx: [codes.add(tx, name) for name in ("Inexpert", "Lay expert", "Export")])
    with at_work.context.project.read() as r:
        book = codes.codebook(r)
    expert, inexpert = at_work.code("Expert").id, at_work.code("Inexpert").id

    def found(typed: str, **known: Any) -> list[str]:
        return [code.name for code in rank(book, typed, known.get("recent", ()), known.get("used", {}))]

    assert found("exp") == ["Expert", "Export", "Lay expert", "Inexpert"], "at the start, of a word, anywhere"
    assert found("author")[:1] == ["Delegated"], "a path is found, too, but a group is not offered"
    assert found("")[:2] == ["Delegated", "Moral"], "without a word: as in the codebook"
    assert found("", recent=[inexpert], used={expert: 9})[:2] == ["Inexpert", "Expert"], "last used, then most used"


def test_the_palette_takes_several_codes_as_one_change(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_C)
    palette = at_work.palette()
    at_work.bot.keyClicks(palette.field, "mor")
    at_work.bot.keyClick(palette.field, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    palette.field.clear()
    at_work.bot.keyClicks(palette.field, "exp")
    assert palette.hint.accessibleName() == "Enter applies Moral and Expert", "what is ticked is out of sight"
    at_work.bot.keyClick(palette.field, Key.Key_Return)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Moral", "Expert"])]
    assert at_work.context.project.undoable().label == "apply Moral and Expert"


def test_the_palette_takes_several_codes_by_the_mouse_alone(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.trigger("code.apply")
    palette = at_work.palette()

    def click(row: int, *, box: bool) -> None:
        place = palette.list.visualRect(palette.rows.index(row))
        point = QPoint(place.right() - BOX_ROOM // 2, place.center().y()) if box else place.center()
        at_work.bot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=point)

    for row in (0, 0, 1):
        click(row, box=True)
    assert palette.isVisible()
    click(2, box=False)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Moral", "Expert"])], "one was ticked and unticked again"


def test_the_palette_makes_a_code_in_place(at_work: Study) -> None:
    at_work.drag("the paper room")
    at_work.press(Key.Key_C)
    palette = at_work.palette()
    at_work.bot.keyClicks(palette.field, "Paper & <b>tents</b>")
    at_work.bot.keyClick(palette.field, Key.Key_Return)
    assert at_work.coded() == [("the paper room", ["Paper & <b>tents</b>"])]
    at_work.undo()
    assert "Paper & <b>tents</b>" not in at_work.code_names()


def test_enter_on_a_passage_opens_the_palette_and_escape_leaves_all_as_it_was(at_work: Study) -> None:
    at_work.apply(ALWAYS_RIGHT, "Expert")
    at_work.press(Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    at_work.press(Key.Key_J)
    at_work.press(Key.Key_Return)
    palette = at_work.palette()
    at_work.bot.keyClick(palette.field, Key.Key_Escape)
    assert not palette.isVisible()
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert"])]


def test_enter_with_the_caret_in_a_passage_codes_that_passage(at_work: Study) -> None:
    at_work.apply("When the district wants figures, it asks her, because " + ALWAYS_RIGHT, "Moral")
    at_work.apply(ALWAYS_RIGHT, "Expert")
    caret = at_work.words.index("always")
    at_work.view.set_selection(caret, caret)
    at_work.press(Key.Key_Return)
    at_work.bot.keyClicks(at_work.palette().field, "del")
    at_work.bot.keyClick(at_work.palette().field, Key.Key_Return)
    assert at_work.coded()[1] == (ALWAYS_RIGHT, ["Expert", "Delegated"]), "the innermost one is meant"


def test_o_reaches_each_code_of_a_passage_without_the_mouse(at_work: Study) -> None:
    at_work.apply(ALWAYS_RIGHT, "Expert", "Moral", "Delegated")
    at_work.apply("the paper room", "Moral")
    caret = at_work.words.index("always")
    at_work.view.set_selection(caret, caret)
    seen = []
    for _ in range(4):
        at_work.press(Key.Key_O)
        seen.append(at_work.context.code)
    assert len(set(seen[:3])) == 3, "the passage is selected, and then each of its codes in turn"
    assert seen[3] == seen[0]
    at_work.press(Key.Key_Delete)
    assert len(at_work.coded()[0][1]) == 2
    at_work.press(Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    at_work.press(Key.Key_O)
    assert at_work.status.startswith("Select a passage first")
    at_work.press(Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    at_work.press(Key.Key_K)
    at_work.press(Key.Key_O)
    assert at_work.status == "This passage has no other code."


def test_a_selection_that_cuts_a_character_is_widened_and_said(qtbot: QtBot, tmp_path: Path) -> None:
    with study(qtbot, tmp_path) as at_work:
        at_work.open()
        desk = at_work.reading._desk
        place = at_work.reading.place
        at_work.drag("moved")
        cut = place()
        assert cut is not None
        accent = type(cut)(cut.source, 0, 1, "e\u0301a")
        assert (accent.snapped().start, accent.snapped().end) == (0, 2)
        desk.find_place = lambda: accent
        assert desk.place() == accent.snapped()
        assert at_work.status == "The selection was widened to whole characters."


def test_a_code_deleted_while_the_palette_is_up_is_a_quiet_sentence(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_C)
    palette = at_work.palette()
    at_work.bot.keyClicks(palette.field, "Moral")
    moral = at_work.code("Moral").id
    at_work.context.change("delete Moral", lambda tx: codes.remove(tx, moral))
    at_work.bot.keyClick(palette.field, Key.Key_Return)
    assert at_work.status == "This code is not in the codebook any more."
    assert at_work.coded() == []
    assert at_work.reading.place().quote == ALWAYS_RIGHT, "the selection is still there"


def test_a_source_removed_while_it_is_read_closes_its_tab_with_a_sentence(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    register = at_work.source("Register")
    at_work.context.change("remove Register", lambda tx: sources.remove(tx, [register]))
    assert at_work.status == "“Register” is not in the project any more."
    assert register not in at_work.reading.tabs.sources()
    at_work.undo()
    at_work.open("Register")
    assert at_work.words.startswith("The clinic")


def test_another_coders_words_stay_while_mine_change(at_work: Study) -> None:
    at_work.apply(ALWAYS_RIGHT, "Expert")
    at_work.context.project.use_coder("Ben")
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_2)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert"]), (ALWAYS_RIGHT, ["Moral"])]


def test_a_project_for_reading_only_says_why_nothing_happens(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.context.project.read_only = True
    at_work.press(Key.Key_3)
    assert "reading only" in at_work.status
    at_work.context.project.read_only = False
    assert at_work.coded() == []
    with pytest.raises(QcodeError), at_work.context.project.read() as r:
        codes.by_path(r, "Nowhere")


def test_a_file_turned_read_only_is_a_quiet_sentence_and_nothing_is_half_done(
    at_work: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FileReadOnly("study.qcode cannot be written.", "Look at its permissions.")

    monkeypatch.setattr(at_work.context.project, "_still_ours", refuse)
    heard: list[str] = []
    at_work.context.said.connect(heard.append)
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_3)
    assert heard == ["study.qcode cannot be written. Look at its permissions."]
    assert at_work.coded() == []
    at_work.frame.trigger("source.read_to")
    assert heard == ["study.qcode cannot be written. Look at its permissions."] * 2
    at_work.window.filing._use_coder("Bob")
    assert heard == ["study.qcode cannot be written. Look at its permissions."] * 3
    assert at_work.context.project.coder.name == "Ada"
    assert not at_work.answers.told


def test_what_is_undone_comes_into_sight(at_work: Study) -> None:
    at_work.window.resize(760, 480)
    at_work.drag("The clinic moved")
    at_work.press(Key.Key_3)
    last = len(at_work.words) - 1
    at_work.view.set_selection(last, last)
    at_work.view.scroll_to(last)
    top = at_work.view.top()
    assert top > 0
    at_work.undo()
    assert at_work.coded() == []
    assert at_work.view.top() < top


# ---- the passage that is meant ----


def test_the_menu_is_about_the_passage_under_the_mouse(at_work: Study) -> None:
    at_work.apply("moved twice", "Moral")
    at_work.apply(ALWAYS_RIGHT, "Expert")
    at_work.press(Key.Key_J)
    assert at_work.view.selected_mark() is not None
    ask_menu(at_work, ALWAYS_RIGHT)
    at_work.frame.trigger("code.remove")
    assert at_work.coded() == [("moved twice", ["Moral"])]
    ask_menu(at_work, "Nobody told")
    assert at_work.view.selected_mark() is None, "no passage lies there"
    at_work.drag("Nobody told the families")
    ask_menu(at_work, "Nobody told")
    assert at_work.view.selected_text() == "Nobody told the families", "words that are selected come first"


def test_the_words_of_a_selected_passage_are_copied_and_nothing_else_is_said_to_be(at_work: Study) -> None:
    at_work.apply("moved twice", "Moral")
    heard: list[str] = []
    at_work.context.said.connect(heard.append)
    QGuiApplication.clipboard().setText("before")
    at_work.press(Key.Key_C, Control)
    assert heard == [NOTHING_SELECTED]
    assert QGuiApplication.clipboard().text() == "before"
    at_work.press(Key.Key_J)
    at_work.press(Key.Key_C, Control)
    assert QGuiApplication.clipboard().text() == "moved twice"


def test_reason_and_change_take_the_passage_that_the_caret_stands_in(at_work: Study) -> None:
    at_work.apply("moved twice", "Moral")
    inside = at_work.words.index("moved twice") + 3
    at_work.view.set_selection(inside, inside)
    at_work.press(Key.Key_X)
    at_work.bot.keyClicks(at_work.palette().field, "expert")
    at_work.bot.keyClick(at_work.palette().field, Key.Key_Return)
    assert at_work.coded() == [("moved twice", ["Expert"])]
    at_work.press(Key.Key_Escape)
    at_work.context.focus_passage(None)
    at_work.view.set_selection(inside, inside)
    at_work.press(Key.Key_N)
    field = at_work.window.focusWidget()
    assert field is not None
    assert field.accessibleName().startswith("Why")


def ask_menu(at_work: Study, quote: str) -> None:
    """Bring up the menu with the right button on a quote, and close it again."""
    point = at_work.point(at_work.words.index(quote) + 2)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, at_work.text.mapToGlobal(point))
    QCoreApplication.sendEvent(at_work.text, event)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
