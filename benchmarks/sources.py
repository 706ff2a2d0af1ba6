"""What a researcher waits for with sources: bringing them in, finding words in 100 MB of them, counting the words.

On the wall clock, without a window. Limits: first places in 100 ms; goals: in 50 ms, and all of a word in 0.2 s.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from time import perf_counter

from benchmarks import correcting, reading
from benchmarks.report import Report
from benchmarks.workload import project_for
from qcode.project import Project, finding, open_project, sources, words
from qcode.text.query import parse

PLACES = 6_942  # of the word that the other programs were measured with
QUERIES = {"a word": "{0}", "two words in a paragraph": "{0} {1}", "a wildcard": "{0}*"}


def run(report: Report, corpus_file: Path | None = None) -> None:
    """Measure reading and importing, and the workload of 100 MB, or the given corpus alone."""
    if corpus_file is None:
        reading.run(report)
        correcting.run(report)
    name = corpus_file.stem if corpus_file else "L"
    with open_project(project_for(name, corpus_file), read_only=True) as project:
        _search(report, name, project)


def _search(report: Report, workload: str, project: Project) -> None:
    chosen = _words(project)
    for what, form in (*QUERIES.items(), ("an expression", r"\b{0}\w*\s+\w+")):
        query = parse(form.format(*chosen), is_regex=what == "an expression")
        if query is None:
            raise AssertionError("a query of words asks for something")
        first, whole, places = [], [], 0
        for _ in range(7):
            began, heard, places = perf_counter(), 0.0, 0
            for found in finding.find(project, query):
                places += len(found.spots)
                heard = heard or (perf_counter() - began if found.spots else 0.0)
            first.append(heard * 1_000)
            whole.append((perf_counter() - began) * 1_000)
        report.add(workload, f"search {what}: first places", first)
        report.add(workload, f"search {what}: all {places:,}", whole)
    report.time(workload, "count all words", lambda: words.listing(project), times=3)


def _words(project: Project) -> list[str]:
    """Choose two words that stand in all texts together about as often as the one of the goal."""
    with project.read() as r:
        listed = sources.listing(r)
        sample = [sources.text(r, one.id).lower() for one in listed[:: max(1, len(listed) // 20)]]
    counts = Counter(word.strip(".") for text in sample for word in text.split())
    wanted = PLACES * len(sample) / len(listed)
    return sorted((word for word in counts if len(word) > 4), key=lambda word: abs(counts[word] - wanted))[:2]
