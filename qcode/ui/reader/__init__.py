"""The reading and coding view."""

from __future__ import annotations

from qcode.ui.reader.marks import NO_CODE, CodeLook, Mark, MarkKey
from qcode.ui.reader.resizing import Edge
from qcode.ui.reader.typography import Reading
from qcode.ui.reader.view import SourceView

__all__ = ["NO_CODE", "CodeLook", "Edge", "Mark", "MarkKey", "Reading", "SourceView"]
