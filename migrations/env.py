"""How Alembic reaches a project file: over the program's own connection, else in the file that a developer names.

The program upgrades a copy of the file and does everything around that itself (qcode/store/migrate.py). A developer
who asks Alembic to compare a file with the models names the file: `alembic -x project=scratch.qcode check`.
"""

from __future__ import annotations

from pathlib import Path

from alembic import context
from sqlalchemy import Connection

from qcode.model import metadata
from qcode.store.connect import connect, writing


def migrate(connection: Connection) -> None:
    """Run the migrations that were asked for, in the transaction that is open or else in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,  # SQLite alters most things only by making the table anew
        transactional_ddl=True,  # Alembic thinks SQLite cannot, since Python's driver by default does not
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_named_file() -> None:
    """Work on the file that `-x project=FILE` names."""
    named = context.get_x_argument(as_dictionary=True).get("project")
    if not named:
        raise SystemExit("Name a project file to work on, one you can spare: alembic -x project=scratch.qcode ...")
    engine = connect(Path(named))
    with writing(engine) as connection, connection.begin():
        migrate(connection)
    engine.dispose()


if context.is_offline_mode():
    raise SystemExit("Migrations look at the file they upgrade, so there is no offline mode.")
handed_over = context.config.attributes.get("connection")
if handed_over is None:
    migrate_named_file()
else:
    migrate(handed_over)
