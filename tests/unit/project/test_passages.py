"""Highlighting and coding, and the rules that decide counts."""

from __future__ import annotations

import pytest

from qcode.errors import InvalidInput, NotFound
from qcode.project import codes, passages, sources


def test_the_same_span_by_the_same_coder_is_one_passage(project, brief, expert, moral):
    with project.change("apply Expert") as tx:
        first = passages.apply(tx, brief, 4, 10, [expert])
    with project.change("apply both") as tx:
        second = passages.apply(tx, brief, 4, 10, [moral, expert])
    assert second.passage_id == first.passage_id
    assert (len(second.codings), second.already) == (1, (expert,))
    with project.read() as r:
        (passage,) = passages.in_source(r, brief)
    assert {coding.code_id for coding in passage.codings} == {expert, moral}


def test_another_coder_makes_a_passage_of_their_own(project, brief, expert):
    with project.change("apply Expert") as tx:
        passages.apply(tx, brief, 4, 10, [expert])
    project.use_coder("Bob")
    with project.change("apply Expert") as tx:
        passages.apply(tx, brief, 4, 10, [expert])
    with project.read() as r:
        assert [passage.coder for passage in passages.in_source(r, brief)] == ["Ann", "Bob"]
        assert passages.at(r, brief, 4, 10, coder="Bob").coder == "Bob"


def test_without_its_last_code_a_passage_goes_unless_it_has_a_comment(project, brief, expert, moral):
    with project.change("x") as tx:
        bare = passages.apply(tx, brief, 0, 3, [expert])
        said = passages.apply(tx, brief, 4, 10, [expert], comment="why here?")
        two = passages.apply(tx, brief, 11, 16, [expert, moral])
    with project.change("remove Expert") as tx:
        passages.uncode(tx, [*bare.codings, *said.codings, two.codings[0]])
    with project.read() as r:
        assert [(p.quote, len(p.codings)) for p in passages.in_source(r, brief)] == [("agency", 0), ("keeps", 1)]
    with pytest.raises(NotFound), project.change("x") as tx:
        passages.uncode(tx, bare.codings)


def test_a_highlight_waits_for_its_code(project, brief, expert):
    with project.change("highlight") as tx:
        passage = passages.highlight(tx, brief, 4, 10)
    with project.read() as r:
        assert [p.id for p in passages.listing(r, without_code=True)] == [passage]
        assert passages.marks(r, brief) == [(passage, 0, 0, 4, 10)]
    with project.change("apply Expert") as tx:
        coded = passages.apply(tx, brief, 4, 10, [expert])
    assert coded.passage_id == passage
    with project.read() as r:
        assert codes.uncoded(r) == 0
        assert passages.marks(r, brief) == [(passage, coded.codings[0], expert, 4, 10)]


@pytest.mark.parametrize(
    ("place", "said"), [((3, 3), "no text"), ((5, 2), "no text"), ((-1, 4), "no text"), ((0, 10_000), "past the end")]
)
def test_a_range_that_is_not_in_the_text_is_refused(project, brief, expert, place, said):
    with pytest.raises(InvalidInput, match=said), project.change("x") as tx:
        passages.apply(tx, brief, *place, [expert])


def test_groups_and_strangers_are_not_applied(project, brief, expert):
    with project.read() as r:
        group = codes.get(r, expert).parent_id
    with pytest.raises(InvalidInput, match="“Authority” is a group"), project.change("x") as tx:
        passages.apply(tx, brief, 0, 3, [group])
    with pytest.raises(NotFound), project.change("x") as tx:
        passages.apply(tx, brief, 0, 3, [999])
    with pytest.raises(NotFound), project.change("x") as tx:
        passages.apply(tx, 999, 0, 3, [expert])
    with pytest.raises(InvalidInput, match="No code"), project.change("x") as tx:
        passages.apply(tx, brief, 0, 3, [])


def test_reasons_and_comments_are_kept_word_for_word(project, brief, expert):
    with project.change("x") as tx:
        made = passages.apply(tx, brief, 0, 3, [expert])
    words = ' it\'s "so"\n\t😀 e\u0301 '
    with project.change("reason") as tx:
        passages.set_reason(tx, made.codings[0], words)
        passages.set_comment(tx, made.passage_id, words)
    with project.read() as r:
        passage = passages.get(r, made.passage_id)
    assert (passage.comment, passage.codings[0].reason) == (words, words)
    with pytest.raises(NotFound), project.change("x") as tx:
        passages.set_reason(tx, 999, "")


def test_offsets_count_characters_and_not_their_halves(project, brief, expert):
    with project.read() as r:
        text = sources.text(r, brief)
    place = text.index("😀")
    with project.change("x") as tx:
        passages.apply(tx, brief, place, place + 1, [expert])
    with project.read() as r:
        assert passages.in_source(r, brief)[0].quote == "😀"


def test_quotes_are_found_wherever_they_stand():
    assert passages.find_quote("banana", "ana") == [1, 3]
    assert passages.find_quote("banana", "x") == []
    assert passages.find_quote("banana", "") == []


def test_the_first_passages_come_with_all_their_codes(project, brief, expert, moral):
    with project.change("x") as tx:
        passages.apply(tx, brief, 0, 3, [expert, moral])
        passages.apply(tx, brief, 4, 10, [expert])
    with project.read() as r:
        (first,) = passages.listing(r, code=expert, limit=1)
        assert {coding.code_id for coding in first.codings} == {expert, moral}
        assert [p.quote for p in passages.listing(r, code=moral)] == ["The"]


def test_removing_a_passage_takes_its_codings(project, brief, expert):
    with project.change("x") as tx:
        made = passages.apply(tx, brief, 0, 3, [expert])
    with project.change("remove passage") as tx:
        passages.remove(tx, [made.passage_id])
    with project.read() as r:
        assert codes.counts(r) == {}
    with pytest.raises(NotFound), project.change("x") as tx:
        passages.remove(tx, [made.passage_id])
