"""The checkout is fit to be read, moved and set up anywhere."""

from __future__ import annotations

import ast
import fnmatch
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = [*sorted((ROOT / "scripts").iterdir()), ROOT / ".ci" / "run"]

# Written so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.~$}])/(?:" + "|".join(["work", "root", "home", "Users", "tmp", "opt"]) + r")/\w")
REGISTRY = re.compile(r"\b(?:" + "|".join(["pypi", "pythonhosted", "npmjs", "anaconda"]) + r")\.(?:org|com)\b")


def tracked_files() -> list[Path]:
    """List what belongs to the project; without git, what .gitignore leaves of the folder."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return list(_unignored(ROOT))
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def _unignored(folder: Path) -> Iterator[Path]:
    patterns = [*(line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines()), ".git"]
    for entry in sorted(folder.iterdir()):
        if any(fnmatch.fnmatch(entry.name, pattern) for pattern in patterns):
            continue
        if entry.is_dir():
            yield from _unignored(entry)
        else:
            yield entry


FILES = tracked_files()
PYTHON = [path for path in FILES if path.suffix == ".py"]


def texts() -> Iterator[tuple[Path, str]]:
    """Read each file that is text."""
    for path in FILES:
        try:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Say where a pattern stands in the project."""
    return [
        f"{path}:{number}: {line.strip()}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def project() -> dict[str, Any]:
    """Read pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def group(name: str) -> list[Requirement]:
    """List what a dependency group asks for, with the groups that it includes."""
    found: list[Requirement] = []
    for entry in project()["dependency-groups"][name]:
        found += group(entry["include-group"]) if isinstance(entry, dict) else [Requirement(entry)]
    return found


def pins() -> dict[str, list[Requirement]]:
    """Read the pins; a package may have one a platform."""
    found: dict[str, list[Requirement]] = {}
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            pin = Requirement(line.rstrip("\\ "))
            found.setdefault(canonicalize_name(pin.name), []).append(pin)
    return found


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert lines_with(MACHINE_PATH) == []


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRY) == []


def test_the_window_never_lets_events_in_through_the_back_door() -> None:
    called = re.compile("process" + r"Events\s*\(")
    # a measurement has no event loop of its own, and stands outside the program
    assert [line for line in lines_with(called) if line.startswith(("qcode/", "tests/"))] == []


def test_no_error_is_swallowed_without_a_word() -> None:
    swallowed = [
        f"{path.relative_to(ROOT)}:{handler.lineno}"
        for path in PYTHON
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Try) and not node.orelse  # with an else, the error is a question and that its answer
        for handler in node.handlers
        if all(isinstance(step, ast.Pass) for step in handler.body)
    ]
    assert swallowed == []


def test_the_pins_cover_every_dependency_and_agree_with_it() -> None:
    named = project()["project"]
    wanted = [Requirement(entry) for entry in named["dependencies"]]
    wanted += [Requirement(entry) for extra in named["optional-dependencies"].values() for entry in extra]
    pinned = pins()
    for need in [*wanted, *group("dev")]:
        assert canonicalize_name(need.name) in pinned, f"{need} is not pinned"
        for pin in pinned[canonicalize_name(need.name)]:
            (only,) = pin.specifier
            assert only.operator == "=="
            assert need.specifier.contains(Version(only.version)), f"{pin} does not satisfy {need}"


def test_every_pin_is_exact_and_knows_its_files_by_hash() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert not re.search(r"^-|://|@", text, re.MULTILINE)
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9-]+==\S+ ", block) and "--hash=sha256:" in block, block.splitlines()[0]


def test_no_stranger_s_package_of_our_name_can_come_in() -> None:
    assert canonicalize_name(project()["project"]["name"]) not in pins()


def test_whoever_develops_gets_the_window_too() -> None:
    window = {str(Requirement(entry)) for entry in project()["project"]["optional-dependencies"]["gui"]}
    assert window <= {str(need) for need in group("dev")}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_can_be_started_and_is_bash(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    subprocess.run(["bash", "-n", str(script)], check=True)
