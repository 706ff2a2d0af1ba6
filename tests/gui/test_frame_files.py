"""Whole things go in and out: new projects, codebooks, passages, backups."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from frame_kit import Answers, Frame, frame, make_project
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from qcode.project import codes, create, info
from qcode.ui.dialogs.coder import CoderDialog
from qcode.ui.dialogs.new_project import NewProjectDialog
from qcode.ui.welcome import EMPTY, IMPORT, Tile

TILES = [
    Tile("authority-and-power", "Authority and power", "six codes"),
    Tile(IMPORT, "Import", ""),
    Tile(EMPTY, "Empty", ""),
]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Frame]:
    with frame(qtbot, tmp_path) as made:
        made.open(make_project(tmp_path / "study.qcode"))
        yield made


def test_the_codebook_is_written_as_csv(window: Frame, tmp_path: Path) -> None:
    window.answers.path = tmp_path / "codes.csv"
    window.trigger("file.export_codebook")
    window.until_idle()
    lines = (tmp_path / "codes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + 3
    assert "codes.csv" in window.status


def test_passages_are_csv_or_json_as_the_name_ends(window: Frame, tmp_path: Path) -> None:
    for name in ("passages.json", "passages.csv", "bare"):
        window.answers.path = tmp_path / name
        window.trigger("file.export_passages")
        window.until_idle()
    assert json.loads((tmp_path / "passages.json").read_text(encoding="utf-8")) == []
    assert (tmp_path / "passages.csv").read_text(encoding="utf-8-sig").startswith("guid,")
    assert (tmp_path / "bare.csv").exists()


def test_an_export_that_cannot_be_written_says_so_and_nothing_is_half_done(window: Frame, tmp_path: Path) -> None:
    window.answers.path = tmp_path / "study.qcode"
    before = window.answers.path.read_bytes()
    window.trigger("file.export_codebook")
    window.until_idle()
    assert "another name" in window.status
    assert window.answers.path.read_bytes() == before


def test_an_exported_codebook_comes_in_elsewhere_as_one_step_of_undo(
    window: Frame, tmp_path: Path, qtbot: QtBot
) -> None:
    window.answers.path = tmp_path / "codes.csv"
    window.trigger("file.export_codebook")
    window.until_idle()
    create(tmp_path / "other.qcode").close()
    project = window.open(tmp_path / "other.qcode")
    window.trigger("file.import_codebook")
    window.until_idle()
    with project.read() as r:
        assert len(codes.codebook(r)) == 3
    qtbot.waitUntil(lambda: window.actions["edit.undo"].text() == "&Undo import codebook codes")


def test_what_was_left_out_of_an_import_is_named(window: Frame, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("path,mood\nAuthority,calm\nNew one,wild\n", encoding="utf-8")
    window.answers.path = mine
    window.trigger("file.import_codebook")
    window.until_idle()
    ((_, text, details),) = window.answers.told
    assert text == "Imported 1 code from mine.csv."
    assert "mood" in details
    assert "Authority" in details


def test_a_broken_codebook_is_refused_by_its_line_and_changes_nothing(window: Frame, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text('path,name,level\nA,A,1\n"B > C",C,seven\n', encoding="utf-8")
    window.answers.path = bad
    window.trigger("file.import_codebook")
    window.until_idle()
    ((title, text, _),) = window.answers.told
    assert title == "The codebook was not imported"
    assert "ine 3" in text
    with window.context.project.read() as r:
        assert len(codes.codebook(r)) == 3


def test_a_backup_is_a_project_of_its_own(window: Frame, tmp_path: Path) -> None:
    window.answers.path = tmp_path / "safe.qcode"
    window.trigger("file.backup")
    window.until_idle()
    assert "safe.qcode" in window.status
    assert window.open(tmp_path / "safe.qcode").path.name == "safe.qcode"


def test_never_mind_changes_nothing(window: Frame, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    for id_ in ("file.export_codebook", "file.export_passages", "file.import_codebook", "file.backup", "file.open"):
        window.trigger(id_)
    assert not window.context.busy
    assert sorted(tmp_path.iterdir()) == before


def test_a_new_project_is_made_where_one_says_with_the_codebook_one_chose(
    window: Frame, tmp_path: Path, qtbot: QtBot
) -> None:
    window.trigger("file.new")
    dialog = window.window.findChild(NewProjectDialog)
    dialog.field.setText("Grenzübergänge 2025")
    dialog.folder.setText(str(tmp_path / "new" / "folder"))
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    window.until_idle()
    project = window.context.project
    assert project.path == tmp_path / "new" / "folder" / "Grenzübergänge 2025.qcode"
    with project.read() as r:
        assert info.counts(r).codes == 8
    assert project.coder.name == "Ada"


def test_an_empty_project_is_made_from_the_welcome_page(qtbot: QtBot, tmp_path: Path) -> None:
    with frame(qtbot, tmp_path) as window:
        window.window.welcome.tileChosen.emit(EMPTY)
        dialog = window.window.findChild(NewProjectDialog)
        assert dialog.codebook is None
        dialog.accept()
        window.until_idle()
        with window.context.project.read() as r:
            assert info.counts(r).codes == 0


def test_the_very_first_project_asks_for_the_coder_in_between(qtbot: QtBot, tmp_path: Path) -> None:
    with frame(qtbot, tmp_path, coder="") as window:
        window.trigger("file.new")
        dialog = window.window.findChild(NewProjectDialog)
        dialog.field.setText("First")
        dialog.accept()
        qtbot.waitUntil(lambda: not isValid(dialog))
        coder = window.window.findChild(CoderDialog)
        coder.field.setText("Ada")
        coder.accept()
        window.until_idle()
        assert window.context.project.path == tmp_path / "First.qcode"
        assert window.context.project.coder.name == "Ada"


def test_the_sample_is_made_once_and_kept_after_that(qtbot: QtBot, tmp_path: Path) -> None:
    with frame(qtbot, tmp_path) as window:
        window.trigger("file.sample")
        window.until_idle()
        project = window.context.project
        with project.read() as r:
            assert info.counts(r).codings >= 120
        assert project.coder.name == "Ada"
        window.context.change("add code Mine", lambda tx: codes.add(tx, "Mine"))
        window.trigger("file.close")
        window.trigger("file.sample")
        window.until_idle()
        with window.context.project.read() as r:
            assert codes.by_path(r, "Mine")


def test_wrong_answers_are_said_under_the_fields_before_anything_is_made(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "taken.qcode").touch()
    (tmp_path / "file").touch()
    dialog = NewProjectDialog(Answers(), tmp_path, TILES)
    qtbot.addWidget(dialog)
    assert dialog.ok.isEnabled()
    for name, folder, said in (
        ("taken", tmp_path, "already"),
        ("a/b", tmp_path, "cannot hold"),
        ("fine", tmp_path / "file", "not a folder"),
    ):
        dialog.field.setText(name)
        dialog.folder.setText(str(folder))
        assert said in dialog.problem.text()
        assert not dialog.ok.isEnabled()
    dialog.folder.setText(str(tmp_path))
    dialog.field.setText(" ")
    assert not dialog.ok.isEnabled()
    dialog.field.setText("fine.qcode")
    assert dialog.path == tmp_path / "fine.qcode"
    assert dialog.ok.isEnabled()


def test_a_codebook_of_ones_own_is_asked_for_and_never_mind_means_empty(qtbot: QtBot, tmp_path: Path) -> None:
    answers = Answers()
    dialog = NewProjectDialog(answers, tmp_path, TILES)
    qtbot.addWidget(dialog)
    at = dialog.codebooks.findData(IMPORT)
    dialog.codebooks.setCurrentIndex(at)
    dialog.codebooks.activated.emit(at)
    assert dialog.codebook is None
    answers.path = tmp_path / "mine.csv"
    dialog.codebooks.setCurrentIndex(at)
    dialog.codebooks.activated.emit(at)
    assert dialog.codebook == tmp_path / "mine.csv"
    assert dialog.about.text() == str(tmp_path / "mine.csv")
