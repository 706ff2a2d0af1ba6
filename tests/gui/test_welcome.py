"""The first page: go on where one was, or start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from frame_kit import Frame, frame, make_project
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from qcode.ui.filing import tiles
from qcode.ui.labels import Elided
from qcode.ui.settings import Settings
from qcode.ui.welcome import EMPTY, IMPORT, Row, TileButton, count, when

GERMAN = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz & Folgen.qcode"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Frame]:
    settings = Settings(tmp_path / "settings")
    settings.remember_recent(tmp_path / "gone.qcode", 7, now=datetime.now())
    settings.remember_recent(make_project(tmp_path / GERMAN), 1_318, now=datetime.now())
    with frame(qtbot, tmp_path) as made:
        yield made


def test_recent_projects_are_listed_with_date_and_passages(window: Frame) -> None:
    rows = _recent(window)
    assert [row.accessibleName() for row in rows] == [f"{GERMAN}, today, 1,318 passages", "gone.qcode, missing"]
    assert not any("&" in label.text() and "<" in label.text() for label in window.window.findChildren(QLabel))


def test_a_click_opens_a_recent_project(window: Frame, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.mouseClick(_recent(window)[0], Qt.MouseButton.LeftButton)
    window.until_idle()
    assert window.context.project.path == tmp_path / GERMAN


def test_a_missing_one_can_be_taken_off_the_list(window: Frame, qtbot: QtBot) -> None:
    qtbot.mouseClick(_recent(window)[1], Qt.MouseButton.LeftButton)
    assert "no project" in window.answers.asked[0]
    qtbot.waitUntil(lambda: len(_recent(window)) == 1)


def test_the_starter_codebooks_and_ones_own_are_offered(window: Frame) -> None:
    offered = [button.key for button in window.window.welcome.findChildren(TileButton)]
    assert offered == [tile.key for tile in tiles()]
    assert {"authority-and-power", "four-forms-of-power", IMPORT, EMPTY} == set(offered)


def test_the_page_works_by_keyboard(window: Frame, qtbot: QtBot) -> None:
    start = window.window.welcome._start.findChildren(Row)
    assert [row.accessibleName() for row in start][1:] == ["New project…, Ctrl+N", "Open project…, Ctrl+O"]
    start[2].setFocus()
    qtbot.keyClick(start[2], Qt.Key.Key_Space)
    assert window.answers.asked == ["Open project"]


@pytest.mark.parametrize("size", [(720, 480), (1024, 700), (2560, 1440)])
def test_nothing_is_cut_at_any_size(window: Frame, size: tuple[int, int], qtbot: QtBot) -> None:
    main = window.window
    main.resize(*size)
    qtbot.waitUntil(lambda: main.width() == size[0])
    page = main.welcome
    assert page.horizontalScrollBar().maximum() == 0
    for row in filter(Row.isVisible, page.findChildren(Row)):
        assert row.height() >= 24
        assert page.widget().rect().contains(row.mapTo(page.widget(), QPoint(row.width() - 1, row.height() - 1)))
    for tile in page.findChildren(TileButton):
        for words in tile.findChildren(QLabel):
            assert words.height() >= words.heightForWidth(words.width()), words.text()


def test_a_long_name_gives_way_and_keeps_the_whole_for_those_who_listen(qtbot: QtBot) -> None:
    label = Elided("Wort" * 40 + "\nzweite Zeile")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert "…" in label.text()
    assert "\n" not in label.text()
    assert label.accessibleName().startswith("WortWort")


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (datetime(2025, 11, 20, 23, 59), "today"),
        (datetime(2025, 11, 19, 0, 1), "yesterday"),
        (datetime(2025, 11, 3), "3 Nov"),
        (datetime(2024, 12, 31), "31 Dec 2024"),
    ],
)
def test_dates_are_said_as_one_would_aloud(then: datetime, said: str) -> None:
    assert when(then, date(2025, 11, 20)) == said


def test_one_passage_is_no_passages() -> None:
    assert [count(number, "passage") for number in (0, 1, 2, 1318)] == [
        "0 passages",
        "1 passage",
        "2 passages",
        "1,318 passages",
    ]


def _recent(window: Frame) -> list[Row]:
    body = window.window.welcome._recent.body
    return [body.itemAt(at).widget() for at in range(body.count())]
