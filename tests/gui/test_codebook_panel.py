"""A researcher shapes the codebook: adds, renames, moves, colours, defines and deletes codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, has_color, study
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from qcode.project import codes
from qcode.ui import jobs
from qcode.ui.dialogs.code_editor import CodeEditor
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.models.codebook import UNCODED, Role

Key = Qt.Key
RIGHT = "hers have always been right"


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        yield made


def shown(at_work: Study, parent: QModelIndex | None = None) -> list[str]:
    """List the rows from top to bottom, indented by two blanks a level."""
    model, above = at_work.book.model, parent or QModelIndex()
    rows = []
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        rows += [index.data(), *(f"  {below}" for below in shown(at_work, index))] if index.isValid() else []
    return rows


def editor(at_work: Study) -> CodeEditor:
    found = at_work.window.findChildren(CodeEditor)
    assert found, "no editor is open"
    return found[-1]


def test_groups_hold_their_codes_and_passages_without_a_code_come_last(at_work: Study) -> None:
    rows = ["Authority", "  Delegated", "  Moral", "  Expert", "Power", "  Compulsory", "Passages without a code"]
    assert shown(at_work) == rows
    tree = at_work.book.tree
    assert tree.isExpanded(at_work.book.model.find(at_work.code("Authority").id))


def test_a_row_speaks_its_name_its_key_and_its_count(at_work: Study) -> None:
    at_work.apply(RIGHT, "Expert")
    at_work.until_count("Expert", 1)
    index = at_work.book.model.find(at_work.code("Expert").id)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Expert, key 3, 1 coding"
    group = at_work.book.model.find(at_work.code("Authority").id)
    assert group.data(Qt.ItemDataRole.AccessibleTextRole) == "Authority, group, 1 coding"


def test_keys_of_codes_are_shown_only_while_they_do_something(at_work: Study) -> None:
    row = at_work.book.tree.visualRect(at_work.book.model.find(at_work.code("Expert").id))

    def caps() -> bool:
        return has_color(at_work.book.tree.viewport().grab(row).toImage(), at_work.context.theme.hint)

    def offered() -> bool:
        palette = CodePalette(at_work.reading._shelf.codes, at_work.context, parent=at_work.window)
        at_work.bot.addWidget(palette)
        return has_color(palette.list.viewport().grab().toImage(), at_work.context.theme.hint)

    assert caps()
    assert offered()
    at_work.actions.keys.use_letters(False)
    at_work.actions.rekey()
    assert not caps()
    assert not offered()
    index = at_work.book.model.find(at_work.code("Expert").id)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Expert, 0 codings"
    at_work.actions.keys.use_letters(True)
    at_work.actions.rekey()
    assert caps()


def test_the_filter_keeps_the_group_of_what_it_finds(at_work: Study) -> None:
    book = at_work.book
    at_work.bot.keyClicks(book.filter, "EXP")
    assert shown(at_work) == ["Authority", "  Expert"]
    book.filter.setText("power")
    assert shown(at_work) == ["Power", "  Compulsory"], "a group is found with what it holds"
    book.filter.setText("nothing like it")
    assert not book.body.empty.isHidden()
    at_work.bot.keyClick(book.filter, Key.Key_Escape)
    assert book.filter.text() == ""
    assert len(shown(at_work)) == 7


def test_what_is_closed_and_chosen_outlives_a_reload(at_work: Study) -> None:
    book = at_work.book
    at_work.choose("Compulsory")
    book.tree.collapse(book.model.find(at_work.code("Authority").id))
    at_work.context.change("add Structural", lambda tx: codes.add(tx, "Structural"))
    at_work.bot.waitUntil(lambda: "Structural" in shown(at_work))
    assert book.chosen().name == "Compulsory"
    assert not book.tree.isExpanded(book.model.find(at_work.code("Authority").id))
    assert book.tree.isExpanded(book.model.find(at_work.code("Power").id))


def test_a_code_is_renamed_in_place_with_f2(at_work: Study) -> None:
    at_work.choose("Expert")
    tree = at_work.book.tree
    tree.setFocus()
    at_work.bot.keyClick(tree, Key.Key_F2)
    field = tree.findChild(QLineEdit)
    assert field is not None
    assert field.text() == "Expert"
    field.setText("Expertise & <i>skill</i>")
    at_work.bot.keyClick(field, Key.Key_Return)
    at_work.bot.waitUntil(lambda: "  Expertise & <i>skill</i>" in shown(at_work))
    assert at_work.context.project.undoable().label == "rename code Expert"
    assert at_work.book.chosen().name == "Expertise & <i>skill</i>"


def test_a_name_that_is_taken_is_refused_with_a_sentence(at_work: Study) -> None:
    at_work.choose("Expert")
    at_work.book.model.setData(at_work.book.tree.currentIndex(), "Moral")
    assert at_work.status.startswith("There is a code called “Moral” here already.")
    assert "  Expert" in shown(at_work)


def test_deleting_a_code_says_what_goes_with_it(at_work: Study) -> None:
    at_work.apply(RIGHT, "Expert")
    at_work.apply("moved twice", "Expert", "Moral")
    at_work.choose("Expert")
    at_work.answers.yes = False
    at_work.bot.keyClick(at_work.book.tree, Key.Key_Delete)
    assert "With it go 2 codings and 1 passage left without a code." in at_work.answers.asked[-1]
    assert "Authority > Expert" in at_work.code_names()
    at_work.answers.yes = True
    at_work.trigger("code.delete")
    assert "Authority > Expert" not in at_work.code_names()
    assert at_work.coded() == [("moved twice", ["Moral"])]
    at_work.undo()
    assert len(at_work.coded()) == 2


def test_a_code_with_thousands_of_codings_is_deleted_while_the_window_goes_on(
    at_work: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MANY", 2)
    at_work.apply("moved twice", "Expert")
    at_work.apply("the paper room", "Expert")
    at_work.choose("Expert")
    held: list[bool] = []
    at_work.context.busyChanged.connect(held.append)
    at_work.frame.trigger("code.delete")
    at_work.frame.until_idle()
    assert held == [True, False], "in a thread"
    assert "Authority > Expert" not in at_work.code_names()
    assert at_work.coded() == []
    at_work.undo()
    at_work.frame.until_idle()
    assert len(at_work.coded()) == 2


def test_deleting_a_group_says_how_many_codes_are_below_it(at_work: Study) -> None:
    at_work.choose("Authority")
    at_work.trigger("code.delete")
    assert "Delete the group “Authority”?" in at_work.answers.asked[-1]
    assert "With it go 3 codes below it." in at_work.answers.asked[-1]
    assert at_work.code_names() == ["Power", "Power > Compulsory"]


def test_a_colour_reaches_the_rows_and_the_text(at_work: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work.apply(RIGHT, "Expert")
    at_work.open()
    at_work.choose("Expert")
    monkeypatch.setattr(at_work.answers, "color", lambda title, value: "#c0392b")
    at_work.trigger("code.color")
    assert at_work.code("Expert").color == "#c0392b"
    assert at_work.tinted(RIGHT, "#c0392b")
    bar = at_work.context.theme.bar("#c0392b").rgb()
    at_work.bot.waitUntil(lambda: bar in chip(at_work, "Expert"))


def chip(at_work: Study, name: str) -> set[int]:
    """Give the colours at the left of a code's row."""
    rect = at_work.book.tree.visualRect(at_work.book.model.find(at_work.code(name).id))
    image: QImage = at_work.book.tree.viewport().grab(rect).toImage()
    return {image.pixel(x, image.height() // 2) for x in range(12)}


def test_a_code_is_moved_by_dropping_it_on_a_group(at_work: Study) -> None:
    model = at_work.book.model
    dragged = model.mimeData([model.find(at_work.code("Moral").id)])
    power = model.find(at_work.code("Power").id)
    move = Qt.DropAction.MoveAction
    assert not model.dropMimeData(dragged, move, -1, -1, power), "Qt must not take the row away itself"
    at_work.bot.waitUntil(lambda: shown(at_work)[3:6] == ["Power", "  Compulsory", "  Moral"])
    model.dropMimeData(dragged, move, 0, 0, power)
    at_work.bot.waitUntil(lambda: shown(at_work)[4:6] == ["  Moral", "  Compulsory"])
    assert at_work.context.project.undoable().label == "move Moral"


def test_a_group_cannot_be_dropped_into_itself(at_work: Study) -> None:
    model = at_work.book.model
    authority, expert = model.find(at_work.code("Authority").id), model.find(at_work.code("Expert").id)
    dragged = model.mimeData([authority])
    assert not model.canDropMimeData(dragged, Qt.DropAction.MoveAction, -1, -1, expert)
    assert not model.canDropMimeData(dragged, Qt.DropAction.MoveAction, -1, -1, authority)


def test_codes_are_moved_by_keys_and_by_menu_as_well(at_work: Study) -> None:
    at_work.choose("Expert")
    at_work.bot.keyClick(at_work.book.tree, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    at_work.bot.waitUntil(lambda: shown(at_work)[1:4] == ["  Delegated", "  Expert", "  Moral"])
    targets = QMenu()
    at_work.bot.addWidget(targets)
    at_work.book._fill_targets(targets, at_work.code("Expert"))
    assert [action.text() for action in targets.actions()] == ["Top level", "Power"]
    targets.actions()[1].trigger()
    at_work.bot.waitUntil(
        lambda: shown(at_work)[3:] == ["Power", "  Compulsory", "  Expert", "Passages without a code"]
    )


def test_the_menu_of_a_code_offers_what_can_be_done(at_work: Study) -> None:
    rect = at_work.book.tree.visualRect(at_work.book.model.find(at_work.code("Expert").id))
    at_work.choose("Expert")
    at_work.book._menu(rect.center())
    (menu,) = (menu for menu in at_work.book.findChildren(QMenu) if menu.isVisible())
    words = [action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert words[0] == "Apply Expert"
    assert {"Move up", "Move down", "Move into", "Key…"} <= set(words)
    menu.close()


def test_the_row_at_the_end_walks_through_passages_without_a_code(at_work: Study) -> None:
    at_work.apply("moved twice")
    at_work.apply("in the rain", source="Second visit")
    at_work.until_uncoded(2)
    book = at_work.book
    row = book.tree.visualRect(book.model.index(book.model.rowCount() - 1))
    assert book.model.index(book.model.rowCount() - 1).data(Role.COUNT) == 2
    met = []
    for _ in range(3):
        at_work.bot.mouseClick(book.tree.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
        met.append(at_work.reading.place().quote)
    assert met == ["moved twice", "in the rain", "moved twice"]
    assert UNCODED not in {code.id for code in book.model.codes()}


def test_a_new_code_is_made_with_all_its_fields_as_one_change(at_work: Study) -> None:
    at_work.choose("Power")
    at_work.trigger("code.new")
    page = editor(at_work)
    page.name.setText("Productive")
    page.key.setText("6")
    page.texts["definition"].setPlainText("Works through meaning.\nOver time.")
    page.texts["near_miss"].setPlainText("A category applied.")
    page.swatches.use("#c75b00")
    page.save()
    made = at_work.code("Productive")
    assert (made.path, made.shortcut, made.color) == ("Power > Productive", "6", "#c75b00")
    assert (made.definition, made.near_miss) == ("Works through meaning.\nOver time.", "A category applied.")
    assert at_work.context.project.undoable().label == "add code Productive"
    at_work.undo()
    assert "Power > Productive" not in at_work.code_names()


def test_a_key_or_name_that_is_taken_is_said_at_its_field_and_nothing_is_written(at_work: Study) -> None:
    at_work.choose("Expert")
    at_work.trigger("code.edit")
    page = editor(at_work)
    page.texts["boundary"].setPlainText("Against Delegated: can, not may.")
    page.key.setText("1")
    page.save()
    assert page.isVisible()
    assert page.problems["shortcut"].text().startswith("The key 1 belongs to “Delegated”.")
    assert page.problems["name"].isHidden()
    assert at_work.code("Expert").boundary == "", "all or nothing"
    page.key.setText("c")
    page.save()
    assert "belongs to the command “Apply a code”" in page.problems["shortcut"].text()
    page.key.setText("y")
    page.name.setText("Moral")
    page.save()
    assert page.problems["name"].text().startswith("There is a code called “Moral”")
    assert page.problems["shortcut"].isHidden()
    page.name.setText("Expert")
    page.save()
    assert at_work.code("Expert").boundary == "Against Delegated: can, not may."
    assert at_work.context.project.undoable().label == "edit Expert"


def test_an_unsaved_page_asks_before_it_closes(at_work: Study) -> None:
    at_work.choose("Expert")
    at_work.trigger("code.edit")
    page = editor(at_work)
    page.texts["memo"].setPlainText("Half a thought")
    at_work.answers.yes = False
    at_work.bot.keyClick(page, Key.Key_Escape)
    assert page.isVisible()
    at_work.answers.yes = True
    at_work.bot.keyClick(page, Key.Key_Escape)
    assert at_work.code("Expert").memo == ""


def test_a_code_deleted_while_its_page_is_open_is_said_there(at_work: Study) -> None:
    at_work.choose("Moral")
    at_work.trigger("code.edit")
    page = editor(at_work)
    moral = at_work.code("Moral").id
    at_work.context.change("delete Moral", lambda tx: codes.remove(tx, moral))
    page.texts["memo"].setPlainText("Too late")
    page.save()
    assert "not in the codebook any more" in page.problems["memo"].text()
    page.done(0)


def test_many_counts_change_only_the_rows_whose_number_is_another(at_work: Study) -> None:
    model = at_work.book.model
    at_work.until_uncoded(0)
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.internalId()))
    expert, authority = at_work.code("Expert").id, at_work.code("Authority").id
    model.set_counts({expert: 7}, 0)
    assert sorted(changed) == sorted([expert, authority])
    model.set_counts({expert: 7}, 3)
    assert changed[2:] == [UNCODED]
