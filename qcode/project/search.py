"""Search everything: sources, codes, passages, comments, reasons and the texts themselves, step by step.

Each step is one short read transaction, so that commits need not wait, and whoever asks can stop between two of them.
How words are matched is in `qcode.text.find`. Offsets are code points, half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import regex
from sqlalchemy import Select, literal, select

from qcode.model import CodeRow, CodingRow, PassageRow, SourceRow
from qcode.model.values import CodeId, PassageId, SourceId
from qcode.project import codes, finding
from qcode.project.codes import TEXT_FIELDS, Code
from qcode.text.breaks import Paragraphs, snap
from qcode.text.find import Spot, needle, spots
from qcode.text.natural import natural

if TYPE_CHECKING:
    from qcode.project.project import Project

Needle = regex.Pattern[str]
LIMIT = 30  # of each kind; who wants more types another letter
PER_SOURCE = 3  # places shown of one text; the others are counted, and found by walking through that source
ROWS_AT_ONCE = 5_000  # passages or codings of one read
NUMBERED = 2_000_000  # characters of a text whose paragraphs are counted just to name one
BEFORE, AFTER, LONGEST = 48, 110, 200  # characters shown around a place, and of the place itself
_WAITS = " · waits for review"
_SEAM = "\0"  # between words that are searched together: no text and no query holds it
_BREAKS = str.maketrans("\n\t\r\v\f", "     ")


class Kind(StrEnum):
    """Where something was found, in the order in which it is shown."""

    SOURCE = "source"
    CODE = "code"
    PASSAGE = "passage"
    COMMENT = "comment"
    TRANSLATION = "translation"
    REASON = "reason"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of words, and the places in it that were looked for."""

    words: str
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: a line to show, another below it, and where it leads.

    `start` and `end` are offsets into the text of `source`; a passage that waits for review has none. `paragraph` is
    0 where there is none to tell; `places` is how often the words stand in that text.
    """

    kind: Kind
    line: Excerpt
    below: Excerpt
    source: SourceId | None = None
    start: int | None = None
    end: int | None = None
    code: CodeId | None = None
    passage: PassageId | None = None
    paragraph: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What one step brought: hits to show, and how many there were; `done` of `total` texts are searched by now."""

    kind: Kind
    hits: tuple[Hit, ...]
    found: int
    done: int
    total: int


def everything(project: Project, query: str, *, limit_each: int = LIMIT) -> Iterator[Step]:
    """Look for words everywhere, what is quickest first; close the iterator to stop.

    Of each kind at most `limit_each` hits come. Places in texts are counted beyond that; passages and codings are not
    looked through any further. An empty query finds nothing. Raises FileProblem when the file cannot be read.
    """
    pattern = needle(query)
    if pattern is None:
        return
    with project.read() as r:
        texts = finding.listed(r)
    total = len(texts)
    for kind, hits in (
        (Kind.SOURCE, _source_hits(project, pattern)),
        (Kind.CODE, _code_hits(project, pattern)),
    ):
        yield Step(kind, tuple(hits[:limit_each]), len(hits), 0, total)
    names: dict[int, str] = {text.id: text.name for text in texts}
    of_passages = [_in_passages(project, pattern, names, kind, limit_each) for kind in _OF_PASSAGES]
    for found in (*of_passages, _in_reasons(project, pattern, names, limit_each)):
        for kind, hits in found:
            yield Step(kind, tuple(hits), len(hits), 0, total)
    room = limit_each
    for done, (text, words) in enumerate(finding.read(project, texts), start=1):
        places = spots(words, pattern)
        hits = _text_hits(text, words, places, min(room, PER_SOURCE))
        room -= len(hits)
        yield Step(Kind.TEXT, tuple(hits), len(places), done, total)


# ---- sources and codes: few, so all are looked at --------------------------------------------------------------------


def _source_hits(project: Project, pattern: Needle) -> list[Hit]:
    with project.read() as r:
        rows = r.conn.execute(select(SourceRow.id, SourceRow.name, SourceRow.title, SourceRow.cite_as)).all()
    ranked = []
    for id_, name, title, cite_as in rows:
        fields = (name, title, cite_as)
        first = next((place for place, words in enumerate(fields) if pattern.search(words)), None)
        if first is not None:
            below = excerpt(fields[first], pattern) if first else Excerpt(_line(title or cite_as))
            hit = Hit(Kind.SOURCE, excerpt(name, pattern), below, source=SourceId(id_))
            ranked.append((first, natural(name), hit))
    return [hit for *_, hit in sorted(ranked, key=lambda row: row[:2])]


def _code_hits(project: Project, pattern: Needle) -> list[Hit]:
    with project.read() as r:
        book = codes.codebook(r)
    ranked = [(rank, place, code) for place, code in enumerate(book) if (rank := _rank(code, pattern)) is not None]
    return [_code_hit(code, pattern, rank) for rank, _, code in sorted(ranked, key=lambda row: row[:2])]


def _rank(code: Code, pattern: Needle) -> int | None:
    """Tell how well a code fits: 0 its name begins so, 1 its name, 2 its path, 3 one of its texts; None not at all."""
    found = pattern.search(code.name)
    if found is not None:
        return 0 if found.start() == 0 else 1
    if pattern.search(code.path):
        return 2
    return 3 if any(pattern.search(getattr(code, field)) for field in TEXT_FIELDS) else None


def _code_hit(code: Code, pattern: Needle, rank: int) -> Hit:
    if rank == 3:
        words = next(words for field in TEXT_FIELDS if pattern.search(words := getattr(code, field)))
        below = excerpt(words, pattern)
    elif rank == 2:
        below = excerpt(code.path, pattern)
    else:
        below = Excerpt(_line(code.short_definition or code.definition or code.path))
    return Hit(Kind.CODE, excerpt(code.name, pattern), below, code=code.id)


# ---- passages and codings: many, so a page at a time -----------------------------------------------------------------

Rows = Select[*tuple[Any, ...]]
Found = Iterator[tuple[Kind, list[Hit]]]


_OF_PASSAGES = {
    Kind.PASSAGE: PassageRow.quote,
    Kind.COMMENT: PassageRow.comment,
    Kind.TRANSLATION: PassageRow.translation,
}


def _in_passages(project: Project, pattern: Needle, names: dict[int, str], kind: Kind, limit: int) -> Found:
    """Look through one of the texts that passages have; what is said about one comes with the words it is said of."""
    words = _OF_PASSAGES[kind]
    about = literal("") if kind is Kind.PASSAGE else PassageRow.quote
    columns: Rows = select(PassageRow.id, PassageRow.source_id, PassageRow.start, PassageRow.end, about, words)
    last = 0
    while limit:
        page = columns.where(words != "", PassageRow.id > last).order_by(PassageRow.id).limit(ROWS_AT_ONCE)
        with project.read() as r:
            rows = r.conn.execute(page).all()
        if not rows:
            return
        last = rows[-1][0]
        hits = []
        for at in _holding([row[5] for row in rows], pattern, limit):
            passage, source, start, end, quote, found = rows[at]
            below = names.get(source, "") + (f" · “{_line(quote, 60)}”" if quote else "")
            below += _WAITS if start is None else ""
            leads = SourceId(source), start, end, None, PassageId(passage)
            hits.append(Hit(kind, excerpt(found, pattern), Excerpt(_line(below)), *leads))
        limit -= len(hits)
        yield kind, hits


def _in_reasons(project: Project, pattern: Needle, names: dict[int, str], limit: int) -> Found:
    columns: Rows = select(CodingRow.id, CodingRow.passage_id, CodingRow.code_id, CodingRow.source_id, CodingRow.reason)
    columns = columns.add_columns(PassageRow.start, PassageRow.end, CodeRow.name).where(CodingRow.reason != "")
    columns = columns.join(PassageRow, PassageRow.id == CodingRow.passage_id)
    columns = columns.join(CodeRow, CodeRow.id == CodingRow.code_id)
    last = 0
    while limit:
        page = columns.where(CodingRow.id > last).order_by(CodingRow.id).limit(ROWS_AT_ONCE)
        with project.read() as r:
            rows = r.conn.execute(page).all()
        if not rows:
            return
        last = rows[-1][0]
        hits = []
        for at in _holding([row[4] for row in rows], pattern, limit):
            _, passage, code, source, reason, start, end, name = rows[at]
            below = Excerpt(f"{_line(name)} · {names.get(source, '')}{_WAITS if start is None else ''}")
            place = SourceId(source), start, end, CodeId(code), PassageId(passage)
            hits.append(Hit(Kind.REASON, excerpt(reason, pattern), below, *place))
        limit -= len(hits)
        yield Kind.REASON, hits


def _holding(words: Sequence[str], pattern: Needle, most: int) -> list[int]:
    """Tell which of many words hold what is looked for; one search over all of them, so that other threads go on."""
    if not most or not any(words):
        return []
    ends = list(accumulate(len(one) + 1 for one in words))
    found: dict[int, None] = {}
    for match in pattern.finditer(_SEAM.join(words), concurrent=True):
        found[bisect_right(ends, match.start())] = None
        if len(found) == most:
            break
    return list(found)


# ---- the texts -------------------------------------------------------------------------------------------------------


def _text_hits(text: finding.Text, words: str, places: list[Spot], most: int) -> list[Hit]:
    shown = places[:most]
    if not shown:
        return []
    paragraphs = Paragraphs(words) if len(words) <= NUMBERED else None
    return [
        Hit(
            Kind.TEXT,
            around(words, place),
            Excerpt(_line(text.name)),
            source=text.id,
            start=place[0],
            end=place[1],
            paragraph=paragraphs.number_at(place[0]) if paragraphs else 0,
            places=len(places),
        )
        for place in shown
    ]


# ---- excerpts --------------------------------------------------------------------------------------------------------


def excerpt(words: str, pattern: Needle) -> Excerpt:
    """Cut one line around the first place that is looked for; the beginning when there is none."""
    found = pattern.search(words)
    if found is None:
        return Excerpt(_line(words))
    return around(words, found.span())


def around(words: str, place: Spot) -> Excerpt:
    """Cut one line around a place, with an ellipsis where words are left out; the place is told as it lies in it."""
    start, end = place[0], min(place[1], place[0] + LONGEST)
    left = max(0, start - BEFORE)
    if left:
        blank = words.find(" ", left, start)
        left = blank + 1 if blank >= 0 else left
    left, right = snap(words, left, min(len(words), end + AFTER))
    cut = words[left:right].translate(_BREAKS)
    head, tail = "…" if left else "", "…" if right < len(words) else ""
    shift = len(head) - left
    return Excerpt(head + cut + tail, ((start + shift, end + shift),))


def _line(words: str, most: int = BEFORE + AFTER) -> str:
    """Show the beginning of words on one line."""
    if len(words) <= most:
        return words.translate(_BREAKS)
    return words[: snap(words, 0, most)[1]].translate(_BREAKS) + "…"
