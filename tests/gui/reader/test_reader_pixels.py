"""What is painted: tints, bars, brackets and names, looked at in the pixels, whatever the fonts are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from reader_kit import LOOKS, NONE, Desk

from qcode.text.span import Span, SpanKind
from qcode.ui.reader import CodeLook
from qcode.ui.reader.bracketink import LEFT as MARGIN_LEFT
from qcode.ui.reader.brackets import ROOMY
from qcode.ui.theme import load

LONG = "one word after the other goes down the page " * 9
TEXT = f"A heading\n{LONG.strip()}\nThe last paragraph is short and plain."


@pytest.fixture
def desk(qtbot) -> Desk:
    return Desk(qtbot, TEXT)


def mark(passage: int, code: int, start: int, end: int) -> tuple[int, int, int, int, int]:
    return (passage, passage * 10 if code else 0, code, start, end)


def test_coded_words_lie_on_the_blend_of_paper_and_code(desk: Desk):
    start, end = desk.find("last paragraph")
    space = TEXT.index(" paragraph is")
    assert set(desk.colors_under(space)) == {desk.theme.paper.name()}
    desk.view.add_marks([mark(1, 2, start, end)])
    colors = desk.colors_under(space)
    assert colors[0] == desk.theme.tint(LOOKS[2].color).name()
    assert colors.count(desk.theme.bar(LOOKS[2].color).name()) == 2
    assert set(desk.colors_under(TEXT.index(" short"))) == {desk.theme.paper.name()}


def test_where_codes_overlap_the_inner_tint_wins_and_each_has_its_bar(desk: Desk):
    start, end = desk.find("The last paragraph is short")
    inner_start, inner_end = desk.find("paragraph is")
    desk.view.add_marks([mark(1, 1, start, end), mark(2, 3, inner_start, inner_end)])
    colors = desk.colors_under(TEXT.index(" is short"))
    assert colors[0] == desk.theme.tint(LOOKS[3].color).name()
    first = colors.index(desk.theme.bar(LOOKS[1].color).name())
    second = colors.index(desk.theme.bar(LOOKS[3].color).name())
    assert second - first == 3
    outer = desk.colors_under(TEXT.index(" last"))
    assert outer[0] == desk.theme.tint(LOOKS[1].color).name()


def test_a_fourth_overlap_is_left_to_the_margin(desk: Desk):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([mark(number, 1 + number % 3, start, end) for number in range(1, 6)])
    colors = desk.colors_under(TEXT.index(" paragraph is"))
    assert [name for name in colors[-9:] if name == desk.theme.paper.name()].__len__() >= 3
    assert len(desk.margin.brackets()) == 5


def test_removing_a_mark_leaves_bare_paper(desk: Desk):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([mark(1, 2, start, end)])
    desk.look()
    desk.view.remove_marks([(1, 10), (99, 99)])
    assert set(desk.colors_under(TEXT.index(" paragraph is"))) == {desk.theme.paper.name()}
    assert not desk.margin.brackets()


def test_a_mark_that_comes_again_with_other_ends_replaces_the_old_one(desk: Desk):
    start, end = desk.find("The last paragraph is")
    desk.view.add_marks([mark(1, 2, start, end)])
    assert len(set(desk.colors_under(TEXT.index(" paragraph is")))) > 1
    desk.view.add_marks([mark(1, 2, start, start + 3)])
    assert set(desk.colors_under(TEXT.index(" paragraph is"))) == {desk.theme.paper.name()}
    assert desk.view.marks_at(start) == [mark(1, 2, start, start + 3)]
    assert len(desk.margin.brackets()) == 1


def test_a_passage_without_a_code_has_a_dotted_bar_and_says_so(desk: Desk):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([mark(1, 0, start, end)])
    picture, rect = desk.look(), desk.flow.caret_rect(start)
    row = [
        picture.pixelColor(x, rect.bottom() + 1).name() for x in range(desk.point(start).x(), desk.point(end).x() - 2)
    ]
    assert {desk.theme.muted.name(), desk.theme.paper.name()} <= set(row)
    box, _ = desk.margin.labels()[0]
    assert "no code" in desk.margin.tip_at(box.center().toPointF())


def test_the_bracket_spans_exactly_the_lines_of_its_words(desk: Desk):
    start = TEXT.index("\n") + 1 + 60
    end = start + 230
    desk.view.add_marks([mark(1, 1, start, end)])
    picture = desk.look()
    bar = desk.theme.bar(LOOKS[1].color).name()
    x = desk.margin.x() + MARGIN_LEFT + ROOMY.x(0)
    rows = [y for y in range(picture.height()) if picture.pixelColor(x, y).name() == bar]
    first, last = desk.flow.caret_rect(start), desk.flow.caret_rect(end - 1)
    assert first.top() <= rows[0] <= first.top() + 3
    assert last.bottom() - 3 <= rows[-1] <= last.bottom() + 3
    assert rows == list(range(rows[0], rows[-1] + 1))


def test_labels_never_collide_and_long_names_are_cut(qtbot):
    desk = Desk(qtbot, TEXT, [mark(number, 1 + number % 3, 10 + number, 40 + number * 9) for number in range(1, 16)])
    desk.view.set_looks({1: CodeLook("A name that is far too long for any margin, " * 8, "#2f6fd6")})
    desk.look()
    boxes = [box for box, _ in desk.margin.labels()]
    assert len(boxes) > 3
    assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[:at])
    assert all(box.top() >= 0 and box.right() <= desk.margin.width() for box in boxes)
    assert len({bracket.lane for _, bracket in desk.margin.brackets()}) == 12


def test_a_click_on_a_bracket_or_its_name_selects_the_mark_and_outlines_it(desk: Desk, qtbot):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([mark(1, 2, start, end)])
    before = desk.look()
    for boxes in (desk.margin.brackets, desk.margin.labels):
        box = boxes()[0][0]
        with qtbot.waitSignal(desk.view.markSelected) as told:
            QTest.mouseClick(desk.margin, Qt.MouseButton.LeftButton, NONE, box.center())
        assert told.args == [(1, 10)]
        assert desk.view.selected_mark() == (1, 10)
        assert desk.caret == start
        accent = desk.theme.accent.name()
        picture, rect = desk.look(), desk.flow.caret_rect(start)
        middle = (desk.point(start).x() + desk.point(end).x()) // 2
        above = [picture.pixelColor(middle, rect.top() - up).name() for up in range(4)]
        assert accent in above
        assert accent not in [before.pixelColor(middle, rect.top() - up).name() for up in range(4)]
        with qtbot.waitSignal(desk.view.markSelected) as told:
            desk.click(end + 3)
        assert told.args == [None]
        assert desk.view.selected_mark() is None


def test_the_menu_of_a_bracket_is_about_its_mark(desk: Desk):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([mark(1, 2, start, end)])
    desk.look()
    asked: list[int] = []
    desk.view.menuRequested.connect(lambda _at, offset: asked.append(offset))
    at = desk.margin.labels()[0][0].center()
    for point in (at, QPoint(at.x(), desk.margin.height() - 2)):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, desk.margin.mapToGlobal(point))
        QCoreApplication.sendEvent(desk.margin, event)
    assert asked == [start]
    assert desk.view.selected_mark() == (1, 10)


def test_a_mark_that_is_removed_is_no_longer_selected(desk: Desk, qtbot):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([mark(1, 2, start, end)])
    desk.view.select_mark(1, 10)
    with qtbot.waitSignal(desk.view.markSelected):
        desk.view.remove_marks([(1, 10)])
    assert desk.view.selected_mark() is None
    desk.view.select_mark(7, 7)
    assert desk.view.selected_mark() is None


def test_selected_words_are_painted_in_the_colour_of_selection(desk: Desk):
    start, end = desk.find("last paragraph is")
    desk.view.set_selection(start, end)
    assert desk.colors_under(TEXT.index(" paragraph is"))[0] == desk.theme.selection.name()
    assert desk.colors_under(TEXT.index(" short"))[0] == desk.theme.paper.name()


def test_colours_follow_the_theme_and_the_code(desk: Desk):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([mark(1, 2, start, end)])
    dark = load("dark")
    desk.view.set_theme(dark)
    assert desk.colors_under(TEXT.index(" paragraph is"))[0] == dark.tint(LOOKS[2].color).name()
    desk.view.set_looks({2: CodeLook("Moral", "#aa3377")})
    assert desk.colors_under(TEXT.index(" paragraph is"))[0] == dark.tint("#aa3377").name()
    desk.view.set_tint_strength(0.0)
    assert desk.colors_under(TEXT.index(" paragraph is"))[0] == dark.paper.name()


def test_the_bare_text_shows_no_sign_of_coding(desk: Desk):
    start, end = desk.find("last paragraph")
    bare = desk.look()
    desk.view.add_marks([mark(1, 2, start, end)])
    desk.settle()
    desk.view.set_bare(True)
    assert desk.look() == bare
    desk.view.set_bare(False)
    assert desk.look() != bare


def test_headings_are_larger_and_emphasis_is_bold(qtbot):
    plain = Desk(qtbot, TEXT)
    spans = [Span(0, 9, SpanKind.HEADING, "1"), Span(*plain.find("short"), SpanKind.BOLD)]
    dressed = Desk(qtbot, TEXT, spans=spans)
    assert dressed.flow.caret_rect(0).height() > plain.flow.caret_rect(0).height()

    def width(desk: Desk, words: str) -> int:
        start, end = desk.find(words)
        return desk.point(end).x() - desk.point(start).x()

    assert width(dressed, "A heading") > width(plain, "A heading")
    assert width(dressed, "short") > width(plain, "short")
    assert abs(width(dressed, "plain") - width(plain, "plain")) <= 1


def test_each_paragraph_is_numbered_on_its_first_line_only(desk: Desk):
    picture = desk.look()
    theme = desk.theme
    numbered = [
        y
        for y in range(picture.height())
        if any(picture.pixelColor(x, y).name() != theme.paper.name() for x in range(desk.left - 10))
    ]
    for start in (0, TEXT.index("\n") + 1, TEXT.index("The last")):
        line = desk.flow.caret_rect(start)
        assert any(line.top() <= y <= line.bottom() for y in numbered)
    second = desk.flow.layout(1)
    assert second.line_count > 3
    top, tall = desk.flow.caret_rect(TEXT.index("\n") + 1).top(), second.style.pitch
    assert not any(top + tall <= y < top + tall * second.line_count for y in numbered)


def test_hovering_says_in_plain_text_what_lies_over_the_words(desk: Desk, monkeypatch):
    start, end = desk.find("last paragraph")
    desk.view.add_marks([mark(1, 3, start, end), mark(2, 1, start, end + 3)])
    said: list[str] = []

    class Tips:
        @staticmethod
        def showText(_at: QPoint, text: str, _widget: object) -> None:  # noqa: N802 - as Qt has it
            said.append(text)

    monkeypatch.setattr("qcode.ui.reader.textarea.QToolTip", Tips)
    for offset in (start + 2, end + 10):
        at = desk.point(offset) + QPoint(2, 0)
        desk.area.event(QHelpEvent(QHelpEvent.Type.ToolTip, at, desk.area.mapToGlobal(at)))
    assert "Expert &lt;b&gt;&amp;" in said[0]
    assert "Delegated\nIt may." in said[0]
    assert said[0].index("Expert") < said[0].index("Delegated")
    assert said[1] == ""


def test_the_overview_shows_each_code_where_it_is_and_a_click_goes_there(qtbot):
    text = "\n".join(f"Paragraph {number} of a text that is long enough to scroll." for number in range(600))
    at = text.index("Paragraph 450")
    desk = Desk(qtbot, text, [mark(1, 3, at, at + 40)])
    desk.settle()
    picture = desk.look()
    x = desk.overview.x() + desk.overview.width() // 2
    bar = desk.theme.bar(LOOKS[3].color).name()
    rows = [y for y in range(picture.height()) if picture.pixelColor(x, y).name() == bar]
    assert abs(rows[0] / picture.height() - 0.75) < 0.02
    QTest.mouseClick(desk.overview, Qt.MouseButton.LeftButton, NONE, QPoint(8, rows[0]))
    desk.look()
    start, end = desk.flow.range_in_sight()
    assert start <= at < end
    assert desk.margin.brackets()


def test_the_overview_follows_a_new_code_at_once(qtbot):
    text = "\n".join(f"Paragraph {number} of a text that is long enough to scroll." for number in range(600))
    desk = Desk(qtbot, text)
    desk.settle()
    at = text.index("Paragraph 300 ")
    desk.view.add_marks([mark(1, 3, at, at + 40)])
    shown = [y for y in range(desk.overview.height()) if 3 in desk.overview.codes_at(y)]
    assert shown
    assert abs(shown[0] / desk.overview.height() - 0.5) < 0.02
    desk.view.remove_marks([(1, 10)])
    assert not any(desk.overview.codes_at(y) for y in range(desk.overview.height()))
