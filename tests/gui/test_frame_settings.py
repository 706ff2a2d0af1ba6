"""What the window remembers, also when somebody tampered with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qcode.ui.settings import FOLDER_VARIABLE, RECENT_LIMIT, Settings, settings_folder

NOW = datetime(2025, 11, 3, 9, 41)


def test_all_is_there_at_the_next_start(tmp_path: Path) -> None:
    first = Settings(tmp_path)
    first.coder, first.theme, first.zoom = "Ada Öhler; [x]=1", "dark", 120
    first.hidden_panes = frozenset({"codebook"})
    first.remember_sources(tmp_path / "a.qcode", ["g1", "g2"], "g2")
    first.remember_recent(tmp_path / "a, b & ö.qcode", 204, now=NOW)
    again = Settings(tmp_path)
    assert (again.coder, again.theme, again.zoom) == ("Ada Öhler; [x]=1", "dark", 120)
    assert again.hidden_panes == {"codebook"}
    assert again.open_sources(tmp_path / "a.qcode") == (["g1", "g2"], "g2")
    assert again.open_sources(tmp_path / "other.qcode") == ([], "")
    (entry,) = again.recent()
    assert (entry.path, entry.opened, entry.passages) == (tmp_path / "a, b & ö.qcode", NOW, 204)


def test_recent_projects_are_few_each_once_the_newest_first(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for number in range(RECENT_LIMIT + 3):
        settings.remember_recent(tmp_path / f"{number}.qcode", number, now=NOW + timedelta(days=number))
    settings.remember_recent(tmp_path / "5.qcode", 50, now=NOW + timedelta(days=100))
    names = [entry.path.name for entry in settings.recent()]
    assert names[:2] == ["5.qcode", f"{RECENT_LIMIT + 2}.qcode"]
    assert len(names) == len(set(names)) == RECENT_LIMIT
    settings.forget_recent(tmp_path / "5.qcode")
    assert "5.qcode" not in [entry.path.name for entry in settings.recent()]


@pytest.mark.parametrize("broken", ["}", "[1, 2]", '["{}"]', '{"a": 1}', '["{\\"path\\": \\"x\\"}"]'])
def test_a_broken_entry_is_no_reason_not_to_start(tmp_path: Path, broken: str) -> None:
    settings = Settings(tmp_path)
    for key in ("recent", "panes/hidden", "theme", "zoom"):
        settings.put(key, broken)
    assert settings.recent() == []
    assert settings.theme == "system"
    assert settings.zoom == 100


def test_the_folder_can_be_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "here"))
    assert settings_folder() == tmp_path / "here"
    assert Settings().folder == tmp_path / "here"
    monkeypatch.delenv(FOLDER_VARIABLE)
    assert settings_folder().name == "qcode"
