"""A researcher says what of a source is not data, brings in pasted words, and takes an original file out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from qcode.project import Change, sources, spans
from qcode.readers import Document
from qcode.text.span import Span, SpanKind
from qcode.ui.dialogs.parts import PartsDialog
from qcode.ui.dialogs.pasted import PastedDialog
from qcode.ui.dialogs.speakers import SpeakersDialog
from qcode.ui.originals import file_name

TALK = "INT: Who kept it?\n\nORHA: I did.\n\nNotes\n\nRecorded in May."


def fill_talk(tx: Change) -> None:
    turns = [
        Span(TALK.index(words), TALK.index(words) + len(words), SpanKind.SPEAKER, words[: words.index(":")])
        for words in ("INT: Who kept it?", "ORHA: I did.")
    ]
    document = Document(TALK, tuple(turns), "", "text/vtt", "utf-8", False)
    sources.add(tx, document, name="Register", original=b"\xff\x00 as it came", original_name="../Talk: 1.vtt")


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path, fill=fill_talk) as made:
        made.open()
        yield made


def not_data(at_work: Study) -> list[str]:
    with at_work.context.project.read() as r:
        return [TALK[start:end] for start, end in spans.not_data(r, at_work.source("Register"))]


def test_selected_words_are_marked_by_a_key_and_come_back(at_work: Study) -> None:
    at_work.drag("Who kept")
    at_work.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert not_data(at_work) == ["Who kept"]
    assert "not data" in at_work.status
    assert at_work.view.not_data_at(7) == (5, 13)
    at_work.view.set_selection(9, 9)
    at_work.trigger("source.data")
    assert not_data(at_work) == []
    at_work.undo()
    assert not_data(at_work) == ["Who kept"]
    assert at_work.view.not_data_at(7) == (5, 13), "the text follows undo"
    at_work.undo()
    at_work.view.set_selection(9, 9)
    at_work.trigger("source.not_data")
    assert not_data(at_work) == ["INT: Who kept it?"], "without a selection it is the paragraph"


def test_parts_are_left_out_at_one_go_and_the_original_file_stays_as_it_came(at_work: Study, tmp_path: Path) -> None:
    at_work.trigger("source.parts")
    at_work.until_idle()
    dialog = at_work.window.findChild(PartsDialog)
    at_work.bot.waitExposed(dialog)
    rows = [item.data(Qt.ItemDataRole.AccessibleTextRole) for item in dialog._items()]
    assert rows == ["INT, 1 turn, 4 words", "ORHA, 1 turn, 3 words", "Notes, 4 words"]
    at_work.bot.keyClick(dialog.tree, Qt.Key.Key_Space)
    dialog.tick("Notes")
    at_work.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert not_data(at_work) == ["INT: Who kept it?", "Notes\n\nRecorded in May."]
    at_work.trigger("source.parts")
    at_work.until_idle()
    again = at_work.window.findChildren(PartsDialog)[-1]
    assert [part.name for part in again.ticked()] == ["INT", "Notes"]
    again.tick("INT", on=False)
    again.save()
    assert not_data(at_work) == ["Notes\n\nRecorded in May."]
    at_work.undo()
    at_work.undo()
    assert not_data(at_work) == []
    at_work.answers.path = tmp_path / "out.vtt"
    at_work.trigger("source.export")
    at_work.until_idle()
    assert (tmp_path / "out.vtt").read_bytes() == b"\xff\x00 as it came"


def test_any_words_make_a_file_name_that_stays_in_its_folder() -> None:
    assert file_name("../Talk: 1.vtt") == "_Talk_ 1.vtt"
    assert file_name("..") == "source"
    assert file_name("a" * 400 + ".docx") == "a" * 120 + ".docx"


def test_who_speaks_is_said_for_a_source_that_is_coded_already(at_work: Study) -> None:
    at_work.drag("Who kept")
    at_work.press(Qt.Key.Key_H)
    at_work.trigger("source.speakers")
    at_work.until_idle()
    dialog = at_work.window.findChild(SpeakersDialog)
    assert dialog.list.ticked() == ("INT", "ORHA")
    at_work.bot.keyClick(dialog.list, Qt.Key.Key_Space)
    at_work.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    with at_work.context.project.read() as r:
        found = sources.spans(r, at_work.source("Register"))
    assert [span.value for span in found if span.kind is SpanKind.SPEAKER] == ["ORHA"]
    assert at_work.coded() == [("Who kept", [])]
    at_work.undo()
    with at_work.context.project.read() as r:
        assert len(sources.spans(r, at_work.source("Register"))) == 2


def test_pasted_words_become_a_source_as_they_are(at_work: Study) -> None:
    QGuiApplication.clipboard().setText("# A page\r\n\r\nWith a\u00a0space & more, *twice*.\r\n\r\n## Below\r\n")
    at_work.trigger("file.paste")
    dialog = at_work.window.findChild(PastedDialog)
    assert dialog.name.text() == "A page"
    assert dialog.markdown.isChecked()
    dialog.name.setText("Register")
    at_work.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    at_work.until_idle()
    assert "already" in dialog.problem.text()
    dialog.name.setText("Found page")
    dialog.cite_as.setText("Page, 2020")
    at_work.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    at_work.until_idle()
    assert at_work.words == "A page\n\nWith a\u00a0space & more, twice.\n\nBelow"
    at_work.undo()
    assert at_work.source_names() == ["Register"]
    QGuiApplication.clipboard().setText("")
    at_work.trigger("file.paste")
    empty = at_work.window.findChildren(PastedDialog)[-1]
    assert not empty.ok.isEnabled()
    empty.text.setPlainText("  \n ")
    empty.save()
    at_work.until_idle()
    assert empty.problem.text()
    empty.reject()
