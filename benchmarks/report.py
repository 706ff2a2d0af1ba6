"""Collect samples, print them as a table, write them as JSON."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured action on one workload."""

    workload: str
    action: str
    p50: float
    p95: float
    max: float
    unit: str
    n: int


class Report:
    """What a benchmark says; `add` takes the samples of one action."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []

    def add(self, workload: str, action: str, samples: list[float], unit: str = "ms") -> None:
        """Keep the median, the 95th percentile and the worst of the samples, and print them at once."""
        ordered = sorted(samples)
        worst_but_five = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        figure = Figure(
            workload,
            action,
            round(statistics.median(ordered), 3),
            round(worst_but_five, 3),
            round(ordered[-1], 3),
            unit,
            len(ordered),
        )
        if not self.figures:
            print(f"{'workload':<22} {'action':<34} {'p50':>10} {'p95':>10} {'max':>10} unit     n")
        self.figures.append(figure)
        numbers = f"{figure.p50:>10.2f} {figure.p95:>10.2f} {figure.max:>10.2f}"
        print(f"{workload:<22} {action:<34} {numbers} {unit:<4} {figure.n:>5}", flush=True)

    def time(self, workload: str, action: str, work: Callable[[], object], *, times: int = 5) -> None:
        """Run something several times and keep how long each took on the wall clock."""
        samples = []
        for _ in range(times):
            start = time.perf_counter()
            work()
            samples.append((time.perf_counter() - start) * 1_000)
        self.add(workload, action, samples)

    def write(self, path: Path) -> None:
        """Write a JSON list of objects with workload, action, p50, p95, max, unit, n."""
        path.write_text(json.dumps([asdict(figure) for figure in self.figures], indent=1), encoding="utf-8")
