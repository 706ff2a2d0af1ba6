"""Documents that are ZIP archives, opened without trust: each byte is counted, nothing is ever written to the disk."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from typing import NoReturn

from qcode.errors import FormatProblem

MOST_MEMBERS = 20_000
MOST_BYTES = 2 * 1024**3
MOST_RATIO = 200
# Below this nothing is asked of the ratio: little text packs as well as it likes.
FREE_BYTES = 10 * 1024**2

_START = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
_PIECE = 1024**2
_ENCRYPTED = 0x1 | 0x40
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, OverflowError)
_WHOLE = "Open it in the program it comes from, save it anew, and import that."


def looks_zipped(data: bytes) -> bool:
    """Tell whether a file begins as ZIP archives do."""
    return data.startswith(_START)


def member_names(data: bytes) -> frozenset[str]:
    """List what an archive holds, to recognise its kind; a damaged one lists nothing."""
    if not looks_zipped(data) or data.count(_ENTRY) > MOST_MEMBERS:
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (*_BROKEN, NotImplementedError):
        return frozenset()


def stored_media_type(data: bytes) -> str:
    """Give the media type that OpenDocument and EPUB keep, unpacked, as their first member; empty without one."""
    if not looks_zipped(data) or data[30:38] != b"mimetype" or data[8:10] != b"\0\0":
        return ""
    extra = int.from_bytes(data[28:30], "little")
    following = data[38 + extra : 38 + extra + 100]
    return following.split(b"PK")[0].decode("ascii", "replace").strip()


class Archive:
    """Read single members of an archive into memory; FormatProblem for whatever a sound document does not have."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._read = 0
        if data.count(_ENTRY) > MOST_MEMBERS:
            raise FormatProblem(f"{name} holds more than {MOST_MEMBERS:,} files, as no document does.", _WHOLE)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*_BROKEN, NotImplementedError):
            self._damaged()
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in self._zip.infolist():
            self._check(member)
            self._members[member.filename] = member

    @property
    def names(self) -> frozenset[str]:
        """The names of all members."""
        return frozenset(self._members)

    def __contains__(self, member: object) -> bool:
        return member in self._members

    def read(self, member: str) -> bytes:
        """Give a member's bytes; FormatProblem when it is missing, damaged, or swells beyond all measure."""
        found = self._members.get(member)
        if found is None:
            raise FormatProblem(f"{self.name} is not whole: the part “{member}” is missing.", _WHOLE)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(found) as file:
                while piece := file.read(_PIECE):
                    pieces.append(piece)
                    size += len(piece)
                    self._count(len(piece), size, found)
        except (*_BROKEN, NotImplementedError):
            self._damaged()
        return b"".join(pieces)

    def _count(self, more: int, size: int, member: zipfile.ZipInfo) -> None:
        self._read += more
        swollen = size > FREE_BYTES and size > MOST_RATIO * max(1, member.compress_size)
        if swollen or self._read > MOST_BYTES:
            raise FormatProblem(
                f"{self.name} swells beyond all measure when it is unpacked; that is no honest document.",
                "Do not open it if you do not know where it comes from.",
            )

    def _check(self, member: zipfile.ZipInfo) -> None:
        said = ""
        if member.flag_bits & _ENCRYPTED:
            raise FormatProblem(
                f"{self.name} is encrypted.", "Open it in the program it comes from and save it without a password."
            )
        if member.filename in self._members:
            said = f"holds the part “{member.filename}” twice, so that it cannot be told which one counts"
        elif _OUTSIDE.search(member.filename):
            said = f"holds a part that points outside of it (“{member.filename}”)"
        elif stat.S_ISLNK(member.external_attr >> 16):
            said = f"holds a link to another file (“{member.filename}”)"
        elif member.compress_type not in _METHODS:
            said = f"is packed in a way that documents are not (“{member.filename}”)"
        if said:
            raise FormatProblem(f"{self.name} {said}.", _WHOLE)

    def _damaged(self) -> NoReturn:
        raise FormatProblem(f"{self.name} is damaged: it cannot be unpacked.", _WHOLE) from None
