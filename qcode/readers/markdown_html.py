"""The few HTML marks that people write into Markdown, for what it has no marks of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

_TAG = re.compile(r"<(/?)(sup|sub|b|strong|i|em|u|small|mark)>|<(br)\s*/?>", re.IGNORECASE)
_NOTE_MARK = re.compile(r"[0-9a-z]{1,4}|[*†‡§¶]{1,3}", re.IGNORECASE)
_BOLD, _ITALIC = frozenset(("b", "strong")), frozenset(("i", "em"))


@dataclass(frozen=True, slots=True)
class Tag:
    """What a mark means: the words to write for it, and what it opens or closes ("strong", "em")."""

    words: str = ""
    look: str = ""
    opens: bool = False


def understood(tokens: Sequence[Token]) -> dict[int, Tag]:
    """Find, by their place in a line, the marks that mean something to a reader; those without a partner do not.

    The mark of a note, set high, is shown as [1], as in other formats.
    """
    found: dict[int, Tag] = {}
    open_: list[tuple[int, str]] = []
    for at, token in enumerate(tokens):
        match = _TAG.fullmatch(token.content) if token.type == "html_inline" else None
        if match is None:
            continue
        name = (match[2] or match[3]).lower()
        if name == "br":
            found[at] = Tag("\n")
        elif not match[1]:
            open_.append((at, name))
        elif open_ and open_[-1][1] == name:
            start, _ = open_.pop()
            found[start], found[at] = _pair(name, tokens[start + 1 : at])
    return found


def _pair(name: str, inside: Sequence[Token]) -> tuple[Tag, Tag]:
    if name in _BOLD or name in _ITALIC:
        look = "strong" if name in _BOLD else "em"
        return Tag(look=look, opens=True), Tag(look=look)
    words = "".join(token.content for token in inside)
    if name == "sup" and _NOTE_MARK.fullmatch(words.strip()):
        return Tag("["), Tag("]")
    return Tag(), Tag()
