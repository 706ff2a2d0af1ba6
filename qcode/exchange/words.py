"""Words as tables: how often each stands there, and places in their context."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qcode.exchange.table import Cell, Table
from qcode.project.autocode import Proposal
from qcode.project.finding import Line
from qcode.project.words import Word


def word_table(words: Iterable[Word], total: int) -> Table:
    """Make a row a word; its share is that of all words counted, in percent."""
    rows = [(one.word, one.count, round(100 * one.count / total, 4), one.sources) for one in words]
    return Table(("word", "count", "percent", "sources"), rows)


def as_names(words: Iterable[Word]) -> str:
    """Write counted words as names are written, for who looks whether any of them is one."""
    return "\n".join(one.word.title() for one in words)


def places_table(lines: Sequence[Line], *, for_programs: bool = False) -> Table:
    """Make a row a place, with the words around it; for programs, also all of them as one context."""
    columns: tuple[str, ...] = ("source", "start", "end", "paragraph", "before", "words", "after")
    rows: list[tuple[Cell, ...]] = [
        (one.name, one.start, one.end, one.paragraph, one.before, one.words, one.after) for one in lines
    ]
    if for_programs:
        columns = (*columns, "context")
        rows = [(*row, f"{one.before}{one.words}{one.after}") for row, one in zip(rows, lines, strict=True)]
    return Table(columns, rows)


def proposals_table(proposed: Iterable[tuple[Proposal, str, bool]]) -> Table:
    """Make a row a place that would be coded, with its quote, and whether it is coded so already."""
    columns = ("source", "start", "end", "hits", "label", "already", "quote")
    rows = [(one.name, one.start, one.end, one.hits, one.label, done, quote) for one, quote, done in proposed]
    return Table(columns, rows)
