"""What leaves the project by a command: with a key given, nothing that holds a name of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.cli.options import PHRASE_VARIABLE
from qcode.errors import Conflict, InvalidInput

if TYPE_CHECKING:
    from qcode.text.names import Name

_SHOWN = 5


def refuse_leaks(data: bytes, key: Path | None, phrase_file: Path | None) -> None:
    """Raise Conflict when what is to be written holds a name of the key; with no key, nothing is looked for."""
    if key is None:
        return
    from qcode.exchange.leaks import words_of  # noqa: PLC0415 - most exports need none of this

    refuse_leaks_in(words_of(data), key, phrase_file)


def refuse_leaks_in(words: str, key: Path, phrase_file: Path | None) -> None:
    """Raise Conflict when the words of what is to be written hold a name of the key."""
    from qcode.exchange.leaks import leaks_in  # noqa: PLC0415 - most exports need none of this

    found = leaks_in(words, names_of(key, phrase_file))
    if found:
        named = ", ".join(f"“{leak.found}” ({leak.count:,} ×)" for leak in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
        raise Conflict(
            f"Nothing was written: it would hold names that the key replaces: {named}{more}.",
            "Replace them with “qcode pseudonymise”, or leave out --key.",
        )


def names_of(key: Path, phrase_file: Path | None) -> list[Name]:
    """Read the names of a key file."""
    from qcode.exchange import key_file  # noqa: PLC0415 - ciphers cost every start

    return key_file.load(key, phrase_of(phrase_file))


def phrase_of(file: Path | None) -> str:
    """Read the pass phrase where nobody sees it: on the command line everybody on the machine could."""
    if file is not None:
        from qcode.exchange.files import read_file  # noqa: PLC0415

        return (read_file(file).decode("utf-8-sig", "replace").splitlines() or [""])[0]
    if phrase := os.environ.get(PHRASE_VARIABLE):
        return phrase
    raise InvalidInput("There is no pass phrase.", f"Give --passphrase-file, or set {PHRASE_VARIABLE}.")
