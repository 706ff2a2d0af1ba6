"""A researcher mends a text in the window; the passages follow, and she sees before what will become of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from panels_kit import REGISTER, Study, study
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcode.project import revisions, sources
from qcode.text.canonical import canonical
from qcode.ui.dialogs.correction_preview import CorrectionPreview
from qcode.ui.dialogs.edit_source import EditSource
from qcode.ui.dialogs.revisions import Revisions
from qcode.ui.reader.typography import READING_FAMILIES
from qcode.ui.widgets.text_editor import TextEditor

T = TypeVar("T")
Key, Control, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HARD = ["\u00a0", "\ufeff", "\u200b", "\u0085", "\x0b", "\x0c", "\x1c", "\ufffc", "😀", "e\u0301", "\t", "\n", "\u202e"]
texts = st.lists(st.sampled_from(HARD) | st.text(max_size=4), max_size=30).map(
    lambda some: canonical("".join(some)).text
)


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        for quote in ("Ms Orha", "moved twice", "the paper room"):
            made.apply(quote, "Expert")
        made.open()
        yield made


def opened(kind: type[T], bot: QtBot) -> T:
    def found() -> list[T]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    bot.waitUntil(lambda: bool(found()))
    there = found()[-1]
    there.activateWindow()  # type: ignore[attr-defined]
    bot.waitUntil(there.isActiveWindow)  # type: ignore[attr-defined]
    return there


def editing(at_work: Study) -> EditSource:
    at_work.bot.keyClick(at_work.frame.window, Key.Key_X, Control | Shift)
    return opened(EditSource, at_work.bot)


def shot(widget: object, name: str) -> None:
    if folder := os.environ.get("QCODE_SHOTS"):
        widget.grab().save(f"{folder}/{name}.png")  # type: ignore[attr-defined]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
def test_every_text_comes_back_from_the_field_as_it_went_in(qtbot: QtBot, text: str) -> None:
    editor = TextEditor(text)
    assert editor.words() == text
    editor.deleteLater()


def test_a_mended_word_and_a_name_replaced_everywhere_cost_no_passage(at_work: Study) -> None:
    dialog = editing(at_work)
    assert "3 passages" in dialog.said.text()
    assert dialog.editor.font().families()[0] == READING_FAMILIES[0], "in the letters in which one reads"
    dialog.editor.select(*(REGISTER.index("twice"),) * 2)
    at_work.bot.keyClicks(dialog.editor, "house ")
    at_work.bot.keyClick(dialog, Key.Key_H, Control)
    assert dialog.replace_bar.isVisible()
    at_work.bot.keyClicks(dialog.replace_bar.field, "Ms Orha")
    assert dialog.replace_bar.count.text() == "1 found"
    at_work.bot.keyClicks(dialog.replace_bar.by, "the registrar")
    at_work.bot.mouseClick(dialog.replace_bar.all, Qt.MouseButton.LeftButton)
    shot(dialog, "edit-light")
    at_work.bot.keyClick(dialog, Key.Key_D, Control)
    at_work.bot.waitUntil(lambda: "changes" in dialog.said.text())
    assert "moved house twice" in dialog.changes.toPlainText()
    shot(dialog, "compare-light")
    at_work.bot.keyClick(dialog, Key.Key_Return, Control)
    preview = opened(CorrectionPreview, at_work.bot)
    assert preview.summary.text() == "Of 3 passages: 3 kept, 0 moved, 0 for review."
    shot(preview, "preview-light")
    at_work.bot.keyClick(preview, Key.Key_Return)
    at_work.bot.waitUntil(lambda: "moved house twice" in at_work.words)
    assert [quote for quote, _ in at_work.coded()] == ["moved house twice", "the registrar", "the paper room"]
    at_work.frame.until_idle()
    assert "3 passages follow" in at_work.status
    at_work.trigger("edit.undo")
    at_work.bot.waitUntil(lambda: at_work.words == REGISTER)
    assert [quote for quote, _ in at_work.coded()] == ["moved twice", "Ms Orha", "the paper room"]


def test_a_text_is_edited_in_the_letters_in_which_it_is_read(at_work: Study) -> None:
    at_work.context.use_zoom(150)
    dialog = editing(at_work)
    look = at_work.context.look.reading()
    assert dialog.editor.font().families() == list(look.families)
    assert dialog.editor.font().pointSizeF() == look.points * 1.5
    dialog.reject()


def test_quitting_does_not_lose_what_was_edited(at_work: Study) -> None:
    dialog = editing(at_work)
    dialog.editor.insertPlainText("An hour of corrections. ")
    at_work.answers.yes = False
    at_work.frame.trigger("file.quit")
    assert dialog.isVisible()
    assert at_work.window.isVisible()
    assert at_work.context.project is not None
    at_work.answers.yes = True
    dialog.reject()
    assert not dialog.isVisible()


def test_a_correction_that_touches_no_passage_is_told_in_a_small_dialog(at_work: Study) -> None:
    dialog = editing(at_work)
    dialog.editor.replace_all([(0, 3, "Our")])
    at_work.bot.keyClick(dialog, Key.Key_Return, Control)
    preview = opened(CorrectionPreview, at_work.bot)
    assert not preview.words.isVisible()
    assert preview.height() < 200
    preview.resize(680, 480)
    QCoreApplication.sendPostedEvents()
    said = preview.summary.parentWidget().layout().itemAt(1).widget()
    assert said.y() - preview.summary.geometry().bottom() < 20, "the sentences do not drift apart"
    preview.reject()
    dialog.done(0)


def test_what_was_replaced_and_taken_back_is_not_known_any_more(at_work: Study) -> None:
    dialog = editing(at_work)
    dialog.editor.replace_all([(0, 3, "Our")])
    assert len(dialog.editor.replaced()) == 1
    at_work.bot.keyClick(dialog.editor, Key.Key_Z, Control)
    assert dialog.editor.words() == REGISTER
    assert dialog.editor.replaced() == []
    at_work.bot.keyClicks(dialog.editor, "x")
    assert dialog.editor.replaced() == []
    at_work.answers.yes = False
    at_work.bot.keyClick(dialog, Key.Key_Escape)
    assert dialog.isVisible()
    at_work.answers.yes = True
    at_work.bot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert "What you changed here is lost." in at_work.answers.asked[-1]
    assert at_work.words == REGISTER


def test_what_goes_wrong_is_said_where_one_looks(at_work: Study, tmp_path: Path) -> None:
    dialog = editing(at_work)
    at_work.answers.path = tmp_path / "none.txt"
    dialog.ask_for_file()
    at_work.bot.waitUntil(lambda: "none.txt" in dialog.said.text())
    at_work.frame.until_idle()
    at_work.bot.keyClick(dialog.editor, Key.Key_A, Control)
    at_work.bot.keyClick(dialog.editor, Key.Key_Delete)
    at_work.bot.keyClick(dialog, Key.Key_Return, Control)
    at_work.bot.waitUntil(lambda: "The new text is empty." in dialog.said.text())
    at_work.frame.until_idle()
    assert dialog.isVisible()
    at_work.bot.keyClick(dialog.editor, Key.Key_Z, Control)
    dialog.reject()


def test_a_newer_file_takes_the_place_and_the_earlier_text_is_brought_back(at_work: Study, tmp_path: Path) -> None:
    (tmp_path / "newer.md").write_text("# The register\n\n" + REGISTER.replace("moved twice", "never moved"))
    at_work.answers.path = tmp_path / "newer.md"
    at_work.trigger("source.replace")
    preview = opened(CorrectionPreview, at_work.bot)
    assert preview.summary.text() == "Of 3 passages: 2 kept, 0 moved, 1 for review."
    assert "Waits for review" in preview.words.toPlainText()
    shot(preview, "preview-review-light")
    preview.accept()
    at_work.bot.waitUntil(lambda: at_work.words.startswith("The register\n"))
    at_work.frame.until_idle()
    with at_work.context.project.read() as r:
        source = at_work.source("Register")
        assert sources.get(r, source).original_name == "newer.md"
        assert [span.kind.value for span in sources.spans(r, source)] == ["heading"]
    at_work.trigger("source.revisions")
    earlier = opened(Revisions, at_work.bot)
    at_work.bot.waitUntil(earlier.restore.isEnabled)
    assert "moved twice" in earlier.changes.toPlainText()
    shot(earlier, "revisions-light")
    at_work.bot.mouseClick(earlier.restore, Qt.MouseButton.LeftButton)
    opened(CorrectionPreview, at_work.bot).accept()
    at_work.bot.waitUntil(lambda: at_work.words == REGISTER)
    at_work.frame.until_idle()
    assert [quote for quote, _ in at_work.coded()] == ["moved twice", "Ms Orha", "the paper room"]
    with at_work.context.project.read() as r:
        assert [one.number for one in revisions.listing(r, source)] == [1, 2]


def test_a_text_that_stays_the_same_is_no_change(at_work: Study) -> None:
    dialog = editing(at_work)
    with at_work.bot.waitSignal(dialog.finished):
        dialog.finish()
    at_work.frame.until_idle()
    assert "nothing to correct" in at_work.status
