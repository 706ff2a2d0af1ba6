"""What the window knows of passages after any changes is what it would read anew."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.errors import QcodeError
from qcode.project import codes, create, passages, sources
from qcode.readers import Document
from qcode.ui.context import Context
from qcode.ui.models.evidence import EvidenceList, Grouping, Subject
from qcode.ui.models.shelf import shelf_of
from qcode.ui.reader.marks import outer_first
from qcode.ui.settings import Settings
from qcode.ui.theme import load
from qcode.ui.widgets.source_page import SourcePage

TEXT = "One two three four five.\n\nSix seven eight nine ten eleven twelve."
small = st.integers(0, 23)
steps = st.lists(
    st.tuples(
        st.sampled_from(("apply", "highlight", "uncode", "remove", "resize", "onto", "recode", "many", "undo", "redo")),
        small,
        small,
        small,
    ),
    min_size=1,
    max_size=20,
)


class Work:
    """Three sources and a group of three codes, and what a window keeps of their passages."""

    def __init__(self, folder: Path) -> None:
        self.project = create(folder / "p.qcode", coder="Ada", fill=self._fill)
        self.context = Context(Settings(folder / "settings"), load("light"))
        self.shelf = shelf_of(self.context)
        self.context.adopt(self.project)
        self.asked = [
            (subject, grouping)
            for subject in (Subject(None, (self.codes[0],)), Subject(None, tuple(self.codes)), Subject(uncoded=True))
            for grouping in Grouping
        ]
        self.lists = [self.listed(subject, grouping) for subject, grouping in self.asked]
        self.page = SourcePage(self.context, self.project, self.sources[0])
        self.page.load({})
        self.context.changed.connect(self.page.follow)
        for one in self.lists:
            self.context.changed.connect(one.follow)

    def _fill(self, tx):
        group = codes.add(tx, "Group", is_codable=False)
        self.codes = [codes.add(tx, name, parent=group) for name in ("Red", "Green", "Blue")]
        read = Document(TEXT, (), "", "text/plain", "utf-8", encoding_guessed=False)
        self.sources = [
            sources.add(tx, read, name=name, original=TEXT.encode(), original_name=name) for name in ("A", "B", "C")
        ]

    def listed(self, subject: Subject, grouping: Grouping) -> EvidenceList:
        made = EvidenceList(self.shelf)
        made.show(self.project, subject, grouping)
        return made

    def close(self) -> None:
        self.page.deleteLater()
        self.context.adopt(None)
        for one in self.lists:
            one.deleteLater()
        self.context.deleteLater()

    def do(self, what: str, where: int, which: int, other: int) -> None:
        with self.project.read() as r:
            there = passages.listing(r)
        one = there[where % len(there)] if there else None
        code, another = self.codes[which % 3], self.codes[other % 3]
        with self.project.change(what) as tx:
            match what:
                case "apply":
                    start = which * 3
                    passages.apply(tx, self.sources[where % 3], start, start + 2 + other, [another])
                case "highlight":
                    passages.highlight(tx, self.sources[where % 3], which, which + 3 + other)
                case "many":
                    for number in range(12):
                        passages.apply(
                            tx, self.sources[number % 3], number * 3, number * 3 + 5 + other, [code, another]
                        )
                case _ if one is None:
                    return
                case "uncode":
                    passages.uncode(tx, [coding.id for coding in one.codings][: 1 + other % 2])
                case "remove":
                    passages.remove(tx, [one.id])
                case "resize":
                    passages.resize(tx, one.id, which, which + 1 + other)
                case "onto":  # just where another passage is: the two become one
                    beside = [other for other in there if other.source_id == one.source_id and other.id != one.id]
                    target = beside[which % len(beside)] if beside else one
                    passages.resize(tx, one.id, target.start, target.end)
                case "recode":
                    passages.recode(tx, [coding.id for coding in one.codings], code)


@pytest.mark.usefixtures("qapp")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_lists_and_pages_that_followed_know_what_new_ones_would(done):
    with tempfile.TemporaryDirectory() as folder:
        work = Work(Path(folder))
        try:
            for what, where, which, other in [("many", 0, 0, 1), *done]:
                with suppress(QcodeError):  # nothing to undo, or what was asked cannot be: nothing is changed then
                    if what in {"undo", "redo"}:
                        getattr(work.project, what)()
                    else:
                        work.do(what, where, which, other)
                for (subject, grouping), known in zip(work.asked, work.lists, strict=True):
                    anew = work.listed(subject, grouping)
                    assert known._rows == anew._rows, (what, subject, grouping)
                    anew.deleteLater()
                with work.project.read() as r:
                    marks = passages.marks(r, work.sources[0])
                assert list(work.page._marks) == sorted(marks, key=outer_first)
                assert sorted(work.page.view._scene._everything) == sorted(marks)
        finally:
            work.close()
