"""Words are found source by source, where one wants to look and nowhere else."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from qcode.errors import NotFound
from qcode.model import SpanRow
from qcode.progress import Cancelled
from qcode.project import CodeId, Project, SourceId, correcting, finding, passages, sources, words
from qcode.project.finding import Scope, find, lines, scope_of
from qcode.text import query
from qcode.text.query import Stopped, parse

SECOND = "Cover of the register\nThe register again."


@pytest.fixture
def two(project: Project, put_source) -> Project:
    """A second source in a folder, of which the first line is not data."""
    with project.change("bring in") as tx:
        second = put_source(tx, "Brief 10", SECOND)
        sources.edit(tx, second, folder="Round > First")
        put_source(tx, "Brief 2", "Nothing of the kind.")
        mark = {"source_id": second, "kind": "not data", "start": 0, "end": 21, "value": ""}
        tx.conn.execute(insert(SpanRow), [mark])
    return project


def asked(words_: str, **meant: bool) -> query.Query:
    parsed = parse(words_, **meant)
    assert parsed is not None
    return parsed


def found(project: Project, scope: Scope = finding.EVERYWHERE) -> list[tuple[str, str]]:
    there = list(find(project, asked("register"), scope))
    assert [one.done for one in there] == list(range(1, len(there) + 1))
    assert all(one.text[start:end].lower() == "register" for one in there for start, end in one.spots)
    return [(one.source.name, line.before) for one in there for line in lines(one)]


def test_places_come_source_by_source_in_context(two: Project) -> None:
    there = found(two)
    assert there == [
        ("Brief", "The agency keeps the "),
        ("Brief", "The "),
        ("Brief 10", "Cover of the "),
        ("Brief 10", "The "),
    ]
    line = next(line for one in find(two, asked("stays")) for line in lines(one))
    assert (line.paragraph, line.before, line.words, line.after) == (3, "The register ", "stays", ".")


def test_one_looks_only_where_one_wants_to(two: Project, brief: SourceId, moral: CodeId) -> None:
    with two.change("apply") as tx:
        start = sources.text(tx, brief).index("The register")
        passages.apply(tx, brief, start, start + 12, [moral])
        passages.apply(tx, brief, 4, 24, [moral])  # ends in the middle of a word
    with two.read() as r:
        in_source = scope_of(r, names=["Brief 10"])
        in_folder = scope_of(r, in_folders=["Round"])
        in_group = scope_of(r, paths=["Authority"])
        with pytest.raises(NotFound):
            scope_of(r, in_folders=["Roun"])
    assert {name for name, _ in found(two, in_source)} == {"Brief 10"} == {name for name, _ in found(two, in_folder)}
    assert found(two, in_group) == [("Brief", "The ")]
    assert found(two, Scope(data_only=True)) == [one for one in found(two) if one[1] != "Cover of the "]
    with two.change("a correction took its words") as tx:
        correcting.correct(tx, brief, "Nothing is left of it here.")
    assert found(two, in_group) == []


def test_what_was_stopped_names_the_source(two: Project, monkeypatch: pytest.MonkeyPatch, put_source) -> None:
    monkeypatch.setattr(query, "SECONDS", 0.05)
    with two.change("bring in") as tx:
        put_source(tx, "Zeta", "a" * 60 + "b")
    with pytest.raises(Stopped, match="“Zeta”"):
        list(find(two, asked("(a|aa)+$", is_regex=True)))


def test_words_are_counted_in_the_data_alone(two: Project, brief: SourceId, moral: CodeId) -> None:
    listed = words.listing(two)
    assert [(one.word, one.count, one.sources) for one in listed.words[:2]] == [("the", 5, 3), ("register", 3, 2)]
    assert listed.total == sum(one.count for one in listed.words)
    assert "cover" not in {one.word for one in listed.words}
    with two.change("apply") as tx:
        passages.apply(tx, brief, 0, 10, [moral])
    inside = words.listing(two, Scope(codes=frozenset([moral])))
    assert [one.word for one in inside.words] == ["agency", "the"]

    def stop(done: int, total: int, label: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        words.listing(two, progress=stop)
