"""A small project to take things out of and put things into."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from qcode.project import Project, codes, create, open_project, passages, sources
from qcode.readers import read


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project, made once and copied for each test: making one takes its time."""
    path = tmp_path_factory.mktemp("empty") / "empty.qcode"
    create(path, coder="Rosa").close()
    return path


@pytest.fixture
def project(empty: Path, tmp_path: Path) -> Iterator[Project]:
    """An empty project of Rosa's."""
    with open_project(shutil.copy(empty, tmp_path / "study.qcode"), coder="Rosa") as opened:
        yield opened


@pytest.fixture
def another(empty: Path, tmp_path: Path) -> Iterator[Project]:
    """A second empty project, in which Tom codes."""
    with open_project(shutil.copy(empty, tmp_path / "other.qcode"), coder="Tom") as opened:
        yield opened


Marked = Mapping[tuple[int, int], Sequence[str]]


@pytest.fixture
def apply() -> Callable[..., None]:
    """Bring in a text and code it: spans to paths of codes, none for a passage without a code."""

    def bring_in(project: Project, name: str, text: str, marked: Marked, *, reason: str = "") -> None:
        with project.change(f"code {name}") as tx:
            data = text.encode()
            document = read(data, f"{name}.txt")
            source = sources.add(tx, document, name=name, original=data, original_name=f"{name}.txt")
            for (start, end), paths in marked.items():
                if paths:
                    ids = [codes.by_path(tx, path).id for path in paths]
                    passages.apply(tx, source, start, end, ids, reason=reason)
                else:
                    passages.highlight(tx, source, start, end, comment="for later")

    return bring_in
