"""Open a project file: lock it, look at it, bring it up to date, check it; and notice when it goes away."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

from qcode.errors import FileDamaged, FileLocked, FileReadOnly
from qcode.progress import Progress, quiet
from qcode.store import header, inventory, triggers
from qcode.store.connect import connect, writing
from qcode.store.faults import explained
from qcode.store.files import sweep, sync_folder
from qcode.store.lock import ProjectLock, open_here
from qcode.store.migrate import OWN, Barrier, Steps, upgrade

__all__ = ["Opened", "damage", "prepare", "same_file", "sync_folder"]

# Up to this size everything is checked at each opening, in about 20 ms; larger files only when there is a reason to,
# and then without comparing indexes with their tables, which takes four times as long.
_SMALL = 4_000_000

# What SQLite says when a crash left something to take back, and it may not write.
_UNFINISHED = {"SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_RECOVERY", "SQLITE_READONLY_CANTINIT"}

_CANNOT_WRITE = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(slots=True)
class Opened:
    """An open project file. `unclean`: the program that had it last did not close it; it was checked."""

    engine: Engine
    place: Path
    lock: ProjectLock | None
    unclean: bool
    identity: os.stat_result

    @property
    def read_only(self) -> bool:
        """Only who holds the lock may write."""
        return self.lock is None

    def still_there(self) -> bool:
        """Tell whether the file of this name still is the one that was opened, and still ours: ask before writing."""
        return same_file(self.place, self.identity) and (self.lock is None or self.lock.held())

    def close(self) -> None:
        """Let go of the file and then of the lock; nothing stays beside the file."""
        self.engine.dispose()
        if self.lock:
            self.lock.release()


def same_file(path: Path, identity: os.stat_result) -> bool:
    """Tell whether a file was neither deleted nor replaced since; it is not opened for that."""
    try:
        return os.path.samestat(path.stat(), identity)
    except OSError:
        return False


def prepare(
    path: Path,
    *,
    barrier: Barrier,
    read_only: bool = False,
    progress: Progress = quiet,
    take_over: bool = False,
    steps: Steps = OWN,
) -> Opened:
    """Open a project file, read-only when asked or when it cannot be written; close what is returned.

    An older file is upgraded first, and `barrier` records that in its ledger. Reading needs no lock, so it works while
    the project is open elsewhere. `take_over` takes a lock that another computer left.
    Raises NotFound, NotAProject, FileTooNew, FileDamaged, FileLocked, FileReadOnly; the file is then as it was.
    """
    place = Path(os.path.realpath(path))  # path.resolve() fails on links that lead round in a circle
    with explained(place):
        header.look(place)
        lock = None if read_only else _lock(place, take_over=take_over)
        if lock is None:
            return _open_to_read(place, barrier, progress, steps)
        try:
            return _open_to_write(place, lock, barrier, progress, steps)
        except BaseException:
            lock.release()
            raise


def _lock(place: Path, *, take_over: bool = False) -> ProjectLock | None:
    """Take the lock; None where nothing can be written anyway. Asking alone is not enough: root may do all it asks."""
    if not (os.access(place, os.W_OK) and os.access(place.parent, os.W_OK | os.X_OK)):
        return None
    lock = ProjectLock(place)
    try:
        lock.acquire(take_over=take_over)
    except OSError as error:
        if error.errno not in _CANNOT_WRITE:
            raise
        return None
    return lock


def _open_to_write(place: Path, lock: ProjectLock, barrier: Barrier, progress: Progress, steps: Steps) -> Opened:
    sweep(place.parent)
    unclean = lock.left_by is not None or header.has_journal(place)
    found = header.read(place, newest=steps.newest)
    if found.version < steps.newest:
        upgrade(place, barrier, progress, steps=steps)
    opened = _connect(place, lock, unclean=unclean, suspect=found.suspect)
    if header.journal(place).exists():
        _tidy(opened, steps.newest)
    return opened


def _tidy(opened: Opened, version: int) -> None:
    """Have SQLite remove a journal that a killed program had only begun: it does so at the end of the next write."""
    try:
        with writing(opened.engine) as conn, conn.begin():
            conn.exec_driver_sql(f"PRAGMA user_version={version}")  # what it is already
    except BaseException:
        opened.engine.dispose()
        raise


def _open_to_read(place: Path, barrier: Barrier, progress: Progress, steps: Steps) -> Opened:
    unclean = header.has_journal(place)
    if open_here(place):  # it was looked at then, and must not be opened by hand now
        return _connect(place, None, unclean=unclean, suspect=False)
    if unclean:
        _take_back_unfinished(place)
    found = header.read(place, newest=steps.newest)
    if found.version < steps.newest:
        lock = _lock(place)
        if lock is None:
            raise FileReadOnly(
                f"{place.name} was made by an older QCode and cannot be brought up to date where it lies.",
                "Copy it into a folder that can be written, and open it there.",
            )
        with lock:
            upgrade(place, barrier, progress, steps=steps)
    return _connect(place, None, unclean=unclean, suspect=found.suspect)


def _take_back_unfinished(place: Path) -> None:
    """Let SQLite recover from a crash, where it may; if somebody is writing right now, the journal is theirs."""
    try:
        lock = _lock(place)
    except FileLocked:
        return
    if lock is None:
        return
    with lock:
        engine = connect(place)
        with engine.connect() as conn:
            conn.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        engine.dispose()


def _connect(place: Path, lock: ProjectLock | None, *, unclean: bool, suspect: bool) -> Opened:
    """Connect and check; only a file that passes is handed out."""
    engine = connect(place, read_only=lock is None)
    event.listen(engine, "handle_error", partial(_broken_words, place))
    try:
        small = place.stat().st_size <= _SMALL
        with _told(place), engine.connect() as conn, conn.begin():
            wrong = damage(conn, quick=not small) if small or unclean or suspect else []
            wrong = wrong or _wrong(conn)
        if wrong:
            raise FileDamaged(f"{place.name} is damaged ({'; '.join(wrong[:3])}).", header.RESTORE)
        return Opened(engine, place, lock, unclean, place.stat())
    except BaseException:
        engine.dispose()
        raise


def damage(conn: Connection, *, quick: bool = False) -> list[str]:
    """Have SQLite read every page; unless it is to be quick, also look at indexes, references and times."""
    check = "quick_check" if quick else "integrity_check"
    said = [str(row[0]).splitlines()[-1] for row in conn.exec_driver_sql(f"PRAGMA {check}(3)") if row[0] != "ok"]
    if not said and not quick:
        strays = conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        said = [f"a row of {table} belongs to nothing" for table in sorted({row[0] for row in strays})]
        said += inventory.broken_times(conn)
    return said


def _wrong(conn: Connection) -> list[str]:
    missing = [f"{name} is missing" for name in inventory.misfits(conn)]
    altered = [f"trigger {name} is missing or altered" for name in triggers.wrong(conn)]
    if missing or altered:
        return missing + altered
    marks = conn.exec_driver_sql("SELECT count(*), count(change_id) FROM open_change").one()
    return [] if tuple(marks) == (1, 0) else ["the mark of the open change is wrong"]


def _broken_words(place: Path, context: ExceptionContext) -> None:
    """Call it damage when words in the file are no words any more; the driver gives this fault no code of its own."""
    said = str(context.original_exception)
    if isinstance(context.original_exception, sqlite3.OperationalError) and said.startswith("Could not decode"):
        raise FileDamaged(f"Some words in {place.name} are damaged.", header.RESTORE) from context.original_exception


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """Say in words whatever SQLite says while it looks at a file for the first time."""
    try:
        with explained(place):
            try:
                yield
            except DBAPIError as error:
                if getattr(error.orig, "sqlite_errorname", "") in _UNFINISHED:
                    raise _unfinished(place) from error
                raise
    except (DBAPIError, sqlite3.Error, ValueError) as error:  # a name or text that is no text any more
        said = error.orig if isinstance(error, DBAPIError) else error
        raise FileDamaged(f"{place.name} is damaged ({said}).", header.RESTORE) from error


def _unfinished(place: Path) -> FileReadOnly:
    return FileReadOnly(
        f"{place.name} was not closed properly and must be put right first, which cannot be done where it lies.",
        f"Copy it, together with {header.journal(place).name}, into a folder that can be written, and open it there.",
    )
