"""Names give way to others in the window: written, looked at place by place, replaced, erased, kept from leaving."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from qcode.exchange import key_file
from qcode.project import sources
from qcode.text.names import Name
from qcode.ui.dialogs.importing import ImportDialog
from qcode.ui.dialogs.names_found import NamesFound
from qcode.ui.dialogs.pass_phrase import NewPassPhraseDialog, PassPhraseDialog
from qcode.ui.dialogs.pseudonyms import PseudonymsDialog
from qcode.ui.keyring import Key

PHRASE = "a paper room"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        yield made


def dialog_of(desk: Study, kind: type[QWidget]) -> QWidget:
    found: list[QWidget] = [one for one in desk.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    desk.bot.waitUntil(found[0].isActiveWindow)
    return found[0]


def open_names(desk: Study) -> PseudonymsDialog:
    desk.trigger("source.pseudonyms")
    dialog = dialog_of(desk, PseudonymsDialog)
    assert isinstance(dialog, PseudonymsDialog)
    return dialog


def write(desk: Study, dialog: PseudonymsDialog, row: int, column: int, words: str) -> None:
    """Type into a cell."""
    dialog.name_list.setCurrentIndex(dialog.names.index(row, column))
    desk.bot.keyClick(dialog.name_list, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    desk.bot.keyClicks(editor, words)
    desk.bot.keyClick(editor, Qt.Key.Key_Return)
    desk.bot.waitUntil(lambda: dialog.names.index(row, column).data() == words)
    desk.bot.waitUntil(lambda: dialog.name_list.state() != QAbstractItemView.State.EditingState)


def text_of(desk: Study) -> str:
    with desk.context.project.read() as r:
        return sources.text(r, sources.by_name(r, "Register").id)


def test_the_empty_row_says_that_it_is_written_into_and_takes_what_is_typed(desk: Study) -> None:
    dialog = open_names(desk)
    assert dialog.names.index(0, 0).data() == "Write a name here"
    assert dialog.names.index(0, 0).data(Qt.ItemDataRole.EditRole) == ""
    assert dialog.names.names() == []
    desk.bot.keyClick(dialog.name_list, Qt.Key.Key_O)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    desk.bot.keyClicks(editor, "rha")
    desk.bot.keyClick(editor, Qt.Key.Key_Return)
    desk.bot.waitUntil(lambda: dialog.names.index(0, 0).data() == "orha")
    assert dialog.names.index(1, 0).data() == "Write a name here"
    desk.bot.waitUntil(lambda: dialog.name_list.state() != QAbstractItemView.State.EditingState)


def test_names_are_written_looked_for_ticked_and_replaced(desk: Study, tmp_path: Path) -> None:
    dialog = open_names(desk)
    write(desk, dialog, 0, 0, "Orha")
    write(desk, dialog, 0, 1, "R. One")
    write(desk, dialog, 1, 0, "Guard")
    write(desk, dialog, 1, 1, "G")
    assert dialog.names.names() == [Name("Orha", "R. One"), Name("Guard", "G")]
    desk.bot.mouseClick(dialog.search, Qt.MouseButton.LeftButton)
    desk.until_idle()
    assert dialog.places.rowCount() == 2
    assert "1 of 2 places ticked. 1 may mean something else" in dialog.counted.text()
    box = dialog.place_list.visualRect(dialog.places.index(0, 0))
    desk.bot.mouseClick(
        dialog.place_list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 10, box.center().y())
    )
    assert dialog.places.chosen() == []
    assert not dialog.replace.isEnabled()
    desk.bot.keyClick(dialog.place_list, Qt.Key.Key_Space)
    desk.answers.choice = "Replace without a key"
    desk.bot.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)
    assert "Ms R. One keeps the register" in text_of(desk)
    desk.bot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    desk.until_idle()
    assert "Erased: 1 earlier text" in dialog.counted.text()
    assert "Orha" not in desk.path.read_bytes().decode("utf-8", "replace")
    dialog.close()


def test_the_key_is_saved_before_names_are_replaced_and_opened_again(desk: Study, tmp_path: Path) -> None:
    dialog = open_names(desk)
    dialog.names.fill([Name("Orha", "R. One")])
    dialog.look()
    desk.until_idle()
    desk.answers.choice = "Save the key first"
    desk.answers.path = tmp_path / "names"
    desk.bot.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)
    phrase = dialog_of(desk, NewPassPhraseDialog)
    assert isinstance(phrase, NewPassPhraseDialog)
    desk.bot.keyClicks(phrase.field, PHRASE)
    desk.bot.keyClick(phrase.field, Qt.Key.Key_Return)
    assert phrase.problem.text() == "The two are not the same."
    desk.bot.keyClicks(phrase.again, PHRASE)
    desk.bot.keyClick(phrase.again, Qt.Key.Key_Return)
    assert key_file.load(tmp_path / "names.qcodekey", PHRASE) == [Name("Orha", "R. One")]
    assert "Ms R. One keeps" in text_of(desk)
    dialog.close()


def test_an_export_that_names_somebody_is_asked_about_first(desk: Study, tmp_path: Path) -> None:
    project = desk.context.project
    place = key_file.save(tmp_path / "names.qcodekey", [Name("Delegated", "X")], PHRASE)
    desk.context.keyring.put(project, Key(place, ()))
    desk.context.keyring._open.clear()  # as after a start: only the place of the key is known
    desk.answers.path = tmp_path / "codebook.csv"
    desk.answers.yes = False
    desk.trigger("file.export_codebook")
    phrase = dialog_of(desk, PassPhraseDialog)
    assert isinstance(phrase, PassPhraseDialog)
    desk.bot.keyClicks(phrase.field, "wrong words")
    desk.bot.keyClick(phrase.field, Qt.Key.Key_Return)
    assert "not the pass phrase" in phrase.problem.text()
    desk.bot.keyClicks(phrase.field, PHRASE)
    desk.bot.keyClick(phrase.field, Qt.Key.Key_Return)
    desk.until_idle()
    assert "Delegated (3 ×), to be X" in desk.answers.asked[-1]
    assert not (tmp_path / "codebook.csv").exists()
    assert "not written" in desk.status
    desk.answers.yes = True
    desk.trigger("file.export_codebook")
    desk.until_idle()
    assert (tmp_path / "codebook.csv").exists()


def test_names_are_looked_at_and_replaced_on_the_way_in(desk: Study, tmp_path: Path) -> None:
    (tmp_path / "Talk.txt").write_text("Orha spoke. Then orha left, and Orha came back.\n", encoding="utf-8")
    desk.context.keyring.put(desk.context.project, Key(None, (Name("Orha", "R. One"),)))
    dialog = ImportDialog(desk.context, [tmp_path / "Talk.txt"], desk.window)
    dialog.open()
    desk.bot.waitUntil(lambda: dialog.ok.isEnabled() and dialog.preview.document is not None)
    desk.bot.keyClick(dialog.veil, Qt.Key.Key_Space)
    desk.bot.waitUntil(dialog.found.isVisible)
    assert dialog.preview.document.text == "R. One spoke. Then orha left, and R. One came back.\n"
    desk.bot.mouseClick(dialog.found, Qt.MouseButton.LeftButton)
    names = next(one for one in dialog.findChildren(NamesFound) if one.isVisible())
    desk.bot.waitUntil(names.isActiveWindow)
    names.found.list.setCurrentIndex(names.found.places.index(1, 0))
    desk.bot.keyClick(names.found.list, Qt.Key.Key_Space)
    assert names.found.counted.text().startswith("3 of 3 places ticked.")
    names.accept()
    desk.bot.waitUntil(lambda: dialog.preview.document is not None and "orha" not in dialog.preview.document.text)
    desk.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    desk.until_idle()
    with desk.context.project.read() as r:
        talk = sources.by_name(r, "Talk")
        assert sources.text(r, talk.id) == "R. One spoke. Then R. One left, and R. One came back.\n"
        assert b"Orha" not in sources.original(r, talk.id)
