"""A file that came in wrongly is read again from the report: in another encoding, or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qcode.project import passages, sources
from qcode.text.span import SpanKind
from qcode.ui.dialogs.encoding import EncodingDialog
from qcode.ui.dialogs.import_report import MARKED, ImportReportDialog

POLISH = "Zażółć gęślą jaźń, powiedziała strażniczka i wpuściła nas.\n"
MARKS = "# Second visit\n\nThe guard **let us in** because of *the list*.\n"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        yield made


def import_files(at_work: Study, *paths: Path) -> ImportReportDialog:
    at_work.list.import_paths(paths)
    at_work.until_idle()
    report = at_work.window.findChild(ImportReportDialog)
    assert report is not None
    return report


def wrongly(tmp_path: Path) -> Path:
    """A file that is taken for one of Central Europe while it says it was written by another machine."""
    path = tmp_path / "Guard.txt"
    path.write_bytes(POLISH.encode("cp1250"))
    return path


def choose(at_work: Study, report: ImportReportDialog, codec: str) -> EncodingDialog:
    at_work.bot.mouseClick(report.again.encoding, LEFT)
    dialog = report.findChild(EncodingDialog)
    dialog.choose(codec)
    return dialog


def test_a_guessed_encoding_is_overruled_by_the_lines_it_would_give(at_work: Study, tmp_path: Path) -> None:
    report = import_files(at_work, wrongly(tmp_path))
    assert "choose another" in report.notes.toPlainText()
    assert not report.again.markdown.isVisible()
    assert at_work.words == POLISH
    dialog = choose(at_work, report, "iso8859_2")
    assert "Zażółć" in dialog.preview.toPlainText()
    assert "gęślą" not in dialog.preview.toPlainText(), "nearly right is not right"
    dialog.choose("utf-8")
    assert "does not fit" in dialog.preview.toPlainText()
    assert not dialog.ok.isEnabled()
    dialog.choose("cp1252")
    assert "Za¿ó³æ" in dialog.preview.toPlainText()
    at_work.bot.mouseClick(dialog.ok, LEFT)
    at_work.until_idle()
    assert "Za¿ó³æ" in at_work.words
    assert at_work.source_names() == ["Guard", "Register", "Second visit"], "in its place, and under its name"
    assert "Read again in cp1252" in report.notes.toPlainText()
    report.done(0)
    at_work.undo()
    with at_work.context.project.read() as r:
        assert sources.text(r, sources.by_name(r, "Guard").id) == POLISH, "one step of undo"


def test_the_encoding_can_be_chosen_again_until_it_is_right(at_work: Study, tmp_path: Path) -> None:
    report = import_files(at_work, wrongly(tmp_path))
    for codec in ("cp1252", "cp1250"):
        dialog = choose(at_work, report, codec)
        dialog.accept()
        at_work.until_idle()
        at_work.bot.waitUntil(lambda: report.findChild(EncodingDialog) is None)
    assert at_work.words == POLISH
    report.done(0)


def test_a_source_with_passages_stays_as_it_is(at_work: Study, tmp_path: Path) -> None:
    report = import_files(at_work, wrongly(tmp_path))
    guard = at_work.source("Guard")
    at_work.context.change("highlight", lambda tx: passages.highlight(tx, guard, 0, 5))
    choose(at_work, report, "cp1252").accept()
    at_work.until_idle()
    assert "has passages" in report.notes.toPlainText()
    assert at_work.words == POLISH
    report.done(0)


def test_markdown_in_a_text_file_is_offered_to_be_read_as_such(at_work: Study, tmp_path: Path) -> None:
    visit, plain = tmp_path / "Visit.txt", tmp_path / "Plain.txt"
    visit.write_text(MARKS, encoding="utf-8")
    plain.write_text("Only words.\n", encoding="utf-8")
    report = import_files(at_work, plain, visit)
    assert MARKED in report.notes.toPlainText()
    assert not report.again.encoding.isVisible()
    at_work.bot.mouseClick(report.again.markdown, LEFT)
    at_work.until_idle()
    assert at_work.words == "Second visit\n\nThe guard let us in because of the list.\n".rstrip("\n")
    with at_work.context.project.read() as r:
        read = sources.by_name(r, "Visit")
        assert [span.kind for span in sources.spans(r, read.id)] == [SpanKind.HEADING, SpanKind.BOLD, SpanKind.ITALIC]
    assert (read.title, read.original_name) == ("Second visit", "Visit.txt")
    assert not report.again.markdown.isEnabled(), "no marks are left"
    report.done(0)


def test_of_several_files_one_is_chosen(at_work: Study, tmp_path: Path) -> None:
    visit = tmp_path / "Visit.txt"
    visit.write_text(MARKS, encoding="utf-8")
    report = import_files(at_work, wrongly(tmp_path), visit)
    again = report.again
    assert [again.which.itemText(at) for at in range(again.which.count())] == ["Guard", "Visit"]
    assert (again.encoding.isEnabled(), again.markdown.isEnabled()) == (True, False)
    again.which.setCurrentIndex(1)
    assert (again.encoding.isEnabled(), again.markdown.isEnabled()) == (False, True)
    report.done(0)
