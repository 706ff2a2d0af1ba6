"""Where a passage belongs after its text was corrected, told on small texts."""

from __future__ import annotations

import pytest

from qcode.text.anchor import Fate, Outcome, Why, outcomes
from qcode.text.positions import PositionMap

OLD = (
    "We saw teh cat there. It was an orgnisation of great power, and it spoke for all who came to it.\n"
    "Yes.\nNo.\nThe Y is here.\n"
)


def follow(old: str, new: str, quote: str, *, nth: int = 0) -> Outcome:
    start = -1
    for _ in range(nth + 1):
        start = old.index(quote, start + 1)
    (outcome,) = outcomes(PositionMap.between(old, new), [(start, start + len(quote))])
    return outcome


@pytest.mark.parametrize(
    ("new", "quote", "becomes"),
    [
        (OLD.replace("teh", "the"), "teh cat", "the cat"),
        (OLD.replace("teh", "the"), "teh", "the"),
        (OLD.replace("orgnisation", "organisation"), "an orgnisation of great power", "an organisation of great power"),
        (OLD.replace("spoke", "speaks"), "it spoke", "it speaks"),
        (OLD.replace("came", "went"), "for all who came", "for all who went"),
        (OLD.replace("The Y", "The X went. The Y"), "The Y is", "The Y is"),
        (OLD.replace("cat", "grey cat"), "teh cat", "teh grey cat"),
        (OLD.replace("great ", ""), "of great power", "of power"),
        (OLD.replace("teh ", ""), "teh cat there", "cat there"),
        (OLD.replace("power", "powers"), "great power", "great power"),
        (OLD.replace("Yes.", "Maybe.\nYes."), "Yes.", "Yes."),
        ("Preface.\n\n" + OLD, "for all.\nYes"[9:], "Yes"),
    ],
)
def test_a_passage_follows_its_words_and_takes_corrections_in(new: str, quote: str, becomes: str) -> None:
    outcome = follow(OLD, new, quote)
    assert outcome.fate is Fate.KEPT
    assert outcome.place is not None
    assert new[slice(*outcome.place)] == becomes


def test_words_that_were_moved_are_found_again() -> None:
    line, rest = OLD.split("\n", 1)
    new = f"{rest}{line}\n"
    for quote in ("It was an orgnisation", "it spoke for all who came", "teh cat"):
        outcome = follow(OLD, new, quote)
        assert outcome.place is not None
        assert new[slice(*outcome.place)] == quote
    far = "filling " * 1_000
    old = f"{OLD}{far}\nThe last line of all that was said here.\n"
    new = f"The last line of all that was said here.\n{OLD}{far}\n"
    moved = follow(old, new, "all that was said")
    assert (moved.fate, moved.place) == (Fate.MOVED, (17, 34))


@pytest.mark.parametrize(
    ("new", "quote", "why"),
    [
        (OLD.replace("it spoke", "nobody cared"), "it spoke", Why.CHANGED),
        (OLD.replace("Yes.\n", ""), "Yes.", Why.GONE),
        (OLD.replace("Yes.\n", "Yes.\nYes.\n"), "Yes.", Why.AMBIGUOUS),
        (OLD.replace("spoke for all", "talked of everything"), "it spoke for all who came", Why.CHANGED),
    ],
)  # fmt: skip
def test_what_is_in_doubt_is_for_a_person_to_decide(new: str, quote: str, why: Why) -> None:
    outcome = follow(OLD, new, quote)
    assert (outcome.fate, outcome.place, outcome.why) == (Fate.REVIEW, None, why)
    assert outcome.guess is None or 0 <= outcome.score <= 1


def test_of_words_that_stood_twice_in_a_row_nobody_knows_which_went() -> None:
    for nth in (0, 1):
        outcome = follow("No.\nYes.\nYes.\nWhy?\n", "No.\nYes.\nWhy?\n", "Yes.", nth=nth)
        assert (outcome.why, outcome.guess) == (Why.AMBIGUOUS, (4, 8))


def test_words_that_go_are_not_looked_for_where_others_like_them_always_stood() -> None:
    old = "She agreed at once.\nWhat was said before.\nShe agreed at once.\nWhat was said after.\n"
    outcome = follow(old, old.replace("She agreed at once.\nWhat was said a", "What was said a"), "She agreed", nth=1)
    assert outcome.fate is Fate.REVIEW


def test_known_edits_need_no_guess() -> None:
    old = "Anna Smith met Bob. Anna left."
    positions = PositionMap.told(old, [(0, 10, "Ms K"), (20, 24, "Ms K"), (15, 18, "")])
    found = list(outcomes(positions, [(0, 4), (0, 14), (5, 14), (15, 18), (20, 29)]))
    assert [one.place and positions.new[slice(*one.place)] for one in found] == [
        "Ms K", "Ms K met", "Ms K met", None, "Ms K left",
    ]  # fmt: skip
    assert found[3].why is Why.GONE


def test_headings_and_pages_follow_and_go_with_their_words() -> None:
    old, new = "Intro\nOne two three.\nEnd\n", "Opening\nOne more two three.\n"
    positions = PositionMap.between(old, new)
    assert positions.stretch(0, 5) == (0, 7)  # replaced as a whole: still the heading
    assert positions.stretch(10, 13) == (17, 20)
    assert positions.stretch(21, 24) is None
    assert positions.stretch(6, 6) == (8, 8)
