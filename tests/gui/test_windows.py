"""A researcher reads as she likes it: alone with the text, on other paper, with less shown, in two windows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from frame_kit import Frame, frame
from panels_kit import Study, study
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from qcode.project import codes, sources
from qcode.ui.dialogs.reading_look import ReadingLook
from qcode.ui.dialogs.show_codes import ShowCodes
from qcode.ui.look import Look
from qcode.ui.showing import showing_of
from qcode.ui.widgets.filter_field import FilterField

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
ALWAYS_RIGHT = "hers have always been right"


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        made.open()
        yield made


@pytest.fixture
def beside(at_work: Study) -> Iterator[Study]:
    """A second window on the same project."""
    at_work.trigger("window.new")
    parts = at_work.windows.all[-1]
    assert parts is not at_work.parts
    yield Study(Frame(parts, at_work.answers, at_work.bot), at_work.path)
    if parts in at_work.windows.all:
        parts.window.close()


# ---- two windows ----


def test_a_second_window_reads_the_same_project_and_both_follow_each_other(at_work: Study, beside: Study) -> None:
    assert beside.context.project is at_work.context.project
    assert beside.words == at_work.words, "it begins where one reads"
    expert = at_work.code("Expert")
    beside.drag(ALWAYS_RIGHT)
    beside.press(Key.Key_3)
    assert at_work.tinted(ALWAYS_RIGHT, expert.color)
    at_work.until_count("Expert", 1)
    beside.until_count("Expert", 1)
    at_work.undo()
    assert not beside.tinted(ALWAYS_RIGHT, expert.color)


def test_each_window_has_tabs_of_its_own_and_remembers_them(at_work: Study, beside: Study) -> None:
    beside.open("Second visit")
    assert beside.words != at_work.words
    settings = at_work.context.settings
    assert len(settings.open_sources(at_work.path)[0]) == 1
    at_work.bot.waitUntil(lambda: len(settings.open_sources(at_work.path, 2)[0]) == 2)


def test_closing_one_window_leaves_the_other_at_work(at_work: Study, beside: Study) -> None:
    beside.window.close()
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_3)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert"])]
    assert at_work.windows.all == [at_work.parts]


def test_each_window_comes_back_where_it_was_left(at_work: Study, beside: Study) -> None:
    at_work.window.resize(1200, 760)
    beside.window.resize(760, 600)  # it must fit the screen
    beside.window.work.setSizes([210, 550, 0])
    wide = beside.window.column.width()
    assert wide != at_work.window.column.width()
    beside.window.close()
    at_work.trigger("window.new")
    again = at_work.windows.all[-1]
    try:
        assert (again.window.size().width(), again.window.size().height()) == (760, 600)
        assert again.window.column.width() == wide
    finally:
        again.window.close()


def test_closing_the_first_window_leaves_the_second_at_work(at_work: Study, beside: Study) -> None:
    at_work.window.close()
    assert at_work.context.project is None
    beside.drag(ALWAYS_RIGHT)
    beside.press(Key.Key_3)
    assert beside.coded() == [(ALWAYS_RIGHT, ["Expert"])]
    beside.window.close()


def test_the_same_file_opened_in_the_other_window_needs_no_second_lock(at_work: Study, beside: Study) -> None:
    beside.trigger("file.close")
    assert beside.context.project is None
    assert at_work.context.project is not None
    beside.window.filing.open(at_work.path)
    assert beside.context.project is at_work.context.project
    assert not beside.context.project.read_only


def test_theme_size_and_look_reach_both_windows(at_work: Study, beside: Study) -> None:
    at_work.trigger("view.theme_dark")
    assert beside.context.theme.name == "dark"
    assert beside.actions["view.theme_dark"].isChecked()
    beside.trigger("view.zoom_in")
    assert at_work.view.zoom() == beside.view.zoom() > 1
    at_work.context.use_look(Look(paper="sepia"))
    assert beside.view._scene.paints.theme.name == "sepia"


def test_keys_that_are_changed_in_one_window_are_changed_in_both(at_work: Study, beside: Study) -> None:
    beside.actions.keys.assign("edit.undo", "Ctrl+U")
    beside.actions.rekey()
    assert at_work.actions["edit.undo"].shortcut().toString() == "Ctrl+U"
    at_work.actions.keys.use_letters(False)
    at_work.actions.rekey()
    assert beside.actions["code.last"].shortcut().isEmpty()


def test_a_source_removed_in_the_other_window_closes_here_with_a_sentence(at_work: Study, beside: Study) -> None:
    beside.drag(ALWAYS_RIGHT)
    register = at_work.source("Register")
    at_work.context.change("remove Register", lambda tx: sources.remove(tx, [register]))
    assert beside.status == "“Register” is not in the project any more."
    assert register not in beside.reading.tabs.sources()


def test_a_code_deleted_in_the_other_window_is_gone_from_the_keys_here(at_work: Study, beside: Study) -> None:
    expert = at_work.code("Expert").id
    beside.drag(ALWAYS_RIGHT)
    at_work.context.change("delete Expert", lambda tx: codes.remove(tx, expert))
    beside.press(Key.Key_3)
    assert beside.status == "No code has the key 3."
    assert beside.coded() == []


def test_quitting_closes_all_windows(at_work: Study, beside: Study) -> None:
    at_work.trigger("file.quit")
    assert not at_work.window.isVisible()
    assert at_work.windows.all == [at_work.parts]


# ---- every part of it ----


def test_whatever_is_clicked_is_an_easy_target_and_has_a_name(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_3)
    for key, modifier in ((Key.Key_F4, NONE), (Key.Key_F8, NONE), (Key.Key_F, Ctrl)):
        at_work.press(key, modifier)
    shown = [button for button in at_work.window.findChildren(QAbstractButton) if button.isVisible()]
    at_work.bot.waitUntil(lambda: all(button.width() for button in shown))
    own = [button for button in shown if not isinstance(button.parent(), QLineEdit)]  # Qt's own have room around them
    assert len(own) > 10
    assert [button for button in own if min(button.width(), button.height()) < 24] == []
    assert [button for button in shown if not (button.accessibleName() or button.text())] == []


# ---- the text alone ----


def test_focus_mode_shows_the_text_alone_and_escape_brings_all_back(at_work: Study) -> None:
    window = at_work.window
    at_work.trigger("view.definition")
    top = at_work.view.top()
    at_work.press(Key.Key_F11)
    around = (window.menuBar(), window.top, window.column, window.statusBar(), at_work.reading._strip)
    assert not any(part.isVisible() for part in around)
    assert at_work.view.isVisible()
    assert at_work.view.top() == top
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_3)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert"])], "keys work with the menus out of sight"
    at_work.bot.waitUntil(at_work.actions["edit.undo"].isEnabled)
    at_work.press(Key.Key_Z, Ctrl)
    assert at_work.coded() == []
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_Escape)
    assert all(part.isVisible() for part in around), "one key returns, whatever is selected"
    assert at_work.view.selected_text() == ALWAYS_RIGHT
    assert not at_work.definition.isVisible(), "what was closed before stays closed"


def test_the_keyboard_goes_from_pane_to_pane_and_esc_brings_it_back_to_the_text(at_work: Study) -> None:
    window = at_work.window
    at_work.apply("moved twice", "Expert")
    at_work.choose("Expert")
    at_work.bot.keyClick(window, Qt.Key.Key_F8)
    at_work.bot.waitUntil(window.panels["evidence"].list.isVisible)
    at_work.text.setFocus()
    names: list[str] = []
    for _ in range(6):
        at_work.bot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
        names.append(window.focusWidget().accessibleName())
    assert names == [
        "Passages",
        "Sources",
        "Codebook",
        "Definition of the code in focus",
        "Text of the source",
        "Passages",
    ]
    at_work.bot.keyClick(window.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert at_work.text.hasFocus()
    for _ in range(2):
        at_work.bot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
    at_work.bot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert at_work.text.hasFocus()
    at_work.frame.trigger("view.outline")
    window.panels["outline"].findChild(FilterField).setFocus()
    at_work.bot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert at_work.text.hasFocus(), "also from a filter that has no rows to filter"


def test_the_text_is_bare_while_b_is_held(at_work: Study) -> None:
    at_work.apply(ALWAYS_RIGHT, "Expert")
    color = at_work.code("Expert").color
    at_work.text.setFocus()
    at_work.bot.keyPress(at_work.text, Key.Key_B)
    assert not at_work.tinted(ALWAYS_RIGHT, color)
    at_work.bot.keyRelease(at_work.text, Key.Key_B)
    assert at_work.tinted(ALWAYS_RIGHT, color)
    at_work.trigger("view.bare")
    assert not at_work.tinted(ALWAYS_RIGHT, color), "by the menu it stays"
    at_work.trigger("view.bare")
    assert at_work.tinted(ALWAYS_RIGHT, color)


# ---- how it looks ----


def test_the_look_of_texts_is_changed_live_and_remembered(at_work: Study, tmp_path: Path) -> None:
    at_work.apply(ALWAYS_RIGHT, "Expert")
    at_work.trigger("view.reading")
    dialog = at_work.window.findChild(ReadingLook)
    pitch = at_work.view._scene.flow.typography.body.pitch
    dialog.line_height.setValue(2.0)
    dialog.points.setValue(15)
    assert at_work.view._scene.flow.typography.body.pitch > pitch
    dialog.paper.setCurrentIndex(2)
    assert at_work.view._scene.paints.theme.name == "sepia"
    dialog.tint.setValue(0)
    assert not at_work.tinted(ALWAYS_RIGHT, at_work.code("Expert").color)
    dialog.ruler.setChecked(True)
    assert at_work.view._scene.ruler
    at_work.bot.keyClick(dialog.measure, Key.Key_Up)
    dialog.close()
    kept = Look.of_text(at_work.context.settings.text("look"))
    assert kept == Look(points=15, line_height=2.0, longest_line=69, paper="sepia", tint=0, ruler=True)
    at_work.open("Second visit")
    assert at_work.view._scene.paints.theme.name == "sepia"


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"points": 900, "paper": "tar", "tint": true, "ruler": 3}'])
def test_settings_that_make_no_sense_are_as_at_the_first_start(text: str) -> None:
    assert Look.of_text(text) == Look()


def test_a_look_outlives_being_written_down() -> None:
    look = Look("Some Serif", 13.5, 1.7, 72, "dark", 140, True)
    assert Look.of_text(look.as_text()) == look


# ---- which codings are shown ----


def row(dialog: ShowCodes, name: str) -> QTreeWidgetItem:
    flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    found = dialog.codes.findItems(name, flags) + dialog.coders.findItems(name, flags)
    assert len(found) == 1
    return found[0]


def test_codes_and_groups_are_hidden_and_the_status_line_says_so(at_work: Study) -> None:
    at_work.apply(ALWAYS_RIGHT, "Expert")
    at_work.apply("moved twice", "Compulsory")
    expert, compulsory = at_work.code("Expert").color, at_work.code("Compulsory").color
    at_work.trigger("view.show_codes")
    dialog = at_work.window.findChild(ShowCodes)
    row(dialog, "Authority").setCheckState(0, Qt.CheckState.Unchecked)
    assert not at_work.tinted(ALWAYS_RIGHT, expert)
    assert at_work.tinted("moved twice", compulsory)
    assert at_work.window.statusBar().hidden.text() == "3 codes hidden"
    at_work.press(Key.Key_Home, Ctrl)
    at_work.press(Key.Key_J)
    at_work.press(Key.Key_J)
    assert at_work.status == "This is the last passage.", "one walks only through what is shown"
    dialog.show_all()
    assert at_work.tinted(ALWAYS_RIGHT, expert)
    assert at_work.window.statusBar().hidden.text() == ""
    dialog.accept()


def test_coders_are_hidden_also_when_they_code_on(at_work: Study) -> None:
    at_work.apply(ALWAYS_RIGHT, "Expert")
    at_work.context.project.use_coder("Ben")
    at_work.apply("moved twice", "Compulsory")
    expert, compulsory = at_work.code("Expert").color, at_work.code("Compulsory").color
    at_work.trigger("view.show_codes")
    dialog = at_work.window.findChild(ShowCodes)
    row(dialog, "Ben").setCheckState(0, Qt.CheckState.Unchecked)
    assert at_work.tinted(ALWAYS_RIGHT, expert)
    assert not at_work.tinted("moved twice", compulsory)
    at_work.apply("the paper room", "Compulsory")
    assert not at_work.tinted("the paper room", compulsory)
    assert at_work.window.statusBar().hidden.text() == "1 coder hidden"
    dialog.accept()
    showing_of(at_work.context).show_all()
    assert at_work.tinted("the paper room", compulsory)


# ---- read to here ----


def test_read_to_here_is_shown_kept_and_each_coder_s_own(at_work: Study) -> None:
    status = at_work.window.statusBar()
    half = len(at_work.words) // 2
    at_work.view.set_selection(half, half)
    before = at_work.context.project.undoable()
    at_work.trigger("source.read_to")
    assert status.read.text() == "Read to here: 49 %" or status.read.text() == "Read to here: 50 %"
    assert at_work.view._scene.read_to == half
    assert at_work.context.project.undoable() == before, "nothing to undo"
    at_work.open("Second visit")
    assert status.read.text() == ""
    at_work.open("Register")
    assert status.read.text().startswith("Read to here")
    at_work.window.filing._use_coder("Ben")
    assert status.read.text() == ""
    at_work.window.filing._use_coder("Ada")
    at_work.view.set_selection(half, half)
    at_work.trigger("source.read_to")
    assert status.read.text() == "", "the same place again forgets it"


def test_read_to_here_in_a_project_for_reading_only_is_a_sentence(at_work: Study) -> None:
    at_work.context.project.read_only = True
    at_work.trigger("source.read_to")
    at_work.context.project.read_only = False
    assert at_work.context.project.read_to(at_work.source("Register")) is None
    assert at_work.status == "This project was opened for reading only; the place is not kept."


# ---- taking it along ----


def test_words_are_copied_with_where_they_stand(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_C, Ctrl | Shift)
    assert QGuiApplication.clipboard().text() == f"“{ALWAYS_RIGHT}” (Register, ¶2)"
    at_work.press(Key.Key_C, Ctrl)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == ALWAYS_RIGHT
    assert "Register, ¶2" in data.html()


def test_a_tip_says_who_coded_and_why(at_work: Study) -> None:
    at_work.apply(ALWAYS_RIGHT, "Expert")
    passage, coding = at_work.reading.page.shown()[0][:2]
    assert at_work.reading.page._tell(passage, coding) == "Ada"
    assert at_work.reading.page._tell(4711, 1) == ""


def test_a_source_is_written_as_pdf(at_work: Study, tmp_path: Path) -> None:
    at_work.apply(ALWAYS_RIGHT, "Expert")
    at_work.answers.path = tmp_path / "register.pdf"
    at_work.trigger("file.export_pdf")
    at_work.until_idle()
    written = (tmp_path / "register.pdf").read_bytes()
    assert written.startswith(b"%PDF-")
    assert b"%%EOF" in written[-64:]
    assert at_work.status == f"Written to {tmp_path / 'register.pdf'}: 1 page."


def test_without_a_source_there_is_nothing_to_print(qtbot: QtBot, tmp_path: Path) -> None:
    with frame(qtbot, tmp_path) as window:
        window.window.printing.print()
        assert window.status == "Open a source first."
        window.window.printing.export()
        assert window.answers.asked == []
