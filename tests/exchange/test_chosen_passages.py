"""Chosen passages leave the project as CSV, and as quotes that say where they stand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from qcode.exchange import evidence as export
from qcode.exchange.citing import Stretch, quoted
from qcode.project import Project, Reading, codes, create, evidence, passages, sources, translations
from qcode.readers import read

TEXT = "The agency keeps the register.\n\nStates consult it.\n"


@pytest.fixture
def project(tmp_path: Path):
    def fill(tx):
        made = sources.add(tx, read(TEXT.encode(), "Brief.txt"), name="Brief", original=b"x", original_name="Brief.txt")
        expert, moral = codes.add(tx, "Expert"), codes.add(tx, "Moral")
        passages.apply(tx, made, 0, 10, [expert, moral], reason="it knows")
        passages.apply(tx, made, 32, 38, [expert])
        passages.highlight(tx, made, 39, 46, comment="later")

    with create(tmp_path / "study.qcode", coder="Ann", fill=fill) as made:
        yield made


def lines(project: Project) -> list[evidence.Line]:
    with project.read() as r:
        source = sources.by_name(r, "Brief").id
        code = codes.by_path(r, "Expert").id
        return evidence.lines(r, [code], [source]) + evidence.uncoded_lines(r, [source])


def as_quotes(r: Reading, chosen: list[evidence.Line]) -> str:
    return quoted(r, [Stretch(line.source, line.start, line.end, line.passage) for line in chosen]).plain


def test_only_the_chosen_codings_are_written(project: Project) -> None:
    first, _, uncoded = lines(project)
    with project.read() as r:
        rows = list(csv.DictReader(io.StringIO(export.to_csv(r, [first, uncoded], bom=False).decode())))
    assert [(row["quote"], row["code"], row["reason"], row["comment"]) for row in rows] == [
        ("The agency", "Expert", "it knows", ""),
        ("consult", "", "", "later"),
    ]


def test_references_name_how_to_cite_or_the_source(project: Project) -> None:
    chosen = lines(project)
    with project.read() as r:
        assert as_quotes(r, chosen[:2]) == "“The agency” (Brief, ¶1)\n\n“States” (Brief, ¶2)"
        source = chosen[0].source
    with project.change("edit details") as tx:
        sources.edit(tx, source, cite_as="Orha 2024")
        translations.write(tx, chosen[0].passage, "L’agence")
        translations.name_translator(tx, chosen[0].passage, "Rosa")
    with project.read() as r:
        assert as_quotes(r, chosen[:1]) == "“The agency” (Orha 2024, ¶1)\n“L’agence” (transl. Rosa)"
        rows = list(csv.DictReader(io.StringIO(export.to_csv(r, chosen[:1], bom=False).decode())))
    assert [(row["translation"], row["translator"]) for row in rows] == [("L’agence", "Rosa")]
