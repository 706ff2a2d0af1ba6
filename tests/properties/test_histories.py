"""Random histories: whatever is done, undone, redone, refused or interrupted, the project is what a model says."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from qcode.errors import Conflict, InvalidInput, NotFound
from qcode.model import TRACKED
from qcode.project import codes, create, open_project, passages, sources
from qcode.readers import Document
from qcode.text.span import Span, SpanKind

NASTY = [
    "plain",
    'it\'s "q" \\ back',
    "l1\nl2\r\n\t",
    "\u2028\ufeff",
    "😀 👩‍👩‍👧 e\u0301",
    "",
    "null",
    "{}",
    "1e5",
    "0012",
    "\x01\x7f",
]
TEXT = "One 😀 two three.\nFour five six seven.\n\nEight nine ten eleven twelve thirteen."
NUMBER = st.integers(0, 30)


class History(RuleBasedStateMachine):
    """The model is a stack: what the project looked like before and after each step that stands."""

    template: Path

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "p.qcode"
        shutil.copy(self.template, self.path)
        self.project = open_project(self.path)
        self.done, self.undone = [], []
        self.state = self.snapshot()

    @initialize()
    def start(self):
        self.import_source(0)
        self.new_code(0, 0)

    def teardown(self):
        try:
            assert self.project.verify() == []
        finally:
            self.project.close()
            shutil.rmtree(self.folder)

    def snapshot(self):
        with self.project.read() as r:
            return {
                (table.name, row.id): tuple(row) for table in TRACKED for row in r.conn.execute(table.select()).all()
            }

    def pick(self, table, number):
        ids = sorted(row_id for name, row_id in self.state if name == table)
        return ids[number % len(ids)] if ids else None

    def act(self, label, work):
        """Do it, or see it refused with nothing changed."""
        try:
            with self.project.change(label) as tx:
                work(tx)
        except (InvalidInput, NotFound, Conflict):
            assert self.snapshot() == self.state
            return
        after = self.snapshot()
        if tx.done is None:
            assert after == self.state
            return
        differing = {key for key in after.keys() | self.state.keys() if after.get(key) != self.state.get(key)}
        assert differing <= {(table, i) for table, ids in tx.done.rows.items() for i in ids}, (
            "a write got past the door"
        )
        self.done.append((label, self.state, after))
        self.undone.clear()
        self.state = after

    # ---- what a researcher does ----

    @rule(n=NUMBER)
    def import_source(self, n):
        words = TEXT * (1 + n % 3)
        spans = (Span(0, 3, SpanKind.HEADING, "1"),) * (n % 2)
        document = Document(
            text=words,
            spans=spans,
            title=NASTY[n % len(NASTY)],
            media_type="",
            encoding="utf-8",
            encoding_guessed=False,
        )
        raw = words.encode()
        self.act(
            "import",
            lambda tx: sources.add(
                tx, document, name=f"s{n % 4}", original=raw, original_name="", folder="a > b" * (n % 2)
            ),
        )

    @rule(a=NUMBER, b=NUMBER)
    def new_code(self, a, b):
        parent = self.pick("code", b) if a % 2 else None
        self.act(
            "new code",
            lambda tx: codes.add(tx, "abcd"[b % 4], parent=parent, is_codable=bool(a % 5), memo=NASTY[a % len(NASTY)]),
        )

    @rule(a=NUMBER, b=NUMBER)
    def edit_code(self, a, b):
        if code := self.pick("code", a):
            self.act(
                "edit code", lambda tx: codes.update(tx, code, name="abcdef"[b % 6], boundary=NASTY[b % len(NASTY)])
            )

    @rule(a=NUMBER, b=NUMBER)
    def move_code(self, a, b):
        if code := self.pick("code", a):
            parent = self.pick("code", b) if b % 3 else None
            self.act("move code", lambda tx: codes.move(tx, code, parent=parent, position=1 + b % 3))

    @rule(a=NUMBER)
    def remove_code(self, a):
        if code := self.pick("code", a):
            self.act("remove code", lambda tx: codes.remove(tx, code))

    @rule(a=NUMBER, b=NUMBER, c=NUMBER)
    def apply(self, a, b, c):
        source, one, two = self.pick("source", a), self.pick("code", b), self.pick("code", c)
        if source and one:
            self.act(
                "apply", lambda tx: passages.apply(tx, source, a, a + 1 + c, [one, two], reason=NASTY[c % len(NASTY)])
            )

    @rule(a=NUMBER, b=NUMBER)
    def highlight(self, a, b):
        if source := self.pick("source", a):
            comment = NASTY[b % len(NASTY)]
            self.act("highlight", lambda tx: passages.highlight(tx, source, b, b + 3, comment=comment))

    @rule(a=NUMBER)
    def uncode(self, a):
        if coding := self.pick("coding", a):
            self.act("uncode", lambda tx: passages.uncode(tx, [coding]))

    @rule(a=NUMBER)
    def remove_passage(self, a):
        if passage := self.pick("passage", a):
            self.act("remove passage", lambda tx: passages.remove(tx, [passage]))

    @rule(a=NUMBER)
    def remove_source(self, a):
        if source := self.pick("source", a):
            self.act("remove source", lambda tx: sources.remove(tx, [source]))

    @rule(a=NUMBER)
    def something_breaks(self, a):
        def work(tx):
            codes.add(tx, f"z{a}")
            if source := self.pick("source", a):
                sources.remove(tx, [source])
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            self.act("break", work)
        assert self.snapshot() == self.state

    # ---- undo, redo, reopen ----

    @rule()
    def undo(self):
        entry = self.project.undoable()
        assert (entry.label if entry else None) == (self.done[-1][0] if self.done else None)
        if self.done:
            self.project.undo()
            label, before, after = self.done.pop()
            self.undone.append((label, before, after))
            self.state = before
            assert self.snapshot() == before

    @rule()
    def redo(self):
        entry = self.project.redoable()
        assert (entry.label if entry else None) == (self.undone[-1][0] if self.undone else None)
        if self.undone:
            self.project.redo()
            label, before, after = self.undone.pop()
            self.done.append((label, before, after))
            self.state = after
            assert self.snapshot() == after

    @rule()
    def reopen(self):
        self.project.close()
        self.project = open_project(self.path)
        assert self.snapshot() == self.state

    @invariant()
    def quotes_say_what_the_text_says(self):
        with self.project.read() as r:
            for passage in passages.listing(r):
                assert sources.text(r, passage.source_id)[passage.start : passage.end] == passage.quote


class TwoCoders(History):
    """With two at work an undo may be refused; then nothing changed, else exactly the own rows went back."""

    @rule(a=NUMBER)
    def other_coder(self, a):
        self.project.use_coder(["Ann", "Bob"][a % 2])
        self.state = self.snapshot()

    def _back(self, play):
        before = self.snapshot()
        try:
            done = play()
        except (Conflict, NotFound):
            assert self.snapshot() == before
            return
        self.state = self.snapshot()
        differing = {key for key in self.state.keys() | before.keys() if self.state.get(key) != before.get(key)}
        assert differing <= {(table, i) for table, ids in done.rows.items() for i in ids}

    @rule()
    def undo(self):
        self._back(self.project.undo)

    @rule()
    def redo(self):
        self._back(self.project.redo)

    @rule()
    def reopen(self):
        self.project.close()
        self.project = open_project(self.path)
        assert self.snapshot() == self.state


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("histories") / "template.qcode"
    create(path, coder="Ann").close()
    return path


@pytest.mark.parametrize("machine", [History, TwoCoders])
def test_random_histories_equal_the_model(machine, template):
    machine = type(machine.__name__, (machine,), {"template": template})
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=quiet),
    )
