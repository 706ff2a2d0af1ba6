"""A researcher types words, phrases, wildcards or an expression, and finds what she means."""

from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from qcode.text import query
from qcode.text.query import BadPattern, Stopped, merged, parse, quoted

TENT = (
    "The paper room, a tent.\nPaper lists: regista, registers, Registrierung.\n"
    "A woman, two women; a room of paper's own."
)


def found(words: str, text: str = TENT, **meant: bool) -> list[str]:
    asked = parse(words, **meant)
    return [text[start:end] for start, end in asked.spots(text)] if asked else []


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("paper room", ["paper", "room", "room", "paper"]),  # in one paragraph, in any order
        ('"paper room"', ["paper room"]),
        ("“paper room”", ["paper room"]),
        ("„paper room“ | “tent“", ["paper room", "tent"]),
        ('"paper ro', ["paper ro"]),  # somebody is still typing
        ("regist*", ["regista", "registers", "Registrierung"]),
        ("wom?n", ["woman", "women"]),
        ("*room", ["room", "room"]),
        ("?aper", ["paper", "Paper", "paper"]),
        ("tent | wom?n", ["tent", "woman", "women"]),
        ("tent |", ["tent"]),
        ("tent lists", []),  # not in one paragraph
        ("paper room | lists", ["paper", "room", "lists", "room", "paper"]),
        (
            "paper pap",
            ["paper", "Paper", "paper"],
        ),  # overlaps are one place
        ("?", []),
        ("", []),
        ('"" | ""', []),
        ("ro*m", ["room", "room"]),
        ("r*", ["room", "regista", "registers", "Registrierung", "room"]),
    ],
)
def test_words_are_found_as_they_are_meant(words: str, there: list[str]) -> None:
    assert found(words) == there


def test_wildcards_mean_letters_as_a_reader_sees_them() -> None:
    assert found("caf?", "cafe\u0301 cafés") == ["cafe\u0301"]
    assert found("m?ller", "Müller Mu\u0308ller Moeller") == ["Müller", "Mu\u0308ller"]
    assert found("straß*", "Straßen STRASSENBAHN") == ["Straßen", "STRASSENBAHN"]
    assert found("what?", "what? whats") == ["whats"]
    assert found('"what?"', "what? whats") == ["what?"]
    assert found("***", "a *** b") == ["***"]
    assert found("a.b*", "axb a.bc") == ["a.bc"]  # nothing else is a wildcard


def test_case_and_whole_words_count_when_asked_for() -> None:
    assert found("paper", match_case=True) == ["paper", "paper"]
    assert found("pap | own", whole_words=True) == ["own"]
    assert found("P*", match_case=True) == ["Paper"]


def test_an_expression_sees_lines_and_keeps_to_whole_words_when_asked_for() -> None:
    assert found("^.aper.*$", is_regex=True) == ["Paper lists: regista, registers, Registrierung."]
    assert found("room|roomy", "roomy room", is_regex=True, whole_words=True) == ["roomy", "room"]
    assert found("(?x) room # the tent", "rooms room", is_regex=True, whole_words=True) == ["room"]
    assert found("x*", "axxb", is_regex=True) == ["xx"]  # nothing is no place


@pytest.mark.parametrize(("expression", "at"), [("(paper", 6), ("a[", 2), ("*a", 0), ("a)b", 1)])
@pytest.mark.parametrize("whole_words", [False, True])
def test_what_is_no_expression_is_told_with_its_place(expression: str, at: int, *, whole_words: bool) -> None:
    with pytest.raises(BadPattern) as refused:
        parse(expression, is_regex=True, whole_words=whole_words)
    assert refused.value.at == at


@pytest.mark.parametrize("bomb", ["((a{1000}){1000}){1000}", "(" * 1_900 + "a", "a" * 3_000])
def test_an_expression_that_would_burst_the_program_is_refused(bomb: str) -> None:
    with pytest.raises(BadPattern):
        parse(bomb, is_regex=True)


def test_an_endless_search_says_that_it_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "SECONDS", 0.05)
    endless = parse("(a|aa)+$", is_regex=True)
    assert endless is not None
    with pytest.raises(Stopped):
        endless.spots("a" * 60 + "b")


ALPHABET = "abA \n"


def naive(terms: list[str], text: str) -> list[tuple[int, int]]:
    """Find as one would by hand: every word of the text against every term, letter by letter."""
    spots = []
    lines = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n"), len(text) + 1]
    for low, high in pairwise(lines):
        line = text[low : high - 1]
        of_terms = []
        for term in terms:
            if "*" in term or "?" in term:
                ends = regex.finditer(r"\w+", line)
                one = term.replace("*", "[ab]*").replace("?", "[ab]")
                of_terms.append([m.span() for m in ends if regex.fullmatch(one, m[0].lower())])
            else:
                of_terms.append(_apart(line.lower(), term))
        if all(of_terms):
            spots += [(low + start, low + end) for places in of_terms for start, end in places]
    return merged(spots)


def _apart(line: str, term: str) -> list[tuple[int, int]]:
    places, at = [], line.find(term)
    while at >= 0:
        places.append((at, at + len(term)))
        at = line.find(term, at + len(term))
    return places


@given(
    st.lists(
        st.text("ab*?", min_size=1, max_size=4).filter(lambda term: set(term) & set("ab")), min_size=1, max_size=3
    ),
    st.text(ALPHABET, max_size=40),
)
def test_a_query_finds_what_one_would_find_by_hand(terms: list[str], text: str) -> None:
    asked = parse(" ".join(terms))
    assert asked is not None
    assert asked.spots(text) == naive(terms, text)


@given(st.text(max_size=12), st.text(max_size=60))
def test_whatever_is_typed_finds_places_in_order_apart_and_in_the_text(words: str, text: str) -> None:
    asked = parse(words)
    places = asked.spots(text) if asked else []
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@given(st.text('ab*?|"“”„«»(.\\ ', max_size=8), st.booleans())
def test_quoted_words_are_found_as_they_stand(words: str, is_regex: bool) -> None:
    words = " ".join(words.split())
    asked = parse(quoted(words, is_regex=is_regex), is_regex=is_regex, match_case=True)
    if asked is None:
        assert not words
    elif is_regex or not all(set(closing) & set(words) for closing in ('"', "“”", "«", "»")):
        assert (2, 2 + len(words)) in asked.spots(f"x {words} x")
