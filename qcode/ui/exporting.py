"""Write what leaves the project: ask where to, warn of names that must not leave, then write it whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from qcode.errors import QcodeError
from qcode.exchange.files import write_file
from qcode.exchange.leaks import Leak, leaks_in, words_of
from qcode.progress import Progress
from qcode.ui import jobs
from qcode.ui.context import Context

if TYPE_CHECKING:
    from qcode.text.names import Name

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Made:
    """What is to be written; `words` where its bytes do not show them, `said` when it was written."""

    data: bytes
    words: str | None = None
    said: str = ""


def export(
    context: Context,
    title: str,
    suggested: str,
    kinds: str,
    make: Callable[[Path, Progress], Made | bytes],
    *,
    parent: QWidget | None = None,
) -> None:
    """Ask for a file and write `make(path, progress)` to it, as a job; a path without a suffix gets the suggested one.

    When the key to the project's pseudonyms is at hand and what is to be written holds a name of it, the researcher
    is asked first; nothing was written by then.
    """
    project = context.project
    if project is None:
        return
    path = context.ask.save_file(title, project.path.parent / suggested, kinds)
    if path is None:
        return
    target = path if path.suffix else path.with_suffix(Path(suggested).suffix)

    def attempt(names: Sequence[Name]) -> None:
        def work(progress: Progress) -> tuple[Made, list[Leak]]:
            made = make(target, progress)
            made = made if isinstance(made, Made) else Made(made)
            leaks = leaks_in(words_of(made.data) if made.words is None else made.words, names) if names else []
            if not leaks:
                write_file(target, made.data)
            return made, leaks

        jobs.run(context, title, work, lambda done: _finish(context, target, *done), parent=parent)

    context.keyring.use(context, attempt, parent)


def _finish(context: Context, target: Path, made: Made, leaks: Sequence[Leak]) -> None:
    if leaks:
        if not context.ask.confirm("Names in the export", _told(leaks, target.name), "Write it all the same"):
            context.say(f"{target.name} was not written.")
            return
        try:
            write_file(target, made.data)
        except QcodeError as error:
            context.fail(error)
            return
    context.say(made.said or f"Written: {target}")


def _told(leaks: Sequence[Leak], file: str) -> str:
    named = "\n".join(f"{leak.found} ({leak.count:,} ×), to be {leak.name.replacement}" for leak in leaks[:SHOWN])
    more = f"\nand {len(leaks) - SHOWN:,} more" if len(leaks) > SHOWN else ""
    return f"{file} would hold names that your key replaces:\n\n{named}{more}\n\nReplace them first, or write it so?"
