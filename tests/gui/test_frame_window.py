"""A researcher starts QCode, opens projects, looks around, undoes, and finds all as it was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from frame_kit import Frame, add_code, frame, make_project
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from qt_guards import Watch

from qcode.errors import FileLocked, InvalidInput
from qcode.project import Change, codes, sources
from qcode.project.importing import import_files
from qcode.ui.actions import SPECS
from qcode.ui.dialogs.coder import CoderDialog
from qcode.ui.dialogs.shortcuts import ShortcutsDialog, sections
from qcode.ui.settings import ZOOM_STEPS
from qcode.ui.statusline import SAID_FOR_MS


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Frame]:
    with frame(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "study.qcode")


def test_at_the_first_start_there_is_a_page_that_says_what_to_do(window: Frame) -> None:
    main = window.window
    assert main.pages.currentWidget() is main.welcome
    assert main.windowTitle() == "QCode"
    assert main.top.isHidden()
    assert not any(window.actions[id_].isEnabled() for id_ in ("edit.undo", "file.export_codebook", "code.new"))
    assert all(window.actions[id_].isEnabled() for id_ in ("file.new", "file.open", "help.shortcuts"))


def test_the_coder_is_asked_for_a_name_once(qtbot: QtBot, tmp_path: Path, project: Path) -> None:
    with frame(qtbot, tmp_path, coder="") as window:
        window.window.filing.open(project)
        dialog = window.window.findChild(CoderDialog)
        assert dialog.field.text(), "the login name is offered"
        dialog.field.setText("  Grete Öhler & Söhne ")
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        window.until_idle()
        assert window.context.settings.coder == "Grete Öhler & Söhne"
        assert window.context.project.coder.name == "Grete Öhler & Söhne"
        assert window.window.top.coder.text() == "Grete Öhler && Söhne"
        window.trigger("file.close")
        window.window.filing.open(project)
        window.until_idle()
        assert window.context.project is not None


def test_a_name_is_needed_to_go_on(qtbot: QtBot) -> None:
    dialog = CoderDialog("")
    qtbot.addWidget(dialog)
    assert not dialog._use.isEnabled()
    dialog.field.setText("   ")
    assert not dialog._use.isEnabled()
    dialog.field.setText("Ada")
    assert dialog._use.isEnabled()


def test_an_open_project_shows_its_name_its_file_and_is_remembered(window: Frame, project: Path) -> None:
    window.open(project)
    main = window.window
    assert main.pages.currentWidget() is main.work
    assert main.windowTitle() == "Readmission – QCode"
    assert (main.top.name.accessibleName(), main.top.file.accessibleName()) == ("Readmission", "study.qcode")
    assert [entry.path for entry in window.context.settings.recent()] == [project]
    window.trigger("file.close")
    assert main.pages.currentWidget() is main.welcome
    assert window.context.project is None


def test_opening_the_open_project_again_is_no_harm(window: Frame, project: Path) -> None:
    before = window.open(project)
    assert window.open(project) is before
    assert "open already" in window.status


def test_undo_and_redo_say_what_they_would_do(window: Frame, project: Path, qtbot: QtBot) -> None:
    window.open(project)
    undo, redo = window.actions["edit.undo"], window.actions["edit.redo"]
    window.context.change("add code Pay & Co", add_code("Pay & Co"))
    qtbot.waitUntil(lambda: undo.text() == "&Undo add code Pay && Co")
    assert window.window.top.undo.isEnabled()
    qtbot.mouseClick(window.window.top.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: redo.text() == "&Redo add code Pay && Co")
    assert undo.text() != "&Undo add code Pay && Co"
    assert "add code Pay & Co" in window.status
    redo.trigger()
    with window.context.project.read() as r:
        assert codes.by_path(r, "Pay & Co")


def test_a_new_label_never_hides_a_long_history(window: Frame, project: Path, qtbot: QtBot) -> None:
    window.open(project)
    window.context.change("rename code " + "lang" * 100 + "\nzwei", add_code("x"))
    undo = window.actions["edit.undo"]
    qtbot.waitUntil(lambda: undo.text().startswith("&Undo rename code lang"))
    assert len(undo.text()) < 80
    assert "\n" not in undo.text()


def test_a_wrong_input_is_said_quietly_and_nothing_is_changed(window: Frame, project: Path) -> None:
    window.open(project)

    def refuse(tx: Change) -> None:
        codes.add(tx, "half done")
        raise InvalidInput("A name is needed.", "Type one.")

    assert window.context.change("add code", refuse) is None
    assert window.status == "A name is needed. Type one."
    with window.context.project.read() as r:
        assert [code.name for code in codes.codebook(r)] == ["Authority", "Expert", "Moral"]


def test_without_a_project_an_action_is_refused_in_words(window: Frame) -> None:
    assert window.context.change("add code", add_code("x")) is None
    assert window.status == "Open a project first."


def test_trouble_with_the_file_is_a_dialog_that_says_what_to_do(window: Frame) -> None:
    window.context.fail(FileLocked("study.qcode is open on eva-laptop.", "Close it there first."))
    assert window.answers.told == [
        ("The project is open elsewhere", "study.qcode is open on eva-laptop.", "Close it there first.")
    ]


def test_a_file_that_is_no_project_is_refused_and_the_one_before_stays(
    window: Frame, project: Path, tmp_path: Path
) -> None:
    before = window.open(project)
    letter = tmp_path / "letter.qcode"
    letter.write_text("Dear Ada", encoding="utf-8")
    window.window.filing.open(letter)
    window.until_idle()
    assert [title for title, *_ in window.answers.told] == ["This is not a QCode project"]
    assert window.context.project is before
    assert letter.read_text(encoding="utf-8") == "Dear Ada"


def test_panes_hidden_are_hidden_after_the_next_start(qtbot: QtBot, tmp_path: Path, project: Path) -> None:
    with frame(qtbot, tmp_path) as window:
        window.open(project)
        window.trigger("view.codebook")
        assert not window.window.panels["codebook"].isVisible()
        assert window.window.panels["sources"].isVisible()
    with frame(qtbot, tmp_path) as window:
        window.open(project)
        assert not window.window.panels["codebook"].isVisible()
        assert not window.actions["view.codebook"].isChecked()
        window.trigger("view.codebook")
        assert window.window.panels["codebook"].isVisible()


def test_without_any_pane_the_text_has_the_whole_window(window: Frame, project: Path) -> None:
    window.open(project)
    for key in window.window.panels:
        window.trigger(f"view.{key}")
    assert not window.window.column.isVisible()
    window.trigger("view.sources")
    assert window.window.column.isVisible()


def test_the_window_comes_back_as_wide_as_it_was(qtbot: QtBot, tmp_path: Path, project: Path) -> None:
    with frame(qtbot, tmp_path) as window:
        window.open(project)
        window.window.resize(760, 540)
        window.window.work.setSizes([220, 540])
        kept = window.window.work.sizes()
    with frame(qtbot, tmp_path) as window:
        window.open(project)
        assert (window.window.width(), window.window.height()) == (760, 540)
        assert window.window.work.sizes() == kept


def test_the_theme_is_chosen_in_the_menu_and_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    with frame(qtbot, tmp_path) as window:
        window.trigger("view.theme_dark")
        assert window.context.theme.dark
        assert QApplication.palette().window().color() == window.context.theme.panel
    with frame(qtbot, tmp_path) as window:
        assert window.context.theme.dark
        assert window.actions["view.theme_dark"].isChecked()
        window.trigger("view.theme_light")
        assert not window.context.theme.dark


def test_a_menu_answers_to_the_letters_it_underlines_also_over_the_text(
    window: Frame, project: Path, tmp_path: Path, qtbot: QtBot, qt_watch: Watch
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("D is a letter of the text, too.", encoding="utf-8")
    import_files(window.open(project), [note])
    with window.context.project.read() as r:
        window.context.reveal(sources.by_name(r, "note").id)
    qtbot.waitUntil(lambda: window.window.reading.view.focusProxy().hasFocus())
    menu = window.window.menus.menus["View"]
    menu.popup(window.window.mapToGlobal(window.window.rect().topLeft()))
    qtbot.keyClick(menu, Qt.Key.Key_D)
    assert window.context.theme.dark
    assert window.status == ""
    qt_watch.messages.clear()  # off screen there is no keyboard for a menu to grab


def test_the_theme_follows_the_system_while_it_runs(window: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = {"now": "dark"}
    monkeypatch.setattr("qcode.ui.viewing.wanted_theme", lambda choice: scheme["now"] if choice == "system" else choice)
    hints = QApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert window.context.theme.dark
    window.trigger("view.theme_light")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not window.context.theme.dark, "what the researcher chose counts more"
    window.trigger("view.theme_system")
    assert window.context.theme.dark


def test_letters_grow_in_steps_and_stop_at_the_ends(window: Frame) -> None:
    for _ in ZOOM_STEPS:
        window.window.zoom.step(1)
    assert window.context.settings.zoom == ZOOM_STEPS[-1]
    assert window.window.statusBar().zoom.text() == f"{ZOOM_STEPS[-1]} %"
    window.window.zoom.step(-1)
    assert window.context.settings.zoom == ZOOM_STEPS[-2]
    window.window.zoom.step(-100)
    assert window.context.settings.zoom == ZOOM_STEPS[0]


def test_a_project_for_reading_only_says_so_and_offers_nothing_that_writes(
    window: Frame, project: Path, qtbot: QtBot
) -> None:
    from qcode.project import open_project

    window.context.adopt(open_project(project, read_only=True))
    assert window.window.banner.isVisible()
    assert not window.actions["file.import"].isEnabled()
    assert not window.actions["edit.undo"].isEnabled()
    assert window.actions["file.export_codebook"].isEnabled()
    assert window.context.change("add code", add_code("x")) is None
    assert "reading only" in window.status


def test_a_project_that_is_open_elsewhere_can_be_read(window: Frame, project: Path) -> None:
    from qcode.project import open_project

    with open_project(project):
        window.window.filing.open(project)
        window.until_idle()
        assert len(window.answers.asked) == 1
        assert window.context.project.read_only
        assert window.window.banner.isVisible()
        window.trigger("file.close")
        window.answers.yes = False
        window.window.filing.open(project)
        window.until_idle()
        assert window.context.project is None


def test_what_is_said_never_lies_over_what_stands_there(window: Frame, project: Path, qtbot: QtBot) -> None:
    window.open(project)
    status = window.window.statusBar()
    window.context.change("add code", add_code("x"))
    window.context.say("A quiet sentence.")
    window.context.placeChanged.emit(3, 17)
    qtbot.waitUntil(lambda: status.passages.text() != "")
    assert not any(part.isVisible() for part in (status.saved, status.place, status.passages))
    status.clearMessage()
    assert status.place.isVisible()
    assert (status.place.text(), status.passages.text()) == ("Paragraph 3 of 17", "0 passages")
    window.context.placeChanged.emit(0, 17)
    assert status.place.text() == "Paragraph 1 of 17"


def test_a_sentence_that_is_too_long_says_so_and_stays_until_it_can_be_read(
    window: Frame, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open(project)
    window.window.resize(900, 600)
    status = window.window.statusBar()
    stays: list[int] = []
    show = status.showMessage
    monkeypatch.setattr(status, "showMessage", lambda text, ms: (stays.append(ms), show(text, ms)))
    long = "The file cannot be written. Close the other program & wait until the disk is there again. " * 3
    window.context.say(long)
    status.grab()
    assert "until the disk is there again." in status.toolTip()
    assert "&amp;" in status.toolTip()
    window.context.say("Copied.")
    status.grab()
    assert status.toolTip() == ""
    assert stays == [60 * len(long), 5_000]


def test_a_sentence_gives_way_to_the_next_change_but_stays_when_it_is_about_it(
    window: Frame, project: Path, qtbot: QtBot
) -> None:
    window.open(project)
    status = window.window.statusBar()
    assert SAID_FOR_MS <= 5_000
    window.context.say("The selection was widened.")
    window.context.change("add code", add_code("x"))
    assert window.status == "The selection was widened."
    qtbot.waitUntil(lambda: not status._same_breath.isActive())
    window.context.change("add code", add_code("y"))
    assert window.status == ""
    assert status.saved.isVisible()
    window.trigger("edit.undo")
    assert window.status == "Undone: add code"


def test_a_dropped_project_is_opened_and_dropped_texts_are_imported(
    window: Frame, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[list[Path]] = []
    monkeypatch.setattr(window.window.bringing, "take", taken.append)
    note = tmp_path / "note.txt"
    note.write_text("A note.", encoding="utf-8")
    _drop(window.window, project)
    window.until_idle()
    assert window.context.project.path.samefile(project)
    _drop(window.window, note)
    assert taken == [[note]]


def test_the_window_does_not_close_while_work_runs(window: Frame, project: Path) -> None:
    window.open(project)
    window.context.hold(True)
    assert not window.window.close()
    assert "wait" in window.status
    window.context.hold(False)
    assert window.window.close()
    assert window.context.project is None


def test_each_command_stands_once_in_the_menus_and_no_two_share_a_key(window: Frame) -> None:
    shown = [action.objectName() for menu in window.window.menus.menus.values() for action in _leaves(menu)]
    assert Counter(shown) == Counter(spec.id for spec in SPECS)
    wide = [key for spec in SPECS if not (spec.in_text or spec.in_list) for key in spec.shortcut]
    in_text = [key for spec in SPECS if spec.in_text for key in spec.shortcut]
    assert max(Counter(wide).values()) == 1
    assert max(Counter(wide + in_text).values()) == 1


def test_no_command_takes_a_key_that_types_a_character_elsewhere() -> None:
    """On Windows AltGr is Ctrl+Alt, and many keyboards write @, # or ą with it."""
    keys = [key for spec in SPECS for key in spec.shortcut]
    assert [key for key in keys if key.startswith("Ctrl+Alt+") and len(key.rpartition("+")[2]) == 1] == []


def test_no_two_commands_of_a_menu_have_the_same_mnemonic(window: Frame) -> None:
    menus = window.window.menus.menus
    for shown in (*menus.values(), window.window.menuBar()):
        texts = [action.text().replace("&&", "") for action in shown.actions() if not action.isSeparator()]
        letters = Counter(text.partition("&")[2][:1].lower() for text in texts)
        assert max(letters.values()) == 1, letters


def test_the_cheat_sheet_shows_every_key(window: Frame) -> None:
    shown = {text for _, rows in sections(window.actions) for text, _ in rows}
    assert {spec.plain for spec in SPECS if spec.shortcut} <= shown
    window.trigger("help.shortcuts")
    dialog = window.window.findChild(ShortcutsDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_every_control_has_a_name_plain_text_and_is_large_enough(window: Frame, project: Path) -> None:
    for look in (None, project):
        if look is not None:
            window.open(look)
        for control in window.window.findChildren(QAbstractButton):
            if not control.isVisible() or _inside_a_native_part(control):
                continue
            assert control.accessibleName() or control.text(), control
            assert control.height() >= 24, control
        for field in window.window.findChildren(QLineEdit):
            assert field.accessibleName() or field.placeholderText(), field
        for label in window.window.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText or not label.text(), label.text()


def _inside_a_native_part(control: QWidget) -> bool:
    parent = control.parentWidget()
    return parent is not None and parent.metaObject().className() in ("QTabBar", "QLineEdit", "QMenuBar")


def _leaves(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _leaves(below)
        elif not action.isSeparator():
            yield action


def _drop(widget: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    widget.dropEvent(event)
