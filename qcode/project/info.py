"""The project at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from qcode.model import ChangeRow, CodeRow, CoderRow, CodingRow, PassageRow, ProjectRow, SourceRow
from qcode.project.transaction import Change, Reading


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of everything there is; `codes` counts groups too."""

    sources: int
    codes: int
    passages: int
    codings: int
    coders: int
    changes: int


def counts(r: Reading | Change) -> Counts:
    """Count what the project holds."""
    tables = (SourceRow, CodeRow, PassageRow, CodingRow, CoderRow, ChangeRow)
    return Counts(*(r.conn.scalar(select(func.count()).select_from(table)) or 0 for table in tables))


def project_name(r: Reading | Change) -> str:
    """Tell what the project is called."""
    return r.conn.scalar(select(ProjectRow.name)) or ""


def guid(r: Reading | Change) -> str:
    """Tell the project's identity, which stays when its file is moved or renamed."""
    return r.conn.scalar(select(ProjectRow.guid)) or ""
