"""A researcher sees what would be coded, takes off what does not fit, and codes the rest in one go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, fill_study, study
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from qcode.progress import Cancelled
from qcode.project import Change, autocode, sources
from qcode.readers import read
from qcode.ui import jobs
from qcode.ui.dialogs.auto_code import AutoCode
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.models.proposals import ALREADY
from qcode.ui.panels.search import SearchPanel

SURVEY = b"# Rosa\n\n**Why here?** The lake, and the paper room.\n\n# Mira\n\n**Why here?** The quiet.\n"


def fill_survey(tx: Change) -> None:
    """Put in the study, and answers below headings and bold questions."""
    fill_study(tx)
    sources.add(tx, read(SURVEY, "Survey.md"), name="Survey", original=SURVEY, original_name="Survey.md")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path, fill=fill_survey) as made:
        made.open()
        yield made


def dialog(desk: Study) -> AutoCode:
    found = desk.frame.window.findChildren(AutoCode)
    assert found, "no dialog is up"
    desk.bot.waitUntil(lambda: not found[-1]._latest.busy and not found[-1].bar._pause.isActive())
    return found[-1]


def proposed(shown: AutoCode) -> list[str]:
    return [shown.rows.index(row).data() for row in range(shown.rows.rowCount())]


def choose_code(desk: Study, shown: AutoCode, name: str) -> None:
    desk.bot.mouseClick(shown.add_code, Qt.MouseButton.LeftButton)
    palette = shown.findChildren(CodePalette)[-1]
    desk.bot.keyClicks(palette.field, name)
    desk.bot.keyClick(palette.field, Qt.Key.Key_Return)


def code(desk: Study, shown: AutoCode) -> None:
    button: QPushButton = shown.ok
    desk.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.frame.until_idle()


def test_what_was_found_is_looked_at_ticked_coded_and_undone(desk: Study) -> None:
    desk.apply("Ms Orha keeps the register.", "Expert")
    desk.frame.trigger("edit.find_all")
    panel: SearchPanel = desk.frame.window.panels["search"]
    desk.bot.keyClicks(panel.bar.field, "register | tent | asks")
    desk.bot.waitUntil(panel.code.isEnabled)
    desk.bot.mouseClick(panel.code, Qt.MouseButton.LeftButton)
    shown = dialog(desk)
    assert proposed(shown) == ["register", "asks", "tent"]
    shown.unit.setCurrentIndex(1)  # the sentence around them
    shown = dialog(desk)
    third = "They came to call the tent the paper room."
    second = "When the district wants figures, it asks her, because hers have always been right."
    assert proposed(shown) == ["Ms Orha keeps the register.", second, third]
    assert not shown.ok.isEnabled()
    assert shown.said.text() == "3 passages in 1 source. Choose with which code."
    choose_code(desk, shown, "Expert")
    assert shown.said.text() == "3 passages in 1 source; 1 is coded so already."
    assert shown.ok.text() == "Code 2 passages"
    first = shown.rows.index(0)
    assert ALREADY in first.data(Qt.ItemDataRole.AccessibleTextRole)

    row = shown.list.visualRect(shown.rows.index(2))
    desk.bot.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert shown.ok.text() == "Code 1 passage"
    shown.list.setCurrentIndex(shown.rows.index(1))
    desk.bot.keyClick(shown.list, Qt.Key.Key_Space)
    assert not shown.ok.isEnabled()
    desk.bot.keyClick(shown.list, Qt.Key.Key_Space)
    before = desk.coded()
    code(desk, shown)
    assert desk.coded() == [("Ms Orha keeps the register.", ["Expert"]), (second, ["Expert"])]
    assert desk.frame.status == "Applied Expert to 1 passage. 1 passage was coded so already."
    desk.until_count("Expert", 2)
    assert desk.frame.actions["edit.undo"].text() == "&Undo auto-code Expert"
    desk.undo()
    assert desk.coded() == before


def test_questions_are_coded_by_their_name_with_a_new_code(desk: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.frame.trigger("code.auto")
    shown = dialog(desk)
    assert shown.empty.words.text() == "Type words to see what would be coded."
    shown.what.setCurrentIndex(3)
    shown = dialog(desk)
    names = [shown.labels.model.item(row).text() for row in range(shown.labels.model.rowCount())]
    assert names == ["Why here?"]
    box = shown.labels.tree.visualRect(shown.labels.tree.model().index(0, 1))
    desk.bot.mouseClick(shown.labels.tree.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert proposed(shown) == ["Why here? The lake, and the paper room.", "Why here? The quiet."]
    choose_code(desk, shown, "Reasons to stay")
    code(desk, shown)
    assert desk.coded() == [
        ("Why here? The lake, and the paper room.", ["Reasons to stay"]),
        ("Why here? The quiet.", ["Reasons to stay"]),
    ]
    monkeypatch.setattr(jobs, "MANY", 3)  # as with thousands: a thread takes them back
    desk.undo()
    desk.frame.until_idle()
    assert desk.frame.status == "Undone: auto-code Reasons to stay"
    assert desk.coded() == []
    assert "Reasons to stay" not in desk.code_names()

    desk.frame.trigger("code.auto")
    shown = dialog(desk)
    shown.what.setCurrentIndex(1)
    shown = dialog(desk)
    assert shown.empty.words.text() == "Tick headings to see what would be coded."
    shown.labels.filter.setText("mir")
    desk.bot.waitUntil(lambda: shown.labels.tree.model().rowCount() == 1)
    shown.labels.tree.setCurrentIndex(shown.labels.tree.model().index(0, 0))
    desk.bot.keyClick(shown.labels.tree, Qt.Key.Key_Space)
    assert proposed(shown) == ["Why here? The quiet."]
    shown.what.setCurrentIndex(2)
    shown = dialog(desk)
    assert shown.empty.words.text() == "No speakers are known."
    desk.bot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()

    # cancelled coding leaves nothing, and the dialog stays
    desk.frame.trigger("code.auto")
    shown = dialog(desk)
    shown.bar.field.setText("the")
    shown = dialog(desk)
    choose_code(desk, shown, "Moral")
    assert shown.ok.isEnabled()
    real = autocode.code

    def stopped(*given: object) -> object:
        real(*given[:3])  # type: ignore[arg-type]
        raise Cancelled

    monkeypatch.setattr(autocode, "code", stopped)
    code(desk, shown)
    assert desk.coded() == []
    assert shown.isVisible()
    assert desk.frame.status == "Cancelled; nothing was changed."
    shown.bar.is_regex.setChecked(True)
    shown.bar.field.setText("the(")
    shown = dialog(desk)
    assert shown.bar.problem.isVisible()
    assert not shown.ok.isEnabled()
    shown.reject()
