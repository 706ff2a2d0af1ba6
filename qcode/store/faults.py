"""Turn what SQLite and the system say about the file into what the researcher can act on."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from qcode.errors import FileDamaged, FileFull, FileLocked, FileProblem, FileReadOnly

_FULL = {errno.ENOSPC, errno.EDQUOT}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise a FileProblem for a fault of the file or the disk; let everything else through.

    Raises FileFull, FileReadOnly, FileLocked, FileDamaged, or FileProblem for other faults of reading and writing.
    """
    try:
        yield
    except DBAPIError as error:
        problem = _of_sqlite(path, error.orig)
        if problem is None:
            raise
        raise problem from error
    except sqlite3.Error as error:
        problem = _of_sqlite(path, error)
        if problem is None:
            raise
        raise problem from error
    except OSError as error:
        raise _of_system(path, error) from error


def full(path: Path) -> FileFull:
    """Say that the disk is full, and what is left of it."""
    try:
        left = f" ({shutil.disk_usage(path.parent).free // 1024:,} kB are left)"
    except OSError:
        left = ""
    return FileFull(
        f"There is no space left for {path.name} in {path.parent}{left}.",
        "Nothing was lost, but this last action was not saved: free some space and do it again.",
    )


def read_only(path: Path) -> FileReadOnly:
    """Say that the file cannot be written."""
    return FileReadOnly(
        f"{path.name} in {path.parent} cannot be written.",
        "Look at the permissions of the file and its folder, or work on a copy in another folder.",
    )


def _of_sqlite(path: Path, error: BaseException | None) -> FileProblem | None:
    """Find the words for an error of SQLite; None when it says nothing about the file."""
    code = getattr(error, "sqlite_errorname", None) or ""
    family = "_".join(code.split("_")[:2])
    if family == "SQLITE_FULL" or (family == "SQLITE_IOERR" and _no_space(path)):
        return full(path)
    if family in ("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH"):
        return read_only(path)
    said: dict[str, FileProblem] = {
        "SQLITE_BUSY": FileLocked(f"{path.name} is being read or written elsewhere.", "Wait a moment and do it again."),
        "SQLITE_CORRUPT": FileDamaged(f"{path.name} is damaged.", _RESTORE),
        "SQLITE_NOTADB": FileDamaged(f"{path.name} is damaged.", _RESTORE),
        "SQLITE_IOERR": FileProblem(f"{path.name} could not be read or written.", _TRY_AGAIN),
        "SQLITE_CANTOPEN": FileProblem(f"{path.name} could not be opened in {path.parent}.", _TRY_AGAIN),
    }
    return said.get(family)


def _no_space(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free == 0
    except OSError:
        return False


_RESTORE = "Restore a backup: qcode restore BACKUP NEWPROJECT."
_TRY_AGAIN = "Look whether the disk or the network drive is still there, and do it again."


def _of_system(path: Path, error: OSError) -> FileProblem:
    if error.errno in _FULL:
        return full(path)
    if error.errno in _READ_ONLY:
        return read_only(path)
    return FileProblem(f"{path.name} could not be used: {error.strerror or error}.", _TRY_AGAIN)
