"""What a researcher waits for, below the window: opening, lists, one source, a coding, exports, undo."""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Report
from benchmarks.workload import project_for
from qcode.exchange import codebook_csv
from qcode.exchange import passages as passages_file
from qcode.project import CodeId, Project, SourceId, codes, open_project, passages, sources

WORKLOADS = ("S", "M", "L")
_START = """
import sys, time
began = time.perf_counter()
import qcode
qcode.open_project(sys.argv[1]).close()
print(time.perf_counter() - began)
"""


def run(report: Report, corpus_file: Path | None = None) -> None:
    """Measure all workloads, or the given corpus alone."""
    if corpus_file is not None:
        _measure(report, corpus_file.stem, project_for(corpus_file.stem, corpus_file))
        return
    for name in WORKLOADS:
        _measure(report, name, project_for(name))


def _measure(report: Report, workload: str, made: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.qcode"
        shutil.copy(made, path)
        starts = [_fresh(_START, path) for _ in range(7)]
        report.add(workload, "import qcode and open", [seconds * 1_000 for seconds in starts])
        with open_project(path) as project:
            _ask(report, workload, project)
            _change(report, workload, project)
        report.add(workload, "memory", [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024], unit="MB")


def _fresh(program: str, path: Path) -> float:
    answer = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, check=True, text=True)
    return float(answer.stdout)


def _ask(report: Report, workload: str, project: Project) -> None:
    with project.read() as r:
        all_sources = sources.listing(r)
        often = codes.applied(r)
    commonest = max(often, key=lambda code: often[code])

    def asked(question):  # type: ignore[no-untyped-def]
        with project.read() as r:
            return question(r)

    report.time(workload, "list sources", lambda: asked(sources.listing))
    report.time(workload, "list codes with counts", lambda: asked(lambda r: (codes.codebook(r), codes.applied(r))))
    report.time(workload, "full counts of codes", lambda: asked(codes.counts))
    rng = random.Random(7)
    chosen = [rng.choice(all_sources).id for _ in range(20)]
    turn = iter(chosen)
    report.time(
        workload,
        "one source with its codings",
        lambda: asked(lambda r: (sources.text(r, source := next(turn)), passages.marks(r, source))),
        times=len(chosen),
    )
    first = lambda r: passages.listing(r, code=commonest, limit=100)  # noqa: E731
    report.time(workload, "first 100 passages, commonest code", lambda: asked(first))
    report.time(workload, "all passages, commonest code", lambda: asked(lambda r: passages.listing(r, code=commonest)))
    report.time(workload, "codebook CSV", lambda: asked(codebook_csv.write))
    report.time(workload, "passages CSV", lambda: asked(passages_file.to_csv), times=3)


def _change(report: Report, workload: str, project: Project) -> None:
    with project.read() as r:
        all_sources = sources.listing(r)
        code: CodeId = next(one.id for one in codes.codebook(r) if one.is_codable)
    rng, applied, undone = random.Random(11), [], []
    for _ in range(40):
        source: SourceId = rng.choice(all_sources).id
        start = rng.randrange(1_000, 40_000)
        with project.read() as r:
            sources.text(r, source)  # it is open while one codes in it
        began = time.perf_counter()
        with project.change("apply") as tx:
            passages.apply(tx, source, start, start + 37, [code])
        applied.append((time.perf_counter() - began) * 1_000)
        began = time.perf_counter()
        project.undo()
        undone.append((time.perf_counter() - began) * 1_000)
    report.add(workload, "apply a coding, committed", applied)
    report.add(workload, "undo it", undone)
