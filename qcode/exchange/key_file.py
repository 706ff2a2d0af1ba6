"""The key to pseudonyms: who is who, in a file apart from the project, encrypted with a pass phrase."""

from __future__ import annotations

import json
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from qcode.errors import FormatProblem, InvalidInput
from qcode.exchange.files import read_file, write_file
from qcode.exchange.table import Table, column_name, read_records
from qcode.readers.decode import decode
from qcode.text.names import Name, check

SUFFIX = ".qcodekey"
SHORTEST = 8  # letters of a pass phrase
_MARK = "QCode key"
_COST = {"n": 2**16, "r": 8, "p": 1}  # 64 MB and about a fifth of a second for each guess
_MOST = 2**18  # what a file may ask of us: a stranger's must not eat the memory
_COLUMNS = ("name", "replacement")


def save(path: Path, names: Sequence[Name], passphrase: str) -> Path:
    """Write the names encrypted (scrypt, then AES-256-GCM), whole or not at all.

    Raises InvalidInput for a pass phrase under eight letters or a list that cannot work, FileProblem where the disk
    does not take it.
    """
    check(names)
    if len(passphrase) < SHORTEST:
        raise InvalidInput(
            f"The pass phrase is shorter than {SHORTEST} letters.", "Take a few words that you remember."
        )
    head = {"is": _MARK, "version": 1, "kdf": "scrypt", **_COST, "salt": _packed(os.urandom(16))}
    nonce = os.urandom(12)
    plain = json.dumps([[one.name, one.replacement] for one in names], ensure_ascii=False).encode()
    secret = AESGCM(_key(head, passphrase)).encrypt(nonce, plain, _sealed(head))
    whole = {**head, "nonce": _packed(nonce), "secret": _packed(secret)}
    return write_file(path, (json.dumps(whole, indent=1) + "\n").encode())


def load(path: Path, passphrase: str) -> list[Name]:
    """Read the names of a key file.

    Raises InvalidInput when the pass phrase is not the one it was written with, FormatProblem when the file is no key
    file or was altered so that it cannot be told.
    """
    head, nonce, secret = _taken_apart(read_file(path), path.name)
    try:
        plain = AESGCM(_key(head, passphrase)).decrypt(nonce, secret, _sealed(head))
    except InvalidTag:
        raise InvalidInput(
            f"This is not the pass phrase of {path.name}, or the file was altered.", "Mind capitals and spaces."
        ) from None
    return [Name(name, replacement) for name, replacement in json.loads(plain)]


def read_list(data: bytes, file: str) -> list[Name]:
    """Read names and replacements from a CSV with the columns `name` and `replacement`, to make a key from.

    Raises FormatProblem with the line where a row is not complete or the columns are missing.
    """
    records = read_records(decode(data, file).text, _COLUMNS)
    header = [column_name(cell) for cell in records[0].cells] if records else []
    if any(column not in header for column in _COLUMNS):
        raise FormatProblem(f"{file} has no columns “name” and “replacement”.", "Name them in its first line.")
    at = [header.index(column) for column in _COLUMNS]
    names = []
    for record in records[1:]:
        cells = [record.cells[index].strip() if index < len(record.cells) else "" for index in at]
        if not all(cells):
            raise FormatProblem(
                f"{file}, line {record.line}: the name or its replacement is missing.", "Write both.", line=record.line
            )
        names.append(Name(*cells))
    check(names)
    return names


def write_list(names: Sequence[Name]) -> bytes:
    """Write names and replacements as CSV. It is not encrypted: who has the file knows who is who."""
    return Table(_COLUMNS, [(one.name, one.replacement) for one in names]).to_csv()


def _taken_apart(data: bytes, file: str) -> tuple[dict[str, Any], bytes, bytes]:
    try:
        whole = json.loads(data)
        head = {name: whole[name] for name in ("is", "version", "kdf", *_COST, "salt")}
        sound = head["is"] == _MARK and head["version"] == 1 and head["kdf"] == "scrypt"
        n, r, p = (int(head[name]) for name in _COST)
        sound = sound and 2 <= n <= _MOST and not n & (n - 1) and 1 <= r <= 16 and 1 <= p <= 4
        parts = b64decode(whole["nonce"], validate=True), b64decode(whole["secret"], validate=True)
        b64decode(head["salt"], validate=True)
    except (ValueError, TypeError, KeyError):
        sound = False
    if not sound:
        raise FormatProblem(
            f"{file} is not a key file of QCode, or not whole.", f"Choose a file that ends in {SUFFIX}."
        )
    return head, *parts


def _key(head: dict[str, Any], passphrase: str) -> bytes:
    kdf = Scrypt(salt=b64decode(head["salt"]), length=32, n=head["n"], r=head["r"], p=head["p"])
    return kdf.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"))


def _sealed(head: dict[str, Any]) -> bytes:
    """What is not secret is at least not to be altered."""
    return json.dumps(head, sort_keys=True).encode()


def _packed(data: bytes) -> str:
    return b64encode(data).decode("ascii")
