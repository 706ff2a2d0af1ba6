"""A researcher's words go out into a spreadsheet and come back letter for letter."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from qcode.errors import FormatProblem, InvalidInput
from qcode.exchange.table import Table, guard, json_lines, moment, parse_moment, read_records, unguard

NASTY = [
    "=1+1",
    "+49",
    "-",
    "@home",
    "\ttab first",
    "\rreturn first",
    "＝full width",
    "＋",
    "－",
    "＠",
    "'",
    "''",
    "'=quoted formula",
    "'a plain apostrophe",
    'She said "no", twice',
    "two\nlines",
    "two\r\nlines",
    "old\rlines",
    " spaces around ",
    "a > b",
    "back\\slash",
    "👩‍👩‍👧 and 🏳️‍🌈",
    "سلطة",
    "x" * 300,
    "\ufeffmark",
    ";",
    "a\tb",
    "\x1f\x7f\x85\u2028",
]
words = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"])))


@given(words)
def test_a_guard_is_taken_off_exactly(cell: str) -> None:
    assert unguard(guard(cell)) == cell


@pytest.mark.parametrize("cell", NASTY[:10])
def test_nothing_that_a_spreadsheet_would_run_goes_out_bare(cell: str) -> None:
    assert guard(cell).startswith("'")


def test_a_strangers_apostrophe_stays() -> None:
    assert unguard("'tis") == "'tis"
    assert unguard("don't") == "don't"


@given(st.lists(st.tuples(words, words), min_size=1))
@example([("a\rb", "\r")])
def test_any_words_survive_the_way_out_and_in(rows: list[tuple[str, str]]) -> None:
    data = Table(("name", "memo"), [("-", "-"), *rows]).to_csv()
    records = read_records(data.decode("utf-8"), {"name", "memo"})
    assert [record.cells for record in records[2:]] == [row for row in rows if any(row)]


def test_a_csv_is_what_the_standard_and_excel_expect() -> None:
    table = Table(("a", "b", "c"), [("x,y", True, 3), ("=1", False, None)])
    assert table.to_csv() == b'\xef\xbb\xbfa,b,c\r\n"x,y",true,3\r\n\'=1,false,\r\n'
    assert table.to_csv(bom=False) == table.to_csv()[3:]
    assert list(csv.reader(io.StringIO(table.to_csv(bom=False).decode(), newline="")))[1] == ["x,y", "true", "3"]


def test_json_keeps_words_as_they_are() -> None:
    text = Table(("a", "b"), [("=1", True), ("سلطة\n", None)]).to_json()
    assert json.loads(text) == [{"a": "=1", "b": True}, {"a": "سلطة\n", "b": None}]
    assert "سلطة" in text
    assert json_lines([]) == "[]\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_makes_sense_of_the_header(delimiter: str) -> None:
    text = delimiter.join(["name", "something, else", "memo"]) if delimiter != "," else 'name,"x;y",memo'
    records = read_records(f"{text}\n1{delimiter}2{delimiter}3\n", {"name", "memo"})
    assert records[1].cells == ("1", "2", "3")


def test_a_row_knows_the_line_where_it_begins() -> None:
    records = read_records('name,memo\r\n"two\nlines",x\r\n\r\n,\r\nlast,y\r\n', {"name"})
    assert [(record.line, record.cells[0]) for record in records] == [(1, "name"), (2, "two\nlines"), (6, "last")]


@pytest.mark.parametrize("broken", ['a,"never closed\nb,c\n', 'a,"closed" too early\n'])
def test_quotes_that_do_not_match_are_told_with_their_line(broken: str) -> None:
    with pytest.raises(FormatProblem) as caught:
        read_records(f"name,memo\nfine,fine\n{broken}", {"name"})
    assert caught.value.line == 3
    assert "Line 3" in caught.value.message


def test_a_cell_may_be_longer_than_the_module_likes() -> None:
    long = "a" * 200_000
    assert read_records(f"name\n{long}\n", {"name"})[1].cells == (long,)


@given(st.datetimes())
def test_a_time_comes_back_to_the_microsecond(at: datetime) -> None:
    assert parse_moment(moment(at)) == at


def test_a_time_with_a_zone_is_turned_into_utc() -> None:
    east = datetime(2026, 1, 31, 13, tzinfo=timezone(timedelta(hours=2)))
    assert parse_moment(east.isoformat()) == datetime(2026, 1, 31, 11)
    assert parse_moment(east.astimezone(UTC).isoformat()) == datetime(2026, 1, 31, 11)
    with pytest.raises(InvalidInput, match="not a time"):
        parse_moment("yesterday")


def test_a_workbook_holds_words_as_words_and_numbers_as_numbers() -> None:
    words = [cell for cell in NASTY if "\r" not in cell]  # a workbook keeps line feeds only
    data = Table(("words", "count", "share"), [(cell, place, 0.25) for place, cell in enumerate(words)]).to_xlsx()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["words", "count", "share"]
    assert [row[0] for row in rows[1:]] == words
    assert [row[1:] for row in rows[1:]] == [[float(place), 0.25] for place in range(len(words))]


def test_what_no_sheet_can_hold_is_refused_and_not_cut() -> None:
    with pytest.raises(InvalidInput, match="too much"):
        Table(("words",), [("x" * 32_768,)]).to_xlsx()
    with pytest.raises(InvalidInput):
        Table(("words",), []).written_as(".docx")
