"""The variables of all sources are filled in like a spreadsheet: typed, pasted, sorted, retyped, in and out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from qcode.exchange.pasting import block_of, text_of
from qcode.project import Change, sources, variables
from qcode.readers import read
from qcode.ui.dialogs.variable_form import VariableForm
from qcode.ui.dialogs.variables import VariablesWindow

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


def fill_talks(tx: Change) -> None:
    """Put in three talks, and two variables with a few values."""
    ids = [
        sources.add(tx, read(b"Words.", "a.txt"), name=name, original=b"Words.", original_name="a.txt")
        for name in ("Talk 1", "Talk 2", "Talk 10")
    ]
    age, place = variables.add(tx, "Age", kind="number"), variables.add(tx, "Place")
    variables.set_values(tx, [(ids[0], age, "41"), (ids[1], age, "9"), (ids[0], place, "Lomé")])


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path, fill=fill_talks) as made:
        made.trigger("source.variables")
        table(made).activateWindow()
        qtbot.waitUntil(table(made).isActiveWindow)
        yield made


def table(at_work: Study) -> VariablesWindow:
    return at_work.window.findChild(VariablesWindow)


def values(at_work: Study) -> list[list[str]]:
    model = table(at_work).model
    return [
        [model.source(row).name, *(model.value(row, column) for column in range(model.columnCount()))]
        for row in range(model.rowCount())
    ]


def until(at_work: Study, *rows: list[str]) -> None:
    at_work.bot.waitUntil(lambda: values(at_work) == list(rows))


def choose(at_work: Study, top: int, left: int, bottom: int | None = None, right: int | None = None) -> None:
    grid = table(at_work).grid
    first = grid.model().index(top, left)
    last = grid.model().index(top if bottom is None else bottom, left if right is None else right)
    grid.setFocus()
    grid.setCurrentIndex(first)
    grid.selectionModel().select(QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)


def type_in(at_work: Study, words: str) -> None:
    grid = table(at_work).grid
    at_work.bot.keyClick(grid, words[0])
    field = next(one for one in grid.findChildren(QLineEdit) if one.isVisible())
    at_work.bot.keyClicks(field, words[1:])
    at_work.bot.keyClick(field, Key.Key_Return)


def test_values_are_typed_over_sorted_by_kind_and_narrowed(at_work: Study) -> None:
    choose(at_work, 0, 0)
    type_in(at_work, "42")
    until(at_work, ["Talk 1", "42", "Lomé"], ["Talk 2", "9", ""], ["Talk 10", "", ""])
    assert at_work.context.project.undoable().label == "set Age"
    type_in(at_work, "old")
    at_work.bot.waitUntil(lambda: "“old” is no number" in table(at_work).said.text())
    assert values(at_work)[1] == ["Talk 2", "9", ""]
    choose(at_work, 0, 1)
    at_work.bot.keyClick(table(at_work).grid, Key.Key_Delete)
    until(at_work, ["Talk 1", "42", ""], ["Talk 2", "9", ""], ["Talk 10", "", ""])
    at_work.bot.waitUntil(at_work.actions["edit.undo"].isEnabled)
    at_work.bot.keyClick(table(at_work), Key.Key_Z, Ctrl)
    until(at_work, ["Talk 1", "42", "Lomé"], ["Talk 2", "9", ""], ["Talk 10", "", ""])
    window = table(at_work)
    header = window.grid.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(0) + 12, 8)
    for expected in (["Talk 2", "Talk 1", "Talk 10"], ["Talk 1", "Talk 2", "Talk 10"], ["Talk 1", "Talk 2", "Talk 10"]):
        at_work.bot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert [row[0] for row in values(at_work)] == expected, "numbers by size, the empty last, then as before"
    at_work.bot.keyClicks(window.filter, "lom")
    assert [row[0] for row in values(at_work)] == ["Talk 1"]
    at_work.bot.keyClicks(window.filter, "zz")
    assert window.empty.isVisible()


def test_blocks_come_from_and_go_to_a_spreadsheet(at_work: Study) -> None:
    grid = table(at_work).grid
    QGuiApplication.clipboard().setText('50\t"two\nlines"\n3,5\t<b>&\n1\tx\n')
    choose(at_work, 1, 0)
    at_work.bot.keyClick(grid, Key.Key_V, Ctrl)
    until(at_work, ["Talk 1", "41", "Lomé"], ["Talk 2", "50", "two\nlines"], ["Talk 10", "3.5", "<b>&"])
    assert "2 cells had no room" in table(at_work).said.text()
    assert at_work.context.project.undoable().label == "paste 4 values"
    choose(at_work, 0, 0, 2, 1)
    at_work.bot.keyClick(grid, Key.Key_C, Ctrl)
    assert block_of(QGuiApplication.clipboard().text()) == [["41", "Lomé"], ["50", "two\nlines"], ["3.5", "<b>&"]]
    grid.copy(with_names=True)
    assert QGuiApplication.clipboard().text().startswith("source\tAge\tPlace\nTalk 1\t41\tLomé\n")
    QGuiApplication.clipboard().setText("7")
    choose(at_work, 0, 0, 2, 0)
    at_work.bot.keyClick(grid, Key.Key_V, Ctrl)
    at_work.bot.waitUntil(lambda: [row[1] for row in values(at_work)] == ["7", "7", "7"])
    QGuiApplication.clipboard().setText("8\nnine")
    at_work.bot.keyClick(grid, Key.Key_V, Ctrl)
    assert "“nine” is no number" in table(at_work).said.text()
    assert [row[1] for row in values(at_work)] == ["7", "7", "7"], "all or nothing"
    assert block_of(text_of([['a"b', "", " c"], ["\t", "\n", "=1"]])) == [['a"b', "", " c"], ["\t", "\n", "=1"]]


def test_variables_are_made_retyped_moved_and_removed(at_work: Study) -> None:
    window = table(at_work)
    at_work.bot.mouseClick(window.add, Qt.MouseButton.LeftButton)
    form = window.findChild(VariableForm)
    at_work.bot.keyClicks(form.name, "Age")
    form.kind.setCurrentText("yes/no")
    form.save()
    assert "already" in form.problem.text()
    at_work.bot.keyClicks(form.name, " asked")
    at_work.bot.keyClick(form.name, Key.Key_Return)
    at_work.bot.waitUntil(lambda: window.model.columnCount() == 3)
    choose(at_work, 2, 2)
    at_work.bot.keyClick(window.grid, Key.Key_F2)
    choice = window.grid.findChild(QComboBox)
    at_work.bot.keyClicks(choice, "y")
    at_work.bot.keyClick(choice, Key.Key_Return)
    until(at_work, ["Talk 1", "41", "Lomé", ""], ["Talk 2", "9", "", ""], ["Talk 10", "", "", "yes"])
    window.move_variable(2, -1)
    until(at_work, ["Talk 1", "41", "", "Lomé"], ["Talk 2", "9", "", ""], ["Talk 10", "", "yes", ""])
    window.activateWindow()
    at_work.bot.waitUntil(window.isActiveWindow)
    choose(at_work, 0, 2)
    at_work.bot.keyClick(window, Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    form = [one for one in window.findChildren(VariableForm) if one.isVisible()][-1]
    form.kind.setCurrentText("date")
    form.save()
    assert "holds “Lomé”" in form.problem.text(), "a kind that does not fit is refused with what is in the way"
    form.reject()
    window.remove_variable(2)
    assert "With it goes 1 value." in at_work.answers.asked[-1]
    at_work.bot.waitUntil(lambda: window.model.columnCount() == 2)
    at_work.undo()
    until(at_work, ["Talk 1", "41", "", "Lomé"], ["Talk 2", "9", "", ""], ["Talk 10", "", "yes", ""])


def test_a_table_comes_in_with_a_report_goes_out_and_closes_with_the_project(at_work: Study, tmp_path: Path) -> None:
    window = table(at_work)
    at_work.answers.path = tmp_path / "in.csv"
    at_work.answers.path.write_text("source;Age;Round\nTalk 10;30;1\nNobody;1;1\n")
    at_work.bot.mouseClick(window.bring_in, Qt.MouseButton.LeftButton)
    at_work.until_idle()
    until(at_work, ["Talk 1", "41", "Lomé", ""], ["Talk 2", "9", "", ""], ["Talk 10", "30", "", "1"])
    assert at_work.answers.told[-1][1] == "1 row taken over, 2 values changed. New: Round."
    assert "Line 3: Nobody" in at_work.answers.told[-1][2]
    at_work.answers.path.write_text("source;Age\nTalk 10;old\n")
    at_work.bot.mouseClick(window.bring_in, Qt.MouseButton.LeftButton)
    at_work.until_idle()
    assert "Line 2: Age: “old” is no number" in at_work.answers.told[-1][1]
    at_work.answers.path = tmp_path / "out.xlsx"
    at_work.bot.mouseClick(window.export, Qt.MouseButton.LeftButton)
    at_work.bot.waitUntil(at_work.answers.path.exists)
    at_work.until_idle()
    at_work.trigger("source.variables")
    assert len(at_work.window.findChildren(VariablesWindow)) == 1, "there is one such window"
    at_work.trigger("file.close")
    at_work.bot.waitUntil(lambda: not at_work.window.findChildren(VariablesWindow))
    at_work.context.hold(True)  # other work begins and ends: what is closed must not be asked about it
    at_work.context.hold(False)
