"""Colours and paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.errors import InvalidInput
from qcode.model.values import join_path, parse_color, split_path

NAME = st.text(min_size=1)


@given(st.lists(NAME, min_size=1, max_size=4))
def test_a_path_gives_its_names_back(names):
    assert split_path(join_path(names)) == tuple(names)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("Authority > Expert", ("Authority", "Expert")),
        ("a\\>b > c\\\\d", ("a>b", "c\\d")),
        (" leading >  blanks ", (" leading", " blanks ")),
    ],
)
def test_paths_as_people_write_them(path, names):
    assert split_path(path) == names


@pytest.mark.parametrize("path", ["a>b", "a >b", "a\\b", "ends\\"])
def test_a_path_that_says_two_things_is_refused(path):
    with pytest.raises(InvalidInput):
        split_path(path)


@pytest.mark.parametrize(("written", "color"), [("#AABBCC", "#aabbcc"), ("abc", "#aabbcc"), (" #0072b2 ", "#0072b2")])
def test_colours_are_read_in_the_usual_forms(written, color):
    assert parse_color(written) == color


@pytest.mark.parametrize("written", ["", "red", "#12", "#1234567", "#gggggg"])
def test_what_is_no_colour_is_refused(written):
    with pytest.raises(InvalidInput, match="not a colour"):
        parse_color(written)
