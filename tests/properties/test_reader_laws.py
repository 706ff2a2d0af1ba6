"""What holds for the reading view whatever the text and the codings are."""

from __future__ import annotations

from itertools import pairwise

import pytest

pytest.importorskip("PySide6")

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from reader_kit import Desk

from qcode.text.breaks import next_grapheme, snap
from qcode.text.canonical import canonical
from qcode.ui.reader.bracketink import LEFT
from qcode.ui.reader.brackets import Bracket, fold, grid_for, place_labels
from qcode.ui.reader.heights import Heights
from qcode.ui.reader.index import MarkIndex
from qcode.ui.reader.lanes import Lanes
from qcode.ui.reader.marks import Mark, key_of, outer_first
from qcode.ui.reader.pieces import LONGEST, Pieces
from qcode.ui.textpos import TextPositions
from qcode.ui.widgets.page_marks import PageMarks

one_window = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
anything = st.text(max_size=60)
letters = st.text(st.sampled_from("ab cd\n\té😀𝒳👩\u200d\u0301שם"), max_size=80).map(lambda raw: canonical(raw).text)
leftward = st.text(st.sampled_from("ab cd\né😀𝒳\u0301,."), min_size=1, max_size=120).map(
    lambda raw: canonical(raw).text
)
points = st.builds(QPoint, st.integers(-50, 950), st.integers(-50, 700))


@st.composite
def marks(draw: st.DrawFn, *, length: int = 300_000, most: int = 40) -> list[Mark]:
    made = []
    for number in range(1, draw(st.integers(0, most)) + 1):
        start = draw(st.integers(0, length - 1))
        size = draw(st.one_of(st.integers(1, 300), st.integers(1, length)))
        made.append((number, draw(st.sampled_from((0, number + 100))), number % 5, start, min(length, start + size)))
    return made


# Positions


@given(anything)
@example("a😀\ud83d b𝒳")
def test_the_map_between_code_points_and_utf_16_is_a_bijection(text: str):
    positions = TextPositions(text)
    units = [positions.to_utf16(at) for at in range(len(text) + 1)]
    assert units == [len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in range(len(text) + 1)]
    assert [positions.to_code_point(unit) for unit in units] == list(range(len(text) + 1))
    assert positions.units == units[-1]
    between = [positions.to_code_point(unit) for unit in range(positions.units + 1)]
    assert between == sorted(between)


@given(anything, st.integers(0, 3), st.integers(4_000, 20_000))
def test_pieces_are_the_lines_cut_between_whole_characters(text: str, lines: int, times: int):
    whole = "\n".join([text] * lines + ["ab 👩\u200d👩\u200d👧é"[: times % 9 + 1] * times])
    whole = canonical(whole).text
    pieces = Pieces(whole)
    joined = "".join(
        pieces.string(piece) + ("\n" if pieces.ends_line(piece) and piece + 1 < len(pieces) else "")
        for piece in range(len(pieces))
    )
    assert joined == whole
    for piece in range(len(pieces)):
        start, end = pieces.starts[piece], pieces.ends[piece]
        assert end - start <= LONGEST
        assert pieces.at(start) == piece
        assert snap(whole, start, start)[0] == start


# Marks


@given(marks(), st.lists(st.tuples(st.integers(0, 300_000), st.integers(1, 5_000)), max_size=5), st.data())
def test_the_index_finds_what_looking_at_every_mark_finds(known: list[Mark], asked: list[tuple[int, int]], data):
    index = MarkIndex(known)
    for mark in data.draw(st.lists(st.sampled_from(known), unique=True)) if known else ():
        assert index.discard(key_of(mark)) == mark
        assert index.discard(key_of(mark)) is None
        known = [other for other in known if other != mark]
    for mark in data.draw(marks(most=10)):
        new = (mark[0] + 1_000, mark[1] + 1_000, *mark[2:])
        index.add(new)
        known = [*known, new]
    assert len(index) == len(known)
    for start, size in asked:
        found = index.touching(start, start + size)
        assert sorted(found) == sorted(mark for mark in known if mark[3] < start + size and mark[4] > start)
        assert [outer_first(mark) for mark in found] == sorted(outer_first(mark) for mark in found)


few = st.tuples(*[st.integers(1, 4)] * 2, st.integers(0, 2), *[st.integers(0, 3)] * 2)


@given(st.lists(few), st.lists(st.one_of(few, st.tuples(st.integers(1, 4), st.integers(1, 4)))), few)
def test_a_page_knows_of_its_marks_what_going_through_all_of_them_tells(first, steps, asked):
    known = {key_of(mark): mark for mark in map(_one_place_a_passage, first)}
    page = PageMarks()
    page.fill(known.values())
    for step in map(_one_place_a_passage, steps):
        known.pop(step[:2], None)
        if len(step) == 5:
            page.put(step)
            known[key_of(step)] = step
        else:
            page.drop(step)
    as_read = sorted(known.values(), key=outer_first)
    passage, _, code, start, end = _one_place_a_passage(asked)
    here = start, -end, passage
    assert (list(page), len(page), page.keys()) == (as_read, len(known), set(known))
    assert all(page.get(key) == mark for key, mark in known.items())
    assert page.of(passage) == [mark for mark in as_read if mark[0] == passage]
    assert page.at(start, end) == [mark for mark in as_read if mark[3:] == (start, end)]
    fitting = [mark for mark in as_read if mark[2] != code]
    beyond = [mark for mark in fitting if outer_first(mark)[:3] > here]
    earlier = [mark for mark in fitting if outer_first(mark)[:3] < here]
    assert page.after(here, fitting.__contains__) == next(iter(beyond), None)
    last = [mark for mark in earlier if mark[0] == earlier[-1][0]]
    assert page.before(here, fitting.__contains__) == next(iter(last), None)


def _one_place_a_passage(mark):
    """All marks of a passage lie where it lies."""
    return (*mark[:3], mark[0] % 3, mark[0] % 3 + 2) if len(mark) == 5 else mark


@given(marks(length=3_000, most=30), marks(length=3_000, most=6), st.randoms(use_true_random=False))
def test_no_two_brackets_overlap_in_a_lane_and_nobody_moves(first: list[Mark], later: list[Mark], chance):
    index = MarkIndex(first)
    lanes = Lanes(index, "a line\n" * 500)
    seen_first = list(first)
    chance.shuffle(seen_first)
    lanes.settle(seen_first[:5])
    while lanes.sweep(0.001):
        pass
    before = {key_of(mark): lanes.of(mark) for mark in first}
    added = [(mark[0] + 1_000, mark[1] + 1_000, *mark[2:]) for mark in later]
    for mark in added:
        index.add(mark)
        lanes.of(mark)
    assert {key_of(mark): lanes.of(mark) for mark in first} == before
    everybody = [*first, *added]
    for at, one in enumerate(everybody):
        for other in everybody[:at]:
            if one[3] < other[4] and other[3] < one[4]:
                assert lanes.of(one) != lanes.of(other)


@given(
    st.lists(st.tuples(st.integers(-50, 600), st.integers(1, 400), st.integers(0, 11)), max_size=40),
    st.integers(60, 600),
    st.integers(130, 400),
)
def test_labels_never_collide_and_stay_in_the_window(rows: list[tuple[int, int, int]], height: int, width: int):
    brackets = [
        Bracket(((number, 1, 1, 0, 1),), lane, top, top + tall, top < 0, top + tall > height)
        for number, (top, tall, lane) in enumerate(rows)
        if top < height and top + tall > 0
    ]
    grid = grid_for(width)
    brackets = fold(brackets, grid.fold)
    labels = sorted(place_labels(brackets, height, 17, grid=grid), key=lambda label: label.y)
    assert all(width - LEFT - label.x >= 45 for label in labels), "however many lanes, a name has room"
    assert all(label.y >= 0 and label.y + 17 <= height for label in labels)
    assert all(low.y + 17 <= high.y for low, high in pairwise(labels))
    if len(brackets) == 1:
        assert len(labels) == 1


@given(
    st.lists(st.integers(0, 90), min_size=1, max_size=700),
    st.lists(st.tuples(st.integers(0, 699), st.integers(0, 200)), max_size=8),
    st.integers(0, 40_000),
)
def test_heights_add_up(heights: list[int], changes: list[tuple[int, int]], y: int):
    kept = Heights(heights)
    known = list(heights)
    for piece, height in changes:
        if piece < len(known):
            kept.set(piece, height)
            known[piece] = height
    assert kept.total == sum(known)
    assert [kept.before(piece) for piece in range(0, len(known), 37)] == [
        sum(known[:at]) for at in range(0, len(known), 37)
    ]
    piece, into = kept.at(y)
    assert kept.before(piece) + into == y
    assert into < known[piece] or piece == len(known) - 1


# The window


@one_window
@given(leftward, st.data())
def test_what_the_mouse_selects_is_what_stands_between_the_two_points(qtbot_desk: Desk, text: str, data):
    desk = qtbot_desk
    desk.open(text)
    boundaries = [0]
    while boundaries[-1] < len(text):
        boundaries.append(next_grapheme(text, boundaries[-1]))
    first, last = data.draw(st.sampled_from(boundaries)), data.draw(st.sampled_from(boundaries))
    # Two positions may share a place: behind a character without width.
    assume(all(_nearest(desk, boundaries, at) == at for at in (first, last)))
    desk.drag(desk.point(first), desk.point(last))
    start, end = desk.view.selection()
    assert (start, end) == (min(first, last), max(first, last))
    assert desk.view.selected_text() == text[start:end]


def _nearest(desk: Desk, boundaries: list[int], offset: int) -> int:
    """Which caret place is nearest to that of an offset, found by looking at all of them."""
    here = desk.point(offset)
    on_line = [at for at in boundaries if desk.point(at).y() == here.y()]
    return min(on_line, key=lambda at: abs(desk.point(at).x() - here.x()))


@one_window
@given(letters, points, points)
def test_wherever_the_mouse_is_dragged_the_selection_is_whole_characters(qtbot_desk: Desk, text, begin, end):
    desk = qtbot_desk
    desk.open(text)
    desk.drag(begin, end)
    low, high = desk.view.selection()
    assert 0 <= low <= high <= len(text)
    assert snap(text, low, high) == (low, high)
    assert desk.view.selected_text() == text[low:high]


@one_window
@given(st.lists(st.integers(0, 4_000), min_size=1, max_size=12), st.lists(st.integers(-900, 900), max_size=12))
def test_scrolling_there_and_back_ends_where_it_began(qtbot_desk: Desk, lengths: list[int], turns: list[int]):
    desk = qtbot_desk
    desk.open("\n".join("word " * (length // 5) for length in lengths) + "\nend " * 200)
    desk.view.scroll_by(3_000)
    desk.look()
    places = []
    for pixels in turns:
        places.append(desk.view.top())
        desk.view.scroll_by(pixels)
        desk.look()
        if not 0 < desk.flow.value < desk.flow.maximum:
            return  # An end of the text was reached: some of the way was not gone.
    for pixels in reversed(turns):
        desk.view.scroll_by(-pixels)
        desk.look()
        assert desk.view.top() == places.pop()


@pytest.fixture
def qtbot_desk(qtbot) -> Desk:
    return Desk(qtbot, "")
