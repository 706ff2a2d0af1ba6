"""What holds for every test: off screen, away from the researcher's own settings, and the same each time."""

from __future__ import annotations

import hashlib
import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Set before Qt is loaded: it reads them when the application starts.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("LC_ALL", "C.UTF-8")

# Derandomized: a red test is red for everybody. No deadline: a busy machine is no failure.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=50, database=None)
settings.register_profile(
    "long", settings.get_profile("ci"), max_examples=1_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")

HAS_QT = find_spec("PySide6") is not None
pytest_plugins = ["qt_guards"] if HAS_QT else []
collect_ignore = [] if HAS_QT else ["gui"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run also what takes minutes, and more examples of the rest")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--long"):
        settings.load_profile("long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="takes minutes: run with --long"))


@pytest.fixture(autouse=True)
def _own_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not inside tmp_path, which tests list, and not made: whoever writes there makes the folder first.
    home = tmp_path_factory.getbasetemp() / "homes" / hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    monkeypatch.setenv("QCODE_SETTINGS_DIR", str(home / "settings"))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the project that is tested."""
    return Path(__file__).resolve().parent.parent
