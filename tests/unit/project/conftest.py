"""A small project to tell stories with."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.project import CodeId, Project, SourceId, codes, create, sources
from qcode.readers import Document

TEXT = "The agency keeps the register 😀.\n\nStates consult it. Nobody was told to.\n\nThe register stays."


def put_source(tx, name="Brief", text=TEXT):
    document = Document(
        text=text, spans=(), title="", media_type="text/plain", encoding="utf-8", encoding_guessed=False
    )
    return sources.add(tx, document, name=name, original=text.encode(), original_name=f"{name}.txt")


@pytest.fixture(name="put_source")
def put_source_fixture():
    """Bring in a text from inside a change."""
    return put_source


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Ann's project: one source, a group with two codes."""

    def fill(tx):
        put_source(tx)
        group = codes.add(tx, "Authority", is_codable=False)
        codes.add(tx, "Moral", parent=group, shortcut="2")
        codes.add(tx, "Expert", parent=group, shortcut="3")

    with create(tmp_path / "study.qcode", coder="Ann", fill=fill) as made:
        yield made


@pytest.fixture
def brief(project: Project) -> SourceId:
    with project.read() as r:
        return sources.by_name(r, "Brief").id


@pytest.fixture
def expert(project: Project) -> CodeId:
    with project.read() as r:
        return codes.by_path(r, "Authority > Expert").id


@pytest.fixture
def moral(project: Project) -> CodeId:
    with project.read() as r:
        return codes.by_path(r, "Authority > Moral").id
