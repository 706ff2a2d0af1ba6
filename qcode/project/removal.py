"""What goes along when something is removed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Removal:
    """What a removal takes along, to be told before it is done."""

    codes: int = 0
    folders: int = 0
    sources: int = 0
    passages: int = 0
    codings: int = 0
    values: int = 0
