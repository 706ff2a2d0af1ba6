"""How long a researcher waits when a long, thickly coded text is corrected, and when that is undone."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import Report
from qcode.project import Project, SourceId, codes, correcting, create, passages, sources
from qcode.project.transaction import Change
from qcode.readers import read

CHARACTERS, PASSAGES = 1_000_000, 5_000
_VOCABULARY = 6_000


def run(report: Report) -> None:
    """Measure a few mended words, and one word in twenty changed; the limit stands in the label."""
    rng = random.Random(6)
    words = ["".join(rng.choices("etaoinshrdlucmfwypvbgk", k=rng.randint(2, 11))) for _ in range(_VOCABULARY)]
    old = "".join(_prose(rng, words))
    workload = f"{CHARACTERS // 1_000_000} MB, {PASSAGES:,} passages"
    with tempfile.TemporaryDirectory() as folder, create(Path(folder) / "p.qcode", coder="Bench") as project:
        source = _code(project, rng, old)
        for what, share in (("20 words", 20 * 7 / CHARACTERS), ("a twentieth", 0.05)):
            new = " ".join(rng.choice(words) if rng.random() < share else word for word in old.split(" "))
            corrected, undone, worked = [], [], []
            for _ in range(5):
                began, work = time.perf_counter(), time.process_time()
                with project.change("correct") as tx:
                    correcting.correct(tx, source, new)
                corrected.append((time.perf_counter() - began) * 1_000)
                worked.append((time.process_time() - work) * 1_000)
                began = time.perf_counter()
                project.undo()
                undone.append((time.perf_counter() - began) * 1_000)
            report.add(workload, f"correct {what} (limit 1 s)", corrected)
            report.add(workload, "the same, work of a processor", worked)
            report.add(workload, "undo it", undone)


def _prose(rng: random.Random, words: list[str]) -> Iterator[str]:
    length = 0
    while length < CHARACTERS:
        sentence = " ".join(rng.choices(words, k=rng.randint(6, 28))) + rng.choice((". ", ". ", ". ", ".\n"))
        length += len(sentence)
        yield sentence


def _code(project: Project, rng: random.Random, text: str) -> SourceId:
    def fill(tx: Change) -> SourceId:
        data = text.encode()
        source = sources.add(tx, read(data, "a.txt"), name="a", original=data, original_name="a.txt")
        code = codes.add(tx, "Code")
        for _ in range(PASSAGES):
            start = rng.randrange(len(text) - 400)
            passages.apply(tx, source, start, start + rng.randint(10, 400), [code])
        return source

    with project.change("code") as tx:
        return fill(tx)
