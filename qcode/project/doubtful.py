"""Words that may name somebody: which of them were taken for names and replaced, the history tells."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from qcode.model import ChangedRow, ChangeRow, TextRow
from qcode.progress import Progress
from qcode.store import replay
from qcode.text.names import Finder, Hit

_AT_ONCE = 500  # images between two looks at whether somebody cancelled
# Made once, since they are asked for each image.
_OLD = select(ChangedRow.old).where(ChangedRow.seq == bindparam("seq"))
_NEXT = (
    select(ChangedRow.old)
    .where(ChangedRow.row_id == bindparam("row"), ChangedRow.tbl == bindparam("table"))
    .where(ChangedRow.seq > bindparam("seq"), ChangedRow.old.is_not(None))
    .order_by(ChangedRow.seq)
    .limit(1)
)
_Word = tuple[str, str]  # as it was found, and what is to stand instead


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in some words: whether they surely name somebody, and what may do so, each with its replacement."""

    sure: bool
    doubtful: frozenset[_Word]

    @classmethod
    def of(cls, finder: Finder, words: str) -> Seen:
        """Look for names in some words."""
        hits = finder.find(words)
        doubtful = frozenset((bare(hit), hit.name.replacement) for hit in hits if not hit.sure)
        return cls(any(hit.sure for hit in hits), doubtful)

    def __bool__(self) -> bool:
        return self.sure or bool(self.doubtful)

    def names(self, taken: Collection[str]) -> bool:
        """Tell whether somebody is named, given which doubtful words were taken for names."""
        return self.sure or any(found in taken for found, _ in self.doubtful)


@dataclass(frozen=True, slots=True)
class Image:
    """What the history keeps of a row at one place (`seq`): what was seen in it, and which text and file it points at.

    `source` is the id of the source that it belongs to, or 0.
    """

    seq: int
    change: int
    table: str
    row: int
    op: str
    digest: str
    seen: Seen
    text: str
    file: str
    source: int


def bare(hit: Hit) -> str:
    """Give the words of a hit without the ending that its replacement took over: “Mueller” for “Mueller’s”."""
    return hit.found[: len(hit.found) - len(hit.replacement) + len(hit.name.replacement)]


def taken_for_names(
    conn: Connection, finder: Finder, images: Sequence[Image], texts: Mapping[str, Seen], progress: Progress
) -> frozenset[str]:
    """Tell which doubtful words gave way to their replacement somewhere, in a change that was not undone.

    `texts` are the earlier ones in which something was seen, by their digests.
    """
    undone = set(conn.scalars(select(ChangeRow.undoes).where(ChangeRow.undoes.is_not(None))))
    taken: set[str] = set()
    for done, image in enumerate(reversed(images)):  # the last first: what gave way there need not be asked before
        if done % _AT_ONCE == 0:
            progress(done, len(images), "Looking for what was replaced")
        if image.op == "U" and image.change not in undone:
            of_text = texts.get(image.text)
            in_row, in_text = (
                frozenset(one for one in seen.doubtful if one[0] not in taken) if seen else frozenset()
                for seen in (image.seen, of_text)
            )
            for doubtful, before, after in _changed(conn, image, in_row, in_text):
                taken |= _given_way(finder, doubtful, before, after)
    return frozenset(taken)


def _changed(
    conn: Connection, image: Image, in_row: frozenset[_Word], in_text: frozenset[_Word]
) -> Iterator[tuple[frozenset[_Word], str, str]]:
    """Give what is doubtful in a row and in its text, each with the words before a change and after it."""
    if not (in_row or in_text):
        return
    old, new = _cells(conn, image)
    if in_row:
        yield in_row, words_of(old), words_of(new)
    if in_text and image.text != new.get("text_sha256"):
        before, after = (
            conn.scalar(select(TextRow.text).where(TextRow.sha256 == cells.get("text_sha256"))) for cells in (old, new)
        )
        if before is not None and after is not None:
            yield in_text, before, after


def _given_way(finder: Finder, doubtful: Iterable[_Word], before: str, after: str) -> set[str]:
    """Tell which words became fewer while their replacement came more often."""
    likely = {found for found, instead in doubtful if after.count(instead) > before.count(instead)}
    if not likely:
        return likely
    had, has = (Counter(map(bare, finder.find(words))) for words in (before, after))
    return {found for found in likely if has[found] < had[found]}


def _cells(conn: Connection, image: Image) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fetch a row as it was before a change and as it is after it: as the next change found it, else as it is now."""
    old = conn.scalar(_OLD, {"seq": image.seq})
    new = conn.scalar(_NEXT, {"seq": image.seq, "row": image.row, "table": image.table})
    if new is None:
        now = replay.images_touched(conn, image.table, image.seq - 1, image.seq)
        new = next((cells for _, cells in now), None)
    return json.loads(old or "{}"), json.loads(new or "{}")


def words_of(cells: Mapping[str, Any]) -> str:
    """Give all that is said in a row, to be looked through."""
    return "\n".join(cell for cell in cells.values() if isinstance(cell, str))
