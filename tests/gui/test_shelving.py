"""Sources are kept in folders and sets and put in an order: by keys, menus and the mouse, each as one change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from qcode.project import Change, folders, passages, source_sets, sources
from qcode.readers import read
from qcode.ui.dialogs.removal import KEEP, TAKE_ALONG
from qcode.ui.menu import Menu

Key, Alt, Ctrl = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def fill_shelf(tx: Change) -> None:
    """Put in three talks at the top and a folder with a note."""
    for name in ("Talk 1", "Talk 2", "Talk 10"):
        sources.add(tx, read(b"Some words.", "a.txt"), name=name, original=b"Some words.", original_name="a.txt")
    note = sources.add(tx, read(b"A note.", "b.txt"), name="Note", original=b"A note.", original_name="b.txt")
    sources.edit(tx, note, folder="Field")


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path, fill=fill_shelf) as made:
        yield made


def shelf(at_work: Study) -> list[str]:
    """List the tree as it is shown, a folder in brackets, what lies in it indented."""
    model = at_work.list.model

    def below(parent: QModelIndex, indent: str) -> Iterator[str]:
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            folder = model.folder_at(index) is not None
            yield indent + (f"[{index.data()}]" if folder else index.data())
            yield from below(index, indent + "  ")

    return list(below(QModelIndex(), ""))


def until_shelf(at_work: Study, *rows: str) -> None:
    at_work.bot.waitUntil(lambda: shelf(at_work) == list(rows))


def row(at_work: Study, name: str) -> QModelIndex:
    model = at_work.list.model
    folder = next((one.id for one in model.folders() if one.name == name), None)
    return model.find_folder(folder) if folder is not None else model.find(at_work.source(name))


def click(at_work: Study, name: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QPoint:
    view = at_work.list.list
    place = view.visualRect(row(at_work, name)).center()
    at_work.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)
    return place


def drop(at_work: Study, onto: str, *names: str, above: bool = False) -> None:
    """Let dragged rows go on a row, or above it: what Qt asks of the model at the end of a drag."""
    model = at_work.list.model
    data = model.mimeData([row(at_work, name) for name in names])
    index = row(at_work, onto)
    place = (index.row(), 0, index.parent()) if above else (-1, -1, index)
    assert model.canDropMimeData(data, Qt.DropAction.MoveAction, *place)
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, *place), "the rows move when the project has changed"


def menu_of(at_work: Study, id_: str) -> Menu:
    """Open the menu that a command pops up at the list."""
    at_work.trigger(id_)
    return next(menu for menu in at_work.list.list.findChildren(Menu) if menu.isVisible())


def choose_in(menu: Menu, words: str) -> None:
    action = next(action for action in menu.actions() if action.text().replace("&&", "&") == words)
    action.trigger()
    menu.close()


def test_sources_go_into_a_new_folder_and_the_folder_is_renamed_in_place(at_work: Study) -> None:
    click(at_work, "Talk 1")
    click(at_work, "Talk 10", Ctrl)
    at_work.trigger("source.new_folder")
    until_shelf(at_work, "Talk 2", "[Field]", "  Note", "[New folder]", "  Talk 1", "  Talk 10")
    assert [source.name for source in at_work.list.chosen()] == ["Talk 1", "Talk 10"], "they stay chosen"
    click(at_work, "New folder")
    at_work.bot.keyClick(at_work.list.list, Key.Key_F2)
    field = at_work.list.list.findChild(QLineEdit)
    field.selectAll()
    at_work.bot.keyClicks(field, "A <b>")
    at_work.bot.keyClick(field, Key.Key_Return)
    until_shelf(at_work, "Talk 2", "[A <b>]", "  Talk 1", "  Talk 10", "[Field]", "  Note")
    at_work.undo()
    at_work.undo()
    until_shelf(at_work, "Talk 1", "Talk 2", "Talk 10", "[Field]", "  Note")


def test_keys_move_sources_and_folders_and_sorting_by_name_gives_that_up(at_work: Study) -> None:
    click(at_work, "Talk 10")
    at_work.bot.keyClick(at_work.list.list, Key.Key_Up, Alt)
    until_shelf(at_work, "Talk 1", "Talk 10", "Talk 2", "[Field]", "  Note")
    click(at_work, "Talk 1", Ctrl)
    at_work.bot.keyClick(at_work.list.list, Key.Key_Up, Alt)
    assert shelf(at_work)[:3] == ["Talk 1", "Talk 10", "Talk 2"], "there is nothing above the first"
    at_work.bot.keyClick(at_work.list.list, Key.Key_Down, Alt)
    until_shelf(at_work, "Talk 2", "Talk 1", "Talk 10", "[Field]", "  Note")
    assert at_work.source_names() == ["Talk 2", "Talk 1", "Talk 10", "Note"], "the order is the project's"
    at_work.trigger("source.sort")
    until_shelf(at_work, "Talk 1", "Talk 2", "Talk 10", "[Field]", "  Note")
    at_work.list.filter.setText("talk")
    click(at_work, "Talk 10")
    at_work.bot.keyClick(at_work.list.list, Key.Key_Up, Alt)
    assert at_work.source_names() == ["Talk 1", "Talk 2", "Talk 10", "Note"]
    assert "filter" in at_work.status


def test_what_is_dragged_goes_where_it_is_let_go(at_work: Study) -> None:
    at_work.context.change("make", lambda tx: folders.ensure(tx, "Field > Town"))
    until_shelf(at_work, "Talk 1", "Talk 2", "Talk 10", "[Field]", "  Note", "  [Town]")
    drop(at_work, "Town", "Talk 1", "Talk 2")
    until_shelf(at_work, "Talk 10", "[Field]", "  Note", "  [Town]", "    Talk 1", "    Talk 2")
    drop(at_work, "Talk 1", "Talk 2", above=True)
    until_shelf(at_work, "Talk 10", "[Field]", "  Note", "  [Town]", "    Talk 2", "    Talk 1")
    inside = at_work.list.model.mimeData([row(at_work, "Field")])
    assert not at_work.list.model.canDropMimeData(inside, Qt.DropAction.MoveAction, -1, -1, row(at_work, "Town"))
    drop(at_work, "Field", "Town", "Talk 1", above=True)
    until_shelf(at_work, "Talk 10", "[Town]", "  Talk 2", "  Talk 1", "[Field]", "  Note")
    at_work.undo()
    until_shelf(at_work, "Talk 10", "[Field]", "  Note", "  [Town]", "    Talk 2", "    Talk 1")


def test_a_menu_moves_as_well_and_a_shut_folder_stays_shut(at_work: Study) -> None:
    click(at_work, "Talk 2")
    choose_in(menu_of(at_work, "source.move_to"), "Field")
    until_shelf(at_work, "Talk 1", "Talk 10", "[Field]", "  Note", "  Talk 2")
    at_work.list.list.collapse(row(at_work, "Field"))
    click(at_work, "Talk 1")
    choose_in(menu_of(at_work, "source.move_to"), "Field")
    until_shelf(at_work, "Talk 10", "[Field]", "  Note", "  Talk 1", "  Talk 2")
    assert not at_work.list.list.isExpanded(row(at_work, "Field"))
    place = click(at_work, "Field")
    at_work.bot.mouseDClick(at_work.list.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert at_work.list.list.isExpanded(row(at_work, "Field"))


def test_removing_a_folder_says_what_goes_and_offers_to_keep_the_sources(at_work: Study) -> None:
    note = at_work.source("Note")
    at_work.context.change("mark", lambda tx: passages.highlight(tx, note, 0, 3))
    whole = ("Talk 1", "Talk 2", "Talk 10", "[Field]", "  Note")
    for way, left in (("", whole), (KEEP, ("Note", *whole[:3])), (TAKE_ALONG, whole[:3])):
        click(at_work, "Field")
        at_work.answers.choice, at_work.answers.yes = way, bool(way)
        at_work.bot.keyClick(at_work.list.list, Key.Key_Delete)
        assert "In it is 1 source. When it is removed too, 1 passage goes with it." in at_work.answers.asked[-1]
        until_shelf(at_work, *left)
        if way:
            at_work.undo()
            until_shelf(at_work, *whole)


def test_sets_narrow_the_list_and_sources_go_in_and_out(at_work: Study) -> None:
    assert at_work.list.sets.isHidden(), "without sets there is nothing to choose"
    click(at_work, "Talk 1")
    click(at_work, "Note", Ctrl)
    choose_in(menu_of(at_work, "source.sets"), "New set…")
    at_work.bot.waitUntil(at_work.list.sets.isVisible)
    at_work.list.sets._fill()
    choose_in(at_work.list.sets.menu(), "New set")
    until_shelf(at_work, "Talk 1", "[Field]", "  Note")
    assert at_work.list.sets.accessibleName() == "Set: New set"
    click(at_work, "Note")
    choose_in(menu_of(at_work, "source.sets"), "Take out of New set")
    until_shelf(at_work, "Talk 1")
    with at_work.context.project.read() as r:
        (kept,) = source_sets.listing(r)
    at_work.list.sets._fill()
    choose_in(at_work.list.sets.menu(), "Remove this set…")
    assert "1 source stay" in at_work.answers.asked[-1]
    until_shelf(at_work, "Talk 1", "Talk 2", "Talk 10", "[Field]", "  Note")
    at_work.undo()
    at_work.bot.waitUntil(at_work.list.sets.isVisible)
    with at_work.context.project.read() as r:
        assert source_sets.listing(r) == [kept]
