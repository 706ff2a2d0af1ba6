"""Look at the first 100 bytes of a file, without SQLite, to know what it is before anything is done to it.

SQLite would open an empty file as a healthy database, and might write to a stranger's. Never use this on a file that
this process has open: closing it would drop the locks that SQLite holds on it.
"""

from __future__ import annotations

import os
import stat
import struct
from dataclasses import dataclass
from pathlib import Path

from qcode.errors import FileDamaged, FileProblem, FileReadOnly, FileTooNew, NotAProject, NotFound
from qcode.store.connect import APPLICATION_ID, SCHEMA_VERSION

SIZE = 100
MAGIC = b"SQLite format 3\0"
RESTORE = "Restore a backup: qcode restore BACKUP NEWPROJECT."

# Offsets and meanings: "Database File Format", section 1.3, at sqlite.org.
_PAGE_SIZE, _COUNTER, _PAGES, _VERSION, _PROGRAM, _VALID_FOR = 16, 24, 28, 60, 68, 92


@dataclass(frozen=True, slots=True)
class Header:
    """What the file says about itself. `suspect`: its length is odd, though not too short; look closer."""

    version: int
    page_size: int
    pages: int
    suspect: bool


def read(path: Path, *, newest: int = SCHEMA_VERSION) -> Header:
    """Find out whether this is a project that this program can open.

    Raises NotFound, NotAProject, FileTooNew, FileDamaged or FileReadOnly; the file is only read.
    """
    look(path)
    try:
        with path.open("rb") as file:
            first = file.read(SIZE)
            length = os.fstat(file.fileno()).st_size
    except PermissionError as error:
        raise FileReadOnly(f"You may not read {path.name} in {path.parent}.", "Ask whoever it belongs to.") from error
    except OSError as error:
        raise FileProblem(
            f"{path.name} in {path.parent} could not be read: {error.strerror}.",
            "Look whether the disk or the network drive is still there, and try again.",
        ) from error
    return _judge(path, first, length, newest)


def look(path: Path) -> None:
    """Refuse what can be refused without reading: nothing there, a folder, a device, an empty file."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(
            f"There is no file {path.name} in {path.parent}.", "Look whether it was moved or renamed."
        ) from error
    except OSError as error:
        raise FileProblem(f"{path.name} in {path.parent} cannot be reached: {error.strerror}.") from error
    if stat.S_ISDIR(found.st_mode):
        raise NotAProject(f"{path} is a folder, not a project.", "Choose a file that ends in .qcode.")
    if not stat.S_ISREG(found.st_mode):
        raise NotAProject(f"{path} is not a file.", "Choose a file that ends in .qcode.")
    if found.st_size == 0:
        raise NotAProject(
            f"{path.name} in {path.parent} is empty.",
            "If it was a project, copying it was perhaps interrupted: copy it again, or restore a backup.",
        )


def journal(path: Path) -> Path:
    """Tell where SQLite keeps what it needs to take back an unfinished change."""
    return path.with_name(f"{path.name}-journal")


def has_journal(path: Path) -> bool:
    """Tell whether a change was not finished, be it because it is being made right now."""
    try:
        return journal(path).stat().st_size > 0
    except OSError:
        return False


def _judge(path: Path, first: bytes, length: int, newest: int) -> Header:
    if first[: len(MAGIC)] != MAGIC[: len(first)] or len(first) < len(MAGIC):
        raise NotAProject(f"{path.name} is not a QCode project.", "Choose a file that ends in .qcode.")
    if len(first) < SIZE:
        raise _too_short(path)
    version, program = _number(first, _VERSION), _number(first, _PROGRAM)
    if program != APPLICATION_ID:
        raise NotAProject(
            f"{path.name} is a database of another program, not a QCode project.", "Choose a file that ends in .qcode."
        )
    if version > newest:
        raise FileTooNew(
            f"{path.name} was written by a newer QCode (its format is {version}, this QCode knows up to {newest}).",
            "Install the newer QCode to open it. The file was not changed.",
        )
    size, pages = _page_size(first), _number(first, _PAGES)
    if version < 1 or size is None:
        raise FileDamaged(f"The beginning of {path.name} is damaged.", RESTORE)
    # Between a crash and its recovery the header may speak of a change that was never finished.
    if _number(first, _COUNTER) == _number(first, _VALID_FOR) and not has_journal(path):
        if length < pages * size:
            raise _too_short(path)
        return Header(version, size, pages, length != pages * size)
    return Header(version, size, length // size, True)


def _too_short(path: Path) -> FileDamaged:
    return FileDamaged(
        f"{path.name} is cut off: its end is missing.",
        f"If it was copied or downloaded, do that again. {RESTORE}",
    )


def _number(first: bytes, offset: int) -> int:
    value: int = struct.unpack_from(">I", first, offset)[0]
    return value


def _page_size(first: bytes) -> int | None:
    """The page size in bytes; None for a number that cannot be one."""
    size: int = struct.unpack_from(">H", first, _PAGE_SIZE)[0]
    if size == 1:
        return 65536
    return size if size >= 512 and size & (size - 1) == 0 else None
