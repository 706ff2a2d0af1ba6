"""Make new project files, and bring older ones up to date on a copy. Alembic is loaded only here, and only then."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from qcode.assets import asset_dir
from qcode.errors import FileProblem
from qcode.progress import Progress, quiet
from qcode.store import inventory, triggers
from qcode.store.backup import backup_folder, check_whole, stamped
from qcode.store.connect import APPLICATION_ID, SCHEMA_VERSION, connect, writing
from qcode.store.faults import explained
from qcode.store.files import link_or_move, put_in_place, refuse_taken, remove_if_empty, sync_folder, workshop

if TYPE_CHECKING:
    from alembic.config import Config

Barrier = Callable[[Connection, str], None]  # records in the ledger, under this label, that undo stops here

_STAGES = 5


@dataclass(frozen=True, slots=True)
class Steps:
    """Which migrations to run: the program's own up to `newest`, and for trials those in further folders."""

    newest: int = SCHEMA_VERSION
    further: tuple[Path, ...] = ()


OWN = Steps()


def create_file(path: Path, *, steps: Steps = OWN) -> None:
    """Make an empty project file by running all migrations into it; it gets its name when it is whole.

    Raises Conflict when something has that name already, FileFull, FileReadOnly.
    """
    refuse_taken(path)
    with explained(path), workshop(path.parent) as place:
        made = place / path.name
        made.touch()
        with closing(_Opened(made)) as opened, writing(opened.engine) as conn, conn.begin():
            _run(conn, steps)
            triggers.install(conn)
            _stamp(conn, steps)
        put_in_place(made, path)


def upgrade(path: Path, barrier: Barrier, progress: Progress = quiet, *, steps: Steps = OWN) -> Path:
    """Bring an older project up to date on a copy, and put the copy in its place; returns where the old file is kept.

    Hold the project's lock. Whatever goes wrong, or is cancelled, the file is as it was, byte for byte, and nothing
    lies beside it. Raises FileFull, FileReadOnly, FileDamaged, or FileProblem when the result is not what it must be.
    """
    label = f"Upgrading {path.name}"
    with explained(path), workshop(path.parent) as place:
        copy = place / path.name
        progress(0, _STAGES, label)
        before = _copy(path, copy)
        progress(1, _STAGES, label)
        _upgrade_copy(copy, path, before, barrier, steps)
        progress(2, _STAGES, label)
        check_whole(copy, path, newest=steps.newest)
        progress(3, _STAGES, label)
        shutil.copymode(path, copy)
        kept = stamped(backup_folder(path), path, f" before version {steps.newest}")
        try:
            _keep(path, kept, place)
            progress(4, _STAGES, label)
            put_in_place(copy, path, overwrite=True)
        except BaseException:
            kept.unlink(missing_ok=True)
            remove_if_empty(kept.parent)
            raise
    return kept


class _Opened:
    """An engine that lets go of its file when it is closed."""

    def __init__(self, path: Path) -> None:
        self.engine: Engine = connect(path)

    def close(self) -> None:
        self.engine.dispose()


def _copy(path: Path, copy: Path) -> inventory.Stock:
    """Write a compact copy, and take stock of what must be in it afterwards."""
    with closing(_Opened(path)) as opened, opened.engine.connect() as conn:
        with conn.begin():
            before = inventory.take(conn)
        _at_rest(conn, "VACUUM INTO ?", str(copy))
    return before


def _upgrade_copy(copy: Path, path: Path, before: inventory.Stock, barrier: Barrier, steps: Steps) -> None:
    """All in one transaction, with foreign keys off: else making a table anew would delete what points at its rows."""
    with closing(_Opened(copy)) as opened, writing(opened.engine) as conn:
        _at_rest(conn, "PRAGMA foreign_keys=OFF")
        with conn.begin():
            given = inventory.sequences(conn)
            triggers.uninstall(conn)
            touched = _run(conn, steps)
            inventory.keep_sequences(conn, given)
            triggers.install(conn)
            _refuse_if(path, _wrong(conn, before, touched))
            barrier(conn, f"upgrade the file to version {steps.newest}")
            _stamp(conn, steps)


def _wrong(conn: Connection, before: inventory.Stock, touched: set[str]) -> list[str]:
    strays = [f"a row of {row[0]} belongs to nothing" for row in conn.execute(text("PRAGMA foreign_key_check"))]
    lost = inventory.losses(before, inventory.take(conn), touched)
    return lost + strays + [f"missing: {name}" for name in inventory.misfits(conn) + triggers.wrong(conn)]


def _refuse_if(path: Path, wrong: list[str]) -> None:
    if wrong:
        raise FileProblem(
            f"{path.name} could not be brought up to date ({'; '.join(wrong[:3])}).",
            "The file is as it was. Please report this; until then use the QCode that made it.",
        )


def _at_rest(conn: Connection, statement: str, *values: str) -> None:
    """Run what SQLite ignores or refuses inside a transaction."""
    driver = conn.connection.driver_connection
    if driver is None:
        raise AssertionError("a connection without a connection")
    driver.execute(statement, values)


def _run(conn: Connection, steps: Steps) -> set[str]:
    """Run the migrations that the file lacks, in the open transaction; returns the tables whose rows they touch."""
    from alembic import command  # noqa: PLC0415 - costs a tenth of a second that no start should pay
    from alembic.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = _config(steps)
    scripts = ScriptDirectory.from_config(config)
    now = MigrationContext.configure(conn).get_current_revision()
    touched: set[str] = set()
    for script in scripts.iterate_revisions("head", now):
        touched.update(getattr(script.module, "TOUCHES", ()))
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
    if scripts.get_current_head() != f"{steps.newest:04}":
        raise AssertionError(f"the last migration is {scripts.get_current_head()}, the file format {steps.newest}")
    return touched


def _config(steps: Steps) -> Config:
    """Alembic's settings, made here: those in pyproject.toml are for developers and do not travel with the program."""
    from alembic.config import Config  # noqa: PLC0415

    folder = asset_dir("migrations")
    config = Config()
    config.set_main_option("script_location", _literal(folder))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(_literal, [folder / "versions", *steps.further])))
    return config


def _literal(path: Path) -> str:
    return str(path).replace("%", "%%")


def _stamp(conn: Connection, steps: Steps) -> None:
    """Say in the file's first bytes what it is; part of the transaction, like all else."""
    conn.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    conn.exec_driver_sql(f"PRAGMA user_version={steps.newest}")


def _keep(path: Path, kept: Path, place: Path) -> None:
    """Give the old file a second name among the backups; it loses its first when the new one takes it."""
    kept.parent.mkdir(exist_ok=True)
    try:
        kept.hardlink_to(path)
    except OSError:  # a file system without hard links
        spare = place / kept.name
        shutil.copy2(path, spare)
        link_or_move(spare, kept)
    sync_folder(kept.parent)
