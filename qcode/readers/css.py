"""What style sheets of pages and books say of bold and italic words; all else of them is for the eye alone."""

from __future__ import annotations

import re

_MOST = 2_000_000  # characters of a sheet
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")
_CLASS = re.compile(r"\s*[a-z0-9]*\.([\w-]+)\s*", re.IGNORECASE)
_LOOKS = re.compile(r"font-(?:weight|style)\s*:[^;]*", re.IGNORECASE)


def class_looks(sheet: str) -> dict[str, str]:
    """Give for each class that makes words bold or italic, or keeps them from it, what the sheet says of it.

    Rules for a class alone count, as converters write them for every emphasis; of two for one class the later does.
    """
    found: dict[str, str] = {}
    for selectors, said in _RULE.findall(_COMMENT.sub("", sheet[:_MOST])):
        looks = ";".join(_LOOKS.findall(said))
        if looks:
            for selector in selectors.split(","):
                named = _CLASS.fullmatch(selector)
                if named:
                    found[named[1]] = f"{looks};{found.get(named[1], '')}"
    return found
