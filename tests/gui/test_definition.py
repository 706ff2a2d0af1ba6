"""What a code means is in sight while one codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qcode.project import codes
from qcode.ui.panels.definition import NOTHING


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        yield made


def said(at_work: Study) -> list[str]:
    return str(at_work.definition.notes.toPlainText()).split("\n")


def test_without_a_code_in_focus_it_says_how_to_come_by_one(at_work: Study) -> None:
    assert said(at_work) == [NOTHING]


def test_the_chosen_code_is_defined_with_what_bounds_it(at_work: Study) -> None:
    expert = at_work.code("Expert").id
    fields = {
        "definition": "All of it.",
        "when_to_use": "Skill is named.",
        "when_not_to_use": "A mandate is named.",
        "boundary": "Can, not may.",
    }
    at_work.context.change("define", lambda tx: codes.update(tx, expert, **fields))
    at_work.choose("Expert")
    assert said(at_work) == [
        "Expert",
        "What Expert means.",
        "Boundary Can, not may.",
        "When Skill is named.",
        "Not when A mandate is named.",
        "In full All of it.",
    ]


def test_a_definition_follows_when_it_is_rewritten_and_goes_with_its_code(at_work: Study) -> None:
    at_work.choose("Expert")
    expert = at_work.code("Expert").id
    at_work.context.change("define", lambda tx: codes.update(tx, expert, short_definition="Knows how."))
    assert said(at_work) == ["Expert", "Knows how."]
    at_work.context.change("delete", lambda tx: codes.remove(tx, expert))
    assert said(at_work) == [NOTHING]


def test_the_researchers_words_are_words_and_never_markup(at_work: Study) -> None:
    expert = at_work.code("Expert").id
    words = "<b>bold</b> & <img src='file:///etc/hostname'>"
    at_work.context.change("define", lambda tx: codes.update(tx, expert, short_definition=words))
    at_work.choose("Expert")
    assert said(at_work)[1] == words


def test_the_code_of_the_selected_passage_comes_into_focus(at_work: Study) -> None:
    at_work.apply("moved twice", "Moral")
    at_work.open()
    at_work.press(Qt.Key.Key_J)
    assert said(at_work)[0] == "Moral"
    assert at_work.book.chosen().name == "Moral"


def test_it_is_read_with_the_keyboard_and_dressed_in_both_themes(at_work: Study) -> None:
    notes = at_work.definition.notes
    assert notes.isReadOnly()
    assert notes.accessibleName()
    assert notes.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    at_work.choose("Expert")
    at_work.trigger("view.theme_dark")
    cursor = notes.textCursor()
    assert cursor.charFormat().foreground().color() == at_work.context.theme.text
