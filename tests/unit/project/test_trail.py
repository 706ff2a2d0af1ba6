"""What happened to one passage, and only to it."""

from __future__ import annotations

import pytest

from qcode.project import passages
from qcode.project.history import trail


def said(project, passage):
    with project.read() as r:
        return [(entry.coder, entry.label) for entry in trail(r, passage)]


def coded(project, brief, *codes, label="apply Expert", span=(4, 10)):
    with project.change(label) as tx:
        return passages.apply(tx, brief, *span, codes)


def test_the_trail_of_a_passage_tells_every_step_newest_first(project, brief, expert, moral):
    made = coded(project, brief, expert)
    with project.change("edit reason") as tx:
        passages.set_reason(tx, made.codings[0], "It knows how.")
    coded(project, brief, moral, label="apply Moral")
    with project.change("edit comment") as tx:
        passages.set_comment(tx, made.passage_id, "See page 3.")
    assert said(project, made.passage_id) == [
        ("Ann", "edit comment"),
        ("Ann", "apply Moral"),
        ("Ann", "edit reason"),
        ("Ann", "apply Expert"),
    ]


def test_what_was_done_to_other_passages_is_not_in_it(project, brief, expert):
    made = coded(project, brief, expert)
    other = coded(project, brief, expert, label="apply elsewhere", span=(11, 14))
    with project.change("remove elsewhere") as tx:
        passages.uncode(tx, other.codings)
    assert said(project, made.passage_id) == [("Ann", "apply Expert")]
    assert said(project, other.passage_id) == [("Ann", "remove elsewhere"), ("Ann", "apply elsewhere")]


@pytest.mark.parametrize("edited", [False, True])
def test_a_coding_that_was_removed_is_still_told(project, brief, expert, moral, edited):
    made = coded(project, brief, expert, moral, label="apply Expert and Moral")
    steps = [("Ann", "apply Expert and Moral")]
    coded(project, brief, expert, label="apply Expert again", span=(11, 14))
    if edited:
        with project.change("edit reason") as tx:
            passages.set_reason(tx, made.codings[1], "Worthy.")
        steps.insert(0, ("Ann", "edit reason"))
    with project.change("remove Moral") as tx:
        passages.uncode(tx, [made.codings[1]])
    assert said(project, made.passage_id) == [("Ann", "remove Moral"), *steps]


def test_a_code_that_came_later_and_went_again_is_told_from_beginning_to_end(project, brief, expert, moral):
    made = coded(project, brief, expert)
    later = coded(project, brief, moral, label="apply Moral")
    with project.change("remove Moral") as tx:
        passages.uncode(tx, later.codings)
    assert [label for _, label in said(project, made.passage_id)] == ["remove Moral", "apply Moral", "apply Expert"]


def test_undo_and_redo_are_steps_like_others_and_each_coder_is_named(project, brief, expert, moral):
    made = coded(project, brief, expert)
    project.undo()
    project.redo()
    project.use_coder("Ben")
    with project.change("edit comment") as tx:
        passages.set_comment(tx, made.passage_id, "Mine.")
    assert [coder for coder, _ in said(project, made.passage_id)] == ["Ben", "Ann", "Ann", "Ann"]


def test_a_passage_that_is_gone_still_has_its_trail_and_one_that_never_was_has_none(project, brief, expert):
    made = coded(project, brief, expert)
    with project.change("remove passage") as tx:
        passages.remove(tx, [made.passage_id])
    assert [label for _, label in said(project, made.passage_id)] == ["remove passage", "apply Expert"]
    assert said(project, 4_711) == []


def test_the_ledger_is_asked_by_its_index(project, brief, expert):
    """The trail is shown at every step from passage to passage: it must not read the whole ledger."""
    made = coded(project, brief, expert)
    asked = []
    with project.read() as r:
        raw = r.conn.connection.driver_connection
        raw.set_trace_callback(asked.append)
        trail(r, made.passage_id)
        raw.set_trace_callback(None)
        plans = [" ".join(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}")) for statement in asked]
    of_ledger = [plan for plan in plans if "change_row" in plan]
    assert of_ledger
    assert all("SCAN change_row" not in plan for plan in of_ledger)
    assert any("ix_change_row_place" in plan for plan in of_ledger)
