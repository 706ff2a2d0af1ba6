"""A researcher changes keys, switches letters off to dictate, and runs commands by their names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, fill_study, study
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qcode.errors import Conflict, InvalidInput
from qcode.ui.actions import SPECS, Actions
from qcode.ui.dialogs.code_editor import CodeEditor
from qcode.ui.dialogs.command_palette import CommandPalette
from qcode.ui.dialogs.shortcut_editor import ShortcutEditor
from qcode.ui.dialogs.shortcuts import ShortcutsDialog, sections
from qcode.ui.keymap import KEPT, Keymap
from qcode.ui.models.commands import fit, rank
from qcode.ui.settings import Settings

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
SPEC = {spec.id: spec for spec in SPECS}


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path, fill=fill_study) as made:
        made.open()
        yield made


@pytest.fixture
def keymap(tmp_path: Path) -> Keymap:
    return Keymap(SPEC, Settings(tmp_path))


# ---- which keys there are ----


def test_no_two_commands_share_a_key_and_the_text_keeps_its_own(keymap: Keymap) -> None:
    for id_ in SPEC:
        for key in keymap.keys(id_):
            assert keymap.holder(key, id_) == "", f"{id_}: {key}"


def test_another_letter_takes_the_place_of_the_letter_and_other_keys_of_the_others(keymap: Keymap) -> None:
    keymap.assign("code.next_passage", "M")
    assert keymap.keys("code.next_passage") == ("Ctrl+Down", "M")
    keymap.assign("code.next_passage", "Ctrl+M")
    assert keymap.keys("code.next_passage") == ("Ctrl+M", "M")
    keymap.reset("code.next_passage")
    assert keymap.keys("code.next_passage") == ("J", "Ctrl+Down")


def test_what_was_changed_is_there_after_the_next_start(keymap: Keymap, tmp_path: Path) -> None:
    keymap.assign("edit.find", "Ctrl+Alt+F")
    keymap.clear("code.last")
    keymap.use_letters(False)
    again = Keymap(SPEC, Settings(tmp_path))
    assert again.given("edit.find") == ("Ctrl+Alt+F", "F")
    assert again.keys("code.last") == ()
    assert not again.letters
    again.reset_all()
    assert Keymap(SPEC, Settings(tmp_path)).given("edit.find") == ("Ctrl+F", "F")


@pytest.mark.parametrize(
    ("key", "holder"),
    [
        ("Ctrl+F", "“Find in the source”"),
        ("C", "“Apply a code”"),
        ("Space", "the text"),
        ("Shift+Right", "the text, for moving about"),
        ("Ctrl+E", "the text, for widening the selection"),
        ("Return", "the text"),
        ("Alt+F", "the menu File"),
        ("5", "the code “Expert”"),
    ],
)
def test_a_key_that_is_taken_is_refused_with_the_name_of_its_holder(keymap: Keymap, key: str, holder: str) -> None:
    with pytest.raises(Conflict, match=holder):
        keymap.assign("file.backup", key, code_keys={"5": "Expert"})
    assert keymap.keys("file.backup") == ()


@pytest.mark.parametrize("key", ["", "not a key at all", "Ctrl+"])
def test_what_is_no_key_is_refused(keymap: Keymap, key: str) -> None:
    with pytest.raises(InvalidInput):
        keymap.assign("file.backup", key)


def test_a_key_is_not_given_back_while_another_command_has_it(keymap: Keymap) -> None:
    keymap.clear("edit.find")
    keymap.assign("file.backup", "Ctrl+F")
    with pytest.raises(Conflict, match="Back up"):
        keymap.reset("edit.find")
    assert keymap.keys("edit.find") == ()


def test_lists_can_have_the_same_key_each_for_itself(keymap: Keymap) -> None:
    assert keymap.keys("code.rename") == keymap.keys("source.rename") == ("F2",)
    keymap.assign("source.rename", "F12")
    keymap.assign("source.rename", "F2")
    assert not keymap.is_changed("source.rename")


@pytest.mark.parametrize("kept", ["no json", "[]", '{"edit.find": 5}', '{"gone.away": ["X"]}', '{"edit.find": ["??"]}'])
def test_settings_that_are_not_understood_leave_the_keys_as_they_came(tmp_path: Path, kept: str) -> None:
    settings = Settings(tmp_path)
    settings.put(KEPT, kept)
    assert Keymap(SPEC, settings).keys("edit.find") == ("Ctrl+F", "F")


def test_a_key_given_away_leaves_its_first_owner_also_when_that_comes_with_a_later_version(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.put(KEPT, '{"file.backup": ["Ctrl+K"]}')  # given before there was a search
    keymap = Keymap(SPEC, settings)
    assert (keymap.keys("file.backup"), keymap.keys("edit.search")) == (("Ctrl+K",), ())


# ---- in the window ----


def open_editor(at_work: Study) -> ShortcutEditor:
    at_work.press(Qt.Key.Key_F1)
    sheet = at_work.window.findChild(ShortcutsDialog)
    assert sheet.isVisible()
    at_work.frame.bot.mouseClick(sheet.changing, Qt.MouseButton.LeftButton)
    editor = sheet.findChild(ShortcutEditor)
    assert editor.isVisible()
    return editor


def cheat_sheet(at_work: Study) -> dict[str, tuple[str, ...]]:
    return {text: keys for _, rows in sections(at_work.actions) for text, keys in rows}


def test_a_new_key_works_at_once_and_all_that_shows_it_follows(at_work: Study) -> None:
    editor = open_editor(at_work)
    editor.choose("code.highlight")
    at_work.frame.bot.keyClick(editor.field, Qt.Key.Key_Z)
    action = at_work.actions["code.highlight"]
    assert action.shortcut().toString() == "Z"
    assert action.toolTip().endswith("(Z)")
    assert cheat_sheet(at_work)["Highlight without a code"] == ("Z",)
    editor.reject()
    at_work.window.findChild(ShortcutsDialog).reject()
    at_work.drag("register")
    at_work.press(Qt.Key.Key_H)
    assert at_work.coded() == []
    at_work.press(Qt.Key.Key_Z)
    assert at_work.coded() == [("register", [])]


def test_a_clash_is_said_in_the_editor_and_nothing_changes(at_work: Study) -> None:
    editor = open_editor(at_work)
    editor.choose("code.highlight")
    for key, modifiers, holder in (
        (Qt.Key.Key_K, CONTROL, "“Search everything”"),
        (Qt.Key.Key_V, Qt.KeyboardModifier.NoModifier, "“In-vivo code”"),
        (Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier, "the code “Expert”"),
        (Qt.Key.Key_Left, SHIFT, "the text"),
    ):
        at_work.frame.bot.keyClick(editor.field, key, modifiers)
        assert holder in editor.problem.text()
        assert at_work.actions.keys.keys("code.highlight") == ("H",)
    editor.choose("code.last")
    assert editor.problem.text() == ""


def test_keys_can_be_taken_away_and_given_back(at_work: Study) -> None:
    editor = open_editor(at_work)
    editor.choose("edit.search")
    assert not editor.reset.isEnabled()
    at_work.frame.bot.mouseClick(editor.clear, Qt.MouseButton.LeftButton)
    assert at_work.actions["edit.search"].shortcuts() == []
    assert "Search everything" not in cheat_sheet(at_work)
    assert at_work.window.top.search.hint.isHidden()
    assert "no key" in editor.about.text()
    at_work.frame.bot.mouseClick(editor.reset, Qt.MouseButton.LeftButton)
    assert cheat_sheet(at_work)["Search everything"] == ("Ctrl+K",)
    at_work.frame.bot.keyClick(editor.field, Qt.Key.Key_K, CONTROL | ALT)
    at_work.frame.bot.mouseClick(editor.reset_all, Qt.MouseButton.LeftButton)
    assert cheat_sheet(at_work)["Search everything"] == ("Ctrl+K",)


def test_the_list_of_commands_narrows_by_name_and_by_key(at_work: Study) -> None:
    editor = open_editor(at_work)
    at_work.frame.bot.keyClicks(editor.filter, "ctrl+k")
    assert editor.current == "edit.search"
    assert editor.rows.rowCount() == 1
    editor.filter.setText("nothing at all")
    assert (editor.current, editor.field.isEnabled()) == ("", False)


def test_letters_can_be_switched_off_for_those_who_dictate(at_work: Study) -> None:
    editor = open_editor(at_work)
    editor.letters.click()
    editor.reject()
    at_work.window.findChild(ShortcutsDialog).reject()
    at_work.drag("register")
    for key in (Qt.Key.Key_H, Qt.Key.Key_1, Qt.Key.Key_F, Qt.Key.Key_Q):
        at_work.press(key)
    assert at_work.coded() == []
    assert at_work.reading.find_bar.isHidden()
    assert "Apply the code that has this key" not in cheat_sheet(at_work)
    assert cheat_sheet(at_work)["Next passage"] == ("Ctrl+Down",)
    at_work.press(Qt.Key.Key_F, CONTROL)
    assert at_work.reading.find_bar.isVisible()


def test_a_letter_of_any_command_works_only_in_the_text(at_work: Study) -> None:
    at_work.actions.keys.assign("edit.go_to_paragraph", "Y")
    at_work.actions.rekey()
    tree = at_work.book.tree
    tree.setFocus()
    at_work.frame.bot.keyClick(tree, Qt.Key.Key_Y)
    assert at_work.reading.go_to_bar.isHidden()
    at_work.press(Qt.Key.Key_Y)
    assert at_work.reading.go_to_bar.isVisible()


def test_a_code_cannot_have_the_letter_of_a_command_but_one_that_became_free(at_work: Study) -> None:
    at_work.actions.keys.assign("code.highlight", "Z")
    at_work.choose("Expert")
    at_work.trigger("code.edit")
    page = at_work.window.findChildren(CodeEditor)[-1]
    page.key.setText("z")
    page.save()
    assert "“Highlight without a code”" in page.problems["shortcut"].text()
    page.key.setText("h")
    page.save()
    assert at_work.code("Expert").shortcut == "h"


# ---- the command palette ----


def palette(at_work: Study) -> CommandPalette:
    at_work.press(Qt.Key.Key_P, CONTROL | SHIFT)
    return at_work.window.findChildren(CommandPalette)[-1]


def test_a_command_is_run_by_its_name(at_work: Study) -> None:
    up = palette(at_work)
    assert up.isVisible()
    at_work.frame.bot.keyClicks(up.field, "go to par")
    assert up.rows.data(up.list.currentIndex()) == "Go to paragraph"
    at_work.frame.bot.keyClick(up.field, Qt.Key.Key_Return)
    at_work.frame.bot.waitUntil(at_work.reading.go_to_bar.isVisible)


def test_a_command_of_the_text_finds_its_selection(at_work: Study) -> None:
    at_work.drag("register")
    up = palette(at_work)
    at_work.frame.bot.keyClicks(up.field, "highlight")
    at_work.frame.bot.keyClick(up.field, Qt.Key.Key_Return)
    at_work.frame.bot.waitUntil(lambda: at_work.coded() == [("register", [])])


def test_only_what_can_be_done_now_is_offered(at_work: Study) -> None:
    names = [at_work.actions.specs[spec.id].plain for spec in SPECS if not at_work.actions[spec.id].isEnabled()]
    up = palette(at_work)
    offered = {up.rows.data(up.rows.index(row)) for row in range(up.rows.rowCount())}
    assert names and not offered & set(names)
    at_work.frame.bot.keyClicks(up.field, "zzzz")
    assert up.rows.rowCount() == 0
    assert "No command" in up.said.text()
    at_work.frame.bot.keyClick(up.field, Qt.Key.Key_Return)
    at_work.frame.bot.keyClick(up.field, Qt.Key.Key_Escape)
    assert at_work.text.hasFocus()


def test_arrows_choose_and_a_click_runs(at_work: Study) -> None:
    up = palette(at_work)
    at_work.frame.bot.keyClick(up.field, Qt.Key.Key_Down)
    assert up.list.currentIndex().row() == 1
    at_work.frame.bot.keyClick(up.field, Qt.Key.Key_Up)
    at_work.frame.bot.keyClick(up.field, Qt.Key.Key_Up)
    assert up.list.currentIndex().row() == 0
    up.field.setText("find in")
    place = up.list.visualRect(up.list.currentIndex()).center()
    at_work.frame.bot.mouseClick(up.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    at_work.frame.bot.waitUntil(at_work.reading.find_bar.isVisible)


def test_commands_are_ranked_by_what_is_typed() -> None:
    assert [fit("Go to paragraph", typed) for typed in ("go", "par", "rag", "gtp", "x")] == [0, 1, 2, 3, None]
    assert rank(SPECS, "undo")[0].id == "edit.undo"
    assert rank(SPECS, "")[0].id == "file.new"
    assert "view.theme_dark" in [spec.id for spec in rank(SPECS, "view")], "by its menu"


def test_commands_stand_without_settings_too(qtbot: QtBot) -> None:
    actions = Actions()
    assert actions.key("edit.find") == "Ctrl+F"
    actions.deleteLater()
