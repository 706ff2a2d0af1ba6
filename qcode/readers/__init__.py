"""From the bytes of a file to text and spans; a module a format, and one line in `READERS`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from qcode.readers.chosen import LIMIT, file_bytes
from qcode.readers.document import Document, Reader

if TYPE_CHECKING:
    from qcode.readers.registry import READERS, read, read_file, reader_of

__all__ = ["LIMIT", "READERS", "Document", "Reader", "file_bytes", "read", "read_file", "reader_of"]


def __getattr__(name: str) -> Any:
    """Load the readers, and the libraries they stand on, when a file is to be read and not at every start."""
    if name in ("READERS", "read", "read_file", "reader_of"):
        return getattr(importlib.import_module("qcode.readers.registry"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
