"""A researcher mends what she coded: other ends, another code, by keys, by handles and by dragging."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import Study, study
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qcode.project import codes, passages
from qcode.ui.coding import desk_of
from qcode.ui.models.codebook import MIME
from qcode.ui.reader import Mark
from qcode.ui.widgets.passage_drops import PASSAGE_MIME

Key, Alt, Shift = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
ALWAYS_RIGHT = "hers have always been right"


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        made.open()
        yield made


def drop(widget: QWidget, at: QPoint, data: QMimeData) -> bool:
    """Let something fall on a widget, as the platform would after a drag; tell whether it was wanted there."""
    buttons, mods = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    entered = QDragEnterEvent(QPointF(at), actions, data, buttons, mods)
    QApplication.sendEvent(widget, entered)
    if not entered.isAccepted():  # Qt would send what follows to whatever took the last drag
        return False
    moved = QDragMoveEvent(QPointF(at), actions, data, buttons, mods)
    QApplication.sendEvent(widget, moved)
    if not moved.isAccepted():
        QApplication.sendEvent(widget, QDragLeaveEvent())
        return False
    fallen = QDropEvent(QPointF(at), actions, data, buttons, mods)
    QApplication.sendEvent(widget, fallen)
    return fallen.isAccepted()


def words_of(study: Study, quote: str) -> QMimeData:
    start = study.words.index(quote)
    data = QMimeData()
    place = {"source": study.source("Register"), "start": start, "end": start + len(quote)}
    data.setData(PASSAGE_MIME, json.dumps(place).encode())
    return data


def code_of(study: Study, name: str) -> QMimeData:
    return study.book.model.mimeData([study.book.model.find(study.code(name).id)])


def row_of(study: Study, name: str) -> QPoint:
    return study.book.tree.visualRect(study.book.model.find(study.code(name).id)).center()


def test_the_ends_of_a_passage_move_by_keys_one_undo_each(at_work: Study) -> None:
    at_work.drag("have always")
    at_work.press(Key.Key_3)
    at_work.press(Key.Key_Down, Alt)
    assert at_work.coded() == [("have always been", ["Expert"])]
    at_work.press(Key.Key_Right, Alt)
    at_work.press(Key.Key_Left, Alt)
    at_work.press(Key.Key_Left, Alt)
    assert at_work.coded() == [("have always bee", ["Expert"])]
    at_work.press(Key.Key_Up, Alt | Shift)
    assert at_work.coded() == [("hers have always bee", ["Expert"])]
    at_work.press(Key.Key_Right, Alt | Shift)
    assert at_work.coded() == [("ers have always bee", ["Expert"])]
    assert at_work.tinted("ers have always", at_work.code("Expert").color)
    assert at_work.view.selected_mark() is not None, "the passage stays selected"
    at_work.undo()
    at_work.undo()
    assert at_work.coded() == [("have always bee", ["Expert"])]
    at_work.press(Key.Key_Up, Alt)
    at_work.press(Key.Key_Down, Alt | Shift)
    assert at_work.coded() == [("always", ["Expert"])], "by words, no space is left over at either end"


def test_a_passage_keeps_its_last_character_and_the_text_its_ends(at_work: Study) -> None:
    at_work.drag("T")
    at_work.press(Key.Key_3)
    at_work.press(Key.Key_Left, Alt | Shift)
    assert at_work.coded() == [("T", ["Expert"])]
    at_work.press(Key.Key_Left, Alt)
    assert at_work.status.startswith("A passage holds at least one character")
    assert at_work.coded() == [("T", ["Expert"])]


def test_without_a_passage_the_keys_say_what_is_missing(at_work: Study) -> None:
    for key, mods in ((Key.Key_Right, Alt), (Key.Key_Up, Alt | Shift), (Key.Key_X, Qt.KeyboardModifier.NoModifier)):
        at_work.context.say("")
        at_work.press(key, mods)
        assert at_work.status.startswith("Select a passage first")


def test_a_passage_grown_onto_another_joins_it(at_work: Study) -> None:
    at_work.apply("always been right", "Moral")
    at_work.apply("been right", "Expert")
    at_work.drag("been right")
    at_work.press(Key.Key_3)
    at_work.press(Key.Key_Up, Alt | Shift)
    assert at_work.coded() == [("always been right", ["Moral", "Expert"])]
    assert at_work.view.selected_mark() is not None
    at_work.undo()
    assert sorted(quote for quote, _ in at_work.coded()) == ["always been right", "been right"]


def test_a_bracket_s_handle_asks_for_other_ends(at_work: Study) -> None:
    at_work.drag("have always")
    at_work.press(Key.Key_3)
    passage = at_work.reading.page.selected()[0]
    start = at_work.words.index("hers")
    at_work.view.resizeRequested.emit(passage, start, start + 4)
    assert at_work.coded() == [("hers", ["Expert"])]
    at_work.view.resizeRequested.emit(passage, start, start)
    assert "holds no text" in at_work.status
    at_work.view.resizeRequested.emit(4711, start, start + 2)
    assert "not in the project any more" in at_work.status
    assert at_work.coded() == [("hers", ["Expert"])]


def test_another_code_is_chosen_by_a_few_letters(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_3)
    at_work.press(Key.Key_X)
    palette = at_work.palette()
    at_work.bot.keyClicks(palette.field, "mor")
    at_work.bot.keyClick(palette.field, Key.Key_Return)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Moral"])]
    assert at_work.bracketed(at_work.code("Moral").color)
    assert at_work.context.project.undoable().label == "change to Moral"
    at_work.until_count("Moral", 1)
    at_work.until_count("Expert", 0)
    at_work.undo()
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert"])]


def test_another_code_can_be_made_in_place_and_others_come_beside_it(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_3)
    mark = at_work.reading.page.selected()
    at_work.reading.reshaping.change(mark, [at_work.code("Moral"), at_work.code("Delegated")], "Accuracy")
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Moral", "Delegated", "Accuracy"])]
    at_work.undo()
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert"])]
    assert "Accuracy" not in at_work.code_names()


def test_a_passage_without_a_code_has_none_to_change(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_H)
    at_work.press(Key.Key_X)
    assert at_work.status.startswith("This passage has no code yet")


def test_a_code_dropped_on_the_selection_is_applied_to_it(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    start = at_work.words.index(ALWAYS_RIGHT)
    assert drop(at_work.text, at_work.point(start + 5), code_of(at_work, "Moral"))
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Moral"])]
    assert at_work.book.model.rowCount() == 3, "the tree still has its rows"


def test_a_code_dropped_beside_a_selection_is_applied_to_the_sentence_there(at_work: Study) -> None:
    assert drop(at_work.text, at_work.point(at_work.words.index("keeps the")), code_of(at_work, "Moral"))
    assert at_work.coded() == [("Ms Orha keeps the register.", ["Moral"])]


def test_a_group_is_refused_while_it_is_still_held_over_the_text(at_work: Study) -> None:
    assert not drop(at_work.text, at_work.point(at_work.words.index("keeps the")), code_of(at_work, "Authority"))
    assert at_work.coded() == []


def test_a_group_or_a_code_that_is_gone_is_not_applied(at_work: Study) -> None:
    at_work.view.codesDropped.emit([at_work.code("Authority").id], 0, 5)
    assert at_work.status == "“Authority” is a group and is not applied to text. Choose a code below it."
    moral = at_work.code("Moral").id
    at_work.context.change("delete Moral", lambda tx: codes.remove(tx, moral))
    at_work.view.codesDropped.emit([moral], 0, 5)
    assert at_work.status == "This code is not in the codebook any more."
    at_work.view.codesDropped.emit([at_work.code("Expert").id], 5, 5)
    assert at_work.status == "There are no words where the code was dropped."
    assert at_work.coded() == []


def test_a_code_dropped_on_a_bracket_takes_the_place_of_the_one_there(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_3)
    passage, coding = at_work.reading.page.selected()[:2]
    moral = at_work.code("Moral").id
    at_work.view.codeDroppedOnMark.emit(moral, passage, coding)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Moral"])]
    at_work.view.codeDroppedOnMark.emit(moral, passage, coding)
    assert at_work.status == "Moral is on this passage already."


def test_a_code_dropped_on_the_bracket_of_a_bare_passage_is_its_first(at_work: Study) -> None:
    at_work.drag(ALWAYS_RIGHT)
    at_work.press(Key.Key_H)
    passage = at_work.reading.page.selected()[0]
    at_work.view.codeDroppedOnMark.emit(at_work.code("Moral").id, passage, 0)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Moral"])]


def test_words_dropped_on_a_code_are_coded_with_it(at_work: Study) -> None:
    viewport = at_work.book.tree.viewport()
    assert drop(viewport, row_of(at_work, "Moral"), words_of(at_work, ALWAYS_RIGHT))
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Moral"])]
    assert not drop(viewport, row_of(at_work, "Authority"), words_of(at_work, "Nobody told"))
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Moral"])]


def test_what_is_dropped_on_a_code_and_is_no_place_in_a_text_changes_nothing(at_work: Study) -> None:
    viewport, row = at_work.book.tree.viewport(), row_of(at_work, "Moral")
    for said in (b"", b"{}", b"[1, 2]", b'{"source": 1, "start": true, "end": "x"}', b"\xff"):
        data = QMimeData()
        data.setData(PASSAGE_MIME, said)
        assert not drop(viewport, row, data)
    for source, end in ((4711, 5), (int(at_work.source("Register")), 10_000)):
        data = QMimeData()
        data.setData(PASSAGE_MIME, json.dumps({"source": source, "start": 0, "end": end}).encode())
        drop(viewport, row, data)
        assert "any more" in at_work.status
    strange = QMimeData()
    strange.setData(MIME, b"not json")
    drop(at_work.text, at_work.point(0), strange)
    assert at_work.coded() == []


@pytest.mark.parametrize("which", [0, 1])
def test_two_passages_that_became_one_leave_no_mark_behind(at_work: Study, which: int) -> None:
    for quote, code in (("The clinic moved", "Expert"), ("moved twice", "Moral")):
        at_work.apply(quote, code)
    with at_work.context.project.read() as r:
        pair = passages.in_source(r, at_work.source("Register"))
    moved, stays = pair[which], pair[1 - which]
    desk_of(at_work.context).resize(moved.id, stays.start, stays.end)
    assert _marks_shown(at_work) == _marks_kept(at_work)
    at_work.undo()
    assert _marks_shown(at_work) == _marks_kept(at_work)


def _marks_shown(at_work: Study) -> list[Mark]:
    return sorted(at_work.reading.page.view._scene._everything)


def _marks_kept(at_work: Study) -> list[Mark]:
    with at_work.context.project.read() as r:
        return sorted(passages.marks(r, at_work.reading.page.source))
