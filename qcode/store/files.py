"""Make files whole or not at all: a workshop beside the goal, a move into place that overwrites nothing, fsync."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qcode.errors import Conflict, FileProblem

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_BEYOND = 1 << 30  # Windows bars others from reading what is locked, so the lock lies far behind what is written
_WORKSHOP = ".qcode-workshop-"
_IN_USE = "in use"


def hold(fd: int) -> bool:
    """Lock an open file for this process, without waiting; False when somebody else holds it.

    The system lets go when the process ends, however it ends. A second hold in the same process is refused too.
    Raises OSError where the file system knows no locks.
    """
    try:
        if sys.platform == "win32":
            os.lseek(fd, _BEYOND, os.SEEK_SET)
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """Work in a hidden folder inside `folder` that is gone afterwards, whatever happens.

    What a killed process left behind is removed by the next one that works in the same folder: it may hold a copy of
    confidential interviews. Raises FileProblem when the folder is not there, OSError when it cannot be written.
    """
    if not folder.is_dir():
        raise FileProblem(f"The folder {folder} does not exist.", "Make it first, or choose another.")
    sweep(folder)
    place = Path(tempfile.mkdtemp(prefix=f"{_WORKSHOP}{os.getpid()}-", dir=folder))
    try:
        with (place / _IN_USE).open("wb") as mark:
            hold(mark.fileno())
            mark.write(b"in use")
            mark.flush()
            yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove the workshops in `folder` whose makers are dead."""
    for left in folder.glob(f"{_WORKSHOP}*"):
        with suppress(OSError):  # somebody else swept it, or it is not ours to remove
            if _is_abandoned(left):
                shutil.rmtree(left, ignore_errors=True)


def _is_abandoned(left: Path) -> bool:
    """A mark that can be held has lost its maker; where there is none yet, or none any more, the name says who made it.

    A mark is written after it is held: one that says nothing yet is as good as none.
    """
    with suppress(FileNotFoundError), (left / _IN_USE).open("r+b") as mark:
        if mark.read(1):
            return hold(mark.fileno())
    maker = left.name.removeprefix(_WORKSHOP).partition("-")[0]
    return maker.isdecimal() and not _is_running(int(maker))


def _is_running(process: int) -> bool:
    """Tell whether a process of this computer lives; on Windows, where asking would end it, suppose so."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def put_in_place(made: Path, place: Path, *, overwrite: bool = False) -> None:
    """Give a finished file its name, on the same file system, and make both last.

    Raises Conflict when something has that name already, unless it is to be overwritten.
    """
    sync_file(made)
    if overwrite:
        made.replace(place)
    else:
        link_or_move(made, place)
    sync_folder(place.parent)


def link_or_move(made: Path, place: Path) -> None:
    """Give a file a name that nothing has yet; Conflict when something has it."""
    try:
        os.link(made, place)
    except FileExistsError:
        refuse_taken(place)
        raise
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK):
            raise
        refuse_taken(place)  # a file system without hard links
        made.rename(place)


def refuse_taken(place: Path) -> None:
    """Raise Conflict when something has this name, be it a link that leads nowhere."""
    if place.exists() or place.is_symlink():
        where = place.absolute()
        raise Conflict(f"There is already something called {where.name} in {where.parent}.", "Choose another name.")


def remove_if_empty(folder: Path) -> None:
    """Take back the making of a folder that nothing came into."""
    with suppress(OSError):  # something is in it, or it was never made
        folder.rmdir()


def sync_file(path: Path) -> None:
    """Have a file's bytes on the disk before its name points at them."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network drives cannot, and need not
            raise
    finally:
        os.close(fd)
