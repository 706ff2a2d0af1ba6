"""What the trail says, and at which hour."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from qcode.project import ChangeId, ChangeKind
from qcode.project.history import Entry
from qcode.ui.widgets.moments import local, past, told

AT = datetime(2026, 3, 1, 23, 30)


@pytest.fixture
def in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def words(at: datetime, year: int = 2026) -> str:
    return local(at, datetime(year, 6, 1, tzinfo=UTC)).replace("\u00a0", " ")


@pytest.mark.usefixtures("in_tokyo")
def test_a_time_is_told_as_the_clock_on_the_wall_shows_it() -> None:
    assert words(AT) == "2 Mar, 08:30"
    assert words(AT, 2027) == "2 Mar 2026, 08:30"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("apply Expert", "applied Expert"),
        ("add and apply New one", "added and applied New one"),
        ("highlight", "highlighted"),
        ("remove Expert from 2 passages", "removed Expert from 2 passages"),
        ("something else", "did: something else"),
    ],
)
def test_what_was_done_is_told_in_the_past(label: str, expected: str) -> None:
    assert past(label) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ChangeKind.DO, "Ada applied Expert"),
        (ChangeKind.UNDO, "Ada took back: apply Expert"),
        (ChangeKind.REDO, "Ada brought back: apply Expert"),
    ],
)
def test_undo_and_redo_are_told_as_such(kind: ChangeKind, expected: str) -> None:
    assert told(Entry(ChangeId(1), AT, "Ada", "apply Expert", kind, None, "")) == expected
