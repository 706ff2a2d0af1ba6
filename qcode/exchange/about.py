"""A project at a glance, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version

from qcode.project import Reading, info
from qcode.store.connect import SCHEMA_VERSION


def about(r: Reading, *, coder: str) -> dict[str, str | int]:
    """Tell the project's name and coder, count what is in it, and name the version of its file and of QCode.

    The schema is that of this QCode: an older file is brought up to date when it is opened, a newer one refused.
    """
    told: dict[str, str | int] = {"name": info.project_name(r), "coder": coder}
    told |= asdict(info.counts(r))
    return told | {"schema": SCHEMA_VERSION, "version": program_version()}


def program_version() -> str:
    """Tell which QCode this is; "unknown" when it runs without having been installed."""
    try:
        return version("qcode")
    except PackageNotFoundError:
        return "unknown"
