"""A researcher sees how a source is built, goes to a heading, a speaker or a page, and sees where she is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qcode.project import Change, sources, spans
from qcode.readers import Document
from qcode.text.span import Span, SpanKind
from qcode.ui.menu import Menu
from qcode.ui.panels.outline import NO_OUTLINE, OutlinePanel

HEADINGS = (("Camps", 1), ("The gate", 2), ("The list & the tent", 2), ("Cities", 1))
FILLER = "\n\n".join(f"Sentence {number} about the register." for number in range(40))
TEXT = "".join(f"{words}\n\n{FILLER}\n\n" for words, _ in HEADINGS) + "INT: Why?\n\nORHA: Because."
Key = Qt.Key


def fill_report(tx: Change) -> None:
    made = [Span(at := TEXT.index(words), at + len(words), SpanKind.HEADING, str(level)) for words, level in HEADINGS]
    middle = TEXT.index("The list")
    made += [Span(0, middle, SpanKind.PAGE, "iv"), Span(middle, len(TEXT), SpanKind.PAGE, "5")]
    document = Document(TEXT, tuple(made), "", "application/pdf", "", False)
    sources.add(tx, document, name="Register", original=b"%PDF", original_name="Register.pdf")
    plain = Document("One line.", (), "", "text/plain", "utf-8", False)
    sources.add(tx, plain, name="Plain", original=b"x", original_name="Plain.txt")


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path, fill=fill_report) as made:
        made.open()
        yield made


def panel(at_work: Study) -> OutlinePanel:
    return at_work.window.panels["outline"]  # type: ignore[no-any-return]


def lines(at_work: Study) -> list[str]:
    model, found = panel(at_work).model, []

    def walk(parent: object, depth: int) -> None:
        for row in range(model.rowCount(parent)):  # type: ignore[arg-type]
            index = model.index(row, 0, parent)  # type: ignore[arg-type]
            found.append("  " * depth + index.data())
            walk(index, depth + 1)

    walk(panel(at_work).tree.rootIndex(), 0)
    return found


def opened(at_work: Study) -> OutlinePanel:
    at_work.trigger("view.outline")
    at_work.bot.waitUntil(lambda: bool(lines(at_work)))
    return panel(at_work)


def test_headings_are_a_tree_that_enter_goes_along_and_that_follows_the_reading(at_work: Study) -> None:
    outline = opened(at_work)
    assert lines(at_work) == ["Camps", "  The gate", "  The list & the tent", "Cities"]
    outline.tree.setFocus()
    for _ in range(2):
        at_work.bot.keyClick(outline.tree, Key.Key_Down)
    at_work.bot.keyClick(outline.tree, Key.Key_Return)
    assert at_work.text.hasFocus()
    assert at_work.view.selection()[1] == TEXT.index("The list")
    at_work.view.go_to_paragraph(50)
    at_work.bot.waitUntil(lambda: outline.tree.currentIndex().data() == "The gate")
    point = outline.tree.visualRect(outline.model.index(1, 0)).center()
    at_work.bot.mouseClick(outline.tree.viewport(), Qt.MouseButton.LeftButton, pos=point)
    at_work.bot.mouseDClick(outline.tree.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert at_work.view.selection()[1] == TEXT.index("Cities")


def test_words_narrow_it_and_what_holds_a_match_stays(at_work: Study) -> None:
    outline = opened(at_work)
    outline.filter.setFocus()
    outline.filter.setText("tent")
    assert lines(at_work) == ["Camps", "  The list & the tent"]
    at_work.bot.keyClick(outline.filter, Key.Key_Return)
    assert at_work.view.selection()[1] == TEXT.index("The list")
    outline.filter.setText("nowhere")
    assert lines(at_work) == []


def test_speakers_and_pages_are_other_outlines_and_appear_when_they_are_known(at_work: Study) -> None:
    outline = opened(at_work)
    assert [outline.by.itemText(row) for row in range(outline.by.count())] == ["Headings", "Pages"]
    source = at_work.source("Register")
    turns = [
        Span(TEXT.index(words), TEXT.index(words) + len(words), SpanKind.SPEAKER, words[: words.index(":")])
        for words in ("INT: Why?", "ORHA: Because.")
    ]
    at_work.context.change("say who speaks", lambda tx: spans.set_speakers(tx, source, turns))
    at_work.bot.waitUntil(lambda: outline.by.count() == 3)
    outline.by.setCurrentIndex(1)
    assert lines(at_work) == ["INT", "  Why?", "ORHA", "  Because."]
    outline.tree.customContextMenuRequested.emit(outline.tree.visualRect(outline.model.index(0, 0)).center())
    menu = outline.findChild(Menu)
    next(action for action in menu.actions() if action.text() == "Mark as &not data").trigger()
    menu.close()
    with at_work.context.project.read() as r:
        assert [TEXT[start:end] for start, end in spans.not_data(r, source)] == ["INT: Why?"]
    outline.by.setCurrentIndex(2)
    assert lines(at_work) == ["Page iv", "Page 5"]
    at_work.open("Plain")
    at_work.bot.waitUntil(lambda: lines(at_work) == [])
    assert outline.body.empty.words.text() == NO_OUTLINE


def test_a_page_is_gone_to_by_what_the_file_calls_it(at_work: Study) -> None:
    bar = at_work.reading.go_to_bar
    at_work.press(Key.Key_G, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert bar.field.text() == "iv"
    assert bar.range.text() == "iv to 5"
    bar.field.setText("7")
    at_work.bot.keyClick(bar.field, Key.Key_Return)
    assert "no page 7" in bar.problem.text()
    bar.field.setText("p. 5")
    at_work.bot.keyClick(bar.field, Key.Key_Return)
    assert at_work.view.selection()[1] == TEXT.index("The list")
    assert at_work.text.hasFocus()
    at_work.open("Plain")
    at_work.trigger("edit.go_to_page")
    assert "no pages" in at_work.status
    assert bar.isHidden()
