"""Copies of a project that can be trusted: made while it is open, checked before they get their name."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from qcode.errors import Conflict, FileDamaged, NotFound
from qcode.progress import Progress, quiet
from qcode.store import header
from qcode.store.connect import SCHEMA_VERSION
from qcode.store.faults import explained
from qcode.store.files import put_in_place, refuse_taken, remove_if_empty, workshop
from qcode.store.lock import open_here

STEP = 500  # pages: a commit of the window waits 6 ms for such a step, and 1.5 s for the whole of a large file
NEWEST_KEPT, DAYS_KEPT = 10, 30

_STAMP = "%Y-%m-%d %H.%M.%S UTC"
_NAMED = re.compile(r" (\d{4}-\d{2}-\d{2} \d{2}\.\d{2}\.\d{2} UTC)(?: (\d+))?$")
_PATIENCE = 3  # a change made meanwhile begins the copy anew; after so many the rest is done in one step


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in the folder of backups; `at` in UTC without zone, `size` in bytes."""

    path: Path
    at: datetime
    size: int


def backup_folder(project: Path) -> Path:
    """Tell where backups go unless the researcher says otherwise: in sight, beside the project."""
    return project.with_name(f"{project.stem} backups")


def backup(
    source: Engine | Path, project: Path, to: Path | None = None, progress: Progress = quiet, *, overwrite: bool = False
) -> Path:
    """Copy a project while it may be in use, check the copy, and only then give it its name.

    `source` is the open project's engine, else the file. Without `to` the copy goes into the folder of backups under
    the time of day (UTC), and the oldest there make room; a folder as `to` gets a copy so named.
    Raises Conflict when `to` exists, NotFound when its folder does not, FileFull, FileDamaged when the project is not
    whole.
    """
    if to is None:
        return _backup_in_own_folder(source, project, progress)
    if to.is_dir():
        to = stamped(to, project)
    _refuse(to, overwrite=overwrite)
    with explained(to), workshop(to.parent) as place:
        copy = place / to.name
        with explained(project), _blaming(to):
            _copy(source, copy, progress)
        check_whole(copy, project)
        put_in_place(copy, to, overwrite=overwrite)
    return to


def _backup_in_own_folder(source: Engine | Path, project: Path, progress: Progress) -> Path:
    folder = backup_folder(project)
    with explained(folder):
        folder.mkdir(exist_ok=True)
    try:
        made = backup(source, project, folder, progress)
    finally:
        remove_if_empty(folder)
    with explained(folder):
        rotate(folder, project)
    return made


def restore(source: Path, to: Path, progress: Progress = quiet) -> Path:
    """Bring a backup back under a new name, checked.

    Raises Conflict when `to` exists, NotAProject, FileTooNew or FileDamaged when the backup cannot be used, FileFull.
    """
    if not open_here(source):  # else SQLite has it open, and it was looked at then
        header.read(source)
    _refuse(to, overwrite=False)
    with explained(to), workshop(to.parent) as place:
        copy = place / to.name
        with explained(source), _blaming(to):
            _copy(source, copy, progress)
        check_whole(copy, source)
        put_in_place(copy, to)
    return to


def listing(project: Path) -> list[Backup]:
    """List the backups in the project's own folder of backups, the newest first."""
    return _listing(backup_folder(project), project)


def rotate(folder: Path, project: Path, *, newest: int = NEWEST_KEPT, days: int = DAYS_KEPT) -> list[Path]:
    """Delete old backups of this project: the newest stay, and of earlier days the last one each; returns what went.

    Only files that carry this project's name and a time are looked at.
    """
    there = _listing(folder, project)
    keep = {found.path for found in there[:newest]}
    last_of_day: dict[str, Path] = {}
    for found in there:
        last_of_day.setdefault(f"{found.at:%Y-%m-%d}", found.path)
    keep.update(list(last_of_day.values())[:days])
    gone = [found.path for found in there if found.path not in keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def stamped(folder: Path, project: Path, note: str = "") -> Path:
    """Find a free name for a copy made now."""
    stem = f"{project.stem}{note} {datetime.now(UTC):{_STAMP}}"
    names = (stem if n == 1 else f"{stem} {n}" for n in range(1, 10_000))
    return next(place for name in names if not (place := folder / f"{name}{project.suffix}").exists())


def check_whole(path: Path, project: Path, *, newest: int = SCHEMA_VERSION) -> None:
    """Have SQLite read every page, index and reference of a closed copy; blame `project` for what is wrong.

    Raises FileDamaged, or what `header.read` raises.
    """
    header.read(path, newest=newest)
    with explained(project), closing(_open(path, "ro")) as conn:
        problems = [row[0] for row in conn.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
        strays = conn.execute("PRAGMA foreign_key_check").fetchone()
    if strays:
        problems.append(f"a row of {strays[0]} belongs to nothing")
    if problems:
        raise FileDamaged(
            f"{project.name} is damaged ({problems[0].splitlines()[-1]}), so no copy was kept.", header.RESTORE
        )


def _listing(folder: Path, project: Path) -> list[Backup]:
    found = []
    for path in folder.glob(f"*{project.suffix}") if folder.is_dir() else ():
        match = _NAMED.search(path.stem)
        if match and path.stem[: match.start()] == project.stem:
            at = datetime.strptime(match[1], _STAMP)
            found.append((at, int(match[2] or 1), Backup(path, at, path.stat().st_size)))
    return [backup for *_, backup in sorted(found, key=lambda one: one[:2], reverse=True)]


def _refuse(to: Path, *, overwrite: bool) -> None:
    if not to.parent.is_dir():
        raise NotFound(f"The folder {to.parent} does not exist.", "Make it first, or choose another.")
    if not overwrite:
        refuse_taken(to)
    elif to.is_dir():
        raise Conflict(f"{to} is a folder.", "Choose another name.")


@contextmanager
def _blaming(to: Path) -> Iterator[None]:
    """Say of what cannot be written that it is the copy; all else is a fault of what is copied."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE")):
            with explained(to):
                raise
        raise


class _Disturbed(Exception):
    """The project was changed while it was copied, and the copy began anew too often."""


def _copy(source: Engine | Path, copy: Path, progress: Progress) -> None:
    """Copy all pages as they stand between two changes."""
    if isinstance(source, Path):
        with closing(_open(source, "rw")) as opened:  # "rw": what a crash left unfinished is taken back first
            _copy_pages(opened, copy, progress)
        return
    borrowed = source.raw_connection()
    try:
        conn = borrowed.driver_connection
        if not isinstance(conn, sqlite3.Connection):
            raise TypeError("only an SQLite project can be copied page by page")
        _copy_pages(conn, copy, progress)
    finally:
        borrowed.close()


def _copy_pages(conn: sqlite3.Connection, copy: Path, progress: Progress) -> None:
    disturbed, left_before = 0, 0

    def tell(status: int, left: int, total: int) -> None:
        nonlocal disturbed, left_before
        disturbed += status == sqlite3.SQLITE_OK and left >= left_before > 0
        left_before = left
        if disturbed >= _PATIENCE:
            raise _Disturbed
        progress(total - left, total, "Copying the project")

    with closing(sqlite3.connect(copy, isolation_level=None)) as target:
        target.execute("PRAGMA synchronous=OFF")  # it is synced once, before it gets its name
        try:
            conn.backup(target, pages=STEP, progress=tell, sleep=0.01)
        except _Disturbed:
            conn.backup(target)


def _open(path: Path, mode: str) -> sqlite3.Connection:
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    conn.execute("PRAGMA busy_timeout=5000")
    return conn
