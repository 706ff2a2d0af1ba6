"""The one place where code points and Qt's UTF-16 units are translated into each other.

Everywhere in QCode an offset counts code points, as Python does. Qt counts UTF-16 units, in which a character beyond
U+FFFF takes two. Only the reading view talks to Qt about positions, and only through this map.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class TextPositions:
    """Translate positions in one text, in logarithmic time in the number of its astral characters."""

    __slots__ = ("_astral", "_astral_units", "length", "units")

    def __init__(self, text: str) -> None:
        self.length = len(text)
        self._astral: list[int] | None = None
        self._astral_units: list[int] = []
        self.units = self.length
        # The encoded length tells in one C call whether there is an astral character at all; mostly there is none.
        if not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) != 2 * self.length:
            self._astral = [found.start() for found in _ASTRAL.finditer(text)]
            self._astral_units = [position + before for before, position in enumerate(self._astral)]
            self.units += len(self._astral)

    @property
    def is_identity(self) -> bool:
        """Tell whether the two ways of counting agree, so that a caller may skip the translation."""
        return self._astral is None

    def to_utf16(self, position: int) -> int:
        """Give Qt's position for a code point `position` (0 to the length)."""
        if self._astral is None:
            return position
        return position + bisect_left(self._astral, position)

    def to_code_point(self, unit: int) -> int:
        """Give the code point at Qt's position `unit`; inside a surrogate pair, the character's start."""
        if self._astral is None:
            return unit
        return unit - bisect_left(self._astral_units, unit)
