"""QCode from Python: make, open and restore projects of qualitative coding.

    from qcode import open_project

    with open_project("study.qcode") as project, project.read() as r:
        ...

The questions and actions stand in `qcode.project`, a module a noun; exports and starters in `qcode.exchange`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from qcode.errors import (
    Conflict,
    FileDamaged,
    FileFull,
    FileLocked,
    FileProblem,
    FileReadOnly,
    FileTooNew,
    FormatProblem,
    InvalidInput,
    NotAProject,
    NotFound,
    QcodeError,
)

if TYPE_CHECKING:
    from qcode.exchange.starter import new_project
    from qcode.project import Project, open_project, restore

__all__ = [
    "Conflict",
    "FileDamaged",
    "FileFull",
    "FileLocked",
    "FileProblem",
    "FileReadOnly",
    "FileTooNew",
    "FormatProblem",
    "InvalidInput",
    "NotAProject",
    "NotFound",
    "Project",
    "QcodeError",
    "new_project",
    "open_project",
    "restore",
]

# What needs the database is imported when it is asked for, so that `import qcode` costs nothing.
_HOMES = {
    "Project": "qcode.project",
    "new_project": "qcode.exchange.starter",
    "open_project": "qcode.project",
    "restore": "qcode.project",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
