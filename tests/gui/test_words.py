"""How often words stand in the sources, and where: the list, and the places on lines of their own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from qcode.progress import Cancelled
from qcode.project import words
from qcode.ui.dialogs.word_list import WordListWindow
from qcode.ui.dialogs.words_in_context import WordsInContext
from qcode.ui.models.lines import Order


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        made.open()
        yield made


def listed(desk: Study) -> WordListWindow:
    desk.frame.trigger("analyse.words")
    desk.frame.until_idle()
    return desk.frame.window.findChildren(WordListWindow)[-1]  # type: ignore[no-any-return]


def context(desk: Study) -> WordsInContext:
    shown = desk.frame.window.findChildren(WordsInContext)[-1]
    desk.bot.waitUntil(lambda: not shown._latest.busy)
    return shown  # type: ignore[no-any-return]


def lines(shown: WordsInContext) -> list[tuple[str, str, str]]:
    return [(line.before, line.words, line.after) for line in shown.model.rows]


def test_words_are_counted_sorted_narrowed_and_taken_out(
    desk: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = listed(desk)
    assert shown.stop.accessibleName() == "Without English stop words"
    assert "the" not in {one.word for one in shown.model.rows}
    shown.stop.menu().actions()[0].trigger()  # with the stop words
    assert shown.stop.accessibleName() == "With all words"
    assert (shown.model.rows[0].word, shown.model.rows[0].count, shown.model.rows[0].sources) == ("the", 10, 2)
    header = shown.table.horizontalHeader()
    at = header.sectionPosition(0) + 10
    desk.bot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 8))
    assert [one.word for one in shown.model.rows] == sorted(one.word for one in shown.model.rows)
    desk.bot.keyClicks(shown.filter, "regi")
    assert [one.word for one in shown.model.rows] == ["register"]
    assert shown.said.text().startswith("1 word of ")
    shown.filter.clear()

    desk.frame.answers.path = tmp_path / "words.xlsx"
    desk.bot.mouseClick(shown.export, Qt.MouseButton.LeftButton)
    desk.frame.until_idle()
    book = CalamineWorkbook.from_filelike(io.BytesIO((tmp_path / "words.xlsx").read_bytes()))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [one.word for one in shown.model.rows]

    place = next(at for at, one in enumerate(shown.model.rows) if one.word == "paper")
    shown.table.selectRow(place)
    desk.bot.keyClick(shown.table, Qt.Key.Key_Return)
    beside = context(desk)
    assert lines(beside) == [
        ("Nobody told the families what the list was for. They came to call the tent the ", "paper", " room.")
    ]
    for window in (beside, shown):
        window.close()

    # a count that is cancelled can be begun again, and what is shown of a project goes with it
    def stopped(*_: object) -> object:
        raise Cancelled

    with monkeypatch.context() as patch:
        patch.setattr(words, "listing", stopped)
        shown = listed(desk)
    assert shown.empty.words.text() == "The words were not counted."
    assert not shown.export.isEnabled()
    desk.bot.mouseClick(shown.again, Qt.MouseButton.LeftButton)
    desk.frame.until_idle()
    assert shown.model.rowCount() > 10
    desk.frame.trigger("file.close")
    assert not shown.isVisible()


def test_places_stand_below_each_other_and_lead_into_the_text(desk: Study, tmp_path: Path) -> None:
    desk.frame.trigger("analyse.context")
    shown = context(desk)
    desk.bot.waitUntil(shown.bar.field.hasFocus)
    desk.bot.keyClicks(shown.bar.field, "the")
    shown.bar.whole_words.setChecked(True)
    desk.bot.waitUntil(lambda: shown.model.rowCount() == 10)
    assert {one.words.lower() for one in shown.model.rows} == {"the"}
    shown.order.setCurrentIndex(list(Order).index(Order.AFTER))
    after = [one.after for one in shown.model.rows]
    assert after[0].startswith(" clinic")
    assert after == sorted(after, key=str.casefold)
    shown.order.setCurrentIndex(list(Order).index(Order.BEFORE))
    assert shown.model.rows[0].before == ""

    desk.bot.waitUntil(shown.export.isEnabled)  # a moment after the last place came
    desk.frame.answers.path = tmp_path / "places.csv"
    desk.bot.mouseClick(shown.export, Qt.MouseButton.LeftButton)
    desk.frame.until_idle()
    written = list(csv.DictReader((tmp_path / "places.csv").read_text("utf-8-sig").splitlines()))
    assert [one["words"] for one in written] == [one.words for one in shown.model.rows]

    wanted = next(row for row, one in enumerate(shown.model.rows) if one.after.startswith(" rain"))
    shown.table.selectRow(wanted)
    desk.bot.keyClick(shown.table, Qt.Key.Key_Return)
    assert desk.reading.page.source == desk.source("Second visit")
    assert desk.view.selected_text() == "the"
    assert len(desk.view._scene.hits) == 3
    shown.bar.is_regex.setChecked(True)
    shown.bar.field.setText("*")
    desk.bot.waitUntil(shown.bar.problem.isVisible)
    assert shown.model.rowCount() == 0
    shown.close()
