"""A researcher sees how files will read before anything is written, chooses, and brings them in in one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from qcode.project import passages, sources
from qcode.text.span import SpanKind
from qcode.ui.dialogs.import_report import ImportReportDialog
from qcode.ui.dialogs.importing import ImportDialog
from qcode.ui.dialogs.read_again import ReadAgainDialog
from qcode.ui.models.incoming import Column
from qcode.ui.widgets.survey_columns import Cell, Use

POLISH = "Zażółć gęślą jaźń, powiedziała strażniczka i wpuściła nas.\n"
MARKS = (
    "# Second visit\n\nThe guard **let us in**, as he had been told to do by those who kept the gate, because of\n\n"
    "the list of those who came by day.\n\n## Below\n\nMore.\n"
)
TALK = "INT: Who kept it?\n\nORHA: I did.\n\nINT: Alone?\n\nORHA: Mostly.\n"
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "Guard.txt").write_bytes(POLISH.encode("cp1250"))
    (folder / "Picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (folder / "Talk.txt").write_text(TALK, encoding="utf-8")
    (folder / "Visit.txt").write_text(MARKS, encoding="utf-8")
    return folder


def asked(at_work: Study, *paths: Path) -> ImportDialog:
    """The dialog, when it has looked at all files and shows the first."""
    at_work.window.take(list(paths))
    at_work.until_idle()
    dialog = at_work.window.findChildren(ImportDialog)[-1]
    at_work.bot.waitUntil(lambda: all(row.seen for row in dialog.files.rows))
    until_read(at_work, dialog)
    return dialog


def until_read(at_work: Study, dialog: ImportDialog | ReadAgainDialog) -> None:
    preview = dialog.preview
    at_work.bot.waitUntil(lambda: not preview._worker.busy and preview._worker._thread is None, timeout=20_000)


def choose(at_work: Study, dialog: ImportDialog, name: str) -> None:
    row = next(at for at, row in enumerate(dialog.files.rows) if row.candidate.path.name == name)
    point = dialog.list.visualRect(dialog.files.index(row, Column.FORMAT)).center()
    at_work.bot.mouseClick(dialog.list.viewport(), LEFT, pos=point)
    until_read(at_work, dialog)


def tick(at_work: Study, box: QCheckBox) -> None:
    at_work.bot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))


def bring_in(at_work: Study, dialog: ImportDialog) -> None:
    at_work.bot.mouseClick(dialog.ok, LEFT)
    at_work.until_idle()


def shown(dialog: ImportDialog | ReadAgainDialog) -> str:
    return dialog.preview.view._scene.flow.text


def known(dialog: ImportDialog) -> list[str]:
    return [dialog.files.index(row, Column.KNOWN).data() for row in range(dialog.files.rowCount())]


def text_of(at_work: Study, name: str) -> str:
    with at_work.context.project.read() as r:
        return sources.text(r, sources.by_name(r, name).id)


def test_what_is_known_of_each_file_is_said_and_nothing_is_written_before_the_button(
    at_work: Study, texts: Path
) -> None:
    before = at_work.source_names()
    dialog = asked(at_work, texts)
    assert [row.candidate.path.name for row in dialog.files.rows] == [
        "Guard.txt",
        "Picture.txt",
        "Talk.txt",
        "Visit.txt",
    ]
    guard, picture, talk, visit = known(dialog)
    assert guard == "Encoding guessed: cp1250"
    assert picture.startswith("Is a picture")
    assert talk == ""
    assert "Markdown" in visit
    assert dialog.ok.text() == "Import 3 files"
    assert "1 file cannot be read" in dialog.said.text()
    choose(at_work, dialog, "Picture.txt")
    assert "picture" in dialog.preview.problem.text()
    dialog.reject()
    assert at_work.source_names() == before


def test_an_encoding_is_overruled_by_how_the_text_would_read(at_work: Study, texts: Path) -> None:
    (texts / "Late.txt").write_bytes(("Plain words.\n" * 3_000 + POLISH).encode("cp1250"))
    dialog = asked(at_work, texts / "Guard.txt", texts / "Late.txt")
    assert shown(dialog) == POLISH
    choose(at_work, dialog, "Late.txt")
    assert "Judge the encoding by: “Zażółć" in dialog.preview.said.text(), "they are farther down than one sees"
    dialog.list.setFocus()
    at_work.bot.keyClick(dialog.list, Key.Key_Space)
    choose(at_work, dialog, "Guard.txt")
    options = dialog.preview.options
    for codec, reads in (("cp1252", "Za¿ó³æ"), ("utf-8", ""), ("cp1250", "Zażółć")):
        options.encoding.setCurrentIndex(options.encoding.findData(codec))
        options.encoding.activated.emit(options.encoding.currentIndex())
        until_read(at_work, dialog)
        if reads:
            assert reads in shown(dialog)
        else:
            assert "does not fit" in dialog.preview.problem.text()
            assert not dialog.ok.isEnabled(), "nothing is left to import"
    dialog.name.setFocus()
    dialog.name.selectAll()
    at_work.bot.keyClicks(dialog.name, "The guard")
    at_work.bot.keyClicks(dialog.cite_as, "Guard 2019")
    dialog.folder.setCurrentText("Field notes")
    bring_in(at_work, dialog)
    assert at_work.words == POLISH
    with at_work.context.project.read() as r:
        guard = sources.by_name(r, "The guard")
    assert (guard.cite_as, guard.folder, guard.encoding) == ("Guard 2019", "Field notes", "cp1250")
    at_work.undo()
    assert at_work.source_names() == ["Register", "Second visit"], "one step of undo"


def test_marks_paragraphs_and_speakers_are_read_as_chosen_and_choices_are_remembered(
    at_work: Study, texts: Path
) -> None:
    dialog = asked(at_work, texts / "Talk.txt", texts / "Visit.txt")
    options = dialog.preview.options
    assert not options.switches["mark_speakers"].isChecked()
    tick(at_work, options.switches["mark_speakers"])
    until_read(at_work, dialog)
    assert [options.speakers.names.item(row).text() for row in range(2)] == ["INT  ·  2 turns", "ORHA  ·  2 turns"]
    options.speakers.setCurrentIndex(options.speakers.names.index(0, 0))
    options.speakers.setFocus()
    at_work.bot.keyClick(options.speakers, Key.Key_Space)
    until_read(at_work, dialog)
    assert options.speakers.hasFocus(), "the keyboard stays where it is"
    assert options.speakers.currentIndex().row() == 0
    assert [span.value for span in dialog.preview.document.spans] == ["ORHA", "ORHA"]
    choose(at_work, dialog, "Visit.txt")
    assert "#" not in shown(dialog), "its marks tell that it is Markdown"
    assert options.switches["mark_speakers"].isHidden(), "nobody speaks in it"
    tick(at_work, options.switches["join_broken"])
    until_read(at_work, dialog)
    assert "because of the list" in shown(dialog)
    at_work.open("Register")
    bring_in(at_work, dialog)
    assert "because of the list" in text_of(at_work, "Visit")
    with at_work.context.project.read() as r:
        visit, talk = sources.by_name(r, "Visit"), sources.by_name(r, "Talk")
        assert SpanKind.HEADING in {span.kind for span in sources.spans(r, visit.id)}
        assert {span.value for span in sources.spans(r, talk.id)} == {"ORHA"}
    assert at_work.window.findChild(ImportReportDialog) is None, "all was seen before"
    again = asked(at_work, texts / "Guard.txt")
    assert again.preview.options.switches["join_broken"].isChecked(), "as for the last file of this format"
    again.reject()
    at_work.open("Visit")
    at_work.undo()
    assert at_work.reading.tabs.count() == 1, "the tabs of both are closed at once"
    assert at_work.words.startswith("The clinic")


def test_lines_that_seem_to_be_headings_are_offered_as_such(at_work: Study, tmp_path: Path) -> None:
    body = (
        "The register was kept by one woman, who read every name aloud twice a week, at the gate or by the tent. " * 2
    )
    (tmp_path / "Article.txt").write_text(f"The paper room\n\n{body}\n\nWho is called\n\n{body}\n", encoding="utf-8")
    dialog = asked(at_work, tmp_path / "Article.txt")
    switch = dialog.preview.options.switches["mark_headings"]
    assert not switch.isHidden()
    tick(at_work, switch)
    until_read(at_work, dialog)
    assert [span.value for span in dialog.preview.document.spans] == ["1", "2"]
    assert "“Who is called”" in dialog.preview.notes.text()
    assert dialog.title.placeholderText() == "The paper room"
    dialog.reject()


def test_the_same_file_is_left_out_unless_one_wants_it_twice(at_work: Study, texts: Path) -> None:
    bring_in(at_work, asked(at_work, texts / "Talk.txt"))
    (texts / "Talk (copy).txt").write_text(TALK, encoding="utf-8")
    (texts / "Note.txt").write_text("New.", encoding="utf-8")
    (texts / "Note 2.txt").write_text("New.", encoding="utf-8")
    dialog = asked(at_work, texts / "Note.txt", texts / "Note 2.txt", texts / "Talk (copy).txt")
    assert known(dialog) == ["", "The same as Note.txt", "There already, as “Talk”"]
    assert dialog.ok.text() == "Import 1 file"
    tick(at_work, dialog.skip)
    assert dialog.ok.text() == "Import 3 files"
    dialog.list.setFocus()
    dialog.list.selectAll()
    for ticked in (0, 3):
        at_work.bot.keyClick(dialog.list, Key.Key_Space)
        assert len(dialog.files.ticked()) == ticked
    dialog.list.setCurrentIndex(dialog.files.index(1, 0))
    at_work.bot.keyClick(dialog.list, Key.Key_Space)
    dialog.folder.setCurrentText("No>folder")
    dialog.bring_in()
    assert "without spaces" in dialog.said.text()
    dialog.folder.setCurrentText("")
    bring_in(at_work, dialog)
    assert at_work.source_names() == ["Note", "Register", "Second visit", "Talk", "Talk (copy)"]
    at_work.window.findChild(ImportReportDialog).done(0)


def test_choices_for_one_hold_for_all_files_of_its_kind(at_work: Study, tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"Talk {number}.txt").write_text(f"{TALK}\n\nORHA: {number}.\n", encoding="utf-8")
    dialog = asked(at_work, *sorted(tmp_path.glob("Talk *.txt")))
    tick(at_work, dialog.preview.options.switches["mark_speakers"])
    until_read(at_work, dialog)
    at_work.bot.mouseClick(dialog.for_all, LEFT)
    bring_in(at_work, dialog)
    with at_work.context.project.read() as r:
        talks = [source for source in sources.listing(r) if source.name.startswith("Talk")]
        spoke = {span.value for source in talks for span in sources.spans(r, source.id)}
    assert len(talks) == 6
    assert spoke == {"INT", "ORHA"}
    if report := at_work.window.findChild(ImportReportDialog):
        report.done(0)


def test_a_survey_becomes_a_source_for_each_respondent_with_variables(at_work: Study, tmp_path: Path) -> None:
    rows = "\n".join(f"P{n},{20 + n},The list decided who was called first in block {n}." for n in range(1, 5))
    (tmp_path / "Survey.csv").write_text(f"Who,Age,What changed?\n{rows}\n", encoding="utf-8")
    dialog = asked(at_work, tmp_path / "Survey.csv")
    survey = dialog.preview.options.survey
    tick(at_work, survey.apart)
    until_read(at_work, dialog)
    uses = [survey.model.index(row, Cell.USE).data(Qt.ItemDataRole.EditRole) for row in range(3)]
    assert uses == [Use.NAME, Use.VARIABLE, Use.TEXT]
    survey.model.setData(survey.model.index(1, Cell.USE), Use.OUT)
    until_read(at_work, dialog)
    assert [part.variables for part in dialog.preview.document.parts] == [(), (), (), ()]
    survey.model.setData(survey.model.index(1, Cell.USE), Use.VARIABLE)
    until_read(at_work, dialog)
    assert dialog.preview.document.parts[0].variables == (("Age", "21"),)
    assert "4 sources" in dialog.preview.said.text()
    bring_in(at_work, dialog)
    assert "block 3" in text_of(at_work, "Survey P3")


def test_a_source_is_read_again_with_other_choices_and_its_passages_follow(at_work: Study, texts: Path) -> None:
    bring_in(at_work, asked(at_work, texts / "Visit.txt"))
    assert "#" not in at_work.words
    at_work.trigger("source.read_again")
    dialog = at_work.window.findChild(ReadAgainDialog)
    until_read(at_work, dialog)
    options = dialog.preview.options
    options.read_as.setCurrentIndex(1)
    options.read_as.activated.emit(1)
    until_read(at_work, dialog)
    assert shown(dialog) == MARKS
    at_work.bot.mouseClick(dialog.ok, LEFT)
    at_work.until_idle()
    assert at_work.words == MARKS
    visit = at_work.source("Visit")
    last = "More."
    at_work.context.change(
        "highlight", lambda tx: passages.highlight(tx, visit, MARKS.rindex(last), len(MARKS.rstrip()))
    )
    at_work.bot.waitUntil(lambda: at_work.list.chosen()[0].passages == 1)
    at_work.trigger("source.read_again")
    again = at_work.window.findChildren(ReadAgainDialog)[-1]
    until_read(at_work, again)
    assert "This source has 1 passage." in again.about.text()
    again.preview.options.read_as.setCurrentIndex(2)
    again.preview.options.read_as.activated.emit(2)
    until_read(at_work, again)
    at_work.bot.mouseClick(again.ok, LEFT)
    at_work.bot.waitUntil(lambda: "#" not in at_work.words)
    at_work.until_idle()
    assert "1 passage follows the text." in at_work.status
    assert (last, []) in at_work.coded()


def test_an_empty_folder_is_said_to_be_one_and_closing_the_project_closes_the_dialog(
    at_work: Study, texts: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    at_work.window.take([tmp_path / "empty"])
    at_work.until_idle()
    assert at_work.window.findChild(ImportDialog) is None
    assert "no files" in at_work.status
    dialog = asked(at_work, texts / "Talk.txt")
    at_work.trigger("file.close")
    assert not dialog.isVisible()
    at_work.window.take([texts / "Talk.txt"])
    assert "Open a project first" in at_work.status
