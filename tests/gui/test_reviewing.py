"""After a correction the researcher decides about the passages that could not follow, old and new side by side."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import REGISTER, Study, study
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qcode.project import correcting, erasing, passages, reviewing
from qcode.text.names import Finder, Name
from qcode.ui.panels.review import ReviewPanel
from qcode.ui.widgets.review_badge import ReviewBadge

Key = Qt.Key
NEW = REGISTER.replace("moved twice", "has moved  twice").replace(
    "Nobody told the families what the list was for. They", "All families were informed of its purpose. Later they"
)
NEW = NEW.replace("because hers have always been right", "since nobody else ever had any")


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        for quote in ("The clinic moved twice", "Nobody told the families what the list was for.", "the paper room"):
            made.apply(quote, "Expert", "Moral")
        made.apply("because hers have always been right", "Expert")
        made.open()
        yield made


def corrected(at_work: Study) -> ReviewPanel:
    source = at_work.source("Register")
    at_work.context.change("correct “Register”", lambda tx: correcting.correct(tx, source, NEW))
    panel = at_work.frame.window.panels["review"]
    assert isinstance(panel, ReviewPanel)
    at_work.bot.keyClick(at_work.frame.window, Key.Key_F9)
    at_work.bot.waitUntil(lambda: not panel._soon.isActive())
    return panel


def waiting(at_work: Study) -> list[str]:
    with at_work.context.project.read() as r:
        return [one.quote for one in reviewing.listing(r)]


def test_the_open_text_is_shown_anew_and_undo_brings_the_old_one_back(at_work: Study) -> None:
    at_work.view.set_selection(10, 20)
    badge = at_work.frame.window.findChild(ReviewBadge)
    assert not badge.isVisibleTo(at_work.frame.window)
    corrected(at_work)
    assert at_work.words == NEW
    assert badge.text() == "▲ 2 passages to review"
    assert len(at_work.reading.page.shown()) == 4  # two passages with two codes each stand in the text
    at_work.trigger("edit.undo")
    at_work.bot.waitUntil(lambda: at_work.words == REGISTER)
    assert len(at_work.reading.page.shown()) == 7
    assert not badge.isVisibleTo(at_work.frame.window)


def test_each_passage_is_decided_by_a_key_with_old_and_new_side_by_side(at_work: Study) -> None:
    panel = corrected(at_work)
    assert panel.list.count() == 2
    panel.list.setFocus()
    assert "because hers have always been right" in panel.old.toPlainText()
    assert "since nobody else ever had any" in panel.guess.toPlainText()
    assert "Expert · " in panel.about.accessibleName()
    if folder := os.environ.get("QCODE_SHOTS"):
        at_work.frame.window.grab().save(f"{folder}/review-light.png")
    at_work.bot.keyClick(panel.list, Key.Key_Space)
    assert at_work.view.selected_text() == "since nobody else ever had any"
    panel.list.setFocus()
    at_work.bot.keyClick(panel.list, Key.Key_Return)
    at_work.bot.waitUntil(lambda: panel.list.count() == 1)
    assert ("since nobody else ever had any", ["Expert"]) in at_work.coded()
    at_work.trigger("edit.undo")
    at_work.bot.waitUntil(lambda: panel.list.count() == 2)
    at_work.trigger("edit.redo")
    at_work.bot.waitUntil(lambda: panel.list.count() == 1)
    start = NEW.index("All families were informed")
    at_work.view.set_selection(start, start + 26)
    at_work.trigger("code.place_here")
    at_work.bot.waitUntil(lambda: panel.list.count() == 0)
    assert ("All families were informed", ["Expert", "Moral"]) in at_work.coded()
    assert panel.empty.isVisibleTo(panel)
    assert not at_work.actions["code.accept_guess"].isEnabled()


def test_later_leaves_it_and_remove_says_what_goes(at_work: Study) -> None:
    panel = corrected(at_work)
    first = panel.current
    at_work.bot.keyClick(panel.list, Key.Key_L)
    assert panel.current != first
    at_work.bot.keyClick(panel.list, Key.Key_L)
    assert panel.current == first
    at_work.answers.yes = False
    at_work.bot.keyClick(panel.list, Key.Key_Delete)
    assert "With it go 1 coding." in at_work.answers.asked[-1]
    assert len(waiting(at_work)) == 2
    at_work.answers.yes = True
    at_work.bot.keyClick(panel.list, Key.Key_Delete)
    at_work.bot.waitUntil(lambda: panel.list.count() == 1)
    with at_work.context.project.read() as r:
        assert len(passages.listing(r)) == 3


def test_a_passage_whose_earlier_text_was_erased_is_shown_by_its_words_alone(at_work: Study) -> None:
    panel = corrected(at_work)
    asked: list[None] = []
    panel._soon.timeout.connect(lambda: asked.append(None))
    gone = erasing.forget(at_work.context.project, Finder([Name("Nobody", "Person 1")]))
    assert gone.texts == 1
    panel.reload()
    at_work.bot.waitUntil(lambda: not panel._soon.isActive())
    assert len(asked) <= 1, "it does not ask again and again"
    assert waiting(at_work)[0] in panel.old.toPlainText()
