"""Find a query in the texts of sources, one source after the other; and read many texts without holding anybody up.

Each read is one short transaction, ended before anything is computed, so that commits need not wait; whoever asks can
stop between two texts. Offsets are code points, half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Select, bindparam, select

from qcode.model import CodingRow, PassageRow, SourceRow, SpanRow, TextRow
from qcode.model.values import CodeId, FolderId, SourceId
from qcode.project import codes, folders, source_sets, sources
from qcode.project.transaction import Change, Reading
from qcode.text.around import REACH, after, before
from qcode.text.breaks import Paragraphs
from qcode.text.find import Spot
from qcode.text.natural import natural
from qcode.text.query import Query, Stopped
from qcode.text.span import SpanKind
from qcode.text.stretches import merged, without

if TYPE_CHECKING:
    from qcode.project.project import Project

AT_ONCE = 1_000_000  # characters of one read, when single texts are shorter than that


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: in these sources (None: in all), and only inside passages with one of these codes, if any.

    `data_only` leaves out what is marked as not data.
    """

    sources: frozenset[SourceId] | None = None
    codes: frozenset[CodeId] = frozenset()
    data_only: bool = False


EVERYWHERE = Scope()
_TEXTS = select(TextRow.sha256, TextRow.text).where(TextRow.sha256.in_(bindparam("wanted", expanding=True)))


@dataclass(frozen=True, slots=True)
class Text:
    """A source whose text is to be read; `length` in code points."""

    id: SourceId
    name: str
    sha256: str
    length: int


@dataclass(frozen=True, slots=True)
class Found:
    """One source that was looked through, with its text and the places in it; `done` of `total` are by now."""

    source: Text
    text: str = field(repr=False)
    spots: tuple[Spot, ...]
    done: int
    total: int


def find(project: Project, query: Query, scope: Scope = EVERYWHERE) -> Iterator[Found]:
    """Look for a query in one source after the other, in their order; close the iterator to stop.

    Raises Stopped, which names the source, when the query takes too long there: what came until then is not all.
    """
    with project.read() as r:
        texts = listed(r, scope)
        areas = looked_at(r, texts, scope)
    for done, (source, text) in enumerate(read(project, texts), start=1):
        try:
            spots = query.spots(text)
        except Stopped as stopped:
            raise Stopped(f"{stopped.message} That was in “{source.name}”.", stopped.hint) from stopped
        if source.id in areas:
            spots = within(spots, areas[source.id])
        yield Found(source, text, tuple(spots), done, len(texts))


def scope_of(
    r: Reading | Change,
    *,
    names: Collection[str] = (),
    in_folders: Collection[str] = (),
    sets: Collection[str] = (),
    paths: Collection[str] = (),
) -> Scope:
    """Make a scope of sources, folders with all that is in them, sets, and codes or groups, by their names and paths.

    Raises NotFound for what is not there.
    """
    chosen: set[SourceId] = {sources.by_name(r, name).id for name in names}
    for folder in in_folders:
        chosen |= in_folder(r, folders.by_path(r, folder).id)
    for name in sets:
        chosen |= source_sets.by_name(r, name).sources
    inside = frozenset(id_ for path in paths for id_ in codes.standing_for(r, codes.by_path(r, path).id))
    return Scope(frozenset(chosen) if names or in_folders or sets else None, inside)


def in_folder(r: Reading | Change, folder: FolderId) -> frozenset[SourceId]:
    """Tell which sources lie in a folder, or in one of the folders in it."""
    inside = folders.with_below(r, folder)
    return frozenset(map(SourceId, r.conn.scalars(select(SourceRow.id).where(SourceRow.folder_id.in_(inside)))))


# ---- reading -----------------------------------------------------------------------------------------------------


def listed(r: Reading | Change, scope: Scope = EVERYWHERE) -> list[Text]:
    """List the sources of a scope as they stand in the list of sources."""
    places = {folder.id: folder.place for folder in folders.listing(r)}
    columns = select(SourceRow.folder_id, SourceRow.position, SourceRow.id, SourceRow.name, SourceRow.text_sha256)
    placed = [
        ((places.get(folder, ()), position, natural(name)), Text(SourceId(id_), name, sha256, length))
        for folder, position, id_, name, sha256, length in r.conn.execute(columns.add_columns(SourceRow.length))
    ]
    found = [text for _, text in sorted(placed, key=lambda one: one[0])]
    if scope.sources is not None:
        found = [text for text in found if text.id in scope.sources]
    if scope.codes:
        holding = select(CodingRow.source_id).where(CodingRow.code_id.in_(scope.codes)).distinct()
        coded_ = set(r.conn.scalars(holding))
        found = [text for text in found if text.id in coded_]
    return found


def read(project: Project, texts: Sequence[Text]) -> Iterator[tuple[Text, str]]:
    """Give the texts one by one, a handful of short ones a read. They are not kept: each is looked at just once."""
    waiting = list(reversed(texts))
    while waiting:
        batch, room = [waiting.pop()], AT_ONCE
        room -= batch[0].length
        while waiting and waiting[-1].length <= room:
            batch.append(waiting.pop())
            room -= batch[-1].length
        with project.read() as r:
            words: dict[str, str | None] = dict(
                r.conn.execute(_TEXTS, {"wanted": [text.sha256 for text in batch]}).all()
            )
        for text in batch:
            yield text, words.get(text.sha256) or ""  # a text that was erased for good holds nothing


def looked_at(r: Reading | Change, texts: Sequence[Text], scope: Scope) -> dict[SourceId, list[Spot]]:
    """Give those parts of texts that a scope means, in order and apart; a text that is meant as a whole is missing."""
    found: dict[SourceId, list[Spot]] = {}
    if scope.codes:
        carrying = PassageRow.id.in_(select(CodingRow.passage_id).where(CodingRow.code_id.in_(scope.codes)))
        placed = PassageRow.start.is_not(None)  # else it waits for a review, and nobody knows where it stands
        inside = _places(r, select(PassageRow.source_id, PassageRow.start, PassageRow.end).where(carrying, placed))
        found = {text.id: merged(inside.get(text.id, ())) for text in texts}
    if scope.data_only:
        marked = SpanRow.kind == SpanKind.NOT_DATA.value
        out = _places(r, select(SpanRow.source_id, SpanRow.start, SpanRow.end).where(marked))
        for text in texts:
            if text.id in out:
                found[text.id] = without(found.get(text.id, [(0, text.length)]), out[text.id])
    return found


def _places(r: Reading | Change, rows: Select[int, int, int]) -> dict[int, list[Spot]]:
    found: dict[int, list[Spot]] = {}
    for source, start, end in r.conn.execute(rows):
        found.setdefault(source, []).append((start, end))
    return found


def within(spots: Sequence[Spot], stretches: Sequence[Spot]) -> list[Spot]:
    """Keep those places that lie wholly inside of one of the stretches, which are in order and apart."""
    starts = [start for start, _ in stretches]
    kept = []
    for spot in spots:
        at = bisect_right(starts, spot[0]) - 1
        if at >= 0 and spot[1] <= stretches[at][1]:
            kept.append(spot)
    return kept


# ---- in context ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A place with the words around it, in one line; `paragraph` counts from 1."""

    source: SourceId
    name: str
    start: int
    end: int
    paragraph: int
    before: str
    words: str
    after: str


def lines(found: Found, reach: int = REACH) -> list[Line]:
    """Give the places in one source with so many characters around each, as far as its paragraph goes."""
    if not found.spots:
        return []
    text, source = found.text, found.source
    number_at = Paragraphs(text).number_at
    return [
        Line(
            source.id,
            source.name,
            start,
            end,
            number_at(start),
            before(text, start, reach),
            text[start:end],
            after(text, end, reach),
        )
        for start, end in found.spots
    ]
