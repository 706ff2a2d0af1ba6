"""Written files: whole or not at all, and never over a project."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import uuid
from pathlib import Path

from qcode.errors import FileFull, FileProblem, FileReadOnly, InvalidInput, NotFound
from qcode.readers import file_bytes

_DATABASE = b"SQLite format 3\0"
_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)
_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_file(path: Path, data: bytes) -> Path:
    """Write an export in one step: whoever opens the file sees the old one or the new one, never half of it.

    A file of that name is replaced, but a folder or a database (a QCode project is one) never is. Raises InvalidInput,
    NotFound for a missing folder, or FileProblem when the disk does not take it.
    """
    try:
        target = path.resolve()
        _refuse(path, target)
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or a device has nothing to replace
        else:
            _replace(target, data)
    except (OSError, RuntimeError) as problem:
        raise _told(path, problem) from problem
    return target


def read_file(path: Path) -> bytes:
    """Read a file to import; FormatProblem says why when it is missing, a folder, unreadable, empty or too large."""
    return file_bytes(path)


def _refuse(path: Path, target: Path) -> None:
    if target.is_dir():
        raise InvalidInput(f"“{path}” is a folder.", "Name a file to write.")
    if not target.parent.is_dir():
        raise NotFound(f"There is no folder “{path.parent}”.", "Make it first, or choose another.")
    if target.is_file():
        with target.open("rb") as file:
            if file.read(len(_DATABASE)) == _DATABASE:
                raise InvalidInput(f"“{path}” is a project or another database.", "Choose another name for the export.")


def _replace(target: Path, data: bytes) -> None:
    fresh = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with fresh.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            fresh.chmod(stat.S_IMODE(target.stat().st_mode))
        fresh.replace(target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()


def _told(path: Path, problem: OSError | RuntimeError) -> FileProblem:
    number = getattr(problem, "errno", None)
    if number in _READ_ONLY:
        return FileReadOnly(f"“{path}” cannot be written here.", "Choose a folder you may write in.")
    if number in _FULL:
        return FileFull(f"There is no space left to write “{path}”.", "Free some space, or choose another disk.")
    why = getattr(problem, "strerror", None) or type(problem).__name__
    return FileProblem(f"“{path}” cannot be written ({why}).", "Choose another name or folder.")
