"""Many places are coded in one go, looked at before, and undone in one go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.model import CodingRow, PassageRow, SpanRow
from qcode.progress import Cancelled
from qcode.project import CodeId, Project, SourceId, autocode, codes, correcting, finding, passages, sources
from qcode.project.autocode import Proposal, Scope, around, code, divided, labels, named, standing
from qcode.text.divisions import Kind
from qcode.text.query import Query, parse
from qcode.text.units import Unit

SURVEY = "Respondent 1\nWhy here? The lake.\nRespondent 2\nWhy here? The quiet, the lake.\n"


def asked(words: str) -> Query:
    parsed = parse(words)
    assert parsed is not None
    return parsed


def rows(project: Project) -> list[tuple[object, ...]]:
    """Everything that coding writes, as it stands in the file."""
    tables = PassageRow.__table__, CodingRow.__table__
    with project.read() as r:
        return [tuple(row) for table in tables for row in r.conn.execute(select(table).order_by(table.c.id))]


def under(project: Project, kind: Kind, wanted: list[str], scope: Scope = finding.EVERYWHERE) -> list[Proposal]:
    return named(divided(project, kind, scope), wanted)


def quotes(project: Project) -> list[tuple[str, int]]:
    with project.read() as r:
        return [(one.quote, len(one.codings)) for one in passages.listing(r)]


def test_all_sentences_with_a_word_are_coded_and_uncoded_in_one_go(
    project: Project, brief: SourceId, expert: CodeId, moral: CodeId
) -> None:
    with project.change("apply by hand") as tx:
        start = sources.text(tx, brief).index("States consult it.")
        passages.apply(tx, brief, start, start + 18, [moral], comment="seen before")
    before = rows(project)
    proposed = around(project, asked("the register | states | it"), Unit.SENTENCE)
    assert [one.hits for one in proposed] == [3, 2, 2]
    with project.change("auto-code Expert") as tx:
        done = code(tx, proposed, [expert])
    assert (done.passages, done.codings, done.already) == (2, 3, 0)
    assert quotes(project) == [
        ("The agency keeps the register 😀.", 1),
        ("States consult it.", 2),
        ("The register stays.", 1),
    ]
    with project.read() as r:
        there = standing(r, project.coder.id, [expert])
        assert {one.place for one in proposed} == there
        assert len(standing(r, project.coder.id, [expert, moral])) == 1
    with project.change("again") as tx:
        assert code(tx, proposed, [expert]) == autocode.Coded(0, 0, 3)
    assert project.undoable().label == "auto-code Expert"
    assert project.rows_to_play_back() == 5
    coded = rows(project)

    def stop(done: int, total: int, label: str = "") -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        project.undo(stop)
    assert rows(project) == coded
    project.undo()
    assert rows(project) == before
    assert project.verify() == []


def test_cancelling_leaves_nothing(project: Project, expert: CodeId, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autocode, "_AT_ONCE", 2)
    before = rows(project)
    proposed = around(project, asked("e"), Unit.EXACT)
    assert len(proposed) > 4

    def stop(done: int, total: int, label: str = "") -> None:
        if done >= 4:
            raise Cancelled

    with pytest.raises(Cancelled), project.change("auto-code") as tx:
        code(tx, proposed, [expert], stop)
    assert rows(project) == before
    monkeypatch.setattr(autocode, "MOST", 3)
    with pytest.raises(InvalidInput, match="more than 3 places"):
        around(project, asked("e"), Unit.EXACT)
    with pytest.raises(Cancelled):
        around(project, asked("e"), Unit.EXACT, progress=lambda done, total, label="": stop(4, 4))


def test_what_cannot_be_coded_is_refused_as_a_whole(project: Project, brief: SourceId, expert: CodeId) -> None:
    before = rows(project)
    with project.read() as r:
        group = codes.by_path(r, "Authority").id
        sha256 = sources.get(r, brief).sha256
    good, beyond = (Proposal(brief, "Brief", 0, end, sha256=sha256) for end in (4, 10_000))
    gone = replace(good, source=SourceId(999))
    for proposed, wanted, problem in (
        ([good, beyond], [expert], InvalidInput),
        ([good], [group], InvalidInput),
        ([good], [], InvalidInput),
        ([good], [CodeId(999)], NotFound),
        ([good, gone], [expert], NotFound),
    ):
        with pytest.raises(problem), project.change("auto-code") as tx:
            code(tx, proposed, wanted)
        assert rows(project) == before


def test_what_was_proposed_in_a_text_is_not_coded_in_another(project: Project, brief: SourceId, expert: CodeId) -> None:
    proposed = around(project, asked("register"), Unit.EXACT)
    with project.change("correct") as tx:
        correcting.correct(tx, brief, "Put before it all. " + sources.text(tx, brief))
    before = rows(project)
    with pytest.raises(Conflict, match="was changed meanwhile"), project.change("auto-code") as tx:
        code(tx, proposed, [expert])
    assert rows(project) == before


def test_questions_headings_and_speakers_are_coded_by_their_names(
    project: Project, put_source, expert: CodeId, moral: CodeId
) -> None:
    with project.change("bring in") as tx:
        source = put_source(tx, "Survey", SURVEY)
        spans = [
            ("heading", "1", "Respondent 1", 0),
            ("bold", "", "Why here?", 0),
            ("speaker", "Mira", "The lake.", 0),
            ("heading", "1", "Respondent 2", 0),
            ("bold", "", "Why here?", 30),
        ]
        found = [(kind, value, SURVEY.index(words, low), words) for kind, value, words, low in spans]
        made = [
            {"source_id": source, "kind": kind, "start": at, "end": at + len(words), "value": value}
            for kind, value, at, words in found
        ]
        tx.conn.execute(insert(SpanRow), made)
    assert [(one.words, one.count, one.level) for one in labels(divided(project, Kind.HEADING))] == [
        ("Respondent 1", 1, 1),
        ("Respondent 2", 1, 1),
    ]
    (question,) = labels(divided(project, Kind.QUESTION))
    assert (question.words, question.count, question.sources) == ("Why here?", 2, 1)
    answers = under(project, Kind.QUESTION, ["why  HERE?"])
    assert [SURVEY[one.start : one.end] for one in answers] == [
        "Why here? The lake.",
        "Why here? The quiet, the lake.",
    ]
    assert [one.label for one in under(project, Kind.SPEAKER, ["mira"])] == ["Mira"]
    assert under(project, Kind.SPEAKER, ["nobody"]) == []
    with project.change("auto-code") as tx:
        code(tx, answers, [moral])
    scope = Scope(codes=frozenset([moral]))
    assert [one.label for one in under(project, Kind.SPEAKER, ["Mira"], scope)] == ["Mira"]
    assert [one.label for one in under(project, Kind.HEADING, ["Respondent 1"], scope)] == ["Respondent 1"]
    assert under(project, Kind.HEADING, ["Respondent 1"], Scope(codes=frozenset([expert]))) == []


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 80), st.integers(1, 8)), min_size=1, max_size=12))
def test_one_undo_takes_back_whatever_was_coded(
    project: Project, brief: SourceId, expert: CodeId, moral: CodeId, spots: list[tuple[int, int]]
) -> None:
    before = rows(project)
    with project.read() as r:
        length, sha256 = len(sources.text(r, brief)), sources.get(r, brief).sha256
    places = [(brief, start, min(start + reach, length)) for start, reach in spots]
    with project.change("auto-code") as tx:
        done = code(tx, [Proposal(s, "", start, end, sha256=sha256) for s, start, end in places], [expert, moral])
    if tx.done is None:
        assert done == autocode.Coded(0, 0, len(set(places)))
        return
    with project.read() as r:
        text = sources.text(r, brief)
        assert set(places) <= standing(r, project.coder.id, [expert, moral])
        assert all(one.quote == text[one.start : one.end] for one in passages.listing(r))
    project.undo()
    assert rows(project) == before
