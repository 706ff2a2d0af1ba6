"""The codebook grows, is put in order, and loses nothing unsaid."""

from __future__ import annotations

import pytest

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.project import codes, passages
from qcode.project.removal import Removal


def paths(project):
    with project.read() as r:
        return [code.path for code in codes.codebook(r)]


def test_parents_come_before_children_and_siblings_in_their_order(project):
    with project.change("new code") as tx:
        power = codes.add(tx, "Power", is_codable=False)
        codes.add(tx, "Compulsory", parent=power)
    assert paths(project) == ["Authority", "Authority > Moral", "Authority > Expert", "Power", "Power > Compulsory"]
    with project.read() as r:
        assert [(code.level, code.position) for code in codes.codebook(r)] == [(1, 1), (2, 1), (2, 2), (1, 2), (2, 1)]


def test_a_new_code_gets_a_colour_that_few_have_and_its_maker(project):
    with project.change("new code") as tx:
        made = codes.add(tx, "Power")
    with project.read() as r:
        code, others = codes.get(r, made), codes.codebook(r)
    assert code.color not in {other.color for other in others if other.id != made}
    assert (code.created_by, code.created_at) == ("Ann", code.modified_at)


@pytest.mark.parametrize(
    "name", ["a, b", '"quoted"', "two\nlines", "😀", "שלום", "=1+1", "a > b", "c\\d", " x ", "n" * 300]
)
def test_names_are_kept_as_they_are(project, name):
    with project.change("new code") as tx:
        made = codes.add(tx, name)
    with project.read() as r:
        code = codes.get(r, made)
        assert code.name == name
        assert codes.by_path(r, code.path).id == made


@pytest.mark.parametrize("name", ["", "  ", "nul\0", "half \ud83d", "n" * 1_001])
def test_names_that_cannot_be_kept_are_refused(project, name):
    before = paths(project)
    with pytest.raises(InvalidInput), project.change("new code") as tx:
        codes.add(tx, name)
    assert paths(project) == before


def test_a_name_is_taken_among_siblings_only_at_the_top_too(project, expert):
    with pytest.raises(Conflict, match=r"Expert.*already"), project.change("x") as tx:
        codes.add(tx, "Expert", parent=codes.get(tx, expert).parent_id)
    with pytest.raises(Conflict, match=r"Authority.*already"), project.change("x") as tx:
        codes.add(tx, "Authority")
    with project.change("x") as tx:
        codes.add(tx, "Expert")


def _parent(project, code):
    with project.read() as r:
        return codes.get(r, code).parent_id


def test_a_key_belongs_to_one_code(project, expert, moral):
    with pytest.raises(Conflict, match="3 belongs to “Expert”"), project.change("x") as tx:
        codes.update(tx, moral, shortcut="3")
    with pytest.raises(InvalidInput, match="one letter or digit"), project.change("x") as tx:
        codes.update(tx, moral, shortcut="F5")
    with project.change("x") as tx:
        codes.update(tx, expert, shortcut="")
        codes.update(tx, moral, shortcut="3")


def test_only_what_changes_is_written(project, expert):
    with project.change("edit code") as tx:
        codes.update(tx, expert, name="Expert", boundary="Trust, not dependence.")
    with project.read() as r:
        code = codes.get(r, expert)
    assert (code.boundary, code.modified_at > code.created_at) == ("Trust, not dependence.", True)
    with project.change("edit code") as tx:
        codes.update(tx, expert, name="Expert")
    assert tx.done is None


def test_a_code_in_use_does_not_become_a_group(project, brief, expert):
    with project.change("apply Expert") as tx:
        passages.apply(tx, brief, 0, 3, [expert])
    with pytest.raises(Conflict, match="applied 1 times"), project.change("x") as tx:
        codes.update(tx, expert, is_codable=False)


def test_moving_a_code_takes_what_is_below_along(project, expert):
    with project.change("x") as tx:
        power = codes.add(tx, "Power", is_codable=False)
        skill = codes.add(tx, "Skill", parent=expert)
    with project.change("move code Expert") as tx:
        codes.move(tx, expert, parent=power)
    assert paths(project)[-3:] == ["Power", "Power > Expert", "Power > Expert > Skill"]
    with pytest.raises(Conflict, match="below itself"), project.change("x") as tx:
        codes.move(tx, expert, parent=skill)
    project.undo()
    assert "Authority > Expert > Skill" in paths(project)


def test_a_code_is_put_between_its_siblings(project, expert, moral):
    with project.change("move code Expert") as tx:
        codes.move(tx, expert, parent=codes.get(tx, expert).parent_id, position=1)
    assert paths(project) == ["Authority", "Authority > Expert", "Authority > Moral"]
    with project.change("x") as tx:
        codes.move(tx, expert, parent=codes.get(tx, expert).parent_id, position=1)
    assert tx.done is None


def test_removing_a_code_says_what_goes_and_takes_exactly_that(project, brief, expert, moral):
    with project.change("x") as tx:
        passages.apply(tx, brief, 0, 3, [expert])
        passages.apply(tx, brief, 4, 10, [expert, moral])
        passages.apply(tx, brief, 11, 16, [expert], comment="keep me")
        passages.highlight(tx, brief, 17, 20)
    with project.read() as r:
        assert codes.removal(r, expert) == Removal(codes=1, codings=3, passages=1)
    with project.change("remove code Expert") as tx:
        codes.remove(tx, expert)
    with project.read() as r:
        assert [passage.quote for passage in passages.listing(r)] == ["agency", "keeps", "the"]
        assert codes.uncoded(r) == 2
    project.undo()
    with project.read() as r:
        assert codes.counts(r)[expert].codings == 3


def test_removing_a_group_takes_its_codes(project, expert):
    group = _parent(project, expert)
    with project.read() as r:
        assert codes.removal(r, group).codes == 3
    with project.change("remove group Authority") as tx:
        codes.remove(tx, group)
    assert paths(project) == []
    with pytest.raises(NotFound), project.change("x") as tx:
        codes.remove(tx, group)


def test_counts_are_of_codings_passages_sources_and_coders(project, brief, expert, put_source):
    with project.change("x") as tx:
        other = put_source(tx, "Other")
        passages.apply(tx, brief, 0, 3, [expert])
        passages.apply(tx, other, 0, 3, [expert])
    project.use_coder("Bob")
    with project.change("x") as tx:
        passages.apply(tx, brief, 0, 3, [expert])
    with project.read() as r:
        assert codes.counts(r) == {expert: codes.CodeCounts(passages=3, codings=3, sources=2, coders=2)}
        assert codes.applied(r) == {expert: 3}


def test_a_path_that_leads_nowhere_names_what_comes_near(project):
    with project.read() as r, pytest.raises(NotFound, match="Authority > Expert"):
        codes.by_path(r, "Authority > Export")
    with project.read() as r, pytest.raises(NotFound, match="Authority > Expert"):
        codes.by_path(r, "expert")
