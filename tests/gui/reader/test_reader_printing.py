"""A source on paper: every line once, with its number, its highlights and its margin."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPdfWriter
from reader_kit import LOOKS

from qcode.errors import FileProblem
from qcode.progress import Cancelled, quiet
from qcode.text.span import Span, SpanKind
from qcode.ui.reader.flow import Flow
from qcode.ui.reader.printing import print_source
from qcode.ui.reader.typography import Reading, Typography
from qcode.ui.theme import load

TEXT = "A heading\n" + "\n\n".join(
    f"Paragraph {number} says that " + "word after word goes down the page until it is full " * 5 + "and ends."
    for number in range(40)
)
THEME = load("light")


def printed(path: Path, text: str = TEXT, *, marks=(), spans=(), progress=quiet) -> int:
    writer = QPdfWriter(str(path))
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, MARGINS))
    return print_source(writer, text, spans, marks, LOOKS, THEME, "A <b>title</b> & more", progress)


MARGINS = QMarginsF(40, 40, 40, 40)


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def picture(path: Path, page: int = 0, scale: float = 2) -> QImage:
    with pypdfium2.PdfDocument(path) as pdf:
        made = pdf[page].render(scale=scale, rev_byteorder=True).to_numpy()
        tall, wide, depth = made.shape
        kind = QImage.Format.Format_RGB888 if depth == 3 else QImage.Format.Format_RGBA8888
        return QImage(made.tobytes(), wide, tall, wide * depth, kind).copy()


@pytest.fixture
def paper(tmp_path: Path, qapp) -> Path:
    return tmp_path / "source.pdf"


def test_every_paragraph_is_printed_once_in_order_over_numbered_pages(paper: Path):
    count = printed(paper, spans=[Span(0, 9, SpanKind.HEADING, "1")])
    told = pages(paper)
    assert count == len(told) > 2
    whole = " ".join(" ".join(told).split())
    places = [whole.index(f"Paragraph {number} says") for number in range(40)]
    assert places == sorted(places)
    assert whole.count("until it is full") == TEXT.count("until it is full")
    for number, page in enumerate(told, 1):
        assert "A <b>title</b> & more" in page
        assert str(number) in page.split("says")[0]


def test_codes_stand_in_the_margin_and_their_tints_and_bars_under_the_words(paper: Path):
    start = TEXT.index("word after word")
    printed(paper, marks=[(1, 10, 1, start, start + 200), (2, 20, 2, start, start + 90)])
    assert "Delegated" in pages(paper)[0]
    assert "Moral" in pages(paper)[0]
    assert "Delegated" not in pages(paper)[1]
    seen = picture(paper, scale=4)
    colors = {seen.pixelColor(x, y).name() for x in range(0, seen.width(), 3) for y in range(0, seen.height() // 3)}
    for code in (1, 2):
        assert THEME.bar(LOOKS[code].color).name() in colors
        assert THEME.tint(LOOKS[code].color).name() in colors


def test_a_coding_over_many_pages_is_named_on_each(paper: Path):
    printed(paper, marks=[(1, 10, 1, 0, len(TEXT))])
    assert all("Delegated" in page for page in pages(paper))


def test_below_the_last_line_of_a_page_nothing_of_the_next_one_shows(paper: Path):
    printed(paper, marks=[(1, 10, 1, 0, len(TEXT))])
    seen, bar = picture(paper, scale=3), THEME.bar(LOOKS[1].color)
    for x in range(round(seen.width() * 0.2), round(seen.width() * 0.25)):
        column = [seen.pixelColor(x, y) for y in reversed(range(seen.height()))]
        lowest = next(at for at, color in enumerate(column) if color != THEME.paper)
        assert bar in column[lowest : lowest + 3], "what stands lowest is the bar under the last line"


def test_nothing_lies_outside_the_page(paper: Path):
    printed(paper, marks=[(number, number, 1 + number % 3, number, number * 50) for number in range(1, 40)])
    seen = picture(paper, scale=1)
    edge = [(x, y) for x in range(seen.width()) for y in (2, seen.height() - 3)]
    edge += [(x, y) for y in range(seen.height()) for x in (2, seen.width() - 3)]
    assert {seen.pixelColor(x, y).name() for x, y in edge} == {"#ffffff"}


def test_an_empty_source_is_one_page(paper: Path):
    assert printed(paper, text="") == 1
    assert printed(paper, text="\n\n \n") == 1


def test_progress_is_told_and_can_stop_it(paper: Path):
    told: list[tuple[int, int]] = []
    printed(paper, progress=lambda done, total, _label="": told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (len(TEXT), len(TEXT))

    def stop(_done: int, _total: int, _label: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        printed(paper, progress=stop)
    assert printed(paper) > 2, "the next one is whole again"


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path, qapp, qt_watch):
    with pytest.raises(FileProblem):
        printed(tmp_path / "missing" / "source.pdf")
    qt_watch.messages.clear()


def test_pages_are_made_beside_the_window_too(paper: Path):
    made: list[int] = []
    beside = Thread(target=lambda: made.append(printed(paper, marks=[(1, 10, 1, 0, 60), (2, 0, 0, 20, 90)])))
    beside.start()
    beside.join()
    assert made == [len(pages(paper))]
    assert "no code" in pages(paper)[0]


def test_on_a_tiny_page_it_still_comes_to_an_end(paper: Path):
    writer = QPdfWriter(str(paper))
    writer.setPageSize(QPageSize(QSizeF(60, 40), QPageSize.Unit.Millimeter))
    writer.setPageMargins(QMarginsF(2, 2, 2, 2))
    assert print_source(writer, TEXT[:600], (), (), LOOKS, THEME, "t") > 3


lines = st.lists(st.sampled_from(["", " ", "short", "some words that go on " * 12, "a" * 300]), max_size=25)


@given(lines, st.integers(10, 400), st.sets(st.integers(0, 24)))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_hold_every_line_once_and_leave_no_heading_alone(qapp, told: list[str], height: int, headings):
    text = "\n".join(told)
    starts = [sum(len(line) + 1 for line in told[:place]) for place in range(len(told))]
    spans = [
        Span(starts[place], starts[place] + len(told[place]), SpanKind.HEADING, "2")
        for place in sorted(headings)
        if place < len(told) and told[place].strip()
    ]
    flow = Flow(Typography(Reading()))
    flow.set_text(text, spans)
    flow.set_window(300, height)
    spot, seen = (0, 0), []
    while True:
        spot, used = flow.place_page(*spot, height)
        placed = flow.in_sight()
        here = [(one.piece, line) for one in placed for line in range(one.first, one.last + 1)]
        seen += [at for at in here if not flow.pieces.is_blank(at[0])]
        assert used <= height or len(here) == 1
        if spot[0] >= len(flow.pieces):
            break
        assert len({one.piece for one in placed}) == 1 or not placed[-1].layout.is_heading
    wanted = [
        (piece, line)
        for piece in range(len(flow.pieces))
        if not flow.pieces.is_blank(piece)
        for line in range(flow.layout(piece).line_count)
    ]
    assert seen == wanted
