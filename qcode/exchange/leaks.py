"""Names that would leave the project with an export."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from qcode.errors import NotFound
from qcode.project import revisions, sources

if TYPE_CHECKING:
    from qcode.project import Reading, SourceId
    from qcode.text.names import Name


@dataclass(frozen=True, slots=True)
class Leak:
    """A name that stands in an export, as it is written there and how often."""

    name: Name
    found: str
    count: int


def leaks_in(words: str, names: Sequence[Name]) -> list[Leak]:
    """List the names of a key that stand in what is to be exported, the most frequent first.

    Only what surely is a name counts; what may be another word would make the warning one that nobody reads.
    """
    from qcode.text.names import Finder  # noqa: PLC0415 - its patterns take a while, and most exports need none

    counted = Counter((hit.name, hit.found) for hit in Finder(names).find(words) if hit.sure)
    return [Leak(name, found, count) for (name, found), count in counted.most_common()]


def words_of(data: bytes) -> str:
    """Give the words of an exported file to look for names in: of a text as they are, of a packed one as its XML has.

    What is neither gives what letters it has.
    """
    if not data.startswith(b"PK\x03\x04"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = [packed.read(name).decode("utf-8", "replace") for name in packed.namelist() if name.endswith(".xml")]
    return unescape("\n".join(parts))


def words_of_original(r: Reading, source: SourceId, data: bytes) -> str:
    """Give the words of the file a source came from: its own, and all texts the source had.

    The letters of a PDF are packed, and a name in a Word document may be cut in pieces; the text that was read from it
    may have been corrected since, and then is an earlier one.
    """
    read = [words_of(data), sources.text(r, source)]
    for one in revisions.listing(r, source):
        with suppress(NotFound):  # erased for good, as the file is that it was read from
            read.append(revisions.text(r, source, one.number))
    return "\n".join(read)
