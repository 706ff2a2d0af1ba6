"""More than one processor for one file: copies of the reading process take a part each, and hand back plain data.

Only the reading process makes copies of itself. It has no thread and no window that a copy would harm, and whoever
ends it ends its copies, too.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import signal
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any

_MOST = 2  # each may take as much memory as the limit allows
_READING_PROCESS = "qcode.readers.sandbox"


def shares(count: int, *, fewest: int) -> list[range]:
    """Divide so many pieces of work among the processors there are, no less than `fewest` to each."""
    helpers = min(_MOST, _processors(), count // fewest) if _may_help() else 1
    cuts = [count * part // max(1, helpers) for part in range(max(1, helpers) + 1)]
    return [range(start, end) for start, end in pairwise(cuts)]


def _may_help() -> bool:
    started_as = getattr(sys.modules.get("__main__"), "__spec__", None)
    return hasattr(os, "fork") and started_as is not None and started_as.name == _READING_PROCESS


def _processors() -> int:
    usable: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


class Helper:
    """A copy of this process that does some work, of which `result` gives what it returned: numbers, words, lists."""

    def __init__(self, work: Callable[[], Any]) -> None:
        here, there = os.pipe()
        self._copy: int | None = os.fork()
        if self._copy == 0:
            os.close(here)
            _work(work, there)
        os.close(there)
        self._pipe = os.fdopen(here, "rb")

    def result(self) -> Any:
        """Wait for the end of the work. Raises RuntimeError when the copy died over it."""
        data = self._pipe.read()
        self.end()
        if not data:
            raise RuntimeError("a helper of the reader died")
        return marshal.loads(data)

    def end(self) -> None:
        """End the copy, whatever it does."""
        self._pipe.close()
        if self._copy is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._copy, signal.SIGKILL)
            os.waitpid(self._copy, 0)
            self._copy = None


def _work(work: Callable[[], Any], pipe: int) -> None:
    """Do the work and be gone, without touching anything else of the process that this is a copy of."""
    code = 1
    try:
        data = marshal.dumps(work())
        with os.fdopen(pipe, "wb") as answer:
            answer.write(data)
        code = 0
    finally:
        os._exit(code)
