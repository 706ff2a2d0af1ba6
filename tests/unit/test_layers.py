"""The rooms stand on the rooms below them, as pyproject.toml says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def test_no_module_imports_from_a_room_above_it(checkout: Path) -> None:
    pytest.importorskip("importlinter", reason="checked where the development tools are")
    check = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert check.returncode == 0, check.stdout + check.stderr
