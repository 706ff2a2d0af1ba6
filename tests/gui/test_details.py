"""At the right: everything about one passage, written in place, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from frame_kit import frame, make_project
from panels_kit import Study, study
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from qcode.project import Project, codes, history, open_project, passages, source_sets, sources, variables
from qcode.project.passages import Passage
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.panels.details import NOTHING, DetailsPanel
from qcode.ui.widgets.note_field import NoteField
from qcode.ui.widgets.passage_details import GONE
from qcode.ui.widgets.text_commands import NO_PASSAGE

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
ALWAYS_RIGHT = "hers have always been right"
PAPER = "the paper room"


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path) as made:
        made.open()
        yield made


def pane(at_work: Study) -> DetailsPanel:
    return at_work.frame.window.panels["details"]  # type: ignore[no-any-return]


def the_passage(project: Project) -> Passage:
    with project.read() as r:
        (found,) = passages.listing(r)
    return found


def kept(at_work: Study) -> Passage:
    return the_passage(at_work.context.project)


def labels(at_work: Study) -> list[str]:
    with at_work.context.project.read() as r:
        return [entry.label for entry in history.listing(r)]


def coded(at_work: Study, quote: str = ALWAYS_RIGHT, *keys: Key) -> None:
    """Select words by mouse and code them by keys; the passage is selected then."""
    at_work.drag(quote)
    for key in keys or (Key.Key_3,):
        at_work.press(key)


def look(at_work: Study) -> DetailsPanel:
    """Open the pane by its key."""
    if not pane(at_work).isVisible():
        at_work.frame.bot.keyClick(at_work.frame.window, Key.Key_F4)
    at_work.bot.waitUntil(lambda: pane(at_work).isVisible() and not pane(at_work)._soon.isActive())
    return pane(at_work)


def reasons(at_work: Study) -> list[NoteField]:
    return list(pane(at_work).passage.reasons.values())


def type_in(at_work: Study, field: NoteField, words: str) -> None:
    at_work.bot.keyClicks(field.field, words)


def focused(at_work: Study, widget: QWidget) -> None:
    at_work.bot.waitUntil(widget.hasFocus)


# ---- the pane itself ----


def test_it_is_closed_until_asked_for_and_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    with study(qtbot, tmp_path) as first:
        assert not pane(first).isVisible()
        assert not first.window.panels["evidence"].isVisible()
        first.frame.bot.keyClick(first.frame.window, Key.Key_F4)
        assert pane(first).isVisible()
    with frame(qtbot, tmp_path) as window:
        again = Study(window, first.path)
        window.open(first.path)
        assert pane(again).isVisible()
        assert again.actions["view.details"].isChecked()
        window.bot.keyClick(window.window, Key.Key_F4)
        assert not pane(again).isVisible()


@pytest.mark.parametrize("key", [Key.Key_F4, Key.Key_F8])
@pytest.mark.parametrize("place", ["Nobody told", "They came to call", "The clinic"])
def test_showing_and_hiding_a_pane_never_moves_the_line_that_is_read(at_work: Study, key: Key, place: str) -> None:
    at_work.frame.window.resize(900, 480)
    at_work.frame.trigger("view.zoom_in")
    for _ in range(5):
        at_work.frame.trigger("view.zoom_in")
    at_work.view.scroll_to(at_work.words.index(place))
    top, offset = at_work.view.top(), at_work.view._scene.flow.line_span(at_work.view.top(), at_work.view.top() + 1)
    at_work.frame.bot.keyClick(at_work.frame.window, key)
    there = at_work.view._scene.flow.line_span(top, top + 1)
    assert there[0] is not None
    assert abs(there[0] - offset[0]) <= 2, "the line read stays where it was"
    at_work.frame.bot.keyClick(at_work.frame.window, key)
    assert at_work.view.top() == top


def test_without_anything_in_focus_it_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    with frame(qtbot, tmp_path) as window:
        window.open(make_project(tmp_path / "bare.qcode"))
        window.trigger("view.details")
        panel = window.window.panels["details"]
        assert panel.pages.currentWidget() is panel.empty
        assert panel.empty.words.text() == NOTHING


# ---- a passage ----


def test_a_passage_is_shown_with_its_words_place_codes_and_coder(at_work: Study) -> None:
    coded(at_work, ALWAYS_RIGHT, Key.Key_3, Key.Key_1)
    shown = look(at_work).passage
    assert shown.quote.words.toPlainText() == ALWAYS_RIGHT
    assert shown.place.text() == f"¶2 · {len(ALWAYS_RIGHT)} characters"
    assert [chip.accessibleName() for chip in shown._chips.values()] == ["Expert", "Delegated"]
    assert [one.heading.accessibleName() for one in reasons(at_work)] == ["WHY EXPERT", "WHY DELEGATED"]
    assert shown.about.accessibleName() == "Register"
    assert shown.made.text().startswith("Ada · ")


def test_the_quote_is_copied_with_its_reference_by_its_button(at_work: Study) -> None:
    coded(at_work)
    at_work.bot.mouseClick(look(at_work).passage.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == f"“{ALWAYS_RIGHT}” (Register, ¶2)"


def test_a_code_is_taken_off_by_its_cross_and_another_added_by_the_button(at_work: Study) -> None:
    coded(at_work, ALWAYS_RIGHT, Key.Key_3, Key.Key_1)
    shown = look(at_work).passage
    chip = next(chip for chip in shown._chips.values() if chip.accessibleName() == "Delegated")
    at_work.bot.mouseClick(chip.cross, Qt.MouseButton.LeftButton)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert"])]
    at_work.bot.waitUntil(lambda: len(shown._chips) == 1)
    at_work.bot.mouseClick(shown.add, Qt.MouseButton.LeftButton)
    (palette,) = at_work.frame.window.findChildren(CodePalette)
    last = palette.rows.index(palette.rows.rowCount() - 1)
    spoken = "Authority > Expert. On this passage already. What Expert means."
    assert last.data(Qt.ItemDataRole.AccessibleTextRole) == spoken, "it does nothing, and is offered last"
    assert "On this passage" not in palette.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    at_work.bot.keyClicks(palette.field, "moral")
    at_work.bot.keyClick(palette.field, Key.Key_Return)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert", "Moral"])]
    at_work.bot.waitUntil(lambda: len(shown._chips) == 2)


def test_a_click_on_a_chip_tells_which_coding_is_meant(at_work: Study) -> None:
    coded(at_work, ALWAYS_RIGHT, Key.Key_3, Key.Key_1)
    shown = look(at_work).passage
    first = next(iter(shown._chips.values()))
    at_work.bot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert at_work.view.selected_mark() == (kept(at_work).id, kept(at_work).codings[0].id)
    assert at_work.context.code == at_work.code("Expert").id
    at_work.bot.waitUntil(lambda: next(iter(shown._chips.values())).is_current)


def test_chips_are_chosen_and_taken_off_by_keys_and_tab_goes_down_the_pane(at_work: Study) -> None:
    coded(at_work, ALWAYS_RIGHT, Key.Key_3, Key.Key_1)
    shown = look(at_work).passage
    first, second = shown._chips.values()
    whys = [one.field for one in reasons(at_work)]
    shown.copy.setFocus()
    for expected in (shown.quote.words, first, first.cross, second, second.cross, shown.add, *whys):
        at_work.bot.keyClick(at_work.window.focusWidget(), Key.Key_Tab)
        assert at_work.window.focusWidget() is expected
    first.setFocus()
    at_work.bot.keyClick(first, Key.Key_Space)
    assert at_work.view.selected_mark() == (kept(at_work).id, kept(at_work).codings[0].id)
    assert first.hasFocus(), "one goes on from where one is"
    second.setFocus()
    at_work.bot.keyClick(second, Key.Key_Delete)
    assert at_work.coded() == [(ALWAYS_RIGHT, ["Expert"])]


def test_the_trail_tells_in_words_what_happened_newest_first(at_work: Study) -> None:
    coded(at_work, ALWAYS_RIGHT, Key.Key_3, Key.Key_1)
    shown = look(at_work).passage
    at_work.bot.waitUntil(lambda: shown.trail.text().count("\n") == 1)
    newest, oldest = shown.trail.text().split("\n")
    assert newest.startswith("Ada applied Delegated · ")
    assert oldest.startswith("Ada applied Expert · ")
    first, second = (line.geometry() for line in shown.trail.findChildren(QLabel))
    assert 3 <= second.top() - first.bottom() - 1 <= 8, "where they wrap, one can tell them apart"
    at_work.undo()
    at_work.bot.waitUntil(lambda: "Ada took back: apply Delegated" in shown.trail.text())


# ---- writing in place ----


def test_n_opens_the_pane_and_the_reason_is_written_and_back_to_the_text(at_work: Study) -> None:
    coded(at_work)
    assert not pane(at_work).isVisible()
    at_work.press(Key.Key_N)
    (field,) = reasons(at_work)
    focused(at_work, field.field)
    type_in(at_work, field, "She is asked: competence, not rank.")
    at_work.bot.keyClick(field.field, Key.Key_Return, Control)
    focused(at_work, at_work.text)
    assert kept(at_work).codings[0].reason == "She is asked: competence, not rank."
    assert labels(at_work)[0] == "edit reason"
    at_work.press(Key.Key_J)  # letters are keys of the text again
    assert kept(at_work).codings[0].reason.endswith("rank.")


def test_n_goes_to_the_reason_of_the_selected_coding(at_work: Study) -> None:
    coded(at_work, ALWAYS_RIGHT, Key.Key_3, Key.Key_1)
    at_work.press(Key.Key_N)
    focused(at_work, reasons(at_work)[1].field)
    at_work.bot.keyClick(reasons(at_work)[1].field, Key.Key_Escape)
    focused(at_work, at_work.text)
    at_work.view.select_mark(kept(at_work).id, kept(at_work).codings[0].id)
    at_work.press(Key.Key_N)
    focused(at_work, reasons(at_work)[0].field)


def test_escape_keeps_what_was_typed_and_one_visit_is_one_change(at_work: Study) -> None:
    coded(at_work)
    before = len(labels(at_work))
    at_work.press(Key.Key_N)
    (field,) = reasons(at_work)
    type_in(at_work, field, "first line")
    at_work.bot.keyClick(field.field, Key.Key_Return)
    type_in(at_work, field, "second line")
    at_work.bot.keyClick(field.field, Key.Key_Escape)
    assert kept(at_work).codings[0].reason == "first line\nsecond line"
    assert labels(at_work)[: len(labels(at_work)) - before] == ["edit reason"]
    at_work.undo()
    assert kept(at_work).codings[0].reason == ""
    at_work.bot.waitUntil(lambda: reasons(at_work)[0].text() == "")


def test_a_pause_writes_and_an_unchanged_text_writes_nothing(at_work: Study) -> None:
    coded(at_work)
    at_work.press(Key.Key_N)
    (field,) = reasons(at_work)
    field._pause.setInterval(1)
    type_in(at_work, field, "Because.")
    at_work.bot.waitUntil(lambda: kept(at_work).codings[0].reason == "Because.")
    assert field.field.hasFocus(), "writing does not disturb the writer"
    at_work.bot.waitUntil(lambda: not pane(at_work)._soon.isActive())
    assert reasons(at_work) == [field]
    before = labels(at_work)
    type_in(at_work, field, "x")
    at_work.bot.keyClick(field.field, Key.Key_Backspace)
    at_work.bot.keyClick(field.field, Key.Key_Escape)
    at_work.press(Key.Key_N)
    at_work.bot.keyClick(field.field, Key.Key_Escape)
    assert labels(at_work) == before


@pytest.mark.parametrize("words", ["no\u00a0break", "line\nline", " blanks ", "😀 e\u0301", "<b>&amp;</b>"])
def test_words_are_shown_and_kept_as_they_are(at_work: Study, words: str) -> None:
    coded(at_work)
    coding = kept(at_work).codings[0].id
    at_work.context.change("edit reason", lambda tx: passages.set_reason(tx, coding, words))
    look(at_work)
    before = labels(at_work)
    at_work.press(Key.Key_N)
    (field,) = reasons(at_work)
    assert field.text() == words
    at_work.bot.keyClick(field.field, Key.Key_Escape)
    assert labels(at_work) == before
    assert kept(at_work).codings[0].reason == words


def test_a_comment_is_written_on_leaving_the_field_by_mouse(at_work: Study) -> None:
    coded(at_work)
    comment = look(at_work).passage.comment
    at_work.bot.mouseClick(comment.field.viewport(), Qt.MouseButton.LeftButton)
    focused(at_work, comment.field)
    type_in(at_work, comment, "Compare the second visit.")
    at_work.bot.mouseClick(at_work.text, Qt.MouseButton.LeftButton, pos=at_work.point(3))
    assert kept(at_work).comment == "Compare the second visit."
    assert labels(at_work)[0] == "edit comment"


def test_a_passage_without_a_code_gets_its_line_why_by_the_same_key(at_work: Study) -> None:
    coded(at_work, PAPER, Key.Key_H)
    at_work.press(Key.Key_N)
    comment = pane(at_work).passage.comment
    focused(at_work, comment.field)
    type_in(at_work, comment, "Autonomy?")
    at_work.bot.keyClick(comment.field, Key.Key_Escape)
    assert kept(at_work).comment == "Autonomy?"


def test_what_cannot_be_kept_is_said_at_the_field_and_stays_there(at_work: Study) -> None:
    coded(at_work)
    at_work.press(Key.Key_N)
    (field,) = reasons(at_work)
    field.field.setPlainText("a NUL\0 in it")
    at_work.bot.keyClick(field.field, Key.Key_Escape)
    assert "a NUL character" in field.problem.text()
    assert field.problem.isVisible()
    assert kept(at_work).codings[0].reason == ""
    assert field.field.hasFocus(), "it stays until it can be kept"
    field.field.setPlainText("a whole letter")
    at_work.bot.keyClick(field.field, Key.Key_Escape)
    assert not field.problem.isVisible()
    assert kept(at_work).codings[0].reason == "a whole letter"


def test_going_on_to_the_next_passage_writes_what_was_typed_on_this_one(at_work: Study) -> None:
    coded(at_work, "moved twice")
    coded(at_work, PAPER)
    at_work.press(Key.Key_N)
    type_in(at_work, reasons(at_work)[0], "A name they made.")
    with at_work.context.project.read() as r:
        first, second = passages.listing(r)
    at_work.context.focus_passage(first.id)
    at_work.bot.waitUntil(lambda: pane(at_work).passage.passage.id == first.id)
    assert reasons(at_work)[0].text() == ""
    with at_work.context.project.read() as r:
        assert passages.get(r, second.id).codings[0].reason == "A name they made."


def test_n_without_a_passage_says_what_to_do(at_work: Study) -> None:
    at_work.press(Key.Key_N)
    assert at_work.status == NO_PASSAGE.format(key="J")
    assert not pane(at_work).isVisible()


# ---- when things go wrong ----


def test_a_passage_removed_under_the_cursor_loses_no_word(at_work: Study) -> None:
    coded(at_work)
    at_work.press(Key.Key_N)
    type_in(at_work, reasons(at_work)[0], "Half a thought")
    passage = kept(at_work).id
    at_work.context.change("remove passage", lambda tx: passages.remove(tx, [passage]))
    at_work.bot.waitUntil(lambda: pane(at_work).pages.currentWidget() is not pane(at_work)._areas[0])
    assert QGuiApplication.clipboard().text() == "Half a thought"
    assert GONE in at_work.status


def test_a_code_deleted_under_the_cursor_takes_its_field_along(at_work: Study) -> None:
    coded(at_work, ALWAYS_RIGHT, Key.Key_3, Key.Key_1)
    at_work.press(Key.Key_N)
    type_in(at_work, reasons(at_work)[1], "By mandate")
    delegated = at_work.code("Delegated").id
    at_work.context.change("delete Delegated", lambda tx: codes.remove(tx, delegated))
    at_work.bot.waitUntil(lambda: len(reasons(at_work)) == 1)
    assert QGuiApplication.clipboard().text() == "By mandate"
    assert at_work.text.hasFocus(), "the keyboard goes on where one reads"
    assert [chip.accessibleName() for chip in pane(at_work).passage._chips.values()] == ["Expert"]


def test_a_reason_changed_elsewhere_is_shown_unless_one_is_typing(at_work: Study) -> None:
    coded(at_work)
    look(at_work)
    coding = kept(at_work).codings[0].id
    at_work.context.change("edit reason", lambda tx: passages.set_reason(tx, coding, "From elsewhere"))
    at_work.bot.waitUntil(lambda: reasons(at_work)[0].text() == "From elsewhere")
    at_work.press(Key.Key_N)
    type_in(at_work, reasons(at_work)[0], ", and mine")
    at_work.context.change("edit reason", lambda tx: passages.set_reason(tx, coding, "Elsewhere again"))
    at_work.bot.waitUntil(lambda: not pane(at_work)._soon.isActive())
    assert reasons(at_work)[0].text() == "From elsewhere, and mine"


def test_closing_the_project_or_the_window_writes_what_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    with study(qtbot, tmp_path) as first:
        first.open()
        coded(first)
        first.press(Key.Key_N)
        type_in(first, reasons(first)[0], "Before closing")
        first.frame.trigger("file.close")
        with open_project(first.path) as project:
            assert the_passage(project).codings[0].reason == "Before closing"
        first.frame.open(first.path)
        first.open()
        first.press(Key.Key_J)
        first.press(Key.Key_N)
        type_in(first, reasons(first)[0], ", and after")
        first.window.close()
    with open_project(first.path) as project:
        assert the_passage(project).codings[0].reason == "Before closing, and after"


def test_a_project_for_reading_only_is_read_only_here_too(at_work: Study) -> None:
    coded(at_work)
    look(at_work)
    at_work.frame.trigger("file.close")
    at_work.context.adopt(open_project(at_work.path, read_only=True))
    at_work.open()
    at_work.press(Key.Key_J)
    at_work.bot.waitUntil(lambda: pane(at_work).passage.passage is not None)
    at_work.bot.waitUntil(lambda: not pane(at_work)._soon.isActive())
    assert reasons(at_work)[0].field.isReadOnly()
    assert pane(at_work).passage.comment.field.isReadOnly()
    assert not pane(at_work).passage.add.isEnabled()


# ---- a code, a source ----


def said(at_work: Study) -> Any:
    at_work.bot.waitUntil(lambda: not pane(at_work)._soon.isActive())
    return pane(at_work).plain


def test_a_code_is_shown_with_counts_fields_and_a_button_to_edit_it(at_work: Study) -> None:
    at_work.apply(PAPER, "Expert")
    look(at_work)
    expert = at_work.code("Expert").id
    at_work.context.change("define", lambda tx: codes.update(tx, expert, boundary="Can, not may.", origin="Theory"))
    at_work.choose("Expert")
    shown = said(at_work)
    assert (shown.heading.text(), shown.name.accessibleName()) == ("CODE", "Expert")
    assert shown.counts.text() == "applied 1 time in 1 source"
    assert "Boundary Can, not may." in shown.notes.toPlainText()
    assert "In Authority" in shown.notes.toPlainText()
    at_work.choose("Authority")
    assert said(at_work).heading.text() == "GROUP"
    assert shown.counts.text() == "applied 1 time in 1 source", "a group counts those in it"
    assert shown.edit.isVisible()


def test_a_source_is_shown_with_how_to_cite_it(at_work: Study) -> None:
    register = at_work.source("Register")
    edit = {"title": "The register & the rest", "cite_as": "Orha 2024", "language": "en"}
    at_work.context.change("edit details", lambda tx: sources.edit(tx, register, **edit))
    at_work.context.change("make a set", lambda tx: source_sets.add(tx, "First & best", [register]))
    at_work.context.change("say", lambda tx: variables.set_value(tx, register, variables.add(tx, "Place"), "Merrin"))
    look(at_work)
    shown = said(at_work)
    assert (shown.heading.text(), shown.name.accessibleName()) == ("SOURCE", "Register")
    for words in ("Title The register & the rest", "Cite as Orha 2024", "Language English", "Came from Register.txt"):
        assert words in shown.notes.toPlainText()
    assert "Sets First & best\n" in shown.notes.toPlainText()
    assert "Place Merrin" in shown.notes.toPlainText()


def test_a_passage_stays_while_its_own_code_is_in_focus_and_gives_way_to_others(at_work: Study) -> None:
    coded(at_work)
    look(at_work)
    passage_page = pane(at_work)._areas[0]
    at_work.choose("Expert")
    said(at_work)
    assert pane(at_work).pages.currentWidget() is passage_page
    at_work.choose("Moral")
    said(at_work)
    assert pane(at_work).plain.name.accessibleName() == "Moral"
    at_work.press(Key.Key_Escape)
    at_work.press(Key.Key_Home, Control)
    at_work.press(Key.Key_J)
    said(at_work)
    assert pane(at_work).pages.currentWidget() is passage_page


def test_everything_has_a_name_and_is_dressed_in_both_themes(at_work: Study) -> None:
    coded(at_work, ALWAYS_RIGHT, Key.Key_3, Key.Key_1)
    shown = look(at_work).passage
    named: list[Any] = [shown.copy, shown.add, shown.quote.words, shown.comment.field, shown.trail]
    named += [chip.cross for chip in shown._chips.values()] + [one.field for one in reasons(at_work)]
    assert all(widget.accessibleName() for widget in named)
    at_work.frame.trigger("view.theme_dark")
    cursor = shown.quote.words.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    assert cursor.charFormat().foreground().color() == at_work.context.theme.text


def test_long_names_never_make_the_details_wider_than_their_pane(at_work: Study) -> None:
    coder = "Prof. Dr. Annegret Müller-Lüdenscheidt, Forschungsstelle für Verwaltungsverfahrensbeschleunigung"
    assert at_work.context.project is not None
    at_work.context.project.use_coder(coder)
    at_work.drag("hers have always been right")
    at_work.press(Qt.Key.Key_3)
    at_work.trigger("view.details")
    panel = at_work.window.panels["details"]
    at_work.bot.waitUntil(lambda: panel.passage.made.accessibleName().startswith("Prof."))
    panel.resize(panel.minimumWidth(), panel.height())
    assert panel.passage.minimumSizeHint().width() <= panel.minimumWidth() - 12, "there is room for the scroll bar"


def test_a_reason_is_seen_whole_when_the_pane_is_opened_on_it(at_work: Study) -> None:
    at_work.drag("hers have always been right")
    at_work.press(Qt.Key.Key_3)
    passage = kept(at_work)
    reason = "She is asked because her numbers hold, and whoever asks her takes them home as they are. " * 2
    at_work.context.change("edit reason", lambda tx: passages.set_reason(tx, passage.codings[0].id, reason))
    at_work.trigger("view.details")
    (field,) = pane(at_work).passage.reasons.values()
    at_work.bot.waitUntil(lambda: field.text() == reason)
    at_work.bot.waitUntil(lambda: field.field.verticalScrollBar().maximum() == 0)
