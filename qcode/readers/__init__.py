"""From the bytes of a file to text and spans; a module a format, and one line in `READERS`."""

from __future__ import annotations

from qcode.readers.document import Document, Reader
from qcode.readers.registry import LIMIT, READERS, file_bytes, read, read_file

__all__ = ["LIMIT", "READERS", "Document", "Reader", "file_bytes", "read", "read_file"]
