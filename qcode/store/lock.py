"""One program at a time: a lock beside the project file, which the system releases when its holder dies."""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from qcode.errors import FileLocked, FileProblem
from qcode.store.files import hold

_TRIES = 100  # each loses only against another program that let go at that very moment
_LIMIT = 4096  # bytes of a lock file that are read
_BINARY = getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a project open, as the lock file says."""

    user: str
    host: str
    pid: int
    program: str
    at: str

    @property
    def here(self) -> bool:
        """Tell whether it is a program on this computer."""
        return self.host == platform.node()

    @property
    def me(self) -> bool:
        """Tell whether it is this very process."""
        return self.here and self.pid == os.getpid()


class ProjectLock:
    """Hold this while a project may be written; what the lock file says is only for people to read.

    The truth is the system's lock on the file `.~lock.NAME#`: it ends with the process that holds it, so a file left by
    a crash stops nobody, and `left_by` then tells whose it was.
    """

    def __init__(self, project: Path) -> None:
        self.project = project
        self.path = lock_path(project)
        self.left_by: Holder | None = None
        self._fd: int | None = None

    def acquire(self, *, take_over: bool = False) -> None:
        """Take the lock, unless it is ours already; never waits. `take_over` also takes what another computer left.

        Raises FileLocked naming who has it and since when, OSError when the folder cannot be written.
        """
        if self._fd is not None:
            return
        for _ in range(_TRIES):
            fd, writable = _open(self.path)
            try:
                if self._take(fd, writable=writable, take_over=take_over):
                    self._fd = fd
                    return
            finally:
                if self._fd != fd:
                    os.close(fd)
        raise FileLocked(f"{self.project.name} is being opened and closed elsewhere.", "Try again in a moment.")

    def _take(self, fd: int, *, writable: bool, take_over: bool) -> bool:
        """Make the open file ours; False when it no longer is the one of this name, which must then be opened anew."""
        if not _hold(fd, self.project):
            raise _locked(self.project, _read(fd))
        if not _is_file(fd, self.path):
            return False  # the one who let go deleted it
        left_by = _read(fd)
        if left_by and not left_by.here and not take_over:
            raise _left_elsewhere(self.project, left_by)
        self.left_by = left_by or self.left_by
        if not writable:
            self.path.unlink()  # another user's, left by a crash
            return False
        _write(fd, _myself())
        return True

    def held(self) -> bool:
        """Tell whether the lock is still ours; when somebody deleted the file, take it anew if nobody else did."""
        if self._fd is None:
            return False
        if _is_file(self._fd, self.path):
            return True
        os.close(self._fd)
        self._fd = None
        with suppress(FileLocked, OSError):  # then it is lost, which is the answer
            self.acquire()
        return self._fd is not None

    def release(self) -> None:
        """Let go, and leave nothing behind."""
        if self._fd is None:
            return
        fd, self._fd = self._fd, None
        ours = _is_file(fd, self.path)
        # Emptied first: should it be impossible to delete it, it must not look like the trace of a crash.
        os.ftruncate(fd, 0)
        if sys.platform == "win32":
            os.close(fd)  # an open file cannot be deleted there; if another program was quicker, it is theirs
            with suppress(OSError):
                self.path.unlink()
            return
        try:
            if ours:  # deleted while held, so that whoever opened it meanwhile sees that the name is gone
                with suppress(OSError):  # the folder became read-only: an empty file stays
                    self.path.unlink()
        finally:
            os.close(fd)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def lock_path(project: Path) -> Path:
    """Tell which file beside the project is its lock."""
    return project.with_name(f".~lock.{project.name}#")


def said_holder(project: Path) -> Holder | None:
    """Tell who has the project open, by what the lock file says; whether they are alive is not asked."""
    try:
        fd = os.open(lock_path(project), os.O_RDONLY | _BINARY)
    except OSError:
        return None
    try:
        return _read(fd)
    finally:
        os.close(fd)


def open_here(project: Path) -> bool:
    """Tell whether this very process has the project open for writing."""
    who = said_holder(project)
    return who is not None and who.me


def _open(path: Path) -> tuple[int, bool]:
    """Open the lock file, and tell whether it can be written: that of another user cannot, but can be locked."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | _BINARY, 0o666), True
    except PermissionError:
        if not path.exists():
            raise
        return os.open(path, os.O_RDONLY | _BINARY), False


def _hold(fd: int, project: Path) -> bool:
    try:
        return hold(fd)
    except OSError as error:
        raise FileProblem(
            f"The drive that holds {project.parent} cannot keep two programs apart ({error.strerror}).",
            "Copy the project to another drive and open it there.",
        ) from error


def _is_file(fd: int, path: Path) -> bool:
    """Tell whether the open file still is the one of this name."""
    try:
        return os.path.samestat(os.fstat(fd), path.stat())
    except FileNotFoundError:
        return False


def _read(fd: int) -> Holder | None:
    """Read who wrote the lock file; None when it says nothing that we understand."""
    os.lseek(fd, 0, os.SEEK_SET)
    try:
        said = json.loads(os.read(fd, _LIMIT))
        return Holder(str(said["user"]), str(said["host"]), int(said["pid"]), str(said["program"]), str(said["at"]))
    except (ValueError, KeyError, TypeError):
        return None


def _write(fd: int, who: Holder) -> None:
    with suppress(OSError):  # a full disk: the lock holds all the same, others only cannot read whose it is
        os.ftruncate(fd, 0)
        os.lseek(fd, 0, os.SEEK_SET)
        os.write(fd, json.dumps(asdict(who)).encode())


def _myself() -> Holder:
    return Holder(_user(), platform.node(), os.getpid(), "QCode", f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # the system does not say
        return ""


def _locked(project: Path, who: Holder | None) -> FileLocked:
    if who is None:
        return FileLocked(f"{project.name} is open in another program.", "Close it there first, or work on a copy.")
    if who.me:
        return FileLocked(f"{project.name} is already open here.", "Close it first, or work on a copy.")
    return FileLocked(
        f"{project.name} is open elsewhere: {_who(who)}.",
        "Close it there first, open it for reading only, or work on a copy.",
    )


def _left_elsewhere(project: Path, who: Holder) -> FileLocked:
    return FileLocked(
        f"{project.name} seems to be open on another computer: {_who(who)}.",
        f"If it surely is not open there, delete the file {lock_path(project).name} in {project.parent} and try again.",
    )


def _who(who: Holder) -> str:
    computer = "this computer" if who.here else who.host or "an unnamed computer"
    return f"{who.user or 'somebody'} on {computer}, since {who.at} ({who.program}, process {who.pid})"
