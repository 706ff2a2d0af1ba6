"""A project of today, and migrations of a tomorrow that the tests make up."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from file_kit import make_project

from qcode.store.connect import SCHEMA_VERSION
from qcode.store.migrate import Steps

NEXT = SCHEMA_VERSION + 1


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("pristine") / "study.qcode")


@pytest.fixture
def study(tmp_path: Path, pristine: Path) -> Path:
    """Ann's project, alone in its folder."""
    (tmp_path / "desk").mkdir()
    return Path(shutil.copy(pristine, tmp_path / "desk" / "study.qcode"))


@pytest.fixture
def tomorrow(tmp_path: Path) -> Callable[..., Steps]:
    """Write one more migration: the body of its upgrade(), and the tables that it says it touches."""

    def write(body: str, touches: tuple[str, ...] = ()) -> Steps:
        folder = tmp_path / "further steps 100%"
        folder.mkdir()
        (folder / f"{NEXT:04}_tomorrow.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision, down_revision, TOUCHES = '{NEXT:04}', '{SCHEMA_VERSION:04}', {touches!r}\n\n"
            f"def upgrade():\n{textwrap.indent(textwrap.dedent(body), '    ')}\n"
        )
        return Steps(newest=NEXT, further=(folder,))

    return write
