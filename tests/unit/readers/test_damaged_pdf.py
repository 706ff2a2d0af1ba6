"""PDFs that came to harm are tried in a process of their own: what reads them is written in another language."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from pdf_kit import Sheet, justified, pdf

from qcode.errors import FormatProblem
from qcode.readers import read

TEXT = "Nobody owned the orchard on the hill, so everybody pruned it, each with shears of a different opinion. " * 4
SPLINTERS = [
    b"",
    b"9" * 11,
    b"-1",
    b"<<",
    b">>",
    b"stream",
    b"endobj",
    b"/Kids [2 0 R]",
    b"(",
    b"[",
    b"\xff\x00",
    b"1e38",
    b"NaN",
]
SEEDS = 300


def damaged(seed: int) -> bytes:
    """Make a PDF of two pages and change some bytes of it, most often where it says how it is built."""
    dice = random.Random(seed)
    first, second = Sheet(rotate=dice.choice((0, 90, 180, 270))), Sheet()
    for x in (60, 300):
        first.lines(x, 740, justified(TEXT, 34))
    second.lines(60, 740, justified(TEXT))
    second.put(30, 300, "climbs", turned=True)
    data = bytearray(pdf([first, second], title="On orchards", labels={0: ("r", 1)}))
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(data))
        data[at : at + dice.randint(0, 12)] = dice.choice(SPLINTERS)
    return bytes(data[: dice.randrange(100, len(data))] if dice.random() < 0.1 else data)


def outcome(data: bytes) -> str:
    """Read a file, and tell what came of it in a word; whatever else is raised passes."""
    try:
        document = read(data, "a.pdf")
    except FormatProblem as problem:
        return "refused" if problem.message.startswith("a.pdf") else problem.message
    document.text.encode("utf-8")
    inside = all(0 <= span.start < span.end <= len(document.text) for span in document.spans)
    return "read" if inside else "spans outside of the text"


def test_they_end_in_a_sentence_or_in_a_text() -> None:
    child = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), str(SEEDS)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert child.returncode == 0, child.stderr[-2_000:]
    outcomes = json.loads(child.stdout)
    assert set(outcomes) == {"read", "refused"}
    assert sum(outcomes.values()) == SEEDS


def _main(seeds: int) -> None:
    counted = Counter(outcome(damaged(seed)) for seed in range(seeds))
    print(json.dumps(counted))  # noqa: T201


if __name__ == "__main__":
    _main(int(sys.argv[1]))
