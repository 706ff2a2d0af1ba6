"""A project file that each test may ruin."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from file_kit import make_project


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("pristine") / "study.qcode")


@pytest.fixture
def study(tmp_path: Path, pristine: Path) -> Path:
    """Ann's project, alone in its folder."""
    return Path(shutil.copy(pristine, tmp_path / "study.qcode"))
