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

    @property
    def coded(self) -> int:
        """How many passages and codings go: thousands take a while."""
        return self.passages + self.codings
