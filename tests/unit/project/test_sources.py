"""Sources come in, are named and ordered, and go."""

from __future__ import annotations

import pytest

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.progress import Cancelled
from qcode.project import importing, info, sources
from qcode.text.span import SpanKind


def names(project):
    with project.read() as r:
        return [source.name for source in sources.listing(r)]


def write(folder, **files):
    paths = []
    for name, data in files.items():
        path = folder / name.replace("_dot_", ".")
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        paths.append(path)
    return paths


def test_files_come_in_under_their_names_in_one_step(project, tmp_path):
    files = write(tmp_path, a_dot_txt="Alpha.\r\nBeta.", b_dot_md="# Title\n\nSome *words*.")
    report = importing.import_files(project, files, folder="Field notes")
    assert [source.name for source in report.imported] == ["a", "b"]
    assert report.problems == ()
    with project.read() as r:
        assert sources.text(r, report.imported[0].id) == "Alpha.\nBeta."
        kinds = {span.kind for span in sources.spans(r, report.imported[1].id)}
        assert {SpanKind.HEADING, SpanKind.ITALIC} <= kinds
        assert sources.by_name(r, "b").title == "Title"
        assert {source.folder for source in sources.listing(r)} == {"", "Field notes"}
    assert project.undoable().label == "import 2 sources"
    project.undo()
    assert names(project) == ["Brief"]


def test_a_bad_file_is_told_and_the_others_come_in(project, tmp_path):
    files = write(tmp_path, good_dot_txt="Fine.", empty_dot_txt="", picture_dot_png=b"\x89PNG\r\n\x1a\n\0\0\0")
    files += [tmp_path / "missing.txt", tmp_path, *write(tmp_path, Brief_dot_txt="The name is taken.")]
    report = importing.import_files(project, files)
    assert [source.name for source in report.imported] == ["good"]
    assert [name for name, _ in report.problems] == [
        "empty.txt",
        "picture.png",
        "missing.txt",
        tmp_path.name,
        "Brief.txt",
    ]
    assert all(str(error) for _, error in report.problems)
    assert names(project) == ["Brief", "good"]


def test_a_taken_name_can_get_a_number_and_it_is_said(project, tmp_path):
    files = write(tmp_path, Brief_dot_txt="Another.")
    report = importing.import_files(project, files, number_taken_names=True)
    assert report.imported[0].name == "Brief 2"
    assert "Brief 2" in report.notes[0][1]


def test_a_cancelled_batch_leaves_nothing(project, tmp_path):
    files = write(tmp_path, a_dot_txt="A", b_dot_txt="B")

    def stop_at_the_second(done, total, label=""):
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        importing.import_files(project, files, progress=stop_at_the_second)
    assert names(project) == ["Brief"]
    with project.read() as r:
        assert info.counts(r).changes == 1


def test_names_sort_as_a_person_would(project, put_source):
    with project.change("x") as tx:
        for name in ("Interview 10", "interview 2", "Interview 1", "²"):
            put_source(tx, name)
    assert names(project) == ["Brief", "Interview 1", "interview 2", "Interview 10", "²"]


def test_a_source_is_renamed_unless_the_name_is_taken(project, brief, put_source):
    with project.change("x") as tx:
        put_source(tx, "Other")
    with project.change("rename source Brief") as tx:
        sources.rename(tx, brief, "Readmission brief")
    with pytest.raises(Conflict, match="already"), project.change("x") as tx:
        sources.rename(tx, brief, "Other")
    with pytest.raises(InvalidInput, match="empty"), project.change("x") as tx:
        sources.rename(tx, brief, " ")
    assert names(project) == ["Other", "Readmission brief"]


def test_details_and_folders_are_edited(project, brief):
    with project.change("x") as tx:
        sources.edit(tx, brief, title="A brief", cite_as="Someone 2020", language="en", folder="Notes > Old")
    with project.read() as r:
        source = sources.get(r, brief)
    assert (source.title, source.cite_as, source.language) == ("A brief", "Someone 2020", "en")
    assert source.folder == "Notes > Old"


def test_a_source_that_is_not_there_is_said_and_the_others_named(project):
    with project.read() as r, pytest.raises(NotFound, match=r"no source called “x”.*“Brief”"):
        sources.by_name(r, "x")
    with project.read() as r, pytest.raises(NotFound):
        sources.text(r, 999)
    with pytest.raises(NotFound), project.change("x") as tx:
        sources.remove(tx, [999])
