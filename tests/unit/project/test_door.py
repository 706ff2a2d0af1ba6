"""The one door: what is done is kept, named, undone and told."""

from __future__ import annotations

import threading
from time import monotonic

import pytest

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.project import ChangeKind, codes, create, history, info, open_project, passages, sources
from qcode.project.project import login_name


def quotes(project):
    with project.read() as r:
        return [passage.quote for passage in passages.listing(r)]


def test_a_coding_is_there_after_reopening(project, brief, expert):
    with project.change("apply Expert") as tx:
        passages.apply(tx, brief, 4, 10, [expert], reason="it is trusted")
    assert tx.done.label == "apply Expert"
    project.close()
    with open_project(project.path) as again, again.read() as r:
        (passage,) = passages.in_source(r, brief)
        assert (passage.quote, passage.coder, passage.codings[0].reason) == ("agency", "Ann", "it is trusted")


def test_undo_and_redo_survive_closing(project, brief, expert):
    with project.change("apply Expert") as tx:
        passages.apply(tx, brief, 4, 10, [expert])
    project.close()
    with open_project(project.path) as again:
        assert again.undoable().label == "apply Expert"
        assert again.undo().kind == ChangeKind.UNDO
    assert quotes(project) == []
    project.close()
    with open_project(project.path) as again:
        assert again.undoable() is None
        assert again.redo().kind == ChangeKind.REDO
        assert again.redoable() is None
    assert quotes(project) == ["agency"]


def test_with_nothing_done_there_is_nothing_to_undo(project):
    assert project.undoable() is None
    with pytest.raises(NotFound, match="nothing to undo"):
        project.undo()
    with pytest.raises(NotFound, match="nothing to redo"):
        project.redo()


def test_a_change_that_fails_changes_nothing(project, brief, expert):
    with pytest.raises(ZeroDivisionError), project.change("apply Expert") as tx:
        passages.apply(tx, brief, 4, 10, [expert])
        raise ZeroDivisionError
    assert quotes(project) == []
    assert project.undoable() is None
    assert project.verify() == []


def test_a_change_that_writes_nothing_is_no_change(project):
    with project.change("nothing") as tx:
        pass
    assert tx.done is None
    assert project.undoable() is None


def test_listeners_hear_what_was_touched_after_it_is_on_disk(project, brief, expert):
    heard = []
    stop = project.subscribe(heard.append)
    with project.change("apply Expert") as tx:
        made = passages.apply(tx, brief, 4, 10, [expert])
        assert heard == []
    (done,) = heard
    assert done.rows == {"passage": {made.passage_id}, "coding": set(made.codings)}
    assert done.sources == {brief}
    stop()
    project.undo()
    assert len(heard) == 1


def test_undo_is_of_ones_own_work_only(project, brief, expert, moral):
    with project.change("apply Expert") as tx:
        passages.apply(tx, brief, 4, 10, [expert])
    project.use_coder("Bob")
    with project.change("apply Moral") as tx:
        passages.apply(tx, brief, 0, 3, [moral])
    project.use_coder("Ann")
    assert project.undoable().label == "apply Expert"
    project.undo()
    assert quotes(project) == ["The"]
    with project.read() as r:
        assert [entry.coder for entry in history.listing(r, limit=2)] == ["Ann", "Ann"]


def test_undo_is_refused_when_others_stand_on_it(project, brief):
    with project.change("new code Skill") as tx:
        skill = codes.add(tx, "Skill")
    project.use_coder("Bob")
    with project.change("apply Skill") as tx:
        passages.apply(tx, brief, 0, 3, [skill])
    project.use_coder("Ann")
    with pytest.raises(Conflict, match=r"new code Skill.*later work"):
        project.undo()
    assert quotes(project) == ["The"]
    assert project.verify() == []


def test_undo_is_refused_when_the_same_row_changed_again(project, expert):
    with project.change("rename code Expert") as tx:
        codes.update(tx, expert, name="Expertise")
    project.use_coder("Bob")
    with project.change("colour code Expertise") as tx:
        codes.update(tx, expert, color="#123456")
    project.use_coder("Ann")
    with pytest.raises(Conflict, match="colour code Expertise"):
        project.undo()


def test_two_that_cancel_out_do_not_stand_in_the_way(project, expert):
    with project.change("rename code Expert") as tx:
        codes.update(tx, expert, name="Expertise")
    project.use_coder("Bob")
    with project.change("colour code Expertise") as tx:
        codes.update(tx, expert, color="#123456")
    project.undo()
    project.use_coder("Ann")
    project.undo()
    with project.read() as r:
        assert codes.get(r, expert).name == "Expert"


def test_removing_a_source_and_undoing_brings_back_every_coding(project, brief, expert, moral):
    with project.change("apply two") as tx:
        passages.apply(tx, brief, 4, 10, [expert, moral])
    with project.change("remove source Brief") as tx:
        assert sources.remove(tx, [brief]).codings == 2
    assert quotes(project) == []
    project.undo()
    assert quotes(project) == ["agency"]
    assert project.verify() == []


def test_the_reason_of_a_change_is_in_the_trail(project, expert):
    with project.change("rename code Expert", reason="memo 12") as tx:
        codes.update(tx, expert, name="Expertise")
    with project.read() as r:
        (entry, *_) = history.listing(r)
    assert (entry.label, entry.reason, entry.coder, entry.kind) == ("rename code Expert", "memo 12", "Ann", "do")


def test_the_coder_is_the_projects_unless_another_is_named(project):
    project.use_coder("Bob")
    project.close()
    with open_project(project.path) as again:
        assert again.coder.name == "Bob"
    with open_project(project.path, coder="Cy") as again:
        assert (again.coder.name, again.coder.id) == ("Cy", 0)
    with pytest.raises(InvalidInput, match="empty"):
        open_project(project.path, coder="  ")


def test_without_a_coder_the_login_name_stands(tmp_path):
    with create(tmp_path / "own.qcode") as own:
        assert own.coder.name == login_name()
        with own.read() as r:
            assert info.counts(r).coders == 1


def test_a_name_that_is_taken_is_refused_and_left_alone(tmp_path):
    there = tmp_path / "taken.qcode"
    there.write_text("mine")
    with pytest.raises(Conflict, match="already"):
        create(there)
    assert there.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["taken.qcode"]


def test_a_making_that_fails_leaves_nothing(tmp_path, put_source):
    def fill(tx):
        put_source(tx)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create(tmp_path / "never.qcode", fill=fill)
    assert list(tmp_path.iterdir()) == []


def test_the_place_read_last_is_kept_and_is_no_change(project, brief):
    project.remember_position(brief, 17)
    with project.read() as r:
        assert sources.get(r, brief).last_read == 17
        assert info.counts(r).changes == 1
    assert project.verify() == []


def test_a_file_that_was_replaced_is_not_written_to(project, brief, expert, tmp_path):
    copy = tmp_path / "copy"
    copy.write_bytes(project.path.read_bytes())
    copy.replace(project.path)
    before = project.path.read_bytes()
    with pytest.raises(Exception, match="moved, replaced or deleted"), project.change("apply Expert") as tx:
        passages.apply(tx, brief, 4, 10, [expert])
    assert project.path.read_bytes() == before


def test_a_coder_who_is_chosen_while_somebody_writes_stays_chosen(project):
    with project.change("come") as tx:
        codes.add(tx, "First")
    inside = threading.Event()

    def write():
        with project.change("long work") as tx:
            codes.add(tx, "Second")
            inside.set()
            until = monotonic() + 10
            while project.coder.name != "Ben" and monotonic() < until:  # he is chosen, and waits for this to end
                inside.wait(0)

    worker = threading.Thread(target=write)
    worker.start()
    assert inside.wait(10)
    project.use_coder("Ben")
    worker.join(10)
    assert project.coder.name == "Ben"
    with project.change("by Ben") as tx:
        codes.add(tx, "Third")
    assert project.undoable().coder == "Ben"
