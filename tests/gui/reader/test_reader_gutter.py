"""Beside the words stand their signs: who speaks and when, pages, and what is not data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from qcode.text.span import Span, SpanKind
from qcode.ui.reader import SourceView
from qcode.ui.reader.signs import Signs

TURNS = ("INT: Who kept the list?", "ORHA: I did, every name.")
TEXT = "\n\n".join(TURNS) + "\n\nThe sentence goes on over the end of a page."
SECOND = TEXT.index("ORHA")
LAST = TEXT.index("The sentence")
TURN = TEXT.index("over")
SPANS = (
    Span(0, len(TURNS[0]), SpanKind.SPEAKER, "Interviewer"),
    Span(0, 6, SpanKind.TIME, "00:01:02.500"),
    Span(8, 12, SpanKind.TIME, "00:01:04.500"),
    Span(SECOND, SECOND + len(TURNS[1]), SpanKind.SPEAKER, "Maryam Orha of the Northern Register Office"),
    Span(0, TURN, SpanKind.PAGE, "11"),
    Span(TURN, len(TEXT), SpanKind.PAGE, "12"),
    Span(LAST, LAST + 3, SpanKind.COMMENT, "Orha: which one?"),
    Span(0, len(TURNS[0]), SpanKind.NOT_DATA),
)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[SourceView]:
    made = SourceView()
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show(TEXT, SPANS)
    made.show()
    qtbot.waitExposed(made)
    yield made


def image(view: SourceView) -> QImage:
    return view._text.grab().toImage()


def labels(view: SourceView) -> list[tuple[str, int]]:
    gutter, flow = view._text.ink.gutter, view._scene.flow
    return [(label.words, box.top()) for box, label in gutter._places(flow.in_sight(), 100)]


def colors(shown: QImage, left: int, right: int, y: int, reach: int = 8) -> set[int]:
    return {shown.pixel(x, at) for x in range(left, right) for at in range(y - reach, y + reach)}


def test_speakers_first_times_and_pages_stand_beside_their_lines_and_cover_none(view: SourceView) -> None:
    assert [words for words, _ in labels(view)] == [
        "Interviewer",
        "01:02",
        "p. 11",
        "Maryam Orha of the Northern Register Office",
        "comment",
        "p. 12",
    ]
    tops = [top for _, top in labels(view)]
    height = view._text.ink.gutter.font.pointSize()
    assert all(after - before >= height for before, after in pairwise(tops))


def test_a_name_too_long_for_the_gutter_is_told_in_its_tip(view: SourceView) -> None:
    box = next(
        box
        for box, label in view._text.ink.gutter._places(
            view._scene.flow.in_sight(), view._text.ink.left - 14 - view._text.ink.gutter._numbers - 10
        )
        if label.words.startswith("Maryam")
    )
    assert "Northern Register Office" in view._text.tip_at(QPointF(box.center()))
    assert view._text.tip_at(QPointF(1, 450)) == ""
    view.set_selection(LAST, LAST)
    rect = view.caret_rect()
    assert rect is not None
    assert "Comment by Orha: which one?" in view._text.tip_at(QPointF(rect.center() + QPoint(3, 0)))


def test_what_is_not_data_is_grey_beside_a_dotted_line_and_its_tip_says_so(view: SourceView) -> None:
    theme, left = view._scene.paints.theme, view._text.ink.left
    rect = view.caret_rect()
    view.set_selection(6, 6)
    rect = view.caret_rect()
    assert rect is not None
    shown = image(view)
    words = colors(shown, left, left + 120, rect.center().y())
    assert theme.muted.rgb() in words
    assert theme.ink.rgb() not in words
    assert theme.muted.rgb() in colors(shown, left - 9, left - 4, rect.center().y())
    tip = view._text.tip_at(QPointF(rect.center() + QPoint(2, 0)))
    assert "Not data" in tip
    assert "Turn of Interviewer" in tip
    view.set_signs(SPANS[:-1])
    assert theme.ink.rgb() in colors(image(view), left, left + 120, rect.center().y())
    assert "Not data" not in view._text.tip_at(QPointF(rect.center() + QPoint(2, 0)))


def test_part_of_a_paragraph_can_be_grey(view: SourceView) -> None:
    theme = view._scene.paints.theme
    view.set_signs([Span(LAST, TURN, SpanKind.NOT_DATA)])
    view.set_selection(TURN, TURN)
    rect = view.caret_rect()
    assert rect is not None
    shown, y = image(view), rect.center().y()
    assert theme.ink.rgb() not in colors(shown, view._text.ink.left, rect.left() - 2, y, 5)
    assert theme.ink.rgb() in colors(shown, rect.left(), rect.left() + 100, y, 5)


def test_a_page_that_begins_within_a_paragraph_has_a_fine_line_there(view: SourceView) -> None:
    view.set_selection(TURN, TURN)
    rect = view.caret_rect()
    assert rect is not None
    column = {image(view).pixel(rect.left() - 2, y) for y in range(rect.top(), rect.bottom())}
    assert column == {view._scene.paints.theme.muted.rgb()}
    assert view.pages() == [("11", 0), ("12", TURN)]


def test_signs_answer_for_any_stretch() -> None:
    signs = Signs([Span(3, 6, SpanKind.NOT_DATA), Span(6, 8, SpanKind.NOT_DATA), Span(9, 9, SpanKind.TIME, "")])
    assert signs.out(0, 20) == [(3, 8)]
    assert signs.out(4, 5) == [(4, 5)]
    assert signs.out(8, 20) == signs.out(0, 3) == []
    assert signs.labels(0, 20) == []
    assert signs.told(7) == ["Not data"]
