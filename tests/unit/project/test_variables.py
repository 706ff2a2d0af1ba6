"""Variables of sources: typed, filled in one by one or in bulk, retyped, and taken away with what they hold."""

from __future__ import annotations

import pytest

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.project import sources, variables
from qcode.text.values import Kind, guess, order, settled


@pytest.fixture
def other(project, put_source):
    with project.change("add a source") as tx:
        return put_source(tx, "Other")


def table(project):
    with project.read() as r:
        names = {source.id: source.name for source in sources.listing(r)}
        return {names[source]: values for source, values in variables.values(r).items()}


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", " as it is ", " as it is "),
        ("number", " 3,50 ", "3.50"),
        ("number", "\N{MINUS SIGN}7", "-7"),
        ("number", "1e3", "1E+3"),
        ("date", "31.1.2026", "2026-01-31"),
        ("date", "2026-01-31 00:00:00", "2026-01-31"),
        ("date", "2026", "2026"),
        ("yes/no", "TRUE", "yes"),
        ("yes/no", "n", "no"),
        ("number", "  ", ""),
    ],
)
def test_a_value_is_kept_in_one_form(kind, typed, kept):
    assert settled(typed, Kind(kind)) == kept
    assert settled(kept, Kind(kind)) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "1.2.3"),
        ("number", "nan"),
        ("number", "\N{ARABIC-INDIC DIGIT THREE}"),
        ("number", "1" * 60),
        ("number", "x" * 100),
        ("date", "2026-02-30"),
        ("date", "1/2/2026"),
        ("date", "31.2.2026"),
        ("date", "0000"),
        ("yes/no", "perhaps"),
    ],
)
def test_what_is_none_of_the_kind_is_refused_with_a_hint(kind, typed):
    with pytest.raises(InvalidInput) as refused:
        settled(typed, Kind(kind))
    assert refused.value.hint and len(refused.value.message) < 80


def test_a_guessed_kind_never_rewrites_a_value():
    assert guess(["34", "", "-5"]) is Kind.NUMBER
    assert guess(["2026-01-31", "2025-12-01"]) is Kind.DATE
    assert guess(["yes", "no"]) is Kind.YES_NO
    texts = (["007"], ["3,5"], ["Yes"], [" 3"], ["34", "many"], [], [""])
    assert {guess(column) for column in texts} == {Kind.TEXT}
    assert sorted(["10", "9", "", "-1"], key=lambda value: order(value, Kind.NUMBER)) == ["", "-1", "9", "10"]


def test_values_are_given_in_bulk_and_undone_in_one_step(project, brief, other):
    with project.change("add variables") as tx:
        age, place = variables.add(tx, "Age", kind="number"), variables.add(tx, "Place", description="where they live")
    cells = [(brief, age, "34"), (brief, place, "Lomé"), (other, age, "41"), (other, place, "")]
    with project.change("fill in") as tx:
        assert variables.set_values(tx, cells) == 3
    filled = {"Brief": {"Age": "34", "Place": "Lomé"}, "Other": {"Age": "41"}}
    assert table(project) == filled
    with project.change("nothing new") as tx:
        assert variables.set_values(tx, cells) == 0
    assert tx.done is None
    with project.change("correct") as tx:
        variables.set_values(tx, [(brief, age, "35"), (other, age, ""), (other, place, "Accra")])
    assert table(project) == {"Brief": {"Age": "35", "Place": "Lomé"}, "Other": {"Place": "Accra"}}
    with project.read() as r:
        assert list(variables.of_source(r, brief).items()) == [("Age", "35"), ("Place", "Lomé")]
    project.undo()
    assert table(project) == filled
    project.undo()
    assert table(project) == {}
    assert project.verify() == []


def test_one_bad_value_changes_nothing(project, brief, other):
    with project.change("add Age") as tx:
        age = variables.add(tx, "Age", kind="number")
    for bad, error in (
        ([(brief, age, "34"), (other, age, "old")], InvalidInput),
        ([(brief, age, "34"), (99, age, "1")], NotFound),
        ([(brief, age, "34"), (other, 99, "1")], NotFound),
    ):
        with pytest.raises(error), project.change("fill in") as tx:
            variables.set_values(tx, bad)
    assert table(project) == {}


def test_a_variable_is_renamed_described_moved_and_retyped(project, brief, other):
    with project.change("add variables") as tx:
        age, place, round_ = (variables.add(tx, name) for name in ("Age", "Place", "Round"))
        variables.set_value(tx, brief, age, "34,5")
        variables.set_value(tx, other, age, "  ")
    with project.change("arrange") as tx:
        variables.rename(tx, age, "Years")
        variables.describe(tx, age, "at the interview")
        variables.set_kind(tx, age, "number")
        variables.move(tx, round_, 1)
    with project.read() as r:
        assert [(one.name, one.position) for one in variables.listing(r)] == [("Round", 1), ("Years", 2), ("Place", 3)]
        years = variables.by_name(r, "Years")
        assert (years.kind, years.description) == (Kind.NUMBER, "at the interview")
        with pytest.raises(NotFound, match="Age"):
            variables.by_name(r, "Age")
    assert table(project) == {"Brief": {"Years": "34.5"}}
    for refused, what in (
        (Conflict, lambda tx: variables.rename(tx, place, "Years")),
        (Conflict, lambda tx: variables.add(tx, "Place")),
        (Conflict, lambda tx: variables.set_kind(tx, age, "yes/no")),
        (InvalidInput, lambda tx: variables.set_kind(tx, age, "colour")),
        (InvalidInput, lambda tx: variables.add(tx, "  ")),
        (NotFound, lambda tx: variables.move(tx, 99, 1)),
    ):
        with pytest.raises(refused), project.change("refused") as tx:
            what(tx)
    project.undo()
    assert table(project) == {"Brief": {"Age": "34,5"}, "Other": {"Age": "  "}}


def test_a_variable_goes_with_its_values_and_comes_back_with_them(project, brief, other):
    with project.change("add Age") as tx:
        age = variables.add(tx, "Age")
        variables.set_values(tx, [(brief, age, "34"), (other, age, "41")])
    with project.change("remove Age") as tx:
        assert variables.remove(tx, age).values == 2
    assert table(project) == {}
    project.undo()
    assert table(project) == {"Brief": {"Age": "34"}, "Other": {"Age": "41"}}
    with project.change("remove Other") as tx:
        sources.remove(tx, [other])
    assert table(project) == {"Brief": {"Age": "34"}}
    project.undo()
    assert table(project) == {"Brief": {"Age": "34"}, "Other": {"Age": "41"}}
