"""${message}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = "${up_revision}"
down_revision = "${down_revision}"

# The tables whose rows this changes; all others must come out as they went in.
TOUCHES: tuple[str, ...] = ()


def upgrade() -> None:
    ${upgrades if upgrades else "raise NotImplementedError"}
