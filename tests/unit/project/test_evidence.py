"""What the list of passages of a code is made of."""

from __future__ import annotations

import pytest

from qcode.project import evidence, passages


@pytest.fixture
def study(project, brief, expert, moral, put_source):
    """Two sources: Expert three times, once with Moral, and one passage without a code."""
    with project.change("second source") as tx:
        other = put_source(tx, "Annex")
    with project.change("code") as tx:
        passages.apply(tx, brief, 23, 27, [expert])
        passages.apply(tx, brief, 4, 10, [moral, expert])
        passages.apply(tx, other, 4, 10, [expert])
        passages.highlight(tx, brief, 0, 3)
    return project, brief, other


def test_counts_come_without_passages(study, expert, moral):
    project, brief, other = study
    with project.read() as r:
        found = {(one.code, one.source): one.count for one in evidence.portions(r, [expert, moral])}
        assert found == {(expert, brief): 2, (expert, other): 1, (moral, brief): 1}
        assert evidence.uncoded_portions(r) == [evidence.Portion(None, brief, 1)]
        assert evidence.portions(r, []) == []


def test_lines_come_in_the_order_of_reading_with_the_other_codes(study, expert, moral):
    project, brief, other = study
    with project.read() as r:
        found = evidence.lines(r, [expert], [brief, other])
        assert [(one.source, one.start, one.quote, one.others) for one in found] == [
            (brief, 4, "agency", (moral,)),
            (brief, 23, "gist", ()),
            (other, 4, "agency", ()),
        ]
        assert {one.coder for one in found} == {"Ann"}
        assert [one.source for one in evidence.lines(r, [expert], [other])] == [other]
        both = evidence.lines(r, [expert, moral], [brief])
        assert [(one.code, one.others) for one in both] == [(moral, (expert,)), (expert, (moral,)), (expert, ())]


def test_a_passage_without_a_code_is_a_line_without_a_coding(study):
    project, brief, _ = study
    with project.read() as r:
        (line,) = evidence.uncoded_lines(r, [brief])
    assert (line.quote, line.coding, line.code, line.others) == ("The", None, None, ())
