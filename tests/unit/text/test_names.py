"""Names that must not stay in a text are found however they are written."""

from __future__ import annotations

import pytest

from qcode.errors import InvalidInput
from qcode.text.names import Finder, How, Name, check

KELLER = Name("Maria Keller", "Ms A")


def told(text, *names):
    return [(hit.found, hit.how, hit.replacement, hit.sure) for hit in Finder(names or (KELLER,)).find(text)]


def replaced(text, *names):
    """The text when every sure hit is replaced."""
    for hit in reversed(Finder(names or (KELLER,)).find(text)):
        if hit.sure:
            text = text[: hit.start] + hit.replacement + text[hit.end :]
    return text


def test_a_whole_name_wins_over_its_parts_and_keeps_an_owner_s_ending():
    text = "Maria Keller’s office. Then Keller left, Maria stayed; KELLER!"
    assert replaced(text) == "Ms A’s office. Then Ms A left, Ms A stayed; Ms A!"


def test_lines_and_hyphens_may_part_a_name():
    assert [hit[0] for hit in told("Maria\nKeller and Maria-Keller")] == ["Maria\nKeller", "Maria-Keller"]


def test_initials_are_found_and_only_clear_ones_are_sure():
    assert told("M. Keller, Maria K., M. K. and MK") == [
        ("M. Keller", How.INITIALS, "Ms A", True),
        ("Maria K.", How.INITIALS, "Ms A", True),
        ("M. K.", How.INITIALS, "Ms A", False),
        ("MK", How.INITIALS, "Ms A", False),
    ]


def test_what_may_be_another_word_is_left_to_a_person():
    assert told("The keller is dark, kellers too; Kellerei") == [
        ("keller", How.SPELLING, "Ms A", False),
        ("kellers", How.SPELLING, "Ms As", False),
        ("Kellerei", How.FORM, "Ms A", False),
    ]


@pytest.mark.parametrize("written", ["Müller", "Mu\u0308ller", "Muller", "Mueller", "MÜLLER", "müller"])
def test_a_name_with_marks_is_found_in_every_spelling(written):
    (hit,) = Finder([Name("Müller", "B")]).find(f"Frau {written} sagt")
    assert hit.found == written
    assert hit.sure == (written in ("Müller", "Mu\u0308ller", "MÜLLER"))


def test_a_name_is_found_in_its_cases():
    russian = Finder([Name("Мария Иванова", "К."), Name("Пётр", "П.")])
    found = [hit.found for hit in russian.find("О Марии Ивановой и Марию; Петра, Пётр. Мариинский театр")]
    assert found == ["Марии", "Ивановой", "Марию", "Петра", "Пётр"]


def test_words_that_only_hold_a_name_are_passed_over():
    assert told("Mariachi Kellermann-like kellerless annamaria", Name("Ann Marsh", "C")) == []


def test_a_name_that_ends_like_an_owner_stays_whole():
    assert replaced("Jones said. Jones’ and Jones's", Name("Jones", "D")) == "D said. D’ and D's"


def test_scripts_without_spaces_are_searched_too():
    assert replaced("昨天王小明说", Name("王小明", "甲")) == "昨天甲说"


def test_particles_and_titles_are_no_parts():
    names = Name("Prof. Anna von der Heide", "E")
    assert [hit[0] for hit in told("Prof. X, von hier, der Weg, Heide", names)] == ["Heide"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([Name("", "x")], "Entry 1"),
        ([Name("Ann", " ")], "not complete"),
        ([Name("Ann", "x"), Name("ANN", "y")], "twice"),
        ([Name("Ann", "friend of Bob"), Name("Bob", "y")], "give “Bob” away"),
    ],
)
def test_a_list_that_cannot_work_is_refused(names, said):
    with pytest.raises(InvalidInput, match=said):
        check(names)


def test_a_good_list_passes():
    check([KELLER, Name("Bob", "B.")])
