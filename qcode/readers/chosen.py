"""The bytes of a file that somebody chose to import."""

from __future__ import annotations

import stat
from pathlib import Path

from qcode.errors import FormatProblem

LIMIT = 50 * 1024 * 1024


def file_bytes(path: Path) -> bytes:
    """Fetch a file to import, or say in a FormatProblem why it cannot be: missing, a folder, unreadable, too large."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise FormatProblem(f"{path} is a folder.", "Choose the files in it.")
        if not stat.S_ISREG(found.st_mode):
            raise FormatProblem(f"{path} is not a file that can be read to an end.", "Choose a file with text in it.")
        check_size(found.st_size, path.name)
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)  # it may have grown since
    except FileNotFoundError:
        raise FormatProblem(f"There is no file {path}.", "Check its name and folder.") from None
    except PermissionError:
        raise FormatProblem(f"{path} may not be read.", "Allow reading it, or copy it where you can.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FormatProblem(f"{path} could not be read: {reason}.", "Copy it to another place and try again.") from None
    check_size(len(data), path.name)
    return data


def check_size(size: int, name: str) -> None:
    """Refuse an empty file, and one that is larger than a source may be."""
    if size == 0:
        raise FormatProblem(f"{name} is empty.", "Choose a file with text in it.")
    if size > LIMIT:
        has = f"has {size / 1024 / 1024:,.1f} MB" if size > LIMIT + 100_000 else "is larger than 50 MB"
        raise FormatProblem(f"{name} {has}; a source can have at most 50 MB.", "Divide it into several files.")
