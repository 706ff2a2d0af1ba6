"""How often each word stands in the texts, and in how many of them. What is marked as not data is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qcode.progress import Progress, quiet
from qcode.project import finding
from qcode.project.finding import EVERYWHERE, Scope
from qcode.text.tally import Tally

if TYPE_CHECKING:
    from qcode.project.project import Project


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case, how often it stands there, and in how many sources."""

    word: str
    count: int
    sources: int


@dataclass(frozen=True, slots=True)
class WordList:
    """The words, the most frequent first and then by the alphabet; `total` counts all of them, `sources` the texts."""

    words: tuple[Word, ...]
    total: int
    sources: int


def listing(project: Project, scope: Scope = EVERYWHERE, progress: Progress = quiet) -> WordList:
    """Count the words of the sources, or of the passages of some codes in them. Raises Cancelled."""
    scope = replace(scope, data_only=True)
    with project.read() as r:
        texts = finding.listed(r, scope)
        areas = finding.looked_at(r, texts, scope)
    tally = Tally()
    for done, (source, text) in enumerate(finding.read(project, texts)):
        progress(done, len(texts), f"Counting words in “{source.name}”")
        tally.add(text, areas.get(source.id))
    progress(len(texts), len(texts), "Putting the words in order")
    ordered = sorted(tally.counts.items(), key=lambda item: (-item[1], item[0]))
    words = tuple(Word(word, count, tally.texts[word]) for word, count in ordered)
    return WordList(words, tally.counts.total(), len(texts))
