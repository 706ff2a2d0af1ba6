"""What a command writes: results to stdout, sentences about what went wrong to stderr, always in UTF-8."""

from __future__ import annotations

import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence

# Line breaks and control characters inside names would break one line into several, or play with the terminal.
_CONTROLS = {n: f"\\x{n:02x}" for n in (*range(32), *range(127, 160))} | {9: "\\t", 10: "\\n", 13: "\\r"}
_CONTROLS |= {0x2028: "\\u2028", 0x2029: "\\u2029"}


def prepare() -> None:
    """Make the output UTF-8 whatever the system says; what even UTF-8 cannot hold is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def finish() -> None:
    """Write what is still held back, so that a full disk or a closed pipe is known now."""
    if sys.stdout is not None:
        sys.stdout.flush()


def hush() -> None:
    """Send what is left for a stdout that takes no more nowhere, or Python complains about it at the end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):  # stdout is no file, so Python will not flush one
        return


def say(text: str) -> None:
    """Write a line to stdout."""
    _write(sys.stdout, f"{text}\n")


def complain(text: str, *, lines: bool = False) -> None:
    """Write what went wrong to stderr: as one line, unless it is a traceback of `lines`."""
    try:
        _write(sys.stderr, text if lines else f"{one_line(text)}\n")
    except OSError:  # nobody listens; the exit code still tells
        return


def note(text: str) -> None:
    """Write to stderr, as one line, what the researcher should know though nothing went wrong."""
    complain(text)


def write_exactly(data: bytes) -> None:
    """Write bytes to stdout as they are: no line ends translated, nothing added."""
    out = sys.stdout
    if out is None:
        return
    out.flush()
    out.buffer.write(data)
    out.buffer.flush()


def write_json(value: object) -> None:
    """Write a value as JSON that a person can read, too."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def named(name: str, sentence: str) -> str:
    """Put the name of a file before a sentence about it, unless it is named there."""
    return sentence if name in sentence else f"{name}: {sentence}"


def one_line(text: str) -> str:
    """Show line breaks and control characters instead of obeying them."""
    return text.translate(_CONTROLS)


def write_table(header: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = ()) -> None:
    """Write rows under a header in columns that line up; the columns `right` to the right, as numbers are."""
    cells = [list(header), *([one_line(str(cell)) for cell in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    to_right = frozenset(right)
    for row in cells:
        padded = [_pad(cell, width, n in to_right) for n, (cell, width) in enumerate(zip(row, widths, strict=True))]
        say("  ".join(padded).rstrip())


def count(number: int, thing: str, things: str = "") -> str:
    """Write a number with its noun: '1 code', '2 codes'."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def _pad(cell: str, width: int, right: bool) -> str:
    gap = " " * (width - _width(cell))
    return gap + cell if right else cell + gap


def _width(cell: str) -> int:
    """Tell how many columns of a terminal a text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in cell)


def _write(stream: io.TextIOBase | object, text: str) -> None:
    if stream is not None:
        stream.write(text)  # type: ignore[attr-defined]
