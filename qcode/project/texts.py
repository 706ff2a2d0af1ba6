"""The texts of sources, kept in memory while they are read: they are immutable, so a digest is enough to trust them."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

from sqlalchemy import Connection, insert, literal, select

from qcode.errors import NotFound
from qcode.model import ContentRow, TextRow
from qcode.text import canonical

MOST = 24_000_000  # characters kept; one text larger than this is still kept while it is the last one asked for


class Texts:
    """Remembers the texts asked for last, so that a quote of a large source costs no second read."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def get(self, conn: Connection, sha256: str) -> str:
        """Fetch a text by its digest. Raises NotFound when it was erased."""
        with self._lock:
            if (kept := self._kept.get(sha256)) is not None:
                self._kept.move_to_end(sha256)
                return kept
        found = conn.scalar(select(TextRow.text).where(TextRow.sha256 == sha256))
        if found is None:
            raise NotFound("The text of this source was erased for good.")
        with self._lock:
            self._kept[sha256] = found
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > MOST:
                self._kept.popitem(last=False)
        return found

    def forget(self) -> None:
        """Let go of all texts, since some may have been erased."""
        with self._lock:
            self._kept.clear()


def keep_text(conn: Connection, words: str) -> str:
    """Keep a canonical text, once however often it comes, and give its digest."""
    sha256 = canonical.sha256(words)
    if conn.scalar(select(literal(1)).where(TextRow.sha256 == sha256)) is None:
        conn.execute(insert(TextRow).values(sha256=sha256, length=len(words), text=words))
    return sha256


def keep_content(conn: Connection, data: bytes) -> str:
    """Keep the bytes of a file, once however often they come, and give their digest."""
    sha256 = hashlib.sha256(data).hexdigest()
    if conn.scalar(select(literal(1)).where(ContentRow.sha256 == sha256)) is None:
        conn.execute(insert(ContentRow).values(sha256=sha256, size=len(data), data=data))
    return sha256
