"""How long work tells how far it is, and hears that it should stop."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The researcher pressed Cancel; whatever was being done must leave nothing behind."""


class Progress(Protocol):
    """Call it between two steps of long work; it raises Cancelled when the work should stop."""

    def __call__(self, done: int, total: int, label: str = "") -> None:
        """Report `done` of `total` steps; `label` names what is being done."""


def quiet(done: int, total: int, label: str = "") -> None:
    """Report to nobody."""
