"""A new code looks unlike those that are there."""

from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path

import pytest

from qcode.model.shades import lab, next_color
from qcode.model.values import DEFAULT_COLORS


def test_the_first_colour_of_all_is_the_first() -> None:
    assert next_color({}) == DEFAULT_COLORS[0]


def test_a_new_code_of_the_sample_looks_unlike_each_code_that_is_there(checkout: Path) -> None:
    with (checkout / "seeds" / "codebooks" / "authority-and-power.csv").open(encoding="utf-8-sig", newline="") as file:
        used = Counter(row["color"] for row in csv.DictReader(file))
    for _ in range(3):
        fresh = next_color(used)
        assert min(math.dist(lab(fresh), lab(other)) for other in used) >= 25
        used[fresh] += 1


def test_all_default_colours_are_given_before_one_comes_again_and_then_evenly() -> None:
    used: Counter[str] = Counter()
    for _ in range(2 * len(DEFAULT_COLORS)):
        used[next_color(used)] += 1
    assert set(used.values()) == {2}
    assert set(used) == set(DEFAULT_COLORS)


def test_a_colour_that_looks_like_one_in_use_waits_for_the_end() -> None:
    first = DEFAULT_COLORS[0]
    assert next_color({"#1955c1": 1}) != first
    assert next_color(dict.fromkeys(["#1955c1", *DEFAULT_COLORS[1:]], 1)) == first, "it is the farthest still"


def test_distances_are_those_of_cielab() -> None:
    assert lab("#ffffff") == pytest.approx((100, 0, 0), abs=0.05)
    assert lab("#000000") == pytest.approx((0, 0, 0), abs=0.05)
    assert lab("#ff0000") == pytest.approx((53.2, 80.1, 67.2), abs=0.2)
