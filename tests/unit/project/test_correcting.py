"""A researcher mends a text after coding it, and decides about the passages that could not follow."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.exchange import evidence as chosen
from qcode.exchange import passages as export
from qcode.exchange.citing import Stretch, quoted
from qcode.model import TRACKED
from qcode.project import codes, correcting, evidence, passages, reviewing, revisions, search, sources, spans
from qcode.store.triggers import tracked_columns
from qcode.text.anchor import Fate, Why
from qcode.text.span import Span, SpanKind

OLD = "We saw teh cat there. It was an orgnisation of great power.\nYes.\nNo.\nThe end of it is here now.\n"
NEW = "We saw the cat there. It was an organisation of great power, too.\r\nYes.\r\nYes.\r\nNo.\r\nNothing.\r\n"


def state(project) -> dict[str, list[tuple[object, ...]]]:
    """Fetch every row whose history is kept: what undo must bring back."""
    with project.read() as r:
        return {
            table.name: sorted(map(tuple, r.conn.execute(select(*tracked_columns(table)))), key=repr)
            for table in TRACKED
        }


@pytest.fixture
def talk(project, put_source, expert, moral):
    with project.change("code") as tx:
        source = put_source(tx, "talk", OLD)
        for quote in ("teh cat", "an orgnisation of great power", "Yes.", "No.", "The end of it is here now."):
            start = OLD.index(quote)
            passages.apply(tx, source, start, start + len(quote), [expert, moral], reason="so it seems")
    return source


@pytest.fixture
def waiting(project, talk) -> Iterator[dict[str, reviewing.Waiting]]:
    """Two passages that wait, by their words."""
    with project.change("correct") as tx:
        correcting.correct(tx, talk, NEW)
    with project.read() as r:
        found = {one.quote: one for one in reviewing.listing(r)}
    assert set(found) == {"Yes.", "The end of it is here now."}
    yield found
    assert project.verify() == []


def test_a_correction_keeps_what_it_is_sure_of_and_lets_the_rest_wait(project, talk):
    before = state(project)
    project.remember_position(talk, OLD.index("No."))
    project.mark_read(talk, OLD.index("No."))
    with project.read() as r:
        planned = correcting.plan(r, talk, NEW)
    assert state(project) == before  # a plan writes nothing
    assert {fate: len(planned.those(fate)) for fate in Fate} == {Fate.KEPT: 3, Fate.MOVED: 0, Fate.REVIEW: 2}
    assert correcting.told(planned) == "3 passages follow the text, and 2 wait for review."
    with project.change("correct “talk”") as tx:
        correcting.carry_out(tx, planned)
    with project.read() as r:
        text = sources.text(r, talk)
        assert text == NEW.replace("\r\n", "\n")
        there = passages.in_source(r, talk)
        assert [p.quote for p in there] == [
            "the cat", "an organisation of great power", "No.", "Yes.", "The end of it is here now.",
        ]  # fmt: skip
        assert [p.start is None for p in there] == [False, False, False, True, True]
        assert all(len(p.codings) == 2 for p in there)
        assert revisions.text(r, talk, 1) == OLD
        assert revisions.text(r, talk, 2) == text
        (earlier,) = revisions.listing(r, talk)
        assert (earlier.number, earlier.length, earlier.replaced_by) == (1, len(OLD), "Ann")
        assert sources.get(r, talk).last_read == text.index("No.")
    assert project.read_to(talk) in (text.index("Yes.\nNo."), text.index("No."))  # which “Yes.” is new, nobody knows
    assert project.verify() == []
    project.undo()
    assert state(project) == before
    assert (project.read_to(talk), project.verify()) == (OLD.index("No."), [])
    project.redo()
    assert project.verify() == []
    with pytest.raises(NotFound, match="no revision 3"), project.read() as r:
        revisions.text(r, talk, 3)


def test_no_count_and_no_list_loses_a_passage_that_waits(project, talk, expert, waiting):
    with project.read() as r:
        assert sources.get(r, talk).passages == 5
        assert codes.counts(r)[expert].codings == 5
        assert reviewing.count(r) == {talk: 2}
        lines = evidence.lines(r, [expert], [talk])
        assert [line.start is None for line in lines] == [False, False, False, True, True]
        assert len(passages.marks(r, talk)) == 6  # what has no place is not drawn
        rows = export.to_csv(r, code=expert, bom=False).decode().splitlines()
        assert sum(",,," not in row and ",,,Yes.,waits for review," not in row for row in rows[1:]) == 3
        assert sum("waits for review" in row for row in rows) == 2
        assert export.to_json(r).count('"start": null, "end": null') == 2
        stretches = [Stretch(line.source, line.start, line.end, line.passage) for line in lines]
        assert "“Yes.” (talk, ¶? waits for review)" in quoted(r, stretches).plain
        assert chosen.to_csv(r, lines).decode().count("waits for review") == 2
    hits = [hit for step in search.everything(project, "The end of it") for hit in step.hits]
    assert [(hit.kind, hit.start) for hit in hits] == [(search.Kind.PASSAGE, None)]
    assert "waits for review" in hits[0].below.words


def test_each_decision_about_a_passage_is_one_change(project, talk, expert, waiting):
    yes, end = waiting["Yes."], waiting["The end of it is here now."]
    assert (yes.why, yes.guess in ((66, 70), (71, 75)), yes.score) == (Why.AMBIGUOUS, True, 1.0)
    assert (end.why, end.guess) == (Why.GONE, None)
    before = state(project)
    with project.change("accept") as tx:
        reviewing.accept(tx, yes.passage)
    with project.read() as r:
        assert (passages.get(r, yes.passage).start, len(reviewing.listing(r))) == (yes.guess[0], 1)
    project.undo()
    assert state(project) == before
    with pytest.raises(InvalidInput, match="no guess"), project.change("accept") as tx:
        reviewing.accept(tx, end.passage)
    with project.change("place") as tx:
        reviewing.place(tx, end.passage, 80, 88)
    with project.read() as r:
        assert passages.get(r, end.passage).quote == "Nothing."
    with pytest.raises(NotFound), project.change("place again") as tx:
        reviewing.place(tx, end.passage, 80, 88)
    with project.change("remove") as tx:
        passages.remove(tx, [yes.passage])
    with project.read() as r:
        assert reviewing.listing(r) == []


def test_what_is_done_with_codes_reaches_passages_that_wait(project, talk, expert, moral, waiting):
    yes, end = waiting["Yes."].passage, waiting["The end of it is here now."].passage
    with project.read() as r:
        on = {coding.code_id: coding.id for coding in passages.get(r, yes).codings}
    with project.change("recode") as tx:
        passages.recode(tx, [on[expert]], moral)  # which stands there already
        more = codes.add(tx, "More")
        passages.apply_again(tx, yes, [more])
    with project.change("comment") as tx:
        passages.set_comment(tx, end, "look again")
    with project.change("uncode") as tx:
        passages.uncode(tx, [coding.id for coding in passages.get(tx, end).codings])
        passages.uncode(tx, [coding.id for coding in passages.get(tx, yes).codings])
    with project.read() as r:
        assert [one.quote for one in reviewing.listing(r)] == ["The end of it is here now."]
        assert codes.uncoded(r) == 1
        assert [line.quote for line in evidence.uncoded_lines(r, [talk])] == ["The end of it is here now."]
    for _ in range(3):
        project.undo()
    with project.read() as r:
        assert len(reviewing.listing(r)) == 2


def test_a_decision_joins_what_comes_to_stand_on_the_same_place(project, talk, waiting):
    """Two passages of a coder on one span are one, and what was written about both is kept."""
    yes = waiting["Yes."]
    with project.change("comment") as tx:
        passages.set_comment(tx, yes.passage, "mine")
        passages.highlight(tx, talk, *yes.guess, comment="and this")
    with project.change("accept") as tx:
        reviewing.accept(tx, yes.passage)
    with project.read() as r:
        joined = passages.get(r, yes.passage)
        assert (joined.comment, len(joined.codings), reviewing.count(r)) == ("mine\nand this", 2, {talk: 1})


def test_passages_that_would_fall_together_are_not_merged_unasked(project, put_source, expert):
    with project.change("code") as tx:
        source = put_source(tx, "pair", "One two three four five.")
        first = passages.apply(tx, source, 0, 18, [expert]).passage_id
        second = passages.apply(tx, source, 0, 13, [expert]).passage_id
    with project.change("correct") as tx:
        planned = correcting.apply_edits(tx, source, [(13, 18, "")])
    with project.read() as r:
        (waits,) = reviewing.listing(r)
        assert passages.get(r, second).quote == "One two three"
    assert (waits.passage, waits.why, waits.guess, waits.quote) == (
        first,
        Why.SAME_PLACE,
        (0, 13),
        "One two three four",
    )
    assert {one.outcome.fate for one in planned.passages} == {Fate.KEPT, Fate.REVIEW}
    assert project.verify() == []


def test_an_earlier_text_brought_back_finds_every_passage(project, talk, waiting):
    with project.change("bring back") as tx:
        correcting.correct(tx, talk, revisions.text(tx, talk, 1))
    with project.read() as r:
        assert reviewing.listing(r) == []
        assert [OLD[p.start : p.end] for p in passages.in_source(r, talk)] == [
            "teh cat", "an orgnisation of great power", "Yes.", "No.", "The end of it is here now.",
        ]  # fmt: skip
        assert [one.number for one in revisions.listing(r, talk)] == [1, 2]


def test_known_edits_move_passages_past_each_other(project, put_source, expert):
    """No passage meets, on its way, one that still stands where it goes."""
    with project.change("code") as tx:
        source = put_source(tx, "row", "aaaa" * 50)
        for at in range(0, 196, 4):
            passages.apply(tx, source, at, at + 4, [expert])
    before = state(project)
    with project.change("put in") as tx:
        planned = correcting.apply_edits(tx, source, [(0, 0, "xxxx")])
    assert len(planned.those(Fate.KEPT)) == 49
    with project.change("take out") as tx:
        correcting.apply_edits(tx, source, [(0, 4, "")])
    for _ in range(2):
        project.undo()
    assert (state(project), project.verify()) == (before, [])


def test_headings_follow_and_a_newer_file_says_its_own_anew(project, talk):
    with project.change("mark") as tx:
        spans.mark(tx, talk, [(0, 21), (OLD.index("The end"), len(OLD) - 1)])
        spans.set_speakers(tx, talk, [Span(OLD.index("No."), OLD.index("No.") + 3, SpanKind.SPEAKER, "Bo")])
    text = NEW.replace("\r\n", "\n")
    heading = Span(0, 6, SpanKind.HEADING, "1")
    file = correcting.NewFile(b"# new", "talk2.md", "text/markdown", "utf-8", (heading,))
    with project.change("correct") as tx:
        correcting.correct(tx, talk, NEW, file=file)
    with project.read() as r:
        assert sources.spans(r, talk) == [
            Span(0, 21, SpanKind.NOT_DATA),
            heading,
            Span(text.index("No."), text.index("No.") + 3, SpanKind.SPEAKER, "Bo"),
        ]
        assert (sources.original(r, talk), sources.get(r, talk).original_name) == (b"# new", "talk2.md")
    project.undo()
    with project.read() as r:
        assert (sources.original(r, talk), len(sources.spans(r, talk))) == (OLD.encode(), 3)


def test_a_plan_that_is_out_of_date_is_refused(project, talk, expert):
    with project.read() as r:
        planned = correcting.plan(r, talk, NEW)
    with project.change("code") as tx:
        passages.apply(tx, talk, 0, 2, [expert])
    with pytest.raises(Conflict, match="meanwhile"), project.change("correct") as tx:
        correcting.carry_out(tx, planned)
    with project.change("correct") as tx:
        correcting.correct(tx, talk, OLD + "More.")
    with pytest.raises(Conflict, match="corrected meanwhile"), project.change("correct") as tx:
        correcting.carry_out(tx, planned)
    with pytest.raises(InvalidInput, match="empty"), project.read() as r:
        correcting.plan(r, talk, " \n")
    before = state(project)
    with project.change("nothing") as tx:
        correcting.correct(tx, talk, OLD + "More.")
    assert state(project) == before


def test_verify_tells_a_passage_whose_review_was_tampered_with(project, talk, waiting):
    with project.outside_history() as conn:
        conn.execute(sql("DROP TRIGGER ledger_review_u"))
        conn.execute(sql('UPDATE review SET start = start + 1, "end" = "end" + 1'))
    assert sum("the quote of passage" in problem for problem in project.verify()) == 2
    with project.outside_history() as conn:
        conn.execute(sql('UPDATE review SET start = start - 1, "end" = "end" - 1'))


@pytest.mark.parametrize("seed", range(2))
def test_of_three_hundred_passages_none_is_lost_whatever_is_edited(project, put_source, expert, seed):
    chance = random.Random(seed)
    words = [chance.choice(["the", "of", "😀", "é", "yes.\n", *(f"w{n}" for n in range(400))]) for _ in range(1_500)]
    old = " ".join(words)
    with project.change("code") as tx:
        source = put_source(tx, "long", old)
        for _ in range(300):
            start = chance.randrange(len(old) - 200)
            passages.apply(tx, source, start, start + chance.randint(1, 200), [expert])
    with project.read() as r:
        number = sources.get(r, source).passages
    before = state(project)
    for _ in range(3):
        for _ in range(20):
            at = chance.randrange(len(words))
            words[at : at + chance.randint(0, 12)] = [f"n{chance.randrange(99)}" for _ in range(chance.randint(0, 8))]
        with project.change("correct") as tx:
            planned = correcting.correct(tx, source, " ".join(words))
        assert sum(len(planned.those(fate)) for fate in Fate) == number
        with project.read() as r:
            assert sources.get(r, source).passages == number
            assert reviewing.count(r).get(source, 0) == len(planned.those(Fate.REVIEW))
    assert project.verify() == []
    for _ in range(3):
        project.undo()
    assert (state(project), project.verify()) == (before, [])
