"""Names that were replaced can be erased for good: they are then in no byte of the file, and verify still passes."""

from __future__ import annotations

import pytest

from qcode.errors import Conflict
from qcode.project import (
    coders,
    codes,
    erasing,
    folders,
    mentions,
    open_project,
    passages,
    source_sets,
    sources,
    variables,
)
from qcode.text.names import Finder, Name

MARSH = Finder([Name("Ann-Kathrin Marshwood", "Interviewee 1")])


def bytes_of(project):
    return project.path.read_bytes().decode("utf-8", "replace")


@pytest.fixture
def named(project, brief, expert, put_source):
    """A study in which a participant is named all over the place, and then no more."""
    with project.change("import") as tx:
        gone = put_source(tx, "Second", "Marshwood speaks. " * 30)
        sources.edit(tx, brief, title="Talk with Ann-Kathrin Marshwood", cite_as="Marshwood 2019")
        passages.apply(tx, brief, 4, 10, [expert], reason="as Marshwood says", comment="ask Ann-Kathrin")
        codes.update(tx, expert, memo="from Marshwood’s talk")
    with project.change("remove") as tx:
        sources.remove(tx, [gone])
    return project


def test_every_field_that_names_somebody_is_found_and_replaced_in_one_step(named, brief):
    with named.read() as r:
        found = mentions.find(r, MARSH)
    assert [(one.where, one.hits[0].found) for one in found] == [
        ("the title of a source", "Ann-Kathrin Marshwood"),
        ("how a source is cited", "Marshwood"),
        ("a comment on a passage", "Ann-Kathrin"),
        ("the reason for a coding", "Marshwood"),
        ("the memo of a code", "Marshwood’s"),
    ]
    with named.change("replace names") as tx:
        assert mentions.replace(tx, found) == 5
    with named.read() as r:
        assert mentions.find(r, MARSH) == []
        assert sources.get(r, brief).cite_as == "Interviewee 1 2019"
    named.undo()
    with named.read() as r:
        assert mentions.find(r, MARSH) == found


def test_a_field_that_was_changed_since_is_left_alone(named, brief):
    with named.read() as r:
        found = mentions.find(r, MARSH)
    with named.change("edit") as tx:
        sources.edit(tx, brief, title="Marshwood, again")
        assert mentions.replace(tx, found) == 4
        assert sources.get(tx, brief).title == "Marshwood, again"


def test_a_name_that_is_taken_by_the_replacement_gets_a_number_beside_others_of_its_kind(project, brief, put_source):
    with project.change("name all kinds of things") as tx:
        inside = folders.add(tx, "Round")
        for name in ("Marshwood", "Interviewee 1", "Ann-Kathrin"):
            put_source(tx, name)
            folders.add(tx, name)
            codes.add(tx, name)
            source_sets.add(tx, name)
            variables.add(tx, name)
        folders.add(tx, "Marshwood", parent=inside)
    with project.read() as r:
        found = mentions.find(r, MARSH)
    with project.change("replace names") as tx:
        mentions.replace(tx, found)
    kept = {"Interviewee 1", "Interviewee 1 2", "Interviewee 1 3"}
    with project.read() as r:
        assert mentions.find(r, MARSH) == []
        assert {one.name for one in sources.listing(r)} == kept | {"Brief"}
        assert {one.path for one in folders.listing(r)} == kept | {"Round", "Round > Interviewee 1"}
        assert {one.name for one in codes.codebook(r)} >= kept
        assert {one.name for one in source_sets.listing(r)} == kept
        assert {one.name for one in variables.listing(r)} == kept
    assert project.verify() == []


def test_what_was_erased_is_in_no_byte_and_the_history_still_verifies(named):
    with named.read() as r:
        found = mentions.find(r, MARSH)
    with named.change("replace names") as tx:
        mentions.replace(tx, found)
    assert "Marshwood" in bytes_of(named)
    erased = erasing.forget(named, MARSH)
    assert (erased.texts, erased.files, erased.steps_left) == (1, 1, 0)
    assert erased.rows >= 6
    assert "Marshwood" not in bytes_of(named)
    assert "Ann-Kathrin" not in bytes_of(named)
    assert named.verify() == []
    with pytest.raises(Conflict, match="erased for good"):
        named.undo()


def test_the_file_of_another_source_that_was_removed_can_still_come_back(named, put_source):
    with named.change("import") as tx:
        other = put_source(tx, "Other", "Nobody is named here.")
    with named.change("remove") as tx:
        sources.remove(tx, [other])
    assert erasing.forget(named, MARSH).files == 1
    named.undo()
    with named.read() as r:
        assert sources.original(r, other) == b"Nobody is named here."


def test_what_names_nobody_is_kept_and_work_goes_on(named, brief, expert):
    before = named.path.stat().st_size
    with named.read() as r:
        listed = passages.in_source(r, brief)
    erasing.forget(named, Finder([Name("Nobody Known", "X")]))
    with named.read() as r:
        assert passages.in_source(r, brief) == listed
    assert named.path.stat().st_size <= before
    named.undo()  # the removal, whose text nobody erased
    with open_project_again(named) as again:
        assert again.verify() == []


def open_project_again(project):
    project.close()
    return open_project(project.path, coder="Ann")


def test_a_step_that_names_somebody_in_its_own_words_is_told(named):
    with named.change("import “Marshwood”") as tx:
        coders.add(tx, coders.stranger("Bea", guid="b"))
    assert erasing.forget(named, MARSH).steps_left == 1
