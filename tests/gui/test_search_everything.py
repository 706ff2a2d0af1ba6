"""A researcher presses Ctrl+K, types a few letters, and Enter leads her to the place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, fill_study, study
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcode.errors import FileDamaged
from qcode.project import Change, codes, passages, sources
from qcode.project.search import Excerpt, Hit, Kind
from qcode.readers import Document
from qcode.ui.searching import Searching
from qcode.ui.widgets.search_drop import draw_excerpt
from qcode.ui.widgets.search_field import SearchField

CONTROL = Qt.KeyboardModifier.ControlModifier


def fill_coded(tx: Change) -> None:
    """Put in the study, with a comment and a reason."""
    fill_study(tx)
    register, moral = sources.by_name(tx, "Register"), codes.by_path(tx, "Authority > Moral")
    start = sources.text(tx, register.id).index("paper room")
    passages.apply(
        tx, register.id, start, start + 10, [moral.id], reason="They name it so", comment="Ask the <b>clerk</b>"
    )


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path, fill=fill_coded) as made:
        made.open()
        yield made


def field_of(at_work: Study) -> SearchField:
    return at_work.window.top.search


def searching(at_work: Study) -> Searching:
    return at_work.window.searching


def look_for(at_work: Study, words: str) -> None:
    """Press Ctrl+K and type; wait until all is found."""
    at_work.press(Qt.Key.Key_K, CONTROL)
    assert field_of(at_work).hasFocus()
    with at_work.frame.bot.waitSignal(searching(at_work).latest.ended):
        at_work.frame.bot.keyClicks(field_of(at_work), words)


def press(at_work: Study, key: Qt.Key) -> None:
    at_work.frame.bot.keyClick(field_of(at_work), key)


def hits(at_work: Study) -> list[Hit]:
    rows = searching(at_work).rows
    return [hit for row in range(rows.rowCount()) if (hit := rows.hit(rows.index(row)))]


def shown(at_work: Study) -> list[str]:
    rows = searching(at_work).rows
    return [rows.data(rows.index(row)) for row in range(rows.rowCount())]


def test_what_is_found_comes_in_groups_while_one_types(at_work: Study) -> None:
    look_for(at_work, "MORAL")
    drop = searching(at_work).drop
    assert drop.isVisible()
    assert shown(at_work) == ["Codes", "Moral"]
    assert field_of(at_work).hasFocus(), "one can go on typing"
    with at_work.frame.bot.waitSignal(searching(at_work).latest.ended):
        field_of(at_work).selectAll()
        at_work.frame.bot.keyClicks(field_of(at_work), "the")
    assert [row for row in shown(at_work) if row.startswith("In the texts")] == [
        "In the texts · 11 places in 2 sources"
    ]
    assert {hit.kind for hit in hits(at_work)} == {Kind.COMMENT, Kind.REASON, Kind.TEXT}


def test_enter_leads_to_words_in_a_text_with_all_places_marked(at_work: Study) -> None:
    look_for(at_work, "director")
    press(at_work, Qt.Key.Key_Return)
    assert searching(at_work).drop.isHidden()
    assert at_work.reading.page.source == at_work.source("Second visit")
    start, end = at_work.view.selection()
    assert at_work.words[start:end] == "director"
    assert at_work.reading.find_bar.count.text() == "1 of 1"
    assert at_work.text.hasFocus()


def test_enter_leads_to_a_code_a_source_and_a_passage(at_work: Study) -> None:
    look_for(at_work, "compuls")
    press(at_work, Qt.Key.Key_Return)
    assert at_work.context.code == at_work.code("Compulsory").id
    look_for(at_work, "second visit")
    press(at_work, Qt.Key.Key_Return)
    assert at_work.context.source == at_work.source("Second visit")
    look_for(at_work, "clerk")
    press(at_work, Qt.Key.Key_Return)
    assert at_work.reading.page.source == at_work.source("Register")
    assert at_work.reading.page.selected() is not None, "the passage with the comment is selected"
    look_for(at_work, "name it so")
    press(at_work, Qt.Key.Key_Return)
    assert at_work.context.code == at_work.code("Moral").id


def test_up_and_down_pass_over_headings(at_work: Study) -> None:
    look_for(at_work, "moral")
    look_for(at_work, "the")
    drop = searching(at_work).drop
    chosen = [drop.current()]
    for _ in range(len(hits(at_work)) + 2):
        press(at_work, Qt.Key.Key_Down)
        chosen.append(drop.current())
    assert list(dict.fromkeys(chosen)) == hits(at_work)
    for _ in hits(at_work):
        press(at_work, Qt.Key.Key_Up)
    assert drop.current() == hits(at_work)[0]


def test_what_was_found_is_copied_with_where_it_stands(at_work: Study) -> None:
    both = CONTROL | Qt.KeyboardModifier.ShiftModifier
    look_for(at_work, "guard")
    at_work.frame.bot.keyClick(field_of(at_work), Qt.Key.Key_C, both)
    copied = QApplication.clipboard().text()
    assert copied == "“The guard let us in because the director had said so.” (Second visit, ¶1)", "its whole sentence"
    look_for(at_work, "paper room")
    at_work.frame.bot.keyClick(field_of(at_work), Qt.Key.Key_C, both)
    assert QApplication.clipboard().text() == "“paper room” (Register, ¶3)", "a passage as it is"


def test_a_click_leads_there_too(at_work: Study) -> None:
    look_for(at_work, "expert")
    drop = searching(at_work).drop
    place = drop.list.visualRect(drop.list.currentIndex()).center()
    at_work.frame.bot.mouseClick(drop.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert drop.isHidden()
    assert at_work.context.code == at_work.code("Expert").id


def test_escape_returns_to_the_text_and_nothing_is_changed(at_work: Study) -> None:
    at_work.view.set_selection(5, 9)
    look_for(at_work, "the")
    press(at_work, Qt.Key.Key_Escape)
    assert searching(at_work).drop.isHidden()
    assert at_work.text.hasFocus()
    assert at_work.view.selection() == (5, 9)
    at_work.press(Qt.Key.Key_K, CONTROL)
    assert searching(at_work).drop.isVisible(), "what was found is still there"
    assert field_of(at_work).selectedText() == "the"


@pytest.mark.parametrize("words", ["qqq", "%", "' OR 1=1", "<b>nothing</b>", ".*", "\U0001f600"])
def test_nothing_found_is_said(at_work: Study, words: str) -> None:
    at_work.press(Qt.Key.Key_K, CONTROL)
    with at_work.frame.bot.waitSignal(searching(at_work).latest.ended):
        field_of(at_work).insert(words)
    said = searching(at_work).drop.said
    assert said.text() == f"Nothing found for “{words}”."
    assert said.textFormat() == Qt.TextFormat.PlainText
    assert searching(at_work).drop.isVisible()


def test_nothing_typed_looks_for_nothing(at_work: Study) -> None:
    look_for(at_work, "the")
    field_of(at_work).clear()
    assert searching(at_work).drop.isHidden()
    at_work.frame.bot.keyClicks(field_of(at_work), "  ")
    press(at_work, Qt.Key.Key_Return)
    assert not searching(at_work).latest.busy
    assert searching(at_work).drop.isHidden()


def test_enter_pressed_before_the_search_was_done_opens_the_first_that_comes(at_work: Study) -> None:
    at_work.press(Qt.Key.Key_K, CONTROL)
    at_work.frame.bot.keyClicks(field_of(at_work), "exper")
    press(at_work, Qt.Key.Key_Return)
    at_work.frame.bot.waitUntil(lambda: at_work.context.code == at_work.code("Expert").id)
    assert searching(at_work).drop.isHidden()


def test_the_search_ends_with_the_project(at_work: Study) -> None:
    at_work.press(Qt.Key.Key_K, CONTROL)
    at_work.frame.bot.keyClicks(field_of(at_work), "the")
    press(at_work, Qt.Key.Key_Return)
    at_work.trigger("file.close")
    assert not searching(at_work).latest.busy
    assert field_of(at_work).text() == ""
    assert not at_work.actions["edit.search"].isEnabled()


def test_a_later_change_makes_the_search_look_again(at_work: Study) -> None:
    look_for(at_work, "brand new")
    press(at_work, Qt.Key.Key_Escape)
    at_work.context.change("add", lambda tx: codes.add(tx, "Brand new"))
    with at_work.frame.bot.waitSignal(searching(at_work).latest.ended):
        at_work.press(Qt.Key.Key_K, CONTROL)
    assert shown(at_work) == ["Codes", "Brand new"]


def test_a_source_that_went_meanwhile_is_said(at_work: Study) -> None:
    look_for(at_work, "director")
    gone = at_work.source("Second visit")
    at_work.context.change("remove", lambda tx: sources.remove(tx, [gone]))
    press(at_work, Qt.Key.Key_Return)
    assert "not in the project any more" in at_work.status


def test_a_file_that_cannot_be_read_is_said_below_the_field(at_work: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object) -> Iterator[object]:
        raise FileDamaged("The file is damaged.")
        yield

    monkeypatch.setattr("qcode.ui.searching.everything", damaged)
    at_work.press(Qt.Key.Key_K, CONTROL)
    at_work.frame.bot.keyClicks(field_of(at_work), "the")
    at_work.frame.bot.waitUntil(lambda: searching(at_work).drop.said.text() == "The file is damaged.")


def test_the_list_stays_inside_a_small_window(at_work: Study) -> None:
    look_for(at_work, "the")
    at_work.window.resize(720, 480)
    drop = searching(at_work).drop
    at_work.frame.bot.waitUntil(lambda: at_work.window.rect().contains(drop.geometry()))
    assert at_work.window.width() == 720


def fill_many(tx: Change) -> None:
    """Put in many sources, so that the search takes several steps."""
    for number in range(60):
        text = "the word stands here again and again. " * 800
        made = Document(
            text=text, spans=(), title="", media_type="text/plain", encoding="utf-8", encoding_guessed=False
        )
        sources.add(tx, made, name=f"Note {number}", original=b"", original_name="note.txt")


def test_the_next_letter_stops_the_search_and_only_the_last_counts(qtbot: QtBot, tmp_path: Path) -> None:
    with study(qtbot, tmp_path, fill=fill_many) as at_work:
        at_work.press(Qt.Key.Key_K, CONTROL)
        for words in ("a", "ag", "again"):
            field_of(at_work).setText(words)
            searching(at_work)._search()
        with qtbot.waitSignal(searching(at_work).latest.ended):
            pass
        assert shown(at_work)[0] == "In the texts · 96,000 places in 60 sources"
        assert all(hit.line.words[slice(*hit.line.spots[0])] == "again" for hit in hits(at_work))
        assert len(hits(at_work)) == 30


def test_matches_are_bold_and_markup_is_only_letters(at_work: Study) -> None:
    def painted(line: Excerpt) -> QImage:
        image = QImage(400, 30, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        draw_excerpt(painter, image.rect(), line, QApplication.font())
        painter.end()
        return image

    plain, bold = painted(Excerpt("😀 <b>words</b>")), painted(Excerpt("😀 <b>words</b>", ((2, 16),)))
    assert plain != bold
    assert painted(Excerpt("words")) != plain


def test_the_hint_follows_the_key(at_work: Study) -> None:
    field = field_of(at_work)
    assert field.hint.text() == "Ctrl+K"
    at_work.actions.keys.assign("edit.search", "Ctrl+Alt+S")
    at_work.actions.rekey()
    assert field.hint.text() == "Ctrl+Alt+S"
    at_work.frame.bot.keyClick(at_work.text, Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert field.hasFocus()
