"""Where the migrations, resources and seeds lie: in the wheel inside the package, in a checkout beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def asset_dir(name: Literal["migrations", "resources", "seeds"]) -> Path:
    """Find a top-level folder that travels with the program."""
    packed = _PACKAGE / f"_{name}"
    return packed if packed.is_dir() else _PACKAGE.parent / name
