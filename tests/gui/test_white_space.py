"""A drag takes a space along unseen; what is coded are the words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qcode.project import passages

Key = Qt.Key
WORDS = "keeps the register."
WITH_SPACES = f" {WORDS} "


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        made.open()
        yield made


@pytest.mark.parametrize(("key", "codes"), [(Key.Key_3, ["Expert"]), (Key.Key_H, []), (Key.Key_V, [WORDS])])
def test_the_space_at_the_end_of_a_drag_is_not_coded(at_work: Study, key: Key, codes: list[str]) -> None:
    at_work.drag(WITH_SPACES)
    at_work.press(key)
    assert at_work.coded() == [(WORDS, codes)]


def test_nor_is_it_by_the_palette_or_by_dropping_a_code(at_work: Study) -> None:
    at_work.drag(WITH_SPACES)
    at_work.press(Key.Key_C)
    at_work.bot.keyClicks(at_work.palette().field, "moral")
    at_work.bot.keyClick(at_work.palette().field, Key.Key_Return)
    start = at_work.words.index(WITH_SPACES)
    at_work.view.codesDropped.emit([at_work.code("Expert").id], start, start + len(WITH_SPACES))
    assert at_work.coded() == [(WORDS, ["Moral", "Expert"])], "one passage with two codes"


def test_white_space_alone_is_never_trimmed_to_nothing(at_work: Study) -> None:
    start = at_work.words.index("\n\n")
    at_work.view.set_selection(start, start + 2)
    at_work.press(Key.Key_H)
    assert at_work.coded() == [("\n\n", [])]


def test_a_passage_that_has_white_space_gets_further_codes_as_it_is(at_work: Study) -> None:
    register, start = at_work.source("Register"), at_work.words.index(WITH_SPACES)
    end = start + len(WITH_SPACES)
    at_work.context.change("highlight", lambda tx: passages.highlight(tx, register, start, end))
    at_work.view.set_selection(start, end)
    at_work.press(Key.Key_3)
    assert at_work.coded() == [(WITH_SPACES, ["Expert"])]
