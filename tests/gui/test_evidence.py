"""Below the text: the passages of a code side by side, to compare, jump to, recode and take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import REGISTER, Study, study
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from qcode.project import Change, codes, passages, sources
from qcode.readers import read
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.models.evidence import PAGE, Grouping, Heading, Role
from qcode.ui.panels.evidence import ALL_CODED, EvidencePanel
from qcode.ui.widgets.evidence_list import FEW, NARROW, Columns

Key = Qt.Key
Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
QUOTES = ("moved twice", "keeps the register", "hers have always been right", "the paper room")


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    """Expert four times in the register, once with Moral, and once in the note; one passage without a code."""
    with study(qtbot, tmp_path) as made:
        for quote in QUOTES:
            made.apply(quote, "Expert", *(["Moral"] if "hers" in quote else []))
        made.apply("the director", "Expert", source="Second visit")
        made.apply("Nobody told the families")
        made.open()
        made.frame.bot.keyClick(made.frame.window, Key.Key_F8)
        yield made


def pane(at_work: Study) -> EvidencePanel:
    return at_work.frame.window.panels["evidence"]  # type: ignore[no-any-return]


def settled(at_work: Study) -> EvidencePanel:
    panel = pane(at_work)
    at_work.bot.waitUntil(lambda: not panel._soon.isActive() and not panel._later.isActive())
    return panel


def shown(at_work: Study, name: str = "Expert") -> EvidencePanel:
    at_work.choose(name)
    return settled(at_work)


def quotes(at_work: Study) -> list[str]:
    return [line.quote for line in settled(at_work).rows.lines()]


def row_of(at_work: Study, quote: str) -> QModelIndex:
    rows = settled(at_work).rows
    found = (rows.index(row) for row in range(rows.rowCount()))
    return next(index for index in found if (line := rows.line(index)) is not None and line.quote == quote)


def click(at_work: Study, quote: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    view = pane(at_work).list
    view.scrollTo(row_of(at_work, quote))
    point = view.visualRect(row_of(at_work, quote)).center()
    at_work.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, point)


def chosen(at_work: Study) -> list[str]:
    return [line.quote for line in pane(at_work).list.chosen()]


# ---- what is listed ----


def test_the_passages_of_the_code_in_focus_are_listed_with_their_number(at_work: Study) -> None:
    panel = shown(at_work)
    assert panel.heading.accessibleName() == "EXPERT · applied 5 times in 2 sources"
    assert quotes(at_work) == [*QUOTES, "the director"]
    index = row_of(at_work, QUOTES[2])
    assert index.data(Role.SOURCE) == "Register"
    assert index.data(Role.SHOWN).paragraph == 2
    assert index.data(Role.OTHERS) == ["Moral"]
    assert "also Moral" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_quote_stands_in_whole_words_of_its_context(at_work: Study) -> None:
    shown(at_work)
    for quote in QUOTES:
        around = row_of(at_work, quote).data(Role.SHOWN)
        whole = around.before.removeprefix("…") + around.quote + around.after.removesuffix("…")
        assert whole in REGISTER
        place = REGISTER.index(whole)
        assert REGISTER[place - 1 : place].strip() == "", "no word is cut at the left"
        assert REGISTER[place + len(whole) : place + len(whole) + 1].strip() == "", "nor at the right"
        assert "\n" not in whole, "context ends with the paragraph"


def test_a_group_lists_all_codes_below_it_by_source_or_by_code(at_work: Study) -> None:
    panel = shown(at_work, "Authority")
    assert panel.heading.accessibleName() == "AUTHORITY · applied 6 times in 2 sources"
    assert len(quotes(at_work)) == 6
    assert panel.rows.many_codes
    panel.group.menu().actions()[1].trigger()
    rows = [panel.rows.index(row) for row in range(panel.rows.rowCount())]
    heads = [(index.data(), index.data(Role.COUNT)) for index in rows if index.data(Role.LINE) is None]
    assert heads == [("Moral", 1), ("Expert", 5)]
    assert panel.group.text() == "Group: code ▾"
    assert not rows[0].flags() & Qt.ItemFlag.ItemIsSelectable
    assert isinstance(panel.rows._rows[0], Heading)


def test_passages_without_a_code_are_listed_likewise(at_work: Study) -> None:
    tree = at_work.book.tree
    last = at_work.book.model.index(at_work.book.model.rowCount() - 1)
    at_work.bot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(last).center())
    panel = settled(at_work)
    assert panel.heading.accessibleName() == "PASSAGES WITHOUT A CODE · 1 in 1 source"
    assert quotes(at_work) == ["Nobody told the families"]
    panel.list.setFocus()
    panel.list.selectAll()
    at_work.bot.keyClick(panel.list, Key.Key_Delete)
    assert settled(at_work).empty.words.text() == ALL_CODED
    assert panel.empty.isVisible()


def test_it_follows_the_code_of_the_passage_that_is_selected_in_the_text(at_work: Study) -> None:
    at_work.press(Key.Key_J)
    assert settled(at_work).heading.accessibleName().startswith("EXPERT")
    at_work.apply("to call the tent", "Compulsory")
    for _ in range(9):
        at_work.press(Key.Key_J)
    at_work.press(Key.Key_K)
    assert settled(at_work).heading.accessibleName().startswith("COMPULSORY · applied 1 time in 1 source")


def test_while_it_is_closed_it_reads_nothing(at_work: Study) -> None:
    shown(at_work)
    at_work.frame.bot.keyClick(at_work.frame.window, Key.Key_F8)
    at_work.choose("Moral")
    settled(at_work)
    assert pane(at_work).rows.subject.name == "Expert"
    at_work.frame.bot.keyClick(at_work.frame.window, Key.Key_F8)
    assert pane(at_work).rows.subject.name == "Moral"


# ---- going there ----


def test_a_click_jumps_to_the_passage_and_selects_it_and_the_list_stays(at_work: Study) -> None:
    shown(at_work)
    at_work.press(Key.Key_End, Control)
    click(at_work, QUOTES[2])
    line = pane(at_work).rows.line(row_of(at_work, QUOTES[2]))
    assert line is not None
    assert at_work.view.selected_mark() == (line.passage, line.coding)
    assert settled(at_work).rows.subject.name == "Expert"
    click(at_work, "the director")
    assert at_work.reading.page.source == at_work.source("Second visit")
    assert at_work.text.hasFocus()


def test_enter_jumps_and_in_a_group_the_group_stays(at_work: Study) -> None:
    panel = shown(at_work, "Authority")
    panel.list.setFocus()
    at_work.bot.keyClick(panel.list, Key.Key_Down)
    at_work.bot.keyClick(panel.list, Key.Key_Return)
    assert at_work.context.passage == panel.rows.lines()[1].passage
    assert at_work.text.hasFocus()
    assert settled(at_work).rows.subject.name == "Authority"


# ---- working with several ----


def test_several_are_chosen_and_recoded_as_one_change(at_work: Study) -> None:
    shown(at_work)
    click(at_work, QUOTES[1], Control)
    click(at_work, QUOTES[2], Control)
    assert chosen(at_work) == [QUOTES[1], QUOTES[2]]
    point = pane(at_work).list.visualRect(row_of(at_work, QUOTES[1])).center()
    pane(at_work).open_menu(point)
    (menu,) = (menu for menu in pane(at_work).findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == "Change code…").trigger()
    menu.close()
    (palette,) = at_work.frame.window.findChildren(CodePalette)
    at_work.bot.keyClicks(palette.field, "moral")
    at_work.bot.keyClick(palette.field, Key.Key_Return)
    assert at_work.frame.context.project.undoable().label == "change 2 passages to Moral"
    assert [names for quote, names in at_work.coded() if quote in QUOTES[1:3]] == [["Moral"], ["Moral"]]
    assert quotes(at_work) == [QUOTES[0], QUOTES[3], "the director"]
    at_work.undo()
    at_work.bot.waitUntil(lambda: quotes(at_work) == [*QUOTES, "the director"])


def test_another_code_is_applied_to_several_passages_as_one_change(at_work: Study) -> None:
    shown(at_work)
    click(at_work, QUOTES[1], Control)
    click(at_work, QUOTES[2], Control)
    pane(at_work).open_menu(pane(at_work).list.visualRect(row_of(at_work, QUOTES[1])).center())
    (menu,) = (menu for menu in pane(at_work).findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == "Apply another code…").trigger()
    menu.close()
    (palette,) = at_work.frame.window.findChildren(CodePalette)
    at_work.bot.keyClicks(palette.field, "moral")
    at_work.bot.keyClick(palette.field, Key.Key_Return)
    assert at_work.frame.context.project.undoable().label == "apply Moral to 2 passages"
    coded = [names for quote, names in at_work.coded() if quote in QUOTES[1:3]]
    assert [sorted(names) for names in coded] == [["Expert", "Moral"], ["Expert", "Moral"]]
    assert quotes(at_work) == [*QUOTES, "the director"]


def test_delete_takes_the_code_off_and_a_read_only_project_says_why_not(at_work: Study) -> None:
    panel = shown(at_work)
    click(at_work, QUOTES[0], Control)
    at_work.bot.keyClick(panel.list, Key.Key_Delete)
    assert quotes(at_work) == [*QUOTES[1:], "the director"]
    assert at_work.frame.context.project.undoable().label == "remove Expert from 1 passage"
    panel.list.clearSelection()
    at_work.bot.keyClick(panel.list, Key.Key_Delete)
    assert at_work.status == "Choose passages in the list first."


def test_passages_are_copied_with_their_references(at_work: Study) -> None:
    at_work.context.change("edit details", lambda tx: sources.edit(tx, at_work.source("Register"), cite_as="Orha 2024"))
    panel = shown(at_work)
    click(at_work, QUOTES[0], Control)
    click(at_work, "the director", Control)
    at_work.bot.keyClick(panel.list, Key.Key_C, Control)
    expected = "“moved twice” (Orha 2024, ¶1)\n\n“the director” (Second visit, ¶1)"
    assert QGuiApplication.clipboard().text() == expected


def test_without_a_choice_all_are_copied(at_work: Study) -> None:
    panel = shown(at_work)
    at_work.bot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().count("¶") == 5


def test_what_was_chosen_is_exported_as_csv(at_work: Study, tmp_path: Path) -> None:
    panel = shown(at_work)
    at_work.answers.path = tmp_path / "chosen"
    click(at_work, QUOTES[2], Control)
    at_work.bot.mouseClick(panel.export, Qt.MouseButton.LeftButton)
    at_work.frame.until_idle()
    written = (tmp_path / "chosen.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [(row["quote"], row["code"]) for row in rows] == [(QUOTES[2], "Authority > Expert")]


# ---- following ----


def test_a_change_leaves_selection_and_place_as_they_were(at_work: Study) -> None:
    panel = shown(at_work)
    click(at_work, QUOTES[1], Control)
    click(at_work, QUOTES[3], Control)
    resets: list[None] = []
    panel.rows.modelReset.connect(lambda: resets.append(None))
    at_work.apply("The clinic", "Expert")
    assert quotes(at_work) == ["The clinic", *QUOTES, "the director"]
    assert panel.heading.accessibleName() == "EXPERT · applied 6 times in 2 sources"
    assert chosen(at_work) == [QUOTES[1], QUOTES[3]]
    at_work.apply(QUOTES[3], "Moral")
    assert row_of(at_work, QUOTES[3]).data(Role.OTHERS) == ["Moral"]
    expert = at_work.code("Expert").id
    at_work.context.change("rename", lambda tx: codes.update(tx, expert, name="Knowing"))
    assert settled(at_work).heading.accessibleName() == "KNOWING · applied 6 times in 2 sources"
    assert chosen(at_work) == [QUOTES[1], QUOTES[3]]
    assert not resets


def test_a_code_or_a_source_that_goes_takes_its_rows_along(at_work: Study) -> None:
    panel = shown(at_work)
    note = at_work.source("Second visit")
    at_work.context.change("remove source", lambda tx: sources.remove(tx, [note]))
    assert quotes(at_work) == list(QUOTES)
    expert = at_work.code("Expert").id
    at_work.context.change("delete", lambda tx: codes.remove(tx, expert))
    settled(at_work)
    assert quotes(at_work) == []
    assert panel.empty.isVisible()


def test_closing_the_project_empties_it(at_work: Study) -> None:
    shown(at_work)
    at_work.frame.trigger("file.close")
    assert quotes(at_work) == []


# ---- how it looks ----


def test_rows_are_as_high_as_their_words_and_narrower_panes_wrap_more(at_work: Study) -> None:
    at_work.apply(" ".join(REGISTER.split("\n\n")[1].split()[:18]), "Compulsory")
    view = shown(at_work, "Compulsory").list
    wide = view.visualRect(view.model().index(0, 0)).height()
    at_work.frame.bot.keyClick(at_work.frame.window, Key.Key_F4)
    at_work.frame.window.resize(720, 600)
    at_work.bot.waitUntil(lambda: view.visualRect(view.model().index(0, 0)).height() > wide)
    assert view.visualRect(view.model().index(0, 0)).width() <= view.viewport().width()


def test_in_a_narrow_list_other_codes_stand_below_the_quote() -> None:
    narrow, wide = Columns.of(NARROW - 1), Columns.of(NARROW)
    assert narrow.measure > wide.measure, "the quote has the whole width"
    assert narrow.also == narrow.quote
    assert wide.quote + wide.measure < wide.also


def test_it_is_painted_in_both_themes(at_work: Study) -> None:
    view = shown(at_work, "Authority").list
    for name in ("light", "dark"):
        at_work.frame.trigger(f"view.theme_{name}")
        image = view.viewport().grab().toImage()
        inks = {image.pixel(x, y) for x in range(0, image.width(), 1) for y in range(0, 60)}
        assert at_work.context.theme.bar(at_work.code("Expert").color).rgb() in inks


# ---- very many ----


def test_many_are_fetched_a_page_at_a_time_and_all_when_all_are_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    with study(qtbot, tmp_path, fill=fill_many) as at_work:
        at_work.frame.bot.keyClick(at_work.frame.window, Key.Key_F8)
        panel = shown(at_work, "Often")
        assert panel.rows.total == 12 * 40 > FEW
        assert PAGE <= panel.rows.rowCount() < 2 * PAGE
        assert panel.heading.accessibleName() == "OFTEN · applied 480 times in 12 sources"
        first = panel.rows.rowCount()
        for key in (Key.Key_Home, Key.Key_End):
            at_work.bot.keyClick(panel.list, key)
        assert panel.list.viewport().rect().intersects(panel.list.visualRect(panel.list.currentIndex()))
        assert panel.list.currentIndex().row() == first - 1
        panel.list.setCurrentIndex(panel.rows.index(70))
        at_work.bot.keyClick(panel.list, Key.Key_Home, Shift)
        assert len(panel.list.chosen()) == 71, "as far as the row where it began, though that is out of sight"
        for key, times, by in ((Key.Key_Home, 1, NONE), (Key.Key_Down, 50, NONE), (Key.Key_Up, 20, Shift)):
            for _ in range(times):
                at_work.bot.keyClick(panel.list, key, by)
        assert len(panel.list.chosen()) == 21
        panel.list.clearSelection()
        panel.list.scrollToBottom()
        at_work.bot.waitUntil(lambda: panel.rows.rowCount() > first)
        place = panel.list.indexAt(QPoint(5, 5)).row()
        at_work.apply("word 3 ", "Often", source="Text 1")
        settled(at_work)
        assert panel.list.indexAt(QPoint(5, 5)).data() is not None
        assert abs(panel.list.indexAt(QPoint(5, 5)).row() - place) <= 1
        panel.list.setFocus()
        at_work.bot.keyClick(panel.list, Key.Key_A, Control)
        assert len(panel.list.chosen()) == panel.rows.total == 481
        numbers = [int(line.quote.split()[1]) for line in panel.rows.lines() if line.source == at_work.source("Text 2")]
        assert numbers == sorted(numbers)
        panel.group_by(Grouping.CODE)
        assert panel.rows.rowCount() < 2 * PAGE


def fill_many(tx: Change) -> None:
    """Put in twelve sources of forty paragraphs, each with one passage of the same code."""
    often = codes.add(tx, "Often")
    text = "\n\n".join(f"word {number} and more of it" for number in range(40))
    for place in range(1, 13):
        name = f"Text {place}"
        made = sources.add(tx, read(text.encode(), f"{name}.txt"), name=name, original=b"x", original_name=name)
        for number in range(40):
            quote = f"word {number} and"
            start = text.index(quote)
            passages.apply(tx, made, start, start + len(quote), [often])
