"""Make the same work every time: texts, codes and codings of four sizes, from fixed seeds.

A corpus is a SQLite file with the tables documents(id, name, text), categories(id, name), codes(id, name, color,
category_id, memo), codings(id, doc_id, code_id, start, end) and meta(key, value), so that other programs can be
measured on identical work. Offsets are code points, half-open.
"""

from __future__ import annotations

import bisect
import itertools
import random
import sqlite3
from dataclasses import dataclass
from pathlib import Path

SEED = 2026


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything a workload has."""

    documents: int
    characters: int
    codes: int
    codings: int
    shortest: int
    longest: int


SIZES = {
    "S": Size(10, 50_000, 30, 1_000, 40, 400),
    "M": Size(100, 100_000, 100, 20_000, 40, 400),
    "L": Size(1_000, 100_000, 300, 200_000, 40, 400),
    "BIG": Size(1, 5_000_000, 100, 20_000, 100, 1_500),
}
_COLORS = ("#0072b2", "#c75b00", "#008562", "#b0578a", "#7b4fb5", "#2487bd", "#8c6d1f", "#c0392b")
_SYLLABLES = (
    "ba",
    "co",
    "di",
    "fe",
    "gu",
    "ha",
    "lo",
    "mi",
    "nu",
    "pe",
    "ra",
    "so",
    "ti",
    "vu",
    "we",
    "zo",
    "tran",
    "ster",
)


def make(path: Path, name: str) -> None:
    """Write the corpus called S, M, L or BIG."""
    size, rng = SIZES[name], random.Random(f"{SEED}-{name}")
    words = _vocabulary()
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
        "CREATE TABLE documents(id INTEGER PRIMARY KEY, name TEXT, text TEXT);"
        "CREATE TABLE categories(id INTEGER PRIMARY KEY, name TEXT);"
        "CREATE TABLE codes(id INTEGER PRIMARY KEY, name TEXT, color TEXT, category_id INTEGER, memo TEXT);"
        'CREATE TABLE codings(id INTEGER PRIMARY KEY, doc_id INTEGER, code_id INTEGER, start INTEGER, "end" INTEGER);'
        "CREATE TABLE meta(key TEXT, value TEXT);"
    )
    groups = max(3, size.codes // 10)
    db.executemany("INSERT INTO categories VALUES (?, ?)", [(i + 1, f"Group {i + 1:02}") for i in range(groups)])
    codes = [
        (i + 1, f"code {i + 1:03} {words[i * 7]}", _COLORS[i % len(_COLORS)], i % groups + 1, f"About {words[i * 5]}.")
        for i in range(size.codes)
    ]
    db.executemany("INSERT INTO codes VALUES (?, ?, ?, ?, ?)", codes)
    common = list(itertools.accumulate(1 / (rank + 1) ** 0.6 for rank in range(size.codes)))
    for document in range(1, size.documents + 1):
        text = _text(rng, words, weights, size.characters)
        db.execute("INSERT INTO documents VALUES (?, ?, ?)", (document, f"Interview {document:04}", text))
        spans = _spans(rng, text, size, size.codings // size.documents, common)
        rows = [(document, code, start, end) for code, start, end in spans]
        db.executemany('INSERT INTO codings(doc_id, code_id, start, "end") VALUES (?, ?, ?, ?)', rows)
    db.executemany("INSERT INTO meta VALUES (?, ?)", [("workload", name), ("seed", str(SEED))])
    db.commit()
    db.close()


def _vocabulary() -> list[str]:
    rng, words = random.Random(SEED), {}
    while len(words) < 3_000:
        words["".join(rng.choices(_SYLLABLES, k=rng.choice((1, 2, 2, 3, 4))))] = None
    return list(words)


def _text(rng: random.Random, words: list[str], weights: list[float], characters: int) -> str:
    paragraphs, length = [], 0
    while length < characters:
        chosen = rng.choices(words, cum_weights=weights, k=rng.randint(40, 130))
        place = 0
        while place < len(chosen):
            chosen[place] = chosen[place].capitalize()
            place += rng.randint(6, 22)
            chosen[min(place, len(chosen)) - 1] += "."
        paragraphs.append(" ".join(chosen))
        length += len(paragraphs[-1]) + 1
    return "\n".join(paragraphs)[:characters].rstrip()


def _spans(rng: random.Random, text: str, size: Size, number: int, common: list[float]) -> list[tuple[int, int, int]]:
    breaks = [place for place, letter in enumerate(text) if letter in " \n"]
    found: dict[tuple[int, int, int], None] = {}
    while len(found) < number:
        start = breaks[rng.randrange(len(breaks) - 2)] + 1
        end = bisect.bisect_left(breaks, start + rng.randint(size.shortest, size.longest))
        if end < len(breaks):
            code = rng.choices(range(1, size.codes + 1), cum_weights=common)[0]
            found[code, start, breaks[end]] = None
    return list(found)
