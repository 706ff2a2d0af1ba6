"""From the bytes of a file to text and spans; a module a format, and one line in `READERS`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from qcode.readers.choices import AS_USUAL, ReadAs, ReadingChoices, SurveyChoices
from qcode.readers.chosen import LIMIT, file_bytes
from qcode.readers.document import Document, Part, Reader, Survey, sources_of

if TYPE_CHECKING:
    from qcode.readers.registry import READERS, heeded, read, read_file, reader_of

__all__ = [
    "AS_USUAL", "LIMIT", "READERS", "Document", "Part", "ReadAs", "Reader", "ReadingChoices", "Survey",
    "SurveyChoices", "file_bytes", "heeded", "read", "read_file", "reader_of", "sources_of",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load the readers, and the libraries they stand on, when a file is to be read and not at every start."""
    if name in ("READERS", "heeded", "read", "read_file", "reader_of"):
        return getattr(importlib.import_module("qcode.readers.registry"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
