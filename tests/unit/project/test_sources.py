"""Sources come in, are named and ordered, and go."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from packed_kit import p, word, word_members, zipped

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.progress import Cancelled
from qcode.project import codes, importing, info, rereading, sources, variables
from qcode.project.incoming import Incoming
from qcode.readers import ReadAs, ReadingChoices, SurveyChoices
from qcode.text.span import Span, SpanKind


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


def test_each_file_is_read_and_named_as_it_was_chosen(project, tmp_path):
    page, note = write(
        tmp_path, page_dot_html="<p>Menu</p><main><h1>Sea</h1><p>A word.</p></main>", note_dot_txt="# Mark\n\n*Two*."
    )
    report = importing.import_files(
        project,
        [
            Incoming(
                page, ReadingChoices(article_only=True), name="The sea", title="Sea!", cite_as="Ruiz 2019", folder="A"
            ),
            Incoming(note, ReadingChoices(read_as=ReadAs.MARKDOWN)),
            Incoming(Path("Pasted text.txt"), name="Copied", data=b"Words from elsewhere."),
        ],
    )
    assert report.problems == ()
    sea, note_read, pasted = report.imported
    assert (sea.name, sea.title, sea.cite_as, sea.folder) == ("The sea", "Sea!", "Ruiz 2019", "A")
    with project.read() as r:
        assert sources.text(r, sea.id) == "Sea\n\nA word."
        assert sources.text(r, note_read.id) == "Mark\n\nTwo."
        assert (pasted.name, sources.original(r, pasted.id)) == ("Copied", b"Words from elsewhere.")


def test_a_survey_becomes_a_source_for_each_respondent_in_a_folder(project, tmp_path):
    (file,) = write(tmp_path, survey_dot_csv="Key,Sex,Age,Why?\nR1,f,,It was so\nR2,m,51,It was not\nR2b,m,9,\n")
    chosen = ReadingChoices(survey=SurveyChoices(texts=("Why?",), apart=True))
    report = importing.import_files(project, [Incoming(file, chosen)])
    assert [(one.name, one.folder) for one in report.imported] == [("survey R1", "survey"), ("survey R2", "survey")]
    with project.read() as r:
        assert sources.text(r, report.imported[1].id) == "Why? It was not"
        assert sources.spans(r, report.imported[1].id) == [Span(0, 4, SpanKind.BOLD)]
        assert sources.original(r, report.imported[0].id) == file.read_bytes()
        assert variables.of_source(r, report.imported[1].id) == {"Sex": "m", "Age": "51"}
        assert [(one.name, one.kind) for one in variables.listing(r)] == [("Sex", "text"), ("Age", "number")]
    (other,) = write(tmp_path, other_dot_csv="Key,Age,Why?\nR9,old,It was so\nR8,70,It was not\n")
    refused = importing.import_files(project, [Incoming(other, chosen)])
    assert (refused.imported, str(refused.problems[0][1])) == ((), "Age: “old” is no number. Write it as 12 or 3.5.")
    with pytest.raises(Conflict, match="is a part of its file"):
        rereading.read_again(project, report.imported[0].id, chosen)
    again = importing.import_files(project, [Incoming(file, chosen)])
    assert (again.imported, [str(error) for _, error in again.problems]) == (
        (), ["There is a source called “survey R1” already. Rename one of the two."],
    )  # fmt: skip


def test_the_same_file_twice_is_noticed_by_its_bytes(project, tmp_path):
    files = write(tmp_path, a_dot_txt="Same.", b_dot_txt="Same.", c_dot_txt="Other.")
    report = importing.import_files(project, files)
    assert report.notes == (("b.txt", "The same file was imported before, as “a”."),)
    assert len(report.imported) == 3


def test_a_cancel_ends_a_reader_that_hangs_and_the_project_was_free_meanwhile(project, tmp_path, monkeypatch):
    """A reader that waits for ever is ended by Cancel at once; until then the project could be changed."""
    script = tmp_path / "hang.py"
    script.write_text("import sys\nwhile sys.stdin.buffer.read(1): pass\n")
    monkeypatch.setattr("qcode.readers.sandbox._own_command", lambda _: [sys.executable, str(script)])
    (file,) = write(tmp_path, a_dot_rtf=r"{\rtf1 Hello}")
    asked = []

    def cancel(done, total, label=""):
        asked.append(label)
        if len(asked) == 2:
            with project.change("meanwhile") as tx:
                codes.add(tx, "Meanwhile")
        if len(asked) > 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        importing.import_files(project, [file], progress=cancel)
    assert (len(asked), set(asked)) == (3, {"a.rtf"})
    assert project.undoable().label == "meanwhile"
    assert names(project) == ["Brief"]


def test_of_a_batch_of_hostile_files_each_is_a_line_and_the_others_come_in(project, tmp_path):
    """Bombs, entities, paths, halves of characters and far too much text: the rest is imported."""
    members = word_members(p("x"))
    main = str(members["word/document.xml"])
    doctype = '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/hostname"><!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    files = write(
        tmp_path,
        a_dot_txt="Good.",
        bomb_dot_docx=zipped({**members, "word/document.xml": b" " * 12_000_000}),
        entity_dot_docx=zipped({**members, "word/document.xml": doctype + main.replace(">x<", ">&b;<")}),
        outside_dot_docx=zipped({**members, "word/document.xml": doctype + main.replace(">x<", ">&c;<")}),
        path_dot_docx=zipped({**members, "../../escaped": "x"}),
        halves_dot_txt=b"One half \xed\xa0\xbd and a NUL \0 in words.",
        z_dot_docx=word(p("Good as well.")),
    )
    vast = tmp_path / "vast.txt"
    with vast.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    before = {path.name for path in tmp_path.parent.iterdir()}
    report = importing.import_files(project, [*files[:-1], vast, files[-1]])
    assert [source.name for source in report.imported] == ["a", "halves", "z"]
    assert [(name, str(error).split(".docx ")[-1][:28]) for name, error in report.problems] == [
        ("bomb.docx", "swells beyond all measure wh"),
        ("entity.docx", "declares a document type in "),
        ("outside.docx", "declares a document type in "),
        ("path.docx", "holds a part that points out"),
        ("vast.txt", "vast.txt has 100.0 MB; a sou"),
    ]
    assert [note for name, note in report.notes if name == "halves.txt"] == [
        "1 NUL character was left out.", "1 unpaired surrogate (half of a character) was left out."
    ]  # fmt: skip
    assert {path.name for path in tmp_path.parent.iterdir()} == before
    with project.read() as r:
        assert [sources.text(r, one.id) for one in report.imported] == [
            "Good.", "One half  and a NUL  in words.", "Good as well."
        ]  # fmt: skip
