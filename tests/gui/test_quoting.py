"""Quotes leave with where they stand, in the form chosen once, and with the translation kept with the passage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from qcode.project import passages
from qcode.ui import quoting
from qcode.ui.dialogs.quote_form import OWN, QuoteForm

WORDS = "Ms Orha keeps the register."
Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        yield made


def pasted() -> tuple[str, str]:
    data = QGuiApplication.clipboard().mimeData()
    return data.text(), data.html()


def test_a_form_is_chosen_once_and_used_wherever_passages_are_copied(
    at_work: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work.apply(WORDS, "Moral")
    at_work.open()
    at_work.press(Qt.Key.Key_J)
    at_work.trigger("edit.quote_form")
    dialog = at_work.window.findChild(QuoteForm)
    assert WORDS in dialog.shown.text(), "shown on the passage that is selected"
    dialog.preset.setFocus()
    at_work.bot.keyClicks(dialog.preset, "Ref")
    assert dialog.shown.text() == f"Register, ¶2:\n“{WORDS}”"
    dialog.form.setFocus()
    dialog.form.selectAll()
    at_work.bot.keyClicks(dialog.form, "{quote")
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
    assert dialog.problem.isVisible() and dialog.preset.currentText() == OWN
    at_work.bot.keyClicks(dialog.form, "} [/ {speaker} ]/ {cite} <{paragraph}>")
    at_work.bot.mouseClick(dialog.buttons.button(dialog.buttons.StandardButton.Ok), Qt.MouseButton.LeftButton)
    form, rich = f"{WORDS} / Register <2>", f"{WORDS} / Register &lt;2&gt;"
    at_work.press(Qt.Key.Key_C, Ctrl | Shift)
    assert pasted()[0] == form and rich in pasted()[1]
    start = at_work.words.index(WORDS)
    at_work.view.set_selection(start, start + len(WORDS))
    at_work.press(Qt.Key.Key_C, Ctrl)
    assert pasted()[0] == WORDS and rich in pasted()[1], "plain stays plain"
    at_work.trigger("view.evidence")
    at_work.choose("Moral")
    panel = at_work.window.panels["evidence"]
    at_work.bot.waitUntil(lambda: panel.rows.total == 1)
    at_work.bot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    assert pasted()[0] == form and rich in pasted()[1]
    assert at_work.status == "Copied 1 passage with its reference."
    monkeypatch.setattr(quoting, "AT_ONCE", 0)  # as if there were thousands
    QGuiApplication.clipboard().clear()
    at_work.bot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    at_work.until_idle()
    assert pasted()[0] == form and rich in pasted()[1]


def test_a_translation_is_kept_with_a_passage_copied_along_found_and_undone(at_work: Study) -> None:
    at_work.apply(WORDS, "Moral")
    at_work.open()
    at_work.press(Qt.Key.Key_J)
    at_work.trigger("view.details")
    page = at_work.window.panels["details"].passage
    at_work.bot.waitUntil(page.translate.isVisible)
    assert not page.translation.isVisible()
    at_work.bot.mouseClick(page.translate, Qt.MouseButton.LeftButton)
    at_work.bot.waitUntil(page.translation.field.hasFocus)
    at_work.bot.keyClicks(page.translation.field, "Sie pflegt das Register.")
    at_work.bot.keyClick(page.translation.field, Qt.Key.Key_Tab)
    at_work.bot.keyClicks(page.translator.field, "Rosa")
    at_work.bot.keyClick(page.translator.field, Qt.Key.Key_Return)
    with at_work.context.project.read() as r:
        (kept,) = passages.listing(r)
    assert (kept.translation, kept.translator) == ("Sie pflegt das Register.", "Rosa")
    at_work.bot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    assert pasted()[0] == f"“{WORDS}” (Register, ¶2)\n“Sie pflegt das Register.” (transl. Rosa)"
    at_work.context.change("uncode", lambda tx: passages.uncode(tx, [kept.codings[0].id]))
    assert at_work.coded() == [(WORDS, [])], "a passage with a translation has something to stay for"
    for expected in (("Sie pflegt das Register.", "Rosa"), ("Sie pflegt das Register.", ""), ("", "")):
        at_work.undo()
        with at_work.context.project.read() as r:
            (kept,) = passages.listing(r)
        assert (kept.translation, kept.translator) == expected
    at_work.bot.waitUntil(page.translate.isVisible)
