"""Each coder keeps to themselves how far they have read, and it is no change of the project."""

from __future__ import annotations

import pytest

from qcode.errors import FileReadOnly
from qcode.project import coders, history, open_project, sources


def entries(project):
    with project.read() as r:
        return len(history.listing(r))


def test_a_place_is_kept_for_each_coder_alone(project, brief):
    before = entries(project)
    assert project.read_to(brief) is None
    project.mark_read(brief, 12)
    project.mark_read(brief, 20)
    assert project.read_to(brief) == 20
    assert entries(project) == before, "no change, no entry in the trail"
    project.use_coder("Bob")
    assert project.read_to(brief) is None
    project.mark_read(brief, 5)
    project.use_coder("Ann")
    assert project.read_to(brief) == 20
    assert project.verify() == []


def test_it_is_there_the_next_day_and_can_be_forgotten(project, brief):
    project.mark_read(brief, 12)
    project.close()
    with open_project(project.path, coder="Ann") as tomorrow:
        assert tomorrow.read_to(brief) == 12
        tomorrow.mark_read(brief, None)
        assert tomorrow.read_to(brief) is None


def test_who_only_reads_becomes_known_by_it(project, brief):
    project.close()
    heard = []
    with open_project(project.path, coder="Bob") as visiting:
        visiting.subscribe(heard.append)
        assert visiting.coder.id == 0
        assert visiting.read_to(brief) is None
        visiting.mark_read(brief, 3)
        assert visiting.coder.id > 0
        assert visiting.read_to(brief) == 3
        assert [changes.label for changes in heard] == ["add coder Bob"]
        assert visiting.undoable() is None
        with visiting.read() as r:
            assert coders.find(r, "Bob") is not None
        assert visiting.verify() == []


def test_a_source_that_comes_back_is_read_as_far_as_before(project, brief):
    project.mark_read(brief, 12)
    with project.change("remove Brief") as tx:
        sources.remove(tx, [brief])
    project.undo()
    assert project.read_to(brief) == 12


def test_a_project_for_reading_only_takes_no_place(project, brief):
    project.close()
    with open_project(project.path, read_only=True) as shut, pytest.raises(FileReadOnly):
        shut.mark_read(brief, 3)
