"""What questions and actions take: a short look into the project, or an open change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from qcode.project.ledger import ChangeSet
from qcode.project.texts import Texts

if TYPE_CHECKING:
    from qcode.project.coders import Coder


@dataclass(frozen=True, slots=True)
class Reading:
    """A short look into the project: every question takes one. Do not keep it open while you compute."""

    conn: Connection
    texts: Texts


@dataclass(slots=True)
class Change:
    """An open change: every action takes one; questions take it too.

    `done` is filled in after the commit, and stays None when nothing was written.
    """

    conn: Connection
    texts: Texts
    coder: Coder
    at: datetime
    done: ChangeSet | None = field(default=None)
