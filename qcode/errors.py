"""What can go wrong, as a tree. Whatever is not in it is a bug of ours.

QcodeError
    InvalidInput      what was typed or passed cannot be used
    NotFound          what was asked for is not in the project
    Conflict          it would contradict what stands in the project
    FormatProblem     a file to import is not what it should be
    FileProblem       the project file cannot be used as asked
        FileLocked    it is open elsewhere
        FileReadOnly  it, or its folder, cannot be written
        FileFull      there is no space left
        NotAProject   it is not a QCode project
        FileTooNew    it was written by a newer QCode
        FileDamaged   it is a QCode project, but not whole
"""

from __future__ import annotations


class QcodeError(Exception):
    """Tell the researcher what, where and, in the hint, what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InvalidInput(QcodeError):
    """What was typed or passed cannot be used; shown at the field."""


class NotFound(QcodeError):
    """What was asked for is not in the project."""


class Conflict(QcodeError):
    """The action would contradict what stands in the project."""


class FormatProblem(QcodeError):
    """A file to import is not what it should be; `line` counts from 1 where it is known."""

    def __init__(self, message: str, hint: str = "", *, line: int | None = None) -> None:
        super().__init__(message, hint)
        self.line = line


class FileProblem(QcodeError):
    """The project file cannot be used as asked; it was left as it is."""


class FileLocked(FileProblem):
    """The project is open elsewhere."""


class FileReadOnly(FileProblem):
    """The file, or the folder it lies in, cannot be written."""


class FileFull(FileProblem):
    """There is no space left where the project lies."""


class NotAProject(FileProblem):
    """The file is not a QCode project."""


class FileTooNew(FileProblem):
    """The project was written by a newer QCode."""


class FileDamaged(FileProblem):
    """The file is a QCode project, but not whole."""
