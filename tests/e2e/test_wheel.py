"""A wheel made from the sdist is a whole program: it opens a project where no checkout is in sight."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

pytest.importorskip("uv", reason="made once, where the development tools are")


def run(*command: str | Path, at: Path, **environment: str) -> str:
    """Run a command, and give what it prints; its complaint is the failure."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=at,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, the wheel from it, and install that in an environment of its own; its folder of programs."""
    place = tmp_path_factory.mktemp("wheel")
    checkout = Path(__file__).resolve().parents[2]
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", place / "dist", checkout, at=place)
    (wheel,) = (place / "dist").glob("*.whl")
    uv = [sys.executable, "-m", "uv", "--offline"]
    run(*uv, "venv", "--python", sys.executable, place / "venv", at=place)
    run(*uv, "pip", "install", "--python", place / "venv", "--no-deps", wheel, at=place)
    return place / "venv" / ("Scripts" if os.name == "nt" else "bin")


@pytest.fixture
def dependencies() -> dict[str, str]:
    """Lend the new environment our packages; .pth files, and with them the checkout, do not come along."""
    return {"PYTHONPATH": sysconfig.get_path("purelib")}


def test_the_program_runs_from_the_wheel_alone(
    installed: Path, dependencies: dict[str, str], tmp_path: Path, checkout: Path
) -> None:
    where = "import qcode.assets as a; print(a.__file__, *map(a.asset_dir, ['migrations', 'resources', 'seeds']))"
    paths = run(installed / "python", "-c", where, at=tmp_path, **dependencies).split()
    assert not any(Path(path).is_relative_to(checkout) for path in paths)
    assert [Path(path).name for path in paths[1:]] == ["_migrations", "_resources", "_seeds"]
    assert all(Path(path).exists() for path in paths)


def test_a_project_is_made_and_opened_from_the_wheel(
    installed: Path, dependencies: dict[str, str], tmp_path: Path
) -> None:
    run(installed / "qcode", "new", "study.qcode", "--codebook", "authority-and-power", at=tmp_path, **dependencies)
    told = json.loads(run(installed / "qcode", "info", "study.qcode", "--json", at=tmp_path, **dependencies))
    assert told["codes"] == 8


def test_the_sample_travels_in_the_wheel(installed: Path, dependencies: dict[str, str], tmp_path: Path) -> None:
    run(installed / "qcode", "new", "sample.qcode", "--sample", at=tmp_path, **dependencies)
    told = json.loads(run(installed / "qcode", "info", "sample.qcode", "--json", at=tmp_path, **dependencies))
    assert told["codings"] >= 120
