"""A researcher looks for words in everything she has: names, definitions, passages, notes and the texts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.project import CodeId, Project, SourceId, codes, passages, sources
from qcode.project.search import Excerpt, Hit, Kind, Step, around, everything
from qcode.text.find import needle


def look(project: Project, query: str, **options: int) -> dict[Kind, list[Hit]]:
    found: dict[Kind, list[Hit]] = {kind: [] for kind in Kind}
    for step in everything(project, query, **options):
        found[step.kind] += step.hits
    return found


def emphasised(line: Excerpt) -> list[str]:
    return [line.words[start:end] for start, end in line.spots]


@pytest.fixture
def coded(project: Project, brief: SourceId, expert: CodeId) -> Project:
    with project.change("set the scene") as tx:
        codes.update(tx, expert, definition="Speaks with the weight of Knowledge.", short_definition="By knowing")
        sources.edit(tx, brief, title="On registers", cite_as="Doe 2021, 50%_off")
        start = sources.text(tx, brief).index("States consult it")
        made = passages.apply(
            tx, brief, start, start + 17, [expert], reason="Consulted for its knowledge", comment="Ask the Director"
        )
        assert made.codings
    return project


def test_each_kind_is_found_where_it_is(coded: Project, brief: SourceId, expert: CodeId) -> None:
    assert [hit.source for hit in look(coded, "REGISTERS")[Kind.SOURCE]] == [brief]
    assert [emphasised(hit.below) for hit in look(coded, "doe 2021")[Kind.SOURCE]] == [["Doe 2021"]]
    by_definition = look(coded, "knowledge")
    assert [(hit.code, emphasised(hit.below)) for hit in by_definition[Kind.CODE]] == [(expert, ["Knowledge"])]
    assert [emphasised(hit.line) for hit in by_definition[Kind.REASON]] == [["knowledge"]]
    assert [hit.below.words for hit in look(coded, "director")[Kind.COMMENT]] == ["Brief · “States consult it”"]
    (passage,) = look(coded, "states consult")[Kind.PASSAGE]
    assert (passage.source, passage.line.words, passage.below.words) == (brief, "States consult it", "Brief")


def test_places_in_a_text_lead_to_the_words_themselves(coded: Project, brief: SourceId) -> None:
    hits = look(coded, "REGISTER")[Kind.TEXT]
    with coded.read() as r:
        text = sources.text(r, brief)
    assert [text[hit.start : hit.end] for hit in hits] == ["register", "register"]
    assert [hit.paragraph for hit in hits] == [1, 3]
    assert [hit.places for hit in hits] == [2, 2]
    assert text[hits[0].start :].startswith("register 😀"), "an emoji shifts nothing"


def test_codes_come_by_name_before_path_before_definition(coded: Project) -> None:
    with coded.change("add") as tx:
        group = codes.add(tx, "Knowledge", is_codable=False)
        codes.add(tx, "Tacit", parent=group)
        codes.add(tx, "Local knowledge")
    names = [hit.line.words for hit in look(coded, "knowledge")[Kind.CODE]]
    assert names == ["Knowledge", "Local knowledge", "Tacit", "Expert"]


@pytest.mark.parametrize("query", ["", "   ", "\0", "\ud800", "\n"])
def test_nothing_to_look_for_finds_nothing(coded: Project, query: str) -> None:
    assert list(everything(coded, query)) == []


@pytest.mark.parametrize("query", ["%", "_", "50%_OFF", "'; DROP TABLE source; --", '"', "\\", ".*", "(", "[a", "a{2}"])
def test_no_letter_is_a_wildcard(coded: Project, query: str) -> None:
    hits = [hit for found in look(coded, query).values() for hit in found]
    assert all(query.casefold() in (hit.line.words + hit.below.words).casefold() for hit in hits)
    assert len(look(coded, "%")[Kind.SOURCE]) == 1
    assert len(look(coded, "50%_OFF")[Kind.SOURCE]) == 1
    assert look(coded, ".*") == {kind: [] for kind in Kind}


def test_scripts_of_all_kinds_are_found(coded: Project, put_source) -> None:
    text = "קראתי את הספר אתמול.\n\nСтрана и ЛЮДИ\n\n👩‍👩‍👧 здесь. Straße."
    with coded.change("import") as tx:
        put_source(tx, name="Mixed", text=text)
    for query, word in (("הספר", "הספר"), ("люди", "ЛЮДИ"), ("👩‍👩‍👧", "👩‍👩‍👧"), ("STRASSE", "Straße")):
        (hit,) = look(coded, query)[Kind.TEXT]
        assert text[hit.start : hit.end] == word
        assert emphasised(hit.line) == [word]


def test_of_each_kind_only_so_many_come_but_places_are_counted(project: Project, put_source) -> None:
    with project.change("import") as tx:
        for number in range(12):
            put_source(tx, name=f"Note {number}", text="word " * 10)
        for number in range(9):
            codes.add(tx, f"word {number}")
    steps = list(everything(project, "word", limit_each=4))
    shown = {kind: sum(len(step.hits) for step in steps if step.kind is kind) for kind in Kind}
    assert (shown[Kind.CODE], shown[Kind.TEXT]) == (4, 4)
    assert sum(step.found for step in steps if step.kind is Kind.TEXT) == 120
    assert sum(step.found for step in steps if step.kind is Kind.CODE) == 9
    assert steps[-1].done == steps[-1].total == 13


def test_texts_come_one_by_one_and_the_search_can_be_left_between_them(project: Project, put_source) -> None:
    with project.change("import") as tx:
        for number in range(5):
            put_source(tx, name=f"Note {number}", text=f"word {number}")
    search = everything(project, "word")
    steps: list[Step] = []
    while not any(step.kind is Kind.TEXT for step in steps):
        steps.append(next(search))
        with project.change("write meanwhile") as tx:  # no read is held open between two steps
            codes.add(tx, f"code {len(steps)}")
    search.close()
    assert steps[-1].done == 1
    assert [step.kind for step in steps] == sorted((step.kind for step in steps), key=list(Kind).index)


def test_a_source_that_goes_while_one_searches_is_no_error(project: Project, brief: SourceId, put_source) -> None:
    with project.change("import") as tx:
        put_source(tx, name="Another", text="the register")
    search = everything(project, "register")
    next(search)
    with project.change("remove") as tx:
        sources.remove(tx, [brief])
    assert list(search)


def test_many_passages_are_looked_through_page_by_page(
    coded: Project, brief: SourceId, expert: CodeId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qcode.project.search.ROWS_AT_ONCE", 2)
    with coded.change("code") as tx:
        for start in range(0, 20, 2):
            passages.apply(tx, brief, start, start + 30, [expert], reason=f"reason {start}", comment=f"note {start}")
    assert len(look(coded, "note")[Kind.COMMENT]) == 10
    assert len(look(coded, "reason 18")[Kind.REASON]) == 1
    assert len(look(coded, "note", limit_each=3)[Kind.COMMENT]) == 3


def test_an_excerpt_says_what_is_left_out() -> None:
    text = "one two " * 40 + "\n\nthe needle\nhere " + "three four " * 40
    place = text.index("needle")
    cut = around(text, (place, place + 6))
    assert emphasised(cut) == ["needle"]
    assert cut.words.startswith("…") and cut.words.endswith("…")
    assert "\n" not in cut.words
    assert around("just needle", (5, 11)) == Excerpt("just needle", ((5, 11),))


@given(st.text(alphabet="ab\n é👩‍😀\u0301ß", min_size=1, max_size=300), st.data())
def test_an_excerpt_never_loses_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    cut = around(text, (start, end))
    shown = text[start : min(end, start + 200)]
    assert emphasised(cut) == [shown.replace("\n", " ")]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=6))
def test_whatever_is_typed_the_search_answers(coded: Project, query: str) -> None:
    assert needle(query) is not None or not any(look(coded, query).values())
