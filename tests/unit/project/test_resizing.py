"""Passages get other ends and codings other codes, and nothing that was written about them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import InvalidInput, NotFound
from qcode.project import codes, create, passages, sources
from qcode.readers import Document


def only(project, brief):
    with project.read() as r:
        (passage,) = passages.in_source(r, brief)
    return passage


def apply(project, brief, start, end, *wanted, reason="", comment=""):
    with project.change("apply") as tx:
        return passages.apply(tx, brief, start, end, wanted, reason=reason, comment=comment)


def test_a_passage_that_was_too_short_is_made_longer_and_stays_itself(project, brief, expert):
    made = apply(project, brief, 4, 10, expert, reason="why", comment="hm")
    with project.change("move the end") as tx:
        passages.resize(tx, made.passage_id, 4, 16)
    passage = only(project, brief)
    assert (passage.id, passage.quote, passage.comment) == (made.passage_id, "agency keeps", "hm")
    assert [(one.id, one.reason) for one in passage.codings] == [(made.codings[0], "why")]
    project.undo()
    assert only(project, brief).quote == "agency"
    project.redo()
    assert only(project, brief).quote == "agency keeps"
    assert project.verify() == []


def test_the_same_ends_are_no_change(project, brief, expert):
    made = apply(project, brief, 4, 10, expert)
    with project.change("move the end") as tx:
        passages.resize(tx, made.passage_id, 4, 10)
    assert tx.done is None


def test_two_passages_that_become_one_span_are_joined(project, brief, expert, moral):
    long = apply(project, brief, 4, 16, expert, reason="first", comment="long")
    apply(project, brief, 4, 16, moral, reason="kept")
    short = apply(project, brief, 4, 10, expert, reason="second", comment="short")
    with project.change("move the end") as tx:
        passages.resize(tx, short.passage_id, 4, 16)
    passage = only(project, brief)
    assert (passage.id, passage.comment) == (short.passage_id, "short\nlong")
    assert {one.code_id: one.reason for one in passage.codings} == {expert: "second\nfirst", moral: "kept"}
    project.undo()
    with project.read() as r:
        assert {p.id: p.quote for p in passages.in_source(r, brief)} == {
            long.passage_id: "agency keeps",
            short.passage_id: "agency",
        }
    assert project.verify() == []


def test_another_coders_passage_with_that_span_is_left_alone(project, brief, expert):
    apply(project, brief, 4, 16, expert)
    project.use_coder("Bob")
    mine = apply(project, brief, 4, 10, expert)
    with project.change("move the end") as tx:
        passages.resize(tx, mine.passage_id, 4, 16)
    with project.read() as r:
        assert [(p.coder, p.quote) for p in passages.in_source(r, brief)] == [
            ("Ann", "agency keeps"),
            ("Bob", "agency keeps"),
        ]


@pytest.mark.parametrize("place", [(4, 4), (10, 4), (-1, 4), (0, 10_000)])
def test_ends_that_are_not_in_the_text_are_refused(project, brief, expert, place):
    made = apply(project, brief, 4, 10, expert)
    with pytest.raises(InvalidInput), project.change("x") as tx:
        passages.resize(tx, made.passage_id, *place)
    assert only(project, brief).quote == "agency"


def test_a_passage_that_is_gone_has_no_ends(project):
    with pytest.raises(NotFound), project.change("x") as tx:
        passages.resize(tx, 999, 0, 3)


def test_a_coding_gets_another_code_and_keeps_its_reason(project, brief, expert, moral):
    made = apply(project, brief, 4, 10, expert, reason="why")
    with project.change("change to Moral") as tx:
        assert passages.recode(tx, made.codings, moral) == made.codings
    (coding,) = only(project, brief).codings
    assert (coding.id, coding.code_id, coding.reason) == (made.codings[0], moral, "why")
    project.undo()
    assert only(project, brief).codings[0].code_id == expert


def test_a_code_that_stands_there_already_does_not_stand_twice(project, brief, expert, moral):
    first = apply(project, brief, 4, 10, expert, reason="one")
    second = apply(project, brief, 4, 10, moral, reason="two")
    far = apply(project, brief, 11, 16, expert)
    with project.change("change to Moral") as tx:
        assert passages.recode(tx, [*first.codings, *far.codings], moral) == (*second.codings, *far.codings)
    with project.read() as r:
        found = [(p.quote, [(one.code_id, one.reason) for one in p.codings]) for p in passages.in_source(r, brief)]
    assert found == [("agency", [(moral, "two\none")]), ("keeps", [(moral, "")])]
    assert project.verify() == []


def test_what_cannot_be_a_code_is_refused(project, brief, expert):
    made = apply(project, brief, 4, 10, expert)
    with project.read() as r:
        group = codes.get(r, expert).parent_id
    with pytest.raises(InvalidInput, match="is a group"), project.change("x") as tx:
        passages.recode(tx, made.codings, group)
    with pytest.raises(NotFound), project.change("x") as tx:
        passages.recode(tx, made.codings, 999)
    with pytest.raises(NotFound), project.change("x") as tx:
        passages.recode(tx, [999], expert)


def fill(tx):
    text = "The agency keeps the register 😀.\n\nStates consult it. Nobody was told to. It stays where it is."
    document = Document(
        text=text, spans=(), title="", media_type="text/plain", encoding="utf-8", encoding_guessed=False
    )
    sources.add(tx, document, name="Brief", original=text.encode(), original_name="Brief.txt")
    for name in ("Moral", "Expert"):
        codes.add(tx, name)


STEP = st.tuples(st.integers(0, 5), st.integers(0, 40), st.integers(1, 30), st.booleans())


@settings(max_examples=20)
@given(st.lists(STEP, max_size=8))
def test_however_ends_and_codes_move_spans_stay_single_quotes_true_and_undo_brings_all_back(tmp_path_factory, steps):
    with create(tmp_path_factory.mktemp("laws") / "study.qcode", coder="Ann", fill=fill) as project:
        with project.read() as r:
            brief, codes_there = sources.by_name(r, "Brief").id, [code.id for code in codes.codebook(r)]
        for start in (0, 4, 11):
            apply(project, brief, start, start + 5, *codes_there[: 1 + start % 2], reason=f"r{start}")
        before = picture(project, brief)
        done = 0
        for which, start, length, to_first in steps:
            with project.read() as r:
                there = passages.in_source(r, brief)
            passage = there[which % len(there)]
            with project.change("step") as tx:
                passages.resize(tx, passage.id, start, start + length)
                passages.recode(tx, [one.id for one in passage.codings], codes_there[not to_first])
            done += tx.done is not None
            check(project, brief)
        for _ in range(done):
            project.undo()
        assert picture(project, brief) == before


def picture(project, brief):
    with project.read() as r:
        return passages.in_source(r, brief)


def check(project, brief):
    with project.read() as r:
        text, there = sources.text(r, brief), passages.in_source(r, brief)
    assert all(p.quote == text[p.start : p.end] for p in there)
    assert len({(p.start, p.end, p.coder) for p in there}) == len(there)
    for p in there:
        assert len({(one.code_id, one.coder) for one in p.codings}) == len(p.codings) > 0
        assert all(any(f"r{n}" in one.reason for n in (0, 4, 11)) for one in p.codings)
