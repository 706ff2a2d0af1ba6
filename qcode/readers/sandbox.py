"""Read files from strangers in a process apart, with limits: whatever a file does to its reader, the program goes on.

The program's side is `ReadingProcess`; the other side is `main`, what `python -m qcode.readers.sandbox` does.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from qcode.errors import FormatProblem
from qcode.readers import wire
from qcode.readers.choices import AS_USUAL, ReadingChoices, told, understood
from qcode.readers.chosen import check_size
from qcode.readers.document import Document

Read = Callable[[bytes, str, ReadingChoices], Document]

_PULSE = 0.05  # seconds; whoever cancels waits no longer
_HINT = "Open it in the program it comes from, save it anew or as plain text, and import that."


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading may take: bytes of memory beyond what the process starts with, and seconds of each file.

    Both kinds of seconds grow by `per_megabyte`: an honest file of 50 MB takes half a minute on a good machine.
    """

    memory: int = 2 * 1024**3
    cpu: float = 50.0
    wall: float = 60.0
    per_megabyte: float = 2.0

    def more(self, data: bytes) -> float:
        """Tell how many seconds more a file of this size may take."""
        return len(data) / 1024**2 * self.per_megabyte


class ReadingProcess:
    """Read a batch of files apart from the program: `with ReadingProcess() as process: process.read(...)`.

    The process starts with the first file, serves the batch, and is replaced when a file was too much for it.
    At the end of the block it is gone. `command` starts another program that speaks as `main` does.
    """

    def __init__(self, limits: Limits | None = None, *, command: Sequence[str] | None = None) -> None:
        self.limits = limits or Limits()
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process at once; a next file would start another."""
        child, self._child = self._child, None
        if child is None:
            return
        _kill(child)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()

    def read(
        self, data: bytes, name: str, choices: ReadingChoices = AS_USUAL, *, pulse: Callable[[], object] | None = None
    ) -> Document:
        """Make a document of a file's bytes as `readers.read` does, and trust nothing of what comes back.

        `pulse` is called again and again while the reader works; what it raises (Cancelled) ends the process at once
        and is passed on. Raises FormatProblem for a file that cannot become a source or that stopped its reader.
        """
        check_size(len(data), name)
        child = self._started(name)
        more = self.limits.more(data)
        question = {"name": name, "choices": told(choices), "cpu": self.limits.cpu + more}
        answer = _Answer(child, question, data)
        in_time = False
        try:
            in_time = answer.awaited(self.limits.wall + more, pulse)
        finally:
            if not in_time:
                _kill(child)  # interrupted between question and answer, it would answer the wrong question next
            answer.join()
            if not in_time or answer.message is None:
                self.close()
        if answer.message is None:
            raise _stopped(name, _reason(child, in_time=in_time))
        return self._trusted(answer.message, name)

    def _trusted(self, answer: tuple[dict[str, Any], bytes], name: str) -> Document:
        try:
            return wire.unpacked(*answer)
        except wire.Nonsense:
            self.close()
            raise _stopped(name) from None
        except wire.TooLittleMemory:
            self.close()
            raise _stopped(name, "needed too much memory") from None

    def _started(self, name: str) -> subprocess.Popen[bytes]:
        """Give the process that waits for a file, a fresh one where there is none any more."""
        if self._child is not None and self._child.poll() is not None:
            self.close()
        if self._child is None:
            try:
                self._child = _start(self._command or _own_command(self.limits))
            except OSError as error:
                raise FormatProblem(
                    f"{name} could not be read: the reader could not be started ({error.strerror or error}).",
                    "Close other programs and try again.",
                ) from None
        return self._child


def _own_command(limits: Limits) -> list[str]:
    # -P: a file called json.py in the folder where the researcher stands is none of our modules
    return [sys.executable, "-P", "-m", "qcode.readers.sandbox", str(limits.memory)]


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    # The process finds what the program finds, in the same places.
    path = os.pathsep.join(str(Path(entry or ".").absolute()) for entry in sys.path)
    return subprocess.Popen(
        command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # so that it can be ended with all that it may have started
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


class _Answer(threading.Thread):
    """Ask in a thread, so that whoever waits can stop waiting; it ends with the process, if not before."""

    def __init__(self, child: subprocess.Popen[bytes], head: dict[str, Any], data: bytes) -> None:
        super().__init__(name="reading", daemon=True)
        self._child, self._head, self._data = child, head, data
        self._over = threading.Event()
        self._fault: BaseException | None = None
        self.message: tuple[dict[str, Any], bytes] | None = None
        self.start()

    def run(self) -> None:
        """Send the question and keep what comes back; nothing does from a process that ended or talked nonsense."""
        try:
            self.message = _ask(self._child, self._head, self._data)
        except (OSError, EOFError, ValueError, wire.Nonsense):
            self.message = None
        except BaseException as error:  # noqa: BLE001 - a fault of ours is raised again where it was asked for
            self._fault = error
        finally:
            self._over.set()

    def awaited(self, seconds: float, pulse: Callable[[], object] | None) -> bool:
        """Wait so long, calling `pulse` between; tell whether the answer, or the end of the process, came in time."""
        end = time.monotonic() + seconds
        while not self._over.wait(min(_PULSE, max(0.0, end - time.monotonic()))):
            if time.monotonic() >= end:
                return False
            if pulse is not None:
                pulse()
        if self._fault is not None:
            raise self._fault
        return True


def _kill(child: subprocess.Popen[bytes]) -> None:
    if child.returncode is not None:
        return
    if sys.platform == "win32":
        child.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):  # over already, and not yet asked how
        os.killpg(child.pid, signal.SIGKILL)


def _ask(child: subprocess.Popen[bytes], head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    if child.stdin is None or child.stdout is None:
        raise EOFError
    wire.send(_binary(child.stdin), head, data)
    return wire.receive(_binary(child.stdout))


def _binary(pipe: Any) -> BinaryIO:
    stream: BinaryIO = pipe
    return stream


def _reason(child: subprocess.Popen[bytes], *, in_time: bool) -> str:
    worked_too_long = sys.platform != "win32" and child.returncode == -signal.SIGXCPU
    return "took too long" if worked_too_long or not in_time else ""


def _stopped(name: str, why: str = "") -> FormatProblem:
    because = f" because it {why}" if why else ""
    return FormatProblem(f"{name} could not be read: the reader stopped{because}.", _HINT)


# ---- the other side


def main(read: Read | None = None) -> None:
    """Serve requests from standard input until it ends: what the reading process does."""
    answers = _taken_output()
    reading = read or _all_readers()
    _limit(int(sys.argv[1]))
    gc.freeze()
    gc.disable()  # a book is millions of small things, none of which is garbage before it is read
    while True:
        try:
            head, data = wire.receive(sys.stdin.buffer)
        except EOFError:
            return
        _limit_work(head["cpu"])
        wire.send(answers, *_answer(reading, data, head["name"], understood(head["choices"])))
        gc.collect()


def _all_readers() -> Read:
    from qcode.readers.registry import read  # noqa: PLC0415 - the program's side loads no reader for this

    return read


def _taken_output() -> BinaryIO:
    """Keep standard output for answers alone: what a library prints there goes nowhere."""
    answers = io.FileIO(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return _binary(answers)


def _answer(read: Read, data: bytes, name: str, choices: ReadingChoices) -> tuple[dict[str, Any], bytes]:
    try:
        return wire.packed(read(data, name, choices), name)
    except FormatProblem as problem:
        return {"problem": problem.message, "hint": problem.hint, "line": problem.line}, b""
    except MemoryError:
        return {"stopped": "memory"}, b""
    except Exception as error:  # noqa: BLE001 - a fault of a reader is told, and costs this file only
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f", {Path(trace.tb_frame.f_code.co_filename).name} line {trace.tb_lineno}" if trace else ""
        message = f"{name} could not be read: the reader stopped over it ({type(error).__name__}{place})."
        return {"problem": message, "hint": _HINT, "line": None}, b""


def _limit(memory: int) -> None:
    """Take no more memory than that beyond what is held now, write no file, leave no core behind."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    held = Path("/proc/self/statm")
    if held.exists():  # elsewhere the size of the address space says nothing about memory
        most = int(held.read_text(encoding="ascii").split()[0]) * resource.getpagesize() + memory
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _limit_work(seconds: float) -> None:
    """Be ended by the system after so much work on the next file, even when the program is gone by then."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = int(time.process_time() + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
