"""Sources are kept in folders and sets, put in an order, and whatever goes says what goes with it and comes back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.model import TRACKED, FolderRow, new_guid
from qcode.project import folders, passages, source_sets, sources, variables
from qcode.project.importing import import_files
from qcode.project.incoming import Incoming
from qcode.project.rereading import read_again
from qcode.project.rows import add_row

NAMES = ("Interview 1", "Interview 2", "Interview 10")


@pytest.fixture
def three(project, put_source):
    """Three interviews beside the brief; gives their ids."""
    with project.change("bring in interviews") as tx:
        return [put_source(tx, name) for name in NAMES]


def shelf(project):
    with project.read() as r:
        return [(source.folder, source.name) for source in sources.listing(r)]


def listed(project):
    with project.read() as r:
        return folders.listing(r)


def paths(project):
    return [folder.path for folder in listed(project)]


def content(project):
    with project.read() as r:
        return {(table.name, row.id): tuple(row) for table in TRACKED for row in r.conn.execute(table.select())}


def refused(project, error, work):
    before = content(project)
    with pytest.raises(error), project.change("refused") as tx:
        work(tx)
    assert content(project) == before


def test_folders_nest_are_renamed_and_moved_with_what_is_in_them(project, three):
    with project.change("make folders") as tx:
        first = folders.add(tx, "First > round")
        town = folders.add(tx, "Town", parent=first)
        sources.move(tx, three[:2], folder=town)
    assert shelf(project)[2:] == [("First \\> round > Town", name) for name in NAMES[:2]]
    with project.change("rename") as tx:
        folders.rename(tx, first, "Round 1")
    with project.change("move") as tx:
        folders.move(tx, town, parent=None)
    assert paths(project) == ["Round 1", "Town"]
    assert shelf(project)[2:] == [("Town", name) for name in NAMES[:2]]
    refused(project, Conflict, lambda tx: folders.add(tx, "Town"))
    refused(project, InvalidInput, lambda tx: folders.add(tx, " "))
    refused(project, NotFound, lambda tx: folders.rename(tx, 99, "x"))
    refused(project, NotFound, lambda tx: sources.move(tx, [three[0]], folder=99))
    with project.change("nest") as tx:
        folders.move(tx, first, parent=town)
    refused(project, Conflict, lambda tx: folders.move(tx, town, parent=first))
    with project.read() as r, pytest.raises(NotFound, match="Nowhere"):
        folders.by_path(r, "Nowhere")


def test_folders_nest_as_deep_as_anybody_needs_and_no_deeper(project, tmp_path):
    def path(levels):
        return " > ".join(f"level {n}" for n in range(levels))

    refused(project, InvalidInput, lambda tx: folders.ensure(tx, path(1_200)))
    refused(project, InvalidInput, lambda tx: folders.ensure(tx, path(folders.DEEPEST + 1)))
    with project.change("nest") as tx:
        deepest = folders.ensure(tx, path(folders.DEEPEST))
        outer = folders.add(tx, "Outer")
        inner = folders.add(tx, "Inner", parent=outer)
    refused(project, InvalidInput, lambda tx: folders.add(tx, "One more", parent=deepest))
    above = next(one.parent_id for one in listed(project) if one.id == deepest)
    refused(project, InvalidInput, lambda tx: folders.move(tx, outer, parent=above))
    with project.change("move") as tx:
        folders.move(tx, inner, parent=above)
        folders.move(tx, deepest, parent=outer)
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "b.txt").write_text("Other words.")
    deep, flat = Incoming(tmp_path / "a.txt", folder=path(1_200)), Incoming(tmp_path / "b.txt")
    report = import_files(project, [deep, flat])
    assert [one.name for one in report.imported] == ["b"]
    assert "Folders nest 50 deep at most." in str(report.problems[0][1])


def test_folders_that_an_older_version_nested_deeper_are_listed(project):
    parent = None
    with project.change("nest") as tx:
        for n in range(1_200):
            parent = add_row(tx.conn, FolderRow, guid=new_guid(), parent_id=parent, name=f"level {n}")
    assert len(listed(project)) == 1_200


def test_a_folder_goes_with_its_sources_or_leaves_them_where_it_stood(project, three, expert):
    with project.change("set the scene") as tx:
        town = folders.ensure(tx, "Round > Town")
        sources.move(tx, three, folder=town)
        passages.apply(tx, three[0], 0, 3, [expert])
        variables.set_value(tx, three[1], variables.add(tx, "Age"), "34")
    before = content(project)
    with project.read() as r:
        told = folders.removal(r, folders.by_path(r, "Round").id)
    assert (told.folders, told.sources, told.passages, told.codings, told.values) == (2, 3, 1, 1, 1)
    for with_sources, left in ((True, ("Brief",)), (False, ("Brief", *NAMES))):
        with project.change("remove folder Round") as tx:
            folders.remove(tx, folders.by_path(tx, "Round").id, with_sources=with_sources)
        assert paths(project) == []
        assert shelf(project) == [("", name) for name in left]
        project.undo()
        assert content(project) == before
    assert project.verify() == []


def test_an_order_made_by_hand_holds_until_names_are_to_count_again(project, three, put_source):
    with project.change("move Interview 10 up") as tx:
        sources.move(tx, [three[2]], folder=None, position=2)
    assert [name for _, name in shelf(project)] == ["Brief", "Interview 10", "Interview 1", "Interview 2"]
    with project.change("a newcomer") as tx:
        put_source(tx, "A late one")
    assert shelf(project)[-1] == ("", "A late one"), "who comes into an order made by hand comes last"
    with project.change("order folders") as tx:
        for name in ("A", "B", "C"):
            folders.add(tx, name)
        folders.move(tx, folders.by_path(tx, "C").id, parent=None, position=1)
    assert paths(project) == ["C", "A", "B"]
    with project.change("sort by name") as tx:
        sources.sort_by_name(tx)
    assert [name for _, name in shelf(project)] == ["A late one", "Brief", *NAMES]
    assert paths(project) == ["A", "B", "C"]
    project.undo()
    assert paths(project) == ["C", "A", "B"]
    assert shelf(project)[-1] == ("", "A late one")


def test_sets_hold_sources_of_any_folder(project, brief, three):
    with project.change("make a set") as tx:
        women = source_sets.add(tx, "Women", [three[0], brief])
        assert source_sets.put_in(tx, women, [brief, three[1]]) == 1
        source_sets.take_out(tx, women, [three[0]])
        source_sets.rename(tx, women, "Midwives")
    with project.read() as r:
        assert source_sets.by_name(r, "Midwives").sources == {brief, three[1]}
        with pytest.raises(NotFound, match="Women"):
            source_sets.by_name(r, "Women")
    refused(project, Conflict, lambda tx: source_sets.add(tx, "Midwives"))
    refused(project, NotFound, lambda tx: source_sets.add(tx, "Others", [99]))
    refused(project, NotFound, lambda tx: source_sets.take_out(tx, 99, [brief]))
    before = content(project)
    for label, work in (
        ("remove set", lambda tx: source_sets.remove(tx, women)),
        ("remove Brief", lambda tx: sources.remove(tx, [brief])),
    ):
        with project.change(label) as tx:
            work(tx)
        project.undo()
        assert content(project) == before


def test_a_source_read_again_keeps_its_place_its_sets_and_its_values(project, three):
    with project.change("set the scene") as tx:
        sources.move(tx, [three[2]], folder=None, position=1)
        source_sets.add(tx, "Women", [three[2]])
        variables.set_value(tx, three[2], variables.add(tx, "Age"), "34")
        sources.edit(tx, three[2], language="de", direction="rtl")
    made = read_again(project, three[2]).source
    assert (made.name, made.language, made.direction) == ("Interview 10", "de", "rtl")
    with project.read() as r:
        assert sources.listing(r)[0].id == made.id
        assert source_sets.by_name(r, "Women").sources == {made.id}
        assert variables.values(r) == {made.id: {"Age": "34"}}
    assert project.verify() == []
    refused(project, InvalidInput, lambda tx: sources.edit(tx, made.id, direction="upwards"))


@pytest.fixture
def shelved(project, three):
    with project.change("make folders") as tx:
        folders.ensure(tx, "One > Two")
    return project


# The project is handed from example to example; that each leaves it as it was is what is tested.
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 5)), max_size=6))
def test_whatever_is_moved_undo_leaves_every_row_as_it_was(shelved, moves):
    before, done = content(shelved), 0
    with shelved.read() as r:
        ids, places = [source.id for source in sources.listing(r)], [None, *(one.id for one in folders.listing(r))]
    for source, folder, position in moves:
        with shelved.change("move") as tx:
            sources.move(tx, [ids[source]], folder=places[folder % 3], position=position or None)
        done += tx.done is not None
        assert sorted(name for _, name in shelf(shelved)) == sorted(("Brief", *NAMES))
    for _ in range(done):
        shelved.undo()
    assert content(shelved) == before
