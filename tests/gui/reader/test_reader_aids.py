"""What helps the reader: hits of a find, a ruler, where one has read to, fewer marks, what tips and copies tell."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from reader_kit import CTRL, LOOKS, Desk

from qcode.ui.theme import TEXT_CONTRAST, contrast, load

LONG = "one word after the other goes down the page " * 9
TEXT = f"A heading\n{LONG.strip()}\nThe last paragraph is short and <plain> & simple.\n\nمرحبا 👩 end."


@pytest.fixture
def desk(qtbot) -> Desk:
    return Desk(qtbot, TEXT)


def hits_of(word: str) -> list[tuple[int, int]]:
    found, at = [], TEXT.find(word)
    while at >= 0:
        found.append((at, at + len(word)))
        at = TEXT.find(word, at + 1)
    return found


def test_all_hits_are_marked_and_the_current_one_stronger_and_framed(desk: Desk):
    hits = hits_of("other goes")
    desk.view.show_hits(hits, 1)
    paints = desk.view._scene.paints
    first, second = (TEXT.index(" ", hits[place][0]) for place in (0, 1))
    assert desk.colors_under(first)[2] == paints.hit.name()
    assert desk.colors_under(second)[2] == paints.current_hit.name()
    assert desk.colors_under(second)[0] == desk.theme.ink.name()
    assert paints.hit.name() != paints.current_hit.name()
    desk.view.clear_hits()
    assert set(desk.colors_under(first)) == {desk.theme.paper.name()}


def test_hits_lie_over_tints_and_beside_the_text_in_the_overview(desk: Desk):
    hits = hits_of("goes down")
    desk.view.add_marks([(1, 1, 2, 0, len(TEXT))])
    desk.view.show_hits(hits)
    assert desk.colors_under(TEXT.index(" down"))[2] == desk.view._scene.paints.hit.name()
    picture, sign = desk.look(), desk.view._scene.paints.hit_sign.name()
    x = desk.overview.x() + 2
    assert any(picture.pixelColor(x, y).name() == sign for y in range(picture.height()))


def test_hits_may_be_very_many(desk: Desk):
    hits = hits_of("e")
    desk.view.show_hits(hits, len(hits) - 1)
    assert desk.view._scene.hits.current == hits[-1]
    assert desk.view._scene.hits.within(hits[3][0], hits[5][0]) == hits[3:5]
    desk.view.show_hits([(at, at + 1) for at in range(len(TEXT))], 10**6)
    assert desk.view._scene.hits.current is None
    assert len(desk.view._scene.hits.spread()) <= 400
    desk.look()
    desk.open("Another text.")
    assert not len(desk.view._scene.hits)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_words_on_hits_and_on_the_ruler_are_read_as_well_as_others(desk: Desk, name: str):
    theme = load(name)
    desk.view.set_theme(theme)
    paints = desk.view._scene.paints
    for ground in (paints.hit, paints.current_hit, paints.ruler):
        assert contrast(ground, theme.ink) >= TEXT_CONTRAST


def test_the_ruler_follows_the_pointer_and_then_the_caret(desk: Desk):
    desk.view.set_ruler(True)
    ruler, paper = desk.view._scene.paints.ruler.name(), desk.theme.paper.name()
    last, heading = TEXT.index("The last"), 0

    def ground(offset: int) -> str:
        return desk.look().pixelColor(4, desk.flow.caret_rect(offset).center().y()).name()

    assert (ground(heading), ground(last)) == (ruler, paper)
    QTest.mouseMove(desk.area, desk.point(last))
    assert (ground(heading), ground(last)) == (paper, ruler)
    desk.key(Qt.Key.Key_Right)
    assert (ground(heading), ground(last)) == (ruler, paper)
    QTest.mouseMove(desk.area, desk.point(last) + QPoint(1, 0))
    desk.area.leaveEvent(QEvent(QEvent.Type.Leave))
    assert (ground(heading), ground(last)) == (ruler, paper)
    desk.view.set_ruler(False)
    assert (ground(heading), ground(last)) == (paper, paper)


def test_a_line_says_how_far_one_has_read_and_no_name_stands_on_its_words(desk: Desk):
    at = TEXT.index("other goes", 80)
    desk.view.add_marks([(number, number, 1 + number % 3, at - 40 + number, at + 60) for number in range(1, 8)])
    desk.view.set_read_to(at)
    picture, y = desk.look(), desk.flow.line_after(at)
    accent = desk.theme.accent.name()
    assert picture.pixelColor(desk.left + 20, y).name() == accent
    line = QFontMetrics(desk.margin.ink.font).height() + 3
    words = desk.margin.ink._read_to_box(desk.margin.width(), line)
    assert words is not None
    assert words.right() <= desk.margin.width()
    assert abs(words.center().y() - y) <= 1
    assert desk.margin.labels()
    assert not any(box.intersects(words) for box, _ in desk.margin.labels())
    desk.view.set_read_to(None)
    assert desk.look().pixelColor(desk.left + 20, y).name() != accent
    desk.view.set_read_to(10**9)
    desk.look()


def test_marks_that_are_filtered_out_are_as_if_they_were_not_there(desk: Desk, qtbot):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([(1, 10, 1, start, end), (2, 20, 2, start, end + 3), (3, 30, 2, 0, 4)])
    desk.view.select_mark(2, 20)
    with qtbot.waitSignal(desk.view.markSelected) as told:
        desk.view.set_shown(lambda mark: mark[2] != 2)
    assert told.args == [None]
    assert desk.colors_under(TEXT.index(" paragraph is"))[0] == desk.theme.tint(LOOKS[1].color).name()
    assert [bracket.marks[0][0] for _, bracket in desk.margin.brackets()] == [1]
    assert [mark[0] for mark in desk.view.marks_at(start)] == [1]
    desk.view.add_marks([(4, 40, 2, start, end), (5, 50, 3, start, end)])
    desk.view.remove_marks([(3, 30)])
    assert {mark[0] for mark in desk.view.marks_at(start)} == {1, 5}
    desk.view.set_shown(None)
    assert {mark[0] for mark in desk.view.marks_at(start)} == {1, 2, 4, 5}
    desk.look()
    assert len(desk.margin.brackets()) == 4
    assert not desk.view.marks_at(0)


def test_tips_tell_who_coded_and_why_as_plain_text(desk: Desk):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([(1, 10, 1, start, end), (2, 20, 1, start, end), (3, 0, 0, start, end)])
    asked: list[tuple[int, int]] = []

    def tell(passage: int, coding: int) -> str:
        asked.append((passage, coding))
        return f"coder {passage}: because <b>&" if coding else ""

    desk.view.set_tip(tell)
    desk.look()
    said = desk.area.tip_at(QPointF(desk.point(start + 2)) + QPointF(2, 0))
    assert said.count("It may.") == 1
    assert "coder 1: because &lt;b&gt;&amp;" in said
    assert "coder 2: because" in said
    assert (3, 0) in asked
    box = next(box for box, bracket in desk.margin.labels() if bracket.marks[0][0] == 2)
    assert "coder 2" in desk.margin.tip_at(box.center().toPointF())


def test_a_crowd_of_codings_does_not_ask_for_ever(desk: Desk):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([(number, number, 1, start, end) for number in range(1, 200)])
    asked: list[int] = []
    desk.view.set_tip(lambda passage, _coding: str(asked.append(passage) or ""))
    desk.area.tip_at(QPointF(desk.point(start + 2)) + QPointF(2, 0))
    assert 0 < len(asked) <= 10


def test_by_keys_the_same_is_told_and_the_place_is_shown(desk: Desk, monkeypatch):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([(1, 10, 1, start, end), (2, 20, 2, start, end)])
    said: list[str] = []

    class Tips:
        @staticmethod
        def showText(_at: QPoint, text: str, _widget: object) -> None:  # noqa: N802 - as Qt has it
            said.append(text)

    monkeypatch.setattr("qcode.ui.reader.textarea.QToolTip", Tips)
    desk.view.set_tip(lambda passage, _coding: f"coder {passage}")
    desk.view.set_selection(start, start)
    desk.key(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    desk.view.select_mark(2, 20)
    desk.key(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert "coder 1" in said[0]
    assert "coder 2" in said[0]
    assert "coder 1" not in said[1]

    accent = desk.theme.accent.name()
    assert desk.look().pixelColor(1, 300).name() != accent
    desk.area.clearFocus()
    desk.area.setFocus(Qt.FocusReason.TabFocusReason)
    assert desk.look().pixelColor(1, 300).name() == accent
    desk.area.clearFocus()
    assert desk.look().pixelColor(1, 300).name() != accent


def test_a_copy_is_plain_for_some_and_has_its_reference_for_others(desk: Desk):
    start, end = desk.find("short and <plain> & simple.\n\nمرحبا 👩")
    desk.view.set_selection(start, end)
    desk.view.set_quoting(lambda low, high: f"<p>{low}–{high}</p>")
    desk.key(Qt.Key.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == TEXT[start:end]
    assert data.html() == f"<p>{start}–{end}</p>"
    desk.view.set_quoting(None)
    desk.view.copy()
    html = QGuiApplication.clipboard().mimeData().html()
    assert "&lt;plain&gt; &amp; simple." in html
    assert html.count("<p ") == 2


def test_copying_nothing_leaves_the_clipboard_alone(desk: Desk):
    QGuiApplication.clipboard().setText("kept")
    desk.view.copy()
    assert QGuiApplication.clipboard().text() == "kept"


def test_the_paper_may_differ_and_the_strength_of_tints_outlives_it(desk: Desk):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([(1, 10, 2, start, end)])
    desk.view.set_tint_strength(0.5)
    sepia = replace(load("light"), paper=QColor("#f4ecd8"), _bars={}, _tints={})
    desk.view.set_theme(sepia)
    picture = desk.look()
    assert picture.pixelColor(2, picture.height() - 2).name() == "#f4ecd8"
    strong = replace(sepia, tint_strength=0.5, _bars={}, _tints={})
    assert desk.colors_under(TEXT.index(" paragraph is"))[0] == strong.tint(LOOKS[2].color).name()


def test_a_program_that_copied_ends_in_peace(checkout):
    """PySide6 crashed on its way out while our data was on the clipboard."""
    story = (
        "from PySide6.QtWidgets import QApplication\n"
        "from qcode.ui.reader.copying import copied, put_on_clipboard\n"
        "app = QApplication([])\n"
        "put_on_clipboard(copied('words', lambda: 'reference'))\n"
    )
    ended = subprocess.run([sys.executable, "-c", story], cwd=checkout, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
