"""Words that are dragged out of a text: what they are while they are under way."""

from __future__ import annotations

import json
from dataclasses import dataclass

from PySide6.QtCore import QMimeData

PASSAGE_MIME = "application/x-qcode-passage"


@dataclass(frozen=True, slots=True)
class Dragged:
    """A stretch of a source, in code points, half-open."""

    source: int
    start: int
    end: int


def dragged(data: QMimeData) -> Dragged | None:
    """Read what is dragged; None when it is something else, or not written as we do."""
    if not data.hasFormat(PASSAGE_MIME):
        return None
    try:
        said = json.loads(bytes(data.data(PASSAGE_MIME).data()))
        numbers = [said[key] for key in ("source", "start", "end")]
    except (ValueError, KeyError, TypeError):  # dragged here by a stranger
        return None
    return Dragged(*numbers) if all(type(number) is int for number in numbers) else None
