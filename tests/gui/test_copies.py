"""Backups come back from inside the window, and a project that is open elsewhere is worked on as a copy."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from frame_kit import Frame, add_code, frame, make_project
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qcode.project import codes, open_project
from qcode.ui.dialogs.restore import RestoreDialog, size_said
from qcode.ui.filing import AS_COPY, UPGRADED

OLD = Path(__file__).parents[1] / "migrations" / "files" / "version-1.qcode.gz"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Frame]:
    with frame(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "study.qcode")


def code_names(window: Frame) -> list[str]:
    with window.context.project.read() as r:
        return [code.name for code in codes.codebook(r)]


def test_a_backup_of_the_open_project_is_chosen_from_a_list_and_opened_under_a_new_name(
    window: Frame, project: Path, tmp_path: Path
) -> None:
    opened = window.open(project)
    kept = opened.backup()
    window.context.change("add code Late", add_code("Late"))
    newest = opened.backup()
    window.answers.path = tmp_path / "as it was.qcode"
    window.trigger("file.restore")
    dialog = window.window.findChild(RestoreDialog)
    rows = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    assert [row.text(2) for row in rows] == [newest.name, kept.name], "the newest first"
    assert rows[0].text(1).endswith("kB")
    dialog.list.setCurrentItem(rows[1])
    window.bot.keyClick(dialog.list, Qt.Key.Key_Return)
    window.until_idle()
    assert window.context.project.path == tmp_path / "as it was.qcode"
    assert "Late" not in code_names(window)
    assert project.exists(), "what is restored never takes the place of what is there"
    assert kept.exists()


def test_any_file_is_restored_and_where_there_is_no_backup_it_is_asked_for_at_once(
    window: Frame, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.answers, "save_file", lambda title, suggested, kinds="": suggested)
    window.answers.path = project
    window.trigger("file.restore")
    window.until_idle()
    assert window.context.project.path == tmp_path / "study restored.qcode"
    window.trigger("file.restore")
    window.until_idle()
    assert window.context.project.path == tmp_path / "study restored 2.qcode", "a name that is free is suggested"


def test_another_file_can_be_chosen_from_the_list(window: Frame, project: Path, tmp_path: Path) -> None:
    window.open(project).backup()
    window.trigger("file.restore")
    dialog = window.window.findChild(RestoreDialog)
    window.bot.mouseClick(dialog.other, Qt.MouseButton.LeftButton)
    assert window.answers.asked[-1] == "Choose the backup to restore"
    assert window.context.project.path == project, "never mind"


def test_what_is_no_backup_and_a_taken_name_are_refused_in_words(window: Frame, project: Path, tmp_path: Path) -> None:
    before = window.open(project)
    letter = tmp_path / "letter.qcode"
    letter.write_text("Dear Ada", encoding="utf-8")
    window.window.filing.copies.bring_back(letter, letter)  # the name is asked for, and none given
    assert not window.context.busy
    window.answers.path = tmp_path / "new.qcode"
    window.window.filing.copies.bring_back(letter, letter)
    window.until_idle()
    window.answers.path = project
    window.window.filing.copies.bring_back(before.backup(), project)
    window.until_idle()
    assert [title for title, *_ in window.answers.told] == ["Restore a backup"] * 2
    assert not (tmp_path / "new.qcode").exists()
    assert window.context.project is before


def test_of_a_project_that_is_open_elsewhere_a_copy_can_be_worked_on(
    window: Frame, project: Path, tmp_path: Path
) -> None:
    with open_project(project) as elsewhere:
        with elsewhere.change("add code") as tx:
            codes.add(tx, "Theirs")
        window.answers.choice = AS_COPY
        window.answers.path = tmp_path / "mine.qcode"
        window.window.filing.open(project)
        window.until_idle()
        window.bot.waitUntil(lambda: window.context.project is not None)
        assert window.context.project.path == tmp_path / "mine.qcode"
        assert "Theirs" in code_names(window), "as it stands now"
        window.context.change("add code Mine", add_code("Mine"))
        with elsewhere.read() as r:
            assert "Mine" not in [code.name for code in codes.codebook(r)]


def test_why_undo_is_grey_after_an_upgrade_is_said(window: Frame, tmp_path: Path) -> None:
    old = tmp_path / "crossings.qcode"
    old.write_bytes(gzip.decompress(OLD.read_bytes()))
    window.open(old)
    assert window.status == UPGRADED
    assert not window.actions["edit.undo"].isEnabled()
    window.context.change("add code Late", add_code("Late"))
    window.trigger("file.close")
    window.window.statusBar().clearMessage()
    window.open(old)
    assert window.status != UPGRADED, "once there is something to undo, nobody needs to know"


@pytest.mark.parametrize(("size", "said"), [(300, "1 kB"), (412_000, "412 kB"), (12_345_678, "12.3 MB")])
def test_sizes_are_said_as_files_are_measured(size: int, said: str) -> None:
    assert size_said(size) == said
