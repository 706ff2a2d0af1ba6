"""The evidence leaves the project: what was marked, how it was coded, by whom and why."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from sqlalchemy import event

from qcode.exchange import passages as export
from qcode.project import Project, codes, passages, sources


@pytest.fixture
def coded(project: Project, apply: Callable[..., None]) -> Project:
    """Two texts, three codes, passages that overlap, and one without a code."""
    with project.change("make codes") as tx:
        ground = codes.add(tx, "Ground", is_codable=False)
        codes.add(tx, "Skill", parent=ground)
        codes.add(tx, "Trust", parent=ground)
        codes.add(tx, "=Asked, often")
    marked = {
        (0, 20): ["Ground > Trust", "=Asked, often"],
        (22, 33): ["Ground > Skill"],
        (22, 24): ["Ground > Trust"],
        (49, 56): [],
    }
    talk = "They asked us first.\n\nWe knew how.\nThey asked us = again.\n"
    apply(project, "talk", talk, marked, reason="it says so")
    apply(project, "Field 10", "Quiet.", {(0, 5): ["Ground > Skill"]})
    apply(project, "Field 2", "👩‍👩‍👧 سلطة", {(0, 5): ["Ground > Skill"]})
    return project


def _csv(project: Project, **wanted: str) -> list[dict[str, str]]:
    with project.read() as r:
        data = export.to_csv(r, **_ids(project, **wanted))  # type: ignore[arg-type]
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _json(project: Project, **wanted: str) -> list[dict[str, object]]:
    with project.read() as r:
        return json.loads(export.to_json(r, **_ids(project, **wanted)))  # type: ignore[arg-type, no-any-return]


def _ids(project: Project, *, code: str = "", source: str = "") -> dict[str, int]:
    with project.read() as r:
        return ({"code": codes.by_path(r, code).id} if code else {}) | (
            {"source": sources.by_name(r, source).id} if source else {}
        )


def test_the_csv_has_a_row_for_each_coding_in_the_order_of_reading(coded: Project) -> None:
    rows = _csv(coded)
    assert list(rows[0]) == list(export.COLUMNS)
    assert [(row["source"], row["start"], row["end"], row["code"]) for row in rows] == [
        ("Field 2", "0", "5", "Ground > Skill"),
        ("Field 10", "0", "5", "Ground > Skill"),
        ("talk", "0", "20", "Ground > Trust"),
        ("talk", "0", "20", "'=Asked, often"),
        ("talk", "22", "33", "Ground > Skill"),
        ("talk", "22", "24", "Ground > Trust"),
        ("talk", "49", "56", ""),
    ]
    assert [row["paragraph"] for row in rows] == ["1", "1", "1", "1", "2", "2", "3"]
    assert rows[2]["guid"] == rows[3]["guid"]
    assert {row["reason"] for row in rows[2:6]} == {"it says so"}
    assert (rows[6]["coder"], rows[6]["comment"], rows[6]["reason"]) == ("Rosa", "for later", "")


def test_the_json_has_an_object_for_each_passage(coded: Project) -> None:
    found = _json(coded)
    assert len(found) == 6
    assert list(found[0]) == [
        "guid",
        "source",
        "start",
        "end",
        "quote",
        "paragraph",
        "codes",
        "coder",
        "comment",
        "created_at",
        "translation",
        "translator",
    ]
    both, bare = found[2], found[5]
    assert (both["source"], both["quote"], both["codes"]) == (
        "talk",
        "They asked us first.",
        ["Ground > Trust", "=Asked, often"],
    )
    assert (bare["quote"], bare["codes"], bare["paragraph"]) == ("= again", [], 3)


def test_a_quote_is_the_text_between_its_offsets(coded: Project) -> None:
    for found in _json(coded):
        with coded.read() as r:
            text = sources.text(r, sources.by_name(r, str(found["source"])).id)
        assert text[found["start"] : found["end"]] == found["quote"]  # type: ignore[misc]


def test_asking_for_a_code_gives_its_codings_and_whole_passages(coded: Project) -> None:
    assert [row["code"] for row in _csv(coded, code="=Asked, often")] == ["'=Asked, often"]
    (found,) = _json(coded, code="=Asked, often")
    assert found["codes"] == ["Ground > Trust", "=Asked, often"]


def test_a_group_stands_for_all_codes_in_it(coded: Project) -> None:
    assert {row["code"] for row in _csv(coded, code="Ground")} == {"Ground > Skill", "Ground > Trust"}
    assert len(_json(coded, code="Ground")) == 5


def test_code_and_source_narrow_together(coded: Project) -> None:
    assert [row["quote"] for row in _csv(coded, code="Ground > Skill", source="talk")] == ["We knew how"]
    assert [row["source"] for row in _csv(coded, source="Field 2")] == ["Field 2"]


def test_ten_times_the_passages_take_no_more_statements(coded: Project) -> None:
    def statements() -> int:
        with coded.read() as r:
            event.listen(r.conn, "before_cursor_execute", lambda *_: asked.append(1))
            asked: list[int] = []
            export.to_csv(r)
            return len(asked)

    few = statements()
    with coded.change("code more") as tx:
        talk, skill = sources.by_name(tx, "talk").id, codes.by_path(tx, "Ground > Skill").id
        for start in range(40):
            passages.apply(tx, talk, start, start + 1, [skill])
    assert statements() == few


def test_a_project_without_passages_exports_its_columns(project: Project) -> None:
    assert _csv(project) == []
    assert _json(project) == []
