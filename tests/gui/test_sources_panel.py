"""A researcher brings texts in, finds them, opens them, renames and removes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import NOTE, REGISTER, Study, fill_nothing, study
from PySide6.QtCore import QCoreApplication, QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from qcode.project import sources
from qcode.ui.dialogs.import_report import ImportReportDialog
from qcode.ui.dialogs.importing import ImportDialog
from qcode.ui.dialogs.source_details import SourceDetails

Key = Qt.Key


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    return folder


def drop(at_work: Study, *paths: Path, on: QWidget | None = None) -> ImportDialog:
    """Drop files on a part of the window, which leaves them to the window, and wait until they were looked at."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target = on or at_work.list.list.viewport()
    enter = QDragEnterEvent(QPointF(20, 60), *how)
    QCoreApplication.sendEvent(target, enter)  # makes what takes it the one that is dropped on
    assert enter.isAccepted()
    event = QDropEvent(QPointF(20, 60), *how)
    QCoreApplication.sendEvent(target, event)
    assert event.isAccepted()
    return looked_at(at_work)


def looked_at(at_work: Study) -> ImportDialog:
    dialog = at_work.window.findChildren(ImportDialog)[-1]
    at_work.bot.waitUntil(lambda: all(row.seen for row in dialog.files.rows))
    return dialog


def bring_in(at_work: Study, dialog: ImportDialog) -> None:
    at_work.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    at_work.until_idle()


def names(at_work: Study) -> list[str]:
    """List the rows of sources and folders, from top to bottom."""
    return [index.data() for index in rows(at_work)]


def rows(at_work: Study, parent: QModelIndex | None = None) -> list[QModelIndex]:
    model, above = at_work.list.model, parent or QModelIndex()
    here = [model.index(row, 0, above) for row in range(model.rowCount(above))]
    return [one for index in here for one in (index, *rows(at_work, index))]


def choose(at_work: Study, name: str) -> None:
    at_work.list.list.setFocus()
    at_work.list.list.setCurrentIndex(at_work.list.model.find(at_work.source(name)))


def test_dropped_texts_come_in_as_one_change_and_the_first_is_opened(at_work: Study, texts: Path) -> None:
    for name in ("Field 2.txt", "Field 10.txt"):
        (texts / name).write_text(f"This is {name}.\n")
    bring_in(at_work, drop(at_work, texts / "Field 10.txt", texts / "Field 2.txt"))
    at_work.bot.waitUntil(lambda: names(at_work) == ["Field 2", "Field 10", "Register", "Second visit"])
    assert at_work.words == "This is Field 10.txt.\n"
    assert at_work.window.findChild(ImportReportDialog) is None, "all went smoothly: nothing to report"
    assert at_work.status == "2 sources imported."
    at_work.undo()
    at_work.bot.waitUntil(lambda: names(at_work) == ["Register", "Second visit"])


def test_a_file_that_broke_meanwhile_is_reported_and_the_rest_comes_in(at_work: Study, texts: Path) -> None:
    for name in ("bad.txt", "good.txt", "missing.txt"):
        (texts / name).write_text(f"Words of {name}.\n")
    dialog = drop(at_work, texts / "bad.txt", texts / "good.txt", texts / "missing.txt")
    (texts / "bad.txt").write_bytes(b"\x7fELF\x00\x00\x01\x02\x00" * 40)
    (texts / "missing.txt").unlink()
    bring_in(at_work, dialog)
    report = at_work.window.findChild(ImportReportDialog)
    told = report.notes.toPlainText()
    assert "bad.txt" in told
    assert "missing.txt" in told
    assert report.notes.textCursor().atStart(), "what failed stands first, and is in sight"
    assert "good" in at_work.source_names()
    assert at_work.status == "1 source imported. 2 files could not be imported."
    report.done(0)


def test_a_taken_name_is_numbered_and_said(at_work: Study, texts: Path) -> None:
    (texts / "Register.txt").write_text("Another register.\n")
    bring_in(at_work, drop(at_work, texts / "Register.txt", on=at_work.text))
    report = at_work.window.findChild(ImportReportDialog)
    assert "“Register 2”" in report.notes.toPlainText()
    assert "Register 2" in at_work.source_names()
    report.done(0)


def test_files_are_chosen_by_the_menu_too(at_work: Study, texts: Path) -> None:
    (texts / "Letter.txt").write_text("Dear all.\n")
    at_work.answers.path = texts / "Letter.txt"
    at_work.bot.mouseClick(at_work.list.body.heading.button, Qt.MouseButton.LeftButton)
    bring_in(at_work, looked_at(at_work))
    assert "Letter" in at_work.source_names()


def test_an_empty_project_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    with study(qtbot, tmp_path, fill=fill_nothing) as at_work:
        assert at_work.list.body.empty.isVisible()
        assert "Drop texts here" in at_work.list.body.empty.words.text()
        assert "Ctrl+I" in at_work.list.body.empty.words.text()
        assert "Drop texts here" in at_work.reading.empty.words.text()


def test_enter_and_double_click_open_a_source_in_a_tab(at_work: Study) -> None:
    choose(at_work, "Second visit")
    at_work.bot.keyClick(at_work.list.list, Key.Key_Return)
    assert at_work.words == NOTE
    row = at_work.list.list.visualRect(at_work.list.model.find(at_work.source("Register")))
    at_work.bot.mouseClick(at_work.list.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    at_work.bot.mouseDClick(at_work.list.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert at_work.words == REGISTER
    assert at_work.reading.tabs.count() == 2


def test_the_filter_finds_by_name_and_enter_opens_what_is_left(at_work: Study) -> None:
    at_work.list.filter.setFocus()
    at_work.bot.keyClicks(at_work.list.filter, "visit sec")
    assert names(at_work) == ["Second visit"]
    at_work.bot.keyClick(at_work.list.filter, Key.Key_Return)
    assert at_work.words == NOTE
    at_work.list.filter.setFocus()
    at_work.list.filter.setText("zzz")
    assert at_work.list.body.empty.words.text() == "No source of this name."
    at_work.bot.keyClick(at_work.list.filter, Key.Key_Escape)
    assert len(names(at_work)) == 2


def test_folders_head_their_sources(at_work: Study) -> None:
    second = at_work.source("Second visit")
    at_work.context.change("sort", lambda tx: sources.edit(tx, second, folder="Field & notes"))
    at_work.bot.waitUntil(lambda: names(at_work) == ["Register", "Field & notes", "Second visit"])
    assert at_work.list.list.isExpanded(at_work.list.model.index(1, 0))
    spoken = at_work.list.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Field & notes, folder, 1 source"


def test_a_coding_changes_one_row(at_work: Study) -> None:
    changed: list[int] = []
    at_work.list.model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    at_work.apply("moved twice", "Moral")
    at_work.bot.waitUntil(lambda: changed == [0])
    assert at_work.list.model.sources()[0].codings == 1
    spoken = at_work.list.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Register, 1 coding"


def test_a_source_is_renamed_in_place_and_its_tab_with_it(at_work: Study) -> None:
    at_work.open()
    choose(at_work, "Register")
    rows = at_work.list.list
    rows.setFocus()
    at_work.bot.keyClick(rows, Key.Key_F2)
    field = rows.findChild(QLineEdit)
    field.setText("Lists & registers")
    at_work.bot.keyClick(field, Key.Key_Return)
    at_work.bot.waitUntil(lambda: at_work.source_names() == ["Lists & registers", "Second visit"])
    assert at_work.reading.tabs.tabText(0) == "Lists && registers", "an ampersand is no mnemonic"
    at_work.list.model.setData(at_work.list.model.index(0), "Second visit")
    assert "already" in at_work.status


def test_removing_a_source_says_what_goes_with_it(at_work: Study) -> None:
    at_work.apply("moved twice", "Moral", "Expert")
    choose(at_work, "Register")
    at_work.answers.yes = False
    at_work.bot.keyClick(at_work.list.list, Key.Key_Delete)
    assert "With it go 1 passage and 2 codings." in at_work.answers.asked[-1]
    at_work.answers.yes = True
    at_work.trigger("source.remove")
    assert at_work.source_names() == ["Second visit"]
    assert at_work.context.project.undoable().label == "remove Register"
    at_work.undo()
    assert at_work.coded() == [("moved twice", ["Moral", "Expert"])]


def test_details_are_edited_as_one_change(at_work: Study) -> None:
    choose(at_work, "Register")
    at_work.trigger("source.details")
    page = at_work.window.findChild(SourceDetails)
    page.title.setText("A clinic's register")
    page.cite_as.setText("Orha (2019)")
    page.name.setText("Second visit")
    page.save()
    assert "already" in page.problem.text(), "said at the field, and nothing is written"
    page.name.setText("Register")
    page.save()
    with at_work.context.project.read() as r:
        made = sources.by_name(r, "Register")
    assert (made.title, made.cite_as) == ("A clinic's register", "Orha (2019)")
    assert at_work.context.project.undoable().label == "edit details of Register"


def test_language_and_direction_are_chosen_for_one_or_many_and_turn_the_text(at_work: Study) -> None:
    at_work.open()
    choose(at_work, "Register")
    at_work.trigger("source.details")
    page = at_work.window.findChild(SourceDetails)
    page.language.setFocus()
    page.language.lineEdit().selectAll()
    at_work.bot.keyClicks(page.language.lineEdit(), "klingonese")
    page.save()
    assert "no language" in page.problem.text()
    page.language.lineEdit().selectAll()
    at_work.bot.keyClicks(page.language.lineEdit(), "persian")
    page.direction.setCurrentText("Right to left")
    left = at_work.point(0).x()
    page.save()
    at_work.bot.waitUntil(lambda: at_work.point(0).x() > left + 200)
    with at_work.context.project.read() as r:
        assert (sources.by_name(r, "Register").language, sources.by_name(r, "Register").direction) == ("fa", "rtl")
    at_work.drag("moved twice")
    assert at_work.view.selected_text() == "moved twice", "the mouse finds its place on lines from the right"
    at_work.list.list.selectAll()
    at_work.trigger("source.details")
    page = [one for one in at_work.window.findChildren(SourceDetails) if one.isVisible()][-1]
    assert page.language.currentText() == "" and page.direction.currentText() == "As they are"
    at_work.bot.keyClicks(page.language.lineEdit(), "pt-BR")
    page.save()
    with at_work.context.project.read() as r:
        told = [(source.language, source.direction) for source in sources.listing(r)]
    assert told == [("pt-BR", "rtl"), ("pt-BR", "")], "what was not said stays as it is"
    at_work.undo()
    at_work.undo()
    at_work.bot.waitUntil(lambda: at_work.point(0).x() == left)


def test_a_name_that_looks_like_markup_is_shown_as_it_is(at_work: Study) -> None:
    register = at_work.source("Register")
    at_work.context.change("rename", lambda tx: sources.rename(tx, register, "<img src=x> & co"))
    at_work.bot.waitUntil(lambda: "<img src=x> & co" in names(at_work))
    tip = at_work.list.model.find(register).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img src=x&gt; &amp; co" in tip
