"""Give back the file that a source was made from, byte for byte."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from qcode.exchange.leaks import words_of_original
from qcode.progress import Progress
from qcode.project import sources
from qcode.ui.ask import ANY_FILE
from qcode.ui.exporting import Made, export

if TYPE_CHECKING:
    from qcode.project.sources import Source
    from qcode.ui.context import Context

_NO_FILE_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST = 120


def export_original(context: Context, source: Source, parent: QWidget) -> None:
    """Ask where to write the original file of a source, and write it there."""
    project = context.project
    if project is None:
        return

    def make(_path: Path, _progress: Progress) -> Made:
        with project.read() as r:
            data = sources.original(r, source.id)
            return Made(data, words=words_of_original(r, source.id, data))

    suggested = file_name(source.original_name or f"{source.name}.txt")
    export(context, "Export original file", suggested, ANY_FILE, make, parent=parent)


def file_name(name: str) -> str:
    """Make of any words a name that a file can have on every system, in no other folder than it is put into."""
    tame = _NO_FILE_NAME.sub("_", name).strip(" .")
    stem, dot, suffix = tame.rpartition(".")
    if dot and len(suffix) <= 8:
        return f"{stem[:_LONGEST].rstrip()}.{suffix}" if stem else f"source.{suffix}"
    return tame[:_LONGEST] or "source"
