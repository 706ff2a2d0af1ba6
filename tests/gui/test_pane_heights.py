"""At the usual sizes of a window all sources and codes of a small study are in sight, unless one likes it otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from frame_kit import Frame, frame
from pytestqt.qtbot import QtBot

from qcode.exchange import starter


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.qcode"
    starter.new_project(path, sample=True, coder="Ada").close()
    return path


def hidden_rows(window: Frame) -> list[int]:
    """How far the sources and the codebook can be scrolled: not at all when every row is in sight."""
    panels = window.window.panels
    return [view.verticalScrollBar().maximum() for view in (panels["sources"].list, panels["codebook"].tree)]


def test_the_sources_and_the_whole_codebook_are_in_sight(qtbot: QtBot, tmp_path: Path, sample: Path) -> None:
    with frame(qtbot, tmp_path) as window:
        window.open(sample)
        definition = window.window.panels["definition"]
        for width, height, least in ((1280, 820, 150), (1024, 700, 55)):
            window.window.resize(width, height)
            qtbot.waitUntil(lambda: hidden_rows(window) == [0, 0])
            assert definition.height() >= least, "what is left is for the definition"


def test_heights_of_ones_own_stay(qtbot: QtBot, tmp_path: Path, sample: Path) -> None:
    with frame(qtbot, tmp_path) as window:
        window.open(sample)
        window.window.column.moveSplitter(160, 1)
        kept = window.window.column.sizes()[:2]
    assert kept[0] == 160
    with frame(qtbot, tmp_path) as window:
        window.open(sample)
        assert window.window.column.sizes()[:2] == kept
