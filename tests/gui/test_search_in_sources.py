"""A researcher presses Ctrl+Shift+F and reads all places of a word, source by source; Enter leads to the place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, fill_study, study
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from qcode.project import Change, sources
from qcode.project.finding import Scope
from qcode.readers import read
from qcode.text import query
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.models.places import PAGE, Role
from qcode.ui.panels import search
from qcode.ui.panels.search import SearchPanel
from qcode.ui.widgets.evidence_list import quote_layout
from qcode.ui.widgets.search_state import SearchState

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def fill_many(tx: Change) -> None:
    """Put in the study, and a text in which a word stands more often than a page of the list holds."""
    fill_study(tx)
    data = ("paper trail\n" * (PAGE + 60)).encode()
    sources.add(tx, read(data, "Trail.txt"), name="Trail", original=data, original_name="Trail.txt", folder="Round")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path, fill=fill_many) as made:
        made.open()
        yield made


def panel(desk: Study) -> SearchPanel:
    return desk.frame.window.panels["search"]  # type: ignore[no-any-return]


def look_for(desk: Study, words: str) -> SearchPanel:
    """Ask by the key, type, and wait until all is found."""
    desk.bot.keyClick(desk.frame.window, Qt.Key.Key_F, CONTROL_SHIFT)
    desk.bot.waitUntil(panel(desk).bar.field.hasFocus)
    panel(desk).bar.field.selectAll()
    desk.bot.keyClicks(panel(desk).bar.field, words)
    settled(desk)
    return panel(desk)


def settled(desk: Study) -> None:
    bar = panel(desk).bar
    desk.bot.waitUntil(lambda: not bar._pause.isActive() and not panel(desk)._latest.busy)


def said(desk: Study) -> str:
    return panel(desk).said.accessibleName()


def rows(desk: Study) -> list[str]:
    found = panel(desk).rows
    return [found.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(found.rowCount())]


def test_typing_finds_places_under_their_sources_and_enter_or_a_click_goes_there(desk: Study) -> None:
    found = look_for(desk, "paper")
    assert said(desk) == f"{PAGE + 61:,} places in 2 sources"
    assert rows(desk)[0].startswith("Register, paragraph 3: …")
    assert rows(desk)[0].endswith("call the tent the paper room.")
    assert rows(desk)[1:3] == ["Trail, paragraph 1: paper trail", "Trail, paragraph 2: paper trail"]
    assert [found.rows.index(row).data(Role.COUNT) for row in range(3)] == [1, PAGE + 60, 0]
    shown = found.rows.index(0).data(Role.SHOWN)
    (bold,) = quote_layout(shown, found.list.font(), 300).formats()
    assert (bold.start, bold.length) == (len(shown.before), len("paper"))
    assert bold.format.fontWeight() == QFont.Weight.Bold

    desk.bot.keyClick(found.bar.field, Qt.Key.Key_Return)
    assert desk.view.selected_text() == "paper"
    assert desk.text.hasFocus()
    desk.bot.keyClick(desk.frame.window, Qt.Key.Key_F, CONTROL_SHIFT)
    assert found.bar.field.text() == "paper"
    desk.bot.keyClick(found.bar.field, Qt.Key.Key_Down)
    assert found.list.hasFocus()
    desk.bot.keyClick(found.list, Qt.Key.Key_Down)
    desk.bot.keyClick(found.list, Qt.Key.Key_Return)
    assert desk.reading.page.source == desk.source("Trail")
    assert desk.view.selected_text() == "paper"
    assert len(desk.view._scene.hits) == PAGE + 60  # all of them are marked in the text

    assert found.rows.rowCount() == PAGE  # no more than a page is listed until one scrolls
    found.list.scrollToBottom()
    desk.bot.waitUntil(lambda: found.rows.rowCount() == PAGE + 61)
    found.list.scrollToTop()
    row = found.list.visualRect(found.rows.index(0))
    desk.bot.mouseClick(found.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert desk.reading.page.source == desk.source("Register")
    assert len(desk.view._scene.hits) == 1
    desk.frame.trigger("view.search")
    assert not found.isVisible()
    assert len(desk.view._scene.hits) == 0  # what is closed marks nothing any more

    desk.drag("families")
    desk.bot.keyClick(desk.text, Qt.Key.Key_F, CONTROL_SHIFT)
    assert found.bar.field.text() == "families"  # the selected words are looked for
    settled(desk)
    assert said(desk) == "1 place in 1 source"
    desk.bot.keyClick(found.bar.field, Qt.Key.Key_Escape)
    assert desk.text.hasFocus()


def test_what_is_wrong_with_an_expression_stands_below_it_and_a_stopped_search_never_says_nothing(
    desk: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = look_for(desk, "(paper")
    assert found.empty.words.text() == "Nothing found for “(paper” in all sources."
    desk.bot.mouseClick(found.bar.is_regex, Qt.MouseButton.LeftButton)
    assert found.bar.problem.isVisible()
    assert found.bar.problem.text() == "This is no regular expression: missing ), at character 7."
    assert found.bar.field.accessibleDescription() == found.bar.problem.text()
    assert not found.code.isEnabled()
    desk.bot.keyClicks(found.bar.field, ") room")
    settled(desk)
    assert not found.bar.problem.isVisible()
    assert said(desk) == "1 place in 1 source"
    assert found.code.isEnabled()

    monkeypatch.setattr(query, "SECONDS", 0.02)
    desk.frame.context.change("bring in", lambda tx: _bring_in(tx, "a" * 60 + "b"))
    found.bar.field.setText("(a|aa)+$")
    desk.bot.waitUntil(found.bar.problem.isVisible)
    assert "stopped" in found.bar.problem.text()
    assert "“Zeta”" in found.bar.problem.text()
    assert said(desk) == "Stopped · 0 places in 0 sources until then"
    assert "Nothing" not in found.empty.words.text()
    desk.frame.context.hold(True)  # other work comes and goes
    desk.frame.context.hold(False)
    assert said(desk) == "Stopped · 0 places in 0 sources until then"
    assert not found.code.isEnabled()


def _bring_in(tx: Change, text: str) -> None:
    data = text.encode()
    sources.add(tx, read(data, "Zeta.txt"), name="Zeta", original=data, original_name="Zeta.txt")


def test_one_looks_only_where_one_chose_to(desk: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.apply("They came to call the tent the paper room.", "Moral")
    found = look_for(desk, "paper")
    menu = found.scope.menu()
    menu.aboutToShow.emit()
    names = [action.text() for action in menu.actions()]
    assert names[:2] == ["All sources", "This source: Register"]
    menu.actions()[names.index("Folder: Round")].trigger()
    settled(desk)
    assert said(desk) == f"{PAGE + 60} places in 1 source"
    assert found.scope.accessibleName() == "Look in folder “Round”"
    menu.aboutToShow.emit()
    menu.actions()[2].trigger()
    palette = found.window().findChildren(CodePalette)[-1]
    desk.bot.keyClicks(palette.field, "Moral")
    desk.bot.keyClick(palette.field, Qt.Key.Key_Return)
    settled(desk)
    assert said(desk) == "1 place in 1 source"
    assert found.scope.scope() == Scope(codes=frozenset([desk.code("Moral").id]))
    desk.undo()  # nothing carries the code any more, and the list follows
    desk.bot.waitUntil(lambda: said(desk) == "0 places in 0 sources")
    assert found.empty.words.text() == "Nothing found for “paper” in passages of “Moral”."

    found.scope.menu().aboutToShow.emit()
    found.scope.menu().actions()[0].trigger()
    monkeypatch.setattr(search, "MOST", 5)
    found.bar.field.setText("e")
    settled(desk)
    assert said(desk) == "The first 5 places in 1 source"  # a letter is everywhere; nobody reads all of it
    assert not found.code.isEnabled()
    found.bar.field.setText("zebra")
    settled(desk)
    assert found.empty.words.text() == "Nothing found for “zebra” in all sources."
    desk.frame.context.change("bring in", lambda tx: _bring_in(tx, "a zebra"))
    desk.bot.waitUntil(lambda: said(desk) == "1 place in 1 source")  # what comes in is found, too
    desk.frame.trigger("file.close")
    assert found.rows.rowCount() == 0
    assert found.bar.field.text() == ""


def test_before_anything_is_known_no_number_looks_like_an_answer() -> None:
    assert SearchState(searching=True).said(0, 0) == ""
    assert SearchState(searching=True, done=3, total=9).said(4, 2) == "3 of 9 sources · 4 places"
