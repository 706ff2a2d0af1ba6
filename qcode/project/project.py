"""The one door: open a project, ask it, change it, undo."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from qcode.errors import Conflict, FileProblem, InvalidInput, NotFound, QcodeError
from qcode.model import ProjectRow, ReadingRow, SourceRow, new_guid
from qcode.model.values import ChangeKind, SourceId
from qcode.progress import Progress, quiet
from qcode.project import checks, coders, history, ledger, sources
from qcode.project.coders import Coder
from qcode.project.history import Entry
from qcode.project.ledger import ChangeSet, Head
from qcode.project.rows import add_row
from qcode.project.texts import Texts
from qcode.project.transaction import Change, Reading
from qcode.store import backup as backups
from qcode.store import files, migrate, opening
from qcode.store.backup import Backup
from qcode.store.connect import compact, writing
from qcode.store.faults import explained, read_only

LONGEST_FILE_NAME = 240  # bytes; journal, lock and backups add to it, and file systems stop at 255


class Project:
    """An open project. Everything written to it goes through `change`, and is on disk when `change` returns."""

    def __init__(self, opened: opening.Opened, path: Path, coder: str | None) -> None:
        self.path = path
        self.read_only = opened.read_only
        self._opened = opened
        self._engine = opened.engine
        self._texts = Texts()
        self._hearers: list[Callable[[ChangeSet], None]] = []
        with self.read() as r:
            current = coders.current(r)
            self._coder_name = coder or (current.name if current else login_name())
            self._coder = coders.find(r, self._coder_name)

    # ---- coders ----

    @property
    def coder(self) -> Coder:
        """The coder in whose name changes are made; with id 0 while they have not changed anything yet."""
        return self._coder or coders.stranger(self._coder_name)

    def use_coder(self, name: str) -> Coder:
        """Become this coder, here and the next time the project is opened; made when new.

        Raises InvalidInput when the name is empty, FileReadOnly or another FileProblem when the file cannot take it:
        then the coder is who it was.
        """
        before = self._coder_name, self._coder
        self._coder_name = coders.proper_name(name)
        try:
            with self.read() as r:
                self._coder = coders.find(r, self._coder_name)
                current = coders.current(r)
            if self._coder is None or current != self._coder:
                with self._transaction(f"code as {self._coder_name}", ChangeKind.NOTE) as (tx, _):
                    tx.conn.execute(update(ProjectRow).values(coder_id=tx.coder.id))
        except QcodeError:
            self._coder_name, self._coder = before
            raise
        return self.coder

    # ---- asking and changing ----

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Ask questions inside one short read transaction."""
        with explained(self.path), self._engine.connect() as conn, conn.begin():
            yield Reading(conn, self._texts)

    @contextmanager
    def change(self, label: str, *, reason: str = "") -> Iterator[Change]:
        """Do one finished action: one transaction, one change in the ledger, one step of undo.

        `label` is a phrase that reads after "Undo": "apply Expert". When the block raises, nothing was changed.
        Raises FileReadOnly, FileFull or another FileProblem when the file cannot take it.
        """
        with self._transaction(label, ChangeKind.DO, reason=reason) as (tx, _):
            yield tx

    @contextmanager
    def _transaction(
        self,
        label: str,
        kind: ChangeKind,
        *,
        reason: str = "",
        target: Head | None = None,
        newcomer: Coder | None = None,
    ) -> Iterator[tuple[Change, Head]]:
        """Write through the ledger; a coder whom the project does not know yet arrives in the same transaction.

        `newcomer` is the maker of the project, whose arrival is part of the making.
        """
        self._still_ours()
        arrived: ChangeSet | None = None
        with explained(self.path), writing(self._engine) as conn:
            with conn.begin() as transaction:
                coder = newcomer or self._coder
                if coder is None:
                    coder, arrived = self._arrive(conn)
                head = ledger.begin(conn, label, coder.guid, kind, reason=reason, target=target)
                tx = Change(conn, self._texts, coder, head.at)
                yield tx, head
                if target is None and (wrong := checks.misfits(conn, self._texts, head.after)):
                    raise AssertionError(wrong[0])
                done = ledger.seal(conn, head)
                if done is None:
                    transaction.rollback()  # who changes nothing has not arrived either
            tx.done = done
        if done:
            self._now_known(tx.coder)
            for heard in filter(None, (arrived, done)):
                self._tell(heard)

    def _now_known(self, coder: Coder) -> None:
        """Take over who has arrived, unless another coder was chosen meanwhile, in another thread."""
        if self._coder is None and coder.name == self._coder_name:
            self._coder = coder

    def _arrive(self, conn: Connection) -> tuple[Coder, ChangeSet | None]:
        """Make the coder known before their first change: recorded, but not something to undo."""
        newcomer = coders.stranger(self._coder_name, guid=new_guid())
        head = ledger.begin(conn, f"add coder {newcomer.name}", newcomer.guid, ChangeKind.NOTE)
        coder = coders.add(Change(conn, self._texts, newcomer, head.at), newcomer)
        return coder, ledger.seal(conn, head)

    def _still_ours(self) -> None:
        """Refuse to write into a file that is no longer the one at this path."""
        if self.read_only:
            raise read_only(self.path)
        if not self._opened.still_there():
            raise FileProblem(
                f"{self.path.name} was moved, replaced or deleted in {self.path.parent} while it was open.",
                "Nothing is written to it any more. Put it back, or back up what is open here under a new name.",
            )

    def _tell(self, changes: ChangeSet) -> None:
        for hear in list(self._hearers):
            hear(changes)

    def subscribe(self, hear: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Be told of every change after its commit, on the thread that made it; returns how to stop."""
        self._hearers.append(hear)
        return lambda: self._hearers.remove(hear)

    # ---- undo ----

    def undoable(self) -> Entry | None:
        """Tell what `undo` would take back; its label reads after "Undo"."""
        with self.read() as r:
            head = ledger.undoable(r.conn, self.coder.guid)
            return history.entry(r, head) if head else None

    def redoable(self) -> Entry | None:
        """Tell what `redo` would bring back; its label reads after "Redo"."""
        with self.read() as r:
            head = ledger.redoable(r.conn, self.coder.guid)
            return history.entry(r, head) if head else None

    def rows_to_play_back(self, *, redo: bool = False) -> int:
        """Count the rows that `undo` (or `redo`) would touch: thousands take seconds."""
        with self.read() as r:
            head = (ledger.redoable if redo else ledger.undoable)(r.conn, self.coder.guid)
        return head.upto - head.after if head else 0

    def undo(self, progress: Progress = quiet) -> ChangeSet:
        """Take back this coder's last change that stands, also after closing and reopening.

        Raises NotFound when there is none, Conflict when later work stands on it, Cancelled: then nothing was changed.
        """
        return self._play_back(ledger.undoable, "There is nothing to undo.", progress)

    def redo(self, progress: Progress = quiet) -> ChangeSet:
        """Bring back what this coder's last undo took.

        Raises NotFound when there is none, Conflict when later work stands in its way, Cancelled: nothing was changed.
        """
        return self._play_back(ledger.redoable, "There is nothing to redo.", progress)

    def _play_back(self, find: Callable[[Connection, str], Head | None], nothing: str, progress: Progress) -> ChangeSet:
        with self.read() as r:
            target = find(r.conn, self.coder.guid)
        if target is None:
            raise NotFound(nothing)
        kind = ChangeKind.REDO if target.kind == ChangeKind.UNDO else ChangeKind.UNDO
        try:
            with self._transaction(target.label, kind, target=target) as (tx, head):
                before = sources.digests(tx) if ledger.touches(tx.conn, target, SourceRow) else None
                progress(0, 3, f"Playing back “{target.label}”")
                ledger.play_back(tx.conn, head, target)
                progress(1, 3)
                if before is not None and sources.digests(tx) != before:
                    from qcode.project import correcting  # noqa: PLC0415 - comparing texts is not for every start

                    correcting.follow_undone(tx, before)
                if checks.misfits(tx.conn, self._texts, head.after):
                    raise Conflict(f"“{target.label}” cannot be taken back: the text has changed since.")
                progress(2, 3)
        except IntegrityError as error:  # deferred references are checked at the commit
            raise Conflict(f"“{target.label}” cannot be taken back: later work stands on it.") from error
        if tx.done is None:
            raise AssertionError("an undo that touches nothing")
        return tx.done

    # ---- the file ----

    @contextmanager
    def outside_history(self, *, erasing: bool = False) -> Iterator[Connection]:
        """Write in one transaction what the ledger does not record; with `erasing`, what goes is overwritten on disk.

        Raises FileReadOnly, FileFull or another FileProblem when the file cannot take it.
        """
        self._still_ours()
        with explained(self.path), writing(self._engine) as conn:
            if erasing:
                conn.exec_driver_sql("PRAGMA secure_delete=ON")
                conn.rollback()
            with conn.begin():
                yield conn

    def remember_position(self, source: SourceId, offset: int) -> None:
        """Keep where a source was left (code points); not a change, and never worth an error on a read-only file."""
        if self.read_only:
            return
        with self.outside_history() as conn:
            conn.execute(update(SourceRow).where(SourceRow.id == source).values(last_read=max(0, offset)))

    def read_to(self, source: SourceId) -> int | None:
        """Tell up to where (code points) this coder has read a source; None when they have not said."""
        place = select(ReadingRow.offset).where(ReadingRow.source_id == source, ReadingRow.coder_id == self.coder.id)
        with self.read() as r:
            return r.conn.scalar(place)

    def mark_read(self, source: SourceId, offset: int | None) -> None:
        """Keep up to where this coder has read a source, for them alone; None forgets it. Not a change.

        Raises FileReadOnly or another FileProblem when the file cannot take it.
        """
        arrived: ChangeSet | None = None
        with self.outside_history() as conn:
            coder = self._coder
            if coder is None:
                coder, arrived = self._arrive(conn)
            here = (ReadingRow.source_id == source, ReadingRow.coder_id == coder.id)
            conn.execute(delete(ReadingRow).where(*here))
            if offset is not None:
                conn.execute(insert(ReadingRow).values(source_id=source, coder_id=coder.id, offset=max(0, offset)))
        self._now_known(coder)
        if arrived is not None:
            self._tell(arrived)

    def verify(self, progress: Progress = quiet) -> list[str]:
        """Check the chain of changes, the data against it, texts and quotes; an empty list means a sound file."""
        with self.read() as r:
            damaged = [f"The file is damaged: {what}." for what in opening.damage(r.conn)]
            return damaged or ledger.verify(r.conn) + checks.verify_content(r.conn, Texts(), progress)

    def compact(self) -> None:
        """Write the file anew without the space that nothing uses, in which words of before might still be read.

        Raises FileFull when there is no room for a second copy while it is written, or another FileProblem.
        """
        self._still_ours()
        self._texts.forget()
        with explained(self.path):
            compact(self._engine)

    def backup(self, to: Path | None = None, progress: Progress = quiet) -> Path:
        """Write a verified copy, by default a new one into the folder of backups beside the project."""
        with explained(to or self.path):
            return backups.backup(self._engine, self.path, to, progress)

    def kept_backups(self) -> list[Backup]:
        """List the backups in the folder of backups beside the project, the newest first."""
        with explained(self.path):
            return backups.listing(self.path)

    def close(self) -> None:
        """Let go of the file; nothing needs saving."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_project(
    path: str | os.PathLike[str], *, coder: str | None = None, read_only: bool = False, progress: Progress = quiet
) -> Project:
    """Open a project file; use it in a `with` block, or close it.

    Changes are made in the name of `coder`, by default of the project's current coder, else of the login name. A file
    or folder that cannot be written opens read-only. An older file is upgraded on a copy, and the old one kept.
    Raises NotFound, NotAProject, FileTooNew, FileDamaged or FileLocked; the file is then untouched.
    """
    place = Path(path).absolute()
    name = coders.proper_name(coder) if coder is not None else None
    with explained(place):
        opened = opening.prepare(place, read_only=read_only, barrier=ledger.barrier, progress=progress)
    try:
        return Project(opened, place, name)
    except BaseException:
        opened.close()
        raise


def create(
    path: str | os.PathLike[str],
    *,
    name: str = "",
    coder: str | None = None,
    fill: Callable[[Change], None] | None = None,
) -> Project:
    """Make a new project file and open it; `fill` puts in what it starts with, as part of its making.

    Nothing appears at `path` before it is whole. Raises Conflict when something is there already, InvalidInput for a
    name that cannot be a file's, and FileProblem when the folder cannot take it.
    """
    place = Path(path).absolute()
    _refuse_taken(place)
    maker = coders.stranger(coders.proper_name(coder) if coder else login_name(), guid=new_guid())
    with explained(place), files.workshop(place.parent) as workshop:
        unfinished = workshop / place.name
        migrate.create_file(unfinished)
        with (
            open_project(unfinished, coder=maker.name) as project,
            project._transaction("create the project", ChangeKind.NOTE, newcomer=maker) as (tx, _),
        ):
            tx.coder = coders.add(tx, maker)
            current = tx.coder.id if coder else None
            add_row(tx.conn, ProjectRow, guid=new_guid(), name=name or place.stem, coder_id=current, created_at=tx.at)
            if fill:
                fill(tx)
        files.put_in_place(unfinished, place)
    return open_project(place, coder=coder)


def _refuse_taken(place: Path) -> None:
    files.refuse_taken(place)
    if not place.parent.is_dir():
        raise NotFound(f"The folder {place.parent} does not exist.", "Make it first, or choose another.")
    if not place.name.strip() or len(os.fsencode(place.name)) > LONGEST_FILE_NAME:
        raise InvalidInput(f"“{place.name}” cannot be the name of a file.", "Choose a shorter name.")


def restore(backup: str | os.PathLike[str], to: str | os.PathLike[str], progress: Progress = quiet) -> Path:
    """Bring a backup back under a new name, verified.

    Raises Conflict when something is at `to` already, NotAProject or FileDamaged when the backup is not whole.
    """
    target = Path(to).absolute()
    with explained(target):
        return backups.restore(Path(backup).absolute(), target, progress)


def login_name() -> str:
    """Tell under which name the person is logged in; "Coder" where the system does not say."""
    try:
        return coders.proper_name(getpass.getuser())
    except (OSError, KeyError, ImportError, QcodeError):
        return "Coder"
