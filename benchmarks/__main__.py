"""Run a benchmark by name: `python -m benchmarks store --json store.json`."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from benchmarks.report import Report

NAMES = ("store", "sources", "view", "window")


def main() -> None:
    """Read the command line and run one benchmark."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measure QCode on generated work.")
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON too")
    parser.add_argument("--corpus", type=Path, metavar="FILE.sqlite", help="measure on this corpus instead of our own")
    chosen = parser.parse_args()
    report = Report()
    importlib.import_module(f"benchmarks.{chosen.name}").run(report, chosen.corpus)
    if chosen.json:
        report.write(chosen.json)


if __name__ == "__main__":
    main()
