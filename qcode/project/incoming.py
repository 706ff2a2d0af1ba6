"""What is to be brought in, how it is read, and where it waits until all of it is written in one change."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self, cast

from qcode import readers
from qcode.errors import FileFull
from qcode.readers import wire
from qcode.readers.choices import AS_USUAL, ReadingChoices

if TYPE_CHECKING:
    from qcode.readers import Document
    from qcode.readers.sandbox import ReadingProcess
    from qcode.text.names import Hit

_IN_MEMORY = 64 * 1024 * 1024
_READ_AT_ONCE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is to become a source (a survey perhaps several), and how; a pasted text brings its bytes along.

    `name` is the source's, else the file's without the suffix; a `folder` is a path in the project. `hits` are the
    names to replace in its text, by default all that surely are names of the key with which it is imported.
    """

    path: Path
    choices: ReadingChoices = AS_USUAL
    name: str = ""
    title: str = ""
    cite_as: str = ""
    folder: str = ""
    data: bytes | None = field(default=None, repr=False)
    hits: tuple[Hit, ...] | None = None

    @property
    def called(self) -> str:
        """The name that its source shall have."""
        return self.name or self.path.stem

    def content(self) -> bytes:
        """Fetch the bytes. Raises FormatProblem for a file that cannot be read."""
        return readers.file_bytes(self.path) if self.data is None else self.data


def read_apart(
    process: ReadingProcess,
    data: bytes,
    name: str,
    choices: ReadingChoices = AS_USUAL,
    *,
    pulse: Callable[[], object] | None = None,
) -> Document:
    """Read a file without importing it: in a process apart, but for short texts and Markdown, read here and at once.

    `pulse` is called every now and then meanwhile; when it raises Cancelled the reading ends at once. Raises
    FormatProblem.
    """
    # Even plain text can be so long that the window would wait, and nobody could cancel.
    if len(data) <= _READ_AT_ONCE and readers.reader_of(data, name, choices).runs_inside:
        return readers.read(data, name, choices)
    return process.read(data, name, choices, pulse=pulse)


class Waiting:
    """Documents that were read and wait to be written, with their bytes: in memory, or when they are many on disk."""

    def __init__(self) -> None:
        # It has no name in any folder and is gone when it is closed, or when the program dies.
        self._file = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, incoming: Incoming, data: bytes, document: Document) -> None:
        """Let one wait. Raises FileFull when there is no room."""
        head, text = wire.packed(document, incoming.path.name)
        try:
            wire.send(self._file, head, text)
            wire.send(self._file, {}, data)
        except OSError as error:
            raise FileFull(
                f"There is no space left in {tempfile.gettempdir()} for texts that wait to be imported.",
                "Free some space, or import fewer files at once.",
            ) from error

    def all(self) -> Iterator[tuple[bytes, Document]]:
        """Give all in their order."""
        self._file.seek(0)
        while True:
            try:
                head, text = wire.receive(self._file)
            except EOFError:
                return
            _, data = wire.receive(self._file)
            yield data, wire.unpacked(head, text)
