"""Put other names in the place of people's names, in texts and everywhere else; passages follow their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_in
from typing import TYPE_CHECKING

from qcode.errors import NotFound
from qcode.model.values import SourceId
from qcode.progress import Progress, quiet
from qcode.project import correcting, earlier, mentions, sources
from qcode.project.earlier import Home
from qcode.project.incoming import Incoming
from qcode.project.mentions import Mention
from qcode.project.transaction import Change
from qcode.readers.document import Document, Part
from qcode.text.anchor import Fate
from qcode.text.names import Finder, Hit, Name
from qcode.text.positions import Edit, PositionMap

if TYPE_CHECKING:
    from qcode.project.project import Project

AROUND = 60  # code points of context on each side


@dataclass(frozen=True, slots=True)
class Place:
    """A place that names somebody, with the words around it: in a source's text, or (`mention`) in some field.

    `where` is the source's name, or says which field it is; `sha256` tells which text was looked at. With a `home`, it
    is among the words of a passage that waits for review, in the earlier text in which that stood.
    """

    where: str
    before: str
    hit: Hit
    after: str
    source: SourceId | None = None
    sha256: str = ""
    mention: Mention | None = None
    home: Home | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was done: places in texts, fields, and the passages that wait for review since."""

    places: int
    fields: int
    waiting: int


def find(
    project: Project, names: Sequence[Name], only: Collection[SourceId] | None = None, progress: Progress = quiet
) -> list[Place]:
    """List every place that names somebody: in the texts of all sources, or `only` some, then in all fields.

    The words of passages that wait for review come after the texts. No read stays open while a text is looked through.
    """
    finder = Finder(names)
    with project.read() as r:
        listed = [one for one in sources.listing(r) if only is None or one.id in only]
        fields = mentions.find(r, finder)
        homes = [one for one in earlier.homes(r) if only is None or one.source in only]
    found: list[Place] = []
    for done, source in enumerate(listed):
        progress(done, len(listed), source.name)
        try:
            with project.read() as r:
                text = sources.text(r, source.id)
        except NotFound:
            continue  # it was removed meanwhile, or erased for good: nothing is left to look through
        for hit in finder.find(text):
            found.append(_place(source.name, text, hit, source=source.id, sha256=source.sha256))
    found += [place for home in homes for place in _waiting(project, finder, home)]
    return found + [_place(one.where, one.words, hit, mention=one) for one in fields for hit in one.hits]


def _waiting(project: Project, finder: Finder, home: Home) -> list[Place]:
    try:
        with project.read() as r:
            text = r.texts.get(r.conn, home.sha256)
    except NotFound:
        return []  # erased for good: the words that the passages keep are then fields, as any other
    where = f"{home.name}, a passage to review"
    return [_place(where, text, hit, home=home) for hit in finder.find(text) if home.touches(hit.start, hit.end)]


def replace(tx: Change, places: Sequence[Place]) -> Replaced:
    """Put the replacements into the chosen places; every passage keeps to its words.

    Raises Conflict when a text was changed since it was looked through: nothing is guessed.
    """
    by_source: dict[SourceId, list[Hit]] = defaultdict(list)
    by_home: dict[Home, list[Hit]] = defaultdict(list)
    by_field: dict[Mention, list[Hit]] = defaultdict(list)
    for place in places:
        if place.source is not None:
            by_source[place.source].append(place.hit)
        elif place.home is not None:
            by_home[place.home].append(place.hit)
        elif place.mention is not None:
            by_field[place.mention].append(place.hit)
    looked_at = [(place.source, place.sha256) for place in places if place.source is not None]
    sources.refuse_changed(tx, looked_at, "Look for the names once more.")
    for home, hits in by_home.items():
        earlier.replace(tx, home.source, home.number, home.sha256, _edits(hits))
    waiting = sum(_replace_in(tx, source, hits) for source, hits in by_source.items())
    fields = sum(mentions.replace(tx, [mention], hits) for mention, hits in by_field.items())
    in_texts = sum(map(len, by_source.values())) + sum(map(len, by_home.values()))
    return Replaced(in_texts, fields, waiting)


def _replace_in(tx: Change, source: SourceId, hits: Sequence[Hit]) -> int:
    """Replace the places of one text, and tell how many passages wait since."""
    edits = _edits(hits)
    planned = correcting.apply_edits(tx, source, edits)
    waiting = sum(1 for one in planned.those(Fate.REVIEW) if not one.waited)
    if waiting:  # in the text as it was, whose names their words must not keep
        earlier.replace(tx, source, planned.revision, planned.sha256, edits)
    return waiting


def places_in(document: Document, finder: Finder) -> list[Place]:
    """List every place that names somebody in a document that is to be imported."""
    return [_place(hit.name.name, document.text, hit) for hit in finder.find(document.text)]


def veiled(document: Document, finder: Finder, chosen: Collection[Hit] | None = None) -> Document:
    """Replace names in a document that is to be imported: the chosen ones, else whatever surely is one.

    Notes tell how many were replaced and how many were left.
    """
    hits = finder.find(document.text)
    sure = [hit for hit in hits if (hit.sure if chosen is None else hit in chosen)]
    positions = PositionMap.told(document.text, _edits(sure))
    spans = [
        replace_in(span, start=place[0], end=place[1], value=_without(span.value, finder))
        for span in document.spans
        if (place := positions.stretch(span.start, span.end)) is not None
    ]
    notes = [f"Names replaced: {len(sure):,}. The file itself is not kept, since it holds them."]
    if doubts := len(hits) - len(sure):
        notes.append(f"Places that may name somebody and were left: {doubts:,}.")
    return replace_in(
        document,
        text=positions.new,
        spans=tuple(spans),
        title=_without(document.title, finder),
        parts=tuple(_part(part, positions, finder) for part in document.parts),
        notes=(*document.notes, *notes),
    )


def renamed(incoming: Incoming, finder: Finder) -> Incoming:
    """Replace names in what a file and its source are called."""
    return replace_in(
        incoming,
        path=incoming.path.with_name(_without(incoming.path.name, finder)),
        name=_without(incoming.name, finder),
        title=_without(incoming.title, finder),
        cite_as=_without(incoming.cite_as, finder),
        folder=_without(incoming.folder, finder),
    )


def _part(part: Part, positions: PositionMap, finder: Finder) -> Part:
    return replace_in(
        part,
        name=_without(part.name, finder),
        start=positions.start(part.start),
        end=positions.end(part.end),
        variables=tuple((name, _without(value, finder)) for name, value in part.variables),
    )


def _without(words: str, finder: Finder) -> str:
    return mentions.replaced(words, [hit for hit in finder.find(words) if hit.sure])


def _edits(hits: Sequence[Hit]) -> list[Edit]:
    return [(hit.start, hit.end, hit.replacement) for hit in hits]


def _place(
    where: str,
    words: str,
    hit: Hit,
    *,
    source: SourceId | None = None,
    sha256: str = "",
    mention: Mention | None = None,
    home: Home | None = None,
) -> Place:
    before, after = words[max(0, hit.start - AROUND) : hit.start], words[hit.end : hit.end + AROUND]
    return Place(where, before, hit, after, source, sha256, mention, home)
