"""How files of each format were read last, so that the next ones are read so, too."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from qcode.project.candidates import Candidate
from qcode.readers import ReadingChoices
from qcode.readers.choices import AS_USUAL, ReadAs
from qcode.ui.settings import Settings

KEPT, FOLDER = "import/choices", "import/folder"
# What depends on the one file (its encoding, its speakers, its columns) is not usual.
FIELDS = (
    "article_only",
    "keep_heads",
    "keep_hyphens",
    "keep_pages_apart",
    "join_broken",
    "mark_headings",
    "leave_out_comments",
    "mark_speakers",
)


class UsualChoices:
    """Remember choices by format, and the folder that sources were put into."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept = _understood(settings.text(KEPT, "{}"))

    def of(self, candidate: Candidate) -> ReadingChoices:
        """Give the choices for a file: what was chosen for its format, and Markdown where its marks say so."""
        choices = replace(AS_USUAL, **self._kept.get(candidate.format, {}))
        return replace(choices, read_as=ReadAs.MARKDOWN) if candidate.marked else choices

    def remember(self, format_: str, choices: ReadingChoices) -> None:
        """Keep what was chosen for a format."""
        self._kept[format_] = {field: getattr(choices, field) for field in FIELDS}
        self._settings.put(KEPT, json.dumps(self._kept))

    @property
    def folder(self) -> str:
        """The folder that was chosen last."""
        return self._settings.text(FOLDER)

    @folder.setter
    def folder(self, path: str) -> None:
        self._settings.put(FOLDER, path)


def _understood(kept: str) -> dict[str, dict[str, Any]]:
    try:
        read = json.loads(kept)
    except ValueError:  # somebody edited the file by hand: what everything comes with is better than none
        return {}
    return {
        str(format_): {field: value for field, value in fields.items() if field in FIELDS and isinstance(value, bool)}
        for format_, fields in (read.items() if isinstance(read, dict) else ())
        if isinstance(fields, dict)
    }
